package check

import (
	"regexp"

	"bulletin/internal/config"
)

// Both straight and curly marks are right, as every page shows them curly.
// Accents and primes are neither.
var (
	accentMark = regexp.MustCompile(`\pL([´′])\pL`)
	twoMarks   = regexp.MustCompile(`(?:^|[\s(])('')\pL[^']*\pL[.,!?]?('')(?:$|[\s).,;:!?])`)
)

var wrongQuotationMark = &Rule{
	Name:     "wrong-quotation-mark",
	Protects: "An accent or a prime in place of an apostrophe looks wrong and is read out wrongly, and searching does not find the word.",
	Level:    config.LevelWarning,
	Fires:    "The board can´t meet.",
	Passes:   "The board can't meet, and the “chair” isn’t free. It is 6′ long.",
	Cure:     "Type the key of the apostrophe, `'`, or of the quotation mark, `\"`.",
	Entry: func(p *Page) {
		for _, text := range p.Prose() {
			if !text.IsBody() || !text.Mentions("´", "′", "''") {
				continue
			}
			for m := range text.Matches(accentMark) {
				p.Report(text.Pos(m[2]), "", "this is an accent, and no apostrophe")
				break
			}
			for m := range text.Matches(twoMarks) {
				p.Report(text.Pos(m[2]), "", "these are two apostrophes, and no quotation mark")
				break
			}
		}
	},
	Fix: func(d *Draft) {
		for _, text := range d.Prose() {
			if !text.Mentions("´", "′", "''") {
				continue
			}
			for m := range text.Matches(accentMark) {
				d.Replace(text, m[2], m[3], "’")
			}
			for m := range text.Matches(twoMarks) {
				d.Replace(text, m[2], m[3], `"`)
				d.Replace(text, m[4], m[5], `"`)
			}
		}
	},
}
