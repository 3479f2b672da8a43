package theme

import (
	"regexp"
	"strings"
)

// cssParts are, in this order, what must stay as it is in a style sheet, a
// comment, and white space: a string or an address ends no earlier than it
// should, and a comment may hold quotation marks.
var cssParts = regexp.MustCompile(`"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*'|url\([^)]*\)|/\*[\s\S]*?\*/|\s+`)

// cssSpace is the white space around a mark that needs none: a selector or a
// value can stand next to it. Before a colon it has a meaning ("a :hover"),
// and around + and - too.
var cssSpaces, cssSpace = regexp.MustCompile(` +`), regexp.MustCompile(` ?([{};,]) ?|(:) `)

// compact takes the comments of a style sheet out, and the white space that
// means nothing, so that readers need not wait for it.
func compact(css string) string {
	if strings.Contains(css, "\x00") {
		return css // no style sheet
	}
	var kept []string // what stays as it is, and stands as a NUL until the end
	css = cssParts.ReplaceAllStringFunc(css, func(part string) string {
		switch {
		case strings.HasPrefix(part, "/*"), strings.TrimSpace(part) == "":
			return " "
		default:
			kept = append(kept, part)
			return "\x00"
		}
	})
	css = cssSpaces.ReplaceAllString(css, " ")
	css = cssSpace.ReplaceAllString(css, "$1$2")
	css = strings.ReplaceAll(css, ";}", "}")
	var b strings.Builder
	for piece := range strings.SplitAfterSeq(css, "\x00") {
		text, whole := strings.CutSuffix(piece, "\x00")
		b.WriteString(text)
		if whole {
			b.WriteString(kept[0])
			kept = kept[1:]
		}
	}
	return b.String()
}
