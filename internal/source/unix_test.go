//go:build unix

package source

import (
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestReadOpensNothingButFiles(t *testing.T) {
	dir, folder := onDisk(t, map[string]string{"content/a.md": "a"})
	must(t, syscall.Mkfifo(filepath.Join(dir, "content/pipe.md"), 0o600))
	t.Chdir(filepath.Join(dir, "content")) // a socket's path must be short
	socket, err := net.Listen("unix", "socket.md")
	must(t, err)
	defer socket.Close()
	tree, problems := read(t, folder, Options{Dir: "content"})
	equal(t, "names", names(tree), []string{"a.md"})
	equal(t, "problems", rules(problems), []string{"content/pipe.md not-a-file", "content/socket.md not-a-file"})
	if !strings.Contains(problems[0].Text, "named pipe") || !strings.Contains(problems[1].Text, "socket") {
		t.Error(problems)
	}
}

// A file may become a pipe between the look and the reading.
func TestReadDoesNotWaitForAPipe(t *testing.T) {
	dir, folder := onDisk(t, map[string]string{"content/a.md": "a"})
	path := filepath.Join(dir, "content/a.md")
	swapped := hooked{folder, func(string) {
		os.Remove(path)
		syscall.Mkfifo(path, 0o600)
	}}
	_, problems := read(t, swapped, Options{Dir: "content"})
	equal(t, "problems", rules(problems), []string{"content/a.md not-a-file"})
}

func link(t *testing.T, dir, name, target string) {
	t.Helper()
	must(t, os.Symlink(target, filepath.Join(dir, name)))
}

func TestReadFollowsLinksInTheTreeAndNoOthers(t *testing.T) {
	dir, folder := onDisk(t, map[string]string{
		"content/a.md": "a", "content/x/b.md": "b", "content/y/deep/c.md": "c", "content/z/": "", "content/s/": "", "public/index.html": "out",
	})
	outside := t.TempDir()
	write(t, outside, map[string]string{"secret.md": "secret"})
	link(t, dir, "content/file.md", "a.md")
	link(t, dir, "content/folder", "x")
	link(t, dir, "content/x/up.md", "../y/deep/c.md")
	link(t, dir, "content/chain.md", "file.md")
	link(t, dir, "content/through.md", "folder/b.md")
	link(t, dir, "content/absolute.md", filepath.Join(dir, "content/a.md"))
	link(t, dir, "content/outside.md", filepath.Join(outside, "secret.md"))
	link(t, dir, "content/above", "../../../../../../../../../../etc")
	link(t, dir, "content/output", "../public")
	link(t, dir, "content/whole", "..")
	link(t, dir, "content/broken.md", "none.md")
	link(t, dir, "content/self.md", "self.md")
	link(t, dir, "content/y/deep/back", "../../y")
	link(t, dir, "content/here", ".")
	link(t, dir, "content/z/s", "../s")
	link(t, dir, "content/s/z", "../z")

	tree, problems := read(t, folder, Options{Dir: "content"})
	equal(t, "names", names(tree), []string{"a.md", "chain.md", "file.md", "folder/b.md", "folder/up.md", "through.md", "x/b.md", "x/up.md", "y/deep/c.md"})
	equal(t, "problems", rules(problems), []string{
		"content/above outside-link", "content/absolute.md outside-link", "content/broken.md broken-link", "content/here link-loop",
		"content/output outside-link", "content/outside.md outside-link", "content/s/z/s link-loop", "content/self.md link-loop",
		"content/whole outside-link", "content/y/deep/back link-loop", "content/z/s/z link-loop",
	})
	for _, name := range []string{"chain.md", "through.md", "folder/up.md"} {
		want := map[string]string{"chain.md": "a", "through.md": "b", "folder/up.md": "c"}[name]
		if f, _ := tree.Get(name); string(f.Data) != want {
			t.Errorf("%s is %q, want %q", name, f.Data, want)
		}
	}
}

func TestReadBoundsFoldersLinkedInLinkedFolders(t *testing.T) {
	dir, folder := onDisk(t, map[string]string{"end/a.md": "a"})
	next := "end"
	for _, name := range strings.Split("k j i h g f e d c b a", " ") {
		must(t, os.Mkdir(filepath.Join(dir, name), 0o755))
		link(t, dir, name+"/one", "../"+next)
		link(t, dir, name+"/two", "../"+next)
		next = name
	}
	if _, problems := read(t, folder, Options{}); len(problems) == 0 || problems[0].Rule != "link-loop" {
		t.Errorf("problems are %v, want link-loop", problems)
	}
}

func TestReadFollowsAContentFolderThatIsALink(t *testing.T) {
	dir, folder := onDisk(t, map[string]string{"texts/a.md": "a"})
	link(t, dir, "content", "texts")
	tree, problems := read(t, folder, Options{Dir: "content"})
	if f, ok := tree.Get("a.md"); !ok || f.Path != "content/a.md" || len(problems) > 0 {
		t.Errorf("%v, %v", names(tree), problems)
	}
	must(t, os.Remove(filepath.Join(dir, "content")))
	link(t, dir, "content", t.TempDir())
	if _, _, err := Read(folder, Options{Dir: "content"}); err == nil {
		t.Error("a content folder outside the site is read")
	}
}

func TestFolderGivesNothingOutsideIt(t *testing.T) {
	dir, folder := onDisk(t, map[string]string{"a.md": "a"})
	outside := t.TempDir()
	write(t, outside, map[string]string{"secret.md": "secret"})
	link(t, dir, "link.md", filepath.Join(outside, "secret.md"))
	link(t, dir, "folder", outside)
	for _, name := range []string{"link.md", "folder/secret.md", "../x", "/etc/passwd", "folder"} {
		if f, err := folder.Open(name); err == nil {
			f.Close()
			t.Errorf("%s is opened", name)
		}
		if _, err := folder.Stat(name); err == nil {
			t.Errorf("%s is described", name)
		}
		if _, err := folder.ReadDir(name); err == nil {
			t.Errorf("%s is listed", name)
		}
	}
	for _, name := range []string{"../x", "/etc/passwd"} {
		if _, err := folder.Lstat(name); err == nil {
			t.Errorf("%s is described", name)
		}
		if _, err := folder.ReadLink(name); err == nil {
			t.Errorf("%s is followed", name)
		}
	}
	if info, err := folder.Stat("a.md"); err != nil || info.Size() != 1 {
		t.Errorf("a.md is %v, %v", info, err)
	}
}

func TestReadRefusesNamesOnDisk(t *testing.T) {
	if runtime.GOOS == "darwin" {
		t.Skip("this system refuses such names itself")
	}
	_, folder := onDisk(t, map[string]string{"caf\xe9.md": "", "a:b/c.md": "", "line\nbreak.md": "", "ok.md": "", "nul.md": ""})
	tree, problems := read(t, folder, Options{Dir: "."})
	equal(t, "names", names(tree), []string{"nul.md", "ok.md"})
	equal(t, "problems", rules(problems), []string{"a:b file-name", "caf\uFFFD.md file-name", "line\nbreak.md file-name", "nul.md file-name"})
}

func TestReadNamesAFileWithoutPermission(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("root may read every file")
	}
	dir, folder := onDisk(t, map[string]string{"a.md": "a", "closed/b.md": "b"})
	must(t, os.Chmod(filepath.Join(dir, "a.md"), 0))
	must(t, os.Chmod(filepath.Join(dir, "closed"), 0))
	t.Cleanup(func() { os.Chmod(filepath.Join(dir, "closed"), 0o755) })
	_, problems := read(t, folder, Options{Dir: "."})
	equal(t, "problems", rules(problems), []string{"a.md unreadable", "closed unreadable"})
}

