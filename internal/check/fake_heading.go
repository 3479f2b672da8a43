package check

import (
	"strings"

	"bulletin/internal/config"
	"bulletin/internal/markdown"
)

var fakeHeading = &Rule{
	Name:     "fake-heading",
	Protects: "Screen readers list the headings of a page and jump from one to the next. A bold line is in no such list.",
	Law:      "WCAG 2.2, 1.3.1 Info and Relationships (level A), failure F2",
	Level:    config.LevelWarning,
	Fires:    "**How to book**\n\nWrite to the box office.",
	Passes:   "## How to book\n\nWrite to the box office.\n\n**Booking closes on 5 March 2024.**\n\nThen we close the list.",
	Cure:     "Write `## ` before it, and take away the asterisks.",
	Entry: func(p *Page) {
		blocks := p.Blocks()
		level := 2
		for i, b := range blocks {
			if b.Kind == markdown.HeadingBlock {
				level = min(b.Level+1, 6)
			}
			if !looksLikeHeading(b) || i+1 == len(blocks) || !opensText(blocks[i+1]) || i > 0 && looksLikeHeading(blocks[i-1]) {
				continue
			}
			text := strings.TrimRight(strings.TrimSpace(b.Text), ":")
			p.Report(b.Pos(0), "write `"+strings.Repeat("#", level)+" "+text+"`", "this line is bold as a heading is, but it is none")
		}
	},
}

// looksLikeHeading reports whether a block is a short line that is bold
// altogether and is no sentence.
func looksLikeHeading(b markdown.Block) bool {
	const longest = 80 // bytes
	text := strings.TrimSpace(b.Text)
	if b.Kind != markdown.Paragraph || b.InList || b.Quoted || b.Number != "" || text == "" || len(text) > longest {
		return false
	}
	if label, ok := strings.CutSuffix(text, ":"); ok {
		if n := len(strings.Fields(label)); n < 2 || n > 4 {
			return false // the beginning of a sentence
		}
	}
	from := strings.Index(b.Text, text)
	return b.Within(from, from+len(text), markdown.Strong) && !b.Within(from, from+len(text), markdown.Linked, markdown.Bare, markdown.Code) &&
		!strings.ContainsAny(text[len(text)-1:], ".!,;)*\"") && !strings.HasSuffix(text, "”") && !strings.HasSuffix(text, "…")
}

// opensText reports whether a block is what comes under a heading.
func opensText(b markdown.Block) bool {
	switch b.Kind {
	case markdown.Paragraph, markdown.Cell, markdown.HeadCell, markdown.Caption, markdown.Figure, markdown.Term, markdown.CodeBlock:
		return !b.Quoted
	}
	return false
}
