package slug

import (
	"strings"
	"testing"
	"unicode"
)

func TestMakeGivesPlainAddresses(t *testing.T) {
	for text, want := range map[string]string{
		"Belonging in Action":          "belonging-in-action",
		"Dŵr, tŷ a dysgu":              "dwr-ty-a-dysgu",
		"Dw\u0302r":                    "dwr",
		"Children’s services & SEND":   "childrens-services-and-send",
		"  £1.6 million — for 2025/26": "1-6-million-for-2025-26",
		"Łódź, Straße, Ærø":            "lodz-strasse-aero",
		"مرحبا بكم":                    "مرحبا-بكم",
		"!?":                           "",
	} {
		if got := Make(text); got != want {
			t.Errorf("Make(%q) = %q, want %q", text, got, want)
		}
		if got := Make(Make(text)); got != want {
			t.Errorf("Make is not stable for %q: %q", text, got)
		}
	}
}

func TestIDKeepsLettersWithAccents(t *testing.T) {
	for text, want := range map[string]string{
		"Dŵr a thŷ":          "dŵr-a-thŷ",
		"Dw\u0302r":          "dŵr",
		"3. Report detail":   "3-report-detail",
		"Children's “voice”": "childrens-voice",
	} {
		if got := ID(text); got != want {
			t.Errorf("ID(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestSegmentKeepsNamesThatAreAddressesAlready(t *testing.T) {
	for name, want := range map[string]string{
		"belonging": "belonging", "front_matter": "front_matter", "v1.2": "v1.2", "2025-08": "2025-08",
		"My File": "my-file", "Dŵr": "dwr", "Board Papers_v2.1": "board-papers-v2-1",
	} {
		if got := Segment(name); got != want {
			t.Errorf("Segment(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestFoldTreatsAsEqualWhatDisksMayTakeForTheSame(t *testing.T) {
	for a, b := range map[string]string{"Walsall": "WALSALL", "Dŵr": "dw\u0302r", "straße": "STRASSE", "ﬁle": "file", "ꮍ": "Ꮍ"} {
		if Fold(a) != Fold(b) {
			t.Errorf("Fold(%q) = %q, but Fold(%q) = %q", a, Fold(a), b, Fold(b))
		}
	}
	if Fold("Walsall") == Fold("Dudley") {
		t.Error("different names are folded into one")
	}
}

func FuzzMake(f *testing.F) {
	for _, s := range []string{"Dŵr a thŷ", "مرحبا بكم", "..", "a/b", "ǅ", "İ", "ﬁ", "\xff", "-", "_._", "Dw\u0302r", "\u202Ea", "a%2Fb", "Y\u030a", "It's 3 o'clock, (B)"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for name, make := range map[string]func(string) string{"Make": Make, "ID": ID, "Segment": Segment} {
			got := make(s)
			if strings.ContainsAny(got, "/\\ %?#\"'<>&:*") || strings.ContainsFunc(got, unicode.IsControl) || name != "Segment" && strings.Contains(got, ".") {
				t.Errorf("%s(%q) = %q", name, s, got)
			}
			if again := make(got); again != got && name != "Segment" { // whose parts may be of several scripts
				t.Errorf("%s(%q) = %q, and of that %q", name, s, got, again)
			}
		}
		if got, ok := makePlain(s); ok && (got != makeAny(s) || got != idOfAny(s)) {
			t.Errorf("makePlain(%q) = %q, Make gives %q and ID %q", s, got, makeAny(s), idOfAny(s))
		}
		if folded := Fold(s); Fold(folded) != folded {
			t.Errorf("Fold(%q) = %q, and of that %q", s, folded, Fold(folded))
		}
	})
}
