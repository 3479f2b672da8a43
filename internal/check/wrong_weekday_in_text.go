package check

import (
	"time"

	"bulletin/internal/config"
	"bulletin/internal/ukdate"
)

var wrongWeekdayInText = &Rule{
	Name:     "wrong-weekday-in-text",
	Protects: "Somebody will come on the wrong day. One of the two, the day of the week or the date, is a slip.",
	Level:    config.LevelError,
	Fires:    "Join us on Tuesday 8 October 2025.",
	Passes:   "Join us on Wednesday 8 October 2025.",
	Cure:     "Look in a calendar, and correct the day of the week or the date.",
	Entry: func(p *Page) {
		for _, text := range p.Prose() {
			for _, d := range days(text) {
				if !d.hasWeekday || inQuotes(text.Text, d.from) {
					continue
				}
				day, ok := d.in(d.year)
				if d.year == 0 {
					day, ok = p.meant(d)
				}
				if ok && day.Weekday() != d.weekday {
					p.Report(text.Pos(d.from), "", "%s is a %s, not a %s", ukdate.Date(day), day.Weekday(), d.weekday)
				}
			}
		}
	},
}

// meant gives the day that is meant where no year is written, if the entry's
// date leaves little doubt: within four months after it. A day of the week that
// fits in the year before or after belongs there.
func (p *Page) meant(d mention) (time.Time, bool) {
	const soon = 120 * 24 * time.Hour
	published := p.PublishedAt()
	if published.IsZero() {
		return time.Time{}, false
	}
	day := d.near(published)
	if ahead := day.Sub(published); ahead < 0 || ahead > soon {
		return day, false
	}
	for _, year := range []int{day.Year() - 1, day.Year() + 1} {
		if other, exists := d.in(year); exists && other.Weekday() == d.weekday {
			return other, false
		}
	}
	return day, true
}
