package watch

import (
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/fsnotify/fsnotify"
)

// fake stands in for the operating system: it reports what a test tells it
// to, and remembers what it was asked to watch.
type fake struct {
	changes  chan fsnotify.Event
	failures chan error
	limit    int // how many folders can be watched; 0 = any number
	// onAdd, if set, is called just before a folder is watched.
	onAdd func(path string)

	mu      sync.Mutex
	watched map[string]bool
	closed  bool
}

func newFake() *fake {
	return &fake{
		changes:  make(chan fsnotify.Event),
		failures: make(chan error),
		watched:  make(map[string]bool),
	}
}

func (f *fake) open() (*events, error) {
	return &events{notifier: f, changes: f.changes, failures: f.failures}, nil
}

func (f *fake) Add(path string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.onAdd != nil {
		f.onAdd(path)
	}
	if f.limit > 0 && !f.watched[path] && len(f.watched) == f.limit {
		return fmt.Errorf("watching %s: %w", path, syscall.ENOSPC)
	}
	f.watched[path] = true
	return nil
}

func (f *fake) Remove(path string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.watched, path)
	return nil
}

func (f *fake) Close() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.closed {
		f.closed = true
		close(f.changes)
	}
	return nil
}

func (f *fake) watches(path string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.watched[path]
}

func TestAnOverflowRingsAndRenewsTheWatches(t *testing.T) {
	content := t.TempDir()
	system := newFake()
	w := beginWith(t, Options{Roots: []string{content}, Recheck: never}, system.open)
	folder := filepath.Join(content, "new")
	write(t, filepath.Join(folder, "page.md"), "one")
	system.failures <- fsnotify.ErrEventOverflow
	rings(t, w, "overflow", func() bool { return system.watches(folder) })
}

func TestAFolderMadeJustBeforeItsParentIsWatchedIsWatchedToo(t *testing.T) {
	content := t.TempDir()
	outer, inner := filepath.Join(content, "outer"), filepath.Join(content, "outer", "inner")
	system := newFake()
	system.onAdd = func(path string) {
		if path == outer {
			os.Mkdir(inner, 0o755)
		}
	}
	w := beginWith(t, Options{Roots: []string{content}, Recheck: never}, system.open)
	must(t, os.Mkdir(outer, 0o755))
	system.changes <- fsnotify.Event{Name: outer, Op: fsnotify.Create}
	rings(t, w, "nested folders", func() bool { return system.watches(inner) })
}

func TestALostEventIsFoundLate(t *testing.T) {
	content := t.TempDir()
	page := filepath.Join(content, "page.md")
	write(t, page, "one")
	system := newFake() // reports nothing
	w := beginWith(t, Options{Roots: []string{content}, Recheck: 20 * time.Millisecond}, system.open)
	write(t, page, "two!")
	rings(t, w, "an edit without an event", has(page, "two!"))
}

func TestWithoutEventsItFallsBackToPollingAndSaysSo(t *testing.T) {
	full := newFake()
	full.limit = 2
	for name, open := range map[string]func() (*events, error){
		"no events at all":       func() (*events, error) { return nil, syscall.EMFILE },
		"too many to begin with": full.open,
	} {
		t.Run(name, func(t *testing.T) {
			content := t.TempDir()
			page := filepath.Join(content, "a", "b", "page.md")
			write(t, page, "one")
			var notices []string
			w := beginWith(t, Options{
				Roots: []string{content}, Recheck: 20 * time.Millisecond,
				Notice: func(text string) { notices = append(notices, text) },
			}, open)
			if len(notices) != 1 {
				t.Fatalf("notices: %q, want one", notices)
			}
			write(t, page, "two!")
			rings(t, w, "edit while polling", has(page, "two!"))
		})
	}
	if !full.closed {
		t.Error("the events that could not be had are still open")
	}
}

func TestALimitReachedLaterFallsBackToPolling(t *testing.T) {
	content := t.TempDir()
	system := newFake()
	system.limit = 3
	notices := make(chan string, 1)
	w := beginWith(t, Options{
		Roots: []string{content}, Recheck: 20 * time.Millisecond,
		Notice: func(text string) { notices <- text },
	}, system.open)
	page := filepath.Join(content, "a", "b", "c", "page.md")
	write(t, page, "one")
	rings(t, w, "new folders", has(page, "one"))
	select {
	case <-notices:
	case <-time.After(patience):
		t.Fatal("no notice was given")
	}
	write(t, page, "two!")
	rings(t, w, "edit while polling", has(page, "two!"))
}

func TestOnlyEventsThatMatterAreHeard(t *testing.T) {
	root := filepath.FromSlash("/site/content")
	options, err := Options{
		Roots:  []string{root},
		Ignore: func(path string) bool { return filepath.Base(path) == "build.log" },
	}.withDefaults()
	must(t, err)
	w := &Watcher{options: options}
	for _, test := range []struct {
		path string
		op   fsnotify.Op
		want bool
	}{
		{"/site/content/page.md", fsnotify.Write, true},
		{"/site/content/page.md", fsnotify.Chmod, false},
		{"/site/content/page.md", fsnotify.Write | fsnotify.Chmod, true},
		{"/site/content/page.md", fsnotify.Remove, true},
		{"/site/content/page.md", fsnotify.Rename, true},
		{"/site/content", fsnotify.Rename, true},
		{"/site", fsnotify.Rename, true},
		{"/site/public", fsnotify.Create, false},
		{"/site/content.bak", fsnotify.Create, false},
		{"/site/content/.page.md.swp", fsnotify.Write, false},
		{"/site/content/page.md~", fsnotify.Create, false},
		{"/site/content/4913", fsnotify.Create, false},
		{"/site/content/.#page.md", fsnotify.Create, false},
		{"/site/content/.git", fsnotify.Create, false},
		{"/site/content/~$paper.docx", fsnotify.Create, false},
		{"/site/content/.~lock.paper.odt#", fsnotify.Create, false},
		{"/site/content/build.log", fsnotify.Write, false},
		{"/site/content/.well-known", fsnotify.Create, true},
		{"/site/content/page.swan", fsnotify.Write, true},
	} {
		event := fsnotify.Event{Name: filepath.FromSlash(test.path), Op: test.op}
		if got := w.relevant(event); got != test.want {
			t.Errorf("%v: heard = %v, want %v", event, got, test.want)
		}
	}
}

func TestTheWalkPassesOverWhatIsIgnored(t *testing.T) {
	content := t.TempDir()
	for _, path := range []string{"page.md", "page.md~", ".git/index", "drafts/page.md"} {
		write(t, filepath.Join(content, path), "text")
	}
	options, err := Options{
		Roots:  []string{content},
		Ignore: func(path string) bool { return filepath.Base(path) == "drafts" },
	}.withDefaults()
	must(t, err)
	w := &Watcher{options: options}
	got := walk([]string{content}, w.ignored)
	if len(got.stamps) != 2 { // the root and the page
		t.Errorf("the walk found %v", got.stamps)
	}
	if got.folders[content] == 0 || got.folders[filepath.Dir(content)] == 0 || len(got.folders) != 2 {
		t.Errorf("the walk watches %v, want the root and the folder above it", got.folders)
	}
}
