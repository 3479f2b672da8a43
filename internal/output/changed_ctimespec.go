//go:build darwin || freebsd || netbsd

package output

import (
	"io/fs"
	"syscall"
	"time"
)

// changed is when a file was last changed: its bytes, or, since that time can
// be set at will, what the file system knows about it.
func changed(info fs.FileInfo) time.Time {
	t := info.ModTime()
	if stat, ok := info.Sys().(*syscall.Stat_t); ok {
		if c := time.Unix(stat.Ctimespec.Unix()); c.After(t) {
			return c
		}
	}
	return t
}
