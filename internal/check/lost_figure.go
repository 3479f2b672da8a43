package check

import (
	"strings"

	"bulletin/internal/config"
	"bulletin/internal/diag"
)

var lostFigure = &Rule{
	Name:     "lost-figure",
	Protects: "Pasting leaves pictures and diagrams behind, and only a hole in the text shows where they stood.",
	Level:    config.LevelWarning,
	Fires:    "2.1 First.\n\n2.2 Second.\n\n2.3 Third.\n\nThe role of the board\n\n\n\n2.4 Fourth.",
	Passes:   "2.1 First.\n\n2.2 Second.\n\n2.3 Third.\n\nThe role of the board\n\n2.4 Fourth.",
	Cure:     "Put the picture back: `![what it shows](picture.png)`. If there was none, leave one empty line.",
	Entry: func(p *Page) {
		const hole = 3 // empty lines
		if len(p.paragraphNumbers()) == 0 {
			return
		}
		before, last, empty := "", 0, 0
		for line, raw := range p.Lines() {
			text := strings.Trim(string(raw), " \t\u00a0")
			if text == "" {
				empty++
				continue
			}
			if empty >= hole && before != "" && announces(before) {
				p.Report(diag.Pos{File: p.File, Line: last, Col: 1}, "", "after this line comes a hole in the report, as a lost picture leaves it")
			}
			before, last, empty = text, line, 0
		}
	},
}

// announces reports whether a line is one after which a picture can stand: a
// heading, or a sentence that ends in a colon.
func announces(line string) bool {
	const longest = 80
	return strings.HasSuffix(line, ":") || len(line) <= longest && !strings.ContainsAny(line[len(line)-1:], ".;,?!|)\"") &&
		!strings.HasPrefix(line, "- ") && !strings.HasSuffix(line, "”")
}
