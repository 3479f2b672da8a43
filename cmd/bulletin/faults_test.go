package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A fault is something that goes wrong with a site that was built before. The
// build after it must end with a status, say why, and leave the output as it
// was, byte for byte.
type fault struct {
	make   func(t *testing.T, dir string)
	args   []string
	status int
	says   string // on standard error
	// command makes the command; nil means buildCommand.
	command func(dir string, args ...string) *exec.Cmd
}

// run makes the fault happen to a site of its own.
func (f fault) run(t *testing.T) {
	t.Helper()
	dir := builtSite(t)
	f.make(t, dir)
	before := snapshot(t, filepath.Join(dir, "public"))
	command := f.command
	if command == nil {
		command = buildCommand
	}
	status, said := outcome(t, command(dir, f.args...))
	if status != f.status {
		t.Errorf("the exit status is %d, not %d:\n%s", status, f.status, said)
	}
	if !strings.Contains(said, f.says) {
		t.Errorf("the command does not say %q, but:\n%s", f.says, said)
	}
	if diff := cmp.Diff(before, snapshot(t, filepath.Join(dir, "public"))); diff != "" {
		t.Errorf("the output was changed (-before +after):\n%.2000s", diff)
	}
}

// builtSite makes a small site, and builds it.
func builtSite(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	put(t, dir, "content/site.yaml", "title: Example update\nurl: https://example.org\n")
	put(t, dir, "content/about.md", "---\ntitle: About\n---\nWho we are.\n")
	put(t, dir, "content/articles/first.md", article("First"))
	if status, said := runBuild(t, dir); status != exitDone {
		t.Fatalf("the first build ends with %d:\n%s", status, said)
	}
	return dir
}

// article is the text of an article.
func article(title string, lines ...string) string {
	header := append([]string{"title: " + title, "summary: A summary.", "date: 2025-09-02"}, lines...)
	return "---\n" + strings.Join(header, "\n") + "\n---\nText.\n"
}

// listing is the text of an event.
func listing(start string, lines ...string) string {
	header := append([]string{"title: E", "summary: A summary.", "venue: Hall", "start: " + start, "register: none"}, lines...)
	return "---\n" + strings.Join(header, "\n") + "\n---\nText.\n"
}

// put writes a file of a site.
func put(t *testing.T, dir, name, text string) {
	t.Helper()
	file := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// runBuild runs bulletin build, and gives its exit status and what it said on
// standard error.
func runBuild(t *testing.T, dir string, args ...string) (int, string) {
	t.Helper()
	return outcome(t, buildCommand(dir, args...))
}

// outcome runs a command, and gives its exit status and what it said on
// standard error.
func outcome(t *testing.T, command *exec.Cmd) (int, string) {
	t.Helper()
	var said bytes.Buffer
	command.Stderr = &said
	return statusAfter(t, command.Run()), said.String()
}

// buildCommand is bulletin build as of the first of October 2025.
func buildCommand(dir string, args ...string) *exec.Cmd {
	command := exec.Command("bulletin", append([]string{"build", "--now", "2025-10-01T10:00:00Z"}, args...)...)
	command.Dir = dir
	return command
}

// statusAfter gives the exit status of a command that has run.
func statusAfter(t *testing.T, err error) int {
	t.Helper()
	var ended *exec.ExitError
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &ended):
		return ended.ExitCode()
	}
	t.Fatal(err)
	return 0
}

// snapshot reads a folder: what each path is, its permissions, and the bytes of
// files.
func snapshot(t *testing.T, dir string) map[string]string {
	t.Helper()
	found, err := readSnapshot(dir)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// readSnapshot is snapshot of a folder that may change meanwhile, which is an
// error.
func readSnapshot(dir string) (map[string]string, error) {
	found := map[string]string{}
	return found, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) && path == dir {
			return nil
		}
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		text := fmt.Sprint(info.Mode())
		if info.Mode().IsRegular() {
			data, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			text += "\n" + string(data)
		}
		found[filepath.ToSlash(rel)] = text
		return nil
	})
}

