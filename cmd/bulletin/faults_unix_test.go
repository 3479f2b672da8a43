//go:build unix

package main

import (
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func TestWhatIsNoFileLeavesTheLastGoodSite(t *testing.T) {
	link := func(target, name string) func(t *testing.T, dir string) {
		return func(t *testing.T, dir string) {
			drop(t, dir, name)
			must(t, os.Symlink(target, filepath.Join(dir, name)))
		}
	}
	pipe := func(name string) func(t *testing.T, dir string) {
		return func(t *testing.T, dir string) {
			drop(t, dir, name)
			must(t, os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755))
			must(t, syscall.Mkfifo(filepath.Join(dir, name), 0o644))
		}
	}
	names := func(names ...string) func(t *testing.T, dir string) {
		return func(t *testing.T, dir string) {
			for _, name := range names {
				put(t, dir, name, article("W"))
			}
		}
	}
	out := []string{"--output", "out"}
	for name, f := range map[string]fault{
		"a pipe":                           {make: pipe("content/articles/p.md"), status: 1, says: "content/articles/p.md:1:1: this is a named pipe, not a file"},
		"a pipe for a picture":             {make: pipe("content/p.jpg"), status: 1, says: "content/p.jpg:1:1: this is a named pipe"},
		"a pipe for the settings":          {make: pipe("content/site.yaml"), status: 1, says: "content/site.yaml:1:1: this is a named pipe"},
		"a pipe for a layout":              {make: pipe("layouts/base.html"), status: 1, says: "layouts/base.html:1:1: this is a named pipe"},
		"a socket":                         {make: socket, status: 1, says: "content/s:1:1: this is a socket, not a file"},
		"a link out of the site":           {make: link("/etc/hosts", "content/hosts.txt"), status: 1, says: "content/hosts.txt:1:1: this is a link that leads out of the folder"},
		"a link to a folder outside":       {make: link("/etc", "content/etc"), status: 1, says: "content/etc:1:1: this is a link that leads out of the folder"},
		"a link to a file beside content":  {make: link("../secret.txt", "content/s.txt"), status: 1, says: "content/s.txt:1:1: this is a link that leads out of the folder"},
		"a link to the output":             {make: link("../public", "content/public"), status: 1, says: "content/public:1:1: this is a link that leads out of the folder"},
		"a link to a device":               {make: link("/dev/zero", "layouts"), status: 1, says: "layouts:1:1: this is a link that does not lead to a folder"},
		"a link to itself":                 {make: link("loop", "content/loop"), status: 1, says: "content/loop:1:1: this is a link that leads back to itself"},
		"a link to the folder above":       {make: link("..", "content/articles/up"), status: 1, says: "content/articles/up:1:1: this is a link that leads"},
		"a link to nowhere":                {make: link("nowhere", "content/articles/w.md"), status: 1, says: "content/articles/w.md:1:1: this is a link to a file that does not exist"},
		"layouts that lead nowhere":        {make: link("nowhere", "layouts"), status: 1, says: "layouts:1:1: this is a link that does not lead to a folder"},
		"an output that leads to content":  {make: link("content", "out"), args: out, status: 2, says: "out:1:1: the site cannot be built into this folder"},
		"an output that leads to the site": {make: link(".", "out"), args: out, status: 2, says: "out:1:1: the site cannot be built into this folder"},
		"an output below such a link":      {make: link("content", "out"), args: []string{"--output", "out/a/b"}, status: 2, says: "the site cannot be built into this folder"},
		"an output that leads nowhere":     {make: link("nowhere", "out"), args: out, status: 3, says: "out is a link that leads nowhere"},
		"an output that leads to itself":   {make: link("out", "out"), args: out, status: 3, says: "opening the output folder"},
		"names that differ in case":        {make: names("content/articles/W.md", "content/articles/w.md"), status: 1, says: "differ only in capital letters"},
		"files that differ in case":        {make: names("content/W.pdf", "content/w.pdf"), status: 1, says: "differ only in capital letters"},
		"control characters in a name":     {make: names("content/articles/a\x1b[31m\nb.md"), status: 1, says: `content/articles/a\u001b[31m\u000ab.md:1:1: this name holds a control character`},
		"a name that is not UTF-8":         {make: names("content/articles/a\xffb.md"), status: 1, says: "it is not UTF-8"},
		"a dot at the end of a name":       {make: names("content/x."), status: 1, says: "content/x.:1:1: this name ends with a dot or a space"},
		"a space at the end of a name":     {make: names("content/folder /x.md"), status: 1, says: "content/folder :1:1: this name ends with a dot or a space"},
		"a colon in a name":                {make: names("content/10:30.md"), status: 1, says: `this name holds ":"`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f.run(t)
		})
	}
}

