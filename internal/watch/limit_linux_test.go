package watch

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestTheLimitOfThisSystemIsSurvived lowers the number of folders that may be
// watched, for a copy of this test that runs in a user namespace of its own,
// and shows that changes are still found. It must not touch the limit of the
// whole computer, fs.inotify.max_user_watches, which is the same in every
// namespace; the one under /proc/sys/user belongs to the namespace
// (namespaces(7)).
func TestTheLimitOfThisSystemIsSurvived(t *testing.T) {
	const limit = "/proc/sys/user/max_inotify_watches"
	if os.Getenv("BULLETIN_TEST_LIMITED") == "" {
		command := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v")
		command.Env = append(os.Environ(), "BULLETIN_TEST_LIMITED=1")
		command.SysProcAttr = &syscall.SysProcAttr{
			Cloneflags:  syscall.CLONE_NEWUSER,
			UidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}},
		}
		out, err := command.CombinedOutput()
		switch {
		case err != nil && len(out) == 0:
			t.Skipf("this system does not let a test have a user of its own: %v", err)
		case err != nil:
			t.Errorf("%v\n%s", err, out)
		case strings.Contains(string(out), "--- SKIP"):
			t.Skipf("%s", out)
		}
		return
	}
	if users, err := os.ReadFile("/proc/self/uid_map"); err != nil || len(strings.Fields(string(users))) != 3 ||
		strings.Fields(string(users))[2] != "1" {
		t.Skipf("this copy is not in a user namespace of its own: %s %v", users, err)
	}
	if err := os.WriteFile(limit, []byte("3"), 0); err != nil {
		t.Skipf("this system does not let a test lower %s: %v", limit, err)
	}
	content := t.TempDir()
	notices := make(chan string, 1)
	w := begin(t, Options{
		Roots: []string{content}, Recheck: 20 * time.Millisecond,
		Notice: func(text string) { notices <- text },
	})
	page := filepath.Join(content, "a", "b", "c", "page.md")
	write(t, page, "one")
	rings(t, w, "new folders", has(page, "one"))
	select {
	case text := <-notices:
		if !strings.Contains(text, "max_user_watches") {
			t.Errorf("the notice does not say what could be done: %s", text)
		}
	case <-time.After(patience):
		t.Fatal("no notice was given")
	}
	write(t, page, "two!")
	rings(t, w, "edit while polling", has(page, "two!"))
}
