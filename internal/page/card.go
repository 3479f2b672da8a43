package page

import (
	"bulletin/internal/site"
)

// card gives an entry in brief, for a page in the given language.
func (m *maker) card(e *site.Entry, language string) Card {
	c := Card{Kind: string(e.Kind), Label: e.Label(), Title: e.Title.Value, URL: m.s.Path(e.Address), Summary: e.Summary.Value, Image: m.image(e, e.Image, leadSizes), Places: m.tags(e, site.Places)}
	own := e.Language.Value
	if own == "" {
		own = m.site.Language
	}
	if own != language {
		c.Language = own
	}
	switch {
	case e.Event != nil:
		m.eventCard(e, e.Occurrence, &c)
	default:
		c.Date = m.dayOf(e.Date)
	}
	if e.Article != nil && e.Article.Closes.Set() {
		c.Deadline = m.deadline(e, "Apply", e.Article.Closes)
	}
	return c
}

// occurrenceCard gives the card of one occurrence of an event.
func (m *maker) occurrenceCard(e *site.Entry, o site.Occurrence) Card {
	c := m.card(e, m.site.Language)
	m.eventCard(e, o, &c)
	c.Label = ""
	return c
}

func (m *maker) eventCard(e *site.Entry, o site.Occurrence, c *Card) {
	when, leaf := m.when(e, o), leaf(e, o)
	c.When, c.Leaf = &when, &leaf
	c.Where, c.Cost, c.Status = e.WhereText(), e.Event.Cost.Value, status(e.Event)
	if by := e.Event.Register.By; by.Set() && !e.Over && !e.CalledOff() {
		c.Deadline = m.deadline(e, "Book", by)
	}
}

// cards gives the first entries of a list in brief.
func (m *maker) cards(entries []*site.Entry, most int) []Card {
	var cards []Card
	for _, e := range entries[:min(most, len(entries))] {
		cards = append(cards, m.card(e, m.site.Language))
	}
	return cards
}

// ahead gives cards of events that are not over. Their labels are all the
// same and left out; each knows when it is over, so that the page can hide it
// then.
func (m *maker) ahead(events []*site.Entry, most int) []Card {
	cards := m.cards(events, most)
	for i := range cards {
		cards[i].Label = ""
		if over := events[i].Occurrence.Over; !over.IsZero() {
			cards[i].Over = instant(over)
		}
	}
	return cards
}
