package theme

import (
	"os"
	"testing"
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
