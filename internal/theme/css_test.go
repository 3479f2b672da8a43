package theme

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

func TestCompactTakesOutOnlyWhatMeansNothing(t *testing.T) {
	tests := []struct{ sheet, want string }{
		{"", ""},
		{"a { color: red; }\n\nb > i,\n b :hover { margin: 0 auto }\n", "a{color:red}b > i,b :hover{margin:0 auto}"},
		{"/* it's */ a::before { content: \"a  /* b */ ; }\"; }", "a::before{content:\"a  /* b */ ; }\"}"},
		{`a { content: 'it\'s  "so"'; background: url(a  b.png) }`, `a{content:'it\'s  "so"';background:url(a  b.png)}`},
		{"a { width: calc(1px + 2px - 3px) }", "a{width:calc(1px + 2px - 3px)}"},
		{"@media (min-width: 1rem) and (hover) { a { b: c } }", "@media (min-width:1rem) and (hover){a{b:c}}"},
		{"a/**/b { c: d }", "a b{c:d}"},
		{"a { b: \"never closed; c : d }", "a{b:\"never closed;c :d}"},
		{"a { b: c } /* never closed", "a{b:c}/* never closed"},
		{"a \x00  b", "a \x00  b"},
	}
	for _, test := range tests {
		if got := strings.TrimSpace(compact(test.sheet)); got != test.want {
			t.Errorf("compact(%q) = %q, want %q", test.sheet, got, test.want)
		}
	}
}

func TestTheBuiltInStyleSheetSaysTheSameWhenCompact(t *testing.T) {
	text, err := os.ReadFile("../../layouts/assets/bulletin.css")
	if err != nil {
		t.Fatal(err)
	}
	words := func(css string) string {
		css = regexp.MustCompile(`(?s)/\*.*?\*/`).ReplaceAllString(css, "")
		return strings.ReplaceAll(strings.Join(strings.Fields(css), ""), ";}", "}")
	}
	if small := compact(string(text)); words(small) != words(string(text)) || len(small) > len(text)*9/10 {
		t.Errorf("%d bytes become %d, or others", len(text), len(small))
	}
}
