package output

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"syscall"
	"time"
)

// Where bulletin keeps what is not part of the site.
const (
	ownFolder     = ".bulletin"
	manifestPath  = ownFolder + "/manifest"
	journalPath   = ownFolder + "/journal"
	lockPath      = ownFolder + "/lock"
	stagingFolder = ownFolder + "/staging"
)

// disk is the output folder as it is read and changed. All access goes through
// an os.Root, so that nothing outside is ever touched; paths are relative and
// slash-separated, and errors name them together with the folder.
type disk struct {
	root *os.Root // nil if the folder does not exist
	tree *Tree
	// history is nil until the build changes what others can see.
	history *history
	// fresh is there while there is a staging folder of this build.
	fresh *fresh
	// since is when that was made, by the clock of the disk: all that is found
	// in the folder is found later.
	since time.Time
	// single is how many outputs were put in place one by one.
	single int
}

func (d *disk) close() {
	d.fresh.close()
	if d.root != nil {
		d.root.Close()
	}
}

// fault says what could not be done, and gives the machine's own reason
// without the names of system calls.
func (d *disk) fault(doing, p string, err error) error {
	var pathError *fs.PathError
	var linkError *os.LinkError
	switch {
	case errors.As(err, &pathError):
		err = pathError.Err
	case errors.As(err, &linkError):
		err = linkError.Err
	}
	return fmt.Errorf("%s %s: %w", doing, d.tree.called(p), err)
}

// lstat gives nil if there is nothing at p.
func (d *disk) lstat(p string) (fs.FileInfo, error) {
	if d.root == nil {
		return nil, nil
	}
	info, err := d.root.Lstat(p)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) {
		return nil, nil
	}
	if err != nil {
		return nil, d.fault("looking at", p, err)
	}
	return info, nil
}

// longestRecord is how many bytes of a record are read, enough for three
// million outputs.
const longestRecord = 512 << 20

// record reads one of bulletin's own files; nil if there is none, or something
// that bulletin cannot have written.
func (d *disk) record(p string) ([]byte, fs.FileInfo, error) {
	info, err := d.lstat(p)
	if err != nil {
		if own, ownErr := d.lstat(ownFolder); ownErr == nil && own != nil && !own.IsDir() { // a link that leads out
			err = d.misplaced(ownFolder, "not a folder")
		}
		return nil, nil, err
	}
	if info == nil || !info.Mode().IsRegular() || info.Size() > longestRecord {
		return nil, nil, nil
	}
	data, err := d.root.ReadFile(p)
	if err != nil {
		return nil, nil, d.fault("reading", p, err)
	}
	return data, info, nil
}

// change is called before anything in the folder is changed. Tests use it to
// stop a build at that point.
func (d *disk) change(doing, p string) error {
	if d.tree.beforeChange == nil {
		return nil
	}
	if err := d.tree.beforeChange(doing, p); err != nil {
		return d.fault(doing, p, err)
	}
	return nil
}

// mkdir makes the folder p, if it is not there.
func (d *disk) mkdir(p string) error {
	if err := d.change("making folder", p); err != nil {
		return err
	}
	err := d.root.Mkdir(p, 0o755)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return d.fault("making folder", p, err)
	}
	d.history.add(func() error { return d.root.Remove(p) })
	return nil
}

// create opens a new file for writing.
func (d *disk) create(p string) (*os.File, error) {
	return d.createIn(reach{d.root, path.Dir(p)}, p)
}

// createIn is create for a file in a folder that is reached in a quicker way.
func (d *disk) createIn(at reach, p string) (*os.File, error) {
	if err := d.change("writing", p); err != nil {
		return nil, err
	}
	f, err := at.root.OpenFile(at.in(path.Base(p)), os.O_WRONLY|os.O_CREATE|os.O_EXCL|createFlags, 0o644)
	if err != nil {
		return nil, d.fault("writing", p, err)
	}
	return f, nil
}

// replace puts data at p in one step, by way of the staging folder.
func (d *disk) replace(p string, data []byte) error {
	staged, err := d.stage(p, data)
	if err != nil {
		return err
	}
	return d.rename(staged, p)
}

// stage writes data to a staged file that is to be put at p, and has it on the
// disk's surface before the old bytes are given up.
func (d *disk) stage(p string, data []byte) (staged string, err error) {
	staged = path.Join(stagingFolder, path.Base(p))
	f, err := d.create(staged)
	if err != nil {
		return "", err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return "", d.fault("writing", p, err)
	}
	return staged, nil
}

// rename puts the file at from in the place of that at to, if any.
func (d *disk) rename(from, to string) error {
	if err := d.change("writing", to); err != nil {
		return err
	}
	undo := d.keep(to)
	if err := d.root.Rename(from, to); err != nil {
		return d.fault("writing", to, err)
	}
	d.history.add(undo)
	return nil
}

// renameFolder puts the folder at from where nothing is.
func (d *disk) renameFolder(from, to string) error {
	if err := d.change("writing", to); err != nil {
		return err
	}
	if err := d.root.Rename(from, to); err != nil {
		return d.fault("writing", to, err)
	}
	d.history.add(func() error { return d.root.Rename(to, from) })
	return nil
}

// remove removes a file or an empty folder, if it is there.
func (d *disk) remove(p string) error {
	if err := d.change("removing", p); err != nil {
		return err
	}
	undo, err := d.discard(p)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return d.fault("removing", p, err)
	}
	d.history.add(undo)
	return nil
}

// prune removes those of the folders that are empty, and then those above them
// that have become so.
func (d *disk) prune(dirs []string) error {
	slices.SortFunc(dirs, func(a, b string) int {
		if n := strings.Count(b, "/") - strings.Count(a, "/"); n != 0 {
			return n
		}
		return strings.Compare(a, b)
	})
	for _, dir := range slices.Compact(dirs) {
		for ; dir != "."; dir = path.Dir(dir) {
			if gone, err := d.removeEmpty(dir); err != nil {
				return err
			} else if !gone {
				break
			}
		}
	}
	return nil
}

// removeEmpty removes the folder dir if it is empty, and reports whether it is
// gone.
func (d *disk) removeEmpty(dir string) (gone bool, err error) {
	info, err := d.lstat(dir)
	if err != nil || info == nil {
		return err == nil, err
	}
	if !info.IsDir() {
		return false, nil
	}
	f, err := d.root.Open(dir)
	if err != nil {
		return false, d.fault("looking at", dir, err)
	}
	_, err = f.Readdirnames(1)
	f.Close()
	if err != io.EOF {
		return false, nil
	}
	return true, d.remove(dir)
}
