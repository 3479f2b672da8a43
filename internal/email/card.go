package email

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"bulletin/internal/content"
	"bulletin/internal/site"
	"bulletin/internal/ukdate"
)

// card gives an entry in brief, as it stood when the issue came out.
func (m *maker) card(e *site.Entry) Card {
	e = e.AsOf(m.at)
	c := Card{Kind: string(e.Kind), Label: e.Label(), Title: e.Title.Value, URL: m.s.Absolute(e.Address), Summary: e.Summary.Value}
	if own := m.language(e); own != m.language(m.issue) {
		c.Language = own
	}
	switch {
	case e.Event != nil:
		m.eventCard(e, &c)
	case e.Date.Set():
		c.Date = m.day(e.Date)
	}
	if e.Article != nil && m.ahead(e.Article.Closes) {
		c.Deadline = m.deadline(e, e.Article.Closes)
	}
	return c
}

func (m *maker) eventCard(e *site.Entry, c *Card) {
	ev := e.Event
	c.When, c.Where, c.Cost, c.Leaf = e.WhenText(), e.WhereText(), ev.Cost.Value, leaf(e)
	c.Status, c.StatusNote = site.StatusLabels[ev.Status], ev.StatusNote.Value
	if ev.Repeats != nil {
		c.Repeats = ev.Repeats.Words()
	}
	full := ev.Status == content.Full || ev.Availability == content.Full
	if e.Over || e.CalledOff() || full || ev.Register.By.Set() && !m.ahead(ev.Register.By) {
		return
	}
	c.Book = ev.Register.URL.Value
	if ev.Register.By.Set() {
		c.Deadline = m.deadline(e, ev.Register.By)
	}
}

// ahead reports whether a moment was written and was not over when the issue
// came out.
func (m *maker) ahead(by content.Moment) bool { return by.Set() && by.End().After(m.at) }

// deadline gives the deadline of an entry.
func (m *maker) deadline(e *site.Entry, moment content.Moment) *Deadline {
	d := Deadline{What: "Apply", By: by(moment), Title: e.Title.Value, URL: m.s.Absolute(e.Address)}
	if e.Event != nil {
		d.What = "Book"
	}
	return &d
}

// by gives a moment to act by in words: a day, or a day and a time of day.
func by(moment content.Moment) string {
	t := moment.Time
	switch moment.Precision {
	case ukdate.Minute:
		return ukdate.DateTime(t)
	case ukdate.Month:
		return ukdate.MonthYear(t)
	}
	return ukdate.Long(t)
}

// day gives the view of a moment's day.
func (m *maker) day(moment content.Moment) *Date {
	t := moment.Time.In(m.s.Config.Location)
	return &Date{ISO: t.Format("2006-01-02"), Text: ukdate.Date(t)}
}

// leaf gives the day of an event.
func leaf(e *site.Entry) *Leaf {
	ev := e.Event
	if ev.Start.TBC || e.Occurrence.Start.IsZero() {
		return &Leaf{Middle: "TBC"}
	}
	t := e.Occurrence.Start.In(ev.Zone)
	if ev.Start.MonthOnly() {
		return &Leaf{Middle: t.Format("Jan"), Bottom: t.Format("2006")}
	}
	return &Leaf{Top: t.Format("Mon"), Middle: strconv.Itoa(t.Day()), Bottom: t.Format("Jan")}
}

// language gives the language that an entry is written in.
func (m *maker) language(e *site.Entry) string {
	if e.Language.Value != "" {
		return e.Language.Value
	}
	return m.s.Config.Language
}

// direction gives "rtl" for languages that are written from right to left.
func direction(language string) string {
	base, _, _ := strings.Cut(strings.ToLower(language), "-")
	switch base {
	case "ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi":
		return "rtl"
	}
	return "ltr"
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

// upperFirst begins a text with a capital letter.
func upperFirst(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[size:]
}
