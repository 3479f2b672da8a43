package check

import (
	"regexp"
	"strings"

	"bulletin/internal/config"
)

const colourWords = `(?:red|green|blue|yellow|orange|purple|pink|amber|grey|gr[ae]y)`

var (
	byColour = regexp.MustCompile(`(?i)\b(?:(?:shown|marked|highlighted|displayed|printed|coloured|shaded|listed|written|outlined|circled|underlined|` +
		`items?|dates?|fields?|events?|entries|names?|areas?|rows?|columns?|cells?|sections?|text|words?|those|figures|numbers|sessions?|schools?|days) (?:are |is )?in (?:bold )?` + colourWords +
		`|(?:click|press|select|choose|use|tap|push|hit)(?: on)? the (?:large |big |small )?` + colourWords + ` (?:button|link|box|icon|tab|text|banner|arrow|star|dot|circle|square|area))\b`)
	// otherCue is what names the thing in another way.
	otherCue = regexp.MustCompile(`(?i)^ ?(?:[(“"‘*]|and (?:bold|marked|labelled|starred|underlined)|labelled|called|marked (?:with|by|“)|that says|which says|with (?:an?|the)\b|at the (?:top|bottom|foot|end)|below|ink\b|tape\b|paper\b|font\b|pen\b|type\b|or\b)`)
	markedBy = regexp.MustCompile(`(?i)\b(?:asterisk|bold|starred|underlined|symbol|letter|labelled|pattern|dashed|dotted)\b`)
)

var colourOnly = &Rule{
	Name:     "colour-only",
	Protects: "One man in twelve cannot tell red from green, and nobody hears a colour.",
	Law:      "WCAG 2.2, 1.4.1 Use of Color (level A) and 1.3.3 Sensory Characteristics (level A)",
	Level:    config.LevelWarning,
	Fires:    "Dates in red are full. To book, click the green button.",
	Passes:   "Dates marked “full” are in the red list. To book, use the green “Book now” button.",
	Cure:     "Name the thing by its words as well: `the button “Book now”`, or `marked (full)`.",
	Entry: func(p *Page) {
		for _, text := range p.Prose() {
			if !text.Mentions("red", "green", "blue", "yellow", "orange", "purple", "pink", "amber", "grey", "gray") {
				continue
			}
			for m := range text.Matches(byColour) {
				rest := text.Text[m[1]:]
				if otherCue.MatchString(rest) || markedBy.MatchString(sentence(text.Text, m[0], m[1])) || strings.HasPrefix(rest, "-") {
					continue
				}
				p.Report(text.Pos(m[0]), "", "“%s” means nothing to those who do not see the colour", text.Text[m[0]:m[1]])
			}
		}
	},
}