// socket puts a socket among the content.
func socket(t *testing.T, dir string) {
	short, err := os.MkdirTemp("", "s") // a socket's whole path may have 104 bytes at most
	must(t, err)
	listener, err := net.Listen("unix", filepath.Join(short, "s"))
	must(t, err)
	t.Cleanup(func() {
		listener.Close()
		os.RemoveAll(short)
	})
	must(t, os.Rename(filepath.Join(short, "s"), filepath.Join(dir, "content", "s")))
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestForeignFilesInTheOutputAreKept(t *testing.T) {
	for name, what := range map[string]func(t *testing.T, public string){
		"a file": func(t *testing.T, public string) { put(t, public, "articles/w/index.html", "mine") },
		"a file that another names": func(t *testing.T, public string) {
			put(t, public, "mine.html", "mine")
			must(t, os.MkdirAll(filepath.Join(public, "articles/w"), 0o755))
			must(t, os.Symlink("../../mine.html", filepath.Join(public, "articles/w/index.html")))
		},
		"a folder":            func(t *testing.T, public string) { put(t, public, "articles/w/index.html/mine.txt", "mine") },
		"a file for a folder": func(t *testing.T, public string) { put(t, public, "articles/w", "mine") },
		"a pipe": func(t *testing.T, public string) {
			must(t, os.MkdirAll(filepath.Join(public, "articles/w"), 0o755))
			must(t, syscall.Mkfifo(filepath.Join(public, "articles/w/index.html"), 0o644))
		},
		"a link for a folder": func(t *testing.T, public string) {
			must(t, os.Symlink(t.TempDir(), filepath.Join(public, "articles/w")))
		},
	} {
		t.Run(name, func(t *testing.T) {
			fault{make: func(t *testing.T, dir string) {
				what(t, filepath.Join(dir, "public"))
				put(t, dir, "content/articles/w.md", article("W"))
			}, status: 1, says: "and bulletin did not put it there"}.run(t)
		})
	}
}

// TestALargeFileTakesNoMemory publishes a large file, which has no bytes on the
// disk, and refuses larger texts.
func TestALargeFileTakesNoMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("reads and writes gigabytes")
	}
	dir := builtSite(t)
	file, err := os.Create(filepath.Join(dir, "content", "large.pdf"))
	must(t, err)
	must(t, file.Truncate(128<<20))
	must(t, file.Close())
	command := buildCommand(dir)
	out, err := command.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	usage := command.ProcessState.SysUsage().(*syscall.Rusage)
	const limit = 90 << 10                                  // KB
	if used := usage.Maxrss; used > limit && used < 1<<30 { // bytes on some systems, but never a gigabyte of them
		t.Errorf("the build took %d KB of memory for a file of 128 MB", used)
	}
	for _, text := range []string{"content/large.md", "layouts/large.html"} {
		put(t, dir, text, "")
		must(t, os.Truncate(filepath.Join(dir, text), 1<<30))
		status, said := runBuild(t, dir)
		if status != exitProblems || !strings.Contains(said, text+":1:1: this file has 1024.0 MB, and at most 4.0 MB can be read here") {
			t.Errorf("%d\n%s", status, said)
		}
		drop(t, dir, text)
	}
}

