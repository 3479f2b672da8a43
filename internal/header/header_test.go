package header

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bulletin/internal/diag"
)

// read reads a file as an entry would be, with a few known keys.
func read(data string) (*Doc, diag.List) {
	text, problems := Clean("f.md", []byte(data))
	if problems.HasErrors() {
		return nil, problems
	}
	doc, more := Split("f.md", text)
	problems.Add(more...)
	if doc == nil {
		return nil, problems
	}
	f := doc.Fields
	f.Meant(map[string]string{"tags": "write `topics`"})
	f.Required("title", "every entry needs one", "A title")
	f.Text("summary")
	f.Text("start")
	f.Bool("draft")
	f.Int("capacity")
	f.Date("date")
	f.Texts("topics")
	f.Choice("kind", "news", "press-release")
	m := f.Map("register")
	m.Text("url")
	m.Date("by")
	problems.Add(f.Finish()...)
	problems.Sort()
	return doc, problems
}

// TestEachProblemHasItsPlaceAndACure runs every way in which a header can be
// wrong; several in one file are reported together.
func TestEachProblemHasItsPlaceAndACure(t *testing.T) {
	for _, tt := range []struct {
		name, file string
		want       []string
	}{
		{"unknown key", "---\ntitle: A\nzebra: x\n---\n", []string{"3:1 unknown-key"}},
		{"misspelt key", "---\ntitle: A\nstrat: x\n---\n", []string{"3:1 unknown-key did you mean `start`?"}},
		{"key of another program", "---\ntitle: A\ntags: [x]\n---\n", []string{"3:1 unknown-key write `topics`"}},
		{"misspelt nested key", "---\ntitle: A\nregister:\n  ulr: x\n---\n", []string{"4:3 unknown-key did you mean `url`?"}},
		{"duplicate key", "---\ntitle: A\nsummary: x\ntitle: B\n---\n", []string{"4:1 duplicate-key"}},
		{"wrong type: list for text", "---\ntitle: [A, B]\n---\n", []string{"2:8 wrong-type"}},
		{"wrong type: text for group", "---\ntitle: A\nregister: me\n---\n", []string{"3:11 wrong-type write it like this, with the keys that you need:\nregister:\n  url: ...\n  by: ..."}},
		{"wrong type: group for list", "---\ntitle: A\ntopics:\n  - Reading: x\n---\n", []string{"4:5 wrong-type a text with a colon in it needs quotation marks"}},
		{"wrong type: word for yes or no", "---\ntitle: A\ndraft: maybe\n---\n", []string{"3:8 wrong-type"}},
		{"wrong type: word for number", "---\ntitle: A\ncapacity: many\n---\n", []string{"3:11 wrong-type"}},
		{"unknown value", "---\ntitle: A\nkind: press\n---\n", []string{"3:7 unknown-value"}},
		{"title missing", "---\nsummary: x\n---\n", []string{"2:1 missing-key write `title: A title`"}},
		{"title without a value", "---\ntitle:\n---\n", []string{"2:1 missing-key"}},
		{"misspelt key that has to be there", "---\nTitle: A\n---\n", []string{"2:1 unknown-key did you mean `title`?"}},
		{"byte order mark", "\ufeff---\ntitle: A\n---\n", []string{"1:1 byte-order-mark"}},
		{"Windows line ends", "---\r\ntitle: A\r\nzebra: x\r\n---\r\n", []string{"3:1 unknown-key"}},
		{"unclosed block", "---\ntitle: A\n\nText begins here\n", []string{"3:1 unclosed-front-matter"}},
		{"unclosed block without text", "---\ntitle: A\n", []string{"2:1 unclosed-front-matter"}},
		{"unclosed block, and a rule further down", "---\ntitle: A\n\nText begins here\n\n- one\n\n---\n", []string{"3:1 unclosed-front-matter"}},
		{"quoted text with an empty line in it", "---\ntitle: \"A\n\n  B\"\n---\n", nil},
		{"empty file", "", []string{"1:1 empty-file"}},
		{"blank file", " \n\n", []string{"1:1 empty-file"}},
		{"no front matter", "Just text\n", []string{"1:1 no-front-matter"}},
		{"a long dash for three hyphens", "—\ntitle: A\n—\n", []string{"1:1 no-front-matter type three hyphens"}},
		{"too large", "---\ntitle: A\nsummary: " + strings.Repeat("x", MaxSize) + "\n---\n", []string{"1:1 front-matter-too-large"}},
		{"colon in an unquoted title", "---\ntitle: PWLE Seminar: Child contact\n---\n", []string{"2:8 unquoted-colon write title: \"PWLE Seminar: Child contact\""}},
		{"colon in an unquoted list item", "---\ntitle: A\ntopics:\n  - Reading: a start: now\n---\n", []string{"4:5 unquoted-colon"}},
		{"no space after a colon", "---\ntitle:A\nsummary: x\n---\n", []string{"2:7 missing-space write `title: A`"}},
		{"no space after the last colon", "---\ntitle: A\nsummary:x\n---\n", []string{"3:9 missing-space write `summary: x`"}},
		{"hash in an unquoted text", "---\ntitle: Join #Belonging today\n---\n", []string{"2:8 unquoted-hash write \"Join #Belonging today\""}},
		{"hash at the start of a text", "---\ntitle: A\nsummary: #Belonging\n---\n", []string{"3:1 unquoted-hash write \"#Belonging\""}},
		{"note after a value", "---\ntitle: A # a note\n# another\n---\n", nil},
		{"text below a block", "---\ntitle: A\nsummary: |\n  one\ntwo\ndraft: true\n---\n", []string{"5:1 yaml"}},
		{"indented key", "---\ntitle: A\n summary: x\n---\n", []string{"3:2 yaml"}},
		{"value that begins with a symbol", "---\ntitle: @home\n---\n", []string{"2:8 unquoted-text"}},
		{"value that begins with an asterisk", "---\ntitle: *star*\n---\n", []string{"2:8 unquoted-text"}},
		{"tag", "---\ntitle: !important\n---\n", []string{"2:8 unquoted-text"}},
		{"anchor", "---\ntitle: &one One\nsummary: *one\n---\n", []string{"2:8 unquoted-text", "3:10 unquoted-text"}},
		{"quotation mark not closed", "---\ntitle: \"A\nsummary: x\n---\n", []string{"2:8 yaml add the closing quotation mark"}},
		{"bracket not closed", "---\ntitle: A\ntopics: [a, b\nsummary: x\n---\n", []string{"3:9 yaml"}},
		{"tab", "---\ntitle: A\nregister:\n\turl: x\n---\n", []string{"4:1 yaml indent with two spaces"}},
		{"no key", "---\njust words\n---\n", []string{"2:1 front-matter"}},
		{"invalid UTF-8", "---\ntitle: caf\xe9 \xe9\n---\n", []string{"2:11 encoding"}},
		{"UTF-16", "\xff\xfe-\x00-\x00", []string{"1:1 encoding"}},
		{"control character", "---\ntitle: A\vB\n---\n", []string{"2:9 control-character"}},
		{"weekday that does not match", "---\ntitle: A\ndate: Tuesday 8 October 2025\n---\n", []string{"3:7 wrong-weekday"}},
		{"date without a year", "---\ntitle: A\nregister: {by: 8 October}\n---\n", []string{"3:16 date-without-year"}},
		{"indented hyphens inside", "---\ntitle: A\nsummary: |\n  one\n  ---\n  two\n---\n", []string{"5:3 stray-delimiter"}},
		{"nested too deep", "---\ntitle: A\ntopics: " + strings.Repeat("[", 40) + strings.Repeat("]", 40) + "\n---\n", []string{"3:10 wrong-type", "3:25 nesting"}},
		{"all at once", "---\ntitle: A: b\nstrat: x\ntopics: [a\ndraft: perhaps\nsummary: x\nsummary: y\n---\n",
			[]string{"2:8 unquoted-colon", "3:1 unknown-key", "4:9 yaml", "5:8 wrong-type", "7:1 duplicate-key"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, problems := read(tt.file)
			var got []string
			for i, p := range problems {
				s := strings.TrimPrefix(p.Pos.String(), "f.md:") + " " + p.Rule
				if i < len(tt.want) && strings.Contains(tt.want[i], " "+p.Rule+" ") {
					_, hint, _ := strings.Cut(tt.want[i], p.Rule+" ")
					if strings.Contains(p.Hint, hint) {
						s += " " + hint
					} else {
						s += " (hint: " + p.Hint + ")"
					}
				}
				if p.Hint == "" {
					s += " WITHOUT HINT"
				}
				got = append(got, s)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("problems (-want +got):\n%s\n%v", diff, problems)
			}
		})
	}
}

