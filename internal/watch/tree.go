package watch

import (
	"io/fs"
	"os"
	"path/filepath"
)

// tree is what one walk over the roots found.
type tree struct {
	// stamps holds every file and folder by its path.
	stamps map[string]stamp
	// folders gives the inode of each folder whose events matter: those of
	// the roots, and the one above each root.
	folders map[string]uint64
}

// stamp is what tells a file from a changed one without reading it. Of a
// folder only its identity counts, since what is in it has stamps of its own.
type stamp struct {
	size     int64
	modified int64 // nanoseconds since 1970
	mode     fs.FileMode
	inode    uint64 // 0 where there is none
}

func stampOf(info fs.FileInfo) stamp {
	s := stamp{mode: info.Mode(), inode: inode(info)}
	if !info.IsDir() {
		s.size, s.modified = info.Size(), info.ModTime().UnixNano()
	}
	return s
}

// walker gathers a tree. Links to folders are followed, but only after all
// that can be reached without them, and never into a folder that has been
// walked or that contains a root: so that every folder has one name and links
// cannot lead round in circles.
type walker struct {
	tree
	ignored func(path string) bool
	walked  map[string]bool // by path free of links
	links   []folder        // folders behind links, yet to be walked
	roots   []string        // free of links
}

// folder is a folder to walk, by the name that leads there and by the one
// that is free of links.
type folder struct{ path, real string }

func walk(roots []string, ignored func(path string) bool) tree {
	w := walker{
		tree:    tree{stamps: make(map[string]stamp), folders: make(map[string]uint64)},
		ignored: ignored,
		walked:  make(map[string]bool),
	}
	var start []folder
	for _, root := range roots {
		above := existing(root)
		if info, err := os.Stat(above); err == nil {
			w.folders[above] = inode(info)
		}
		info, err := os.Stat(root)
		if err != nil {
			continue
		}
		w.stamps[root] = stampOf(info)
		if real, err := filepath.EvalSymlinks(root); err == nil && info.IsDir() {
			w.roots = append(w.roots, real)
			start = append(start, folder{root, real})
		}
	}
	for _, f := range start {
		w.walk(f)
	}
	for len(w.links) > 0 {
		f := w.links[0]
		w.links = w.links[1:]
		w.walk(f)
	}
	return w.tree
}

func (w *walker) walk(f folder) {
	if w.walked[f.real] {
		return
	}
	w.walked[f.real] = true
	if info, err := os.Stat(f.path); err == nil {
		w.folders[f.path] = inode(info)
	}
	entries, _ := os.ReadDir(f.path) // what can be read, if anything
	for _, entry := range entries {
		path := filepath.Join(f.path, entry.Name())
		if w.ignored(path) {
			continue
		}
		info, err := entry.Info()
		if err != nil {
			continue // vanished meanwhile
		}
		if info.Mode()&fs.ModeSymlink != 0 {
			info = w.link(path, info)
		} else if info.IsDir() {
			w.walk(folder{path, filepath.Join(f.real, entry.Name())})
		}
		w.stamps[path] = stampOf(info)
	}
}

// link notes the folder behind a link for later, and gives what is behind the
// link, or the link itself if it leads nowhere.
func (w *walker) link(path string, link fs.FileInfo) fs.FileInfo {
	target, err := os.Stat(path)
	if err != nil {
		return link
	}
	if !target.IsDir() {
		return target
	}
	real, err := filepath.EvalSymlinks(path)
	if err != nil || w.ignored(real) {
		return target
	}
	for _, root := range w.roots {
		if within(root, real) {
			return target
		}
	}
	w.links = append(w.links, folder{path, real})
	return target
}

// existing gives the nearest folder above path that exists: the one whose
// events will tell that path has come into being.
func existing(path string) string {
	for {
		parent := filepath.Dir(path)
		if info, err := os.Stat(parent); err == nil && info.IsDir() || parent == path {
			return parent
		}
		path = parent
	}
}
