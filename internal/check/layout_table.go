package check

import (
	"bulletin/internal/config"
)

var layoutTable = &Rule{
	Name:     "layout-table",
	Protects: "Who listens to a table expects rows and columns that belong together. One that only places text on the page is noise, and does not fit on a phone.",
	Law:      "WCAG 2.2, 1.3.1 Info and Relationships (level A) and 1.3.2 Meaningful Sequence (level A)",
	Level:    config.LevelWarning,
	Fires:    "| Booking |\n|---|\n| Write to the box office. |\n| Ring the bell. |",
	Passes:   "| Borough | Schools |\n|---|---|\n| Walsall | 12 |",
	Cure:     "Write it as paragraphs or as a list: `- Write to the box office.`",
	Entry: func(p *Page) {
		for _, t := range p.tables() {
			at, ok := t.start()
			switch {
			case !ok:
			case len(t.head) == 1 && len(t.cells) > 0:
				p.Report(at, "", "this table has a single column, so it is a list or a box")
			case len(t.cells) == 0:
				p.Report(at, "", "this table has a single row, so nothing stands below its headers")
			}
		}
	},
}
