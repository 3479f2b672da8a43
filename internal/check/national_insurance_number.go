package check

import (
	"regexp"

	"bulletin/internal/config"
)

// insurance is the form of National Insurance numbers; some pairs of letters
// are never given out (HMRC, National Insurance Manual NIM39110).
var (
	insurance   = regexp.MustCompile(`\b([A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z])[ \x{00A0}]?\d{2}[ \x{00A0}]?\d{2}[ \x{00A0}]?\d{2}[ \x{00A0}]?[A-D]\b`)
	neverIssued = wordSet("BG GB KN NK NT TN ZZ")
)

var nationalInsuranceNumber = &Rule{
	Name:     "national-insurance-number",
	Protects: "With a name and this number others can take out money or work as that person.",
	Law:      "UK GDPR, Article 5(1)(c) and 5(1)(f)",
	Level:    config.LevelWarning,
	Fires:    "Her number is AB 12 34 56 C.",
	Passes:   "The form has a field such as QQ 12 34 56 C.",
	Cure:     "Delete it; as an example write `QQ 12 34 56 C`, which nobody has. If it was published, tell your data protection officer today.",
	Entry: func(p *Page) {
		for _, text := range p.Prose() {
			if !hasCapitals(text.Text) {
				continue
			}
			for m := range text.Matches(insurance) {
				if !neverIssued[text.Text[m[2]:m[3]]] {
					p.Report(text.Pos(m[0]), "", "this has the form of a National Insurance number")
				}
			}
		}
	},
}
