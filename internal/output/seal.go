package output

import (
	"context"
	"crypto/sha256"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync/atomic"
	"syscall"
)

// Seal stands for a folder in which everything is as a commit left it.
type Seal [sha256.Size]byte

var errBroken = errors.New("the folder is not as it was left")

// Seal gives the seal of the folder, and how many outputs it covers. There is
// none, and ok is false, unless each output is intact and no build is under way
// or was killed; nor if something cannot be looked at, or so many outputs are
// newer than the manifest that the next Commit will write it again.
//
// What Plan finds intact for some jobs, it finds so again while the seal is the
// same: a program that knows that its jobs are still those need not make them.
func (t *Tree) Seal() (seal Seal, outputs int, ok bool) {
	d, err := t.open()
	if err != nil || d.root == nil {
		return seal, 0, false
	}
	defer d.close()
	record, err := d.readRecord()
	if err != nil || !record.complete || !d.sealed(record) {
		return seal, 0, false
	}
	return record.seen, len(record.known), true
}

// sealed reports whether all outputs are as recorded.
func (d *disk) sealed(r record) bool {
	return d.intact(r.entries(), func(_ entry, info fs.FileInfo) bool { return changed(info).Before(r.written) })
}

// intact reports whether all of entries are there and have their bytes: which
// those files do that trusted tells so of; others are read, unless they are too
// many. Paths are looked at as a whole, which is quicker than by way of the
// root; so that nothing behind a link is taken for an output, each folder is
// looked at too.
func (d *disk) intact(entries []entry, trusted func(entry, fs.FileInfo) bool) bool {
	var places []string
	for _, level := range foldersByDepth(entries, func(e entry) string { return e.path }) {
		places = append(places, level...)
	}
	background := context.Background()
	err := each(background, len(places), func(_ *worker, i int) error {
		info, err := d.glance(places[i])
		if err == nil && !info.IsDir() {
			err = errBroken
		}
		return err
	})
	if err != nil {
		return false
	}
	var verified atomic.Int64
	err = each(background, len(entries), func(w *worker, i int) error {
		e := entries[i]
		info, err := d.glance(e.path)
		switch {
		case err != nil:
			return err
		case !info.Mode().IsRegular() || info.Size() != e.size:
			return errBroken
		case trusted(e, info):
			return nil
		}
		same, err := w.holds(d, info, e)
		if err == nil && (!same || verified.Add(1) > restampAfter) {
			err = errBroken
		}
		return err
	})
	return err == nil
}

// look is lstat, but quick, for a p whose folders are known to be real: it looks
// at the path as a whole, which follows links above p.
func (d *disk) look(p string) (fs.FileInfo, error) {
	if d.root == nil {
		return nil, nil
	}
	info, err := d.glance(p)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) {
		return nil, nil
	}
	if err != nil {
		return nil, d.fault("looking at", p, err)
	}
	return info, nil
}

// glance is lstat, but quick, and follows links above p.
func (d *disk) glance(p string) (fs.FileInfo, error) {
	return os.Lstat(filepath.Join(d.tree.dir, filepath.FromSlash(p)))
}
