package source

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
)

var errLinked = errors.New("a link leads to it")

// Reread reads one file again of which a program knows that it was edited,
// without a look at the others. fsys is the folder that its tree was read from,
// as it is now. There is an error, and nothing to conclude from it, if the file
// is not an ordinary one that no link leads to, or changes meanwhile; a Read
// then tells what is the matter.
func Reread(fsys fs.FS, old *File) (*File, error) {
	dir, err := resolveFolder(fsys, path.Dir(old.Name))
	if err == nil && (dir != path.Dir(old.Name) || old.real != old.Name) {
		err = errLinked
	}
	var info fs.FileInfo
	if err == nil {
		info, err = fs.Lstat(fsys, old.Name)
	}
	if err == nil && !info.Mode().IsRegular() {
		err = errNotRegular
	}
	if err != nil {
		return nil, fmt.Errorf("reading %s again: %w", old.Path, err)
	}
	keep := func(string) bool { return old.kept }
	r := newReader(fsys, Options{Prefix: strings.TrimSuffix(old.Path, "/"+old.Name), Keep: keep})
	return r.read(entry{name: old.Name, real: old.real}, make([]byte, 64<<10))
}
