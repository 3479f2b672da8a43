package source

import (
	"fmt"
	"io/fs"
	"os"
	"time"
)

// A stamp is what the file system says of a file without opening it.
type stamp struct {
	size        int64
	modified    time.Time
	changed     time.Time // the inode's ctime, which no program can set; zero where there is none
	device, ino uint64
}

func stampOf(info fs.FileInfo) stamp {
	s := stamp{size: info.Size(), modified: info.ModTime().UTC()}
	s.addInode(info)
	return s
}

// StampOf describes a file so that a text of the same value stands for the
// same bytes, as far as that can be known without reading them.
func StampOf(file string) (string, error) {
	info, err := os.Stat(file)
	if err != nil {
		return "", err
	}
	s := stampOf(info)
	return fmt.Sprintf("%d %d %d %d %d", s.size, s.modified.UnixNano(), s.changed.UnixNano(), s.device, s.ino), nil
}

func (s stamp) equal(o stamp) bool {
	return s.size == o.size && s.modified.Equal(o.modified) && s.changed.Equal(o.changed) && s.device == o.device && s.ino == o.ino
}

// racy bounds how coarse the clocks of file systems are: FAT counts in two
// seconds.
const racy = 2 * time.Second

// settled reports whether the stamp would have become another if the file had
// been edited after a reading that began at read. A file edited in the same
// tick as it was read keeps its stamp, so a young stamp proves nothing (git
// calls such a file "racily clean"). Nor does one without a time.
func (s stamp) settled(read time.Time) bool {
	old := read.Add(-racy)
	return !s.modified.IsZero() && s.modified.Before(old) && s.changed.Before(old)
}
