package output

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAnAmendedFolderIsFoundRightByTheNextCommit(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	tree := open(t, dir)
	plan, _, err := tree.Plan(texts(map[string]string{"a": "a", "b/c": "c", "d": "d"}))
	if err != nil {
		t.Fatal(err)
	}
	result, _, err := plan.Commit(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	before := content(t, dir)
	standing, ok := tree.Standing(result.Seal)
	if !ok {
		t.Fatal("the folder is not as the commit left it")
	}
	changed, err := standing.Amend(context.Background(), texts(map[string]string{"a": "a", "b/c": "new"}))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"b/c"}, changed); diff != "" {
		t.Errorf("changed:\n%s", diff)
	}
	want := before
	want["b/c"] = "new"
	if diff := cmp.Diff(want, content(t, dir)); diff != "" {
		t.Errorf("after the amendment:\n%s", diff)
	}
	if _, _, ok := tree.Seal(); ok {
		t.Error("an amended folder passes for one that is as a commit left it")
	}
	plan, _, err = tree.Plan(texts(map[string]string{"a": "a", "b/c": "new", "d": "d"}))
	if err != nil {
		t.Fatal(err)
	}
	result, _, err = plan.Commit(context.Background(), nil)
	if err != nil || len(result.Changed) > 0 {
		t.Errorf("the next commit changed %v: %v", result.Changed, err)
	}
	if _, err := standing.Amend(context.Background(), texts(map[string]string{"a": "newer"})); !errors.Is(err, ErrNotAsLeft) {
		t.Errorf("after another commit, amending says: %v", err)
	}
}

func TestAnAmendmentThatFailsChangesNothing(t *testing.T) {
	broken := New("a", Key{}, "x", func(io.Writer, string) error { return errors.New("out of ink") })
	for name, second := range map[string]Job{"maker": broken, "missing": texts(map[string]string{"z": "z"})[0]} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "public")
			tree := open(t, dir)
			build(t, tree, texts(map[string]string{"a": "a", "b": "b"}))
			seal, _, ok := tree.Seal()
			if !ok {
				t.Fatal("there is no seal")
			}
			standing, ok := tree.Standing(seal)
			if !ok {
				t.Fatal("the folder is not as the commit left it")
			}
			before := content(t, dir)
			if _, err := standing.Amend(context.Background(), append(texts(map[string]string{"b": "new"}), second)); err == nil {
				t.Error("there is no error")
			}
			if diff := cmp.Diff(before, content(t, dir)); diff != "" {
				t.Errorf("something changed:\n%s", diff)
			}
		})
	}
}

func TestAFolderWithALinkIsNotAmended(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	tree := open(t, dir)
	build(t, tree, texts(map[string]string{"a/b": "b"}))
	seal, _, _ := tree.Seal()
	standing, ok := tree.Standing(seal)
	if !ok {
		t.Fatal("the folder is not as the commit left it")
	}
	elsewhere := filepath.Join(filepath.Dir(dir), "elsewhere")
	if err := os.Rename(filepath.Join(dir, "a"), elsewhere); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(elsewhere, filepath.Join(dir, "a")); err != nil {
		t.Skip(err)
	}
	if _, err := standing.Amend(context.Background(), texts(map[string]string{"a/b": "new"})); !errors.Is(err, ErrNotAsLeft) {
		t.Errorf("amending behind a link says: %v", err)
	}
}
