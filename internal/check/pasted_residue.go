package check

import (
	"maps"
	"regexp"
	"strings"

	"bulletin/internal/config"
	"bulletin/internal/markdown"
)

// residueLines are lines that web pages carry for themselves and that a paste
// brings along: links to the top, the names of decorations, buttons.
var residueLines = map[string]bool{
	"top of page": true, "bottom of page": true, "back to top": true, "ree": true, "svg patterns": true, "skip to main content": true,
	"skip to content": true, "share this page": true, "print this page": true, "share on facebook": true, "share on twitter": true, "留言": true,
	"accept all cookies": true, "image placeholder": true, "click to edit": true, "log in / sign up": true,
}

// deletedLines are the residueLines of which nothing can have been meant. Where
// a picture stood, somebody has to put it back.
var deletedLines = func() map[string]bool {
	lines := maps.Clone(residueLines)
	for _, line := range []string{"image placeholder", "click to edit", "留言"} {
		delete(lines, line)
	}
	return lines
}()

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
				hint := "delete the line"
				if deletedLines[strings.ToLower(whole)] && text.Kind == markdown.Paragraph && text.IsBody() && !text.InList && !text.Quoted {
					hint += byFix
				}
				p.Report(text.Start(), hint, "“%s” came with a paste", whole)
				continue
			}
			if !text.Mentions("\ufffd", "\ufffc", "\uf0b7", "\uf0a7", "â€", "ã", "â", "[if ", "error! ", "lorem ipsum") {
				continue
			}
			for m := range text.Matches(residueParts) {
				p.Report(text.Pos(m[0]), "delete it, or write the character that was meant", "“%s” came with a paste or from another encoding", text.Text[m[0]:m[1]])
				break
			}
		}
	}, Fix: func(d *Draft) {
		for _, text := range d.Prose() {
			whole := strings.Trim(text.Text, " \u00a0\u200b")
			if text.Kind != markdown.Paragraph || text.InList || text.Quoted || !deletedLines[strings.ToLower(whole)] {
				continue
			}
			n := text.Start().Line
			line, start := d.line(n)
			if !strings.EqualFold(strings.Trim(line, " \t\u00a0\u200b"), whole) {
				continue
			}
			end := start + len(line)
			for n++; n <= len(d.starts); n++ { // with the empty lines below it
				line, next := d.line(n)
				if end = next; strings.TrimSpace(line) != "" {
					break
				}
				end = next + len(line)
			}
			d.replace(start, end, "")
		}
	},
}
