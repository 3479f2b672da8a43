package output

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"

	"bulletin/internal/diag"
)

// survey looks at what stands in the output folder. It follows no symbolic
// link: what lies behind one is not ours.
type survey struct {
	disk     *disk
	worker   *worker
	folders  map[string]folder
	doomed   map[string][]fs.FileInfo // files that the build will remove, by folded path
	problems diag.List
}

func newSurvey(d *disk) *survey {
	top := folder{state: present}
	if d.root == nil {
		top.state = missing
	}
	return &survey{disk: d, worker: newWorker(), folders: map[string]folder{".": top}, doomed: map[string][]fs.FileInfo{}}
}

// folder is what stands where a folder is needed.
type folder struct {
	state folderState
	at    string // what obstructs it, if anything
	kind  string // and what that is
}

type folderState int

const (
	missing folderState = iota
	present
	obstructed
)

// folder looks at the folder p and at those above it.
func (s *survey) folder(p string) (folder, error) {
	if f, ok := s.folders[p]; ok {
		return f, nil
	}
	if _, err := s.folder(path.Dir(p)); err != nil {
		return folder{}, err
	}
	f, err := s.enter(p)
	if err == nil {
		s.folders[p] = f
	}
	return f, err
}

// enter looks at the folder p, when the one above it is known.
func (s *survey) enter(p string) (folder, error) {
	if above := s.folders[path.Dir(p)]; above.state != present {
		return above, nil
	}
	info, err := s.disk.look(p)
	switch {
	case err != nil:
		return folder{}, err
	case info == nil || s.isDoomed(p, info):
		return folder{}, nil
	case !info.IsDir():
		return folder{state: obstructed, at: p, kind: kind(info)}, nil
	}
	return folder{state: present}, nil
}

// checkFolders looks at all folders of jobs, after which look may be called
// for several jobs at once.
func (s *survey) checkFolders(jobs []Job) error {
	for _, level := range foldersByDepth(jobs, Job.Path) {
		found := make([]folder, len(level))
		err := each(context.Background(), len(level), func(_ *worker, i int) (err error) {
			found[i], err = s.enter(level[i])
			return err
		})
		if err != nil {
			return err
		}
		for i, p := range level {
			s.folders[p] = found[i]
		}
	}
	return nil
}

// lstat gives nil unless p lies in real folders and something stands there.
func (s *survey) lstat(p string) (fs.FileInfo, error) {
	f, err := s.folder(path.Dir(p))
	if err != nil || f.state != present {
		return nil, err
	}
	return s.disk.lstat(p)
}

// isDoomed reports whether what was found at p is a file that will be removed
// before anything is put there.
func (s *survey) isDoomed(p string, info fs.FileInfo) bool {
	return slices.ContainsFunc(s.doomed[fold(p)], func(doomed fs.FileInfo) bool { return os.SameFile(doomed, info) })
}

// holds reports whether the file that info is about has the bytes of e.
func (w *worker) holds(d *disk, info fs.FileInfo, e entry) (bool, error) {
	if !info.Mode().IsRegular() || info.Size() != e.size {
		return false, nil
	}
	sum, err := w.sum(d, e.path)
	return sum == e.sum, err
}

// finding is what stands at the path of an output.
type finding struct {
	state    findingState
	entry    entry // of an intact output
	verified bool  // it had to be read
	ours     bool  // we put there what is to be replaced
	doomed   bool  // it will be cleared first
	kind     string
}

type findingState int

const (
	replaceable findingState = iota // nothing, or a file
	intact
	isFolder
	isSpecial // symbolic link, device, ...
	blocked   // one of its folders is none
)

// look finds out what stands at the path of j, once checkFolders was called.
func (s *survey) look(w *worker, j Job, r *record) (finding, error) {
	switch f := s.folders[path.Dir(j.path)]; f.state {
	case missing:
		return finding{}, nil
	case obstructed:
		return finding{state: blocked}, nil
	}
	info, err := s.disk.look(j.path)
	switch {
	case err != nil || info == nil:
		return finding{}, err
	case info.IsDir():
		return finding{state: isFolder}, nil
	case !info.Mode().IsRegular():
		return finding{state: isSpecial, kind: kind(info)}, nil
	case s.isDoomed(j.path, info): // a file that differs in case, on a disk where that does not count
		return finding{ours: true, doomed: true}, nil
	}
	e, ours := r.known[j.path]
	if ours && e.key == j.key && e.size == info.Size() {
		if changed(info).Before(r.written) {
			return finding{state: intact, entry: e}, nil
		}
		if same, err := w.holds(s.disk, info, e); err != nil {
			return finding{}, err
		} else if same {
			return finding{state: intact, entry: e, verified: true}, nil
		}
	}
	return finding{ours: ours}, nil
}

// emptied reports what in the folder dir will stay when the build has removed
// its own files: nothing, or the first such thing in words. It lists dir and
// the folders in it, innermost first.
func (s *survey) emptied(dir string) (what string, dirs []string, err error) {
	children, err := fs.ReadDir(s.disk.root.FS(), dir)
	if err != nil {
		return "", nil, s.disk.fault("looking at", dir, err)
	}
	for _, child := range children {
		p := path.Join(dir, child.Name())
		info, err := s.disk.lstat(p)
		if err != nil {
			return "", nil, err
		}
		switch {
		case info == nil || s.isDoomed(p, info):
		case info.IsDir():
			what, inner, err := s.emptied(p)
			if err != nil || what != "" {
				return what, nil, err
			}
			dirs = append(dirs, inner...)
		default:
			return fmt.Sprintf("a folder with other files in it, such as %q,", p), nil, nil
		}
	}
	return "", append(dirs, dir), nil
}
