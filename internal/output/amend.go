package output

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"bulletin/internal/diag"
)

// ErrNotAsLeft says that the folder cannot be amended, since it is not as the
// commit left it.
var ErrNotAsLeft = errors.New("the output folder is not as the last build left it")

// coarse is how far the clocks of the machine and of a disk may be apart.
const coarse = 2 * time.Second

// Standing is the folder as a commit left it, to be amended until the next one.
type Standing struct {
	tree     *Tree
	manifest fs.FileInfo
}

// Standing gives the folder for which a commit gave a seal. ok is false if it
// has another manifest by now.
func (t *Tree) Standing(seal Seal) (s *Standing, ok bool) {
	d, err := t.open()
	if err != nil || d.root == nil {
		return nil, false
	}
	defer d.close()
	data, info, err := d.record(manifestPath)
	if err != nil || info == nil || Seal(seen(data, nil)) != seal {
		return nil, false
	}
	return &Standing{t, info}, true
}

// Amend makes some of the outputs that the commit left, from jobs that are not
// the same any more, and puts those with new bytes in place. It gives their
// paths, sorted.
//
// The manifest stays as it is. To the next commit, what was amended is what any
// file is that was changed since: it is made again, and left alone if its bytes
// are right. So a program that amends has to commit before long, and loses
// nothing if it is killed before.
//
// At an error, nothing was changed, as far as the disk lets it be.
func (s *Standing) Amend(ctx context.Context, jobs []Job) ([]string, error) {
	d, release, err := s.tree.claim(ctx)
	if err != nil {
		return nil, err
	}
	defer release()
	if err := s.check(d); err != nil {
		return nil, err
	}
	if err := d.clearStaging(); err != nil {
		return nil, err
	}
	results := make([]made, len(jobs))
	survey := newSurvey(d)
	if err := survey.checkFolders(jobs); err != nil {
		return nil, err
	}
	err = each(ctx, len(jobs), func(w *worker, i int) (err error) {
		results[i], err = d.amend(w, survey, i, jobs[i])
		return err
	})
	if err != nil {
		return nil, err
	}
	results = slices.DeleteFunc(results, func(m made) bool { return m.staged == "" })
	d.history = &history{}
	if err := d.putInPlace(results); err != nil {
		d.history.revert()
		return nil, err
	}
	changed := make([]string, len(results))
	for i, m := range results {
		changed[i] = m.entry.path
	}
	slices.SortFunc(changed, strings.Compare)
	return changed, nil
}

// Commit makes some of the outputs that the commit left, like Amend, and brings
// the manifest up to date. All others have to be as they were left, which is for
// [Tree.Seal] to find out; unlike Plan, Commit does not look at them. looked is
// when Seal was asked.
//
// The error is [ErrNotAsLeft] if another build has been there.
func (s *Standing) Commit(ctx context.Context, jobs []Job, looked time.Time) (Result, diag.List, error) {
	d, release, err := s.tree.claim(ctx)
	if err != nil {
		return Result{}, nil, err
	}
	defer release()
	if err := s.check(d); err != nil {
		return Result{}, nil, err
	}
	record, err := d.readRecord()
	if err != nil {
		return Result{}, nil, err
	}
	p := &Plan{tree: s.tree, record: record}
	anew := map[string]bool{}
	for _, j := range jobs {
		if _, ours := record.known[j.path]; !ours || anew[j.path] {
			return Result{}, nil, ErrNotAsLeft
		}
		anew[j.path] = true
		p.targets = append(p.targets, target{job: j, ours: true})
	}
	for _, e := range record.known {
		if !anew[e.path] {
			p.kept = append(p.kept, e)
		}
	}
	if err := d.clearStaging(); err != nil {
		return Result{}, nil, err
	}
	// What is newer than the manifest was read when Seal was asked, and will be
	// read again.
	if looked = looked.Add(-coarse); looked.Before(s.manifest.ModTime()) {
		looked = s.manifest.ModTime()
	}
	if looked.Before(d.since) {
		d.since = looked
	}
	results, problems, err := p.makeAll(ctx, d, nil)
	if err == nil {
		err = ctx.Err()
	}
	if err != nil || len(problems) > 0 {
		return Result{}, problems, err
	}
	result, err := p.apply(d, results)
	return result, nil, err
}

// check reports whether another build has been there, or was killed there.
func (s *Standing) check(d *disk) error {
	manifest, err := d.lstat(manifestPath)
	if err != nil {
		return err
	}
	journal, err := d.lstat(journalPath)
	if err != nil {
		return err
	}
	if journal != nil || manifest == nil || !os.SameFile(manifest, s.manifest) ||
		manifest.Size() != s.manifest.Size() || !changed(manifest).Equal(changed(s.manifest)) {
		return ErrNotAsLeft
	}
	return nil
}

// amend makes the n-th of some outputs into the staging folder, unless those
// are the bytes in place.
func (d *disk) amend(w *worker, survey *survey, n int, j Job) (made, error) {
	spool := w.newSpool(d, j.path, strconv.Itoa(n))
	defer spool.close()
	m := d.produce(spool, j)
	switch {
	case m.fault != nil:
		return m, m.fault
	case m.err != nil:
		return m, fmt.Errorf("making %s: %w", d.tree.called(j.path), m.err)
	case len(m.problems) > 0:
		return m, m.problems[0]
	}
	info, err := survey.lstat(j.path)
	if err != nil {
		return m, err
	}
	if info == nil || !info.Mode().IsRegular() {
		return m, fmt.Errorf("replacing %s: %w", d.tree.called(j.path), ErrNotAsLeft)
	}
	kept, err := w.holds(d, info, m.entry)
	if err != nil {
		return m, err
	}
	if kept {
		m.staged = ""
		return m, nil
	}
	return m, spool.keep()
}
