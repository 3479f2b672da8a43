package output

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"bulletin/internal/diag"

	"github.com/google/go-cmp/cmp"
)

func TestClashesNameBothOutputs(t *testing.T) {
	tests := map[string]struct {
		paths []string
		want  []string // parts of the texts
	}{
		"none":              {[]string{"a", "a-b/c", "ab", "b/a"}, nil},
		"same path":         {[]string{"a/x", "b", "a/x"}, []string{`two outputs would be written to "a/x"`}},
		"three times":       {[]string{"a", "a", "a"}, []string{`written to "a"`}},
		"case":              {[]string{"a/index.html", "A/Index.html"}, []string{`"A/Index.html" and "a/index.html" differ only`}},
		"composition":       {[]string{"caf\u00e9", "cafe\u0301"}, []string{"\"cafe\u0301\" and \"caf\u00e9\" differ only"}},
		"file and folder":   {[]string{"a", "a-b", "a/b/c"}, []string{`"a" cannot be a file and also the folder of "a/b/c"`}},
		"folder, with case": {[]string{"A/b", "a"}, []string{`"a" cannot be a file and also the folder of "A/b"`}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "public")
			var jobs []Job
			for _, p := range test.paths {
				jobs = append(jobs, text(p, p))
			}
			_, problems, err := open(t, dir).Plan(jobs)
			must(t, err)
			if len(problems) != len(test.want) {
				t.Fatalf("%v", problems)
			}
			for i, want := range test.want {
				if p := problems[i]; p.Rule != ruleClash || p.Severity != diag.Error || !strings.Contains(p.Text, want) {
					t.Errorf("%v", p)
				}
			}
		})
	}
}

func TestImpossiblePathsAreProblems(t *testing.T) {
	for _, p := range []string{"", ".", "..", "../x", "/x", "a//b", "a/", "a/../b", "./a", "a\nb", "a\x00", "a\xff", ".bulletin/manifest", ".Bulletin", ".bulletin"} {
		_, problems, err := open(t, t.TempDir()).Plan([]Job{text(p, "")})
		if err != nil || len(problems) != 1 || problems[0].Rule != rulePath {
			t.Errorf("%q: %v %v", p, problems, err)
		}
	}
}

func TestForeignFilesAreNeverTouched(t *testing.T) {
	jobs := texts(map[string]string{"index.html": "home", "a/b/c": "deep"})
	link := func(t *testing.T, dir, name, to string) {
		must(t, os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755))
		if err := os.Symlink(to, filepath.Join(dir, name)); err != nil {
			t.Skip("no symbolic links here")
		}
	}
	tests := map[string]struct {
		put  func(t *testing.T, dir string)
		want string // "" if it is in nobody's way
	}{
		"elsewhere":                   {func(t *testing.T, dir string) { write(t, dir, "mine/x", "x"); write(t, dir, ".gitignore", "*") }, ""},
		"same bytes":                  {func(t *testing.T, dir string) { write(t, dir, "index.html", "home") }, ""},
		"other bytes":                 {func(t *testing.T, dir string) { write(t, dir, "index.html", "hole") }, "public/index.html:1:1: a file stands"},
		"folder for a file":           {func(t *testing.T, dir string) { write(t, dir, "index.html/x", "") }, `public/index.html:1:1: a folder with other files in it, such as "index.html/x", stands`},
		"file for a folder":           {func(t *testing.T, dir string) { write(t, dir, "a/b", "") }, "public/a/b:1:1: a file stands where the site needs a folder"},
		"link at the path":            {func(t *testing.T, dir string) { link(t, dir, "index.html", "elsewhere") }, "public/index.html:1:1: a link or special file stands"},
		"link to the same bytes":      {func(t *testing.T, dir string) { write(t, dir, "same", "home"); link(t, dir, "index.html", "same") }, "public/index.html:1:1: a link"},
		"link for a folder":           {func(t *testing.T, dir string) { write(t, dir, "x/y", ""); link(t, dir, "a", "x") }, "public/a:1:1: a link or special file stands where the site needs a folder"},
		"link for a folder, deeper":   {func(t *testing.T, dir string) { write(t, dir, "x/y", ""); link(t, dir, "a/b", "../x") }, "public/a/b:1:1: a link or special file stands where the site needs a folder"},
		"link that leads out":         {func(t *testing.T, dir string) { link(t, dir, "a", filepath.Dir(dir)) }, "public/a:1:1: a link or special file stands where the site needs a folder"},
		"empty folders (to be taken)": {func(t *testing.T, dir string) { must(t, os.MkdirAll(filepath.Join(dir, "index.html/x"), 0o755)) }, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			test.put(t, "public")
			before := content(t, "public")
			problems, err := attempt(t, open(t, "public"), jobs)
			must(t, err)
			after := content(t, "public")
			if test.want != "" {
				if len(problems) != 1 || problems[0].Rule != ruleForeign || problems[0].Hint == "" || !strings.HasPrefix(problems[0].String(), test.want) {
					t.Errorf("%v", problems)
				}
				if diff := cmp.Diff(before, after); diff != "" {
					t.Errorf("the folder was changed:\n%s", diff)
				}
				return
			}
			if len(problems) > 0 || after["index.html"] != "home" || after["a/b/c"] != "deep" {
				t.Errorf("%v\n%v", problems, after)
			}
			build(t, open(t, "public"), nil)
			for _, kept := range []string{"mine/x", ".gitignore"} {
				if before[kept] != content(t, "public")[kept] {
					t.Errorf("%s was touched", kept)
				}
			}
		})
	}
}

