package check

import (
	"regexp"
	"time"

	"bulletin/internal/config"
	"bulletin/internal/ukdate"
)

// aYear is how old an entry is before its days need a year.
const aYear = 365 * 24 * time.Hour

// everyYear are words that make a day one of every year; a year that is
// written anywhere in the sentence serves all its days.
var everyYear = regexp.MustCompile(`(?i)\b(?:(?:19|20)\d\d|(?:each|every|a|per) (?:year|spring|summer|autumn|winter)|annual|annually|yearly|years)\b`)

var yearlessDate = &Rule{
	Name:     "yearless-date",
	Protects: "Old entries are found by searching, and “7 October” is then taken for the next one.",
	Level:    config.LevelWarning,
	Fires:    "The board met on 7 March.",
	Passes:   "The board met on 7 March 2024.",
	Cure:     "Write the year.",
	Entry: func(p *Page) {
		published := p.PublishedAt()
		if published.IsZero() || p.Site.Now.Sub(published) < aYear {
			return
		}
		for _, text := range p.Prose() {
			if text.IsLetter() {
				continue
			}
			for _, d := range days(text) {
				if d.year != 0 || everyYear.MatchString(sentence(text.Text, d.from, d.to)) || p.isOwnDay(d) {
					continue
				}
				hint := ""
				if day := d.near(published); !day.IsZero() {
					hint = "write the year, as in “" + ukdate.Date(day) + "”"
				}
				p.Report(text.Pos(d.from), hint,
					"this entry is of %s, and the date has no year", ukdate.Date(published))
			}
		}
	},
}

// isOwnDay reports whether a day is that of the event itself, which is shown
// with its year above the text.
func (p *Page) isOwnDay(d mention) bool {
	if p.Event == nil || !p.Event.Start.Set() {
		return false
	}
	start := p.Event.Start.Time
	return start.Month() == d.month && start.Day() == d.day
}
