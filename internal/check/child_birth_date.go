package check

import (
	"regexp"
	"strconv"
	"time"

	"bulletin/internal/config"
)

var (
	// bornBefore ends right before a day of birth.
	bornBefore  = regexp.MustCompile(`(?i)\b(?:born(?: on(?: the)?)?|d\.?o\.?b\.?|date of birth|birthday)(?: is| was)?[ \x{00A0}:(,]*$`)
	figuredDate = regexp.MustCompile(`\b(\d{1,2})[/.](\d{1,2})[/.](\d{4})\b`)
	// bornThings are born as children are.
	bornThings = regexp.MustCompile(`(?i)\b(?:idea|project|partnership|scheme|alliance|charity|programme|campaign|network|company|service)\b`)
)

var childBirthDate = &Rule{
	Name:     "child-birth-date",
	Protects: "A name with a day of birth opens accounts and school records, and a child has to live with it for longest.",
	Law:      "UK GDPR, Article 5(1)(c); recital 38",
	Level:    config.LevelWarning,
	Fires:    "Sam Example (born 3 May 2014) read a poem.",
	Passes:   "Sam, who is nine, read a poem. The town clerk was born on 3 May 1964.",
	Cure:     "Write the age, or nothing: `Sam, who is nine, read a poem`.",
	Entry: func(p *Page) {
		for _, text := range p.Prose() {
			if !text.Mentions("born", "dob", "d.o.b", "date of birth", "birthday") {
				continue
			}
			for _, d := range birthdays(text) {
				if p.isChild(d.day) && bornBefore.MatchString(text.Text[:d.at]) && !bornThings.MatchString(sentence(text.Text, d.at, d.at)) {
					p.Report(text.Pos(d.at), "", "this is the day on which a child was born")
				}
			}
		}
	},
}

// birthday is a whole date at a place in a text.
type birthday struct {
	at  int
	day time.Time
}

// birthdays gives the dates of a text that have a year, in words and in
// figures.
func birthdays(p Passage) []birthday {
	var list []birthday
	for _, d := range days(p) {
		if day, ok := d.in(d.year); ok && d.year > 0 {
			list = append(list, birthday{d.from, day})
		}
	}
	for m := range p.Matches(figuredDate) {
		number := func(i int) int { n, _ := strconv.Atoi(p.Text[m[i]:m[i+1]]); return n }
		day := mention{day: number(2), month: time.Month(number(4))}
		if t, ok := day.in(number(6)); ok && t.Month() == day.month {
			list = append(list, birthday{m[0], t})
		}
	}
	return list
}

// isChild reports whether who was born on a day is not of age yet.
func (p *Page) isChild(born time.Time) bool {
	const ofAge = 18
	return born.AddDate(ofAge, 0, 0).After(p.Site.Now) && born.Before(p.Site.Now)
}
