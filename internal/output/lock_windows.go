package output

import (
	"errors"
	"fmt"
	"path/filepath"
	"syscall"
)

// Of the Windows API, not in package syscall.
const (
	accessDelete         = 0x00010000
	fileDeleteOnClose    = 0x04000000
	errorSharing         = syscall.Errno(32)
	errorDeletionPending = syscall.Errno(303)
)

// tryLock takes the lock if nobody has it: the file is opened without sharing
// and goes with its handle, however the process ends. A file that is just
// going away shows as one to which access is denied.
func (d *disk) tryLock() (unlock func(), err error) {
	name, err := syscall.UTF16PtrFromString(filepath.Join(d.root.Name(), filepath.FromSlash(lockPath)))
	if err != nil {
		return nil, d.fault("locking", lockPath, err)
	}
	handle, err := syscall.CreateFile(name, syscall.GENERIC_READ|syscall.GENERIC_WRITE|accessDelete, 0, nil,
		syscall.OPEN_ALWAYS, syscall.FILE_ATTRIBUTE_NORMAL|fileDeleteOnClose, 0)
	switch {
	case errors.Is(err, errorSharing), errors.Is(err, errorDeletionPending), errors.Is(err, syscall.ERROR_ACCESS_DENIED):
		return nil, fmt.Errorf("%w (%w)", ErrLocked, err)
	case err != nil:
		return nil, d.fault("locking", lockPath, err)
	}
	return func() { syscall.CloseHandle(handle) }, nil
}