func TestManyControlCharactersAreNotReportedOneByOne(t *testing.T) {
	text, problems := Clean("f.md", []byte(strings.Repeat("a\x01", 5000)))
	if len(text) != 5000 || len(problems) != 10 || !strings.HasSuffix(problems[9].Text, "(and 4990 more like it further down)") {
		t.Errorf("%d characters, %d problems, the last: %v", len(text), len(problems), problems[len(problems)-1])
	}
}

func TestValuesAreReadAsTheyWereTyped(t *testing.T) {
	doc, _ := Split("f.md", []byte("---\ncost: no\nphone: 0658372\nday: 15/10/2025\nempty:\nlong: >\n  one\n  two\n---\nBody\n"))
	f := doc.Fields
	for key, want := range map[string]string{"cost": "no", "phone": "0658372", "day": "15/10/2025", "empty": "", "long": "one two", "absent": ""} {
		if got := f.Text(key).Value; got != want {
			t.Errorf("%s = %q, want %q", key, got, want)
		}
	}
	if f.Has("empty") || f.Text("empty").Set() {
		t.Error("a key without a value counts as written")
	}
	if got := f.Date("day"); got.Day != 15 || got.Month != 10 {
		t.Errorf("15/10/2025 read as %v", got)
	}
	if p := f.Text("phone").Pos; p.Line != 3 || p.Col != 8 {
		t.Errorf("phone stands at %v", p)
	}
}

