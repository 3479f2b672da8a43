//go:build unix

package watch

import (
	"io/fs"
	"syscall"
)

// inode identifies a file within its disk: a file that replaced another by a
// rename is told apart even if size and time are equal.
func inode(info fs.FileInfo) uint64 {
	if s, ok := info.Sys().(*syscall.Stat_t); ok {
		return uint64(s.Ino)
	}
	return 0
}
