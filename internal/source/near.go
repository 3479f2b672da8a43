package source

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"sync"
)

// mostOpen is how many folders are held open at once: as files are read folder
// by folder, a few are enough.
const mostOpen = 4

// near opens files by the folders that they are in, which it holds open: from
// the top of a [Folder], each folder on the way would be opened for each file.
type near struct {
	fsys fs.FS
	mu   sync.Mutex
	open []heldFolder // the oldest first
}

type heldFolder struct {
	name string
	root *os.Root
}

// Open opens a file for reading.
func (n *near) Open(name string) (fs.File, error) {
	if root := n.root(path.Dir(name)); root != nil {
		file, err := root.OpenFile(path.Base(name), os.O_RDONLY|openFlags, 0)
		if err == nil {
			return file, nil
		}
		if !errors.Is(err, os.ErrClosed) { // for another folder
			return nil, err
		}
	}
	return n.fsys.Open(name)
}

// root gives an open folder, or nil where that is of no use.
func (n *near) root(dir string) *os.Root {
	folder, ok := n.fsys.(*Folder)
	if !ok || dir == "." {
		return nil
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, held := range n.open {
		if held.name == dir {
			return held.root
		}
	}
	if len(n.open) == mostOpen {
		n.open[0].root.Close()
		n.open = n.open[1:]
	}
	root, err := folder.root.OpenRoot(dir)
	if err != nil {
		return nil // opening the file says why
	}
	n.open = append(n.open, heldFolder{dir, root})
	return root
}

func (n *near) close() {
	for _, held := range n.open {
		held.root.Close()
	}
}
