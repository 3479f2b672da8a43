package calendar

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// lineLimit is the longest line, in bytes, without its line end (RFC 5545
// section 3.1).
const lineLimit = 75

// lines is a file in the making: content lines that end with CR LF and are
// folded.
type lines struct {
	b    bytes.Buffer
	line []byte // the line that is written
}

// parameter is a property's parameter; one without a value is left out.
type parameter struct{ name, value string }

// add writes a line whose value is written as it is; nothing if that is empty.
func (l *lines) add(name, value string, parameters ...parameter) {
	if value == "" {
		return
	}
	l.line = append(l.line[:0], name...)
	for _, p := range parameters {
		if p.value != "" {
			l.line = append(l.line, ';')
			l.line = append(l.line, p.name...)
			l.line = append(l.line, '=')
			l.line = append(l.line, quote(p.value)...)
		}
	}
	l.line = append(l.line, ':')
	l.fold(append(l.line, value...))
}

// text writes a line whose value is a text; nothing if that is empty.
func (l *lines) text(name, text string) { l.add(name, escape(text)) }

// texts writes a line whose value is a list of texts.
func (l *lines) texts(name string, texts []string) {
	var escaped []string
	for _, t := range texts {
		escaped = append(escaped, escape(t))
	}
	l.add(name, strings.Join(escaped, ","))
}

// fold writes a line, in pieces if it is too long. Each further piece begins
// with a space, which counts. Characters stay whole, though RFC 5545 would
// allow to part them.
func (l *lines) fold(line []byte) {
	l.line = line
	for limit := lineLimit; len(line) > limit; limit = lineLimit - 1 {
		at := limit
		for !utf8.RuneStart(line[at]) {
			at--
		}
		l.b.Write(line[:at])
		l.b.WriteString("\r\n ")
		line = line[at:]
	}
	l.b.Write(line)
	l.b.WriteString("\r\n")
}

var escaper = strings.NewReplacer(`\`, `\\`, `;`, `\;`, `,`, `\,`, "\n", `\n`)

// escape writes a text as a value of that type (RFC 5545 section 3.3.11).
func escape(s string) string { return escaper.Replace(plain(s)) }

// plain takes out what a text cannot hold. Everything that any reader may take
// for a line end becomes a line feed; other control characters go.
func plain(s string) string {
	if isPlain(s) {
		return s
	}
	s = strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch r {
		case '\n', '\t':
			return r
		case '\r', '\v', '\f', '\u0085', '\u2028', '\u2029':
			return '\n'
		}
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, s)
}

// isPlain reports texts that plain leaves as they are; it may miss some.
func isPlain(s string) bool {
	for i := range len(s) {
		if c := s[i]; (c < ' ' && c != '\n') || c >= 0x7f {
			return false
		}
	}
	return true
}

// line gives a text as one line: runs of white space become one space.
// No-break spaces are kept.
func line(s string) string {
	if isPlain(s) && !strings.Contains(s, "  ") && !strings.Contains(s, "\n") {
		return strings.Trim(s, " ")
	}
	return strings.Join(strings.FieldsFunc(plain(s), func(r rune) bool { return r == ' ' || r == '\t' || r == '\n' }), " ")
}

var quoteReplacer = strings.NewReplacer(`"`, "'", `\`, "/")

// quote writes the value of a parameter (RFC 5545 section 3.2). It cannot hold
// a double quote, and some readers take a backslash for an escape.
func quote(s string) string {
	s = quoteReplacer.Replace(line(s))
	if strings.ContainsAny(s, ":;,") {
		return `"` + s + `"`
	}
	return s
}

// uri writes an address: what a URI cannot contain is encoded byte by byte
// (RFC 3986 section 2.1).
func uri(s string) string {
	const digits = "0123456789ABCDEF"
	encoded := func(c byte) bool { return c <= ' ' || c >= 0x7F || strings.IndexByte("\"<>\\^`{|}", c) >= 0 }
	if !slices.ContainsFunc([]byte(s), encoded) {
		return s
	}
	var b strings.Builder
	for _, c := range []byte(s) {
		if encoded(c) {
			b.Write([]byte{'%', digits[c>>4], digits[c&15]})
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}
