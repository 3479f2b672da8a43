package output

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAFolderThatAppearsMeanwhileIsNotReplaced(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	tree := open(t, dir)
	tree.beforeChange = func(doing, p string) error {
		if doing == "writing" && p == "b" {
			write(t, dir, "b/theirs", "theirs")
		}
		return nil
	}
	problems, err := attempt(t, tree, texts(map[string]string{"a/x": "x", "b/y": "y", "z": "z"}))
	if err == nil && len(problems) == 0 {
		t.Error("nothing was said")
	}
	if diff := cmp.Diff(map[string]string{"b/": "", "b/theirs": "theirs"}, content(t, dir)); diff != "" {
		t.Errorf("not as it was before (-want +got):\n%s", diff)
	}
}

func TestWhatWasMadeAheadAndNotPlannedIsNotPutInPlace(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	ahead := open(t, dir).Ahead(context.Background(), nil)
	jobs := []Job{text("a/x", "x"), text("a/y", "y"), text("b/c/z", "z")}
	ahead.Make(jobs)
	plan, problems, err := ahead.Plan(jobs[1:])
	if err == nil && len(problems) == 0 {
		_, problems, err = plan.Commit(context.Background(), nil)
	}
	ahead.Close()
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	expectClean(t, dir, texts(map[string]string{"a/y": "y", "b/c/z": "z"}))
}

func TestPathsThatLeadOutAreNotStagedAsTheyAre(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	ahead := open(t, dir).Ahead(context.Background(), nil)
	defer ahead.Close()
	jobs := texts(map[string]string{"a/../../../manifest": "x", "../b/c": "y"})
	ahead.Make(jobs)
	if _, problems, err := ahead.Plan(jobs); err != nil || len(problems) != 2 {
		t.Errorf("%v, %v, want two problems", problems, err)
	}
	for name := range content(t, filepath.Dir(dir)) {
		match, _ := filepath.Match("public/"+stagingFolder+"/a[0-9]", name)
		if !match && !strings.HasSuffix(name, "/") && name != "public/"+lockPath {
			t.Errorf("%s was written", name)
		}
	}
}

func TestManyFoldersAreStagedWithFewOpen(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	contents := map[string]string{}
	for i := range 3 * mostOpen {
		name := string(rune('a'+i%26)) + string(rune('a'+i/26))
		contents["in/"+name+"/deep/er/file"] = name
	}
	tree, jobs := open(t, dir), texts(contents)
	build(t, tree, jobs)
	expectClean(t, dir, jobs)
}
