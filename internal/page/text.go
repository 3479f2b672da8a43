package page

import (
	"html/template"
	"slices"

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
	Doc [32]byte
	// Embed stands for the layout of cards, if there are any.
	Embed output.Key
	// Links, Cards and Pictures are in the order of the document's; a link that
	// shows no card has an empty one.
	Links    []markdown.Target
	Cards    []embed
	Pictures []markdown.Picture
}

// embed is a card that stands in the place of a link.
type embed struct {
	// Instead tells that there is no link: Card stands in its place, or nothing
	// if it is nil.
	Instead bool
	Card    *shown
}

// text gives a text of an entry; nil for none.
func (m *maker) text(e *site.Entry, doc *markdown.Doc) *text {
	if doc == nil {
		return nil
	}
	var found *shown
	r := site.Resolver{Site: m.s, Entry: e.Entry, Address: m.s.Path, Sizes: textSizes, Embed: func(other *site.Entry) string {
		language := e.Language.Value
		if language == "" {
			language = m.site.Language
		}
		if e.Newsletter != nil {
			other = other.AsOf(e.Date.Time) // a letter speaks of the day it was written
		}
		card := m.show(other, language)
		found = &card
		return ""
	}}
	t := &text{theme: m.theme, doc: doc, textView: textView{Doc: doc.Sum()}}
	for _, link := range doc.Links {
		found = nil
		var card embed
		if link.Card {
			_, instead := r.Card(link)
			card = embed{instead, found}
		}
		target := markdown.Target{}
		if !card.Instead {
			target = r.Link(link)
		}
		t.Links, t.Cards = append(t.Links, target), append(t.Cards, card)
	}
	for _, image := range doc.Images {
		t.Pictures = append(t.Pictures, r.Image(image))
	}
	if slices.ContainsFunc(t.Cards, func(c embed) bool { return c.Card != nil }) {
		t.Embed = m.theme.Salt(embedLayout)
	}
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
	w := textWriter{text: t}
	html := t.doc.HTML(&w, markdown.Page)
	return template.HTML(html), w.err
}

// textWriter gives the answers that a text has for the links and pictures of
// its document, which asks for them in their order.
type textWriter struct {
	*text
	link, image int
	err         error
}

// find gives the number of a link.
func (w *textWriter) find(l markdown.Link) int {
	for w.doc.Links[w.link] != l {
		w.link = (w.link + 1) % len(w.doc.Links)
	}
	return w.link
}

// Link gives where a link leads.
func (w *textWriter) Link(l markdown.Link) markdown.Target { return w.Links[w.find(l)] }

// Card writes the card that stands in the place of a link.
func (w *textWriter) Card(l markdown.Link) (string, bool) {
	c := w.Cards[w.find(l)]
	if c.Card == nil {
		return "", c.Instead
	}
	html, err := w.theme.Fragment(embedLayout, c.Card.card())
	if err != nil {
		w.err = err
	}
	return string(html), true
}

// Image gives what a picture shows.
func (w *textWriter) Image(i markdown.Image) markdown.Picture {
	for w.doc.Images[w.image] != i {
		w.image = (w.image + 1) % len(w.doc.Images)
	}
	return w.Pictures[w.image]
}

// Fragment gives the address of a part of the text itself.
func (w *textWriter) Fragment(id string) string { return site.Resolver{}.Fragment(id) }
