// Package source reads a tree of files: the site's content, or its layouts.
//
// A [Tree] is a picture of a folder at one time. It never changes, and two
// readings of the same bytes give the same tree. A program that keeps running
// hands the last tree to the next [Read], which then opens only what moved.
//
// Whatever a folder may hold besides ordinary files (pipes, links that lead
// out of it, names that no web address can carry) becomes a problem that names
// the file. What editors and operating systems leave behind is passed over:
// see [Ignored].
package source

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"iter"
	"slices"
	"time"
)

// A File is one file of a tree. Its fields, and the bytes in Data, are not to
// be changed.
type File struct {
	// Name is the file's path in its tree, with slashes: "articles/launch.md".
	Name string
	// Path is Name with the tree's prefix, as positions of problems show it:
	// "content/articles/launch.md".
	Path string
	// Data is what is in the file. It is nil, and not only empty, if the file
	// was not kept: see [Options.Keep], [File.Release] and [File.Open].
	Data []byte
	// Size is the file's length in bytes.
	Size int64
	// Sum is the SHA-256 of what is in the file.
	Sum [sha256.Size]byte

	fsys  fs.FS
	real  string // the path in fsys, without links
	stamp stamp
	kept  bool // its data was asked for; see Recall for when it is not there
}

// ErrChanged says that a file is no longer what it was when its tree was read.
var ErrChanged = errors.New("the file has changed since it was read")

// Open gives the bytes of the file, kept or not. They are held against Sum on
// the way: if they are others, the last Read gives [ErrChanged] and not io.EOF,
// so that nobody publishes what was not read.
func (f *File) Open() (io.ReadCloser, error) {
	if f.Data != nil {
		return io.NopCloser(bytes.NewReader(f.Data)), nil
	}
	file, _, err := openRegular(f.fsys, f.real)
	if err != nil {
		return nil, fmt.Errorf("opening %s: %w", f.Path, err)
	}
	return &verified{file: file, of: f, hash: sha256.New()}, nil
}

// Release lets go of Data, for a program that has made of it what it needs and
// will not read the folder again. Nobody may be reading the file meanwhile.
func (f *File) Release() { f.Data = nil }

// verified reads a file and holds it against its sum.
type verified struct {
	file fs.File
	of   *File
	hash hash.Hash
}

func (v *verified) Read(p []byte) (int, error) {
	n, err := v.file.Read(p)
	v.hash.Write(p[:n])
	if errors.Is(err, io.EOF) && [sha256.Size]byte(v.hash.Sum(nil)) != v.of.Sum {
		return n, fmt.Errorf("reading %s: %w", v.of.Path, ErrChanged)
	}
	return n, err
}

func (v *verified) Close() error { return v.file.Close() }

// A Tree is a set of files in the order of their names, byte by byte. A nil
// Tree is empty. It can be used by several goroutines at once.
type Tree struct {
	files  []*File
	byName map[string]*File
	read   time.Time
}

func newTree(files []*File, read time.Time) *Tree {
	t := &Tree{files: files, byName: make(map[string]*File, len(files)), read: read}
	slices.SortFunc(t.files, func(a, b *File) int { return cmp.Compare(a.Name, b.Name) })
	for _, f := range t.files {
		t.byName[f.Name] = f
	}
	return t
}

// Files goes through the files in the order of their names.
func (t *Tree) Files() iter.Seq[*File] {
	if t == nil {
		return slices.Values[[]*File](nil)
	}
	return slices.Values(t.files)
}

// Get gives the file of that name.
func (t *Tree) Get(name string) (*File, bool) {
	if t == nil {
		return nil, false
	}
	f, ok := t.byName[name]
	return f, ok
}

// Len is the number of files.
func (t *Tree) Len() int {
	if t == nil {
		return 0
	}
	return len(t.files)
}

// Sum is a SHA-256 over the names and the sums of all files: two trees with
// the same one hold the same.
func (t *Tree) Sum() [sha256.Size]byte {
	h := sha256.New()
	for f := range t.Files() {
		fmt.Fprintf(h, "%d %s", len(f.Name), f.Name)
		h.Write(f.Sum[:])
	}
	return [sha256.Size]byte(h.Sum(nil))
}

// Overlay lays one tree over another: the files of both, and of two with the
// same name the one above. Each keeps its own Path. Both trees stay as they
// are; either may be nil.
func Overlay(below, above *Tree) *Tree {
	files := slices.Collect(above.Files())
	for f := range below.Files() {
		if _, hidden := above.Get(f.Name); !hidden {
			files = append(files, f)
		}
	}
	return newTree(files, time.Time{})
}