func TestTheBodyKeepsItsLineNumber(t *testing.T) {
	for _, tt := range []struct {
		file, body string
		line       int
	}{
		{"---\ntitle: A\n---\nBody\n", "Body\n", 4},
		{"\n\n---\ntitle: A\n---\n\nBody\n", "\nBody\n", 6},
		{"---\ntitle: A\n---", "", 4},
		{"---\n---\nBody", "Body", 3},
		{"---\n# only a comment\n---\nBody\n---\nmore", "Body\n---\nmore", 4},
	} {
		doc, problems := Split("f.md", []byte(tt.file))
		if doc == nil {
			t.Fatalf("%q: %v", tt.file, problems)
		}
		if string(doc.Body) != tt.body || doc.BodyLine != tt.line {
			t.Errorf("%q: body %q in line %d, want %q in line %d", tt.file, doc.Body, doc.BodyLine, tt.body, tt.line)
		}
	}
}

func FuzzReading(f *testing.F) {
	for _, s := range []string{"---\ntitle: A\n---\nx", "---\na: [b\n---", "---\n- a\nb: c\n---", "---\na: &x 1\nb: *x\n---", "---\n? a\n: b\n---", "---\na: \"\\x0b\"\n---"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		doc, problems := read(s)
		if doc == nil && !problems.HasErrors() {
			t.Fatal("nothing was read and nothing reported")
		}
		for _, p := range problems {
			if p.Line < 1 || p.Col < 1 || p.Text == "" || p.Rule == "" {
				t.Fatalf("incomplete problem %#v", p)
			}
		}
	})
}
