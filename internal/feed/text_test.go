package feed

import (
	"bytes"
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestScrubLeavesWhatXMLAllows(t *testing.T) {
	for _, test := range []struct{ name, in, want string }{
		{"plain", "Gŵyl – “2025”\u2028 \U0001F389\t\n", "Gŵyl – “2025”\u2028 \U0001F389\t\n"},
		{"Word's line break parts words", "one\vtwo\ftwo\u0085three", "one two two three"},
		{"controls", "a\x00b\x08c\x1bd\x7fe\u0080f\u009fg", "abcdefg"},
		{"noncharacters", "a\ufffeb\uffffc\ufdd0d\U0001fffee\U0010ffff", "abcde"},
		{"line ends", "a\r\nb\rc\n", "a\nb\nc\n"},
		{"a replacement character stays", "a\ufffdb", "a\ufffdb"},
		{"invalid UTF-8", "a\xffb", "a\ufffdb"},
		{"a lone surrogate", "a\xed\xa0\x80b", "a\ufffd\ufffd\ufffdb"},
		{"nothing", "", ""},
	} {
		if got := scrub(test.in); got != test.want {
			t.Errorf("%s: scrub(%q) = %q, want %q", test.name, test.in, got, test.want)
		}
	}
}

func TestLineIsOneLine(t *testing.T) {
	for in, want := range map[string]string{
		"  a \r\n\t b\v": "a b",
		"a\u00a0b":       "a\u00a0b",
		" a ":            "a",
		"a\n":            "a",
		"\n":             "",
	} {
		if got := line(in); got != want {
			t.Errorf("line(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestAddressIsAURI(t *testing.T) {
	for in, want := range map[string]string{
		"https://e.example/a?b=1&c=2#d":     "https://e.example/a?b=1&c=2#d",
		"https://e.example/ŵ y.pdf":         "https://e.example/%C5%B5%20y.pdf",
		"https://e.example/%C5%B5":          "https://e.example/%C5%B5",
		"https://e.example/100%/5%2/%":      "https://e.example/100%25/5%252/%25",
		"https://e.example/\"<>\\^`{|}\x01": "https://e.example/%22%3C%3E%5C%5E%60%7B%7C%7D",
		"\thttps://e.example/\n":            "https://e.example/",
	} {
		if got := address(in); got != want {
			t.Errorf("address(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestOnlyAnAddressIsAMailbox(t *testing.T) {
	for in, want := range map[string]string{
		"comms@example.org":           "comms@example.org",
		"Comms <comms@example.org>":   "",
		"comms at example.org":        "",
		`"a b"@example.org`:           "",
		"a@example.org, b@example.or": "",
		"":                            "",
	} {
		if got := mailbox(in); got != want {
			t.Errorf("mailbox(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestPublisherFitsItsEmailComment(t *testing.T) {
	c := &Channel{Title: "Title", Publisher: `A (B) \ C)`, Email: "a@example.org"}
	if got, want := managingEditor(c).Inner, "a@example.org (A [B] / C])"; got != want {
		t.Errorf("managingEditor = %q, want %q", got, want)
	}
	c.Publisher = ""
	if got, want := managingEditor(c).Inner, "a@example.org (Title)"; got != want {
		t.Errorf("managingEditor = %q, want %q", got, want)
	}
}

func TestOnlyPicturesThatRSSKnowsBecomeItsImage(t *testing.T) {
	for icon, want := range map[string]bool{
		"https://e.example/a.png": true, "https://e.example/a.JPG?v=2": true, "https://e.example/a.svg": false, "": false, "::": false,
	} {
		if got := rssIcon(&Channel{Icon: icon}) != nil; got != want {
			t.Errorf("%q becomes an image: %v, want %v", icon, got, want)
		}
	}
}

func TestListsLoseWhatIsEmptyOrThereTwice(t *testing.T) {
	if diff := cmp.Diff([]string{"a", "b"}, lines([]string{"a", "", " \n", "b", "a "})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// fill sets every string within v, so that a field added later is tested too.
func fill(v reflect.Value, s string) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(s)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), s)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range v.Len() {
			fill(v.Index(i), s)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() && v.Type().Field(i).Name != "Outlines" {
				fill(v.Field(i), s)
			}
		}
	}
}

// hostile is text that breaks XML, CDATA, JSON, processing instructions,
// attributes and UTF-8.
const hostile = "https://e.example/\x00\v\x1b\ufffe\U0001ffff a ]]> \"'<b>&amp;&#11;&bogus; ?> --> \u2028 \U0001F389"

func TestEveryFieldIsScrubbedInEveryFormat(t *testing.T) {
	var c Channel
	fill(reflect.ValueOf(&c).Elem(), hostile)
	var o Outline
	fill(reflect.ValueOf(&o).Elem(), hostile)
	docs := map[string][]byte{"OPML": renderOPML(t, hostile, []Outline{o})}
	for _, format := range writers {
		docs[format.name] = render(t, format.write, &c)
	}
	for name, doc := range docs {
		if !utf8.Valid(doc) || bytes.ContainsAny(doc, "\x00\v\x1b\ufffd\ufffe\U0001ffff") {
			t.Errorf("%s has characters that should be gone:\n%q", name, doc)
		}
		if strings.HasSuffix(name, ".json") {
			if strings.Contains(string(doc), `\u000b`) || strings.Contains(string(doc), `\u0000`) {
				t.Errorf("%s has escaped controls:\n%s", name, doc)
			}
			continue
		}
		if _, err := parseXML(doc); err != nil {
			t.Errorf("%s: %v\n%s", name, err, doc)
		}
	}
}

func TestWritingChangesNoItem(t *testing.T) {
	c, untouched := sample(), sample()
	c.Items = append(c.Items, nil)
	untouched.Items = append(untouched.Items, nil)
	for _, format := range writers {
		first := render(t, format.write, c)
		if !bytes.Equal(first, render(t, format.write, c)) {
			t.Errorf("%s differs when written again", format.name)
		}
	}
	if diff := cmp.Diff(untouched, c); diff != "" {
		t.Errorf("the channel changed (-before +after):\n%s", diff)
	}
}

func TestItemWithoutIDIsKnownByItsAddress(t *testing.T) {
	c := sample()
	c.Items = []*Item{{URL: "https://e.example/a/", Title: "A", Summary: "B"}}
	if doc := string(render(t, RSS, c)); !strings.Contains(doc, `<guid isPermaLink="true">https://e.example/a/</guid>`) {
		t.Errorf("no permalink in\n%s", doc)
	}
	if doc := string(render(t, JSON, c)); !strings.Contains(doc, `"id":"https://e.example/a/"`) {
		t.Errorf("no id in\n%s", doc)
	}
}

// brokenWriter takes a few bytes and then none.
type brokenWriter struct{ room int }

var errFull = errors.New("disk full")

func (w *brokenWriter) Write(p []byte) (int, error) {
	if len(p) > w.room {
		return 0, errFull
	}
	w.room -= len(p)
	return len(p), nil
}

func TestErrorsOfTheWriterAreReturned(t *testing.T) {
	writeOPML := func(w io.Writer, _ *Channel) error { return OPML(w, "Feeds", sampleOutlines()) }
	for _, write := range []func(io.Writer, *Channel) error{RSS, Atom, JSON, writeOPML} {
		whole := len(render(t, write, sample()))
		for _, room := range []int{0, 45, whole / 2, whole - 1} {
			if err := write(&brokenWriter{room}, sample()); !errors.Is(err, errFull) {
				t.Errorf("with room for %d of %d bytes: %v", room, whole, err)
			}
		}
	}
}

func TestFilesSayWhatMediumTheyAre(t *testing.T) {
	for kind, want := range map[string]string{
		"image/png": "image", "audio/mpeg": "audio", "video/mp4": "video", "application/pdf": "document",
	} {
		if got := file(Enclosure{URL: "https://e.example/a", Type: kind}).Medium; got != want {
			t.Errorf("%s is %q, want %q", kind, got, want)
		}
	}
}
