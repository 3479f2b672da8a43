package main

import (
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// rooms are the packages below internal/ in their order: each may import only
// those named before it.
var rooms = []string{
	"diag", "slug", "ukdate", "recur", "source", "header", "config", "markdown", "content", "site",
	"output", "theme", "page", "feed", "calendar", "email", "image", "host", "check", "pack", "build", "watch", "serve",
}

// imports are the imports of each package of the module, tests left out, by
// folder.
type imports map[string][]string

func TestRoomsImportOnlyRoomsBeforeThem(t *testing.T) {
	for _, fault := range outOfOrder(moduleImports(t), rooms) {
		t.Error(fault)
	}
}

func TestEachDependencyIsImportedByOneRoom(t *testing.T) {
	for _, fault := range shared(moduleImports(t)) {
		t.Error(fault)
	}
}

func TestTheRulesOfTheHouseNoticeWhenTheyAreBroken(t *testing.T) {
	order := []string{"a", "b"}
	if got := outOfOrder(imports{"internal/a": {"fmt"}, "internal/b": {"bulletin/internal/a"}}, order); len(got) != 0 {
		t.Errorf("a house in order has faults: %q", got)
	}
	for name, house := range map[string]imports{
		"an import of a later room": {"internal/a": {"bulletin/internal/b"}, "internal/b": nil},
		"a room without a place":    {"internal/a": nil, "internal/b": nil, "internal/c": nil},
		"a place without a room":    {"internal/a": nil},
		"a room that imports cmd":   {"internal/a": {"bulletin/cmd/bulletin"}, "internal/b": nil},
		"a room within a room":      {"internal/a": nil, "internal/b": nil, "internal/b/c": nil},
	} {
		if len(outOfOrder(house, order)) == 0 {
			t.Errorf("%s is not noticed", name)
		}
	}
	if got := shared(imports{"internal/a": {"example.org/x/y", "example.org/x/z", "fmt"}, "internal/b": {"example.org/w/v"}}); len(got) != 0 {
		t.Errorf("dependencies in order have faults: %q", got)
	}
	if len(shared(imports{"internal/a": {"example.org/x/y"}, "cmd/b": {"example.org/x/y/z"}})) == 0 {
		t.Error("a dependency of two rooms is not noticed")
	}
}

// outOfOrder names the imports that look up, and rooms without a place.
func outOfOrder(house imports, order []string) []string {
	var faults []string
	for _, room := range order {
		if _, ok := house["internal/"+room]; !ok {
			faults = append(faults, fmt.Sprintf("the order names a room %s, which does not exist", room))
		}
	}
	for dir, list := range house {
		room, internal := strings.CutPrefix(dir, "internal/")
		if !internal {
			continue
		}
		place := slices.Index(order, room)
		if place < 0 {
			faults = append(faults, fmt.Sprintf("%s has no place in the order of rooms", dir))
			continue
		}
		for _, imported := range list {
			other, own := strings.CutPrefix(imported, "bulletin")
			if !own || other != "" && other[0] != '/' {
				continue
			}
			if at := slices.Index(order, strings.TrimPrefix(other, "/internal/")); at < 0 || at >= place {
				faults = append(faults, fmt.Sprintf("%s imports %s, which does not come before it", dir, imported))
			}
		}
	}
	slices.Sort(faults)
	return faults
}

// shared names the dependencies that more than one package imports.
func shared(house imports) []string {
	users := map[string][]string{}
	for dir, list := range house {
		for _, imported := range list {
			if module, third := moduleOf(imported); third && !slices.Contains(users[module], dir) {
				users[module] = append(users[module], dir)
			}
		}
	}
	var faults []string
	for module, dirs := range users {
		if len(dirs) > 1 {
			slices.Sort(dirs)
			faults = append(faults, fmt.Sprintf("%s is imported by %s", module, strings.Join(dirs, " and ")))
		}
	}
	slices.Sort(faults)
	return faults
}

// moduleOf gives the module of an imported package, if it is a third party's.
func moduleOf(imported string) (module string, third bool) {
	host, _, _ := strings.Cut(imported, "/")
	if !strings.Contains(host, ".") {
		return "", false
	}
	parts := strings.Split(imported, "/")
	return strings.Join(parts[:min(3, len(parts))], "/"), true
}

// moduleImports reads the imports of all packages of the module that the
// program is made from.
func moduleImports(t *testing.T) imports {
	t.Helper()
	root := os.DirFS("../..")
	house := imports{}
	err := fs.WalkDir(root, ".", func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (strings.HasPrefix(d.Name(), ".") && file != "." || d.Name() == "testdata" || ownModule(root, file)) {
			return fs.SkipDir
		}
		if !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
			return nil
		}
		data, err := fs.ReadFile(root, file)
		if err != nil {
			return err
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, data, parser.ImportsOnly)
		if err != nil {
			return err
		}
		dir := path.Dir(file)
		house[dir] = append(house[dir], []string{}...)
		for _, spec := range parsed.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			house[dir] = append(house[dir], imported)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return house
}

// ownModule reports whether a folder is a module of its own, such as that of
// the browser tests.
func ownModule(root fs.FS, dir string) bool {
	_, err := fs.Stat(root, path.Join(dir, "go.mod"))
	return err == nil && dir != "."
}
