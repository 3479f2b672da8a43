package e2e

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
)

var (
	// repository is the root of the repository, whose sample site is tested.
	repository string
	// workspace is a folder for what the tests make; it is gone at the end.
	workspace string
	// program is the built command.
	program string
)

func TestMain(m *testing.M) {
	code, err := run(m)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

func run(m *testing.M) (int, error) {
	var err error
	if repository, err = filepath.Abs(filepath.Join("..", "..")); err != nil {
		return 0, err
	}
	if workspace, err = os.MkdirTemp("", "bulletin-e2e-"); err != nil {
		return 0, err
	}
	defer os.RemoveAll(workspace)
	program = filepath.Join(workspace, "bulletin")
	if runtime.GOOS == "windows" {
		program += ".exe"
	}
	build := exec.Command("go", "build", "-o", program, "./cmd/bulletin")
	build.Dir = repository
	if out, err := build.CombinedOutput(); err != nil {
		return 0, fmt.Errorf("building the command: %w\n%s", err, out)
	}
	defer atEnd.run()
	return m.Run(), nil
}

// atEnd holds what closes things that all tests share.
var atEnd closers

type closers struct {
	mu   sync.Mutex
	list []func()
}

func (c *closers) add(f func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.list = append(c.list, f)
}

// run closes in the opposite order.
func (c *closers) run() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for i := len(c.list) - 1; i >= 0; i-- {
		c.list[i]()
	}
}

// lacking ends a test for which something is missing on this machine: a
// failure in CI, a skip elsewhere.
func lacking(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatalf("%s: in CI this is a failure", what)
	}
	t.Skip(what)
}

// nodeFile gives a file of an installed package.
func nodeFile(t *testing.T, name ...string) string {
	t.Helper()
	file := filepath.Join(append([]string{"node_modules"}, name...)...)
	if _, err := os.Stat(file); err != nil {
		lacking(t, file+" is missing: run npm ci --ignore-scripts in internal/e2e")
	}
	return file
}
