package page

import (
	"slices"

	"bulletin/internal/output"
	"bulletin/internal/site"
)

// sharedCard is an entry's card, made and keyed once for all pages that show
// it.
type sharedCard struct {
	Card
	key output.Key
}

// Key stands for the card.
func (c *sharedCard) Key() output.Key { return c.key }

// shown is a card as one page shows it.
type shown struct {
	Card *sharedCard
	// Language is that of the card, if it is not the page's.
	Language string
	// Unlabelled leaves the label out, where it is the same for all cards.
	Unlabelled bool
	// Over is set in lists of what is ahead; see [Card].
	Over string
	// Deadline takes the place of the card's own, if it is set.
	Deadline *Deadline
}

// card gives the view.
func (s shown) card() Card {
	c := s.Card.Card
	c.Language, c.Over = s.Language, s.Over
	if s.Unlabelled {
		c.Label = ""
	}
	if s.Deadline != nil {
		c.Deadline = s.Deadline
	}
	return c
}

// cardsOf gives the views of a list of cards.
func cardsOf(list []shown) []Card {
	cards := slices.Grow([]Card(nil), len(list))
	for _, s := range list {
		cards = append(cards, s.card())
	}
	return cards
}

// cardOf gives the view of a card that may be absent.
func cardOf(s *shown) *Card {
	if s == nil {
		return nil
	}
	c := s.card()
	return &c
}

// makeCards makes the cards of all entries.
func (m *maker) makeCards() {
	cards := make([]sharedCard, len(m.s.Entries))
	m.cards = make(map[*site.Entry]*sharedCard, len(cards))
	inChunks(len(cards), func(i int) { cards[i] = m.newCard(m.s.Entries[i], m.s.Entries[i].Occurrence) })
	for i, e := range m.s.Entries {
		m.cards[e] = &cards[i]
	}
}

// newCard makes an entry's card, for one of its occurrences if it is an event.
func (m *maker) newCard(e *site.Entry, o site.Occurrence) sharedCard {
	c := Card{Kind: string(e.Kind), Label: e.Label(), Title: e.Title.Value, URL: m.s.Path(e.Address), Summary: e.Summary.Value, Image: m.image(e, e.Image, leadSizes), Places: m.tags(e, site.Places)}
	switch {
	case e.Event != nil:
		m.eventCard(e, o, &c)
	default:
		c.Date = m.dayOf(e.Date)
	}
	if e.Article != nil && e.Article.Closes.Set() {
		c.Deadline = m.deadline(e, "Apply", e.Article.Closes)
	}
	return sharedCard{c, output.KeyOf(c)}
}

// show gives an entry in brief, for a page in the given language.
func (m *maker) show(e *site.Entry, language string) shown {
	card := m.cards[e]
	if card == nil { // as it stood at another time
		fresh := m.newCard(e, e.Occurrence)
		card = &fresh
	}
	s := shown{Card: card}
	own := e.Language.Value
	if own == "" {
		own = m.site.Language
	}
	if own != language {
		s.Language = own
	}
	return s
}

// showOccurrence gives one occurrence of an event in brief.
func (m *maker) showOccurrence(e *site.Entry, o site.Occurrence) shown {
	s := m.show(e, m.site.Language)
	if o != e.Occurrence {
		fresh := m.newCard(e, o)
		s.Card = &fresh
	}
	s.Unlabelled = true
	return s
}

func (m *maker) eventCard(e *site.Entry, o site.Occurrence, c *Card) {
	when, leaf := m.when(e, o), leaf(e, o)
	c.When, c.Leaf = &when, &leaf
	c.Where, c.Cost, c.Status = e.WhereText(), e.Event.Cost.Value, status(e.Event)
	if by := e.Event.Register.By; by.Set() && !e.Over && !e.CalledOff() {
		c.Deadline = m.deadline(e, "Book", by)
	}
}

// showFirst gives the first entries of a list in brief.
func (m *maker) showFirst(entries []*site.Entry, most int) []shown {
	var list []shown
	for _, e := range entries[:min(most, len(entries))] {
		list = append(list, m.show(e, m.site.Language))
	}
	return list
}

// ahead gives events that are not over in brief. Their labels are all the same
// and left out; each knows when it is over, so that the page can hide it then.
func (m *maker) ahead(events []*site.Entry, most int) []shown {
	list := m.showFirst(events, most)
	for i := range list {
		list[i].Unlabelled = true
		if over := events[i].Occurrence.Over; !over.IsZero() {
			list[i].Over = instant(over)
		}
	}
	return list
}
