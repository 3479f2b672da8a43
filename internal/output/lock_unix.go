//go:build darwin || dragonfly || freebsd || illumos || linux || netbsd || openbsd

package output

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
)

// tryLock takes the lock if nobody has it. The holder removes the file when
// done, so one that was opened in the meantime may be no longer the one in the
// folder and counts as taken.
func (d *disk) tryLock() (unlock func(), err error) {
	f, err := d.root.OpenFile(lockPath, os.O_RDWR|os.O_CREATE|syscall.O_NOFOLLOW, 0o644)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) { // the holder removed the folder with it
			return nil, ErrLocked
		}
		return nil, d.fault("locking", lockPath, err)
	}
	err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	switch {
	case errors.Is(err, syscall.EWOULDBLOCK), errors.Is(err, syscall.EINTR):
		f.Close()
		return nil, ErrLocked
	case errors.Is(err, syscall.ENOTSUP), errors.Is(err, syscall.ENOSYS), errors.Is(err, syscall.ENOLCK):
		// Some network shares know no locks; a build there is better than none.
	case err != nil:
		f.Close()
		return nil, d.fault("locking", lockPath, err)
	}
	mine, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, d.fault("locking", lockPath, err)
	}
	there, err := d.lstat(lockPath)
	if err == nil && (there == nil || !os.SameFile(mine, there)) {
		err = ErrLocked
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return func() {
		_ = d.root.Remove(lockPath) // what stays is no lock any more
		f.Close()
	}, nil
}
