package watch

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// never is a recheck time that no test lives to see: what rings must have
// been told by an event.
const never = time.Hour

// patience is how long a test waits for a ring before it calls it missed.
const patience = 15 * time.Second

func begin(t *testing.T, options Options) *Watcher {
	t.Helper()
	return beginWith(t, options, systemEvents)
}

func beginWith(t *testing.T, options Options, open func() (*events, error)) *Watcher {
	t.Helper()
	if options.Quiet == 0 {
		options.Quiet = 10 * time.Millisecond
	}
	if options.Notice == nil {
		// Polling would hide that an event was missed.
		options.Notice = func(text string) { t.Errorf("unexpected notice: %s", text) }
	}
	ctx, cancel := context.WithCancel(context.Background())
	w, err := start(ctx, options, open)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cancel(); w.Wait() })
	return w
}

// rings waits for rings until one comes at which holds is true: what a build
// that starts with that ring would find.
func rings(t *testing.T, w *Watcher, claim string, holds func() bool) {
	t.Helper()
	timeout := time.After(patience)
	for {
		select {
		case <-w.Bell():
			if holds() {
				return
			}
		case <-timeout:
			t.Fatalf("the bell did not ring: %s", claim)
		}
	}
}

func has(path, text string) func() bool {
	return func() bool {
		data, err := os.ReadFile(path)
		return err == nil && string(data) == text
	}
}

