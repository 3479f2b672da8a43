package feed

import (
	"mime"
	"net/mail"
	"strings"
	"unicode/utf8"
)

// scrub takes out what a feed may not or should not contain: characters that
// XML 1.0 forbids even as references (section 2.2) and those that it advises
// against, C1 controls and noncharacters. Vertical tab (Word's Shift+Enter),
// form feed and next line part words, so they become spaces. Line ends become
// U+000A, which is what an XML parser would make of them; invalid UTF-8
// becomes U+FFFD.
//
// A clean text, by far the usual case, is returned without a copy.
func scrub(s string) string {
	i := firstUnclean(s)
	if i == len(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for i < len(s) {
		b.WriteString(s[:i])
		r, width := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError:
			b.WriteRune(utf8.RuneError)
		case r == '\r':
			if !strings.HasPrefix(s[i+1:], "\n") {
				b.WriteByte('\n')
			}
		case r == '\v' || r == '\f' || r == '\u0085':
			b.WriteByte(' ')
		}
		s = s[i+width:]
		i = firstUnclean(s)
	}
	b.WriteString(s)
	return b.String()
}

// firstUnclean is the index of the first character that scrub would change,
// or len(s).
func firstUnclean(s string) int {
	for i := 0; i < len(s); {
		if b := s[i]; b < utf8.RuneSelf {
			if b < ' ' && b != '\t' && b != '\n' || b == 0x7F {
				return i
			}
			i++
			continue
		}
		r, width := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && width == 1 || discouraged(r) {
			return i
		}
		i += width
	}
	return len(s)
}

// discouraged reports C1 controls and noncharacters (U+FFFE and U+FFFF, the
// last two of every other plane, and U+FDD0 to U+FDEF).
func discouraged(r rune) bool {
	return r <= 0x9F || 0xFDD0 <= r && r <= 0xFDEF || r&0xFFFE == 0xFFFE
}

// line scrubs plain text that is shown as one line: runs of spaces, tabs and
// line ends become one space. No-break spaces are kept.
func line(s string) string {
	s = scrub(s)
	if !strings.ContainsAny(s, "\t\n") && !strings.Contains(s, "  ") {
		return strings.Trim(s, " ")
	}
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '\t' || r == '\n' }), " ")
}

// tagCharacters are those that a tag URI's specific part may contain as they
// are (RFC 4151, section 2.1). The per cent sign is not one of them, so that
// different texts stay different when encoded.
const tagCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?@!$&'()*+,;="

// uriCharacters are those that a URI may contain as they are (RFC 3986,
// section 2), with the per cent sign of what is encoded already.
const uriCharacters = tagCharacters + "#[]%"

// address scrubs a web address and encodes what a URI may not contain, such
// as spaces and letters with accents.
func address(s string) string {
	return percentEncode(line(s), uriCharacters)
}

// percentEncode encodes every byte of s that is not in allowed, and every per
// cent sign that does not introduce an encoded byte (RFC 3986, section 2.1).
func percentEncode(s, allowed string) string {
	const digits = "0123456789ABCDEF"
	var b []byte
	for i := range len(s) {
		switch {
		case strings.IndexByte(allowed, s[i]) < 0 || s[i] == '%' && !encodedByte(s[i:]):
			if b == nil {
				b = append(make([]byte, 0, len(s)+16), s[:i]...)
			}
			b = append(b, '%', digits[s[i]>>4], digits[s[i]&0xF])
		case b != nil:
			b = append(b, s[i])
		}
	}
	if b == nil {
		return s
	}
	return string(b)
}

// encodedByte reports whether s starts with a per cent sign and two
// hexadecimal digits.
func encodedByte(s string) bool {
	const digits = "0123456789ABCDEFabcdef"
	return len(s) > 2 && strings.IndexByte(digits, s[1]) >= 0 && strings.IndexByte(digits, s[2]) >= 0
}

// mailbox returns a bare e-mail address, or "" for anything else.
func mailbox(s string) string {
	parsed, err := mail.ParseAddress(line(s))
	if err != nil || parsed.Name != "" || strings.ContainsAny(parsed.Address, " \"()<>") {
		return ""
	}
	return parsed.Address
}

// mediaType returns a media type, "application/octet-stream" where s is none:
// RSS and JSON Feed both require one.
func mediaType(s string) string {
	if _, _, err := mime.ParseMediaType(s); err != nil || !strings.Contains(s, "/") {
		return "application/octet-stream"
	}
	return line(s)
}
