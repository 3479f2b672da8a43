package markdown

import (
	"bytes"
	"strconv"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// footnoteParser counts the footnotes as they are defined: they are sorted by
// insertion, and looked up one after the other.
type footnoteParser struct{ container }

func (f footnoteParser) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	r := readingOf(pc)
	_, seg := reader.PeekLine()
	if r.work > maxWork {
		return nil, parser.NoChildren
	}
	node, state := f.container.Open(parent, reader, pc)
	if n, ok := node.(*extast.Footnote); ok {
		r.footnotes = append(r.footnotes, n)
		r.spend(footnoteWork*len(r.footnotes), seg.Start)
	}
	return node, state
}

// footnoteReference is the parser of "[^1]" in a text.
type footnoteReference struct{ parser.InlineParser }

func (f footnoteReference) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	r := readingOf(pc)
	line, seg := block.PeekLine()
	if !bytes.HasPrefix(bytes.TrimPrefix(line, []byte("!")), []byte("[^")) ||
		!r.spend(footnoteWork*(1+len(r.footnotes)), seg.Start) {
		return nil
	}
	node := f.InlineParser.Parse(parent, block, pc)
	if link, ok := node.(*extast.FootnoteLink); ok {
		r.references = append(r.references, link)
	}
	return node
}

// checkFootnotes reports the footnotes that nothing refers to, which are not
// published.
func (r *reading) checkFootnotes() {
	used := map[string]bool{}
	for _, n := range r.footnotes {
		if n.Index >= 0 {
			used[string(n.Ref)] = true
		}
	}
	for _, n := range r.footnotes {
		switch label := string(n.Ref); {
		case n.Index >= 0:
		case used[label]:
			r.problem(n.Pos(), "footnote-twice", "give this footnote a label of its own",
				"footnote [^%s] is written twice", label)
		default:
			r.problem(n.Pos(), "footnote-unused", "write [^"+label+"] in the text where the footnote belongs, or delete it",
				"nothing in the text refers to footnote [^%s]", label)
		}
	}
}

// checkFootnoteReferences reports what is left of references to footnotes that
// do not exist.
func (w *writer) checkFootnoteReferences(raw []byte, offset int) {
	for i := 0; ; {
		at := bytes.Index(raw[i:], []byte("[^"))
		if at < 0 {
			return
		}
		at += i
		length := bytes.IndexAny(raw[at+2:], " []\n")
		if length > 0 && raw[at+2+length] == ']' && !escaped(raw, at) {
			label := string(raw[at : at+length+3])
			w.problem(offset+at, "footnote-missing", "add a line such as \""+label+": the footnote's text\"",
				"there is no footnote %s", label)
		}
		i = at + 2
	}
}

func footnoteID(index int) string { return "fn-" + strconv.Itoa(index) }

// referenceID is the id of the place that refers to a footnote; which counts
// from 0, as a footnote can be referred to several times.
func referenceID(index, which int) string {
	id := "fnref-" + strconv.Itoa(index)
	if which > 0 {
		id += "-" + strconv.Itoa(which+1)
	}
	return id
}

func (w *writer) footnoteLink(n *extast.FootnoteLink) {
	number := strconv.Itoa(n.Index)
	w.html(`<sup class="footnote-ref" id="`, referenceID(n.Index, n.RefIndex), `">`)
	if w.inLink {
		w.html(number)
	} else {
		w.html(`<a href="`)
		w.fragment(footnoteID(n.Index))
		w.html(`" role="doc-noteref" aria-label="Footnote `, number, `">`, number, `</a>`)
	}
	w.html(`</sup>`)
}

func (w *writer) footnoteBacklink(n *extast.FootnoteBacklink) {
	label := "Back to reference " + strconv.Itoa(n.Index)
	if n.RefIndex > 0 {
		label += ", place " + strconv.Itoa(n.RefIndex+1)
	}
	if p := n.PreviousSibling(); p != nil && p.Type() == ast.TypeInline {
		w.html(" ")
	}
	w.html(`<a class="footnote-back" href="`)
	w.fragment(referenceID(n.Index, n.RefIndex))
	w.html(`" role="doc-backlink">`, label, `</a>`)
}

// footnoteBacklinks writes the links back from a footnote that does not end in
// a paragraph.
func (w *writer) footnoteBacklinks(first *extast.FootnoteBacklink) {
	if _, ok := first.PreviousSibling().(*extast.FootnoteBacklink); ok {
		return
	}
	w.html("<p>")
	for n := ast.Node(first); n != nil; n = n.NextSibling() {
		w.inline(n)
	}
	w.html("</p>\n")
}

func (w *writer) footnoteList(n *extast.FootnoteList) {
	w.html("<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"Footnotes\">\n<ol>\n")
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		w.html(`<li id="`, footnoteID(c.(*extast.Footnote).Index), "\">\n")
		w.blocks(c)
		w.html("</li>\n")
	}
	w.html("</ol>\n</section>\n")
}
