package build

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"bulletin"
)

// TestIncrementalLaw makes random edits, renames, removals, changes of layouts
// and settings, tricks with file times and steps of the clock. After each, the
// folder that was built on equals a clean build byte for byte, whether the
// program kept running, was started anew, or remembers the last build.
func TestIncrementalLaw(t *testing.T) {
	rounds := 24
	if testing.Short() {
		rounds = 8
	}
	for seed := range uint64(2) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			w := &world{t: t, dir: t.TempDir(), rand: rand.New(rand.NewPCG(7, seed)), now: epoch}
			generate(t, w.dir, 30)
			running := New(bulletin.Layouts)
			for round := range rounds {
				what := w.change()
				mustBuild(t, running, at(w.dir, "kept", w.now))
				mustBuild(t, New(bulletin.Layouts), at(w.dir, "restarted", w.now))
				for range 2 { // the second time, the first is recalled
					mustBuild(t, New(bulletin.Layouts), recalling(w.dir, "recalled", w.now))
				}
				clean := filepath.Join(w.dir, "clean")
				if err := os.RemoveAll(clean); err != nil {
					t.Fatal(err)
				}
				mustBuild(t, New(bulletin.Layouts), at(w.dir, "clean", w.now))
				want := contents(t, clean)
				same(t, contents(t, filepath.Join(w.dir, "kept")), want)
				same(t, contents(t, filepath.Join(w.dir, "restarted")), want)
				same(t, contents(t, filepath.Join(w.dir, "recalled")), want)
				if t.Failed() {
					t.Fatalf("in round %d, after: %s", round, what)
				}
			}
		})
	}
}

// world is a site that is changed at random.
type world struct {
	t    *testing.T
	dir  string
	rand *rand.Rand
	now  time.Time
	made int
}

// change makes one random change, and says in words which.
func (w *world) change() string {
	changes := []func() string{
		w.edit, w.edit, w.edit, w.add, w.remove, w.rename, w.retitle, w.embargo, w.trick, w.layout, w.unlayout,
		w.settings, w.attachment, w.step, w.step, w.tamper,
	}
	return changes[w.rand.IntN(len(changes))]()
}

// pick gives an entry that no other links to.
func (w *world) pick() string {
	var files []string
	for _, pattern := range []string{"content/articles/*/extra-*.md", "content/events/extra-*.md"} {
		found, err := filepath.Glob(filepath.Join(w.dir, pattern))
		if err != nil {
			w.t.Fatal(err)
		}
		files = append(files, found...)
	}
	if len(files) == 0 {
		w.add()
		return w.pick()
	}
	slices.Sort(files)
	return files[w.rand.IntN(len(files))]
}

func (w *world) read(file string) string {
	data, err := os.ReadFile(file)
	if err != nil {
		w.t.Fatal(err)
	}
	return string(data)
}

func (w *world) put(file, text string) {
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) edit() string {
	file := w.pick()
	w.put(file, w.read(file)+fmt.Sprintf("\nAn edit %d.\n", w.rand.IntN(1e6)))
	return "edit " + file
}

func (w *world) add() string {
	w.made++
	g := &generator{rand: w.rand, n: 20}
	_, text := g.entry(w.rand.IntN(9))
	file := fmt.Sprintf("content/articles/2025/extra-%d.md", w.made)
	if strings.Contains(text, "\nstart: ") {
		file = fmt.Sprintf("content/events/extra-%d.md", w.made)
	}
	write(w.t, w.dir, file, text)
	return "add " + file
}

func (w *world) remove() string {
	file := w.pick()
	if err := os.Remove(file); err != nil {
		w.t.Fatal(err)
	}
	return "remove " + file
}

func (w *world) rename() string {
	file := w.pick()
	w.made++
	to := filepath.Join(filepath.Dir(file), fmt.Sprintf("extra-%d.md", w.made))
	if err := os.Rename(file, to); err != nil {
		w.t.Fatal(err)
	}
	return "rename " + file
}

func (w *world) retitle() string {
	file := w.pick()
	w.put(file, strings.Replace(w.read(file), "title: \"", "title: \"New ", 1))
	return "retitle " + file
}

// embargo moves an entry's publication to a day around now.
func (w *world) embargo() string {
	file := w.pick()
	lines := strings.Split(w.read(file), "\n")
	for i, l := range lines {
		if strings.HasPrefix(l, "date: ") {
			lines[i] = "date: " + w.now.AddDate(0, 0, w.rand.IntN(20)-5).Format("2006-01-02")
		}
	}
	w.put(file, strings.Join(lines, "\n"))
	return "embargo " + file
}

// trick changes a file but neither its size nor its time.
func (w *world) trick() string {
	file := w.pick()
	info, err := os.Stat(file)
	if err != nil {
		w.t.Fatal(err)
	}
	text := []byte(w.read(file))
	i := strings.Index(string(text), "## Section")
	text[i+3]++ // "Tection"
	w.put(file, string(text))
	if err := os.Chtimes(file, info.ModTime(), info.ModTime()); err != nil {
		w.t.Fatal(err)
	}
	return "edit with the time set back " + file
}

func (w *world) layout() string {
	write(w.t, w.dir, "layouts/partials/footer.html", fmt.Sprintf("<footer><p>Footer %d of {{.Site.Title}}</p></footer>\n", w.rand.IntN(1000)))
	return "change a partial layout"
}

func (w *world) unlayout() string {
	if err := os.RemoveAll(filepath.Join(w.dir, "layouts")); err != nil {
		w.t.Fatal(err)
	}
	return "remove the layouts"
}

func (w *world) settings() string {
	write(w.t, w.dir, "content/site.yaml", fmt.Sprintf("title: Example update %d\nurl: https://updates.example.org/site/\nfeeds: {limit: %d}\n", w.rand.IntN(5), 5+w.rand.IntN(20)))
	return "change the settings"
}

func (w *world) attachment() string {
	write(w.t, w.dir, fmt.Sprintf("content/articles/2025/paper-%d.csv", w.rand.IntN(3)), fmt.Sprintf("a,%d\n", w.rand.IntN(9)))
	return "change an attachment"
}

// step moves the clock on by up to ten days.
func (w *world) step() string {
	w.now = w.now.Add(time.Duration(w.rand.IntN(240*60)) * time.Minute)
	return "step the clock to " + w.now.Format(time.RFC3339)
}

// tamper changes and deletes files of the folders that are built on.
func (w *world) tamper() string {
	for _, output := range []string{"kept", "restarted", "recalled"} {
		index := filepath.Join(w.dir, output, "index.html")
		if _, err := os.Stat(index); err != nil {
			continue
		}
		w.put(index, w.read(index)+" ")
		if err := os.Remove(filepath.Join(w.dir, output, "sitemap.xml")); err != nil {
			w.t.Fatal(err)
		}
	}
	return "tamper with the output"
}
