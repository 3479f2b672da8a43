package markdown

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/util"
)

// typographer gives the characters that a text means: it resolves escapes and
// entities and, unless literal, sets the quotes, dashes and ellipses that
// English print uses for those on the keyboard. It is fed a block piece by
// piece, as a quotation may open before a word in bold and close after it.
type typographer struct {
	literal bool
	prev    rune // the character before the piece; 0 at the start of a block
	doubles int  // open double quotes
	singles int  // open single quotes
}

// isTypographic tells which bytes may mean something else than themselves.
var isTypographic = [256]bool{'\\': true, '&': true, '"': true, '\'': true, '-': true, '.': true}

// append adds the meaning of raw to dst; next is the byte that follows raw in
// the source, or 0.
func (t *typographer) append(dst, raw []byte, next byte) []byte {
	start := len(dst)
	for i := 0; i < len(raw); {
		plain := i
		for i < len(raw) && !isTypographic[raw[i]] {
			i++
		}
		dst = append(dst, raw[plain:i]...)
		if i == len(raw) {
			break
		}
		var used int
		switch c := raw[i]; {
		case c == '\\':
			dst, used = appendEscape(dst, raw[i:])
		case c == '&':
			dst, used = appendEntity(dst, raw[i:])
		case t.literal:
			dst, used = append(dst, c), 1
		case c == '-':
			dst, used = appendDashes(dst, raw, i)
		case c == '.':
			dst, used = appendDots(dst, raw[i:])
		default:
			follower := next
			if i+1 < len(raw) {
				follower = raw[i+1]
			}
			dst = utf8.AppendRune(dst, t.quote(rune(c), t.before(dst[start:]), follower, raw[i+1:]))
			used = 1
		}
		i += used
	}
	t.prev = t.before(dst[start:])
	return dst
}

// before gives the last character of what was written of a piece, or of the
// one before it.
func (t *typographer) before(piece []byte) rune {
	if len(piece) == 0 {
		return t.prev
	}
	r, _ := utf8.DecodeLastRune(piece)
	return r
}

// quote gives the form of a single or double quote after prev and before next.
func (t *typographer) quote(c, prev rune, next byte, rest []byte) rune {
	opens := prev == 0 || unicode.IsSpace(prev) || unicode.In(prev, unicode.Ps, unicode.Pi, unicode.Pd) || prev == '/' || prev == '='
	if opens && (next == 0 || next == ' ' || next == '\n' || next == '\t') {
		return c // a mark on its own
	}
	number := unicode.IsDigit(prev) // 6' 2" are feet and inches
	if c == '"' {
		switch {
		case opens:
			t.doubles++
			return '“'
		case number && t.doubles == 0:
			return c
		}
		t.doubles = max(t.doubles-1, 0)
		return '”'
	}
	switch {
	case opens && !isElision(rest):
		t.singles++
		return '‘'
	case number && t.singles == 0 && !isLetter(next):
		return c
	case !opens && !isLetter(next):
		t.singles = max(t.singles-1, 0)
	}
	return '’'
}

// isElision reports whether a word lacks its beginning: '90s, 'tis.
func isElision(rest []byte) bool {
	end := 0
	for end < len(rest) && (isLetter(rest[end]) || isDigit(rest[end])) {
		end++
	}
	word := string(bytes.ToLower(rest[:end]))
	switch word {
	case "tis", "twas", "em", "til", "cause", "n":
		return true
	}
	return len(word) == 3 && isDigit(word[0]) && isDigit(word[1]) && word[2] == 's' ||
		len(word) == 2 && isDigit(word[0]) && isDigit(word[1]) && (end == len(rest) || rest[end] != '\'')
}

// appendDashes writes a run of hyphens: two between words, figures or spaces
// are an en dash, three an em dash. Others mean themselves: "--now" is typed so.
func appendDashes(dst, raw []byte, i int) ([]byte, int) {
	n := 1
	for i+n < len(raw) && raw[i+n] == '-' {
		n++
	}
	before, after := byte(' '), byte(' ')
	if i > 0 {
		before = raw[i-1]
	}
	if i+n < len(raw) {
		after = raw[i+n]
	}
	alike := isBlank(before) == isBlank(after) && before != '/' && after != '/'
	switch {
	case n == 2 && alike && !inAddress(raw, i):
		return append(dst, "–"...), n
	case n == 3 && alike && !inAddress(raw, i):
		return append(dst, "—"...), n
	}
	return append(dst, raw[i:i+n]...), n
}

// inAddress reports whether the word around a place has a mark that words do
// not have.
func inAddress(raw []byte, i int) bool {
	const far = 256 // no word is longer
	before, after := raw[max(0, i-far):i], raw[i:min(len(raw), i+far)]
	before = before[bytes.LastIndexAny(before, " \t\n")+1:]
	if end := bytes.IndexAny(after, " \t\n"); end >= 0 {
		after = after[:end]
	}
	return bytes.ContainsAny(before, "@=_") || bytes.ContainsAny(after, "@=_") || bytes.Contains(before, []byte("://"))
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\n' }

func appendDots(dst, raw []byte) ([]byte, int) {
	n := 1
	for n < len(raw) && raw[n] == '.' {
		n++
	}
	if n == 3 {
		return append(dst, "…"...), n
	}
	return append(dst, raw[:n]...), n
}

func appendEscape(dst, raw []byte) ([]byte, int) {
	if len(raw) > 1 && util.IsPunct(raw[1]) {
		return append(dst, raw[1]), 2
	}
	return append(dst, '\\'), 1
}

// appendEntity writes a character reference such as &eacute; or &#163;. Those
// to characters that neither HTML nor a feed may contain are left out.
func appendEntity(dst, raw []byte) ([]byte, int) {
	const longest = 33
	end := bytes.IndexByte(raw[:min(len(raw), longest)], ';')
	if end < 2 {
		return append(dst, '&'), 1
	}
	reference := raw[:end+1]
	resolved := util.ResolveEntityNames
	if raw[1] == '#' {
		resolved = util.ResolveNumericReferences
	}
	value := resolved(reference)
	if bytes.Equal(value, reference) {
		return append(dst, '&'), 1
	}
	return append(dst, bytes.Map(publishable, value)...), end + 1
}

func publishable(r rune) rune {
	if unicode.IsControl(r) && r != '\t' && r != '\n' || r == utf8.RuneError || r&0xFFFE == 0xFFFE {
		return -1
	}
	return r
}
