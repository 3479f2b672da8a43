package check

import (
	"regexp"
	"strings"

	"bulletin/internal/diag"
	"bulletin/internal/markdown"
)

// meaning gives what a page says, in a form in which everything that a
// correction may change is alike: spaces, invisible characters, lines that came
// with a paste, and marks that stand for others. What is in code, and where
// links lead, must stay as it is to the letter; so must the problems.
func meaning(doc *markdown.Doc, problems diag.List) string {
	var b strings.Builder
	code := 0
	rest := doc.HTML(asTyped{}, markdown.Page)
	for rest != "" {
		text, tag, found := strings.Cut(rest, "<")
		if code == 0 {
			text = alike.Replace(text)
			text = spaces.ReplaceAllString(text, " ")
		}
		b.WriteString(text)
		if !found {
			break
		}
		end := strings.IndexByte(tag, '>') + 1 // within tags it is escaped
		if end == 0 {
			end = len(tag)
		}
		switch name := tag[:end]; {
		case strings.HasPrefix(name, "code"), strings.HasPrefix(name, "pre"):
			code++
		case name == "/code>", name == "/pre>":
			code--
		}
		b.WriteString("<" + tag[:end])
		rest = tag[end:]
	}
	page := edges.ReplaceAllString(b.String(), "$1")
	page = pastedParagraphs.ReplaceAllString(page, "")
	for _, p := range problems {
		page += "\n" + p.Rule + " " + p.Text
	}
	return page
}

var (
	alike  = strings.NewReplacer("\u00a0", " ", "\u200b", "", "\u2060", "", "\ufeff", "", "´", "’", "′", "’", "’’", "”", "‘‘", "“", "‘’", "“")
	spaces = regexp.MustCompile(`\s+`)
	edges  = regexp.MustCompile(`\s*(</?(?:p|li|ul|ol|h[1-6]|div|td|th|tr|dd|dt|dl|blockquote|figcaption|br)\b[^>]*>)\s*`)

	pastedParagraphs = func() *regexp.Regexp {
		var lines []string
		for line := range deletedLines {
			lines = append(lines, regexp.QuoteMeta(line))
		}
		return regexp.MustCompile(`(?i)<p>(?:` + strings.Join(lines, "|") + `)?</p>`)
	}()
)

// asTyped leaves all links and pictures as they were typed.
type asTyped struct{}

func (asTyped) Link(l markdown.Link) markdown.Target    { return markdown.Target{Href: l.Dest} }
func (asTyped) Card(markdown.Link) (string, bool)       { return "", false }
func (asTyped) Image(i markdown.Image) markdown.Picture { return markdown.Picture{Src: i.Dest} }
func (asTyped) Fragment(id string) string               { return "#" + id }
