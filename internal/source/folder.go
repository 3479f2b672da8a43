package source

import (
	"io/fs"
	"os"
	"slices"
	"strings"
)

// A Folder is a folder on disk as an [fs.FS]. Nothing outside it can be
// reached, whatever links there are, and opening never waits, not even for a
// pipe that nobody writes to.
type Folder struct{ root *os.Root }

var (
	_ fs.ReadDirFS  = (*Folder)(nil)
	_ fs.ReadLinkFS = (*Folder)(nil)
	_ fs.StatFS     = (*Folder)(nil)
)

// OpenFolder opens a folder on disk. The caller closes it when no tree that
// was read from it is in use any more.
func OpenFolder(dir string) (*Folder, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	return &Folder{root}, nil
}

// Close closes the folder.
func (f *Folder) Close() error { return f.root.Close() }

// Open opens a file or folder for reading.
func (f *Folder) Open(name string) (fs.File, error) { return f.open(name) }

func (f *Folder) open(name string) (*os.File, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	return f.root.OpenFile(name, os.O_RDONLY|openFlags, 0)
}

// ReadDir lists a folder in the order of names.
func (f *Folder) ReadDir(name string) ([]fs.DirEntry, error) {
	dir, err := f.open(name)
	if err != nil {
		return nil, err
	}
	defer dir.Close()
	entries, err := dir.ReadDir(-1)
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries, err
}

// Stat describes a file or folder, following links.
func (f *Folder) Stat(name string) (fs.FileInfo, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "stat", Path: name, Err: fs.ErrInvalid}
	}
	return f.root.Stat(name)
}

// Lstat describes a file, folder or link.
func (f *Folder) Lstat(name string) (fs.FileInfo, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "lstat", Path: name, Err: fs.ErrInvalid}
	}
	return f.root.Lstat(name)
}

// ReadLink gives where a link leads.
func (f *Folder) ReadLink(name string) (string, error) {
	if !fs.ValidPath(name) {
		return "", &fs.PathError{Op: "readlink", Path: name, Err: fs.ErrInvalid}
	}
	return f.root.Readlink(name)
}