// An edit that keeps the size and puts the time back shows in the change time,
// and a file that takes another's place in the inode.
func TestReadNoticesAnEditThatSetsTheTimeBack(t *testing.T) {
	for name, edit := range map[string]func(path string) error{
		"in place":  func(path string) error { return os.WriteFile(path, []byte("new"), 0o644) },
		"by rename": func(path string) error { return os.Rename(path+".next", path) },
	} {
		dir, folder := onDisk(t, map[string]string{"a.md": "old", "a.md.next": "new"})
		path := filepath.Join(dir, "a.md")
		for _, p := range []string{path, path + ".next"} {
			must(t, os.Chtimes(p, longAgo, longAgo))
		}
		// As though the reading were long after the change time.
		first, _ := read(t, folder, Options{Now: time.Now().Add(time.Hour)})
		waitForTick(t, dir)
		must(t, edit(path))
		must(t, os.Chtimes(path, longAgo, longAgo))
		for _, prev := range []*Tree{nil, first} {
			second, _ := read(t, folder, Options{Prev: prev, Now: time.Now().Add(time.Hour)})
			if f, _ := second.Get("a.md"); string(f.Data) != "new" {
				t.Errorf("%s: a.md is %q", name, f.Data)
			}
		}
	}
}

// A tree is the same whether or not there was one before it, after any edits,
// although the one before is trusted as far as it ever is.
func TestReadDependsOnNothingButBytes(t *testing.T) {
	dir, folder := onDisk(t, map[string]string{"content/a.md": "a", "content/x/b.md": "b", "content/x/c.pdf": "c"})
	random := rand.New(rand.NewPCG(1, 2))
	var prev *Tree
	for step := range 200 {
		edit(t, random, filepath.Join(dir, "content"))
		with, problems := read(t, folder, Options{Dir: "content", Prev: prev, Now: time.Now().Add(time.Hour)})
		without, _ := read(t, folder, Options{Dir: "content"})
		if with.Sum() != without.Sum() || len(problems) > 0 {
			t.Fatalf("step %d: %v and %v differ (%v)", step, names(with), names(without), problems)
		}
		prev = with
		waitForTick(t, dir)
	}
}