// limited is a build in a shell that was told some limits first.
func limited(limits string) func(dir string, args ...string) *exec.Cmd {
	return func(dir string, args ...string) *exec.Cmd {
		build := buildCommand(dir, args...)
		build.Args = append([]string{"sh", "-c", limits + `; exec "$0" "$@"`, build.Path}, build.Args[1:]...)
		build.Path = "/bin/sh"
		return build
	}
}

func TestFilesThatMayNotGrowLeaveTheLastGoodSite(t *testing.T) {
	fault{make: func(t *testing.T, dir string) {
		put(t, dir, "content/articles/w.md", article("W"))
	}, command: limited("ulimit -f 2"), status: exitMachine, says: "file too large"}.run(t)
}

func TestLittleIsNeededOfTheSystem(t *testing.T) {
	for name, limits := range map[string]string{
		"few open files": "ulimit -n 32", "a small stack": "ulimit -s 256", "no standard files": "exec <&- >&- 2>&-",
	} {
		t.Run(name, func(t *testing.T) {
			dir := builtSite(t)
			for i := range 100 {
				put(t, dir, fmt.Sprintf("content/articles/a/%d/b.md", i), article(fmt.Sprint("B ", i)))
			}
			if status, said := outcome(t, limited(limits)(dir)); status != exitDone {
				t.Fatalf("%d\n%s", status, said)
			}
			if found := snapshot(t, filepath.Join(dir, "public")); found["articles/a/99/b/index.html"] == "" {
				t.Error("not all was built")
			}
		})
	}
}

// TestASecondNameOfAnOutputKeepsItsBytes changes outputs that have another name
// elsewhere, as copies that save room have, or may not be written to.
func TestASecondNameOfAnOutputKeepsItsBytes(t *testing.T) {
	dir := builtSite(t)
	home, copied := filepath.Join(dir, "public/index.html"), filepath.Join(dir, "copy.html")
	must(t, os.Link(home, copied))
	must(t, os.Chmod(copied, 0o444))
	before, err := os.ReadFile(home)
	must(t, err)
	put(t, dir, "content/site.yaml", "title: Another name\nurl: https://example.org\n")
	if status, said := runBuild(t, dir); status != exitDone {
		t.Fatalf("%d\n%s", status, said)
	}
	after, err := os.ReadFile(home)
	must(t, err)
	kept, err := os.ReadFile(copied)
	must(t, err)
	if !strings.Contains(string(after), "Another name") || string(kept) != string(before) {
		t.Error("the copy was written to, or the page was not")
	}
}

// TestWhatIsRememberedMayBeAnything damages what a build remembered for the
// next, which does without it.
func TestWhatIsRememberedMayBeAnything(t *testing.T) {
	for name, damage := range map[string]func(file string) error{
		"a pipe":          func(file string) error { return errors.Join(os.Remove(file), syscall.Mkfifo(file, 0o600)) },
		"a folder":        func(file string) error { return errors.Join(os.Remove(file), os.MkdirAll(file+"/x", 0o700)) },
		"a link to zeros": func(file string) error { return errors.Join(os.Remove(file), os.Symlink("/dev/zero", file)) },
		"64 GB":           func(file string) error { return os.Truncate(file, 64<<30) },
		"part of it":      func(file string) error { return os.Truncate(file, 60) },
		"nothing":         func(file string) error { return os.Truncate(file, 0) },
		"a file for folder": func(file string) error {
			dir := filepath.Dir(file)
			return errors.Join(os.RemoveAll(dir), os.WriteFile(dir, nil, 0o600))
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir, cache := t.TempDir(), t.TempDir()
			put(t, dir, "content/site.yaml", "title: Example update\nurl: https://example.org\n")
			build := func() {
				command := buildCommand(dir)
				command.Env = append(os.Environ(), "XDG_CACHE_HOME="+cache, "HOME="+cache)
				if status, said := outcome(t, command); status != exitDone {
					t.Fatalf("%d\n%s", status, said)
				}
			}
			build()
			before := snapshot(t, filepath.Join(dir, "public"))
			damaged := 0
			must(t, filepath.WalkDir(cache, func(path string, d fs.DirEntry, err error) error {
				if err != nil || !d.Type().IsRegular() {
					return err
				}
				damaged++
				return damage(path)
			}))
			if damaged == 0 {
				t.Fatal("nothing is remembered")
			}
			build()
			put(t, dir, "content/about.md", "---\ntitle: About\n---\nWho we are.\n")
			build()
			drop(t, dir, "content/about.md")
			build()
			if diff := snapshotDiff(before, snapshot(t, filepath.Join(dir, "public"))); diff != "" {
				t.Errorf("the output is another: %s", diff)
			}
		})
	}
}