func TestOutputReplacedByALinkIsForeign(t *testing.T) {
	dir, outside := t.TempDir(), t.TempDir()
	write(t, outside, "secret", "secret")
	jobs := texts(map[string]string{"a/x": "1", "b/y": "2", "c/d/z": "3"})
	build(t, open(t, dir), jobs)
	must(t, os.Remove(filepath.Join(dir, "a/x")))
	must(t, os.RemoveAll(filepath.Join(dir, "b")))
	must(t, os.RemoveAll(filepath.Join(dir, "c")))
	must(t, os.MkdirAll(filepath.Join(dir, "mine/d"), 0o755))
	for name, to := range map[string]string{"a/x": filepath.Join(outside, "secret"), "b": outside, "c": "mine"} {
		if os.Symlink(to, filepath.Join(dir, name)) != nil {
			t.Skip("no symbolic links here")
		}
	}
	write(t, outside, "y", "2")
	before := content(t, dir)
	problems, err := attempt(t, open(t, dir), jobs)
	if err != nil || len(problems) != 3 {
		t.Errorf("%v %v", problems, err)
	}
	if diff := cmp.Diff(before, content(t, dir)); diff != "" {
		t.Error(diff)
	}
	// As stale outputs, what is behind links is not ours either.
	build(t, open(t, dir), nil)
	if diff := cmp.Diff(map[string]string{"secret": "secret", "y": "2"}, content(t, outside)); diff != "" {
		t.Error(diff)
	}
	for _, name := range []string{"a/x", "b", "c", "mine/d"} {
		if _, err := os.Lstat(filepath.Join(dir, name)); err != nil {
			t.Error(err)
		}
	}
}

