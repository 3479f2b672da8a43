package check

import (
	"bulletin/internal/config"
	"bulletin/internal/diag"
	"bulletin/internal/markdown"
)

var emojiBullet = &Rule{
	Name:     "emoji-bullet",
	Protects: "A screen reader says how many items a list has and where each begins. Lines that begin with an emoji are no list, and the emoji is read out for each.",
	Law:      "WCAG 2.2, 1.3.1 Info and Relationships (level A)",
	Level:    config.LevelWarning,
	Fires:    "👉 Read the report.\n\n👉 Tell us what you think.",
	Passes:   "- Read the report.\n- Tell us what you think.",
	Cure:     "Write `- ` instead of the emoji at the start of each line.",
	Entry: func(p *Page) {
		var run []diag.Pos // the lines of a list that is none
		end := func() {
			if len(run) > 1 {
				p.Report(run[0], "", "lines that begin with an emoji stand for a list")
			}
			run = nil
		}
		for _, b := range p.Blocks() {
			starts := emojiLines(b)
			if len(starts) == 0 {
				end()
			}
			for _, at := range starts {
				run = append(run, b.Pos(at))
			}
		}
		end()
	},
}

// emojiLines gives the offsets of the emoji that lines of a paragraph begin
// with.
func emojiLines(b markdown.Block) []int {
	if b.Kind != markdown.Paragraph || b.InList || b.Quoted {
		return nil
	}
	var starts []int
	for i := 0; i < len(b.Text); {
		size := emojiAt(b.Text[i:])
		if size > 0 && i+size < len(b.Text) && (i == 0 || b.Pos(i).Col == 1) {
			starts = append(starts, i)
		}
		i += max(size, 1)
	}
	return starts
}
