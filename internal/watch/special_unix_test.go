//go:build unix

package watch

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

func TestUnreadableFoldersAndSpecialFilesDoNotStopTheWalk(t *testing.T) {
	content := t.TempDir()
	write(t, filepath.Join(content, "closed", "page.md"), "text")
	write(t, filepath.Join(content, "page.md"), "text")
	must(t, os.Chmod(filepath.Join(content, "closed"), 0))
	t.Cleanup(func() { os.Chmod(filepath.Join(content, "closed"), 0o755) })
	if err := syscall.Mkfifo(filepath.Join(content, "pipe"), 0o644); err != nil && !errors.Is(err, syscall.ENOTSUP) {
		t.Fatal(err)
	}
	must(t, os.Symlink("nowhere", filepath.Join(content, "dangling")))
	got := walk([]string{content}, func(string) bool { return false })
	for _, name := range []string{"closed", "page.md", "pipe", "dangling"} {
		if _, ok := got.stamps[filepath.Join(content, name)]; !ok {
			t.Errorf("the walk did not find %s", name)
		}
	}
}
