package source

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"strings"

	"bulletin/internal/diag"
)

// An entry is a file that was found and is not yet read.
type entry struct {
	name string // in the tree
	real string // in the file system, without links
	// listed is how its folder lists it, which says what it is like without
	// another look; nil if a link leads to it.
	listed fs.DirEntry
	// seen is its stamp, if it was looked at and is an ordinary file.
	seen *stamp
}

// stamp describes the file; ok is false if it is no ordinary one.
func (e entry) stamp(fsys fs.FS) (s stamp, ok bool) {
	if e.seen != nil {
		return *e.seen, true
	}
	info, err := e.info(fsys)
	if err != nil || !info.Mode().IsRegular() {
		return stamp{}, false
	}
	return stampOf(info), true
}

// info describes the file, from the listing where that can be relied on.
func (e entry) info(fsys fs.FS) (fs.FileInfo, error) {
	if e.listed != nil && listingIsCurrent {
		return e.listed.Info()
	}
	return fs.Lstat(fsys, e.real)
}

// A walker finds the files of a tree.
type walker struct {
	fsys     fs.FS
	base     string // the tree's folder in fsys, without links
	prefix   string
	entries  []entry
	problems diag.List
}

// walk finds the files in a folder and in those below it.
func walk(fsys fs.FS, dir, prefix string) (*walker, error) {
	base, err := resolveFolder(fsys, dir)
	var children []fs.DirEntry
	if err == nil {
		children, err = fs.ReadDir(fsys, base)
	}
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", prefix, err)
	}
	w := &walker{fsys: fsys, base: base, prefix: prefix}
	w.children(place{real: base}, children)
	return w, nil
}

// A place is a folder on the way down.
type place struct {
	name  string   // in the tree; "" at the top
	real  string   // in the file system, without links
	above []string // the real paths of the folders above it that hold links
}

// maxNested bounds links to folders within folders that are links.
const maxNested = 8

func (w *walker) path(name string) string { return path.Join(w.prefix, name) }

func (w *walker) problem(name, rule, hint, format string, args ...any) {
	w.problems.Add(diag.Errorf(diag.Pos{File: w.path(name)}, rule, hint, format, args...))
}

// folder notes the files in a folder and in those below it.
func (w *walker) folder(at place) {
	children, err := fs.ReadDir(w.fsys, at.real)
	if errors.Is(err, fs.ErrNotExist) {
		return // removed in this moment
	}
	if err != nil {
		w.problems.Add(unreadable(w.path(at.name), err))
	}
	w.children(at, children)
}

// children notes what is in a folder.
func (w *walker) children(at place, children []fs.DirEntry) {
	for _, child := range children {
		base := child.Name()
		if Ignored(base) {
			continue
		}
		name := path.Join(at.name, base)
		problems, ok := checkName(base, w.path(name))
		w.problems.Add(problems...)
		if !ok {
			continue
		}
		if child.Type()&fs.ModeSymlink != 0 {
			w.link(at, name, path.Join(at.real, base))
			continue
		}
		w.child(at, entry{name: name, real: path.Join(at.real, base), listed: child}, child.Type())
	}
}

// child notes a file, goes into a folder, and refuses all else.
func (w *walker) child(at place, e entry, mode fs.FileMode) {
	switch {
	case mode.IsDir():
		w.folder(place{e.name, e.real, at.above})
	case mode.IsRegular():
		w.entries = append(w.entries, e)
	default:
		w.problems.Add(notAFile(w.path(e.name), mode))
	}
}

var (
	errOutside = errors.New("the link leads out of the folder")
	errLoop    = errors.New("the link leads back to itself")
)

