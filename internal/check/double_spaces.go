package check

import (
	"regexp"

	"bulletin/internal/config"
)

var twoSpaces = regexp.MustCompile(`\S([  ]{2,})\S`)

var doubleSpaces = &Rule{
	Name:     "double-spaces",
	Protects: "Web pages show one space for two, so nobody sees them; but e-mails as plain text and copied text do show the hole.",
	Level:    config.LevelWarning,
	Fires:    "The board met.  It agreed.",
	Passes:   "The board met. It agreed.",
	Cure:     "Delete all but one of the spaces.",
	Entry: func(p *Page) {
		for _, text := range p.Prose() {
			if !text.IsBody() || !text.Mentions("  ", "\u00a0") {
				continue
			}
			first, n := 0, 0
			for m := range text.Matches(twoSpaces) {
				if n == 0 {
					first = m[2]
				}
				n++
			}
			switch {
			case n == 1:
				p.Report(text.Pos(first), "", "there is more than one space between two words")
			case n > 1:
				p.Report(text.Pos(first), "", "there is more than one space between words, %d times in this paragraph", n)
			}
		}
	}, Fix: func(d *Draft) {
		for _, text := range d.Prose() {
			if !text.Mentions("  ", "\u00a0") {
				continue
			}
			for m := range text.Matches(twoSpaces) {
				d.Replace(text, m[2], m[3], " ")
			}
		}
	},
}
