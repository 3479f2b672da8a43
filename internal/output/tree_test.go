package output

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"bulletin/internal/diag"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// text gives a job that writes content to path; a version of the maker may be
// given that changes the key and not the bytes.
func text(path, content string, version ...int) Job {
	return New(path, KeyOf(version), content, func(w io.Writer, s string) error {
		_, err := io.WriteString(w, s)
		return err
	})
}

func texts(contents map[string]string) []Job {
	var jobs []Job
	for path, content := range contents {
		jobs = append(jobs, text(path, content))
	}
	return jobs
}

func open(t testing.TB, dir string) *Tree {
	t.Helper()
	tree, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

// unsealed compares results without their seals, which have tests of their own.
var unsealed = cmpopts.IgnoreFields(Result{}, "Seal")

// build plans and commits jobs, half of them made ahead, and fails the test
// unless that succeeds.
func build(t testing.TB, tree *Tree, jobs []Job) Result {
	t.Helper()
	jobs = slices.Clone(jobs)
	ahead := tree.Ahead(context.Background(), nil)
	defer ahead.Close()
	ahead.Make(jobs[:len(jobs)/2])
	plan, problems, err := ahead.Plan(jobs)
	if err != nil || len(problems) > 0 {
		t.Fatalf("plan: %v %v", err, problems)
	}
	result, problems, err := plan.Commit(context.Background(), nil)
	if err != nil || len(problems) > 0 {
		t.Fatalf("commit: %v %v", err, problems)
	}
	return result
}

// attempt is build where problems or an error may be expected.
func attempt(t testing.TB, tree *Tree, jobs []Job) (diag.List, error) {
	t.Helper()
	plan, problems, err := tree.Plan(jobs)
	if err != nil || len(problems) > 0 {
		if plan != nil {
			t.Error("a plan in spite of problems")
		}
		return problems, err
	}
	_, problems, err = plan.Commit(context.Background(), nil)
	return problems, err
}

// content lists everything in dir: files with their bytes, folders with "/",
// links with where they lead.
func content(t testing.TB, dir string) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, name)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		switch {
		case rel == ".":
			return nil
		case entry.IsDir():
			found[rel+"/"] = ""
			return nil
		case entry.Type()&fs.ModeSymlink != 0:
			found[rel], err = os.Readlink(name)
			return err
		}
		data, err := os.ReadFile(name)
		found[rel] = string(data)
		return err
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return found
}

// expectClean compares dir with a build of jobs from nothing.
func expectClean(t testing.TB, dir string, jobs []Job) {
	t.Helper()
	clean := filepath.Join(t.TempDir(), "public")
	build(t, open(t, clean), jobs)
	if diff := cmp.Diff(content(t, clean), content(t, dir)); diff != "" {
		t.Fatalf("differs from a clean build (-clean +here):\n%s", diff)
	}
}

func write(t testing.TB, dir, name, data string) {
	t.Helper()
	name = filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(data), 0o644); err != nil {
		t.Fatal(err)
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// age sets the times of all files back, so that none is as new as the
// manifest for having been written in the same tick of the clock.
func age(t testing.TB, dir string) {
	t.Helper()
	for name := range content(t, dir) {
		if !strings.HasSuffix(name, "/") && name != manifestPath {
			past := time.Now().Add(-time.Hour)
			must(t, os.Chtimes(filepath.Join(dir, name), past, past))
		}
	}
}

func TestFirstBuildWritesEverything(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "site", "public")
	jobs := texts(map[string]string{"index.html": "home", "a/b/c.html": "deep", "a/empty": ""})
	got := build(t, open(t, dir), jobs)
	want := Result{Made: 3, Written: 3, Changed: []string{"a/b/c.html", "a/empty", "index.html"}}
	if diff := cmp.Diff(want, got, unsealed); diff != "" {
		t.Error(diff)
	}
	found := content(t, dir)
	manifest := found[manifestPath]
	if entries, intact := parseManifest([]byte(manifest)); !intact || len(entries) != 3 {
		t.Errorf("manifest: %q", manifest)
	}
	wantFound := map[string]string{
		"index.html": "home", "a/": "", "a/b/": "", "a/b/c.html": "deep", "a/empty": "", ".bulletin/": "", manifestPath: manifest,
	}
	if diff := cmp.Diff(wantFound, found); diff != "" {
		t.Error(diff)
	}
}

