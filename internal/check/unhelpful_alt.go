package check

import (
	"regexp"
	"strings"
	"unicode"

	"bulletin/internal/config"
)

var (
	fileLike   = regexp.MustCompile(`(?i)^\S+\.(?:jpe?g|png|gif|webp|svg|heic|tiff?|bmp|pdf)$|^(?:IMG|DSCN?|DSCF|PXL|MVIMG|WhatsApp[ _]Image|Screen ?[Ss]hot)[ _-]?\d[\w .-]*$|^[0-9a-f]{8}-?[0-9a-f-]{8,}$`)
	noAltWords = regexp.MustCompile(`(?i)^(?:(?:an? |the )?(?:image|picture|photo|photograph|pic|graphic|icon|figure|diagram|chart|graph|logo|banner|screenshot|poster|flyer|illustration|thumbnail|drawing|map)s?(?: (?:of|\d+))?|alt|alt text|alternative text|svg patterns?|placeholder|untitled|null|undefined|ree|img|spacer|description|image description|tbc|todo)$`)
	cutOff     = regexp.MustCompile(`(?i)(?:…|\.\.\.|,|\b(?:of|the|and|with|an|at|from|by|a))$`)
)

var unhelpfulAlt = &Rule{
	Name:     "unhelpful-alt",
	Protects: "Readers who cannot see a picture hear its text alternative instead: a file name, or “image”, tells them nothing.",
	Law:      "WCAG 2.2, 1.1.1 Non-text Content (level A)",
	Level:    config.LevelWarning,
	Fires:    "![IMG_2041.jpg](a.jpg)\n\n![Image of](b.jpg)",
	Passes:   "![Delegates around a table, reading the draft](a.jpg)",
	Cure:     "Write in a sentence what the picture shows and why it is here. A picture that adds nothing is `![decorative](picture.png)`.",
	Entry: func(p *Page) {
		for _, i := range p.pictures() {
			alt := strings.TrimSpace(i.alt)
			switch {
			case fileLike.MatchString(alt), isFileName(alt, i.name()):
				p.Report(i.Pos, "", "the text alternative “%s” is the name of a file", alt)
			case noAltWords.MatchString(strings.TrimRight(alt, " .:")):
				p.Report(i.Pos, "", "the text alternative “%s” does not say what the picture shows", alt)
			case cutOff.MatchString(alt) && strings.Contains(alt, " "):
				p.Report(i.Pos, "write the sentence to its end, in some 20 words", "the text alternative ends in the middle: “%s”", tail(alt))
			case i.caption != "" && words(i.caption) == words(alt):
				p.Report(i.Pos, "let the text alternative say what is seen, and the caption what it means", "the text alternative is the caption again, so that it is read out twice")
			}
		}
	},
}

// isFileName reports whether a text is the name of the picture's file with its
// hyphens and figures: "round-table_2".
func isFileName(alt, name string) bool {
	return strings.EqualFold(alt, name) && (strings.ContainsAny(alt, "_-") || strings.ContainsFunc(alt, unicode.IsDigit)) && !strings.Contains(alt, " ")
}

// tail gives the last words of a text.
func tail(text string) string {
	fields := strings.Fields(text)
	if len(fields) <= 6 {
		return text
	}
	return "… " + strings.Join(fields[len(fields)-6:], " ")
}
