package check

import "bulletin/internal/config"

var paragraphNumberMissing = &Rule{
	Name:     "paragraph-number-missing",
	Protects: "A number that is left out looks like a paragraph that was lost, or taken out.",
	Level:    config.LevelWarning,
	Fires:    "3.1 First.\n\n3.2 Second.\n\n3.3 Third.\n\n3.5 Fifth.",
	Passes:   "3.1 First.\n\n3.2 Second.\n\n3.3 Third.\n\n4.1 A new section.",
	Cure:     "Look whether a paragraph was lost; if not, number them anew.",
	Entry: func(p *Page) {
		const widest = 3 // gaps that are larger are no slip
		numbers := p.paragraphNumbers()
		written := map[string]bool{}
		for _, n := range numbers {
			written[n.String()] = true
		}
		for i := 1; i < len(numbers); i++ {
			before, n := numbers[i-1], numbers[i]
			between := paragraphNumber{section: n.section, paragraph: n.paragraph - 1}
			gap := n.paragraph - before.paragraph - 1
			if before.section == n.section && gap > 0 && gap <= widest && !written[between.String()] {
				p.Report(n.pos, "", "after paragraph %s comes %s; there is no %s", before, n, between)
			}
		}
	},
}
