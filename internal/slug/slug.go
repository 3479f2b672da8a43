// Package slug turns words into the parts of web addresses.
//
// Addresses are plain ASCII, so that they survive e-mail programs and print;
// fragment identifiers keep letters such as ŵ and ŷ, as HTML allows and as
// Welsh place names deserve. Both are in Unicode normalization form C first,
// so that the same word typed on a Mac and on Windows gives the same address.
package slug

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// plain spells letters that do not decompose into a base letter and an accent.
var plain = strings.NewReplacer(
	"ß", "ss", "æ", "ae", "œ", "oe", "ø", "o", "đ", "d", "ð", "d", "þ", "th", "ł", "l", "ħ", "h", "ı", "i",
	"&", " and ", "’", "", "'", "", "‘", "", "£", "", "@", " at ",
)

// apostrophes are left out without a gap: "children's" is one word.
var apostrophes = strings.NewReplacer("’", "", "'", "", "‘", "")

// Make gives the address segment for a title or a name: lower-case ASCII
// letters, digits and single hyphens. A text without any letter or digit of
// the Latin script keeps its own script's letters; "" is returned only for a
// text without letters and digits.
func Make(s string) string {
	if out, ok := makePlain(s); ok {
		return out
	}
	return makeAny(s)
}

// makeAny is Make for any text.
func makeAny(s string) string {
	s = plain.Replace(strings.ToLower(norm.NFC.String(s)))
	var ascii strings.Builder
	for _, r := range norm.NFD.String(s) {
		if !unicode.Is(unicode.Mn, r) {
			ascii.WriteRune(r)
		}
	}
	out := hyphenate(ascii.String(), func(r rune) bool {
		return r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r))
	})
	if out != "" {
		return out
	}
	return idOfAny(s)
}

// makePlain does for most texts what Make and ID do: for those in ASCII without
// the signs that Make spells out.
func makePlain(s string) (string, bool) {
	out := make([]byte, 0, len(s))
	gap := false
	for i := range len(s) {
		c := s[i]
		switch {
		case 'A' <= c && c <= 'Z':
			c += 'a' - 'A'
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
		case c >= utf8.RuneSelf, c == '&', c == '@':
			return "", false
		case c == '\'':
			continue
		default:
			gap = true
			continue
		}
		if gap && len(out) > 0 {
			out = append(out, '-')
		}
		gap = false
		out = append(out, c)
	}
	return string(out), true
}

// ID gives the fragment identifier for a heading: lower-case letters of any
// script with their accents, digits and single hyphens.
func ID(s string) string {
	if out, ok := makePlain(s); ok {
		return out
	}
	return idOfAny(s)
}

// idOfAny is ID for any text.
func idOfAny(s string) string {
	// A small letter can be one character where its capital is two, and an
	// accent can follow an apostrophe.
	s = norm.NFC.String(apostrophes.Replace(strings.ToLower(norm.NFC.String(s))))
	return hyphenate(s, func(r rune) bool {
		return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r)
	})
}

// hyphenate keeps the runes that keep accepts and writes one hyphen for each
// run of others between them.
func hyphenate(s string, keep func(rune) bool) string {
	var b strings.Builder
	gap := false
	for _, r := range s {
		if !keep(r) {
			gap = true
			continue
		}
		if gap && b.Len() > 0 {
			b.WriteByte('-')
		}
		gap = false
		b.WriteRune(r)
	}
	return b.String()
}

// Fold gives a form in which two addresses or names are equal when a file
// system or a reader may take them for the same: letter case and Unicode
// composition do not count.
func Fold(s string) string {
	if isASCII(s) {
		return strings.ToLower(s)
	}
	s = strings.ToValidUTF8(s, "\uFFFD") // beside other bytes, composition is not looked for
	// Folding makes capitals of small letters in one script, Cherokee.
	return norm.NFC.String(strings.ToLower(cases.Fold().String(norm.NFKC.String(s))))
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// NFC gives s in Unicode normalization form C.
func NFC(s string) string { return norm.NFC.String(s) }

// Segment gives the part of an address for a file name without its ending:
// small letters, digits, hyphens, dots and underscores stay as they are.
func Segment(name string) string {
	plainName := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '-' || r == '_' || r == '.'
	}
	if strings.IndexFunc(name, func(r rune) bool { return !plainName(r) }) < 0 {
		return name
	}
	var parts []string
	for part := range strings.FieldsFuncSeq(norm.NFC.String(name), func(r rune) bool { return r == '.' || r == '_' }) {
		if part = Make(part); part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, "-")
}
