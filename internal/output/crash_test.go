package output

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The sets that interrupted builds go between: with files that stay, change,
// come, go, and take each other's place.
var sets = []map[string]string{
	{"index.html": "home 1", "same": "same", "a": "a file", "b/x/y": "deep", "gone/p": "p", "gone/q": "q"},
	{"index.html": "home 2, longer", "same": "same", "a/index.html": "in a folder", "b": "a file now", "new/r": strings.Repeat("large", spoolSize), "new/s": "s"},
	{"index.html": "home 3", "a/index.html": "in a folder", "b/x/y": "deep again", "other/t": "t"},
}

// TestMain runs one build that kills itself, if told so by the environment.
func TestMain(m *testing.M) {
	if dir := os.Getenv("OUTPUT_TEST_KILLED_BUILD"); dir != "" {
		buildAndDie(dir)
	}
	os.Exit(m.Run())
}

func buildAndDie(dir string) {
	var set, after int64
	if _, err := fmt.Sscan(os.Getenv("OUTPUT_TEST_KILLED_AT"), &set, &after); err != nil {
		panic(err)
	}
	tree, err := Open(dir)
	if err != nil {
		panic(err)
	}
	var changes atomic.Int64
	tree.beforeChange = func(string, string) error {
		if changes.Add(1) > after {
			self, _ := os.FindProcess(os.Getpid())
			_ = self.Kill()
			select {}
		}
		return nil
	}
	jobs := texts(sets[set])
	ahead := tree.Ahead(context.Background(), nil)
	ahead.Make(jobs[:len(jobs)/2])
	plan, problems, err := ahead.Plan(jobs)
	if err == nil && len(problems) == 0 {
		_, problems, err = plan.Commit(context.Background(), nil)
	}
	if err != nil || len(problems) > 0 {
		fmt.Println(err, problems)
		os.Exit(1)
	}
	os.Exit(0)
}

// killed runs a build of a set in a process of its own, which is killed after
// some changes to the disk. It reports whether the build was done before.
func killed(t *testing.T, dir string, set, after int) (done bool) {
	t.Helper()
	command := exec.Command(os.Args[0])
	command.Env = append(os.Environ(), "OUTPUT_TEST_KILLED_BUILD="+dir, fmt.Sprintf("OUTPUT_TEST_KILLED_AT=%d %d", set, after))
	out, err := command.CombinedOutput()
	if err == nil {
		return true
	}
	if len(out) > 0 {
		t.Fatalf("killed after %d: %s", after, out)
	}
	return false
}

// expectWhole fails if some file is none of the versions that were built.
func expectWhole(t *testing.T, dir string) {
	t.Helper()
	for name, data := range content(t, dir) {
		if strings.HasPrefix(name, ".bulletin") || strings.HasSuffix(name, "/") || name == "mine/notes.txt" {
			continue
		}
		found := false
		for _, set := range sets {
			version, ok := set[name]
			found = found || ok && version == data
		}
		if !found {
			t.Errorf("%s is in no version: %.20q", name, data)
		}
	}
}

// expectCleanBeside is expectClean where mine/notes.txt is not bulletin's.
func expectCleanBeside(t *testing.T, dir string, set int) {
	t.Helper()
	clean := filepath.Join(t.TempDir(), "public")
	build(t, open(t, clean), texts(sets[set]))
	want := content(t, clean)
	maps.Copy(want, map[string]string{"mine/": "", "mine/notes.txt": "my own"})
	if diff := cmp.Diff(want, content(t, dir)); diff != "" {
		t.Errorf("differs from a clean build (-clean +here):\n%s", diff)
	}
}

func TestKilledBuildLeavesWholeFilesAndTheNextRepairs(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("starts many processes")
	}
	for after := 0; ; after++ {
		dir := filepath.Join(t.TempDir(), "public")
		write(t, dir, "mine/notes.txt", "my own")
		build(t, open(t, dir), texts(sets[0]))
		done := killed(t, dir, 1, after)
		expectWhole(t, dir)
		next := after % 3
		if after%2 == 0 {
			killed(t, dir, 2, after*5%17)
			expectWhole(t, dir)
		}
		build(t, open(t, dir), texts(sets[next]))
		expectCleanBeside(t, dir, next)
		if t.Failed() {
			t.Fatalf("killed after %d changes", after)
		}
		if done {
			if after < 15 {
				t.Errorf("done after %d changes: the build was not killed at each", after)
			}
			return
		}
	}
}

func TestFirstBuildThatIsKilledOwnsWhatItWrote(t *testing.T) {
	t.Parallel()
	for _, after := range []int{8, 12, 14, 16} {
		dir := filepath.Join(t.TempDir(), "public")
		if killed(t, dir, 0, after) {
			t.Fatalf("not killed after %d", after)
		}
		build(t, open(t, dir), texts(sets[1]))
		expectClean(t, dir, texts(sets[1]))
	}
}

func TestJournalDoesNotClaimAFileThatSomebodyElsePutThere(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, journalPath, string(formatManifest(sampleEntries())))
	write(t, dir, "404.html", "my own")
	problems, err := attempt(t, open(t, dir), []Job{text("404.html", "ours")})
	if err != nil || len(problems) != 1 || problems[0].Rule != ruleForeign {
		t.Errorf("%v %v", problems, err)
	}
	build(t, open(t, dir), nil)
	if content(t, dir)["404.html"] != "my own" {
		t.Error("a foreign file was removed")
	}
}

func TestFaultsOfTheDiskAreReportedAndRepaired(t *testing.T) {
	t.Parallel()
	fault := errors.New("no space left on device")
	for after := int64(0); ; after++ {
		dir := filepath.Join(t.TempDir(), "public")
		write(t, dir, "mine/notes.txt", "my own")
		build(t, open(t, dir), texts(sets[0]))
		before := content(t, dir)
		tree := open(t, dir)
		var changes atomic.Int64
		var failedAt atomic.Value
		tree.beforeChange = func(_, p string) error {
			if changes.Add(1) == after+1 {
				failedAt.Store(p)
				return fault
			}
			return nil
		}
		_, err := attempt(t, tree, texts(sets[1]))
		at, failed := failedAt.Load().(string)
		if !failed {
			must(t, err)
			return
		}
		if !errors.Is(err, fault) || !strings.Contains(err.Error(), at) {
			t.Errorf("fault at %s: error is %v", at, err)
		}
		expectWhole(t, dir)
		found := content(t, dir)
		if diff := cmp.Diff(before, found); diff != "" {
			t.Errorf("fault at %s: the folder was changed:\n%s", at, diff)
		}
		for _, p := range []string{stagingFolder + "/", lockPath} {
			if _, ok := found[p]; ok {
				t.Errorf("%s is left", p)
			}
		}
		build(t, open(t, dir), texts(sets[1]))
		expectCleanBeside(t, dir, 1)
		if t.Failed() {
			t.Fatalf("fault at change %d, %s", after, at)
		}
	}
}
