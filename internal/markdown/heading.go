package markdown

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"bulletin/internal/diag"
)

// customID is the id that a writer gave to a heading: "## Booking {#booking}".
type customID struct {
	id     string
	offset int
}

// headingParser is a parser of headings that takes a custom id off their end.
type headingParser struct{ parser.BlockParser }

func (h headingParser) Close(node ast.Node, reader text.Reader, pc parser.Context) {
	h.BlockParser.Close(node, reader, pc)
	if node.Parent() != nil && node.Lines().Len() > 0 {
		readingOf(pc).takeCustomID(node)
	}
}

func (r *reading) takeCustomID(node ast.Node) {
	last := node.Lines().Len() - 1
	seg := node.Lines().At(last)
	seg = seg.TrimRightSpace(r.src)
	line := r.src[seg.Start:seg.Stop]
	at := bytes.LastIndex(line, []byte("{#"))
	if at < 0 || line[len(line)-1] != '}' || at > 0 && line[at-1] == '\\' {
		return
	}
	if r.customIDs == nil {
		r.customIDs = map[ast.Node]customID{}
	}
	r.customIDs[node] = customID{string(line[at+2 : len(line)-1]), seg.Start + at}
	cut := seg.WithStop(seg.Start + at)
	node.Lines().Set(last, cut.TrimRightSpace(r.src))
}

// headingTags are the names of HTML's elements by their level.
var headingTags = [...]string{1: "h1", "h2", "h3", "h4", "h5", "h6"}

func (w *writer) heading(n *ast.Heading) {
	text := fold(w.plain(n))
	if text == "" {
		w.problem(max(n.Pos(), 0), "empty-heading", "write the heading's words, or delete the # signs",
			"this heading has no text")
		w.inlines(n)
		return
	}
	id := w.ids[n]
	w.doc.Headings = append(w.doc.Headings, Heading{Pos: w.positions.at(n.Pos()), Level: n.Level, ID: id, Text: text})

	tag := headingTags[n.Level]
	w.pageOnly(`<div class="heading">`)
	w.html("<", tag, ` id="`)
	w.escape(id)
	w.html(`">`)
	w.plainly(func() { w.inlines(n) })
	w.html("</", tag, ">")
	end := w.open(holePageOnly, 0)
	w.html(`<a class="anchor" href="`)
	w.fragment(id)
	w.html(`" aria-label="Link to section “`)
	w.escape(text)
	w.html(`”"><span aria-hidden="true">#</span></a></div>`)
	w.close(end)
	w.html("\n")
	w.gap()
}

// levelHeadings gives the headings the levels of an outline below the page's
// title, which is its h1: none is skipped, however they were typed (WCAG 2.2,
// technique G141).
func (r *reading) levelHeadings(headings []*ast.Heading) {
	top := 2
	for _, h := range headings {
		top = min(top, h.Level)
	}
	var above []int // typed levels of the headings that h is below
	for _, h := range headings {
		for len(above) > 0 && above[len(above)-1] >= h.Level {
			above = above[:len(above)-1]
		}
		next := top
		if len(above) > 0 {
			next = above[len(above)-1] + 1
		}
		if h.Level > next {
			r.problems.Add(diag.Warnf(r.positions.at(h.Pos()), "heading-level",
				"write "+strings.Repeat("#", next)+" in front of it",
				"this heading skips a level; it is published as if it had %d # signs", next))
		}
		above = append(above, h.Level)
		h.Level = min(1+len(above), 6)
	}
}

// fold gives s without white space around it and with single spaces within.
func fold(s string) string {
	if isFolded(s) {
		return s
	}
	return strings.Join(strings.Fields(s), " ")
}

// isFolded reports texts that stay as they are when folded; it may miss some.
func isFolded(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case c > ' ' && c < utf8.RuneSelf:
		case c != ' ' || i == 0 || i == len(s)-1 || s[i-1] == ' ':
			return false
		}
	}
	return true
}