func TestWhatComesBetweenPlanAndCommitIsForeign(t *testing.T) {
	for name, put := range map[string]func() error{
		"file":   func() error { return os.WriteFile("public/x", []byte("mine"), 0o644) },
		"folder": func() error { return os.CopyFS("public/x", fstest.MapFS{"mine": {Data: []byte("mine")}}) },
		"link":   func() error { return os.Symlink("y", "public/x") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			write(t, "public", "y", "ours")
			plan, _, err := open(t, "public").Plan([]Job{text("x", "ours")})
			must(t, err)
			if put() != nil {
				t.Skip("no symbolic links here")
			}
			before := content(t, "public")
			_, problems, err := plan.Commit(context.Background(), nil)
			if err != nil || len(problems) != 1 || !strings.Contains(problems[0].Text, "a "+name) {
				t.Errorf("%v %v", problems, err)
			}
			if diff := cmp.Diff(before, content(t, "public")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestManyForeignFilesAreSummedUp(t *testing.T) {
	t.Chdir(t.TempDir())
	contents := map[string]string{}
	for i := range foreignShown + 30 {
		contents[fmt.Sprintf("%03d", i)] = "new"
		write(t, "public", fmt.Sprintf("%03d", i), "old")
	}
	problems, err := attempt(t, open(t, "public"), texts(contents))
	must(t, err)
	if last := problems[len(problems)-1]; len(problems) != foreignShown+1 || !strings.Contains(last.Text, "30 more files") || last.File != "public" {
		t.Errorf("%d problems, last: %v", len(problems), problems[len(problems)-1])
	}
}

func TestFailedMakersChangeNothing(t *testing.T) {
	cause := errors.New("the cause")
	failing := func(p string, err error) Job {
		return New(p, Key{}, p, func(w io.Writer, _ string) error {
			_, _ = io.WriteString(w, strings.Repeat("partial", spoolSize))
			return err
		})
	}
	problem := diag.Errorf(diag.Pos{File: "layouts/page.html", Line: 3}, "layout", "", "no such field")
	panicking := New("p/panic", Key{}, 0, func(io.Writer, int) error { panic("lost count") })
	fine := text("fine", "fine")
	tests := map[string]struct {
		jobs     []Job
		problems int
		err      string
	}{
		"problem":  {[]Job{fine, failing("a", problem)}, 1, ""},
		"wrapped":  {[]Job{fine, failing("a", fmt.Errorf("making: %w", problem)), failing("b", problem)}, 1, ""},
		"error":    {[]Job{fine, failing("a/x", cause)}, 0, "making public/a/x: the cause"},
		"errors":   {[]Job{failing("b", cause), fine, failing("a", cause), failing("c", cause)}, 0, "making public/a: the cause (and 2 more outputs)"},
		"open":     {[]Job{failing("a", &fs.PathError{Op: "open", Path: "content/x.pdf", Err: fs.ErrPermission})}, 0, "making public/a: open content/x.pdf: permission denied"},
		"both":     {[]Job{failing("b", cause), failing("c", problem)}, 1, "making public/b: the cause"},
		"panic":    {[]Job{panicking, fine}, 0, "making public/p/panic: bulletin has a fault here: lost count"},
		"zero job": {[]Job{fine, {path: "zero"}}, 0, "making public/zero: bulletin has a fault here"},
	}
	for name, test := range tests {
		for _, first := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s, first build %v", name, first), func(t *testing.T) {
				t.Chdir(t.TempDir())
				if !first {
					build(t, open(t, "public"), texts(map[string]string{"fine": "old", "stale": "x"}))
				}
				before := content(t, ".")
				problems, err := attempt(t, open(t, "public"), test.jobs)
				if got := fmt.Sprint(err); len(problems) != test.problems || test.err == "" && err != nil || !strings.Contains(got, test.err) {
					t.Errorf("problems %v, error %v", problems, err)
				}
				if diff := cmp.Diff(before, content(t, ".")); diff != "" {
					t.Errorf("the folder was changed:\n%s", diff)
				}
			})
		}
	}
	_, err := attempt(t, open(t, t.TempDir()), []Job{panicking})
	if fault := new(PanicError); !errors.As(err, &fault) || !strings.Contains(string(fault.Stack), "problem_test.go") {
		t.Errorf("no stack in %v", err)
	}
}

func TestCancelledCommitChangesNothing(t *testing.T) {
	t.Chdir(t.TempDir())
	build(t, open(t, "public"), texts(map[string]string{"stale": "x"}))
	before := content(t, "public")
	ctx, cancel := context.WithCancel(context.Background())
	jobs := []Job{text("a", "a"), text("c", "c"), New("b", Key{}, "", func(io.Writer, string) error { cancel(); return nil })}
	plan, _, err := open(t, "public").Plan(jobs)
	must(t, err)
	for range 2 { // cancelled on the way, and before it begins
		if _, _, err := plan.Commit(ctx, nil); !errors.Is(err, context.Canceled) {
			t.Errorf("error is %v", err)
		}
		if diff := cmp.Diff(before, content(t, "public")); diff != "" {
			t.Error(diff)
		}
	}
}

func TestOpenRefusesAFile(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, ".", "public", "")
	if _, err := Open("public"); err == nil || !strings.Contains(err.Error(), "public is not a folder") {
		t.Errorf("error is %v", err)
	}
}

func TestOwnFolderThatIsNoFolder(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "public", ".bulletin", "")
	if _, err := attempt(t, open(t, "public"), []Job{text("a", "")}); err == nil || !strings.Contains(err.Error(), "public/.bulletin") {
		t.Errorf("error is %v", err)
	}
	must(t, os.Remove("public/.bulletin"))
	must(t, os.Mkdir("elsewhere", 0o755))
	if os.Symlink("../elsewhere", "public/.bulletin") != nil {
		t.Skip("no symbolic links here")
	}
	if _, err := attempt(t, open(t, "public"), []Job{text("a", "")}); err == nil {
		t.Error("records written through a link")
	}
	if len(content(t, "elsewhere")) > 0 {
		t.Error("something was written through a link")
	}
}

