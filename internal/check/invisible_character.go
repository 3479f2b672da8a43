package check

import (
	"regexp"

	"bulletin/internal/config"
)

// idleSpaces are no-break spaces that hold nothing together: between two words,
// or after the end of a sentence. Those between a number and its unit, or a
// title and a name, do.
var (
	idleSpaces = regexp.MustCompile(`(?:\p{Ll}{2}|\p{Ll}{3}[.,;:?!])(\x{A0})\p{Ll}{2}|\p{Ll}{4}[.?!](\x{A0})\p{Lu}`)
	// zeroWidth characters mean something in scripts that have no spaces, and in
	// none of those here.
	zeroWidth  = regexp.MustCompile(`(?:^|[\p{Latin}\d\s[:punct:]\x{A0}’”])([\x{200B}\x{2060}\x{FEFF}]+)(?:$|[\p{Latin}\d\s[:punct:]\x{A0}‘“])`)
	emptyBlock = regexp.MustCompile(`^[\s\x{A0}\x{200B}\x{2060}\x{FEFF}]+$`)
)

var invisibleCharacter = &Rule{
	Name:     "invisible-character",
	Protects: "Words that a paste glued together cannot be parted at the end of a line, and those with something invisible in them cannot be found.",
	Level:    config.LevelWarning,
	Fires:    "The board\u00a0met with the schools.",
	Passes:   "The board met 10\u00a0km from Walsall with Mr\u00a0Example.",
	Cure:     "Delete what stands here, and type a space if one is needed.",
	Entry: func(p *Page) {
		for _, text := range p.Prose() {
			if !text.IsBody() || !text.Mentions("\u00a0", "\u200b", "\u2060", "\ufeff") {
				continue
			}
			for m := range text.Matches(idleSpaces) {
				from, _ := group(m)
				p.Report(text.Pos(from), "", "a space that cannot be broken holds these words together")
				break
			}
			for m := range text.Matches(zeroWidth) {
				p.Report(text.Pos(m[2]), "", "something invisible stands here")
				break
			}
		}
	},
	Fix: func(d *Draft) {
		for _, text := range d.Prose() {
			if !text.Mentions("\u00a0", "\u200b", "\u2060", "\ufeff") {
				continue
			}
			if emptyBlock.MatchString(text.Text) {
				d.Replace(text, 0, len(text.Text), "")
				continue
			}
			for m := range text.Matches(idleSpaces) {
				from, to := group(m)
				d.Replace(text, from, to, " ")
			}
			for m := range text.Matches(zeroWidth) {
				d.Replace(text, m[2], m[3], "")
			}
		}
	},
}

// group gives the first group of a match that took part in it.
func group(m []int) (from, to int) {
	for i := 2; i+1 < len(m); i += 2 {
		if m[i] >= 0 {
			return m[i], m[i+1]
		}
	}
	return m[0], m[1]
}
