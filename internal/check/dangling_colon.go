package check

import (
	"strings"

	"bulletin/internal/config"
	"bulletin/internal/markdown"
)

var danglingColon = &Rule{
	Name:     "dangling-colon",
	Protects: "A colon promises something. If a list, table or picture was lost in pasting, this is where it stood.",
	Level:    config.LevelWarning,
	Fires:    "## Priorities\n\nOur priorities are:\n\n## Contact\n\nWrite to us.",
	Passes:   "## Priorities\n\nOur priorities are:\n\n- attendance\n- belonging",
	Cure:     "Put back what came after the colon, or end the sentence with a full stop.",
	Entry: func(p *Page) {
		blocks := p.Blocks()
		isReport := len(p.paragraphNumbers()) > 0
		section := 1
		for i, b := range blocks {
			if b.Kind == markdown.HeadingBlock {
				section = b.Level
			}
			text := strings.TrimRight(b.Text, " \u00a0")
			if b.Kind != markdown.Paragraph || !strings.HasSuffix(text, ":") || b.Quoted {
				continue
			}
			_, numbered := numberOf(b)
			if p.nothingFollows(blocks[i+1:], section, b.InList, numbered && isReport) {
				p.Report(b.Pos(len(text)-1), "", "nothing comes after this colon")
			}
		}
	},
}

// nothingFollows reports whether what a colon announces is not there: the text
// ends, a section of the same rank begins, or after a numbered paragraph comes
// the next. Sections below are what is announced.
func (p *Page) nothingFollows(rest []markdown.Block, section int, inList, numbered bool) bool {
	if len(rest) == 0 {
		return !inList && !p.hasParts()
	}
	next := rest[0]
	if next.Kind == markdown.HeadingBlock {
		return next.Level <= section && !inList
	}
	_, another := numberOf(next)
	return numbered && another
}

// hasParts reports whether the page shows more below its text, from the front
// matter.
func (p *Page) hasParts() bool {
	return len(p.Downloads) > 0 || len(p.Gallery) > 0 || p.Contact.Name.Set() || p.Contact.Email.Set() || p.Newsletter != nil ||
		p.Event != nil || p.Article != nil && p.Article.NotesToEditors != nil
}
