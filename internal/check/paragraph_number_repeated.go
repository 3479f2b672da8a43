package check

import "bulletin/internal/config"

var paragraphNumberRepeated = &Rule{
	Name:     "paragraph-number-repeated",
	Protects: "People cite reports by paragraph. Two paragraphs of one number cannot be told apart.",
	Level:    config.LevelWarning,
	Fires:    "3.1 First.\n\n3.2 Second.\n\n3.2 Third.\n\n3.3 Fourth.",
	Passes:   "3.1 First.\n\n3.2 Second.\n\n3.3 Third.\n\n3.4 Fourth.",
	Cure:     "Give one of the two another number. With `numbered: true` every number is also an address.",
	Entry: func(p *Page) {
		if p.Article != nil && p.Article.Numbered {
			return // the build itself reports it
		}
		lines := map[string]int{}
		for _, n := range p.paragraphNumbers() {
			if line, twice := lines[n.String()]; twice {
				p.Report(n.pos, "", "there are two paragraphs %s; the other is on line %d", n, line)
				continue
			}
			lines[n.String()] = n.pos.Line
		}
	},
}
