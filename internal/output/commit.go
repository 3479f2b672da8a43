package output

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"

	"bulletin/internal/diag"
)

// Result says what a commit did.
type Result struct {
	Made    int // outputs whose bytes were made
	Written int // files put in place: those made whose bytes are new
	Removed int // files removed
	Kept    int // outputs neither made nor written
	// Changed are the outputs written and removed, by path.
	Changed []string
	// Seal is that of the folder as the commit left it.
	Seal Seal
}

// Commit does what was planned: it makes the outputs that have a new key, and
// when all are made, puts those with new bytes in place, removes what is no
// output any more, and then the folders that this leaves empty.
//
// If there are problems, an error, or ctx is done while outputs are made,
// nothing in the folder has changed. Once the first file is put in place ctx
// is not looked at any more; at an error of the disk all that was changed is
// put back. Where the disk does not let it be, or if the process dies, each
// file is an old or a new one, and the next build repairs the folder.
//
// Other builds of the same folder are kept out; after waiting for two seconds
// the error is [ErrLocked]. As the folder may have changed since the plan was
// made, it is planned anew, unless outputs were made ahead. A commit that has
// nothing to do touches nothing, not even the lock.
//
// progress may be nil; it is called after each output that was made, never by
// two goroutines at once.
func (p *Plan) Commit(ctx context.Context, progress func(done, total int)) (Result, diag.List, error) {
	if err := ctx.Err(); err != nil {
		return Result{}, nil, err
	}
	if p.idle() {
		return Result{Kept: len(p.kept), Seal: p.record.seen}, nil, nil
	}
	d := p.claimed
	if d == nil {
		claimed, release, err := p.tree.claim(ctx)
		if err != nil {
			return Result{}, nil, err
		}
		defer release()
		d = claimed
		fresh, problems, err := d.planAnew(p.jobs)
		if err != nil || len(problems) > 0 {
			return Result{}, problems, err
		}
		p = fresh
	}
	results, problems, err := p.makeAll(ctx, d, progress)
	if err == nil {
		err = ctx.Err()
	}
	if err != nil || len(problems) > 0 {
		return Result{}, problems, err
	}
	result, err := p.apply(d, results)
	return result, nil, err
}

// planAnew readies the folder that was claimed, and compares jobs with it.
func (d *disk) planAnew(jobs []Job) (*Plan, diag.List, error) {
	if err := d.clearStaging(); err != nil {
		return nil, nil, err
	}
	return d.plan(jobs)
}

// claim opens the folder for writing, making it if needed. release removes
// what is of no use after a build; a folder that was made and is still empty
// goes as well.
func (t *Tree) claim(ctx context.Context) (d *disk, release func(), err error) {
	_, err = os.Stat(t.dir)
	created := errors.Is(err, fs.ErrNotExist)
	if created {
		if err := os.MkdirAll(t.dir, 0o755); err != nil {
			return nil, nil, fmt.Errorf("making the output folder: %w", err)
		}
	}
	d, err = t.open()
	if err == nil && d.root == nil {
		err = fmt.Errorf("opening the output folder: %s: %w", t.name, fs.ErrNotExist)
	}
	if err != nil {
		return nil, nil, err
	}
	unlock, err := d.lock(ctx)
	if err != nil {
		d.close()
		return nil, nil, err
	}
	return d, func() {
		// These are left to the next build if they cannot be removed now.
		d.fresh.close()
		_ = d.root.RemoveAll(stagingFolder)
		unlock()
		_ = d.root.Remove(ownFolder) // refused unless nothing was ever written
		d.close()
		if created {
			_ = os.Remove(t.dir)
		}
	}, nil
}

// clearStaging makes an empty staging folder.
func (d *disk) clearStaging() error {
	if err := d.change("removing", stagingFolder); err != nil {
		return err
	}
	if err := d.root.RemoveAll(stagingFolder); err != nil {
		return d.fault("removing", stagingFolder, err)
	}
	d.fresh.close()
	d.fresh = newFresh(d)
	if err := d.mkdir(stagingFolder); err != nil {
		return err
	}
	info, err := d.lstat(stagingFolder)
	if err == nil && info != nil {
		d.since = info.ModTime()
	}
	return err
}

// apply changes the folder, with a journal beside it until all is done.
func (p *Plan) apply(d *disk, results []made) (Result, error) {
	result := Result{Made: len(results), Kept: len(p.kept)}
	entries := slices.Clone(p.kept)
	var moved []made
	for _, m := range results {
		entries = append(entries, m.entry)
		if m.staged != "" {
			moved = append(moved, m)
			result.Changed = append(result.Changed, m.entry.path)
		}
	}
	slices.SortFunc(entries, byPath)
	manifest := formatManifest(entries)
	result.Seal = seen(manifest, nil)
	result.Written = len(moved)
	removed := p.Remove()
	result.Removed = len(removed)
	result.Changed = append(result.Changed, removed...)
	slices.Sort(result.Changed)

	steps := []func() error{
		func() error { return d.saveRecord(p.record) },
		func() error { return d.replace(journalPath, manifest) },
		func() error { return d.clear(p) },
		func() error { return d.putInPlace(moved) },
		func() error { return d.removeAll(p.stale) },
		func() error { return d.prune(p.pruned) },
		func() error { return d.putManifest(manifest, entries, moved) },
		func() error { return d.remove(journalPath) },
	}
	d.history = &history{}
	for _, step := range steps {
		if err := step(); err != nil {
			d.history.revert()
			return Result{}, err
		}
	}
	return result, nil
}

// saveRecord writes a manifest of what is known, if the one in place does not
// say it: the journal that is about to be replaced may know of files that the
// manifest does not.
func (d *disk) saveRecord(r record) error {
	if !r.merged {
		return nil
	}
	return d.putManifest(formatManifest(r.entries()), nil, nil)
}

// clear removes what is in the way of new files.
func (d *disk) clear(p *Plan) error {
	if err := d.removeAll(p.cleared); err != nil {
		return err
	}
	return d.removeAll(p.clearedFolders)
}

func (d *disk) removeAll(paths []string) error {
	for _, p := range paths {
		if err := d.remove(p); err != nil {
			return err
		}
	}
	return nil
}

// putInPlace renames staged files to where they belong: where a folder was not
// there, all of it at once.
func (d *disk) putInPlace(results []made) error {
	d.fresh.close()
	tops, results := d.fresh.whole(results)
	d.single = len(results)
	for _, top := range tops {
		if err := d.renameFolder(freshFolder+"/"+top, top); err != nil {
			return err
		}
	}
	background := context.Background() // not to be interrupted any more
	for _, level := range foldersByDepth(results, func(m made) string { return m.entry.path }) {
		err := each(background, len(level), func(_ *worker, i int) error { return d.mkdir(level[i]) })
		if err != nil {
			return err
		}
	}
	return each(background, len(results), func(_ *worker, i int) error {
		return d.rename(results[i].staged, results[i].entry.path)
	})
}
