package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "write what commands print into the scripts of testdata")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"bulletin": main})
}

// TestScripts runs the scripts of testdata: each runs whole commands and proves
// what its first line claims, by the files and messages that come of it. $NOW
// is ten in the morning of 1 October 2025 in London.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                "testdata",
		UpdateScripts:      *update,
		RequireUniqueNames: true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("NOW", "2025-10-01T10:00:00+01:00")
			// What is remembered between builds stays with the script.
			env.Setenv("XDG_CACHE_HOME", filepath.Join(env.WorkDir, ".tmp", "cache"))
			env.Values[previewKey{}] = new(previewed)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "tree": tree, "same": same, "mentions": mentions, "json": jsonField, "write": write, "fill": fill, "save": save,
			"picture": picture, "measure": measure, "preview": startPreview, "get": get, "await": await, "interrupt": interrupt, "embargo": embargo,
		},
	})
}

// exits runs a command that must end with a status:
//
//	exits STATUS command [args...]
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits STATUS command [args...]")
	}
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		ended := (*exec.ExitError)(nil)
		if !errors.As(err, &ended) {
			ts.Fatalf("%v", err)
		}
		got = ended.ExitCode()
	}
	if strconv.Itoa(got) != args[0] {
		ts.Fatalf("the exit status is %d, not %s", got, args[0])
	}
}

// tree lists the files in a folder, without those that bulletin keeps for
// itself:
//
//	tree FOLDER
func tree(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: tree FOLDER")
	}
	for _, name := range sortedFiles(ts, args[0]) {
		if !strings.HasPrefix(name, ".bulletin/") {
			fmt.Fprintln(ts.Stdout(), name)
		}
	}
}

// same compares two folders byte for byte, hidden files too:
//
//	[!] same FOLDER FOLDER
func same(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: [!] same FOLDER FOLDER")
	}
	diff := cmp.Diff(filesOf(ts, args[0]), filesOf(ts, args[1]))
	switch {
	case neg && diff == "":
		ts.Fatalf("%s and %s are the same", args[0], args[1])
	case !neg && diff != "":
		ts.Fatalf("%s and %s differ:\n%s", args[0], args[1], diff)
	}
}

// mentions looks for a word, in whatever letter case, in the bytes and the
// names of all files in a folder, hidden ones too, and lists them:
//
//	[!] mentions WORD FOLDER
func mentions(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: [!] mentions WORD FOLDER")
	}
	files, word := filesOf(ts, args[1]), strings.ToLower(args[0])
	if len(files) == 0 {
		ts.Fatalf("there are no files in %s", args[1])
	}
	var hits []string
	for name, data := range files {
		if strings.Contains(strings.ToLower(name), word) || strings.Contains(strings.ToLower(data), word) {
			hits = append(hits, name)
		}
	}
	slices.Sort(hits)
	for _, name := range hits {
		fmt.Fprintln(ts.Stdout(), name)
	}
	if neg == (len(hits) > 0) {
		ts.Fatalf("%d files mention %q:\n%s", len(hits), args[0], strings.Join(hits, "\n"))
	}
}

// sortedFiles gives the paths of the files in a folder.
func sortedFiles(ts *testscript.TestScript, dir string) []string {
	var names []string
	for name := range filesOf(ts, dir) {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// filesOf reads a folder: the content of its files by path.
func filesOf(ts *testscript.TestScript, dir string) map[string]string {
	files := map[string]string{}
	root := os.DirFS(ts.MkAbs(dir))
	ts.Check(fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(root, name)
		files[name] = string(data)
		return err
	}))
	return files
}

// jsonField compares a value in the JSON that the last command printed:
//
//	json PATH WANT
//
// The path has keys and the numbers of items, such as problems.0.rule; len is the
// number of items.
func jsonField(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: json PATH WANT")
	}
	var value any
	decoder := json.NewDecoder(strings.NewReader(ts.ReadFile("stdout")))
	ts.Check(decoder.Decode(&value))
	for key := range strings.SplitSeq(args[0], ".") {
		switch container := value.(type) {
		case map[string]any:
			value = container[key]
		case []any:
			if key == "len" {
				value = len(container)
				break
			}
			n, err := strconv.Atoi(key)
			if err != nil || n >= len(container) {
				ts.Fatalf("there is no item %s in %v", key, container)
			}
			value = container[n]
		default:
			ts.Fatalf("there is no %s in %v", key, value)
		}
	}
	if got := fmt.Sprint(value); got != args[1] {
		ts.Fatalf("%s is %s, not %s", args[0], got, args[1])
	}
}

// write writes a file that an archive of text cannot hold. Both arguments may
// have Go's escapes, such as \r, \xff and \u0301:
//
//	write FILE TEXT
func write(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: write FILE TEXT")
	}
	var plain [2]string
	for i, arg := range args {
		text, err := strconv.Unquote(`"` + strings.ReplaceAll(arg, `"`, `\"`) + `"`)
		ts.Check(err)
		plain[i] = text
	}
	file := ts.MkAbs(plain[0])
	ts.Check(os.MkdirAll(filepath.Dir(file), 0o755))
	ts.Check(os.WriteFile(file, []byte(plain[1]), 0o644))
}

// save puts a copy of a file in the place of another as many editors do: it is
// written beside it and renamed, so that nobody sees half of it:
//
//	save FROM TO
func save(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: save FROM TO")
	}
	to := ts.MkAbs(args[1])
	beside := filepath.Join(filepath.Dir(to), "."+filepath.Base(to)+".new")
	ts.Check(os.WriteFile(beside, []byte(ts.ReadFile(args[0])), 0o644))
	ts.Check(os.Rename(beside, to))
}

// fill replaces a word in a file by as many letters x:
//
//	fill FILE WORD NUMBER
func fill(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: fill FILE WORD NUMBER")
	}
	n, err := strconv.Atoi(args[2])
	ts.Check(err)
	data := []byte(ts.ReadFile(args[0]))
	if !bytes.Contains(data, []byte(args[1])) {
		ts.Fatalf("%s does not hold %s", args[0], args[1])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), bytes.ReplaceAll(data, []byte(args[1]), bytes.Repeat([]byte("x"), n)), 0o644))
}
