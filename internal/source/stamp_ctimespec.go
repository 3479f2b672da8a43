//go:build darwin || freebsd || netbsd

package source

import (
	"io/fs"
	"syscall"
	"time"
)

// listingIsCurrent says that the listing of a folder shows files as they are.
const listingIsCurrent = true

func (s *stamp) addInode(info fs.FileInfo) {
	if st, ok := info.Sys().(*syscall.Stat_t); ok {
		s.changed, s.device, s.ino = time.Unix(st.Ctimespec.Unix()).UTC(), uint64(st.Dev), uint64(st.Ino)
	}
}
