package page

import (
	"crypto/sha256"
	"html/template"
	"strconv"

	"bulletin/internal/markdown"
	"bulletin/internal/output"
	"bulletin/internal/site"
	"bulletin/internal/theme"
)

// text is a text of an entry with all that its page makes of it: where its
// links lead, which pictures and cards it shows. It is written when the page is
// made.
type text struct {
	theme *theme.Theme
	doc   *markdown.Doc
	textView
	key output.Key
}

// textView is what a text's key is made from.
type textView struct {
	Doc     [sha256.Size]byte
	Answers markdown.Answers
	// Cards are those that stand in the place of links, whose answers are their
	// numbers. Embed stands for their layout.
	Cards []shown
	Embed output.Key
}

// text gives a text of an entry; nil for none.
func (m *maker) text(e *site.Entry, doc *markdown.Doc) *text {
	if doc == nil {
		return nil
	}
	t := &text{theme: m.theme, doc: doc, textView: textView{Doc: doc.Sum()}}
	t.Answers = doc.Ask(site.Resolver{Site: m.s, Entry: e.Entry, Address: m.s.Path, Sizes: textSizes, Embed: func(other *site.Entry) string {
		language := e.Language.Value
		if language == "" {
			language = m.site.Language
		}
		if e.Newsletter != nil {
			other = other.AsOf(e.Date.Time) // a letter speaks of the day it was written
		}
		t.Cards, t.Embed = append(t.Cards, m.show(other, language)), m.theme.Salt(embedLayout)
		return strconv.Itoa(len(t.Cards) - 1)
	}})
	t.key = output.KeyOf(t.textView)
	return t
}

// Key stands for the text and for all that it shows.
func (t *text) Key() output.Key { return t.key }

// html writes the text.
func (t *text) html() (template.HTML, error) {
	if t == nil {
		return "", nil
	}
	var failed error
	html := t.doc.HTML(t.doc.Answered(&t.Answers, func(number string) string {
		n, err := strconv.Atoi(number)
		if err != nil {
			return "" // the entry is not published
		}
		card, err := t.theme.Fragment(embedLayout, t.Cards[n].card())
		if err != nil {
			failed = err
		}
		return string(card)
	}), markdown.Page)
	return template.HTML(html), failed
}