// edit does one thing to the files in dir, often with their times set back.
func edit(t *testing.T, random *rand.Rand, dir string) {
	name := func() string {
		return filepath.Join(dir, []string{"", "x", "y/z"}[random.IntN(3)], fmt.Sprintf("%c%s", 'a'+rune(random.IntN(4)), []string{".md", ".pdf"}[random.IntN(2)]))
	}
	path := name()
	must(t, os.MkdirAll(filepath.Dir(path), 0o755))
	switch random.IntN(7) {
	case 0:
		os.Remove(path)
	case 1:
		os.Rename(name(), path)
	case 2:
		os.RemoveAll(filepath.Join(dir, "x"))
	case 3: // x and y/z change places
		os.Rename(filepath.Join(dir, "x"), filepath.Join(dir, "w"))
		os.Rename(filepath.Join(dir, "y/z"), filepath.Join(dir, "x"))
		os.Rename(filepath.Join(dir, "w"), filepath.Join(dir, "y/z"))
	default:
		must(t, os.WriteFile(path, []byte{byte('a' + random.IntN(26))}, 0o644))
		must(t, os.Chtimes(path, longAgo, longAgo))
	}
}

// waitForTick sees to it that a file that is edited from now on has another
// change time than any before: the clock of a file system moves in steps of
// some milliseconds.
func waitForTick(t *testing.T, dir string) {
	t.Helper()
	path := filepath.Join(dir, "tick")
	must(t, os.WriteFile(path, nil, 0o644))
	first, err := os.Lstat(path)
	must(t, err)
	for info := first; stampOf(info).equal(stampOf(first)); {
		must(t, os.Chtimes(path, first.ModTime(), first.ModTime()))
		info, err = os.Lstat(path)
		must(t, err)
	}
}
