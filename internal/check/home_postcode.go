package check

import (
	"regexp"
	"strings"

	"bulletin/internal/config"
)

var (
	// postcode is the form of postcodes (BS 7666); the three parts of a street
	// address come before it.
	postcode = `[A-Z]{1,2}\d[A-Z\d]?[ \x{00A0}]\d[ABD-HJLNP-UW-Z]{2}`
	street   = `\d{1,4}[A-Za-z]?,?[ \x{00A0}](?:[A-Z][\w’'-]+[ \x{00A0}]){1,3}(?:Road|Street|Avenue|Close|Drive|Lane|Way|Crescent|Gardens|Grove|Terrace|Court|Place|Walk|Rise|View|Hill|Mews|Green|Croft)\b`
	// home is a house that is told only by its number and postcode.
	home         = regexp.MustCompile(street + `[^.;:!?]{0,60}?\b` + postcode + `\b`)
	lastPostcode = regexp.MustCompile(postcode + `$`)
	houseVenue   = regexp.MustCompile(`^(?:Flat |Apartment )?` + street)
	lives        = regexp.MustCompile(`(?i)\b(?:lives?|living|lived|home|house|flat|family|resident|neighbours?|parents?|foster(?:ed|ing)?|carers?|mum|dad|born)\b`)
	institutes   = regexp.MustCompile(`(?i)\b(?:office|centre|school|college|library|church|hall|hotel|hub|museum|university|council|team|write to|post(?:ed)? to|return|registered|headquarters|care home|children’s home|nursing home|town house|house of|venue|address)\b`)
)

var homePostcode = &Rule{
	Name:     "home-postcode",
	Protects: "A house number and a postcode lead to somebody’s door.",
	Law:      "UK GDPR, Article 5(1)(c)",
	Level:    config.LevelWarning,
	Fires:    "The family lives at 12 Example Road, Walsall WS1 1ZZ.",
	Passes:   "We meet in Goldthorn Hall, 12 Example Road, Walsall WS1 1ZZ.",
	Cure:     "Write the area instead: `in Caldmore, Walsall`. A venue needs its name: `venue: {name: Goldthorn Hall, postcode: WS1 1ZZ}`.",
	Entry: func(p *Page) {
		if e := p.Event; e != nil && houseVenue.MatchString(e.Venue.Name.Value) {
			p.Report(e.Venue.Name.Pos, "", "the venue is a house number without a name, so it may be a home")
		}
		for _, text := range p.Prose() {
			if !strings.ContainsAny(text.Text, "0123456789") {
				continue
			}
			for m := range text.Matches(home) {
				around := sentence(text.Text, m[0], m[1])
				if lives.MatchString(around) && !institutes.MatchString(around) && !p.isPublished(text.Text[m[0]:m[1]]) {
					p.Report(text.Pos(m[0]), "", "this seems to be the address of a home")
				}
			}
		}
	},
}

// isPublished reports whether an address is that of the publisher or of a venue
// of the register.
func (p *Page) isPublished(address string) bool {
	code := lastPostcode.FindString(address)
	for _, line := range p.Site.Config.Publisher.Address {
		if strings.Contains(line.Value, code) {
			return true
		}
	}
	if p.Site.Config.Venues != nil {
		for _, r := range p.Site.Config.Venues.Records {
			if r.Postcode.Value != "" && strings.Contains(address, r.Postcode.Value) {
				return true
			}
		}
	}
	return false
}
