package build

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bulletin"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// recalling gives the options of at, with a cache, for a program that ends after
// the build.
func recalling(dir, output string, now time.Time) Options {
	o := at(dir, output, now)
	o.Cache, o.Once = filepath.Join(dir, "cache"), true
	return o
}

// recalled builds by a program that has just started, and tells whether it
// knew the build from the one before.
func recalled(t *testing.T, o Options) (*Report, bool) {
	t.Helper()
	b := New(bulletin.Layouts)
	r := mustBuild(t, b, o)
	return r, b.content.tree == nil
}

// atRest sets the times of all of a site's files back, so that none is as new
// as its reading.
func atRest(t *testing.T, dir string) {
	t.Helper()
	past := time.Now().Add(-time.Hour)
	for name := range contents(t, filepath.Join(dir, "content")) {
		if err := os.Chtimes(filepath.Join(dir, "content", name), past, past); err != nil {
			t.Fatal(err)
		}
	}
}

func TestABuildIsRecalledWhileNothingWasTouched(t *testing.T) {
	changes := []struct {
		name     string
		recalled bool
		change   func(dir string, o *Options) error
	}{
		{"nothing", true, func(string, *Options) error { return nil }},
		{"a later instant", true, func(_ string, o *Options) error { o.Clock = later(time.Second); return nil }},
		{"an earlier instant", false, func(_ string, o *Options) error { o.Clock = later(-time.Second); return nil }},
		{"a due instant", false, func(_ string, o *Options) error { o.Clock = later(3 * time.Hour); return nil }},
		{"an edit", false, func(dir string, _ *Options) error { return appendTo(filepath.Join(dir, "content/about.md")) }},
		{"an attachment", false, func(dir string, _ *Options) error {
			return os.WriteFile(filepath.Join(dir, "content/paper.csv"), []byte("a,b"), 0o644)
		}},
		{"a layout", false, func(dir string, _ *Options) error {
			if err := os.Mkdir(filepath.Join(dir, "layouts"), 0o755); err != nil {
				return err
			}
			return os.WriteFile(filepath.Join(dir, "layouts/404.html"), []byte("<p>Not here</p>"), 0o644)
		}},
		{"an output that was edited", false, func(dir string, _ *Options) error { return appendTo(filepath.Join(dir, "public/index.html")) }},
		{"an output that is missing", false, func(dir string, _ *Options) error { return os.Remove(filepath.Join(dir, "public/index.html")) }},
		{"drafts", false, func(_ string, o *Options) error { o.Drafts = true; return nil }},
		{"another address", false, func(_ string, o *Options) error { o.BaseURL = "https://other.example.org"; return nil }},
		{"another output", false, func(_ string, o *Options) error { o.Output = "elsewhere"; return nil }},
		{"all files to be read", false, func(_ string, o *Options) error { o.Reread = true; return nil }},
		{"no cache", false, func(_ string, o *Options) error { o.Cache = ""; return nil }},
		{"a damaged cache", false, func(dir string, _ *Options) error {
			return eachCacheFile(dir, func(file string, data []byte) []byte { data[len(data)-1]++; return data })
		}},
		{"a cache of another version", false, func(dir string, _ *Options) error {
			return eachCacheFile(dir, func(_ string, data []byte) []byte { return append([]byte("bulletin cache 0\n"), data...) })
		}},
		{"an empty cache file", false, func(dir string, _ *Options) error {
			return eachCacheFile(dir, func(string, []byte) []byte { return nil })
		}},
	}
	for _, c := range changes {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			generate(t, dir, 8)
			write(t, dir, "content/events/soon.md", "---\ntitle: Soon\nsummary: S\nstart: 2025-09-01 14:00\nend: 15:00\nonline: Zoom\nregister: none\n---\n")
			atRest(t, dir)
			o := recalling(dir, "public", epoch)
			first, knew := recalled(t, o)
			if knew {
				t.Fatal("the first build was recalled")
			}
			if err := c.change(dir, &o); err != nil {
				t.Fatal(err)
			}
			again, knew := recalled(t, o)
			if knew != c.recalled {
				t.Fatalf("recalled: %v, want %v", knew, c.recalled)
			}
			if knew {
				ignore := []cmp.Option{cmpopts.IgnoreFields(Report{}, "Result", "Now", "Location"), cmp.AllowUnexported(Report{})}
				if diff := cmp.Diff(first, again, ignore...); diff != "" || again.Result.Kept != first.Result.Written || again.Location.String() != first.Location.String() {
					t.Errorf("the report differs (first, recalled): %s\n%+v\n%+v", diff, first.Result, again.Result)
				}
			}
		})
	}
}

