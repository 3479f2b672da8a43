package content

import (
	"crypto/sha256"
	"reflect"

	"bulletin/internal/markdown"
)

// Kept is an entry without the HTML of its texts: plain data, which can be kept
// from one run of the program to the next.
type Kept struct {
	Entry *Entry
	Body  markdown.Brief
	Notes *markdown.Brief // to editors
}

// Keep gives what is to be kept of an entry.
func (e *Entry) Keep() Kept {
	k := Kept{Entry: e, Body: e.Body.Brief()}
	if e.Article != nil && e.Article.NotesToEditors != nil {
		notes := e.Article.NotesToEditors.Brief()
		k.Notes = &notes
	}
	return k
}

// Restore gives the entry back, which is that of the Kept from then on. When a
// text of it is written, it asks for the entry as [Parse] reads it; several
// goroutines may do so at once.
func (k Kept) Restore(whole func() *Entry) *Entry {
	e := k.Entry
	e.Body = k.Body.Doc(func() *markdown.Doc { return whole().Body })
	if k.Notes != nil {
		e.Article.NotesToEditors = k.Notes.Doc(func() *markdown.Doc { return whole().Article.NotesToEditors })
	}
	return e
}

// Brief gives what is known of the entry without its texts, which cannot be
// written.
func (k Kept) Brief() *Entry {
	e := *k.Entry
	e.Body = k.Body.Doc(nil)
	if k.Notes != nil {
		article := *e.Article
		article.NotesToEditors, e.Article = k.Notes.Doc(nil), &article
	}
	return &e
}

// SameHead reports whether two readings of a file are the same down to the end
// of the front matter, so that their entries differ in nothing but the body, and
// in what falls back to it. It reports false if that is not certain.
func SameHead(a, b *Entry) bool {
	return a.head == b.head && a.head != [sha256.Size]byte{}
}

// SameButWords reports whether two readings of an entry are the same but for
// title, summary and body.
func SameButWords(a, b *Entry) bool {
	return sameNotes(a, b) && reflect.DeepEqual(wordless(a), wordless(b))
}

// wordless gives an entry without its words.
func wordless(e *Entry) *Entry {
	other := *e
	other.Title.Value, other.Summary.Value, other.Body, other.head = "", "", nil, [sha256.Size]byte{}
	if e.Article != nil {
		article := *e.Article
		article.NotesToEditors, other.Article = nil, &article
	}
	return &other
}

func sameNotes(a, b *Entry) bool {
	notes := func(e *Entry) (sum [sha256.Size]byte) {
		if e.Article != nil && e.Article.NotesToEditors != nil {
			sum = e.Article.NotesToEditors.Sum()
		}
		return sum
	}
	return notes(a) == notes(b)
}
