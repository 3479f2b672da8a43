package feed

import (
	"crypto/sha256"
	"fmt"
	"html"
	"strings"
	"sync"

	"bulletin/internal/markdown"
	"bulletin/internal/output"
	"bulletin/internal/site"
	"bulletin/internal/ukdate"
)

// item gives the entry's item, made once.
func (m *maker) item(e *site.Entry) *keyedItem {
	if known, ok := m.items[e]; ok {
		return known
	}
	s := m.site
	zone := s.Config.Location
	item := &Item{
		ID: e.ID.Value, URL: s.Absolute(e.Address), Title: e.Title.Value, Summary: e.Summary.Value, Language: e.Language.Value,
	}
	if at := announced(e); !at.IsZero() {
		item.Published, item.Updated = at.In(zone), at.In(zone)
	}
	if e.Modified.After(item.Updated) {
		item.Updated = e.Modified.In(zone)
	}
	for _, p := range e.People {
		item.Authors = append(item.Authors, p.Name.Value)
	}
	if e.Newsletter != nil && e.Newsletter.From.Name.Value != "" {
		item.Authors = append(item.Authors, e.Newsletter.From.Name.Value)
	}
	if label := e.Label(); label != "" {
		item.Categories = append(item.Categories, label)
	}
	for _, t := range []site.Taxonomy{site.Places, site.Topics, site.Organisations, site.Series} {
		for _, term := range e.Terms.Of(t) {
			item.Categories = append(item.Categories, term.Name)
		}
	}
	m.attach(e, item)
	keyed := &keyedItem{itemView: itemView{Item: item, ChannelLanguage: s.Config.Language}}
	m.content(e, keyed)
	keyed.key = output.KeyOf(keyed.itemView)
	m.items[e] = keyed
	return keyed
}

// attach adds the entry's downloads and its picture.
func (m *maker) attach(e *site.Entry, item *Item) {
	for _, d := range e.Downloads {
		if f, ok := m.site.FileAt(e.Entry, d.File.Value); ok && d.File.Set() {
			item.Enclosures = append(item.Enclosures, m.enclosure(f, f.Largest(), d.Title.Value))
		}
	}
	if f, ok := m.site.FileAt(e.Entry, e.Image.File.Value); ok && e.Image.Set() {
		picture := m.enclosure(f, f.Fitting(site.PlainWidth), e.Image.Alt.Value)
		item.Image, item.ImageAlt = picture.URL, picture.Title
		item.Enclosures = append(item.Enclosures, picture)
	}
}

// enclosure gives a file in one of its sizes. How many bytes the copy of a
// picture has is not known before it is made.
func (m *maker) enclosure(f *site.File, size site.Size, title string) Enclosure {
	_, media := site.TypeOf(size.Path)
	e := Enclosure{URL: m.site.Absolute(size.Address), Type: media, Title: title}
	if len(f.Sizes) == 0 {
		e.Length = f.Size
	}
	return e
}

// itemView is what an item's key is made from.
type itemView struct {
	// Item is without its content, which is made from what follows: what an
	// event's page says beside its text, the text, and notes to editors.
	Item            *Item
	Facts           string
	Text, Notes     body
	ChannelLanguage string
}

// body stands for a text of an entry, with the answers to all that it asks.
type body struct {
	Sum     [sha256.Size]byte
	Answers markdown.Answers
}

// keyedItem is an item with its key, which is made once for all feeds. So is
// the item itself, if one of them has to be made.
type keyedItem struct {
	itemView
	text, notes *markdown.Doc // notes may be nil
	key         output.Key

	once  sync.Once
	whole *Item
}

// Key stands for the item.
func (k *keyedItem) Key() output.Key { return k.key }

// item gives the item, clean and with its content.
func (k *keyedItem) item() *Item {
	k.once.Do(func() {
		it := *k.Item
		it.Content = k.Facts + k.Text.html(k.text)
		if k.notes != nil {
			it.Content += "<h2>Notes to editors</h2>\n" + k.Notes.html(k.notes)
		}
		k.whole = it.clean(line(k.ChannelLanguage))
	})
	return k.whole
}

