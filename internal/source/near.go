package source

import (
	"io/fs"
	"os"
	"path"
	"sync"
)

// mostOpen is how many folders are held open at once: enough for those that
// have many files in them, and far from what systems allow.
const mostOpen = 64

// near opens files by the folders that they are in, which it holds open: from
// the top of a [Folder], each folder on the way would be opened for each file.
type near struct {
	fsys  fs.FS
	mu    sync.Mutex
	roots map[string]*os.Root // by folder
}

// Open opens a file for reading.
func (n *near) Open(name string) (fs.File, error) {
	if root := n.root(path.Dir(name)); root != nil {
		file, err := root.OpenFile(path.Base(name), os.O_RDONLY|openFlags, 0)
		if err != nil {
			return nil, err
		}
		return file, nil
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
	if root, known := n.roots[dir]; known || len(n.roots) >= mostOpen {
		return root
	}
	root, err := folder.root.OpenRoot(dir)
	if err != nil {
		root = nil // opening the file says why
	}
	n.roots[dir] = root
	return root
}

func (n *near) close() {
	for _, root := range n.roots {
		if root != nil {
			root.Close()
		}
	}
}