// link follows a link to a file or folder in the same tree.
func (w *walker) link(at place, name, real string) {
	target, mode, err := resolve(w.fsys, real)
	if err == nil && !within(w.base, target) {
		err = errOutside
	}
	if err == nil && mode.IsDir() {
		linked := append(at.above[:len(at.above):len(at.above)], at.real)
		if len(linked) > maxNested {
			err = errLoop
		}
		for _, dir := range linked {
			if within(target, dir) {
				err = errLoop
			}
		}
		at.above = linked
	}
	const copyHint = "remove the link, and put a copy of the file or folder in its place if it is needed here"
	switch {
	case err == nil:
		w.child(at, entry{name: name, real: target}, mode)
	case errors.Is(err, fs.ErrNotExist):
		w.problem(name, "broken-link", copyHint, "this is a link to a file that does not exist")
	case errors.Is(err, errLoop):
		w.problem(name, "link-loop", copyHint, "this is a link that leads back to itself")
	case errors.Is(err, errOutside):
		w.problem(name, "outside-link", copyHint, "this is a link that leads out of the folder %q; only files in it are published", w.prefix)
	default:
		w.problems.Add(unreadable(w.path(name), err))
	}
}

// within reports whether name is dir or in it.
func within(dir, name string) bool {
	return dir == "." || name == dir || strings.HasPrefix(name, dir+"/")
}

// maxLinks bounds how many links one path may lead over, as operating systems
// do.
const maxLinks = 40

// resolve gives the path in fsys, without links, that name leads to, and what
// kind of file is there. Links out of fsys, and those that give a full path,
// are errOutside.
func resolve(fsys fs.FS, name string) (string, fs.FileMode, error) {
	rest, real, links := strings.Split(name, "/"), ".", 0
	mode := fs.ModeDir
	for len(rest) > 0 {
		part := rest[0]
		rest = rest[1:]
		switch {
		case part == "" || part == ".":
			continue
		case part == ".." && real == ".":
			return "", 0, errOutside
		case part == "..":
			real, mode = path.Dir(real), fs.ModeDir
			continue
		}
		next := path.Join(real, part)
		info, err := fs.Lstat(fsys, next)
		if err != nil {
			return "", 0, err
		}
		mode = info.Mode().Type()
		if mode&fs.ModeSymlink == 0 {
			real = next
			continue
		}
		if links++; links > maxLinks {
			return "", 0, errLoop
		}
		target, err := fs.ReadLink(fsys, next)
		if err != nil {
			return "", 0, err
		}
		if path.IsAbs(filepath.ToSlash(target)) || filepath.IsAbs(target) || filepath.VolumeName(target) != "" {
			return "", 0, errOutside
		}
		rest, mode = append(strings.Split(filepath.ToSlash(target), "/"), rest...), fs.ModeDir
	}
	return real, mode, nil
}

// resolveFolder is resolve for what must be a folder.
func resolveFolder(fsys fs.FS, name string) (string, error) {
	real, mode, err := resolve(fsys, name)
	if err == nil && !mode.IsDir() {
		err = errors.New("this is not a folder")
	}
	return real, err
}

func unreadable(at string, err error) diag.Problem {
	reason := err.Error()
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		reason = pathError.Err.Error()
	}
	hint := "check that the file can be opened and that you are allowed to, then try again"
	return diag.Errorf(diag.Pos{File: at}, "unreadable", hint, "this cannot be read: %s", reason)
}

func notAFile(at string, mode fs.FileMode) diag.Problem {
	kind := "something that is neither a file nor a folder"
	switch {
	case mode&fs.ModeNamedPipe != 0:
		kind = "a named pipe"
	case mode&fs.ModeSocket != 0:
		kind = "a socket"
	case mode&fs.ModeDevice != 0:
		kind = "a device"
	case mode.IsDir():
		kind = "a folder"
	}
	return diag.Errorf(diag.Pos{File: at}, "not-a-file", "remove it, or put an ordinary file in its place", "this is %s, not a file", kind)
}

func tooLarge(at string, size, limit int64) diag.Problem {
	return diag.Errorf(diag.Pos{File: at}, "file-too-large",
		"split it into several; pictures and downloads belong in files of their own",
		"this file has %s, and at most %s can be read here", megabytes(size), megabytes(limit))
}

func megabytes(size int64) string { return fmt.Sprintf("%.1f MB", float64(size)/(1<<20)) }
