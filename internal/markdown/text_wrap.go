package markdown

import (
	"strings"
	"unicode"
)

// glue is written as a space at which no line is broken.
const glue = '\x00'

// WrapText gives the lines of a text, none longer than width characters unless
// one word is. White space is folded; a newline stays a line's end, and nothing
// else is one.
func WrapText(text string, width int) []string {
	var lines []string
	for part := range strings.SplitSeq(strings.Trim(text, " \t\n"), "\n") {
		lines = append(lines, wrapLine(part, width)...)
	}
	return lines
}

func wrapLine(text string, width int) []string {
	var lines []string
	var b strings.Builder
	used := 0
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ' ' || r == '\t' || r == '\u2028' || r == '\u2029' }) {
		length := textWidth(word)
		switch {
		case used == 0:
			b.Grow(min(width, len(text)) + 1)
		case used+1+length <= width:
			b.WriteByte(' ')
			used++
		default:
			lines = append(lines, b.String())
			b.Reset()
			b.Grow(min(width, len(text)) + 1)
			used = 0
		}
		b.WriteString(strings.ReplaceAll(word, string(glue), " "))
		used += length
	}
	if used > 0 {
		lines = append(lines, b.String())
	}
	return lines
}

// textWidth gives the number of characters that a text is wide: accents that
// stand for themselves, and characters that are not seen, count for nothing.
func textWidth(text string) int {
	n := 0
	for _, r := range text {
		if r < 0xad {
			n++
			continue
		}
		if r < 0x300 && r != 0xad || !unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) {
			n++
		}
	}
	return n
}

// UnderlinedHeading gives the lines of a heading with a line of a character
// below, as long as the longest of them.
func UnderlinedHeading(text string, character rune, width int) []string {
	lines := WrapText(text, width)
	longest := 0
	for _, line := range lines {
		longest = max(longest, textWidth(line))
	}
	if longest == 0 {
		return nil
	}
	return append(lines, strings.Repeat(string(character), longest))
}
