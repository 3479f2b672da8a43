package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// atLarge are the functions that reach files by any path, with the reason why
// that is well. All other access to files goes through an os.Root of the site,
// of its content or of the output, which no link leads out of.
var atLarge = map[string][]string{
	// Folders that the command line names are made, looked at and opened.
	"cmd/bulletin/build.go":           {"os.Stat"},
	"cmd/bulletin/fix.go":             {"os.OpenRoot"},
	"cmd/bulletin/init.go":            {"os.MkdirAll", "os.OpenRoot", "os.ReadDir"},
	"cmd/bulletin/new.go":             {"os.OpenRoot", "os.ReadDir", "os.Stat"}, // listed only, to find a name that is free
	"internal/build/folders.go":       {"filepath.EvalSymlinks", "os.Lstat", "os.Stat"},
	"internal/output/commit.go":       {"os.MkdirAll", "os.Remove", "os.Stat"}, // removed if it was made in vain, and is empty
	"internal/output/tree.go":         {"os.Lstat", "os.OpenRoot", "os.Stat"},
	"internal/serve/files.go":         {"os.OpenRoot", "os.Stat"},
	"internal/source/folder.go":       {"os.OpenRoot"},
	"internal/output/lock_windows.go": {"syscall.CreateFile"}, // of bulletin's own lock, which an os.Root cannot open so
	"cmd/bulletin/layouts.go":         {"os.Stat"},
	// What is remembered between two runs, in a folder of the user's own.
	"internal/build/cache.go":       {"os.CreateTemp", "os.MkdirAll", "os.ReadDir", "os.ReadFile", "os.Remove", "os.Rename", "os.Stat"},
	"internal/check/visit_cache.go": {"os.CreateTemp", "os.MkdirAll", "os.ReadFile", "os.Remove", "os.Rename", "os.Stat"},
	// Looked at only; the folders above an output are looked at too.
	"internal/output/seal.go":  {"os.Lstat"},
	"internal/source/stamp.go": {"os.Stat"},
	// A profile for developers, which the command line names.
	"cmd/bulletin/profile.go": {"os.Create"},
	// The watcher looks at names, sizes and times, and reads no file.
	"internal/watch/tree.go": {"filepath.EvalSymlinks", "os.ReadDir", "os.Stat"},
}

// reaching are the functions of the standard library that open, change, list or
// look at files.
var reaching = map[string][]string{
	"os": {
		"Chdir", "Chmod", "Chown", "Chtimes", "CopyFS", "Create", "CreateTemp", "DirFS", "Lchown", "Link", "Lstat", "Mkdir", "MkdirAll", "MkdirTemp", "Open", "OpenFile",
		"OpenInRoot", "OpenRoot", "ReadDir", "ReadFile", "Readlink", "Remove", "RemoveAll", "Rename", "Stat", "Symlink", "Truncate", "WriteFile",
	},
	"filepath": {"EvalSymlinks", "Glob", "Walk", "WalkDir"},
	"ioutil":   {"ReadAll", "ReadDir", "ReadFile", "TempDir", "TempFile", "WriteFile"},
	"syscall":  {"Chmod", "Creat", "CreateFile", "Link", "Mkdir", "Open", "Rename", "Rmdir", "Symlink", "Unlink"},
	"template": {"ParseFiles", "ParseGlob"},
	"http":     {"Dir", "FileServer", "ServeFile"},
	"tls":      {"LoadX509KeyPair"},
	"parser":   {"ParseDir"},
}

func TestFilesAreReachedThroughARoot(t *testing.T) {
	found := map[string][]string{}
	root := os.DirFS("../..")
	err := fs.WalkDir(root, ".", func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (strings.HasPrefix(d.Name(), ".") && file != "." || d.Name() == "testdata" || ownModule(root, file)) {
			return fs.SkipDir
		}
		if path.Ext(file) != ".go" || strings.HasSuffix(file, "_test.go") {
			return nil
		}
		data, err := fs.ReadFile(root, file)
		if err != nil {
			return err
		}
		if names := reached(t, file, data); len(names) > 0 {
			found[file] = names
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(atLarge, found); diff != "" {
		t.Errorf("files are reached otherwise than is known (-known +found):\n%s", diff)
	}
}

// reached names the functions in a file that reach files.
func reached(t *testing.T, name string, data []byte) []string {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), name, data, 0)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	ast.Inspect(parsed, func(n ast.Node) bool {
		if selector, ok := n.(*ast.SelectorExpr); ok {
			if of, ok := selector.X.(*ast.Ident); ok && slices.Contains(reaching[of.Name], selector.Sel.Name) {
				names = append(names, of.Name+"."+selector.Sel.Name)
			}
		}
		return true
	})
	slices.Sort(names)
	return slices.Compact(names)
}

func TestReachingFilesIsNoticed(t *testing.T) {
	const text = "package a\nimport \"os\"\nfunc f() { os.ReadFile(\"x\"); open := os.Open; _ = open; os.Getenv(\"x\") }\n"
	if got := reached(t, "a.go", []byte(text)); !slices.Equal(got, []string{"os.Open", "os.ReadFile"}) {
		t.Errorf("found %q", got)
	}
}
