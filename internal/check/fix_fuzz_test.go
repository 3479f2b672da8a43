package check_test

import (
	"strings"
	"testing"
	"unicode"

	"bulletin/internal/check"
	"bulletin/internal/config"
	"bulletin/internal/header"
	"bulletin/internal/markdown"
)

// FuzzFix holds that a correction keeps every word and all code of a text and
// its front matter to the letter, and that a second one changes nothing.
func FuzzFix(f *testing.F) {
	for _, c := range proseCases {
		f.Add(c.text)
	}
	for _, r := range check.Rules() {
		f.Add(r.Fires)
	}
	for _, text := range []string{
		"• One\n  ◦ Two  three\n\n> • a\n", "a\u00a0\nb\n\n\u00a0\n\n\u200b• c\n- d\n", "top of page\n• ree\n\nree\n\n1. x\n\nree\n\n    y",
		"''a b'' can´t ``x´y``", "[a  b](c  d \"e  f\") ![g  h](i.png)", "# A  b {#c}\n\nTerm\n: D  e\n\n[^1]\n\n[^1]: F  g", "• a\n• ```\n• b\n```\n",
	} {
		f.Add(text)
	}
	c, _ := config.Read(map[string][]byte{config.File: []byte(settings)})
	f.Fuzz(func(t *testing.T, text string) {
		const file = "content/articles/a.md"
		before := article + text
		after := string(check.Fix(c, file, []byte(before)))
		if again := string(check.Fix(c, file, []byte(after))); again != after {
			t.Errorf("%q\nbecame\n%q\nand then\n%q", before, after, again)
		}
		if !strings.HasPrefix(after, article) {
			t.Fatalf("the front matter of %q became %q", before, after)
		}
		if words, more := said(text), said(strings.TrimPrefix(after, article)); words != more {
			t.Errorf("%q\nsays\n%q\nand then\n%q", text, words, more)
		}
	})
}

// said gives the letters and figures of a text, and its code in full, without
// lines that web pages say to themselves.
func said(text string) string {
	clean, _ := header.Clean("a.md", []byte(text))
	doc, _ := markdown.Parse(clean, markdown.Options{Prose: true})
	var b strings.Builder
	for _, block := range doc.Prose {
		switch whole := strings.ToLower(strings.Trim(block.Text, " \u00a0\u200b")); {
		case whole == "ree" || strings.Contains(whole, "page") || strings.Contains(whole, "svg patterns") || strings.Contains(whole, "skip to") ||
			strings.Contains(whole, "share on") || strings.Contains(whole, "cookies") || strings.Contains(whole, "log in"):
		case block.Kind == markdown.CodeBlock:
			b.WriteString("[" + block.Text + "]")
		default:
			for _, r := range block.Text {
				if unicode.IsLetter(r) || unicode.IsNumber(r) {
					b.WriteRune(r)
				}
			}
		}
	}
	return b.String()
}
