package main

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"bulletin"
	"bulletin/internal/build"
	"bulletin/internal/ukdate"
)

// TestWatchMissesNoChange changes a watched site at random, as writers, editors
// and version control do. After every few changes the output must come to equal
// a clean build, and at the end nothing may have piled up. For a long run,
// BULLETIN_SOAK is the number of changes, BULLETIN_SOAK_ENTRIES that of entries,
// BULLETIN_SOAK_GROUP the most changes between two comparisons, and
// BULLETIN_SOAK_PACE how many milliseconds lie between two changes.
func TestWatchMissesNoChange(t *testing.T) {
	changes, entries := number(t, "BULLETIN_SOAK", 100), number(t, "BULLETIN_SOAK_ENTRIES", 40)
	group, pace := number(t, "BULLETIN_SOAK_GROUP", 5), time.Duration(number(t, "BULLETIN_SOAK_PACE", 0))*time.Millisecond
	if testing.Short() {
		changes = min(changes, 40)
	}
	s := newSoak(t, entries)
	s.rare = max(1, group/5)
	s.start()
	var quarters [4]usage
	for done := 0; done < changes; {
		var what []string
		for range 1 + s.rand.IntN(group) {
			what = append(what, s.change())
			done++
			time.Sleep(pace)
		}
		s.expectClean(what)
		quarter := &quarters[min(4*done/changes, 3)]
		quarter.add()
		t.Logf("%d changes: %+v", done, *quarter)
	}
	s.report(quarters, changes >= 1000)
}

