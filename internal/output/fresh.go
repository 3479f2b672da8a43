package output

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"strings"
	"sync"
)

const (
	freshFolder = stagingFolder + "/new"
	// mostOpen is how many folders are held open at once: enough for those
	// that have many in them, and far from what systems allow.
	mostOpen = 64
)

// fresh is what will stand in folders at the top of the site that are not there
// yet. It is staged at the paths that it will have, so that each such folder is
// put in place by one renaming, instead of a few changes for each file in it.
// Folders that have others in them are held open, so that a file need not be
// looked for from the top.
type fresh struct {
	disk *disk

	mu      sync.Mutex
	tops    map[string]*freshTop
	folders map[string]reach
	open    []*os.Root
}

// freshTop is a folder at the top of the site.
type freshTop struct {
	absent bool // nothing stood there when it was first asked for
	staged int  // files in it
}

// reach is how a folder is reached: by its name in one that is open.
type reach struct {
	root *os.Root
	name string
}

func (r reach) in(name string) string { return path.Join(r.name, name) }

func newFresh(d *disk) *fresh {
	return &fresh{disk: d, tops: map[string]*freshTop{}, folders: map[string]reach{}}
}

// place gives where the output at p is to be staged, if it belongs into a folder
// that is not there yet.
func (f *fresh) place(p string) (staged string, ok bool) {
	name, _, inFolder := strings.Cut(p, "/")
	if !inFolder || pathFault(p) != "" {
		return "", false
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	top, known := f.tops[name]
	if !known {
		info, err := f.disk.lstat(name)
		top = &freshTop{absent: err == nil && info == nil}
		f.tops[name] = top
	}
	return freshFolder + "/" + p, top.absent
}

// create opens a new file for writing, at a path that place gave.
func (f *fresh) create(staged string) (*os.File, error) {
	p := strings.TrimPrefix(staged, freshFolder+"/")
	at, err := f.folder(p)
	if err != nil {
		return nil, err
	}
	return f.disk.createIn(at, staged)
}

// folder makes the folder for the file at p, which is counted.
func (f *fresh) folder(p string) (reach, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	top, _, _ := strings.Cut(p, "/")
	f.tops[top].staged++
	return f.make(path.Dir(p))
}

// make makes the folder dir and those above it, unless that was done.
func (f *fresh) make(dir string) (reach, error) {
	if at, ok := f.folders[dir]; ok {
		return at, nil
	}
	if dir == "." {
		at := reach{f.disk.root, freshFolder}
		return f.made(dir, at)
	}
	above, err := f.make(path.Dir(dir))
	if err != nil {
		return reach{}, err
	}
	if above.name != "." && len(f.open) < mostOpen {
		root, err := above.root.OpenRoot(above.name)
		if err != nil {
			return reach{}, f.disk.fault("making folder", freshFolder+"/"+dir, err)
		}
		f.open = append(f.open, root)
		above = reach{root, "."}
		f.folders[path.Dir(dir)] = above
	}
	return f.made(dir, reach{above.root, above.in(path.Base(dir))})
}

func (f *fresh) made(dir string, at reach) (reach, error) {
	p := path.Join(freshFolder, dir)
	if err := f.disk.change("making folder", p); err != nil {
		return reach{}, err
	}
	if err := at.root.Mkdir(at.name, 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
		return reach{}, f.disk.fault("making folder", p, err)
	}
	f.folders[dir] = at
	return at, nil
}

// recheck looks again which of the folders are there.
func (f *fresh) recheck() error {
	for name, top := range f.tops {
		if !top.absent {
			continue
		}
		info, err := f.disk.lstat(name)
		if err != nil {
			return err
		}
		top.absent = info == nil
	}
	return nil
}

// awaits reports whether nothing stands where the folder will be that a staged
// file is in.
func (f *fresh) awaits(staged string) bool {
	p, in := strings.CutPrefix(staged, freshFolder+"/")
	name, _, _ := strings.Cut(p, "/")
	if !in {
		return false
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	top := f.tops[name]
	return top != nil && top.absent
}

// whole gives the folders of which everything that was staged is to be put in
// place, and those of results that are in none.
func (f *fresh) whole(results []made) (tops []string, rest []made) {
	wanted := map[string]int{}
	topOf := func(m made) string {
		p, in := strings.CutPrefix(m.staged, freshFolder+"/")
		if !in {
			return ""
		}
		name, _, _ := strings.Cut(p, "/")
		return name
	}
	for _, m := range results {
		wanted[topOf(m)]++
	}
	for name, top := range f.tops {
		if top.absent && top.staged > 0 && wanted[name] == top.staged {
			tops = append(tops, name)
			wanted[name] = 0
		}
	}
	for _, m := range results {
		if wanted[topOf(m)] > 0 {
			rest = append(rest, m)
		}
	}
	return tops, rest
}

// close closes what is open; without that, some systems rename no folder.
func (f *fresh) close() {
	if f == nil {
		return
	}
	for _, root := range f.open {
		_ = root.Close()
	}
	f.open, f.folders = nil, map[string]reach{}
}
