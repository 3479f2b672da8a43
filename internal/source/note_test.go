package source

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// A file that an earlier run read is not read again, unless it was touched.
func TestAnotherRunReadsOnlyWhatWasTouched(t *testing.T) {
	dir, folder := onDisk(t, map[string]string{"a.md": "one", "b.md": "two", "c.csv": "three"})
	// Files that are new to the first reading are not trusted by the second, so
	// the readings are later than the files.
	first, _ := read(t, folder, Options{Prefix: "content", Now: time.Now().Add(time.Minute)})
	var notes []Note
	for f := range first.Files() {
		notes = append(notes, f.Note())
	}
	write(t, dir, map[string]string{"b.md": "TWO", "d.md": "four"})
	second, problems := read(t, folder, Options{Prefix: "content", Prev: Recall(notes, first.Read()), Now: time.Now().Add(2 * time.Minute)})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	clean, _ := read(t, folder, Options{Prefix: "content"})
	if second.Sum() != clean.Sum() || second.Print() == first.Print() {
		t.Error("the tree is not that of a first reading")
	}
	for name, wasRead := range map[string]bool{"a.md": false, "b.md": true, "d.md": true} {
		f, ok := second.Get(name)
		if !ok || f.Path != "content/"+name || (f.Data != nil) != wasRead {
			t.Errorf("%s: %+v, want read: %v", name, f, wasRead)
			continue
		}
		want, _ := clean.Get(name)
		if data, err := f.Bytes(); err != nil || string(data) != string(want.Data) || f.Size != want.Size {
			t.Errorf("%s holds %q, error %v", name, data, err)
		}
	}
}

func TestBytesAreThoseThatWereRead(t *testing.T) {
	dir, folder := onDisk(t, map[string]string{"a.md": "one"})
	tree, _ := read(t, folder, Options{Now: time.Now().Add(time.Minute)})
	f, _ := tree.Get("a.md")
	again, _ := read(t, folder, Options{Prev: Recall([]Note{f.Note()}, tree.Read()), Now: time.Now()})
	f, _ = again.Get("a.md")
	if f.Data != nil {
		t.Fatal("the file was read again")
	}
	must(t, os.WriteFile(filepath.Join(dir, "a.md"), []byte("ONE"), 0o644))
	if _, err := f.Bytes(); !errors.Is(err, ErrChanged) {
		t.Errorf("after an edit the error is %v", err)
	}
}