func gone(path string) func() bool {
	return func() bool {
		_, err := os.Lstat(path)
		return os.IsNotExist(err)
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// modes runs a test with events and with polling.
func modes(t *testing.T, test func(t *testing.T, options Options)) {
	t.Run("events", func(t *testing.T) { test(t, Options{Recheck: never}) })
	t.Run("polling", func(t *testing.T) { test(t, Options{Poll: 10 * time.Millisecond}) })
}

func TestEveryKindOfChangeRings(t *testing.T) {
	modes(t, func(t *testing.T, options Options) {
		site := t.TempDir()
		content := filepath.Join(site, "content")
		page := filepath.Join(content, "page.md")
		write(t, page, "one")
		options.Roots = []string{content}
		w := begin(t, options)

		write(t, page, "two!")
		rings(t, w, "edit", has(page, "two!"))

		write(t, filepath.Join(content, "new.md"), "new")
		rings(t, w, "new file", has(filepath.Join(content, "new.md"), "new"))

		must(t, os.Rename(page, filepath.Join(content, "moved.md")))
		rings(t, w, "renamed file", gone(page))

		must(t, os.Remove(filepath.Join(content, "moved.md")))
		rings(t, w, "removed file", gone(filepath.Join(content, "moved.md")))

		temporary := filepath.Join(content, ".new.md.swp")
		write(t, temporary, "wen")
		must(t, os.Rename(temporary, filepath.Join(content, "new.md")))
		rings(t, w, "saved by rename, same size", has(filepath.Join(content, "new.md"), "wen"))

		info, err := os.Stat(filepath.Join(content, "new.md"))
		must(t, err)
		write(t, temporary, "ewn")
		must(t, os.Chtimes(temporary, info.ModTime(), info.ModTime()))
		must(t, os.Rename(temporary, filepath.Join(content, "new.md")))
		rings(t, w, "saved by rename, same size and time", has(filepath.Join(content, "new.md"), "ewn"))

		must(t, os.Mkdir(filepath.Join(content, "empty"), 0o755))
		must(t, os.Rename(filepath.Join(content, "empty"), filepath.Join(content, "void")))
		rings(t, w, "renamed folder", gone(filepath.Join(content, "empty")))
	})
}

func TestAFileInANewNestedFolderRingsAndSoDoLaterEdits(t *testing.T) {
	modes(t, func(t *testing.T, options Options) {
		content := t.TempDir()
		options.Roots = []string{content}
		w := begin(t, options)
		for i := range 20 {
			page := filepath.Join(content, fmt.Sprint(i), "a", "b", "c", "page.md")
			write(t, page, "one")
			rings(t, w, "file in a new folder", has(page, "one"))
			write(t, page, "three")
			rings(t, w, "edit in a new folder", has(page, "three"))
		}
	})
}

func TestAFolderWatchedUnderAnOldNameStillRings(t *testing.T) {
	content := t.TempDir()
	a, b := filepath.Join(content, "a"), filepath.Join(content, "b")
	write(t, filepath.Join(a, "deep", "page.md"), "in a")
	write(t, filepath.Join(b, "deep", "page.md"), "in b")
	w := begin(t, Options{Roots: []string{content}, Recheck: never})

	for i := range 10 {
		spare := filepath.Join(content, "spare")
		must(t, os.Rename(a, spare))
		must(t, os.Rename(b, a))
		if i%2 == 0 { // now and then the watcher sees the folder in between
			rings(t, w, "a folder was renamed", gone(b))
		}
		must(t, os.Rename(spare, b))
		rings(t, w, "two folders changed names", gone(spare))
		for _, folder := range []string{a, b} {
			page, text := filepath.Join(folder, "deep", "page.md"), fmt.Sprintf("edit %d of %s", i, folder)
			write(t, page, text)
			rings(t, w, "edit after the change of names", has(page, text))
		}
	}
}

func TestARootMayVanishAndComeBack(t *testing.T) {
	modes(t, func(t *testing.T, options Options) {
		site := filepath.Join(t.TempDir(), "site")
		content, layouts := filepath.Join(site, "content"), filepath.Join(site, "layouts")
		page := filepath.Join(content, "articles", "page.md")
		write(t, page, "one")
		options.Roots = []string{content, layouts}
		w := begin(t, options)

		away := filepath.Join(site, "content.away")
		must(t, os.Rename(content, away))
		rings(t, w, "content renamed away", gone(content))
		must(t, os.Rename(away, content))
		rings(t, w, "content renamed back", has(page, "one"))
		write(t, page, "two")
		rings(t, w, "edit after content came back", has(page, "two"))

		must(t, os.RemoveAll(content))
		rings(t, w, "content deleted", gone(content))
		write(t, page, "three")
		rings(t, w, "content made again", has(page, "three"))
		write(t, page, "four")
		rings(t, w, "edit after content was made again", has(page, "four"))

		// Replaced so quickly that the watcher may not notice that it was gone.
		for i := range 10 {
			text := fmt.Sprintf("replaced %d times", i)
			must(t, os.RemoveAll(content))
			write(t, page, text)
			rings(t, w, "content replaced", has(page, text))
			write(t, page, text+" and edited")
			rings(t, w, "edit after content was replaced", has(page, text+" and edited"))
		}

		layout := filepath.Join(layouts, "base.html")
		write(t, layout, "one")
		rings(t, w, "a root made after the start", has(layout, "one"))
		write(t, layout, "two")
		rings(t, w, "edit in a root made after the start", has(layout, "two"))

		must(t, os.Rename(site, site+".away"))
		rings(t, w, "the folder above the roots renamed away", gone(site))
		must(t, os.Rename(site+".away", site))
		rings(t, w, "the folder above the roots renamed back", has(layout, "two"))
		write(t, layout, "three")
		rings(t, w, "edit after everything came back", has(layout, "three"))
	})
}

func TestARootMayBeAFile(t *testing.T) {
	modes(t, func(t *testing.T, options Options) {
		site := t.TempDir()
		settings := filepath.Join(site, "site.yaml")
		options.Roots = []string{settings}
		w := begin(t, options)
		write(t, settings, "title: One")
		rings(t, w, "settings made", has(settings, "title: One"))
		write(t, settings+".new", "title: Two")
		must(t, os.Rename(settings+".new", settings))
		rings(t, w, "settings saved by rename", has(settings, "title: Two"))
		must(t, os.Remove(settings))
		rings(t, w, "settings removed", gone(settings))
	})
}

func TestABurstOfFilesRingsSeldomAndMissesNothing(t *testing.T) {
	modes(t, func(t *testing.T, options Options) {
		content := t.TempDir()
		options.Roots, options.Quiet = []string{content}, 50*time.Millisecond
		options.Poll *= 20
		w := begin(t, options)
		const files = 5000
		last := filepath.Join(content, fmt.Sprint(files%50), fmt.Sprint(files))
		var heard atomic.Int32
		finished := make(chan struct{})
		go func() {
			defer close(finished)
			for i := 1; i <= files; i++ {
				path := filepath.Join(content, fmt.Sprint(i%50), fmt.Sprint(i))
				err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte("checked out"), 0o644))
				if err != nil {
					t.Error(err)
					return
				}
			}
		}()
		rings(t, w, "the last of many files", func() bool {
			heard.Add(1)
			return has(last, "checked out")()
		})
		<-finished
		if n := heard.Load(); n > 100 {
			t.Errorf("%d files rang the bell %d times", files, n)
		}
		for _, path := range []string{last, filepath.Join(content, "7", "7")} {
			write(t, path, "edited")
			rings(t, w, "edit after the burst", has(path, "edited"))
		}
	})
}

func TestRingsThatNobodyHeardAreOne(t *testing.T) {
	w := &Watcher{bell: make(chan struct{}, 1)}
	for range 5 {
		poke(w.bell)
	}
	<-w.Bell()
	select {
	case <-w.Bell():
		t.Error("the bell rang twice")
	default:
	}
}

