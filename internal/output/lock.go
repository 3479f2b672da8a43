package output

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// ErrLocked is wrapped by the error of a Commit that waited in vain for
// another build of the same folder.
var ErrLocked = errors.New("another build is writing there; wait until it is done and build again")

// A second build waits this long for the first, and looks this often.
const (
	patience = 2 * time.Second
	glance   = 50 * time.Millisecond
)

// lock keeps other builds out until unlock is called. The lock is a file that
// is held open: the system lets go of it if the process dies, and none is left
// after a build. It lies in bulletin's own folder, which lock makes if needed.
func (d *disk) lock(ctx context.Context) (unlock func(), err error) {
	for tries := 0; ; tries++ {
		if err := d.claim(); err != nil {
			return nil, err
		}
		unlock, err := d.tryLock()
		if err == nil {
			return unlock, nil
		}
		if !errors.Is(err, ErrLocked) {
			return nil, err
		}
		if time.Duration(tries)*glance >= d.tree.patience {
			return nil, fmt.Errorf("writing %s: %w", d.tree.name, err)
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(glance):
		}
	}
}

// claim makes bulletin's own folder, if it is not there.
func (d *disk) claim() error {
	info, err := d.lstat(ownFolder)
	if err != nil {
		return err
	}
	if info == nil {
		return d.mkdir(ownFolder)
	}
	if !info.IsDir() {
		return d.misplaced(ownFolder, "not a folder")
	}
	for _, p := range []string{manifestPath, journalPath, lockPath} {
		info, err := d.lstat(p)
		switch {
		case err != nil:
			return err
		case info != nil && info.IsDir():
			return d.misplaced(p, "a folder")
		case info != nil && p == lockPath && !info.Mode().IsRegular():
			return d.misplaced(p, "not a file")
		}
	}
	return nil
}

// misplaced says that something else stands where bulletin's own records go.
func (d *disk) misplaced(p, what string) error {
	return d.fault("writing", p, fmt.Errorf("this is where bulletin keeps its records, and it is %s; delete it", what))
}
