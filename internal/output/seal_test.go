package output

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestTheSealIsThatOfTheLastCommit(t *testing.T) {
	tree := open(t, filepath.Join(t.TempDir(), "public"))
	if _, _, ok := tree.Seal(); ok {
		t.Error("a folder that does not exist has a seal")
	}
	first := build(t, tree, texts(map[string]string{"a/index.html": "a", "b.txt": "b"}))
	seal, outputs, ok := tree.Seal()
	if !ok || seal != first.Seal || outputs != 2 {
		t.Errorf("after a build: %x of %d outputs, %v; the build gave %x", seal, outputs, ok, first.Seal)
	}
	if again := build(t, tree, texts(map[string]string{"a/index.html": "a", "b.txt": "b"})); again.Seal != seal {
		t.Error("a build that did nothing gives another seal")
	}
	other := build(t, tree, texts(map[string]string{"a/index.html": "a", "b.txt": "B"}))
	if seal, _, _ := tree.Seal(); seal == first.Seal || seal != other.Seal {
		t.Error("a build that wrote something leaves the old seal")
	}
}

func TestTheSealIsBrokenByWhateverABuildWouldRepair(t *testing.T) {
	for name, breakIt := range map[string]func(dir string) error{
		"a longer file":    func(dir string) error { return os.WriteFile(filepath.Join(dir, "a/index.html"), []byte("aa"), 0o644) },
		"other bytes":      func(dir string) error { return os.WriteFile(filepath.Join(dir, "a/index.html"), []byte("A"), 0o644) },
		"a missing file":   func(dir string) error { return os.Remove(filepath.Join(dir, "a/index.html")) },
		"a missing folder": func(dir string) error { return os.RemoveAll(filepath.Join(dir, "a")) },
		"a journal":        func(dir string) error { return os.WriteFile(filepath.Join(dir, journalPath), nil, 0o644) },
		"staged files":     func(dir string) error { return os.Mkdir(filepath.Join(dir, stagingFolder), 0o755) },
		"no manifest":      func(dir string) error { return os.Remove(filepath.Join(dir, manifestPath)) },
		"a folder that is a link": func(dir string) error {
			if err := os.Rename(filepath.Join(dir, "a"), filepath.Join(dir, "moved")); err != nil {
				return err
			}
			return os.Symlink("moved", filepath.Join(dir, "a"))
		},
		"a damaged manifest": func(dir string) error {
			return os.Truncate(filepath.Join(dir, manifestPath), 60)
		},
	} {
		dir := filepath.Join(t.TempDir(), "public")
		tree := open(t, dir)
		build(t, tree, texts(map[string]string{"a/index.html": "a", "b.txt": "b"}))
		age(t, dir)
		if err := breakIt(dir); err != nil {
			t.Fatal(err)
		}
		if _, _, ok := tree.Seal(); ok {
			t.Errorf("the seal holds in spite of %s", name)
		}
	}
}

// A file that is newer than the manifest, as after the folder was copied, is
// read and holds if its bytes do.
func TestTheSealHoldsForACopy(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	tree := open(t, dir)
	build(t, tree, texts(map[string]string{"a/index.html": "a", "b.txt": "b"}))
	later := time.Now().Add(time.Minute)
	must(t, os.Chtimes(filepath.Join(dir, "b.txt"), later, later))
	if _, _, ok := tree.Seal(); !ok {
		t.Error("the seal is broken by a file's time alone")
	}
}