func TestLinkedFoldersAreWatched(t *testing.T) {
	modes(t, func(t *testing.T, options Options) {
		base := t.TempDir()
		content, shared := filepath.Join(base, "content"), filepath.Join(base, "shared")
		page := filepath.Join(shared, "deep", "page.md")
		write(t, page, "one")
		write(t, filepath.Join(content, "index.md"), "index")
		link := filepath.Join(content, "linked")
		must(t, os.Symlink(shared, link))
		options.Roots = []string{content}
		w := begin(t, options)

		write(t, page, "two!")
		rings(t, w, "edit behind a link", has(page, "two!"))

		other := filepath.Join(base, "other", "page.md")
		write(t, other, "other")
		must(t, os.Remove(link))
		must(t, os.Symlink(filepath.Dir(other), link))
		rings(t, w, "link turned elsewhere", has(filepath.Join(link, "page.md"), "other"))
		write(t, other, "another")
		rings(t, w, "edit behind the turned link", has(other, "another"))
	})
}

func TestLinksThatLeadRoundInCirclesEnd(t *testing.T) {
	base := t.TempDir()
	content := filepath.Join(base, "content")
	write(t, filepath.Join(content, "a", "page.md"), "page")
	write(t, filepath.Join(base, "public", "index.html"), "built")
	write(t, filepath.Join(base, "aside", "b", "page.md"), "page")
	for link, target := range map[string]string{
		"a/up": "..", "a/top": base, "self": "self", "z": "a", "aside": filepath.Join(base, "aside"),
		"again": filepath.Join(base, "aside", "b"),
	} {
		must(t, os.Symlink(target, filepath.Join(content, link)))
	}
	got := walk([]string{content}, func(string) bool { return false })
	pages := 0
	for path := range got.stamps {
		if strings.HasSuffix(path, "page.md") {
			pages++
		}
		if strings.Contains(path, "public") {
			t.Errorf("the walk left the roots through a link to a folder that contains them: %s", path)
		}
	}
	if pages != 2 {
		t.Errorf("the walk found %d pages, want each of the 2 once: %v", pages, got.stamps)
	}
}

func TestNothingIsHeldOnceTheContextEnds(t *testing.T) {
	content := t.TempDir()
	write(t, filepath.Join(content, "a", "page.md"), "one")
	descriptors := func() int {
		entries, err := os.ReadDir("/proc/self/fd")
		if err != nil {
			t.Skip("this system does not list open files")
		}
		return len(entries)
	}
	before, files := runtime.NumGoroutine(), descriptors()
	for range 20 {
		ctx, cancel := context.WithCancel(context.Background())
		w, err := Start(ctx, Options{Roots: []string{content}})
		must(t, err)
		cancel()
		w.Wait()
	}
	if after := descriptors(); after > files {
		t.Errorf("open files grew from %d to %d", files, after)
	}
	// The goroutine of the last timer or reader may need a moment to return.
	for deadline := time.Now().Add(patience); runtime.NumGoroutine() > before; runtime.Gosched() {
		if time.Now().After(deadline) {
			t.Fatalf("goroutines grew from %d to %d", before, runtime.NumGoroutine())
		}
	}
}

func TestOptionsThatMakeNoSenseAreRefused(t *testing.T) {
	for _, roots := range [][]string{nil, {"content"}} {
		if _, err := Start(t.Context(), Options{Roots: roots}); err == nil {
			t.Errorf("Start accepted the roots %q", roots)
		}
	}
}

// TestRandomChangesAllRing makes changes of every kind in random order and
// checks at the end of each batch that a build at the last ring saw them all.
func TestRandomChangesAllRing(t *testing.T) {
	content := t.TempDir()
	w := begin(t, Options{Roots: []string{content}, Recheck: never, Quiet: 2 * time.Millisecond})
	random := rand.New(rand.NewPCG(1, 2))
	pick := func() string {
		parts := []string{content}
		for range 1 + random.IntN(3) {
			parts = append(parts, string(rune('a'+random.IntN(3))))
		}
		return filepath.Join(parts...)
	}
	for batch := range 300 {
		for range random.IntN(4) {
			switch from := pick(); random.IntN(3) {
			case 0:
				os.RemoveAll(from)
			case 1:
				os.Rename(from, pick())
			default:
				os.MkdirAll(from, 0o755)
			}
		}
		page := filepath.Join(pick(), "page.md")
		text := fmt.Sprintf("batch %d", batch)
		write(t, page, text)
		rings(t, w, fmt.Sprintf("batch %d, %s", batch, page), has(page, text))
	}
}
