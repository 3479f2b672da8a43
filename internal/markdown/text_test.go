package markdown

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
)

const plainWidth = 72

// wordsResolver resolves links as a text part of an e-mail does.
type wordsResolver struct{ pageResolver }

func (wordsResolver) Card(l Link) (string, bool) {
	switch l.Dest {
	case "../events/webinar.md":
		return "Webinar\nTuesday 23 September 2025, 10am", true
	case "hidden.md":
		return "", true
	}
	return "", false
}

// plain writes a text with the list of its links.
func plain(src string, o Options) string {
	doc, _ := Parse([]byte(src), o)
	var refs References
	text := doc.Plain(wordsResolver{}, &refs, plainWidth)
	for i, address := range refs.Addresses() {
		text += "\n[" + string(rune('1'+i)) + "] " + address
	}
	return text
}

func TestGoldenTexts(t *testing.T) {
	files, err := filepath.Glob("testdata/*.md")
	if err != nil || len(files) < 20 {
		t.Fatalf("testdata: %d files, %v", len(files), err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".md")
		t.Run(name, func(t *testing.T) {
			src, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			text := plain(string(src), Options{Glossary: glossary, Numbered: strings.HasPrefix(name, "numbered")})
			golden(t, "testdata/"+name+".txt", text+"\n")
			for _, line := range strings.Split(text, "\n") {
				if textWidth(line) > plainWidth && strings.Contains(strings.TrimSpace(line), " ") && !strings.HasPrefix(line, textIndentation) {
					t.Errorf("a line is too long: %q", line)
				}
			}
		})
	}
}

func TestPlainText(t *testing.T) {
	tests := []struct{ name, src, want string }{
		{"no markup is left", "A *b* **c** ~~d~~ `e` \\* &amp; f", "A b c d e * & f"},
		{"typography is that of the page", `It's "so" -- and so...`, "It’s “so” – and so…"},
		{"links are numbered, the same one once", "[A](https://a.example) [B](b.md) [A again](https://a.example)", "A [1] B [2] A again [1]\n[1] https://a.example\n[2] /b/"},
		{"an address has no number", "https://a.example/b <me@a.example> [a.example](https://a.example/) [c@d.example](mailto:c@d.example)", "https://a.example/b me@a.example a.example c@d.example"},
		{"a mailbox is listed without its scheme", "[Write](mailto:me@a.example)", "Write [1]\n[1] me@a.example"},
		{"a note stands before the number", "[Report](r.pdf)", "Report (PDF, 1.2 MB) [1]\n[1] /r.pdf"},
		{"a dropped link keeps its words", "[Gone](drop.md) here", "Gone here"},
		{"a number is not parted from its link", strings.Repeat("x", 69) + " [A](https://a.example)", strings.Repeat("x", 69) + "\nA [1]\n[1] https://a.example"},
		{"headings", "## One\n\nText.\n\n### Two\n\nText.\n\n## Three", "One\n---\n\nText.\n\nTwo\nText.\n\n\nThree\n-----"},
		{"a tight and a loose list", "- a\n- b\n  - c\n\n1. d\n\n2. e", "• a\n• b\n  • c\n\n1. d\n\n2. e"},
		{"letters go on", "a) one\nb) two\n\nA) three\nB) four", "a) one\nb) two\n\nA) three\nB) four"},
		{"tasks", "- [x] a\n- [ ] b", "• Done: a\n• To do: b"},
		{"a quotation", "> Well said.\n> — A Name, role", "    Well said.\n\n    — A Name, role"},
		{"a callout", "> [!NOTE] Bring a pen\n> And paper.", "Note: Bring a pen\n    And paper."},
		{"code is not wrapped", "```\na  b\n\n  " + strings.Repeat("c ", 50) + "\n```", "    a  b\n\n      " + strings.Repeat("c ", 50)},
		{"a rule", "a\n\n***\n\nb", "a\n\n------------------------\n\nb"},
		{"a narrow table has columns", "Table: What\n\n| A | Long |\n|---|---:|\n| one | 1 |\n| | 2 |", "What\n\nA    Long\n---  ----\none  1\n     2"},
		{"a wide table is told row by row", "| A | B |\n|---|---|\n| " + strings.Repeat("a ", 30) + "| " + strings.Repeat("b ", 30) + "|\n| c | |",
			"A: " + strings.TrimSpace(strings.Repeat("a ", 30)) + "\nB: " + strings.TrimSpace(strings.Repeat("b ", 30)) + "\n\nA: c"},
		{"a picture is told", "![A hall](a.png \"The hall\")\n\n![decorative](b.png)\n\n[![Door](c.png)](https://a.example)", "Picture: A hall\nThe hall\n\nPicture: Door [1]\n[1] https://a.example"},
		{"footnotes", "Text.[^1]\n\n[^1]: More *here*.", "Text. (note 1)\n\nNote 1: More here."},
		{"cards", "[Webinar](../events/webinar.md)\n\n[Hidden](hidden.md)\n\n[Other](other.md)", "Webinar\nTuesday 23 September 2025, 10am\n\nOther [1]\n[1] /other/"},
		{"a line break stays", "a  \nb\nc", "a\nb c"},
		{"addresses that may not be published are text", "[Run](javascript:x) ![P](file:///p.png)", "Run P"},
		{"a definition", "Term\n: Meaning", "Term\n\n    Meaning"},
		{"no-break spaces hold", strings.Repeat("x", 68) + " 10\u00a0am", strings.Repeat("x", 68) + "\n10\u00a0am"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, plain(test.src, Options{})); diff != "" {
				t.Errorf("(want, got):\n%s", diff)
			}
		})
	}
}

