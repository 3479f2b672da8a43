package markdown

import (
	"cmp"
	"maps"
	"slices"
	"unicode"
	"unicode/utf8"

	"bulletin/internal/slug"
)

// Glossary holds abbreviations and what they stand for. It is never changed
// and can be shared by any number of documents.
type Glossary struct {
	size   int
	first  [256]bool         // bytes with which a term starts
	byWord map[string][]term // by the term's first word, the longest first
}

type term struct {
	text, meaning string
	index         int
}

// NewGlossary makes a glossary of terms and their meanings: "SEND" ->
// "special educational needs and disabilities". Letter case counts.
func NewGlossary(terms map[string]string) *Glossary {
	g := &Glossary{byWord: make(map[string][]term, len(terms))}
	for _, text := range slices.Sorted(maps.Keys(terms)) {
		meaning := fold(terms[text])
		text = slug.NFC(fold(text))
		word := text[:wordLength([]byte(text))]
		if word == "" || meaning == "" {
			continue
		}
		g.first[text[0]] = true
		g.byWord[word] = append(g.byWord[word], term{text, meaning, g.size})
		g.size++
	}
	for _, list := range g.byWord {
		slices.SortStableFunc(list, func(a, b term) int { return cmp.Compare(len(b.text), len(a.text)) })
	}
	return g
}

// find gives the term that stands at the start of text, whose first word has
// the given length, as a whole word or with a plural s.
func (g *Glossary) find(text []byte, length int) (term, bool) {
	candidates := g.byWord[string(text[:length])]
	if candidates == nil && length > 1 && text[length-1] == 's' {
		candidates = g.byWord[string(text[:length-1])]
	}
	for _, t := range candidates {
		rest := text[min(len(t.text), len(text)):]
		if string(text[:len(text)-len(rest)]) != t.text {
			continue
		}
		if wordLength(rest) == 0 || rest[0] == 's' && wordLength(rest) == 1 {
			return t, true
		}
	}
	return term{}, false
}

// inWord has the letters and digits of ASCII.
var inWord = func() (is [utf8.RuneSelf]bool) {
	for c := range byte(utf8.RuneSelf) {
		is[c] = isLetter(c) || isDigit(c)
	}
	return is
}()

// wordLength is the length of the letters and digits that text starts with.
func wordLength(text []byte) int {
	n := 0
	for n < len(text) {
		if c := text[n]; c < utf8.RuneSelf {
			if !inWord[c] {
				break
			}
			n++
			continue
		}
		r, size := utf8.DecodeRune(text[n:])
		if !isWordRune(r) {
			break
		}
		n += size
	}
	return n
}

// explain writes prose with each abbreviation explained where it is first used.
func (w *writer) explain(text []byte) {
	done := 0
	for i := 0; i < len(text); i++ {
		if !w.Glossary.first[text[i]] || i > done && endsInWord(text[:i]) { // nearly everywhere
			continue
		}
		length := wordLength(text[i:])
		if length == 0 {
			continue
		}
		t, ok := w.Glossary.find(text[i:], length)
		if !ok || w.explained[t.index] {
			i += length - 1
			continue
		}
		w.explained[t.index] = true
		w.escapeBytes(text[done:i])
		w.html(`<abbr title="`)
		w.escape(t.meaning)
		w.html(`">`)
		w.escape(t.text)
		w.html(`</abbr>`)
		done = i + len(t.text)
		i = done - 1
	}
	w.escapeBytes(text[done:])
}

// endsInWord reports whether a text ends in the midst of a word, or at its end.
func endsInWord(text []byte) bool {
	if c := text[len(text)-1]; c < utf8.RuneSelf {
		return inWord[c]
	}
	r, _ := utf8.DecodeLastRune(text)
	return isWordRune(r)
}

func isWordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r)
}
