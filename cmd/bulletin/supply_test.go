package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// required matches a line of go.mod that requires a module.
var required = regexp.MustCompile(`(?m)^\t(\S+) v\S+`)

// listed matches a row of the guide's table of modules, without the rest.
var listed = regexp.MustCompile("(?m)^\\| (`[a-z].*?`) \\|")

func TestTheGuideNamesEveryModule(t *testing.T) {
	mod, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, m := range required.FindAllSubmatch(mod, -1) {
		want = append(want, string(m[1]))
	}
	guide, err := os.ReadFile("../../content/guide/trust.md")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, row := range listed.FindAllSubmatch(guide, -1) {
		for name := range strings.SplitSeq(string(row[1]), ", ") {
			got = append(got, strings.Trim(name, "`"))
		}
	}
	slices.Sort(want)
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the modules of go.mod are not those of the guide (-go.mod +guide):\n%s", diff)
	}
}

// TestReleasesAreReproducible builds the program in two places, the second time
// without anything from a cache, and compares the bytes.
func TestReleasesAreReproducible(t *testing.T) {
	if os.Getenv("CI") == "" {
		t.Skip("builds everything twice; set CI to run it")
	}
	var built [2][]byte
	for i, name := range []string{"here", "a longer way/there"} {
		dir := filepath.Join(t.TempDir(), name)
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		copySource(t, dir)
		command := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-o", "program", "./cmd/bulletin")
		command.Dir = dir
		command.Env = append(os.Environ(), "CGO_ENABLED=0", "GOFLAGS=")
		if i > 0 {
			command.Env = append(command.Env, "GOCACHE="+t.TempDir(), "TZ=Asia/Tokyo", "LC_ALL=C")
		}
		if out, err := command.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		data, err := os.ReadFile(filepath.Join(dir, "program"))
		if err != nil {
			t.Fatal(err)
		}
		built[i] = data
	}
	if !bytes.Equal(built[0], built[1]) {
		t.Errorf("two builds of one source differ: %d and %d bytes", len(built[0]), len(built[1]))
	}
	for _, trace := range []string{os.TempDir(), os.Getenv("HOME")} {
		if len(trace) > 1 && bytes.Contains(built[0], []byte(trace+"/")) {
			t.Errorf("the program holds the path %s", trace)
		}
	}
}

// copySource copies what the program is built from.
func copySource(t *testing.T, to string) {
	t.Helper()
	for _, name := range []string{"embed.go", "go.mod", "go.sum"} {
		data, err := os.ReadFile(filepath.Join("../..", name))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(to, name), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"cmd/bulletin", "content", "layouts"} {
		if err := os.CopyFS(filepath.Join(to, name), os.DirFS(filepath.Join("../..", name))); err != nil {
			t.Fatal(err)
		}
	}
	rooms, err := filepath.Glob("../../internal/*/*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, dir := range rooms {
		dir = filepath.Dir(dir)
		room := filepath.Join(to, "internal", filepath.Base(dir))
		if _, err := os.Stat(room); err == nil || filepath.Base(dir) == "e2e" {
			continue // a room has many files; the browser tests are a module of their own
		}
		if err := os.CopyFS(room, os.DirFS(dir)); err != nil {
			t.Fatal(err)
		}
	}
}