func TestPlainTextOfAnEmptyDocument(t *testing.T) {
	var refs References
	if text := (&Doc{}).Plain(wordsResolver{}, &refs, plainWidth); text != "" {
		t.Errorf("got %q", text)
	}
}

func TestWrapText(t *testing.T) {
	tests := []struct {
		text string
		want []string
	}{
		{"", nil},
		{" \n ", nil},
		{"one two three", []string{"one two", "three"}},
		{"seventeen-letters a", []string{"seventeen-letters", "a"}},
		{"a\nb", []string{"a", "b"}},
		{"e\u0301e\u0301e\u0301e\u0301 e\u0301e\u0301e\u0301", []string{"e\u0301e\u0301e\u0301e\u0301 e\u0301e\u0301e\u0301"}},
	}
	for _, test := range tests {
		if diff := cmp.Diff(test.want, WrapText(test.text, 8)); diff != "" {
			t.Errorf("%q (want, got):\n%s", test.text, diff)
		}
	}
}

// reference is the number of a link in the list below a plain text.
var reference = regexp.MustCompile(`\s\[\d+\]`)

// FuzzPlain holds the plain text against the HTML's: it says every word.
func FuzzPlain(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.md")
	for _, file := range files {
		if src, err := os.ReadFile(file); err == nil {
			f.Add(string(src), false)
			f.Add(string(src), true)
		}
	}
	f.Add("[0](000000000)00", true)
	words := func(s string) []string {
		return strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	}
	f.Fuzz(func(t *testing.T, src string, numbered bool) {
		src = strings.ToValidUTF8(strings.ReplaceAll(src, "\x00", ""), "")
		doc, problems := Parse([]byte(src), Options{Numbered: numbered})
		var refs References
		text := doc.Plain(pageOnly{}, &refs, plainWidth)
		said := reference.ReplaceAllString(text, "") // one may stand within a word: "[a](b)c"
		for _, word := range words(doc.Text) {
			if !strings.Contains(said, word) && !strings.Contains(text, word) && !aroundMore(said, word) && !problems.HasErrors() {
				t.Errorf("%q is missing in\n%s", word, text)
			}
		}
		if again := doc.Plain(pageOnly{}, &References{}, plainWidth); again != text {
			t.Errorf("written twice, it differs:\n%s\n%s", text, again)
		}
	})
}

// aroundMore reports whether a word stands in a text around more than the word
// has: the text of a picture as in "a![b](c.png)d", the mark of a note as in
// "a[^1]b", or what a link says of its file.
func aroundMore(text, word string) bool {
	const more = 120 // bytes
	for i := range word {
		first, last := word[:i], word[i:]
		for rest, found := text, i > 0; found; {
			if _, rest, found = strings.Cut(rest, first); found && strings.Contains(rest[:min(len(rest), more)], last) {
				return true
			}
		}
	}
	return false
}

// pageOnly resolves links as a page without cards does.
type pageOnly struct{ pageResolver }

func (pageOnly) Card(Link) (string, bool) { return "", false }
