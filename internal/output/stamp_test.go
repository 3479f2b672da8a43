package output

import (
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

// TestEditDuringABuildIsFound edits an output by hand at each moment of a build
// after it looked at the folder: one that stays, or one that it has just put in
// place. The next build must repair it, and no seal may hold before.
func TestEditDuringABuildIsFound(t *testing.T) {
	for name, outputs := range map[string]int{
		"little of the site is written": 2 * readInsteadOfLook,
		"much of the site is written":   readInsteadOfLook,
	} {
		first, second := map[string]string{}, map[string]string{}
		for i := range outputs - 2 {
			first[fmt.Sprintf("same/%d", i)] = "12 March 2025"
			second[fmt.Sprintf("same/%d", i)] = "12 March 2025"
		}
		for i := range 2 {
			first[fmt.Sprintf("new/%d", i)] = "old"
			second[fmt.Sprintf("new/%d", i)] = "12 March 2025"
		}
		moments := map[string]bool{}
		for done := false; !done; {
			dir := filepath.Join(t.TempDir(), "public")
			build(t, open(t, dir), texts(first))
			age(t, dir)

			edited, before := "", ""
			tree := open(t, dir)
			var mu sync.Mutex
			tree.beforeChange = func(doing, path string) error {
				mu.Lock()
				defer mu.Unlock()
				if _, err := os.Stat(filepath.Join(dir, stagingFolder)); err != nil || edited != "" || moments[doing+path] {
					return nil
				}
				edited, before = "same/1", doing+" "+path
				if content(t, dir)["new/1"] == second["new/1"] {
					edited = "new/1"
				}
				write(t, dir, edited, "13 March 2025")
				moments[doing+path] = true
				return nil
			}
			build(t, tree, texts(second))
			if done = edited == ""; done {
				break
			}
			if _, _, ok := open(t, dir).Seal(); ok && content(t, dir)[edited] != second[edited] {
				t.Errorf("%s: the seal holds after an edit of %s before %s", name, edited, before)
			}
			build(t, open(t, dir), texts(second))
			if got := content(t, dir)[edited]; got != second[edited] {
				t.Errorf("%s: after an edit before %s, %s is %q", name, before, edited, got)
			}
		}
		for _, moment := range []string{journalPath, "new/0", manifestPath} {
			if !moments["writing"+moment] {
				t.Errorf("%s: nothing was edited before %s was put in place", name, moment)
			}
		}
	}
}