func TestPlanWritesNothing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	plan, _, err := open(t, dir).Plan(texts(map[string]string{"b": "", "a": ""}))
	must(t, err)
	if diff := cmp.Diff([]string{"a", "b"}, plan.Make()); diff != "" {
		t.Error(diff)
	}
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		t.Error("the folder was made")
	}
	build(t, open(t, dir), texts(map[string]string{"b": "", "a": ""}))
	before := stamps(t, dir)
	plan, _, err = open(t, dir).Plan(texts(map[string]string{"b": "new"}))
	must(t, err)
	if diff := cmp.Diff([]string{"a"}, plan.Remove()); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(before, stamps(t, dir)); diff != "" {
		t.Error(diff)
	}
}

// stamps gives the time of each file and folder in dir.
func stamps(t testing.TB, dir string) map[string]time.Time {
	t.Helper()
	times := map[string]time.Time{}
	for name := range content(t, dir) {
		info, err := os.Lstat(filepath.Join(dir, name))
		must(t, err)
		times[name] = info.ModTime()
	}
	return times
}

func TestUnchangedBuildMakesAndTouchesNothing(t *testing.T) {
	dir := t.TempDir()
	var calls atomic.Int64
	job := func(path string) Job {
		return New(path, Key{}, path, func(w io.Writer, s string) error {
			calls.Add(1)
			_, err := io.WriteString(w, s)
			return err
		})
	}
	jobs := []Job{job("a/x"), job("a/y"), job("z")}
	build(t, open(t, dir), jobs)
	before := stamps(t, dir)
	got := build(t, open(t, dir), jobs)
	if diff := cmp.Diff(Result{Kept: 3}, got, unsealed); diff != "" {
		t.Error(diff)
	}
	if calls.Load() != 3 {
		t.Errorf("makers ran %d times", calls.Load())
	}
	if diff := cmp.Diff(before, stamps(t, dir)); diff != "" {
		t.Error(diff)
	}
}

func TestNewKeyWithOldBytesLeavesTheFileAlone(t *testing.T) {
	dir := t.TempDir()
	large := strings.Repeat("large ", spoolSize)
	build(t, open(t, dir), []Job{text("a", "same", 1), text("b", large, 1)})
	before := stamps(t, dir)
	jobs := []Job{text("a", "same", 2), text("b", large, 2)}
	got := build(t, open(t, dir), jobs)
	if diff := cmp.Diff(Result{Made: 2}, got, unsealed); diff != "" {
		t.Error(diff)
	}
	if after := stamps(t, dir); after["a"] != before["a"] || after["b"] != before["b"] {
		t.Error("the file was touched")
	}
	expectClean(t, dir, jobs)
}

func TestStaleFilesGoWithTheirFolders(t *testing.T) {
	dir := t.TempDir()
	build(t, open(t, dir), texts(map[string]string{"a/b/c/x": "", "a/b/y": "", "a/z": "", "keep": ""}))
	write(t, dir, "a/b/mine.txt", "foreign")
	got := build(t, open(t, dir), texts(map[string]string{"keep": ""}))
	if diff := cmp.Diff(Result{Removed: 3, Kept: 1, Changed: []string{"a/b/c/x", "a/b/y", "a/z"}}, got, unsealed); diff != "" {
		t.Error(diff)
	}
	found := content(t, dir)
	delete(found, manifestPath)
	if diff := cmp.Diff(map[string]string{".bulletin/": "", "keep": "", "a/": "", "a/b/": "", "a/b/mine.txt": "foreign"}, found); diff != "" {
		t.Error(diff)
	}
	build(t, open(t, dir), nil)
	if _, err := os.Stat(dir); err != nil {
		t.Error("the output folder itself was removed")
	}
}

