package build

import (
	"context"
	"errors"
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

// watched are options of a builder that retouches.
func watched(dir, output string, now time.Time) Options {
	o := at(dir, output, now)
	o.Watched = true
	return o
}

// unrecorded is a folder without the record of what is in it.
func unrecorded(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := contents(t, dir)
	delete(all, filepath.Join(".bulletin", "manifest"))
	return all
}

// TestRetouchLaw makes random edits. After each that was retouched, the outputs
// equal those of a clean build; after the build that follows, the record does
// too.
func TestRetouchLaw(t *testing.T) {
	rounds := 20
	if testing.Short() {
		rounds = 10
	}
	w := &world{t: t, dir: t.TempDir(), rand: rand.New(rand.NewPCG(11, 1)), now: epoch}
	generate(t, w.dir, 40)
	b := New(bulletin.Layouts)
	mustBuild(t, b, watched(w.dir, "kept", w.now))
	retouched, titles := 0, 0
	for round := range rounds {
		file, what := w.pickAny(), ""
		for range 1 + w.rand.IntN(2) { // sometimes more than one before a build
			what += w.retouch(file) + "; "
		}
		_, ok := b.Retouch(context.Background(), file)
		clean := filepath.Join(w.dir, "clean")
		if err := os.RemoveAll(clean); err != nil {
			t.Fatal(err)
		}
		mustBuild(t, New(bulletin.Layouts), at(w.dir, "clean", w.now))
		if ok {
			retouched++
			if strings.Contains(what, "title") {
				titles++
			}
			same(t, unrecorded(t, filepath.Join(w.dir, "kept")), unrecorded(t, clean))
		}
		callOff(t, b, watched(w.dir, "kept", w.now))
		if ok {
			same(t, unrecorded(t, filepath.Join(w.dir, "kept")), unrecorded(t, clean))
		}
		if !ok || w.rand.IntN(2) == 0 {
			r := mustBuild(t, b, watched(w.dir, "kept", w.now))
			if ok && len(r.Result.Changed) > 0 {
				t.Errorf("the build after a retouch wrote %v", r.Result.Changed)
			}
			same(t, contents(t, filepath.Join(w.dir, "kept")), contents(t, clean))
		}
		if t.Failed() {
			t.Fatalf("in round %d, after: %s", round, what)
		}
	}
	if retouched < rounds/3 || retouched == rounds || titles == 0 {
		t.Errorf("%d of %d rounds were retouched, %d of them titles", retouched, rounds, titles)
	}
}

// callOff begins a build and ends it when it has read what there is. It leaves
// the builder as it was, ready to retouch.
func callOff(t *testing.T, b *Builder, o Options) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	clock := o.Clock
	o.Clock = func() time.Time {
		cancel()
		return clock()
	}
	last := b.last
	if _, err := b.Build(ctx, o); !errors.Is(err, context.Canceled) {
		t.Errorf("a build that was called off has the error %v", err)
	}
	if b.last != last {
		t.Error("a build that was called off leaves nothing to retouch")
	}
}

// pickAny gives the file of an entry.
func (w *world) pickAny() string {
	var files []string
	for _, pattern := range []string{"articles/*/*.md", "events/*.md", "newsletters/*.md", "*.md"} {
		found, err := filepath.Glob(filepath.Join(w.dir, "content", pattern))
		if err != nil {
			w.t.Fatal(err)
		}
		files = append(files, found...)
	}
	slices.Sort(files)
	return files[w.rand.IntN(len(files))]
}

// retouch makes an edit that others may or may not show, and says which.
func (w *world) retouch(file string) string {
	n := w.rand.IntN(1e6)
	for _, key := range []string{"title: \"", "summary: "} {
		if w.rand.IntN(4) == 0 {
			w.put(file, strings.Replace(w.read(file), key, key+fmt.Sprintf("New %d ", n), 1))
			return fmt.Sprintf("%s in %s", key, file)
		}
	}
	edits := []string{
		"\nAn edit %d.\n", "\nIt is *%d*.\n", "\nMore on SEND and DfE (%d).\n", "\n> A quotation %d\n", "\n| A | B |\n|---|---|\n| 1 | %d |\n",
		"\n1. One\n2. %d\n", "\n## A heading %d\n", "\nA [link](https://example.org/%d).\n", "\n[About](/about.md) %d\n",
	}
	edit := edits[w.rand.IntN(len(edits))]
	w.put(file, w.read(file)+fmt.Sprintf(edit, n))
	return fmt.Sprintf("%q in %s", edit, file)
}

