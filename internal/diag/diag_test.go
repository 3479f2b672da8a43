package diag

import (
	"strings"
	"testing"
)

func TestProblemsAreSortedAndPrintedWithHints(t *testing.T) {
	list := List{
		Warnf(Pos{"b.md", 2, 3}, "w", "", "second"),
		Errorf(Pos{"a.md", 10, 1}, "late", "one\ntwo", "after %d", 9),
		Errorf(Pos{"a.md", 9, 2}, "early", "", "before"),
		Errorf(Pos{"a.md", 9, 2}, "early", "", "before"),
		Errorf(Pos{File: "c.md"}, "file", "", "whole file \x1b[31m\u202e"),
	}
	list.Sort()
	var b strings.Builder
	if err := list.Print(&b); err != nil {
		t.Fatal(err)
	}
	want := "a.md:9:2: before [early]\n" +
		"a.md:10:1: after 9 [late]\n    hint: one\n    two\n" +
		"b.md:2:3: warning: second [w]\n" +
		"c.md:1:1: whole file \\u001b[31m\\u202e [file]\n"
	if b.String() != want {
		t.Errorf("printed\n%s\nwant\n%s", b.String(), want)
	}
	if errs, warnings := list.Count(); errs != 3 || warnings != 1 || !list.HasErrors() {
		t.Errorf("counted %d errors and %d warnings", errs, warnings)
	}
}

func TestNearestFindsWhatWasMeant(t *testing.T) {
	keys := []string{"title", "summary", "start", "end", "status", "topics", "to_follow"}
	for written, want := range map[string]string{
		"strat": "start", "Titel": "title", "sumary": "summary", "topic": "topics", "to-follow": "to_follow", "END": "end",
		"zebra": "", "x": "", "": "",
	} {
		if got := Nearest(written, keys); got != want {
			t.Errorf("Nearest(%q) = %q, want %q", written, got, want)
		}
	}
}
