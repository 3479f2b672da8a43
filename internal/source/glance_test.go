package source

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// glanceAt gives the fingerprint of a folder, and whether it has one.
func glanceAt(t *testing.T, fsys fs.FS, read time.Time) (Print, bool) {
	t.Helper()
	look, err := Glance(fsys, Options{Now: read})
	must(t, err)
	if look == nil {
		return Print{}, false
	}
	return look.Print, true
}

func TestAGlanceSeesWhatAReadingWouldSee(t *testing.T) {
	files := map[string]string{"a.md": "a", "b/c.pdf": "c", "b/d.md": "d"}
	changes := map[string]func(dir string) error{
		"nothing":    func(string) error { return nil },
		"an edit":    func(dir string) error { return os.WriteFile(filepath.Join(dir, "a.md"), []byte("A"), 0o644) },
		"a new file": func(dir string) error { return os.WriteFile(filepath.Join(dir, "b/e.md"), nil, 0o644) },
		"a removal":  func(dir string) error { return os.Remove(filepath.Join(dir, "b/c.pdf")) },
		"a rename":   func(dir string) error { return os.Rename(filepath.Join(dir, "b"), filepath.Join(dir, "B")) },
		"litter":     func(dir string) error { return os.WriteFile(filepath.Join(dir, "a.md~"), nil, 0o644) },
	}
	for name, change := range changes {
		for _, rest := range []time.Duration{0, time.Hour} { // read at once, and when the files were at rest
			dir, folder := onDisk(t, files)
			at := time.Now().Add(rest)
			tree, _ := read(t, folder, Options{Now: at})
			must(t, change(dir))
			print, ok := glanceAt(t, folder, at)
			after, _ := read(t, folder, Options{})
			if same := after.Sum() == tree.Sum(); !ok || (print == tree.Print()) != same {
				t.Errorf("after %s, %v after the last edit: the fingerprint is the same: %v, want %v", name, rest, print == tree.Print(), same)
			}
		}
	}
}

// A file that was edited at nearly the moment when it was read is read again.
func TestAGlanceReadsFilesThatWereNotAtRest(t *testing.T) {
	dir, folder := onDisk(t, map[string]string{"a.md": "old"})
	file := filepath.Join(dir, "a.md")
	info, err := os.Stat(file)
	must(t, err)
	tree, _ := read(t, folder, Options{Now: info.ModTime()})
	tree.files[0].Sum[0]++ // as if other bytes had been read in the same tick
	if print, ok := glanceAt(t, folder, info.ModTime()); !ok || print == tree.Print() {
		t.Error("a file that may have been edited since is not read again")
	}
}

func TestAGlanceGivesUpOnWhatCannotBeRead(t *testing.T) {
	dir, folder := onDisk(t, map[string]string{"a.md": "a"})
	must(t, os.Symlink("nowhere", filepath.Join(dir, "link.md")))
	if _, ok := glanceAt(t, folder, time.Now()); ok {
		t.Error("a folder with a broken link has a fingerprint")
	}
	if _, err := Glance(folder, Options{Dir: "missing"}); err == nil {
		t.Error("a missing folder has a fingerprint")
	}
}

// A reading of what was looked at a moment ago is the same as any.
func TestAReadingNeedNotLookTwice(t *testing.T) {
	dir, folder := onDisk(t, map[string]string{"a.md": "a", "b/c.pdf": "c", "b/d.md": "d"})
	first, _ := read(t, folder, Options{Now: time.Now().Add(time.Minute)})
	write(t, dir, map[string]string{"a.md": "A", "b/e.md": "e", "b/CON.md": "f"})
	must(t, os.Remove(filepath.Join(dir, "b/c.pdf")))
	for _, prev := range []*Tree{nil, first} {
		look, err := Glance(folder, Options{Now: first.Read()})
		must(t, err)
		seen, problems := read(t, folder, Options{Prev: prev, Look: look, Now: time.Now()})
		clean, want := read(t, folder, Options{})
		if diff := cmp.Diff(want, problems); seen.Sum() != clean.Sum() || seen.Print() != clean.Print() || diff != "" {
			t.Errorf("the tree is another; problems (clean, seen): %s", diff)
		}
	}
}