// snapshotDiff names the paths that differ.
func snapshotDiff(before, after map[string]string) string {
	var names []string
	for name := range before {
		if before[name] != after[name] {
			names = append(names, name)
		}
	}
	for name := range after {
		if _, ok := before[name]; !ok {
			names = append(names, name)
		}
	}
	return strings.Join(names, " ")
}

func TestAFaultOfAFileLeavesTheLastGoodSite(t *testing.T) {
	long := strings.Repeat("a", 300)
	files := func(names ...string) func(t *testing.T, dir string) {
		return func(t *testing.T, dir string) {
			for i := 0; i < len(names); i += 2 {
				put(t, dir, names[i], names[i+1])
			}
		}
	}
	for name, f := range map[string]fault{
		"an empty file":                  {make: files("content/articles/w.md", ""), status: 1, says: "content/articles/w.md:1:1: the file is empty"},
		"a NUL byte":                     {make: files("content/articles/w.md", article("W")+"a\x00b"), status: 1, says: "content/articles/w.md:7:2: a NUL byte stands here"},
		"UTF-16":                         {make: files("content/articles/w.md", "\xff\xfe-\x00-\x00"), status: 1, says: "this file is saved as UTF-16"},
		"UTF-16 without a mark":          {make: files("content/articles/w.md", wide(article("W"))), status: 1, says: "this file is saved as UTF-16"},
		"settings in UTF-16":             {make: files("content/site.yaml", "\xff\xfet\x00"), status: 1, says: "content/site.yaml:1:1: this file is saved as UTF-16"},
		"empty settings":                 {make: files("content/site.yaml", ""), status: 1, says: "`title` is missing"},
		"a time zone that is not":        {make: files("content/site.yaml", "title: T\nurl: https://example.org\ntimezone: Nowhere/Land\n"), status: 1, says: "`Nowhere/Land` is not a time zone"},
		"brackets without end":           {make: files("content/articles/w.md", "---\ntitle: "+strings.Repeat("[", 20_000)+"\n---\n"), status: 1, says: "values are nested more than 16 levels deep here"},
		"a register without end":         {make: files("content/registers/places.yaml", strings.Repeat("[", 100_000)), status: 1, says: "content/registers/places.yaml:1:10001: values are nested"},
		"a value made of itself":         {make: files("content/articles/w.md", "---\ntitle: &a [*a]\n---\n"), status: 1, says: "content/articles/w.md:2:12: a text that begins with"},
		"values that multiply":           {make: files("content/articles/w.md", "---\ntitle: T\n"+multiplying()+"---\n"), status: 1, says: "needs quotation marks"},
		"a slug without end":             {make: files("content/articles/w.md", article("W", "slug: "+long)), status: 1, says: "content/articles/w.md:1:1: the address would have a part of 300 bytes"},
		"a topic without end":            {make: files("content/articles/w.md", article("W", "topics: ["+long+"]")), status: 1, says: "content/articles/w.md:5:10: the address would have a part of 300 bytes"},
		"an old address without end":     {make: files("content/articles/w.md", article("W", "aliases: [/"+long+"/]")), status: 1, says: "content/articles/w.md:5:11: the address would have a part of 300 bytes"},
		"folders without end":            {make: files("content/"+strings.Repeat("folder/", 140)+"x.md", "---\ntitle: X\n---\n"), status: 1, says: "the address would have 992 bytes"},
		"a 5 MB text":                    {make: files("content/articles/w.md", article("W")+strings.Repeat("word ", 1<<20)), status: 1, says: "content/articles/w.md:1:1: this file has 5.0 MB, and at most 4.0 MB can be read here"},
		"names in two Unicode forms":     {make: files("content/articles/caf\u00e9.md", article("A"), "content/articles/cafe\u0301.md", article("B")), status: 1, says: "differ only in how accents are stored"},
		"letters turned round in a name": {make: files("content/a\u202efdp.exe", "x"), status: 1, says: "content/a\\u202efdp.exe:1:1: this name holds an invisible character"},
		"settings that are a picture":    {make: files("content/site.yaml", "\x89PNG\r\n\x1a\n\xff\xfe\x00"), status: 1, says: "content/site.yaml:1:1: this character is not valid UTF-8"},
		"settings of 5 MB":               {make: files("content/site.yaml", "title: T\n"+strings.Repeat("# a\n", 5<<18)), status: 1, says: "content/site.yaml:1:1: this file has 5.0 MB"},
		"one address for two files":      {make: files("content/articles/v.md", article("V", "slug: same"), "content/articles/w.md", article("W", "slug: same")), status: 1, says: "have the same address: /articles/same/"},
		"an old address in use":          {make: files("content/articles/w.md", article("W", "aliases: [/about/]")), status: 1, says: "content/articles/w.md:5:11: the old address `/about/` is in use already"},
		"old addresses in a circle":      {make: files("content/articles/v.md", article("V", "aliases: [/articles/w/]"), "content/articles/w.md", article("W", "aliases: [/articles/v/]")), status: 1, says: "content/articles/v.md:5:11: the old address `/articles/w/` is in use already"},
		"an old address of the records":  {make: files("content/articles/w.md", article("W", "aliases: [/.bulletin/manifest]")), status: 1, says: "`/.bulletin/manifest` is not the path of an old address"},
		"an event each second":           {make: files("content/events/w.md", listing("2025-10-10 10:00", "repeats: FREQ=SECONDLY")), status: 1, says: "content/events/w.md:7:10: FREQ=SECONDLY"},
		"an event on 30 February":        {make: files("content/events/w.md", listing("2025-10-10 10:00", `repeats: "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"`)), status: 1, says: "content/events/w.md:7:10: there is no date"},
		"an event that ends before":      {make: files("content/events/w.md", listing("2025-10-10 10:00", "end: 2025-10-09 10:00")), status: 1, says: "content/events/w.md:7:6:"},
		"a year of five digits":          {make: files("content/events/w.md", listing("10000-01-01 10:00")), status: 1, says: "content/events/w.md:5:8: \"10000-01-01 10:00\" is not a date"},
		"the year nought":                {make: files("content/events/w.md", listing("0000-01-01 10:00")), status: 1, says: "content/events/w.md:5:8: \"0000-01-01 10:00\" has a year of two digits"},
		"a settings folder":              {make: folderFor("content/site.yaml"), status: 1, says: "content/site.yaml:1:1: this is a folder, not a file"},
		"a layouts file":                 {make: files("layouts", "x"), status: 1, says: "layouts:1:1: this is a file; the site needs a folder"},
		"a content file":                 {make: func(t *testing.T, dir string) { drop(t, dir, "content"); put(t, dir, "content", "x") }, status: 2, says: "there is no folder named content"},
		"no content":                     {make: func(t *testing.T, dir string) { drop(t, dir, "content") }, status: 2, says: "there is no folder named content"},
		"content without settings":       {make: func(t *testing.T, dir string) { drop(t, dir, "content/site.yaml") }, status: 1, says: "there is no settings file"},
		"a layout that is broken":        {make: files("layouts/page.html", "{{if .Title}}"), status: 1, says: "layouts/page.html:1:1: an {{end}} is missing"},
		"a layout without end":           {make: files("layouts/page.html", "{{range 999999999999}}{{end}}"), status: 1, says: "layouts/page.html:1:1: the layout repeats itself without end"},
		"a layout that shows itself":     {make: files("layouts/page.html", `{{define "r"}}{{template "r" .}}{{end}}{{template "r" .}}`), status: 1, says: "layouts/page.html:1:26: the layout repeats itself without end"},
		"layouts that show each other":   {make: files("layouts/page.html", `{{define "a"}}{{template "b" .}}{{end}}{{define "b"}}{{template "a" .}}{{end}}{{template "a" .}}`), status: 1, says: "the layout repeats itself without end"},
		"a layout of parts that are not": {make: files("layouts/page.html", `{{template "nowhere.html" .}}`), status: 1, says: `layouts/page.html:1:12: there is no partial or block "nowhere.html"`},
		"a page of 90 MB":                {make: files("layouts/page.html", "{{range 900000}}"+strings.Repeat("a", 100)+"{{end}}"), status: 1, says: "layouts/page.html:1:1: a page that this layout makes would be larger than 16 MB"},
		"a layout in Latin-1":            {make: files("layouts/page.html", "caf\xe9"), status: 1, says: "layouts/page.html:1:1: this layout is not UTF-8 text"},
		"a layout that doubles":          {make: files("layouts/page.html", `{{$x := "12345678"}}{{range 60}}{{$x = print $x $x}}{{end}}{{$x}}`), status: 1, says: "this text would be larger than 1024 KB"},
		"a layout of 5 MB":               {make: files("layouts/page.html", strings.Repeat("12345", 1<<20)), status: 1, says: "layouts/page.html:1:1: this file has 5.0 MB"},
		"a layout that is no text":       {make: files("layouts/page.html", "<p>\x00"), status: 1, says: "layouts/page.html:1:1: this layout holds bytes that are no text"},
		"an output that is a file":       {make: files("out", "x"), args: []string{"--output", "out"}, status: 3, says: "out is not a folder"},
		"an output in content":           {make: files(), args: []string{"--output", "content/out"}, status: 2, says: "content/out:1:1: the site cannot be built into this folder"},
		"an output around content":       {make: files(), args: []string{"--output", "."}, status: 2, says: "the site cannot be built into this folder"},
		"an output above the site":       {make: files(), args: []string{"--output", ".."}, status: 2, says: "the site cannot be built into this folder"},
		"an output in a file":            {make: files("file", "x"), args: []string{"--output", "file/out"}, status: 3, says: "file/out: not a directory"},
		"a year of the Romans":           {make: files(), args: []string{"--now", "0001-01-01T00:00:00Z"}, status: 2, says: "--now cannot be"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f.run(t)
		})
	}
}

