package calendar

import (
	"strings"
	"testing"
	"unicode/utf8"

	ics "github.com/arran4/golang-ical"
)

func TestLinesAreFoldedBetweenCharacters(t *testing.T) {
	for name, text := range map[string]string{
		"nothing to fold":         strings.Repeat("a", 75-len("SUMMARY:")),
		"one byte too long":       strings.Repeat("a", 76-len("SUMMARY:")),
		"two bytes a character":   "a" + strings.Repeat("ŵ", 200),
		"three bytes a character": strings.Repeat("’", 200),
		"four bytes a character":  "ab" + strings.Repeat("𝄞", 100),
		"escapes":                 strings.Repeat("a,b;c\\", 50),
		"spaces":                  "b" + strings.Repeat(" ", 300) + "e",
	} {
		var l lines
		l.text("SUMMARY", text)
		file := l.b.String()
		physical := strings.Split(strings.TrimSuffix(file, "\r\n"), "\r\n")
		for i, line := range physical {
			if len(line) > 75 || !utf8.ValidString(line) || i > 0 && !strings.HasPrefix(line, " ") {
				t.Errorf("%s: bad line %q (%d bytes)", name, line, len(line))
			}
			if i < len(physical)-1 && len(line) < 75-3 {
				t.Errorf("%s: line %q is folded too early", name, line)
			}
		}
		if got := strings.ReplaceAll(file, "\r\n ", ""); got != "SUMMARY:"+escape(text)+"\r\n" {
			t.Errorf("%s: unfolded, it is %q", name, got)
		}
	}
}

func TestEscape(t *testing.T) {
	for text, want := range map[string]string{
		`a, b; c\d`:                   `a\, b\; c\\d`,
		`\n`:                          `\\n`,
		"a\nb\r\nc\rd":                `a\nb\nc\nd`,
		"a\vb\fc\u0085d\u2028e\u2029": `a\nb\nc\nd\ne\n`,
		"a\x00b\x1b\x7f\u009fc\td":    "abc\td",
		"a\xffb":                      "a\uFFFDb",
		"Siân’s “café”: £5":           "Siân’s “café”: £5",
		"DTSTART:1\r\nEND:VEVENT":     `DTSTART:1\nEND:VEVENT`,
	} {
		if got := escape(text); got != want {
			t.Errorf("escape(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestParametersAreQuotedWhereTheyMustBe(t *testing.T) {
	for value, want := range map[string]string{
		"Europe/London":          "Europe/London",
		"St John's: Walsall":     `"St John's: Walsall"`,
		`A "B", C; D`:            `"A 'B', C; D"`,
		"A\r\nEND:VCALENDAR":     `"A END:VCALENDAR"`,
		`back\slash`:             `back/slash`,
		"Partneriaeth Plant Ŵyn": "Partneriaeth Plant Ŵyn",
	} {
		if got := quote(value); got != want {
			t.Errorf("quote(%q) = %q, want %q", value, got, want)
		}
	}
}

func TestAddressesHoldOnlyWhatAURICan(t *testing.T) {
	for address, want := range map[string]string{
		"https://a.example/b?c=d&e=%20#f":  "https://a.example/b?c=d&e=%20#f",
		"https://a.example/dŵr y":          "https://a.example/d%C5%B5r%20y",
		"https://a.example/\r\nEND:VEVENT": "https://a.example/%0D%0AEND:VEVENT",
	} {
		if got := uri(address); got != want {
			t.Errorf("uri(%q) = %q, want %q", address, got, want)
		}
	}
}

// FuzzText writes an event whose every text is hostile, and reads it back with
// an independent reader: no text can end its property or its component.
func FuzzText(f *testing.F) {
	for _, s := range []string{
		"", "A, b; c\\ \"d\"", "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n", "\r", "\n ", "\u2028\u0085\v\f\x00", "\xff\xfe", "ŵ’𝄞", strings.Repeat("é", 60), "\\n\\", "a\\", ":;,", "\u202Eabc",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		event := &vevent{
			UID: "a@example.org", Start: moment{Value: "20251127", Day: true}, Summary: s, Description: s, Location: s, URL: s, Contact: s,
			OrganiserName: s, OrganiserMail: s, Categories: []string{line(s), "b"}, Status: confirmed,
		}
		file := string(view{Name: s, URL: s, Source: s, Events: []*keyedEvent{{vevent: event}}}.bytes())
		checkForm(t, file)
		calendar, err := ics.ParseCalendar(strings.NewReader(file))
		if err != nil {
			t.Fatalf("%v\n%s", err, file)
		}
		if n := len(calendar.Events()); n != 1 {
			t.Fatalf("%d events", n)
		}
		for property, want := range map[ics.ComponentProperty]string{
			ics.ComponentPropertySummary: line(s), ics.ComponentPropertyDescription: plain(s), ics.ComponentPropertyStatus: confirmed,
		} {
			got := calendar.Events()[0].GetProperty(property)
			if want == "" && got == nil {
				continue
			}
			if got == nil || got.Value != want {
				t.Errorf("%s is %v, want %q", property, got, want)
			}
		}
	})
}
