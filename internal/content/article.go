package content

import (
	"fmt"
	"slices"
	"strings"

	"bulletin/internal/diag"
	"bulletin/internal/header"
	"bulletin/internal/markdown"
)

// The types of articles, as `kind` names them.
const (
	News         = "news"
	PressRelease = "press-release"
	Report       = "report"
	Opinion      = "opinion"
	Opportunity  = "opportunity"
)

func (r *reader) readArticle(e *Entry) {
	a := &Article{
		Type:       r.Choice("kind", News, PressRelease, Report, Opinion, Opportunity),
		Closes:     r.date("closes"),
		Numbered:   r.Bool("numbered"),
		AboutEvent: r.Text("about_event"),
	}
	if a.Closes.Set() && a.Type != Opportunity {
		r.Problem(diag.Errorf(a.Closes.Pos, "wrong-kind", "write `kind: opportunity`, or remove `closes`", "only an opportunity closes; this is `kind: %s`", a.Type))
	}
	a.NotesToEditors = r.markdown("notes_to_editors")
	e.Article = a
}

// markdown reads a key that takes a longer text in Markdown; a list of texts
// is read as a numbered list.
func (r *reader) markdown(key string) *markdown.Doc {
	v := r.Value(key)
	var source string
	var lines []int
	switch v.Kind() {
	case header.Absent:
		return nil
	case header.List:
		var b strings.Builder
		for i, t := range v.Texts() {
			fmt.Fprintf(&b, "%d. %s\n", i+1, strings.ReplaceAll(t.Value, "\n", "\n   "))
			lines = append(lines, slices.Repeat([]int{t.Pos.Line}, strings.Count(t.Value, "\n")+1)...)
		}
		source = b.String()
	default:
		source, lines = v.Text().Value, v.Lines()
	}
	doc, problems := markdown.Parse([]byte(source), markdown.Options{File: r.file, Line: v.Pos().Line, Lines: lines, Glossary: r.glossary, Prose: r.prose})
	r.notes.Add(problems...)
	return doc
}
