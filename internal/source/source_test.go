package source

import (
	"crypto/sha256"
	"embed"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"bulletin/internal/diag"

	"github.com/google/go-cmp/cmp"
)

//go:embed testdata/tree
var embedded embed.FS

// write makes files below dir; a name that ends with a slash is a folder.
func write(t testing.TB, dir string, files map[string]string) {
	t.Helper()
	for name, data := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if strings.HasSuffix(name, "/") {
			must(t, os.MkdirAll(path, 0o755))
			continue
		}
		must(t, os.MkdirAll(filepath.Dir(path), 0o755))
		must(t, os.WriteFile(path, []byte(data), 0o644))
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// onDisk opens a new folder with these files.
func onDisk(t testing.TB, files map[string]string) (string, *Folder) {
	t.Helper()
	dir := t.TempDir()
	write(t, dir, files)
	folder, err := OpenFolder(dir)
	must(t, err)
	t.Cleanup(func() { folder.Close() })
	return dir, folder
}

func read(t testing.TB, fsys fs.FS, o Options) (*Tree, diag.List) {
	t.Helper()
	tree, problems, err := Read(fsys, o)
	must(t, err)
	return tree, problems
}

func names(t *Tree) []string {
	var names []string
	for f := range t.Files() {
		names = append(names, f.Name)
	}
	return names
}

// rules gives "path rule" for each problem.
func rules(problems diag.List) []string {
	var rules []string
	for _, p := range problems {
		rules = append(rules, p.File+" "+p.Rule)
	}
	return rules
}

func equal(t *testing.T, what string, got, want any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

func TestReadGivesFilesInTheOrderOfTheirNames(t *testing.T) {
	files := map[string]string{
		"content/site.yaml": "title: T", "content/articles/b.md": "b", "content/articles/a/index.md": "a", "content/articles/a/photo.jpg": "jpeg",
		"content/articles/a.md": "", "content/Über uns.MD": "ü", "content/empty/": "", "layouts/base.html": "no",
	}
	_, folder := onDisk(t, files)
	tree, problems := read(t, folder, Options{Dir: "content"})
	equal(t, "problems", rules(problems), []string(nil))
	equal(t, "names", names(tree), []string{"articles/a.md", "articles/a/index.md", "articles/a/photo.jpg", "articles/b.md", "site.yaml", "Über uns.MD"})
	for f := range tree.Files() {
		data := files["content/"+f.Name]
		if f.Path != "content/"+f.Name || f.Size != int64(len(data)) || f.Sum != sha256.Sum256([]byte(data)) {
			t.Errorf("%s is %+v", f.Name, f)
		}
		if kept := f.Data != nil; kept != (f.Name != "articles/a/photo.jpg") || kept && string(f.Data) != data {
			t.Errorf("%s: data is %q, want %q", f.Name, f.Data, data)
		}
		if r, err := f.Open(); err != nil {
			t.Error(err)
		} else if got, err := io.ReadAll(r); err != nil || string(got) != data || r.Close() != nil {
			t.Errorf("%s opened gives %q, %v", f.Name, got, err)
		}
	}
	if f, ok := tree.Get("articles/b.md"); !ok || f.Name != "articles/b.md" || tree.Len() != 6 {
		t.Errorf("Get gives %v, %v of %d", f, ok, tree.Len())
	}
	if _, ok := tree.Get("articles"); ok {
		t.Error("Get gives a file for a folder")
	}
}

func TestReadIsTheSameFromEveryFileSystem(t *testing.T) {
	disk, err := OpenFolder("testdata")
	must(t, err)
	defer disk.Close()
	fromDisk, _ := read(t, disk, Options{Dir: "tree", Keep: Everything})
	fromProgram, problems := read(t, embedded, Options{Dir: "testdata/tree", Prefix: "built-in", Keep: Everything})
	equal(t, "problems", rules(problems), []string(nil))
	if fromDisk.Len() != 2 || fromDisk.Sum() != fromProgram.Sum() {
		t.Errorf("%v on disk, %v in the program", names(fromDisk), names(fromProgram))
	}
	if f, ok := fromProgram.Get("assets/site.css"); !ok || f.Path != "built-in/assets/site.css" || f.Data == nil {
		t.Errorf("the file in the program is %+v", f)
	}
	sub, _ := read(t, os.DirFS("testdata/tree"), Options{})
	if f, ok := sub.Get("base.html"); !ok || f.Path != "base.html" || f.Data != nil || sub.Sum() != fromDisk.Sum() {
		t.Errorf("the whole file system gives %v", names(sub))
	}
}

func TestReadSaysThatAFolderIsMissing(t *testing.T) {
	_, folder := onDisk(t, map[string]string{"file": ""})
	if _, _, err := Read(folder, Options{Dir: "content"}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("err = %v, want fs.ErrNotExist", err)
	}
	if _, _, err := Read(folder, Options{Dir: "file"}); err == nil || errors.Is(err, fs.ErrNotExist) {
		t.Errorf("err = %v, want that this is not a folder", err)
	}
	if _, _, err := Read(folder, Options{Dir: "../elsewhere"}); err == nil {
		t.Error("a folder outside is read")
	}
	if _, err := OpenFolder(filepath.Join(t.TempDir(), "none")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("err = %v, want fs.ErrNotExist", err)
	}
}

// A folder that is moved away while it is read is missing; it must not look as
// though its files had been deleted.
func TestReadNoticesThatTheFolderWasMovedMeanwhile(t *testing.T) {
	dir, folder := onDisk(t, map[string]string{"content/a.md": "a", "content/b.md": "b"})
	moved := hooked{folder, func(string) { os.Rename(filepath.Join(dir, "content"), filepath.Join(dir, "away")) }}
	if tree, _, err := Read(moved, Options{Dir: "content"}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Read = %v, %v, want fs.ErrNotExist", names(tree), err)
	}
}

func TestReadPassesOverAFileThatIsRemovedMeanwhile(t *testing.T) {
	dir, folder := onDisk(t, map[string]string{"content/a.md": "a", "content/b.md": "b"})
	removed := hooked{folder, func(string) { os.Remove(filepath.Join(dir, "content/b.md")) }}
	tree, problems := read(t, removed, Options{Dir: "content"})
	equal(t, "names", names(tree), []string{"a.md"})
	equal(t, "problems", rules(problems), []string(nil))
}

// hooked calls a function before a file is opened.
type hooked struct {
	*Folder
	before func(name string)
}

func (h hooked) Open(name string) (fs.File, error) {
	h.before(name)
	return h.Folder.Open(name)
}

func TestReadPassesOverWhatProgramsLeaveBehind(t *testing.T) {
	_, folder := onDisk(t, map[string]string{
		"a.md": "", "a.md~": "", ".a.md.swp": "", "a.swp": "", "#a.md#": "", ".#a.md": "", "4913": "", "~$report.docx": "", "Thumbs.db": "", "DESKTOP.INI": "",
		".git/config": "", ".DS_Store": "", "b.tmp": "", "__MACOSX/x.md": "", "a.md___jb_tmp___": "", "a.md.sb-1a2b-xyz": "", "film.mp4.crdownload": "",
		"old.bak": "", "#": "", "4913.md": "", "report~1.pdf": "", "a.tmpl": "",
	})
	tree, problems := read(t, folder, Options{})
	equal(t, "names", names(tree), []string{"#", "4913.md", "a.md", "a.tmpl", "report~1.pdf"})
	equal(t, "problems", rules(problems), []string(nil))
}

func TestReadRefusesLongTextAndNoOtherLongFile(t *testing.T) {
	long := strings.Repeat("x", MaxKept+1)
	_, folder := onDisk(t, map[string]string{"long.md": long, "long.YML": long, "just.md": long[1:], "film.mp4": long})
	tree, problems := read(t, folder, Options{Prefix: "content"})
	equal(t, "names", names(tree), []string{"film.mp4", "just.md"})
	equal(t, "problems", rules(problems), []string{"content/long.YML file-too-large", "content/long.md file-too-large"})
	if f, _ := tree.Get("film.mp4"); f.Sum != sha256.Sum256([]byte(long)) || f.Size != MaxKept+1 {
		t.Errorf("film.mp4 is %+v", f)
	}
}

func TestCheckNameRefusesWhatOtherComputersCannotStore(t *testing.T) {
	for name, want := range map[string]struct {
		proposal string
		usable   bool
	}{
		"report 12:30.pdf":     {"report 12-30.pdf", false},
		`a\b.md`:               {"a-b.md", false},
		"what?.md":             {"what-.md", false},
		"a\nb.md":              {"a-b.md", false},
		"caf\xe9.md":           {"caf.md", false},
		"\xff":                 {"file", false},
		"trailing.":            {"trailing", false},
		"trailing ":            {"trailing", false},
		"aux.md":               {"my-aux.md", true},
		"COM1":                 {"my-COM1", true},
		"zero\u200bwidth.md":   {"zerowidth.md", true},
		"right\u202egpj.md":    {"rightgpj.md", false},
		"Ysgol Gynradd ŵyŷ.md": {"", true},
		"com10.md":             {"", true},
		"auxiliary.md":         {"", true},
		"100% & more (1).pdf":  {"", true},
	} {
		problems, usable := checkName(name, "content/"+name)
		if usable != want.usable || (len(problems) == 0) != (want.proposal == "") {
			t.Errorf("%q: usable %v, %v", name, usable, problems)
			continue
		}
		if want.proposal == "" {
			continue
		}
		if p := problems[0]; !strings.Contains(p.Hint, `"`+want.proposal+`"`) || p.Rule != "file-name" || (p.Severity == diag.Error) == usable {
			t.Errorf("%q: %v, want the proposal %q", name, p, want.proposal)
		}
		if more, ok := checkName(want.proposal, want.proposal); len(more) > 0 || !ok {
			t.Errorf("the proposal %q for %q is refused: %v", want.proposal, name, more)
		}
	}
}

func TestReadNamesAFileThatCannotBeRead(t *testing.T) {
	files := fstest.MapFS{"content/a.md": {Data: []byte("a")}, "content/secret.md": {}, "content/closed/b.md": {}}
	tree, problems := read(t, refusing{files}, Options{Dir: "content"})
	equal(t, "names", names(tree), []string{"a.md"})
	equal(t, "problems", rules(problems), []string{"content/closed unreadable", "content/secret.md unreadable"})
	if !strings.Contains(problems[0].Text, "permission denied") || problems[0].Hint == "" {
		t.Errorf("the problem is %v", problems[0])
	}
}

type refusing struct{ fstest.MapFS }

func (r refusing) Open(name string) (fs.File, error) {
	if strings.HasSuffix(name, "secret.md") {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return r.MapFS.Open(name)
}

func (r refusing) ReadDir(name string) ([]fs.DirEntry, error) {
	if strings.HasSuffix(name, "closed") {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return r.MapFS.ReadDir(name)
}

// editing runs a function after each reading from one of the files.
type editing struct {
	fs.FS
	name string
	edit func()
}

func (e editing) Open(name string) (fs.File, error) {
	f, err := e.FS.Open(name)
	if err != nil || name != e.name {
		return f, err
	}
	return &editedFile{f, e.edit}, nil
}

type editedFile struct {
	fs.File
	edit func()
}

func (f *editedFile) Read(p []byte) (int, error) {
	n, err := f.File.Read(p)
	f.edit()
	return n, err
}

func TestReadReadsAgainWhatChangesMeanwhile(t *testing.T) {
	for _, name := range []string{"a.md", "a.pdf"} {
		for what, next := range map[string]string{"same length": "SOME", "longer": "some more", "shorter": ""} {
			dir := t.TempDir()
			path := filepath.Join(dir, name)
			write(t, dir, map[string]string{name: "some"})
			must(t, os.Chtimes(path, longAgo, longAgo))
			once := sync.OnceFunc(func() { os.WriteFile(path, []byte(next), 0o644) })
			tree, problems := read(t, editing{os.DirFS(dir), name, once}, Options{})
			equal(t, "problems", rules(problems), []string(nil))
			if f, ok := tree.Get(name); !ok || f.Sum != sha256.Sum256([]byte(next)) {
				t.Errorf("%s, %s: %+v", name, what, f)
			}
		}
	}
}

func TestReadGivesUpOnAFileThatNeverRests(t *testing.T) {
	for _, name := range []string{"a.md", "a.pdf"} {
		dir := t.TempDir()
		write(t, dir, map[string]string{name: "some"})
		grow := func() {
			f, err := os.OpenFile(filepath.Join(dir, name), os.O_APPEND|os.O_WRONLY, 0)
			if err == nil {
				f.WriteString("more")
				f.Close()
			}
		}
		tree, problems := read(t, editing{os.DirFS(dir), name, grow}, Options{})
		equal(t, "problems", rules(problems), []string{name + " still-changing"})
		equal(t, "names", names(tree), []string(nil))
	}
}

func TestOpenNoticesThatAFileIsNotWhatWasRead(t *testing.T) {
	for _, now := range []string{"jpeG", "longer than before", ""} {
		dir, folder := onDisk(t, map[string]string{"photo.jpg": "jpeg"})
		tree, _ := read(t, folder, Options{})
		f, _ := tree.Get("photo.jpg")
		write(t, dir, map[string]string{"photo.jpg": now})
		r, err := f.Open()
		if err == nil {
			_, err = io.ReadAll(r)
			r.Close()
		}
		if !errors.Is(err, ErrChanged) {
			t.Errorf("a change to %q gives %v, want ErrChanged", now, err)
		}
		must(t, os.Remove(filepath.Join(dir, "photo.jpg")))
		if _, err := f.Open(); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("err = %v, want fs.ErrNotExist", err)
		}
	}
}

func TestOverlayShowsTheFileAbove(t *testing.T) {
	_, folder := onDisk(t, map[string]string{
		"built-in/base.html": "built in", "built-in/list.html": "list", "built-in/logo.png": "logo",
		"layouts/base.html": "own", "layouts/extra.html": "extra",
	})
	below, _ := read(t, folder, Options{Dir: "built-in"})
	above, _ := read(t, folder, Options{Dir: "layouts", Keep: Everything})
	both := Overlay(below, above)
	var paths []string
	for f := range both.Files() {
		paths = append(paths, f.Path)
	}
	equal(t, "paths", paths, []string{"layouts/base.html", "layouts/extra.html", "built-in/list.html", "built-in/logo.png"})
	if f, _ := both.Get("base.html"); string(f.Data) != "own" {
		t.Errorf("base.html is %q", f.Data)
	}
	f, _ := both.Get("logo.png")
	if r, err := f.Open(); err != nil {
		t.Error(err)
	} else if data, err := io.ReadAll(r); err != nil || string(data) != "logo" || r.Close() != nil {
		t.Errorf("logo.png is %q, %v", data, err)
	}
	equal(t, "the tree below", names(below), []string{"base.html", "list.html", "logo.png"})
	if Overlay(below, nil).Sum() != below.Sum() || Overlay(nil, above).Sum() != above.Sum() || Overlay(nil, nil).Len() != 0 {
		t.Error("an overlay with nothing is not the tree itself")
	}
	if both.Sum() == below.Sum() || (*Tree)(nil).Len() != 0 {
		t.Error("the overlay has the sum of the tree below")
	}
}
