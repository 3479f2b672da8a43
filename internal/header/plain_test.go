package header

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// plainTexts are read without the YAML library.
var plainTexts = []string{
	"title: A\n",
	"title: A launch, in (three) parts; 50% more & less!\nsummary: Two.  \n\ndate: 2025-09-23 10:00\nnumbered: true\ncost: £5 – “half”",
	"title: \"PWLE: child contact # 1\"\nsummary: 'no [lists] here'\nempty: \"\"\nfile: /docs/a.pdf\nurl: https://example.org/a?b=c#d\n",
	"places: [Place 1, \"Walsall, north\",Dudley , 'x' ]\ntopics: []\nregister: {url: \"https://example.org/book/1\", by: 2023-12-29}\nonline: {platform: Zoom, url: https://example.org/a}\n",
	"people:\n  - A Name\n  - name: Another\n    role: Head\n    organisation: \"The Office\"\n\n  - {name: Third}\ndetails:\n  Ward(s): All\n  Portfolio holder: Councillor A\n",
	"people:\n- A Name\n- name: Another\n  role: Head\nend: 11:30\n",
	"- name: Walsall\n  other: [Bloxwich]\n  aka:\n    - x\n- name: Ẃ x\n",
	"title: Dŵr\nplaces: [Ŵ, é, \"ŷ\", x]\n",
}

// otherTexts are left to the YAML library.
var otherTexts = []string{
	"", "\n", "# a comment\ntitle: A\n", "title: A # note\n", "title: A\n  and more\n", "title: null\n", "title:\nsummary: B\n", "title: ~\n", "title: |\n  A\n",
	"title: \"A\\n\"\n", "title: 'it''s'\n", "title: A: B\n", "title: A:\n", "- a\nb: c\n", "a: &x 1\nb: *x\n", "? a\n: b\n", " a: b\nc: d\n", "a: b\n c: d\n",
	"a: [b\n", "a: [b, ]\n", "a: [b] c\n", "a: {b: }\n", "a: {b}\n", "a: [{b: c}]\n", "a: [b: c]\n", "a:\n - b\n  - c\n", "a:\n  - b\n - c\n", "a:\tb\n", "- - a\n", "-\n  a\n",
	"a: b\x7f\n", "a: \u0085b\n", "a: b\u2028c: d\n", "a: \ufeffb\n", "a: <<\n", "\"a\": b\n", "---\na: b\n", "a: b\n---\nc: d\n", "a: b\n...\n", "a :b\n", "a : b\n", "a: %b\n", "a: @b\n", "a: !b c\n",
}

func TestPlainFrontMatterIsReadAsTheLibraryReadsIt(t *testing.T) {
	for _, text := range plainTexts {
		if _, ok := readPlain([]byte(text)); !ok {
			t.Errorf("%q is not read", text)
		}
		compareReadings(t, text)
	}
}

func TestWhatIsNotPlainIsLeftToTheLibrary(t *testing.T) {
	for _, text := range otherTexts {
		if _, ok := readPlain([]byte(text)); ok {
			t.Errorf("%q is read", text)
		}
		compareReadings(t, text)
	}
}

func FuzzPlain(f *testing.F) {
	for _, text := range append(plainTexts, otherTexts...) {
		f.Add(text)
	}
	f.Fuzz(compareReadings)
}

// compareReadings reads a text in both ways, if it can be read in both.
func compareReadings(t *testing.T, text string) {
	if !utf8.ValidString(text) || strings.ContainsAny(text, "\r\x00") {
		return // never comes out of Clean
	}
	got, ok := readPlain([]byte(text))
	if !ok {
		return
	}
	var root yaml.Node
	if err := yaml.Load([]byte(text), &root); err != nil {
		t.Fatalf("%q is read as %s, and the library says: %v", text, show(got), err)
	}
	want := nodeOf(root.Content[0])
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("%q is read as %s, and by the library as %s", text, show(got), show(want))
	}
}

// show writes a node so that differences can be seen.
func show(n *node) string {
	var b strings.Builder
	var write func(n *node, indent string)
	write = func(n *node, indent string) {
		flat := *n
		flat.content = nil
		fmt.Fprintf(&b, "%s%+v", indent, flat)
		for _, c := range n.content {
			write(c, indent+"  ")
		}
	}
	write(n, "\n")
	return b.String()
}
