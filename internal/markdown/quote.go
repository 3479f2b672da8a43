package markdown

import (
	"bytes"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// attribution is the last part of a quotation, "— Name, role".
type attribution struct{ ast.BaseBlock }

var kindAttribution = ast.NewNodeKind("Attribution")

func (*attribution) Kind() ast.NodeKind              { return kindAttribution }
func (n *attribution) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// takeAttribution splits off the line of a quotation's paragraph that starts
// with a dash. Several such lines are speech or a list, and stay.
func (r *reading) takeAttribution(node *ast.Paragraph) {
	found, dash := -1, 0
	for i := range node.Lines().Len() {
		line, _ := r.line(node, i)
		if n := dashLength(line); n > 0 {
			if found >= 0 {
				return
			}
			found, dash = i, n
		}
	}
	if found < 0 {
		return
	}
	a := &attribution{}
	r.moveLines(a, node, found, node.Lines().Len(), dash)
	parent := node.Parent()
	parent.InsertAfter(parent, node, a)
	r.shorten(node, found)
}

// dashLength gives the length of the dash with space that starts an
// attribution, or 0.
func dashLength(line []byte) int {
	for _, dash := range []string{"—", "–", "―", "---", "--"} {
		rest, ok := bytes.CutPrefix(line, []byte(dash))
		if !ok {
			continue
		}
		r, size := utf8.DecodeRune(rest)
		if size > 0 && isSpace(r) {
			return len(dash) + size
		}
		return 0
	}
	return 0
}

func (w *writer) blockquote(n *ast.Blockquote) {
	if title, ok := n.FirstChild().(*calloutTitle); ok {
		w.callout(n, title)
		return
	}
	speaker, ok := n.LastChild().(*attribution)
	if !ok || n.FirstChild() == speaker {
		w.html("<blockquote>\n")
		w.blocks(n)
		w.html("</blockquote>\n")
		return
	}
	w.html("<figure class=\"quote\">\n<blockquote>\n")
	for c := n.FirstChild(); c != speaker; c = c.NextSibling() {
		w.block(c)
	}
	w.html("</blockquote>\n<figcaption>")
	w.speaker(speaker)
	w.html("</figcaption>\n</figure>\n")
	w.gap()
}

// speaker writes an attribution: the name up to the first comma, the role
// after it.
func (w *writer) speaker(n *attribution) {
	w.typographer = typographer{}
	role := w.splitAtComma(n)
	w.html(`<b class="quote-name">`)
	for c := n.FirstChild(); c != nil && c != role; c = c.NextSibling() {
		w.inline(c)
	}
	w.html(`</b>`)
	if role != nil {
		w.words(", ")
		w.html(`<span class="quote-role">`)
		for c := role; c != nil; c = c.NextSibling() {
			w.inline(c)
		}
		w.html(`</span>`)
	}
}

// splitAtComma gives the node that starts after the first comma of an
// attribution, or nil.
func (w *writer) splitAtComma(n *attribution) ast.Node {
	joinTexts(w.src, n)
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		t, ok := c.(*ast.Text)
		if !ok {
			continue
		}
		comma := bytes.IndexByte(w.src[t.Segment.Start:t.Segment.Stop], ',')
		if comma < 0 {
			continue
		}
		seg := text.NewSegment(t.Segment.Start+comma+1, t.Segment.Stop)
		rest := ast.NewTextSegment(seg.TrimLeftSpace(w.src))
		rest.SetSoftLineBreak(t.SoftLineBreak())
		t.Segment = t.Segment.WithStop(t.Segment.Start + comma)
		t.SetSoftLineBreak(false)
		n.InsertAfter(n, t, rest)
		return rest
	}
	return nil
}

// dash writes an attribution that stands where none can be.
func (w *writer) dash(n *attribution) {
	w.html("<p>")
	w.words("— ")
	w.inlines(n)
	w.html("</p>\n")
	w.gap()
}
