package output

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"runtime/debug"
	"strconv"
	"sync"

	"bulletin/internal/diag"
)

// PanicError says that the maker of an output panicked, which is a fault of
// the program.
type PanicError struct {
	Value any    // what it panicked with
	Stack []byte // where
}

func (e *PanicError) Error() string { return fmt.Sprintf("bulletin has a fault here: %v", e.Value) }

// Unwrap gives the value of the panic, if it is an error.
func (e *PanicError) Unwrap() error {
	err, _ := e.Value.(error)
	return err
}

// made is an output that was made.
type made struct {
	entry    entry
	staged   string // where its bytes are; "" if those in place are the same
	problems diag.List
	err      error // of the maker
	fault    error // of the disk
}

// makeAll makes the plan's targets into the staging folder. Problems and
// errors of makers are collected from all of them; an error of the disk ends
// it at once.
func (p *Plan) makeAll(ctx context.Context, d *disk, progress func(done, total int)) ([]made, diag.List, error) {
	var mu sync.Mutex
	done := 0
	results := make([]made, len(p.targets))
	if err := d.fresh.recheck(); err != nil {
		return nil, nil, err
	}
	err := each(ctx, len(p.targets), func(w *worker, i int) (err error) {
		results[i], err = d.make(w, i, p.targets[i])
		if err == nil && progress != nil {
			mu.Lock()
			defer mu.Unlock()
			done++
			progress(done, len(p.targets))
		}
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	var problems diag.List
	failed := 0
	for _, m := range results {
		problems.Add(m.problems...)
		if m.err != nil {
			if failed == 0 {
				err = fmt.Errorf("making %s: %w", d.tree.called(m.entry.path), m.err)
			}
			failed++
		}
	}
	if failed > 1 {
		err = fmt.Errorf("%w (and %d more outputs)", err, failed-1)
	}
	return results, d.tree.abridged(problems), err
}

// make makes the n-th target, unless it was made ahead. The error is one of the
// disk.
func (d *disk) make(w *worker, n int, t target) (made, error) {
	var m made
	keep := func() error { return nil }
	if t.job.made != nil {
		m = *t.job.made
	} else {
		s := w.newSpool(d, t.job.path, strconv.Itoa(n))
		defer s.close()
		m, keep = d.produce(s, t.job), s.keep
	}
	if m.fault != nil || m.staged == "" {
		return m, m.fault
	}
	if d.fresh.awaits(m.staged) {
		return m, keep()
	}
	place, err := d.compare(w, t, m.entry)
	switch {
	case err != nil:
		return m, err
	case place.foreign != "":
		m.problems.Add(d.tree.foreign(t.job.path, place.foreign, needsFile))
		return m, nil
	case place.same:
		m.staged = ""
		return m, nil
	}
	return m, keep()
}

// produce makes an output's bytes into a spool, which has yet to keep them if
// there is a name for the staged file.
func (d *disk) produce(s *spool, j Job) made {
	m := made{entry: entry{path: j.path, key: j.key}}
	err := j.run(s)
	var problem diag.Problem
	switch {
	case s.err != nil:
		m.fault = s.err
		return m
	case errors.As(err, &problem):
		problem.Severity = diag.Error
		m.problems.Add(problem)
		return m
	case j.want != nil && errors.Is(err, fs.ErrNotExist):
		m.problems.Add(d.tree.moved(j.path))
		return m
	case err != nil:
		m.err = err
		return m
	}
	m.entry.size, m.entry.sum = s.size, s.sum()
	if j.want != nil && m.entry.sum != *j.want {
		m.problems.Add(d.tree.moved(j.path))
		return m
	}
	m.staged = s.staged
	return m
}

// run makes the output's bytes; a panic of the maker becomes an error.
func (j Job) run(s *spool) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = &PanicError{Value: v, Stack: debug.Stack()}
		}
	}()
	return j.make(s)
}

// comparison is how the bytes of an output compare with what is in place.
type comparison struct {
	same    bool
	foreign string // what is in place and not ours, in words
}

// compare looks at what is in place now, since the disk may have changed after
// the plan was made.
func (d *disk) compare(w *worker, t target, e entry) (comparison, error) {
	if t.anew {
		return comparison{}, nil
	}
	info, err := d.lstat(e.path)
	switch {
	case err != nil || info == nil:
		return comparison{}, err
	case !info.Mode().IsRegular():
		return comparison{foreign: kind(info)}, nil
	}
	same, err := w.holds(d, info, e)
	if err != nil || same || t.ours {
		return comparison{same: same}, err
	}
	return comparison{foreign: kind(info)}, nil
}