func TestTamperedOutputsAreRepaired(t *testing.T) {
	jobs := texts(map[string]string{"a/x": "12 March 2025", "a/y": "second", "z": "third"})
	tests := map[string]func(t *testing.T, dir string){
		"edited":            func(t *testing.T, dir string) { write(t, dir, "a/x", "something else") },
		"edited, same size": func(t *testing.T, dir string) { write(t, dir, "a/x", "13 March 2025") },
		"emptied":           func(t *testing.T, dir string) { write(t, dir, "a/x", "") },
		"deleted":           func(t *testing.T, dir string) { must(t, os.Remove(filepath.Join(dir, "a/x"))) },
		"folder deleted":    func(t *testing.T, dir string) { must(t, os.RemoveAll(filepath.Join(dir, "a"))) },
		"all deleted":       func(t *testing.T, dir string) { must(t, os.RemoveAll(dir)) },
		"replaced by an empty folder": func(t *testing.T, dir string) {
			must(t, os.Remove(filepath.Join(dir, "z")))
			must(t, os.MkdirAll(filepath.Join(dir, "z/y"), 0o755))
		},
		"manifest deleted":            func(t *testing.T, dir string) { must(t, os.RemoveAll(filepath.Join(dir, ".bulletin"))) },
		"manifest cut short":          func(t *testing.T, dir string) { must(t, os.Truncate(filepath.Join(dir, manifestPath), 200)) },
		"manifest without end":        func(t *testing.T, dir string) { must(t, os.Truncate(filepath.Join(dir, manifestPath), 64<<30)) },
		"manifest of another version": func(t *testing.T, dir string) { write(t, dir, manifestPath, "bulletin manifest 0\n") },
		"staging and lock left":       func(t *testing.T, dir string) { write(t, dir, stagingFolder+"/1", "x"); write(t, dir, lockPath, "") },
		"journal left":                func(t *testing.T, dir string) { write(t, dir, journalPath, content(t, dir)[manifestPath]) },
		"journal left and a file edited": func(t *testing.T, dir string) {
			write(t, dir, journalPath, content(t, dir)[manifestPath])
			write(t, dir, "z", "thief")
			age(t, dir)
		},
	}
	for name, tamper := range tests {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "public")
			build(t, open(t, dir), jobs)
			tamper(t, dir)
			build(t, open(t, dir), jobs)
			expectClean(t, dir, jobs)
		})
	}
}

func TestEditBehindAnOldTimeIsFoundWhereTheSystemTells(t *testing.T) {
	if runtime.GOOS != "linux" && runtime.GOOS != "darwin" {
		t.Skip("this system may not tell when a file was changed")
	}
	dir := t.TempDir()
	jobs := texts(map[string]string{"x": "12 March 2025"})
	build(t, open(t, dir), jobs)
	write(t, dir, "x", "13 March 2025")
	past := time.Now().Add(-time.Hour)
	must(t, os.Chtimes(filepath.Join(dir, "x"), past, past))
	build(t, open(t, dir), jobs)
	expectClean(t, dir, jobs)
}

// The clock of a file system may stand still between two writes.
func TestEditInTheSameInstantAsTheManifestIsFound(t *testing.T) {
	dir := t.TempDir()
	jobs := texts(map[string]string{"x": "12 March 2025"})
	build(t, open(t, dir), jobs)
	write(t, dir, "x", "13 March 2025")
	info, err := os.Stat(filepath.Join(dir, "x"))
	must(t, err)
	must(t, os.Chtimes(filepath.Join(dir, manifestPath), info.ModTime(), changed(info)))
	build(t, open(t, dir), jobs)
	expectClean(t, dir, jobs)
}

func TestCopiedFolderIsNotWrittenAgain(t *testing.T) {
	dir, copied := t.TempDir(), filepath.Join(t.TempDir(), "copy")
	jobs := texts(map[string]string{"a/x": "1", "a/y": "2", "z": "3"})
	build(t, open(t, dir), jobs)
	must(t, os.CopyFS(copied, os.DirFS(dir)))
	before := stamps(t, copied)
	if diff := cmp.Diff(Result{Kept: 3}, build(t, open(t, copied), jobs), unsealed); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(before, stamps(t, copied)); diff != "" {
		t.Error(diff)
	}
}

