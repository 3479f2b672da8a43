package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// mount mounts a small file system of its own over a folder, which it makes.
// Only root may; containers may forbid it.
func mount(t *testing.T, dir, options string) {
	t.Helper()
	must(t, os.MkdirAll(dir, 0o755))
	if err := syscall.Mount("none", dir, "tmpfs", 0, options); err != nil {
		t.Skipf("this system does not let a test mount a file system: %v", err)
	}
	t.Cleanup(func() { must(t, syscall.Unmount(dir, syscall.MNT_DETACH)) })
}

// articles adds articles of some kilobytes to a site.
func articles(t *testing.T, dir string, n int) {
	t.Helper()
	for i := range n {
		put(t, dir, fmt.Sprintf("content/articles/more-%d.md", i), article(fmt.Sprint("More ", i))+strings.Repeat("word ", 600))
	}
}

// TestAFullDiskLeavesTheLastGoodSite fills the disk at another moment each
// time: while files are made, and while they are put in place.
func TestAFullDiskLeavesTheLastGoodSite(t *testing.T) {
	failed := map[string]bool{}
	for _, options := range []string{
		"size=300k", "size=500k", "nr_inodes=120", "nr_inodes=136", "nr_inodes=150",
	} {
		t.Run(options, func(t *testing.T) {
			dir := builtSite(t)
			out := filepath.Join(dir, "out")
			mount(t, out, options)
			if status, said := runBuild(t, dir, "--output", "out"); status != exitDone {
				t.Fatalf("the first build ends with %d:\n%s", status, said)
			}
			articles(t, dir, 60)
			before := snapshot(t, out)
			status, said := runBuild(t, dir, "--output", "out")
			if status == exitDone {
				return
			}
			if status != exitMachine || !strings.Contains(said, "no space left on device") || !strings.Contains(said, "the disk is full") {
				t.Errorf("%d\n%s", status, said)
			}
			what, _, _ := strings.Cut(strings.TrimPrefix(said, "bulletin: "), " /")
			failed[what] = true
			if diff := snapshotDiff(before, snapshot(t, out)); diff != "" {
				t.Errorf("the output was changed: %s\n%s", diff, said)
			}
			drop(t, dir, "content/articles")
			if status, said := runBuild(t, dir, "--output", "out"); status != exitDone {
				t.Errorf("a smaller site cannot be built: %d\n%s", status, said)
			}
		})
	}
	if !t.Failed() && len(failed) > 0 && (!failed["writing"] || !failed["making folder"]) {
		t.Errorf("the disk was not full at each of the moments: %v", failed)
	}
}

func TestAFullDiskOfAFirstBuildLeavesNothing(t *testing.T) {
	dir := builtSite(t)
	out := filepath.Join(dir, "out")
	mount(t, out, "size=16k")
	status, said := runBuild(t, dir, "--output", "out")
	if status != exitMachine || !strings.Contains(said, "no space left on device") {
		t.Errorf("%d\n%s", status, said)
	}
	if found := snapshot(t, out); len(found) != 1 {
		t.Errorf("files are left: %v", found)
	}
}

func TestAFullDiskLeavesNoPartOfANewSite(t *testing.T) {
	dir := t.TempDir()
	for _, options := range []string{"size=8k", "nr_inodes=6"} {
		site := filepath.Join(dir, options)
		must(t, os.Mkdir(site, 0o755))
		mount(t, site, options)
		status, said := outcome(t, exec.Command("bulletin", "init", site))
		if status != exitMachine || !strings.Contains(said, "no space left on device") {
			t.Errorf("%s: %d\n%s", options, status, said)
		}
		if found := snapshot(t, site); len(found) != 1 {
			t.Errorf("%s: files are left: %v", options, found)
		}
	}
}

func TestAReadOnlyOutputLeavesTheLastGoodSite(t *testing.T) {
	fault{make: func(t *testing.T, dir string) {
		out := filepath.Join(dir, "public")
		must(t, os.Rename(out, filepath.Join(dir, "built")))
		mount(t, out, "size=4m")
		must(t, os.CopyFS(out, os.DirFS(filepath.Join(dir, "built"))))
		must(t, syscall.Mount("none", out, "tmpfs", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""))
		put(t, dir, "content/articles/w.md", article("W"))
	}, status: exitMachine, says: "read-only file system"}.run(t)
}

func TestAReadOnlySourceCanBeBuilt(t *testing.T) {
	dir := builtSite(t)
	mount(t, filepath.Join(dir, "content"), "size=1m")
	put(t, dir, "content/site.yaml", "title: Example update\nurl: https://example.org\n")
	must(t, syscall.Mount("none", filepath.Join(dir, "content"), "tmpfs", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""))
	if status, said := runBuild(t, dir); status != exitDone {
		t.Errorf("%d\n%s", status, said)
	}
}

func TestDevicesAreRefused(t *testing.T) {
	for name, device := range map[string]int{"content/null.md": 1<<8 | 3, "content/zero.pdf": 1<<8 | 5, "content/full.yaml": 1<<8 | 7} {
		fault{make: func(t *testing.T, dir string) {
			if err := syscall.Mknod(filepath.Join(dir, name), syscall.S_IFCHR|0o666, device); err != nil {
				t.Skipf("this system does not let a test make a device: %v", err)
			}
		}, status: exitProblems, says: name + ":1:1: this is a device, not a file"}.run(t)
	}
}

func TestAFullStandardOutput(t *testing.T) {
	dir := builtSite(t)
	for _, args := range [][]string{nil, {"--json"}} {
		full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
		if err != nil {
			t.Skip(err)
		}
		command := buildCommand(dir, args...)
		command.Stdout = full
		status, said := outcome(t, command)
		full.Close()
		if status != exitMachine || !strings.Contains(said, "no space left on device") {
			t.Errorf("%v: %d\n%s", args, status, said)
		}
	}
}