func (b *body) html(doc *markdown.Doc) string {
	return doc.HTML(doc.Answered(&b.Answers, nil), markdown.Syndicated)
}

// content finds what the entry's content is made from, as a reader's program
// shows it.
func (m *maker) content(e *site.Entry, k *keyedItem) {
	s := m.site
	var b strings.Builder
	if e.Event != nil {
		m.facts(&b, e)
	}
	if e.Article != nil && e.Article.Closes.Set() {
		fact(&b, "Closes", ukdate.Date(e.Article.Closes.Time))
	}
	r := site.Resolver{
		Site: s, Entry: e.Entry, Address: s.Absolute, Page: s.Absolute(e.Address),
		Embed: func(other *site.Entry) string {
			if e.Newsletter != nil {
				other = other.AsOf(e.Date.Time) // a letter speaks of the day it was written
			}
			return fmt.Sprintf("<p><a href=\"%s\"><strong>%s</strong></a><br>%s</p>\n",
				html.EscapeString(s.Absolute(other.Address)), html.EscapeString(other.Title.Value), html.EscapeString(brief(other)))
		},
	}
	k.text = e.Body
	k.Facts, k.Text = b.String(), body{k.text.Sum(), k.text.Ask(r)}
	if e.Article != nil && e.Article.NotesToEditors != nil {
		k.notes = e.Article.NotesToEditors
		k.Notes = body{k.notes.Sum(), k.notes.Ask(r)}
	}
}

// brief says in a line what a card would.
func brief(e *site.Entry) string {
	if e.Event == nil {
		return e.Summary.Value
	}
	return e.WhenText() + ". " + e.Summary.Value
}

// facts writes when and where an event takes place, and how to book.
func (m *maker) facts(b *strings.Builder, e *site.Entry) {
	ev := e.Event
	if label := site.StatusLabels[ev.Status]; label != "" {
		fmt.Fprintf(b, "<p><strong>%s</strong></p>\n", html.EscapeString(join(": ", label, ev.StatusNote.Value)))
	}
	when := e.WhenText()
	if ev.Zone.String() != m.site.Config.Location.String() && e.HasDay() {
		when += " (" + site.ZoneName(ev.Zone) + ")"
	}
	fact(b, "When", join(". ", when, ev.TimeNote.Value))
	fact(b, "Where", join(", ", e.WhereText(), ev.Venue.Address.Value, ev.Venue.Postcode.Value))
	fact(b, "Cost", ev.Cost.Value)
	if ev.Register.By.Set() {
		fact(b, "Book by", ukdate.Long(ev.Register.By.Time))
	}
	if url := ev.Register.URL.Value; url != "" {
		fmt.Fprintf(b, "<p><a href=\"%s\">Book a place</a></p>\n", html.EscapeString(url))
	}
	booking := join(". ", ev.Register.Contact.Value, ev.Register.Note.Value)
	if ev.Register.None {
		booking = "not needed"
	}
	fact(b, "Booking", booking)
}

// fact writes a line of the kind "When: Tuesday"; nothing if there is no text.
func fact(b *strings.Builder, label, text string) {
	if text != "" {
		fmt.Fprintf(b, "<p><strong>%s:</strong> %s</p>\n", label, html.EscapeString(text))
	}
}

// join writes the texts that are not empty, with something between them.
func join(between string, texts ...string) string {
	var some []string
	for _, t := range texts {
		if t != "" {
			some = append(some, t)
		}
	}
	return strings.Join(some, between)
}

// outlines gives the list of all feeds, by group.
func outlines(s *site.Site) []Outline {
	var groups []Outline
	for _, l := range s.Lists() {
		o := Outline{
			Title: l.Title, Description: l.Description, Feed: s.Absolute(l.Address + site.FileRSS), Home: s.Absolute(l.Address), Language: s.Config.Language,
		}
		if len(groups) == 0 || groups[len(groups)-1].Title != l.Group {
			groups = append(groups, Outline{Title: l.Group})
		}
		last := &groups[len(groups)-1]
		last.Outlines = append(last.Outlines, o)
	}
	return groups
}