func TestRecordsThatAreNoFilesAreNamed(t *testing.T) {
	link := func(to string) func(string) error { return func(p string) error { return os.Symlink(to, p) } }
	for name, c := range map[string]struct {
		path string
		put  func(string) error
		want string
	}{
		"manifest":          {manifestPath, func(p string) error { return os.Mkdir(p, 0o755) }, "it is a folder; delete it"},
		"journal":           {journalPath, func(p string) error { return os.MkdirAll(p+"/x", 0o755) }, "it is a folder; delete it"},
		"lock":              {lockPath, func(p string) error { return os.Mkdir(p, 0o755) }, "it is a folder; delete it"},
		"lock that leads":   {lockPath, link("../../mine"), "it is not a file; delete it"},
		"folder that leads": {ownFolder, link("../mine"), "it is not a folder; delete it"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			write(t, "mine", "x", "mine")
			build(t, open(t, "public"), texts(map[string]string{"a": "old", "b": "b"}))
			must(t, os.RemoveAll("public/"+c.path))
			if c.put("public/"+c.path) != nil {
				t.Skip("no symbolic links here")
			}
			before := content(t, ".")
			_, err := attempt(t, open(t, "public"), texts(map[string]string{"a": "new", "b": "b"}))
			if err == nil || !strings.Contains(err.Error(), "public/"+c.path) || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error is %v", err)
			}
			if diff := cmp.Diff(before, content(t, ".")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestMissingPermissionIsAnErrorWithThePath(t *testing.T) {
	t.Chdir(t.TempDir())
	must(t, os.MkdirAll("public/a", 0o755))
	must(t, os.Chmod("public/a", 0o555))
	t.Cleanup(func() { _ = os.Chmod("public/a", 0o755) })
	if os.WriteFile("public/a/probe", nil, 0o644) == nil {
		t.Skip("this user may write everywhere")
	}
	_, err := attempt(t, open(t, "public"), []Job{text("a/x", "")})
	if !errors.Is(err, fs.ErrPermission) || !strings.Contains(err.Error(), "public/a/x") {
		t.Errorf("error is %v", err)
	}
}

func TestSecondBuildWaitsForTheFirst(t *testing.T) {
	dir := t.TempDir()
	started, finish := make(chan bool), make(chan bool)
	slow := New("a", Key{}, "first", func(w io.Writer, s string) error {
		close(started)
		<-finish
		_, err := io.WriteString(w, s)
		return err
	})
	first, _, err := open(t, dir).Plan([]Job{slow})
	must(t, err)
	tree := open(t, dir)
	jobs := texts(map[string]string{"a": "second", "b": "b"})
	second, _, err := tree.Plan(jobs)
	must(t, err)
	done := make(chan error)
	go func() {
		_, _, err := first.Commit(context.Background(), nil)
		done <- err
	}()
	<-started

	tree.patience = 0
	if _, _, err := second.Commit(context.Background(), nil); !errors.Is(err, ErrLocked) {
		t.Errorf("error is %v", err)
	}
	tree.patience = time.Hour
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	if _, _, err := second.Commit(cancelled, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("error is %v", err)
	}
	close(finish)
	if _, problems, err := second.Commit(context.Background(), nil); err != nil || len(problems) > 0 {
		t.Errorf("%v %v", problems, err)
	}
	must(t, <-done)
	// The second was planned when "a" was not there, and knows it for ours.
	expectClean(t, dir, jobs)
}

func TestManyBuildsAtOnce(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	done := make(chan error)
	const builds = 6
	for i := range builds {
		go func() {
			tree, err := Open(dir)
			if err == nil {
				tree.patience = time.Hour
				var plan *Plan
				if plan, _, err = tree.Plan(texts(map[string]string{"a": fmt.Sprint(i), fmt.Sprint(i, "/x"): "x"})); err == nil {
					_, _, err = plan.Commit(context.Background(), nil)
				}
			}
			done <- err
		}()
	}
	for range builds {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	jobs := texts(map[string]string{"last": ""})
	build(t, open(t, dir), jobs)
	expectClean(t, dir, jobs)
}
