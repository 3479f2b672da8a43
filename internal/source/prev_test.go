package source

import (
	"fmt"
	"io/fs"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"
)

// counting counts the files that are opened.
type counting struct {
	fs.FS
	opened *atomic.Int64
}

func (c counting) Open(name string) (fs.File, error) {
	c.opened.Add(1)
	return c.FS.Open(name)
}

func (c counting) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(c.FS, name) }
func (c counting) Lstat(name string) (fs.FileInfo, error)     { return fs.Lstat(c.FS, name) }
func (c counting) ReadLink(name string) (string, error)       { return fs.ReadLink(c.FS, name) }

var longAgo = time.Date(2025, 9, 23, 10, 0, 0, 0, time.UTC)

func TestReadOpensOnlyWhatMovedSinceTheLastReading(t *testing.T) {
	files := fstest.MapFS{
		"a.md": {Data: []byte("aa"), ModTime: longAgo}, "b.pdf": {Data: []byte("bb"), ModTime: longAgo}, "timeless.md": {Data: []byte("tt")},
	}
	opened := new(atomic.Int64)
	fsys := counting{files, opened}
	first, _ := read(t, fsys, Options{Now: longAgo.Add(time.Hour)})
	opened.Store(0)
	second, _ := read(t, fsys, Options{Prev: first, Now: longAgo.Add(2 * time.Hour)})
	if opened.Load() != 1 || second.Sum() != first.Sum() {
		t.Errorf("%d files are opened, want the one without a time", opened.Load())
	}
	files["a.md"] = &fstest.MapFile{Data: []byte("AA"), ModTime: longAgo.Add(time.Nanosecond)}
	delete(files, "b.pdf")
	opened.Store(0)
	third, _ := read(t, fsys, Options{Prev: second, Now: longAgo.Add(3 * time.Hour)})
	if f, ok := third.Get("a.md"); opened.Load() != 2 || !ok || string(f.Data) != "AA" || third.Len() != 2 {
		t.Errorf("%d files are opened, and give %v", opened.Load(), names(third))
	}
	opened.Store(0)
	if read(t, fsys, Options{Now: longAgo.Add(4 * time.Hour)}); opened.Load() != 2 {
		t.Errorf("%d files are opened without an earlier reading, want all", opened.Load())
	}
}

// A file that was edited at nearly the moment when it was read may have been
// edited after that without a trace.
func TestReadDoesNotTrustAFileThatWasEditedWhenItWasRead(t *testing.T) {
	for _, c := range []struct {
		age    time.Duration
		reused bool
	}{{-time.Hour, false}, {0, false}, {time.Second, false}, {racy, false}, {racy + time.Nanosecond, true}} {
		files := fstest.MapFS{"a.md": {Data: []byte("old"), ModTime: longAgo}}
		first, _ := read(t, files, Options{Now: longAgo.Add(c.age)})
		files["a.md"] = &fstest.MapFile{Data: []byte("new"), ModTime: longAgo} // same size, same time
		second, _ := read(t, files, Options{Prev: first, Now: longAgo.Add(time.Hour)})
		if f, _ := second.Get("a.md"); (string(f.Data) == "old") != c.reused {
			t.Errorf("edited %v before the reading: %q", c.age, f.Data)
		}
	}
	files := fstest.MapFS{"a.md": {Data: []byte("old"), ModTime: longAgo}}
	first, _ := read(t, files, Options{}) // a reading without an instant proves nothing
	files["a.md"] = &fstest.MapFile{Data: []byte("new"), ModTime: longAgo}
	if second, _ := read(t, files, Options{Prev: first}); second.Sum() == first.Sum() {
		t.Error("a tree that was read at no instant is trusted")
	}
}

func TestReadTakesInDataThatTheLastReadingDidNotKeep(t *testing.T) {
	files := fstest.MapFS{"a.css": {Data: []byte("body {}"), ModTime: longAgo}}
	now := longAgo.Add(time.Hour)
	first, _ := read(t, files, Options{Now: now})
	second, _ := read(t, files, Options{Now: now, Prev: first, Keep: Everything, Prefix: "layouts"})
	if f, _ := second.Get("a.css"); string(f.Data) != "body {}" || f.Path != "layouts/a.css" {
		t.Errorf("a.css is %+v", f)
	}
}

func benchmarkRead(b *testing.B, files int, prev bool) {
	content := make(map[string]string, files)
	for i := range files {
		content[fmt.Sprintf("content/articles/%d/entry-%05d.md", 2000+i%25, i)] = fmt.Sprintf("---\ntitle: Entry %d\n---\n\n%01500d\n", i, i)
	}
	_, folder := onDisk(b, content)
	o := Options{Dir: "content", Now: time.Now().Add(time.Hour)}
	tree, _ := read(b, folder, o)
	if prev {
		o.Prev = tree
	}
	b.ReportAllocs()
	for b.Loop() {
		if again, _ := read(b, folder, o); again.Len() != files {
			b.Fatal(again.Len())
		}
	}
}

func BenchmarkRead10000(b *testing.B)          { benchmarkRead(b, 10_000, false) }
func BenchmarkRead10000Unchanged(b *testing.B) { benchmarkRead(b, 10_000, true) }
