package markdown

import (
	"bytes"
	"html"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

var hrefPattern = regexp.MustCompile(` (?:href|src)="([^"]*)"`)

// plainResolver passes addresses through, so that what is written is what the
// text said.
type plainResolver struct{}

func (plainResolver) Link(l Link) Target        { return Target{Href: l.Dest} }
func (plainResolver) Card(Link) (string, bool)  { return "", false }
func (plainResolver) Image(image Image) Picture { return Picture{Src: image.Dest} }
func (plainResolver) Fragment(id string) string { return "#" + id }

func FuzzParse(f *testing.F) {
	files, err := filepath.Glob("testdata/*.md")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(src, strings.Contains(file, "numbered"))
		for block := range bytes.SplitSeq(src, []byte("\n\n")) {
			f.Add(block, true)
		}
	}
	for _, text := range hostile {
		f.Add([]byte(text(60)), true)
	}
	f.Fuzz(func(t *testing.T, src []byte, numbered bool) {
		if !utf8.Valid(src) || len(src) > 1<<14 {
			t.Skip()
		}
		doc, problems := Parse(src, Options{File: "x.md", Line: 1, Numbered: numbered, Glossary: glossary})
		checkOutput(t, doc)
		lines := bytes.Count(src, []byte("\n")) + 1
		for _, p := range problems {
			if p.Line < 1 || p.Line > lines || p.Col < 1 || p.Text == "" || p.Hint == "" {
				t.Errorf("problem without a place or a hint: %v", p)
			}
		}
		again, _ := Parse(src, Options{File: "x.md", Line: 1, Numbered: numbered, Glossary: glossary})
		if doc.HTML(plainResolver{}, Page) != again.HTML(plainResolver{}, Page) {
			t.Error("the same text is written in two ways")
		}
	})
}

// checkOutput checks what holds for every document.
func checkOutput(t *testing.T, doc *Doc) {
	t.Helper()
	for _, medium := range []Medium{Page, Syndicated} {
		out := doc.HTML(plainResolver{}, medium)
		wellFormed(t, out)
		if strings.Contains(out, "<script") || strings.Contains(out, "style=") && !strings.Contains(doc.Text, "style=") {
			t.Errorf("written: %s", out)
		}
		for _, m := range hrefPattern.FindAllStringSubmatch(out, -1) {
			scheme, _ := splitScheme(html.UnescapeString(m[1]))
			if !slices.Contains([]string{"", "http", "https", "mailto", "tel", "sms", "webcal"}, scheme) {
				t.Errorf("an address with the scheme %q: %s", scheme, m[1])
			}
		}
		for id := range ids(out) {
			if !doc.HasID(id) || isReserved(id) {
				t.Errorf("id %q is not one of the document's", id)
			}
		}
	}
	for _, id := range doc.own {
		if !doc.HasID(id) {
			t.Errorf("a link leads to #%s, which does not exist", id)
		}
	}
	if !utf8.ValidString(doc.Text) || !strings.Contains(doc.Text, doc.Lead) {
		t.Errorf("text %q, lead %q", doc.Text, doc.Lead)
	}
}

// pieces are what random texts are made of: a fuzzer of bytes seldom finds
// the way into a table in a callout in a list.
var pieces = []string{
	"\n", "\n", "\n\n", "\n\n", " ", "  ", "    ", "\t", "\u00a0", "a", "word", "B c", "ŵ", "ŷ.", "SEND", "MATs",
	"> ", "> ", ">", "- ", "* ", "1. ", "3. ", "12) ", "• ", "◦\t", "o\t", "a) ", "b) ", "(c) ", "i) ", "ii) ", "A) ",
	"3.18 ", "3.19 ", "3.18.1 ", "**3.2** ", "1.1 ", "# ", "## ", "#### ", "##", "---", "===", "***", "```", "~~~", "`", "``",
	"[", "]", "(", ")", "![", "](", "](x.md)", "](y.png \"t\")", "<", ">", "<https://e.org>", "<b>", "</b>", "<div>", "<!--", "-->",
	"[^1]", "[^1]: ", "[^2]", "[^2]:", "[r]: x.md\n", "[r]", "[ ] ", "[x] ", "[!NOTE]", "[!tip] T", "[!x]", "— ", "-- ", "—", "--", "...",
	"*", "**", "_", "__", "~~", "~", "|", "|a|b|\n|-|-:|\n", "|-|", ":-:", "Table: ", "Table 2: x", ": ", ":", "\\", "\\\n", "  \n",
	"\"", "'", "&amp;", "&#0;", "&", "{#id}", "{#main}", "{#", "}", ",", ".", "!", "www.e.org", "a@e.org", "https://e.org/a_b", "javascript:", "é",
	"[card](a.md)\n\n", "![alt](p.jpg \"Cap\")\n\n", "![](p.jpg)", "[](e.md)", "[l[^1]](x.md)", "[![a](b)](c)",
}

func TestRandomTextsAreWrittenWell(t *testing.T) {
	texts := 4000
	if testing.Short() {
		texts = 400
	}
	for seed := range texts {
		random := rand.New(rand.NewPCG(uint64(seed), 1))
		var b strings.Builder
		for range 5 + random.IntN(60) {
			b.WriteString(pieces[random.IntN(len(pieces))])
		}
		src := b.String()
		doc, _ := Parse([]byte(src), Options{File: "x.md", Line: 1, Numbered: seed%2 == 0, Glossary: glossary})
		checkOutput(t, doc)
		if t.Failed() {
			t.Fatalf("seed %d: %q", seed, src)
		}
	}
}
