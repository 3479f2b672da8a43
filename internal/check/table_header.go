package check

import (
	"strconv"
	"strings"

	"bulletin/internal/config"
)

var tableHeader = &Rule{
	Name:     "table-header",
	Protects: "A screen reader says with each cell what its column is. Without a header it says only figures.",
	Law:      "WCAG 2.2, 1.3.1 Info and Relationships (level A)",
	Level:    config.LevelWarning,
	Fires:    "|  |  |\n|---|---|\n| Walsall | 12 |\n| Dudley | 9 |",
	Passes:   "| Borough | Schools |\n|---|---|\n| Walsall | 12 |\n| Dudley | 9 |",
	Cure:     "Write in the first row what each column holds.",
	Entry: func(p *Page) {
		for _, t := range p.tables() {
			at, ok := t.start()
			if !ok || len(t.cells) == 0 || len(t.head) < 2 {
				continue
			}
			if filled(t.head) == 0 {
				p.Report(at, "", "this table has no headers")
				continue
			}
			// The cell in the corner, above the names of the rows, may be empty.
			for n, cell := range t.head {
				if n > 0 && strings.TrimSpace(cell.Text) == "" && filled(t.column(n)) > 0 {
					p.Report(at, "write in the first row what column "+strconv.Itoa(n+1)+" holds", "column %d of this table has no header", n+1)
				}
			}
		}
	},
}
