package check

import (
	"bulletin/internal/config"
)

var emojiRow = &Rule{
	Name:     "emoji-row",
	Protects: "A screen reader says the whole name of each emoji: “party popper, party popper, clapping hands”.",
	Level:    config.LevelWarning,
	Fires:    "We won! 🎉🎉👏",
	Passes:   "We won! 🎉",
	Cure:     "Keep one, at the end of the sentence, or none.",
	Entry: func(p *Page) {
		for _, text := range p.Prose() {
			if at, n := emojiRun(text.Text); n >= 3 && !text.literal(at, at+1) {
				p.Report(text.Pos(at), "", "%d emoji stand in a row", n)
			}
		}
	},
}

// emojiRun finds the first run of three emoji or more, spaces between them or
// not.
func emojiRun(text string) (at, n int) {
	for i := 0; i < len(text); {
		size := emojiAt(text[i:])
		switch {
		case size > 0 && n == 0:
			at, n = i, 1
		case size > 0:
			n++
		case n > 0 && text[i] == ' ':
			size = 1
		default:
			if n >= 3 {
				return at, n
			}
			n, size = 0, 1
		}
		i += size
	}
	return at, n
}