func TestRetouchLeavesToABuildWhatOthersShow(t *testing.T) {
	const head = "---\ntitle: One\ndate: 2025-08-01\nsummary: S\n---\n"
	const text = "First.\n\n## Two\n\nA [link](/about.md).\n"
	for name, next := range map[string]string{
		"date":    "---\ntitle: One\ndate: 2025-08-02\nsummary: S\n---\n" + text,
		"heading": head + "First.\n\n## Three\n\nA [link](/about.md).\n",
		"link":    head + "First.\n\n## Two\n\nA [link](/about.md#x).\n",
		"empty":   "",
		"problem": head + text + "\n<b>raw</b>\n",
		"picture": head + text + "\n![A map](map.png)\n",
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			generate(t, dir, 10)
			write(t, dir, "content/articles/one.md", head+text)
			b := New(bulletin.Layouts)
			mustBuild(t, b, watched(dir, "public", epoch))
			before := contents(t, filepath.Join(dir, "public"))
			write(t, dir, "content/articles/one.md", next)
			if changed, ok := b.Retouch(context.Background(), filepath.Join(dir, "content/articles/one.md")); ok {
				t.Errorf("it was retouched: %v", changed)
			}
			same(t, contents(t, filepath.Join(dir, "public")), before)
		})
	}
}

func TestRetouchKnowsWhatIsNotItsOwn(t *testing.T) {
	for name, spoil := range map[string]func(t *testing.T, b *Builder, dir string){
		"another build": func(t *testing.T, _ *Builder, dir string) {
			write(t, dir, "content/articles/more.md", "---\ntitle: More\ndate: 2025-08-01\nsummary: S\n---\nText.\n")
			mustBuild(t, New(bulletin.Layouts), at(dir, "public", epoch))
		},
		"a build with problems": func(t *testing.T, b *Builder, dir string) {
			write(t, dir, "content/articles/bad.md", "---\ntitel: Bad\n---\n")
			if _, err := b.Build(context.Background(), watched(dir, "public", epoch)); err != nil {
				t.Fatal(err)
			}
		},
		"a page that is a link": func(t *testing.T, _ *Builder, dir string) {
			page := filepath.Join(dir, "public/articles/one/index.html")
			if err := os.Rename(page, page+".old"); err != nil {
				t.Fatal(err)
			}
			if err := os.Symlink(page+".old", page); err != nil {
				t.Skip(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			const text = "---\ntitle: One\ndate: 2025-08-01\nsummary: S\n---\nFirst.\n"
			generate(t, dir, 10)
			write(t, dir, "content/articles/one.md", text)
			b := New(bulletin.Layouts)
			mustBuild(t, b, watched(dir, "public", epoch))
			spoil(t, b, dir)
			before := contents(t, filepath.Join(dir, "public"))
			write(t, dir, "content/articles/one.md", text+"\nSecond.\n")
			if changed, ok := b.Retouch(context.Background(), filepath.Join(dir, "content/articles/one.md")); ok {
				t.Errorf("it was retouched: %v", changed)
			}
			same(t, contents(t, filepath.Join(dir, "public")), before)
		})
	}
}

func TestRetouchAtAnInstantOfChangeIsLeftToABuild(t *testing.T) {
	dir := t.TempDir()
	generate(t, dir, 10)
	write(t, dir, "content/articles/soon.md", "---\ntitle: Soon\ndate: 2025-09-02\nsummary: S\n---\nText.\n")
	now := epoch
	o := watched(dir, "public", epoch)
	o.Clock = func() time.Time { return now }
	b := New(bulletin.Layouts)
	mustBuild(t, b, o)
	now = epoch.AddDate(0, 0, 2)
	file := filepath.Join(dir, "content/about.md")
	write(t, dir, "content/about.md", "---\ntitle: About\n---\nWho we are.\n\nMore.\n")
	if _, ok := b.Retouch(context.Background(), file); ok {
		t.Error("a retouch went past an instant at which the site changes")
	}
	now = epoch
	if _, ok := b.Retouch(context.Background(), file); !ok {
		t.Error("before that instant, the text was not retouched")
	}
}

// TestTitlesOfTheSampleAreRetouched renames each article of the sample site,
// which has series, translations, cards, reports on events and old addresses.
func TestTitlesOfTheSampleAreRetouched(t *testing.T) {
	if testing.Short() {
		t.Skip("each article takes two builds")
	}
	t.Parallel()
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "content"), os.DirFS("../../content")); err != nil {
		t.Fatal(err)
	}
	now := time.Date(2025, 10, 1, 9, 0, 0, 0, time.UTC)
	b := New(bulletin.Layouts)
	mustBuild(t, b, watched(dir, "kept", now))
	files, err := filepath.Glob(filepath.Join(dir, "content/articles/*/*.md"))
	if err != nil {
		t.Fatal(err)
	}
	var retouched []string
	for i, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		key := []string{"title: ", "summary: "}[i%2]
		edited := strings.Replace(string(text), "\n"+key, "\n"+key+"Now ", 1)
		if err := os.WriteFile(file, []byte(strings.Replace(edited, key+"Now \"", key+"\"Now ", 1)), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, ok := b.Retouch(context.Background(), file); !ok {
			mustBuild(t, b, watched(dir, "kept", now))
			continue
		}
		retouched = append(retouched, filepath.Base(file))
		if err := os.RemoveAll(filepath.Join(dir, "clean")); err != nil {
			t.Fatal(err)
		}
		mustBuild(t, New(bulletin.Layouts), at(dir, "clean", now))
		same(t, unrecorded(t, filepath.Join(dir, "kept")), unrecorded(t, filepath.Join(dir, "clean")))
	}
	if len(retouched) < 3 {
		t.Errorf("of %d articles, only %v were retouched", len(files), retouched)
	}
}
