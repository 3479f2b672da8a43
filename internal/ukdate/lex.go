package ukdate

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// longest bounds what is looked at, in bytes: no date is that long.
const longest = 200

// A token is a number, a word in lower case, or one other character.
type token struct {
	kind rune // '0' for a number, 'a' for a word, '?' for what no date has
	text string
	n    int // the value of a number of at most eight digits
}

func (t token) digits() int {
	if t.kind != '0' {
		return 0
	}
	return len(t.text)
}

// lex cuts s into tokens. Spaces of every kind separate tokens and vanish;
// every dash becomes '-'.
func lex(s string) []token {
	var tokens []token
	for len(s) > 0 {
		r, size := utf8.DecodeRuneInString(s)
		switch {
		case '0' <= r && r <= '9':
			size = prefix(s, func(r rune) bool { return '0' <= r && r <= '9' })
			tokens = append(tokens, number(s[:size]))
		case unicode.IsLetter(r):
			size = prefix(s, unicode.IsLetter)
			tokens = append(tokens, token{kind: 'a', text: strings.ToLower(s[:size])})
		case unicode.IsSpace(r), invisible(r):
		case unicode.Is(unicode.Pd, r), r == '−':
			tokens = append(tokens, token{kind: '-', text: "-"})
		case r == '’', r == '‘':
			tokens = append(tokens, token{kind: '\'', text: "'"})
		case strings.ContainsRune(":./,()+@&|'", r):
			tokens = append(tokens, token{kind: r, text: s[:size]})
		default:
			tokens = append(tokens, token{kind: '?', text: s[:size]})
		}
		s = s[size:]
	}
	return tokens
}

// prefix gives the length in bytes of the longest start of s that is all in.
func prefix(s string, in func(rune) bool) int {
	if i := strings.IndexFunc(s, func(r rune) bool { return !in(r) }); i >= 0 {
		return i
	}
	return len(s)
}

func number(text string) token {
	t := token{kind: '0', text: text}
	if len(text) <= 8 {
		for _, digit := range text {
			t.n = t.n*10 + int(digit-'0')
		}
	}
	return t
}

// invisible reports characters that come along when text is pasted: byte
// order marks, zero-width spaces, soft hyphens, direction marks.
func invisible(r rune) bool { return unicode.Is(unicode.Cf, r) }

// A parser walks along tokens; its methods move on only if they succeed.
type parser struct {
	source string
	tokens []token
	i      int
}

func newParser(s string) *parser { return &parser{source: s, tokens: lex(s)} }

func (p *parser) done() bool { return p.i >= len(p.tokens) }

// peek gives the token k places on, or the zero token past the end.
func (p *parser) peek(k int) token {
	if p.i+k < len(p.tokens) {
		return p.tokens[p.i+k]
	}
	return token{}
}

// is reports whether the next tokens are of these kinds, a letter a token.
func (p *parser) is(kinds string) bool {
	for k, kind := range []rune(kinds) {
		if p.peek(k).kind != kind {
			return false
		}
	}
	return true
}

// word takes the next token if it is one of the words or characters.
func (p *parser) word(options ...string) bool {
	t := p.peek(0)
	if t.kind == 0 || t.kind == '0' {
		return false
	}
	for _, w := range options {
		if t.text == w {
			p.i++
			return true
		}
	}
	return false
}