// A site that was written a moment before it is built is recalled too, but
// each of its files is read for that.
func TestARecalledFileThatWasNotAtRestIsReadAgain(t *testing.T) {
	dir := t.TempDir()
	generate(t, dir, 8)
	file := filepath.Join(dir, "content/about.md")
	info, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	recalled(t, recalling(dir, "public", epoch))
	if _, knew := recalled(t, recalling(dir, "public", epoch)); !knew {
		t.Error("a build of new files is not recalled")
	}
	write(t, dir, "content/about.md", "---\ntitle: Abour\n---\nWho we are.\n")
	if err := os.Chtimes(file, info.ModTime(), info.ModTime()); err != nil {
		t.Fatal(err)
	}
	if _, knew := recalled(t, recalling(dir, "public", epoch)); knew {
		t.Error("an edit in the same moment is not noticed")
	}
}

func TestWarningsAreRecalledUntilOthersAreDue(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "content/site.yaml", "title: Site\nurl: https://example.org\n")
	write(t, dir, "content/about.md", "---\ntitle: About\nreview_by: 2025-09-01\n---\n[Later](articles/later.md)\n")
	write(t, dir, "content/articles/later.md", "---\ntitle: Later\nsummary: S\ndate: 2026-01-01\n---\n")
	atRest(t, dir)
	o := recalling(dir, "public", epoch)
	first, _ := recalled(t, o)
	again, knew := recalled(t, o)
	if diff := cmp.Diff(first.Problems, again.Problems); !knew || diff != "" || len(again.Problems) != 1 {
		t.Errorf("recalled: %v; problems (first, recalled): %s", knew, diff)
	}
	o.Clock = later(24 * time.Hour)
	if overdue, knew := recalled(t, o); knew || len(overdue.Problems) != 2 {
		t.Errorf("on the day after, recalled: %v, with %v", knew, overdue.Problems)
	}
}

func later(d time.Duration) func() time.Time { return func() time.Time { return epoch.Add(d) } }

func appendTo(file string) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	return os.WriteFile(file, append(data, "\nMore.\n"...), 0o644)
}

func eachCacheFile(dir string, change func(file string, data []byte) []byte) error {
	files, err := filepath.Glob(filepath.Join(dir, "cache/*"+buildEnding))
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		if err := os.WriteFile(file, change(file, data), 0o600); err != nil {
			return err
		}
	}
	return err
}

func TestNothingIsRememberedAmongTheSite(t *testing.T) {
	for _, cache := range []string{"content", "content/a/b", "public/cache"} {
		dir := t.TempDir()
		generate(t, dir, 8)
		o := recalling(dir, "public", epoch)
		o.Cache = filepath.Join(dir, filepath.FromSlash(cache))
		recalled(t, o)
		for name := range contents(t, dir) {
			if ending := filepath.Ext(name); ending == buildEnding || ending == entriesEnding {
				t.Errorf("%s is there for a cache in %s", name, cache)
			}
		}
	}
}

func TestCacheFilesThatNobodyUsesAreRemoved(t *testing.T) {
	dir := t.TempDir()
	for name, age := range map[string]time.Duration{"old.build": 2 * unusedAfter, "young.build": time.Hour, "other": 2 * unusedAfter} {
		write(t, dir, name, "")
		at := time.Now().Add(-age)
		if err := os.Chtimes(filepath.Join(dir, name), at, at); err != nil {
			t.Fatal(err)
		}
	}
	if err := save(filepath.Join(dir, "new.build"), nil); err != nil {
		t.Fatal(err)
	}
	var names []string
	for name := range contents(t, dir) {
		names = append(names, name)
	}
	if diff := cmp.Diff([]string{"new.build", "other", "young.build"}, names, cmpopts.SortSlices(strings.Compare)); diff != "" {
		t.Error(diff)
	}
}