// After a copy, all files are newer than the manifest. If reading them took
// long, the manifest is renewed, so that the next build need not.
func TestManyVerifiedFilesAreVerifiedOnce(t *testing.T) {
	dir := t.TempDir()
	contents := map[string]string{}
	for i := range restampAfter + 1 {
		contents[fmt.Sprintf("%d/index.html", i)] = fmt.Sprint(i)
	}
	jobs := texts(contents)
	build(t, open(t, dir), jobs)
	must(t, os.Chtimes(filepath.Join(dir, manifestPath), time.Unix(1, 0), time.Unix(1, 0)))
	before := content(t, dir)
	if got := build(t, open(t, dir), jobs); got.Kept != len(jobs) || got.Made != 0 {
		t.Errorf("%+v", got)
	}
	info, err := os.Stat(filepath.Join(dir, manifestPath))
	must(t, err)
	if info.ModTime().Unix() == 1 {
		t.Error("the manifest was not renewed")
	}
	if diff := cmp.Diff(before, content(t, dir)); diff != "" {
		t.Error(diff)
	}
}

func TestFilesAndFoldersMayTakeEachOthersPlace(t *testing.T) {
	sets := []map[string]string{
		{"a": "file"}, {"a/b": "x", "a/c/d": "y"}, {"a": "file again"}, {"a/b/c/d": "deep"}, {"a/b/c": "up"}, {"A": "case"}, {"a": "case"}, {"A/B": "x"}, {"a/b": "x"}, {},
	}
	dir := t.TempDir()
	for i, set := range sets {
		build(t, open(t, dir), texts(set))
		expectClean(t, dir, texts(set))
		if t.Failed() {
			t.Fatalf("at set %d", i)
		}
	}
}

// TestEvolvingSite is the law of this package: whatever was built before, and
// whatever happened to the files since, the folder is that of a clean build.
func TestEvolvingSite(t *testing.T) {
	names := []string{
		"index.html", "a", "a/index.html", "a/b", "a/b/index.html", "A", "a/B", "c/x.html", "c/X.html", "c/y", "c/y/z", "d/e/f/g.txt", "ŵ/index.html", "café", "cafe\u0301",
	}
	for seed := range uint64(3) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(seed, 1))
			dir := filepath.Join(t.TempDir(), "public")
			tree := open(t, dir)
			versions := map[string]int{}
			var before map[string]string
			for step := range 20 {
				jobs := randomJobs(r, tree, names, versions)
				build(t, tree, jobs)
				expectClean(t, dir, jobs)
				before = content(t, dir)
				tamper(t, r, dir, slices.Sorted(maps.Keys(before)))
				if got := build(t, tree, jobs); got.Made > 2 {
					t.Fatalf("step %d: %d made again for one file tampered with", step, got.Made)
				}
				if diff := cmp.Diff(before, content(t, dir)); diff != "" {
					t.Fatalf("step %d: not repaired:\n%s", step, diff)
				}
			}
		})
	}
}

// randomJobs gives jobs that do not clash, for some of names.
func randomJobs(r *rand.Rand, tree *Tree, names []string, versions map[string]int) []Job {
	var jobs []Job
	for _, i := range r.Perm(len(names)) {
		name := names[i]
		if r.IntN(4) == 0 {
			versions[name] = r.IntN(3)
		}
		with := append(slices.Clone(jobs), text(name, strings.Repeat(name, versions[name]), r.IntN(2)))
		if r.IntN(3) > 0 && len(tree.checkPaths(with)) == 0 {
			jobs = with
		}
	}
	return jobs
}

// tamper does something to one file of dir.
func tamper(t *testing.T, r *rand.Rand, dir string, names []string) {
	t.Helper()
	name := names[r.IntN(len(names))]
	if strings.HasSuffix(name, "/") || strings.HasPrefix(name, ".bulletin") {
		return
	}
	full := filepath.Join(dir, name)
	info, err := os.Stat(full)
	must(t, err)
	switch r.IntN(4) {
	case 0:
		must(t, os.Remove(full))
	case 1:
		must(t, os.WriteFile(full, bytes.Repeat([]byte("x"), int(info.Size())), 0o644))
	case 2:
		must(t, os.Truncate(full, info.Size()+1))
	case 3:
		must(t, os.Chtimes(full, time.Now(), time.Now().Add(time.Hour)))
	}
}
