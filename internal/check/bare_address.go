package check

import (
	"regexp"
	"slices"
	"strings"

	"bulletin/internal/config"
	"bulletin/internal/markdown"
)

// addressText is an address as the text of a link. A short one without
// "https://" can be read out, and typed from paper.
var addressText = regexp.MustCompile(`^(?:https?://\S+|www\.\S+)$`)

var bareAddress = &Rule{
	Name:     "bare-address",
	Protects: "An address is read out letter by letter, and says little of what stands there.",
	Law:      "WCAG 2.2, 2.4.9 Link Purpose (Link Only) (level AAA); GOV.UK content design guidance on links",
	Level:    config.LevelWarning,
	Fires:    "The survey is at https://www.example.net/surveys/2024/q1?id=48151623.",
	Passes:   "Take [our survey](https://www.example.net/surveys/2024/q1?id=48151623), or go to www.example.net.",
	Cure:     "Write what it leads to, and the address behind it: `[our survey](https://www.example.net/survey)`.",
	Entry: func(p *Page) {
		for _, text := range p.Prose() {
			for _, m := range text.Marks {
				shown := strings.TrimSpace(text.Text[m.From:m.To])
				if m.Kind != markdown.Bare && m.Kind != markdown.Linked || !addressText.MatchString(shown) || isShort(shown) || isPattern(text, m) {
					continue
				}
				hint := ""
				if m.Kind == markdown.Linked {
					hint = "write between the square brackets what it leads to"
				}
				p.Report(text.Pos(m.From), hint, "an address stands where words should")
			}
		}
	},
}

// isShort reports whether an address can be read out as a name can:
// "www.example.org/book", or only the name of a site.
func isShort(address string) bool {
	const longest = 32 // bytes
	_, rest, scheme := strings.Cut(address, "://")
	if scheme && strings.Contains(strings.TrimRight(rest, "/"), "/") {
		return false
	}
	return len(address) <= longest && !strings.ContainsAny(address, "?=&%_")
}

// isPattern reports whether an address is code, or the pattern of several:
// "https://example.org/[year].zip".
func isPattern(p Passage, link markdown.Mark) bool {
	return strings.ContainsAny(p.Text[link.From:link.To], "`[]<>{}*") || slices.ContainsFunc(p.Marks, func(m markdown.Mark) bool {
		return m.Kind == markdown.Code && m.From <= link.To && link.From < m.To
	})
}