// number reads a number from the environment.
func number(t *testing.T, name string, fallback int) int {
	t.Helper()
	text := os.Getenv(name)
	if text == "" {
		return fallback
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return n
}

// soak is a site that is watched and changed.
type soak struct {
	t    *testing.T
	dir  string
	rand *rand.Rand
	made int
	// entries is how many there are at first; there are never many more, and
	// their texts do not grow, so that only what piles up takes memory.
	entries int
	// rare is in how many cases one of the changes that wait for a clean build
	// of their own is made.
	rare    int
	options build.Options
	nap     time.Duration
	clean   *build.Builder
	events  chan event
	printed *output
	ended   chan error
}

func newSoak(t *testing.T, entries int) *soak {
	t.Helper()
	at, err := ukdate.Parse("2025-10-01T10:00:00Z")
	if err != nil {
		t.Fatal(err)
	}
	s := &soak{t: t, dir: t.TempDir(), rand: rand.New(rand.NewPCG(8, uint64(entries))), entries: entries, rare: 1, clean: build.New(bulletin.Layouts), nap: time.Minute}
	s.options = build.Options{Source: s.dir, Output: "public", At: at, Clock: time.Now}
	s.settings()
	for range entries {
		s.create()
	}
	return s
}

// start watches the site until the test ends.
func (s *soak) start() {
	s.t.Helper()
	p := newPreview(s.options, false, "")
	s.printed = &output{address: make(chan string, 1)}
	p.nap, p.out, p.errors = s.nap, s.printed, s.printed
	ctx, stop := context.WithCancel(context.Background())
	s.ended = make(chan error, 1)
	go func() { s.ended <- p.run(ctx, 0, false) }()
	s.t.Cleanup(func() {
		stop()
		if err := <-s.ended; err != nil {
			s.t.Error(err)
		}
	})
	var address string
	select {
	case address = <-s.printed.address:
	case <-time.After(patienceOfTests):
		s.t.Fatalf("no address was printed:\n%s", s.printed)
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, strings.TrimSuffix(address, "/")+"/_bulletin/reload", nil)
	if err != nil {
		s.t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		s.t.Fatal(err)
	}
	s.events = make(chan event, 1000)
	go listen(response.Body, s.events)
}

// expectClean waits until the output equals a clean build.
func (s *soak) expectClean(what []string) {
	s.t.Helper()
	clean := filepath.Join(s.dir, "clean")
	if err := os.RemoveAll(clean); err != nil {
		s.t.Fatal(err)
	}
	o := s.options
	o.Output, o.Reread = "clean", true
	report, err := s.clean.Build(context.Background(), o)
	if err != nil || report.Problems.HasErrors() {
		s.t.Fatalf("after %q: %v %v", what, err, report.Problems)
	}
	want := snapshot(s.t, clean)
	deadline := time.After(4 * patienceOfTests)
	for {
		diff := snapshotDiff(want, s.published())
		if diff == "" {
			return
		}
		select {
		case <-s.events:
		case <-time.After(100 * time.Millisecond): // no reader is told of a new record of an edit that was shown before
		case <-deadline:
			s.t.Fatalf("after %q the output is not that of a clean build: %s\n%s", what, diff, tail(s.printed.String()))
		}
	}
}

// published reads the output, which a build may be changing.
func (s *soak) published() map[string]string {
	for {
		found, err := readSnapshot(filepath.Join(s.dir, "public"))
		if err == nil {
			return found
		}
	}
}

func tail(text string) string { return text[max(0, len(text)-2000):] }

// usage is the most that was used in a quarter of the time.
type usage struct{ goroutines, files, memory int }

func (u *usage) add() {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	files, _ := os.ReadDir("/proc/self/fd") // none on other systems
	u.goroutines, u.files, u.memory = max(u.goroutines, runtime.NumGoroutine()), max(u.files, len(files)), max(u.memory, int(m.HeapAlloc))
}

// report compares the last quarter with the second.
func (s *soak) report(quarters [4]usage, long bool) {
	s.t.Helper()
	then, now := quarters[1], quarters[3]
	s.t.Logf("goroutines %d, then %d; open files %d, then %d; memory %d KB, then %d KB",
		then.goroutines, now.goroutines, then.files, now.files, then.memory>>10, now.memory>>10)
	if now.goroutines > then.goroutines+then.goroutines/10+2 || now.files > then.files+then.files/10+2 {
		s.t.Errorf("goroutines or open files pile up: %+v", quarters)
	}
	if long && now.memory > then.memory+then.memory/10 {
		s.t.Errorf("memory piles up: %+v", quarters)
	}
}

// change makes one random change, and says in words which.
func (s *soak) change() string {
	changes := []func() string{
		s.edit, s.edit, s.edit, s.save, s.save, s.inSteps, s.add, s.add, s.remove, s.rename, s.moveFolder, s.temporary,
		s.settings, s.breakSettings, s.layout, s.unlayout, s.attachment, s.checkout, s.recreate, s.removeOutput, s.tamper,
	}
	change := s.rand.IntN(len(changes))
	if change >= len(changes)-2 && s.rand.IntN(s.rare) > 0 {
		return s.edit()
	}
	return changes[change]()
}

func (s *soak) write(name, text string) { put(s.t, s.dir, name, text) }

func (s *soak) check(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// all gives the entries, as paths below the site's folder.
func (s *soak) all() []string {
	files, err := filepath.Glob(filepath.Join(s.dir, "content", "*", "*", "*.md"))
	s.check(err)
	slices.Sort(files)
	for i, file := range files {
		files[i], err = filepath.Rel(s.dir, file)
		s.check(err)
	}
	return files
}

// pick gives an entry.
func (s *soak) pick() string {
	files := s.all()
	if len(files) == 0 {
		s.create()
		return s.pick()
	}
	return files[s.rand.IntN(len(files))]
}

// text gives an entry as it was made.
func (s *soak) text(name string) string {
	data, err := os.ReadFile(filepath.Join(s.dir, name))
	s.check(err)
	text, _, _ := strings.Cut(string(data), "Text.\n")
	return strings.Replace(text, "title: New ", "title: ", 1) + "Text.\n"
}

func (s *soak) edit() string {
	name := s.pick()
	s.write(name, s.text(name)+fmt.Sprintf("\nEdit %d.\n", s.rand.Int()))
	return "edit " + name
}

// save writes as many editors do: beside the file, and renames.
func (s *soak) save() string {
	name := s.pick()
	path := filepath.Join(s.dir, name)
	s.check(os.WriteFile(path+"~", []byte(strings.Replace(s.text(name), "title: ", "title: New ", 1)), 0o644))
	s.check(os.Rename(path+"~", path))
	return "save " + name
}

// inSteps empties a file before it is written, bit by bit.
func (s *soak) inSteps() string {
	name := s.pick()
	text := []byte(s.text(name) + "\nIn steps.\n")
	file, err := os.Create(filepath.Join(s.dir, name))
	s.check(err)
	for part := range slices.Chunk(text, 20) {
		_, err := file.Write(part)
		s.check(err)
	}
	s.check(file.Close())
	return "write in steps " + name
}

func (s *soak) add() string {
	if len(s.all()) > s.entries {
		return s.remove()
	}
	return s.create()
}

func (s *soak) create() string {
	s.made++
	folder, when := "content/articles/"+strconv.Itoa(2015+s.made%10), ""
	if s.made%3 == 0 {
		folder, when = strings.Replace(folder, "articles", "events", 1), fmt.Sprintf("start: 2025-%02d-02 10:00\nvenue: Hall\nregister: none\n", 1+s.made%12)
	}
	name := fmt.Sprintf("%s/entry-%d.md", folder, s.made)
	s.write(name, fmt.Sprintf("---\ntitle: Entry %d\nsummary: A summary.\ndate: 2025-%02d-01\n%stopics: [Topic %d]\n---\n\n## Part\n\nText.\n", s.made, 1+s.made%9, when, s.made%7))
	return "add " + name
}

func (s *soak) remove() string {
	name := s.pick()
	s.check(os.Remove(filepath.Join(s.dir, name)))
	return "remove " + name
}

func (s *soak) rename() string {
	name := s.pick()
	s.made++
	to := filepath.Join(filepath.Dir(name), fmt.Sprintf("entry-%d.md", s.made))
	s.check(os.Rename(filepath.Join(s.dir, name), filepath.Join(s.dir, to)))
	return "rename " + name + " to " + to
}

// moveFolder renames a folder with all that is in it.
func (s *soak) moveFolder() string {
	name := filepath.Dir(s.pick())
	s.made++
	to := filepath.Join(filepath.Dir(name), fmt.Sprintf("moved-%d", s.made))
	s.check(os.Rename(filepath.Join(s.dir, name), filepath.Join(s.dir, to)))
	return "rename " + name + " to " + to
}

func (s *soak) temporary() string {
	name := filepath.Join(filepath.Dir(s.pick()), ".entry.md.swp")
	s.write(name, "temporary")
	s.check(os.Remove(filepath.Join(s.dir, name)))
	return "write and remove " + name
}

func (s *soak) settings() string {
	s.write("content/site.yaml", fmt.Sprintf("title: Example update %d\nurl: https://example.org/\n", s.rand.IntN(9)))
	return "change the settings"
}

func (s *soak) breakSettings() string {
	s.write("content/site.yaml", "title: [\n")
	return "break the settings, then " + s.settings()
}

func (s *soak) layout() string {
	s.write("layouts/partials/footer.html", fmt.Sprintf("<footer><p>Footer %d of {{.Site.Title}}</p></footer>\n", s.rand.IntN(1000)))
	return "change a layout"
}

func (s *soak) unlayout() string {
	drop(s.t, s.dir, "layouts")
	return "remove the layouts"
}

func (s *soak) attachment() string {
	s.write(fmt.Sprintf("content/files/paper-%d.csv", s.rand.IntN(3)), fmt.Sprintf("a,%d\n", s.rand.Int()))
	return "change an attachment"
}

// checkout changes many files at once, as git does.
func (s *soak) checkout() string {
	for _, name := range s.all() {
		if s.rand.IntN(3) > 0 {
			continue
		}
		text := s.text(name)
		s.check(os.Remove(filepath.Join(s.dir, name)))
		s.write(name, text+fmt.Sprintf("\nOf a branch %d.\n", s.rand.IntN(100)))
	}
	return "check out a branch"
}

// recreate moves the content away, and back.
func (s *soak) recreate() string {
	content, away := filepath.Join(s.dir, "content"), filepath.Join(s.dir, "away")
	s.check(os.Rename(content, away))
	s.check(os.CopyFS(content, os.DirFS(away)))
	s.check(os.RemoveAll(away))
	return "make the content anew"
}

// removeOutput takes the output away between two builds; a change brings it
// back.
func (s *soak) removeOutput() string {
	s.expectClean([]string{"the changes before the output is removed"})
	s.check(os.Rename(filepath.Join(s.dir, "public"), filepath.Join(s.dir, "old")))
	drop(s.t, s.dir, "old")
	return "remove the output, and " + s.edit()
}

// tamper changes a file of the output between two builds; a change of the
// content has it repaired.
func (s *soak) tamper() string {
	s.expectClean([]string{"the changes before the output is changed"})
	name := filepath.Join(s.dir, "public", "index.html")
	if data, err := os.ReadFile(name); err == nil {
		s.check(os.WriteFile(name, bytes.ToUpper(data), 0o644))
	}
	return "change the output, and " + s.edit()
}
