package email

import (
	"encoding/base64"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// lineLength is where the lines of a header are folded (RFC 5322 section
	// 2.1.1: they should not be longer than 78).
	lineLength = 76
	// wordBytes is how many bytes an encoded word holds, so that the line of a
	// word and the name of its field has at most 76 characters (RFC 2047 section
	// 2). A multiple of three leaves no padding in between.
	wordBytes = 39
	// longWord is the length of the longest word that is not encoded, which is
	// how it can be broken.
	longWord = 60
)

// line makes a text one line: no control character can end a header and begin
// another.
func line(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	return strings.Join(strings.Fields(s), " ")
}

// encodeText writes a text for a header such as Subject: as it is if it has
// nothing but ASCII, or else in encoded words (RFC 2047). What merely looks
// like an encoded word is encoded too.
func encodeText(s string) string {
	s = line(s)
	if isASCII(s) && !strings.Contains(s, "=?") && longestWord(s) <= longWord {
		return s
	}
	return encodedWords(s)
}

// encodedWords encodes a text whatever is in it.
func encodedWords(s string) string {
	var words []string
	for s != "" {
		end := 0
		for end < len(s) {
			_, size := utf8.DecodeRuneInString(s[end:])
			if end+size > wordBytes {
				break
			}
			end += size
		}
		words = append(words, "=?utf-8?B?"+base64.StdEncoding.EncodeToString([]byte(s[:end]))+"?=")
		s = s[end:]
	}
	return strings.Join(words, " ")
}

// displayName writes the name before an address (RFC 5322 section 3.4), with
// the space after it; nothing if there is none.
func displayName(name string) string {
	if name == "" {
		return ""
	}
	written := name
	if strings.ContainsAny(name, `"\()<>[]:;@,.`) {
		written = `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(name) + `"`
	}
	if !isASCII(name) || strings.Contains(name, "=?") || longestWord(written) > longWord {
		written = encodedWords(name)
	}
	return written + " "
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func longestWord(s string) int {
	longest := 0
	for word := range strings.FieldsSeq(s) {
		longest = max(longest, len(word))
	}
	return longest
}

// fold ends a header's line before a space where it would be too long, and at
// its end (RFC 5322 section 2.2.3).
func fold(header string) string {
	var b strings.Builder
	used := 0
	for i, word := range strings.Split(header, " ") {
		switch {
		case i == 0:
		case i > 1 && used+1+len(word) > lineLength:
			b.WriteString("\r\n ")
			used = 1
		default:
			b.WriteByte(' ')
			used++
		}
		b.WriteString(word)
		used += len(word)
	}
	b.WriteString("\r\n")
	return b.String()
}
