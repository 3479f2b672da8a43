package theme

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestEveryBuiltInFileSaysWhatItIs(t *testing.T) {
	files, err := Files(os.DirFS("../../layouts"))
	if err != nil {
		t.Fatal(err)
	}
	if len(files) < 40 {
		t.Errorf("there are only %d files", len(files))
	}
	for _, f := range files {
		if f.About == "" {
			t.Errorf("layouts/%s does not begin with a comment that says what it is", f.Name)
		}
	}
}

func TestTheFirstSentenceOfACommentSaysWhatAFileIs(t *testing.T) {
	for text, want := range map[string]string{
		"{{- /* A card. With more. */ -}}\n<p>": "A card.",
		"{{/* A card */}}":                      "A card",
		"/* Styles,\n   in two lines. */ a{}":   "Styles, in two lines.",
		"// A script\n// of two lines. More.\n": "A script of two lines.",
		"<!-- A drawing. --><svg/>":             "A drawing.",
		"<p>None.</p>":                          "",
		"":                                      "",
	} {
		if got := about(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

var update = flag.Bool("update", false, "write what the manual says of the built-in files")

// manual is the chapter on layouts. From this heading on it is written from
// the comments at the beginning of the files.
const (
	manual    = "../../content/guide/layouts.md"
	everyFile = "\n## Every built-in file\n"
)

func TestTheManualListsEveryBuiltInFile(t *testing.T) {
	page, err := os.ReadFile(manual)
	if err != nil {
		t.Fatal(err)
	}
	files, err := Files(os.DirFS("../../layouts"))
	if err != nil {
		t.Fatal(err)
	}
	head, _, found := strings.Cut(string(page), everyFile)
	if !found {
		t.Fatalf("the manual has no section%s", everyFile)
	}
	var b strings.Builder
	b.WriteString(head + everyFile + "\n`bulletin layouts copy` and one of these names puts the file into your site.\n")
	for _, f := range files {
		fmt.Fprintf(&b, "\n`%s`\n: %s\n", f.Name, f.About)
	}
	if *update {
		if err := os.WriteFile(manual, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(b.String(), string(page)); diff != "" {
		t.Errorf("run go test ./internal/theme -run Manual -update (-want +got)\n%s", diff)
	}
}

func TestTheManualDescribesEveryFunctionWithAnExample(t *testing.T) {
	page, err := os.ReadFile(manual)
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(page), "\n## Functions\n")
	section, _, _ = strings.Cut(section, "\n## ")
	gos := maps.Clone(builtins) // with those of Go that have a limit here
	for _, name := range []string{"print", "printf", "println", "html", "js", "urlquery"} {
		gos[name] = 0
	}
	for name := range functions {
		_, ofGo := gos[name]
		if !ofGo && (!strings.Contains(section, "\n`"+name+"`\n: ") || !strings.Contains(section, "{{"+name+" ") && !strings.Contains(section, " "+name+" ")) {
			t.Errorf("the manual does not describe the function %s with an example", name)
		}
	}
	for name := range gos {
		if !strings.Contains(section, "`"+name+"`") {
			t.Errorf("the manual does not name the function %s", name)
		}
	}
}
