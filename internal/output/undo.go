package output

import (
	"errors"
	"io/fs"
	"strconv"
	"sync"
)

// history is what a build has changed in the folder so far, and how to take it
// back. What it replaces and removes stays in the staging folder until the
// build is done.
type history struct {
	mu   sync.Mutex
	kept int
	undo []func() error
}

// place gives a name in the staging folder for what is to be kept.
func (h *history) place() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.kept++
	return stagingFolder + "/old-" + strconv.Itoa(h.kept)
}

// add notes how to take back a change that was made.
func (h *history) add(undo func() error) {
	if h == nil || undo == nil {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.undo = append(h.undo, undo)
}

// revert takes all changes back, the last first. It stops where that is not
// possible; the journal, which was the first change, then tells the next build
// what there is to repair.
func (h *history) revert() {
	for i := len(h.undo) - 1; i >= 0; i-- {
		if h.undo[i]() != nil {
			return
		}
	}
}

// keep gives what stands at p a second name, and tells how to put it back. It
// gives nil where a file cannot have two names, as on FAT and some shares: what
// is replaced there cannot be put back.
func (d *disk) keep(p string) (undo func() error) {
	if d.history == nil {
		return nil
	}
	kept := d.history.place()
	switch err := d.root.Link(p, kept); {
	case err == nil:
		return func() error { return d.root.Rename(kept, p) }
	case errors.Is(err, fs.ErrNotExist):
		return func() error { return d.root.Remove(p) }
	}
	return nil
}

// discard removes a file or an empty folder so that it can be put back. It
// gives nil instead of a way back for a file that cannot be moved.
func (d *disk) discard(p string) (undo func() error, err error) {
	info, err := d.root.Lstat(p)
	if err != nil || d.history == nil {
		return nil, errors.Join(err, d.root.Remove(p))
	}
	if info.IsDir() {
		return func() error { return d.root.Mkdir(p, info.Mode().Perm()) }, d.root.Remove(p)
	}
	kept := d.history.place()
	if d.root.Rename(p, kept) == nil {
		return func() error { return d.root.Rename(kept, p) }, nil
	}
	return nil, d.root.Remove(p)
}
