package source

import (
	"crypto/sha256"
	"fmt"
	"io"
	"time"
)

// Note is what one run of the program remembers of a file for the next: plain
// data, without the bytes of the file.
type Note struct {
	Name string
	// Sum is the SHA-256 of what is in the file.
	Sum   [sha256.Size]byte
	path  string
	real  string
	stamp stamp
	kept  bool
}

// Note gives what is to be remembered of the file.
func (f *File) Note() Note { return Note{f.Name, f.Sum, f.Path, f.real, f.stamp, f.kept} }

// Recall gives a tree of files that an earlier run read at an instant, as
// [Options].Prev takes it. None of them has its Data; nor will those that a
// Read takes over from it, for which [File.Bytes] is there.
func Recall(notes []Note, read time.Time) *Tree {
	files := make([]File, len(notes))
	all := make([]*File, len(notes))
	for i, n := range notes {
		files[i] = File{Name: n.Name, Path: n.path, Size: n.stamp.size, Sum: n.Sum, real: n.real, stamp: n.stamp, kept: n.kept}
		all[i] = &files[i]
	}
	return newTree(all, read)
}

// Bytes gives what is in the file, and reads it if need be. The error is
// [ErrChanged] if that is not what was read.
func (f *File) Bytes() ([]byte, error) {
	if f.Data != nil {
		return f.Data, nil
	}
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("reading %s again: %w", f.Path, err)
	}
	return data, nil
}
