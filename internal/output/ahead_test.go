package output

import (
	"context"
	"errors"
	"io"
	"path/filepath"
	"testing"

	"bulletin/internal/diag"

	"github.com/google/go-cmp/cmp"
)

func TestWhatIsMadeAheadChangesNothingBeforeCommit(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "site", "public")
	tree := open(t, dir)
	old := texts(map[string]string{"a": "a", "b/c": "c"})
	build(t, tree, old)
	before := content(t, dir)
	ahead := tree.Ahead(context.Background(), nil)
	ahead.Make(texts(map[string]string{"a": "new", "d": "d"}))
	for _, name := range []string{"a", "b/c", manifestPath} {
		if got := content(t, dir)[name]; got != before[name] {
			t.Errorf("%s is %q before the commit", name, got)
		}
	}
	ahead.Close()
	if diff := cmp.Diff(before, content(t, dir)); diff != "" {
		t.Errorf("something is left of what was not committed:\n%s", diff)
	}
	fresh := filepath.Join(t.TempDir(), "public")
	ahead = open(t, fresh).Ahead(context.Background(), nil)
	ahead.Make(texts(map[string]string{"a": "a"}))
	ahead.Close()
	if got := content(t, filepath.Dir(fresh)); len(got) > 0 {
		t.Errorf("of a new folder, this is left: %v", got)
	}
}

func TestWhatIsMadeAheadIsMadeOnceAndNotAtAllIfOnRecord(t *testing.T) {
	tree := open(t, filepath.Join(t.TempDir(), "public"))
	made := 0
	counted := func(path, content string) Job {
		return New(path, Key{}, content, func(w io.Writer, s string) error {
			made++
			_, err := io.WriteString(w, s)
			return err
		})
	}
	for _, want := range []int{2, 2, 3} {
		jobs := []Job{counted("a", "a"), counted("b", map[int]string{2: "b", 3: "B"}[want])}
		before, told := made, 0
		ahead := tree.Ahead(context.Background(), func(done, _ int) { told = done })
		ahead.Make(jobs)
		plan, problems, err := ahead.Plan(jobs)
		if err == nil && len(problems) == 0 {
			_, problems, err = plan.Commit(context.Background(), nil)
		}
		ahead.Close()
		if err != nil || len(problems) > 0 || made != want || told != made-before {
			t.Errorf("%d made, want %d; %d told of (%v, %v)", made, want, told, problems, err)
		}
	}
}

func TestFaultsOfWhatIsMadeAheadComeOutOfCommit(t *testing.T) {
	tree := open(t, filepath.Join(t.TempDir(), "public"))
	fault := errors.New("out of ink")
	problem := diag.Errorf(diag.Pos{File: "layouts/a.html"}, "layout", "mend it", "broken")
	for _, want := range []error{fault, problem} {
		jobs := []Job{New("a", Key{}, 0, func(io.Writer, int) error { return want }), text("b", "b")}
		ahead := tree.Ahead(context.Background(), nil)
		ahead.Make(jobs)
		plan, problems, err := ahead.Plan(jobs)
		if err != nil || len(problems) > 0 {
			t.Fatalf("the plan has faults already: %v %v", problems, err)
		}
		_, problems, err = plan.Commit(context.Background(), nil)
		ahead.Close()
		if want == fault && !errors.Is(err, fault) || want != fault && (len(problems) != 1 || problems[0] != problem) {
			t.Errorf("%v gives %v, %v", want, problems, err)
		}
	}
}

func TestNothingIsMadeAheadWhileAnotherBuildWrites(t *testing.T) {
	tree := open(t, t.TempDir())
	tree.patience = 0
	first := tree.Ahead(context.Background(), nil)
	first.Make([]Job{text("a", "a")})
	second := tree.Ahead(context.Background(), nil)
	jobs := []Job{text("a", "b")}
	second.Make(jobs)
	plan, _, err := second.Plan(jobs)
	must(t, err)
	if _, _, err := plan.Commit(context.Background(), nil); !errors.Is(err, ErrLocked) {
		t.Errorf("error is %v", err)
	}
	first.Close()
	if _, problems, err := plan.Commit(context.Background(), nil); err != nil || len(problems) > 0 {
		t.Errorf("%v %v", problems, err)
	}
	second.Close()
	expectClean(t, tree.dir, []Job{text("a", "b")})
}
