package check

import (
	"regexp"
	"strings"

	"bulletin/internal/config"
)

// residueLines are lines that web pages carry for themselves and that a paste
// brings along: links to the top, the names of decorations, buttons.
var residueLines = map[string]bool{
	"top of page": true, "bottom of page": true, "back to top": true, "ree": true, "svg patterns": true, "skip to main content": true,
	"skip to content": true, "share this page": true, "print this page": true, "share on facebook": true, "share on twitter": true, "留言": true,
	"accept all cookies": true, "image placeholder": true, "click to edit": true, "log in / sign up": true,
}

var residueParts = regexp.MustCompile("\uFFFD|\uFFFC" +
	`|â€[™œ“¦˜]|â€\x{009d}|Ã[©¨¢«§´¶¼]|Â[£ ]|\[if !supportLists\]|Error! (?:Reference source|Bookmark) not (?:found|defined)|(?i:lorem ipsum dolor)|\x{F0B7}|\x{F0A7}`)

var pastedResidue = &Rule{
	Name:     "pasted-residue",
	Protects: "What a web page or a word processor says to itself means nothing to readers, and is read out to those who listen.",
	Level:    config.LevelWarning,
	Fires:    "top of page\n\nAs we begin this new academic year.",
	Passes:   "Go to the top of page 3.\n\nAs we begin this new academic year.",
	Cure:     "Delete it, or write the character that was meant.",
	Entry: func(p *Page) {
		for _, text := range p.Prose() {
			whole := strings.Trim(text.Text, " \u00a0\u200b")
			if residueLines[strings.ToLower(whole)] {
				p.Report(text.Start(), "delete the line", "“%s” came with a paste", whole)
				continue
			}
			if !text.Mentions("\ufffd", "\ufffc", "\uf0b7", "\uf0a7", "â€", "ã", "â", "[if ", "error! ", "lorem ipsum") {
				continue
			}
			for m := range text.Matches(residueParts) {
				p.Report(text.Pos(m[0]), "", "“%s” came with a paste or from another encoding", text.Text[m[0]:m[1]])
				break
			}
		}
	},
}
