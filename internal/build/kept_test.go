package build

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"bulletin"
	"bulletin/internal/config"
	"bulletin/internal/content"
	"bulletin/internal/diag"
	"bulletin/internal/markdown"
	"bulletin/internal/pack"
	"bulletin/internal/source"

	"github.com/google/go-cmp/cmp"
)

// asWritten resolves every link to what was written.
type asWritten struct{}

func (asWritten) Link(l markdown.Link) markdown.Target    { return markdown.Target{Href: l.Dest} }
func (asWritten) Card(markdown.Link) (string, bool)       { return "", false }
func (asWritten) Image(i markdown.Image) markdown.Picture { return markdown.Picture{Src: i.Dest} }
func (asWritten) Fragment(id string) string               { return "#" + id }

// TestEntriesAreKeptWhole reads the sample site, and takes every entry to the
// next run and back.
func TestEntriesAreKeptWhole(t *testing.T) {
	tree, problems, err := source.Read(os.DirFS("../.."), source.Options{Dir: "content"})
	if err != nil || problems.HasErrors() {
		t.Fatal(err, problems)
	}
	files := map[string][]byte{}
	for f := range tree.Files() {
		files[f.Path] = f.Data
	}
	c, _ := config.Read(files)
	glossary := markdown.NewGlossary(c.Glossary)
	every := []cmp.Option{
		cmp.Exporter(func(reflect.Type) bool { return true }),
		cmp.Comparer(func(a, b time.Time) bool {
			return a.Equal(b) && a.String() == b.String() && a.Location().String() == b.Location().String()
		}),
		cmp.Comparer(func(a, b *time.Location) bool { return a.String() == b.String() }),
		cmp.Comparer(func(a, b *markdown.Doc) bool {
			return (a == nil) == (b == nil) && (a == nil || cmp.Equal(a.Brief(), b.Brief(), cmp.Exporter(func(reflect.Type) bool { return true })))
		}),
	}
	entries := 0
	for f := range tree.Files() {
		if !content.IsEntry(f.Path) || config.IsSetting(f.Path) {
			continue
		}
		entries++
		entry, found := content.Parse(c, glossary, f.Path, f.Data)
		p := parsed{entry: entry, problems: found}
		k := keptFiles{entries: map[string]keptEntry{f.Name: {note: f.Note(), packed: string(p.keep(nil))}}}
		e := k.entries[f.Name]
		if _, err := pack.Read(e.packed, &e.whatIsKept); err != nil {
			t.Fatal(err)
		}
		k.entries[f.Name] = e
		again, ok := k.restore(configKey{}, c, glossary, f, func(err error) { t.Errorf("%s: called off: %v", f.Path, err) })
		if !ok {
			t.Errorf("%s is not restored", f.Path)
			continue
		}
		if diff := cmp.Diff(entry, again.entry, every...); diff != "" {
			t.Errorf("%s (read, restored): %s", f.Path, diff)
		}
		if diff := cmp.Diff([]diag.Problem(found), []diag.Problem(again.problems)); diff != "" {
			t.Errorf("%s: problems (read, restored): %s", f.Path, diff)
		}
		if entry.Body.HTML(asWritten{}, markdown.Page) != again.entry.Body.HTML(asWritten{}, markdown.Page) {
			t.Errorf("%s: the HTML differs", f.Path)
		}
	}
	if entries < 20 {
		t.Errorf("there were only %d entries", entries)
	}
}

// trusting builds with a machine whose clock is an hour ahead, so that files
// that were just written are at rest.
func trusting() *Builder {
	b := New(bulletin.Layouts)
	b.clock = func() time.Time { return time.Now().Add(time.Hour) }
	return b
}

// A file that was not read again, and is edited before its page is made, calls
// the build off; the next attempt reads all.
func TestAFileThatChangesDuringABuildIsReadAgain(t *testing.T) {
	dir := t.TempDir()
	generate(t, dir, 8)
	o := recalling(dir, "public", epoch)
	mustBuild(t, trusting(), o)
	write(t, dir, "layouts/partials/footer.html", "<p>Another footer</p>\n") // so that all pages are made
	b := trusting()
	edited := false
	o.Clock = func() time.Time {
		if !edited && b.content.tree != nil {
			edited = true
			write(t, dir, "content/about.md", "---\ntitle: Moved\n---\nMoved meanwhile.\n")
		}
		return epoch
	}
	mustBuild(t, b, o)
	if !edited {
		t.Fatal("the file was not edited after it was looked at")
	}
	mustBuild(t, New(bulletin.Layouts), at(dir, "clean", epoch))
	same(t, contents(t, filepath.Join(dir, "public")), contents(t, filepath.Join(dir, "clean")))
}

// TestAnEditOfWordsMakesOnlyWhatShowsThem: by a program that has just started.
func TestAnEditOfWordsMakesOnlyWhatShowsThem(t *testing.T) {
	const head = "---\ntitle: One\ndate: 2025-08-01\nsummary: S\n---\n"
	const draft = "---\ntitle: One\ndate: 2025-08-01\ndraft: true\nsummary: S\n---\n"
	for name, c := range map[string]struct {
		before, after string
		only          bool
		made          int // the page, and three feeds each of the site and of articles
	}{
		"text":    {head + "Words.\n", head + "Other words.\n", true, 7},
		"draft":   {draft + "Words.\n", draft + "Other words.\n", true, 0},
		"title":   {head + "Words.\n", "---\ntitle: Two\ndate: 2025-08-01\nsummary: S\n---\nWords.\n", true, 12}, // the lists, the neighbour
		"date":    {head + "Words.\n", "---\ntitle: One\ndate: 2025-08-02\nsummary: S\n---\nWords.\n", false, 0},
		"heading": {head + "Words.\n", head + "## Words\n", false, 0},
		"link":    {head + "[Words](/about.md)\n", head + "[Words](/about.md#x)\n", false, 0},
		"problem": {head + "Words.\n", head + "[Words](#x)\n", false, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			generate(t, dir, 30)
			write(t, dir, "content/articles/one.md", c.before)
			write(t, dir, "content/articles/map.png", pictureOf("map"))
			write(t, dir, "content/articles/map.md", "---\ntitle: Map\ndate: 2015-01-01\nsummary: S\n---\n![A map](map.png)\n")
			o := recalling(dir, "public", epoch)
			first := mustBuild(t, trusting(), o)
			write(t, dir, "content/articles/one.md", c.after)
			b := trusting()
			r := mustBuild(t, b, o)
			if _, only := b.edits(first.Problems); only != c.only || only && r.Result.Made != c.made {
				t.Errorf("words only: %v; %d outputs were made: %v", only, r.Result.Made, r.Result.Changed)
			}
			mustBuild(t, New(bulletin.Layouts), at(dir, "clean", epoch))
			same(t, contents(t, filepath.Join(dir, "public")), contents(t, filepath.Join(dir, "clean")))
			if again, known := recalled(t, o); !known || again.Result.Seal != r.Result.Seal {
				t.Error("the build is not recalled")
			}
		})
	}
}
