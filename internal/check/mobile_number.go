package check

import (
	"regexp"
	"strings"

	"bulletin/internal/config"
)

// mobile is a number of the ranges that Ofcom gives to mobile telephones
// (National Telephone Numbering Plan: 071 to 075, and 077 to 079).
var mobile = regexp.MustCompile(`(?:\+44[ \x{00A0}-]?(?:\(0\))?[ \x{00A0}-]?|\b0)7[1-57-9](?:[ \x{00A0}-]?\d){8}\b`)

var mobileNumber = &Rule{
	Name:     "mobile-number",
	Protects: "A mobile telephone belongs to a person, rings at night, and is soon somebody else’s.",
	Law:      "UK GDPR, Article 5(1)(c)",
	Level:    config.LevelWarning,
	Fires:    "Ring Meera on 07700 900123.",
	Passes:   "Ring the office on 01632 960123.",
	Cure:     "Write the number of an office: `01632 960123`. A duty telephone belongs under `contact` in the front matter.",
	Entry: func(p *Page) {
		for _, text := range p.Prose() {
			if !text.Mentions("7") {
				continue
			}
			for m := range text.Matches(mobile) {
				number := text.Text[m[0]:m[1]]
				if partOfNumber(text.Text, m[0], m[1]) || sameNumber(number, p.Contact.Phone.Value) || sameNumber(number, p.Site.Config.Publisher.Phone.Value) {
					continue
				}
				p.Report(text.Pos(m[0]), "", "%s is the number of a mobile telephone", number)
			}
		}
	},
}

// partOfNumber reports whether a number goes on before or after.
func partOfNumber(text string, from, to int) bool {
	return from > 0 && strings.ContainsAny(text[from-1:from], "0123456789./_=#") || to < len(text)-1 && (text[to] == '-' || text[to] == '.') && text[to+1] >= '0' && text[to+1] <= '9'
}

// sameNumber compares telephone numbers by their last ten figures.
func sameNumber(a, b string) bool {
	const national = 10
	a, b = figures(a), figures(b)
	return len(a) >= national && len(b) >= national && a[len(a)-national:] == b[len(b)-national:]
}

func figures(text string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, text)
}