// TestWhatOneMayNotReadOrWrite runs builds as another user than root, to whom
// permissions mean nothing.
func TestWhatOneMayNotReadOrWrite(t *testing.T) {
	closed := func(name string, mode os.FileMode) func(t *testing.T, dir string) {
		return func(t *testing.T, dir string) {
			put(t, dir, "content/articles/w.md", article("W"))
			asNobody(t, dir)
			file := filepath.Join(dir, filepath.FromSlash(name))
			info, err := os.Stat(file)
			must(t, err)
			must(t, os.Chmod(file, mode))
			t.Cleanup(func() { must(t, os.Chmod(file, info.Mode())) })
		}
	}
	bulletin := forEverybody(t)
	for name, f := range map[string]fault{
		"a file":                 {make: closed("content/articles/w.md", 0), status: 1, says: "content/articles/w.md:1:1: this cannot be read: permission denied"},
		"the settings":           {make: closed("content/site.yaml", 0), status: 1, says: "content/site.yaml:1:1: this cannot be read: permission denied"},
		"a folder":               {make: closed("content/articles", 0), status: 1, says: "content/articles:1:1: this cannot be read: permission denied"},
		"the content":            {make: closed("content", 0), status: 3, says: "content: permission denied"},
		"the output":             {make: closed("public", 0o555), status: 3, says: "permission denied"},
		"a folder of the output": {make: closed("public/articles", 0o555), status: 3, says: "permission denied"},
		"bulletin's own folder":  {make: closed("public/.bulletin", 0o555), status: 3, says: "permission denied"},
	} {
		t.Run(name, func(t *testing.T) {
			f.command = func(dir string, args ...string) *exec.Cmd {
				command := buildCommand(dir, args...)
				if os.Getuid() == 0 {
					command.Path = bulletin
					command.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobodyID, Gid: nobodyID}}
				}
				return command
			}
			f.run(t)
		})
	}
}

// nobodyID is the user without rights that most systems have.
const nobodyID = 65534

// asNobody gives a site to another user, if this one is root.
func asNobody(t *testing.T, dir string) {
	t.Helper()
	if os.Getuid() != 0 {
		return
	}
	letIn(t, dir)
	must(t, filepath.Walk(dir, func(path string, _ os.FileInfo, err error) error {
		if err != nil {
			return err
		}
		return os.Lchown(path, nobodyID, nobodyID)
	}))
}

// letIn lets everybody come to a folder.
func letIn(t *testing.T, dir string) {
	t.Helper()
	for above := dir; above != filepath.Dir(above); above = filepath.Dir(above) {
		if info, err := os.Stat(above); err == nil && info.Mode()&0o001 == 0 {
			must(t, os.Chmod(above, info.Mode()|0o055))
		}
	}
}

// forEverybody gives a copy of the program that other users can run too.
func forEverybody(t *testing.T) string {
	t.Helper()
	path, err := os.Executable()
	must(t, err)
	data, err := os.ReadFile(path)
	must(t, err)
	dir := t.TempDir()
	letIn(t, dir)
	copied := filepath.Join(dir, "bulletin")
	must(t, os.WriteFile(copied, data, 0o755))
	return copied
}
