package check

import (
	"bulletin/internal/config"
	"bulletin/internal/content"
)

var dateOrder = &Rule{
	Name:     "date-order",
	Protects: "Dates that come in an impossible order hide an entry at once, or send people to a day on which nothing happens.",
	Level:    config.LevelWarning,
	Fires:    "-- content/articles/a.md --\n---\ntitle: A fund\nsummary: For schools.\ndate: 4 March 2024\nkind: opportunity\ncloses: 4 February 2024\n---\nText.\n",
	Passes:   "-- content/articles/a.md --\n---\ntitle: A fund\nsummary: For schools.\ndate: 4 March 2024\nkind: opportunity\ncloses: 4 April 2024\n---\nText.\n",
	Cure:     "Correct one of the two dates.",
	Entry: func(p *Page) {
		p.after("expires", p.Expires)
		p.after("review_by", p.ReviewBy)
		p.after("to_follow", p.ToFollow.By)
		for _, u := range p.Updated {
			p.after("updated", u.Date)
		}
		if p.Article != nil {
			p.after("closes", p.Article.Closes)
		}
		if p.Event != nil {
			p.checkProgramme(p.Event)
		}
	},
}

// after reports a moment that comes before the entry is published.
func (p *Page) after(key string, m content.Moment) {
	if m.Set() && p.Date.Set() && !m.End().After(p.Date.Time) {
		p.Report(m.Pos, "", "`%s`, %s, comes before `date`, %s", key, m.DayText(), p.Date.DayText())
	}
}

// checkProgramme reports days of a programme on which the event does not take
// place.
func (p *Page) checkProgramme(e *content.Event) {
	if !e.Start.Set() || e.Start.MonthOnly() || e.Repeats != nil {
		return
	}
	over := e.OverAt(e.Start.Time)
	for _, s := range e.Programme {
		if s.Date.Set() && (!s.Date.End().After(e.Start.Time) || !s.Date.Time.Before(over)) {
			p.Report(s.Date.Pos, "", "the programme has a day, %s, on which the event does not take place", s.Date.DayText())
		}
	}
}