// wide gives a text as UTF-16 without a byte order mark.
func wide(text string) string {
	var b strings.Builder
	for _, c := range []byte(text) {
		b.WriteByte(c)
		b.WriteByte(0)
	}
	return b.String()
}

// multiplying is YAML that would hold ten thousand million values.
func multiplying() string {
	var b strings.Builder
	b.WriteString("a: &a [x,x,x,x,x,x,x,x,x,x]\n")
	for c := 'b'; c <= 'j'; c++ {
		fmt.Fprintf(&b, "%c: &%c [%s*%c]\n", c, c, strings.Repeat(fmt.Sprintf("*%c,", c-1), 9), c-1)
	}
	return b.String()
}

// drop removes a part of a site.
func drop(t *testing.T, dir, name string) {
	t.Helper()
	if err := os.RemoveAll(filepath.Join(dir, name)); err != nil {
		t.Fatal(err)
	}
}

// folderFor puts a folder in the place of a file.
func folderFor(name string) func(t *testing.T, dir string) {
	return func(t *testing.T, dir string) {
		drop(t, dir, name)
		if err := os.Mkdir(filepath.Join(dir, name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAClockFarAwayIsNoFault(t *testing.T) {
	dir := builtSite(t)
	if status, said := runBuild(t, dir, "--now", "9999-12-31T23:59:59Z"); status != exitDone {
		t.Errorf("the exit status is %d:\n%s", status, said)
	}
}

func TestNothingOfTheEnvironmentIsNeeded(t *testing.T) {
	dir := builtSite(t)
	put(t, dir, "content/articles/second.md", article("Second"))
	command := buildCommand(dir)
	path, err := exec.LookPath("bulletin")
	if err != nil {
		t.Fatal(err)
	}
	command.Path = path
	command.Env = []string{"TMPDIR=/nowhere", "TZ=Nowhere/Land", "ZONEINFO=/nowhere", "LC_ALL=xx"}
	if out, err := command.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
