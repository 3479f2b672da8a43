package build

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bulletin"
	"bulletin/internal/ukdate"
)

// at gives the options that build dir as of an instant.
func at(dir, output string, now time.Time) Options {
	return Options{Source: dir, Output: output, Clock: func() time.Time { return now }}
}

// mustBuild builds and fails the test if anything has to be mended.
func mustBuild(t testing.TB, b *Builder, o Options) *Report {
	t.Helper()
	r, err := b.Build(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	if r.Problems.HasErrors() {
		t.Fatalf("problems: %v", r.Problems)
	}
	return r
}

// contents reads all files below a folder.
func contents(t testing.TB, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	root := os.DirFS(dir)
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(root, name)
		files[name] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestTheSameFilesAtTheSameInstantGiveTheSameBytesInAnyZone(t *testing.T) {
	dir := t.TempDir()
	generate(t, dir, 60)
	mustBuild(t, New(bulletin.Layouts), at(dir, "one", epoch))
	tokyo, err := time.LoadLocation("Asia/Tokyo")
	if err != nil {
		t.Fatal(err)
	}
	mustBuild(t, New(bulletin.Layouts), at(dir, "two", epoch.In(tokyo)))
	same(t, contents(t, filepath.Join(dir, "one")), contents(t, filepath.Join(dir, "two")))
}

// same fails the test at the first files that differ.
func same(t testing.TB, got, want map[string]string) {
	t.Helper()
	for name := range want {
		if _, ok := got[name]; !ok {
			t.Errorf("%s is missing", name)
		} else if got[name] != want[name] {
			t.Errorf("%s differs:\n--- got\n%.3000s\n--- want\n%.3000s", name, got[name], want[name])
			return
		}
	}
	for name := range got {
		if _, ok := want[name]; !ok {
			t.Errorf("%s is left over", name)
		}
	}
}

func TestASecondBuildMakesAndWritesNothing(t *testing.T) {
	dir := t.TempDir()
	generate(t, dir, 40)
	first := mustBuild(t, New(bulletin.Layouts), at(dir, "public", epoch))
	if first.Result.Written == 0 {
		t.Fatal("the first build wrote nothing")
	}
	again := mustBuild(t, New(bulletin.Layouts), at(dir, "public", epoch.Add(time.Second)))
	if r := again.Result; r.Made != 0 || r.Written != 0 || r.Removed != 0 || r.Kept != first.Result.Written {
		t.Errorf("the second build did %+v; the first wrote %d", r, first.Result.Written)
	}
}

func TestAnErrorLeavesTheLastGoodSite(t *testing.T) {
	dir := t.TempDir()
	generate(t, dir, 20)
	b := New(bulletin.Layouts)
	mustBuild(t, b, at(dir, "public", epoch))
	before := contents(t, filepath.Join(dir, "public"))
	write(t, dir, "content/articles/broken.md", "---\ntitle: Broken\nsumary: x\n---\n")
	r, err := b.Build(context.Background(), at(dir, "public", epoch))
	if err != nil {
		t.Fatal(err)
	}
	if !r.Problems.HasErrors() || r.Result.Written+r.Result.Removed > 0 {
		t.Errorf("a broken file was built: %+v", r)
	}
	same(t, contents(t, filepath.Join(dir, "public")), before)
}

func TestTheInstantCanBeWrittenAsText(t *testing.T) {
	dir := t.TempDir()
	generate(t, dir, 10)
	v, err := ukdate.Parse("1 September 2025 1pm")
	if err != nil {
		t.Fatal(err)
	}
	r := mustBuild(t, New(bulletin.Layouts), Options{Source: dir, Output: "public", At: v})
	if !r.Now.Equal(epoch) {
		t.Errorf("built as of %v, want %v", r.Now, epoch)
	}
}

func TestOutputAndSourceMustNotOverlap(t *testing.T) {
	dir := t.TempDir()
	generate(t, dir, 5)
	for _, output := range []string{".", "..", "content", "content/public", "layouts"} {
		r, err := New(bulletin.Layouts).Build(context.Background(), at(dir, output, epoch))
		if err != nil || !r.Problems.HasErrors() || r.Problems[0].Rule != "output-folder" {
			t.Errorf("--output %s: %v, %v", output, r.Problems, err)
		}
	}
}

func TestABuilderThatBuildsOnceGivesTheSameBytes(t *testing.T) {
	dir := t.TempDir()
	generate(t, dir, 60)
	// With short feeds, most texts are on their own pages only.
	write(t, dir, "content/site.yaml", "title: Example update\nurl: https://updates.example.org\nfeeds: {limit: 1}\n")
	mustBuild(t, New(bulletin.Layouts), at(dir, "many", epoch))
	want := contents(t, filepath.Join(dir, "many"))
	once := at(dir, "once", epoch)
	once.Once = true
	for _, lost := range [][]string{nil, {"articles", "events"}, {".bulletin/manifest", "newsletters"}} {
		// What is on record is not made ahead, and may be needed all the same.
		for _, name := range lost {
			if err := os.RemoveAll(filepath.Join(dir, "once", name)); err != nil {
				t.Fatal(err)
			}
		}
		mustBuild(t, New(bulletin.Layouts), once)
		if diff := cmp.Diff(want, contents(t, filepath.Join(dir, "once"))); diff != "" {
			t.Errorf("after %v were lost (-many +once):\n%s", lost, diff)
		}
	}
}
