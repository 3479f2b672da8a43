package markdown

import (
	"bytes"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// writer writes a document's HTML once, with holes where it depends on the
// place it will be shown in, and gathers what the document tells of itself.
type writer struct {
	*reading
	typographer
	doc *Doc
	scratch
	links  []Link
	images []Image

	explained []bool // glossary terms, by index
	noTerms   int    // more than 0: abbreviations are not explained here
	inLink    bool
	inFigure  bool
	tables    int

	leadStart, leadEnd int
}

// scratch is where a document is written before its length is known.
type scratch struct {
	out   []byte
	text  plainText
	piece []byte // the text being written
	holes []hole
	own   []string
}

// scratches are used again for other documents.
var scratches = sync.Pool{New: func() any { return new(scratch) }}

func (w *writer) write(root ast.Node) *Doc {
	s := scratches.Get().(*scratch)
	w.scratch = scratch{out: s.out[:0], text: plainText{s.text.b[:0]}, piece: s.piece, holes: s.holes[:0], own: s.own[:0]}
	defer func() {
		clear(w.own) // so that no document is held by what is kept of another
		*s = w.scratch
		scratches.Put(s)
	}()
	w.doc = &Doc{IDs: w.idSet.sorted()}
	if w.Glossary != nil && w.Glossary.size > 0 {
		w.explained = make([]bool, w.Glossary.size)
	}
	w.blocks(root)
	d := w.doc
	d.html, d.holes, d.own = string(w.out), slices.Clone(w.holes), slices.Clone(w.own)
	d.Links, d.Images = w.links, w.images
	text := bytes.TrimRight(w.text.b, " ")
	d.Lead = string(bytes.TrimSpace(text[min(w.leadStart, len(text)):min(w.leadEnd, len(text))]))
	d.Words = countWords(text)
	if !w.PageOnly {
		d.Text = string(text)
	}
	return d
}

func (w *writer) blocks(parent ast.Node) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		w.block(n)
	}
}

func (w *writer) block(n ast.Node) {
	if w.full(n) {
		return
	}
	switch n := n.(type) {
	case *ast.Paragraph:
		w.paragraph(n)
	case *ast.TextBlock:
		w.inlines(n)
		w.gap()
	case *ast.Heading:
		w.heading(n)
	case *ast.List:
		w.list(n)
	case *letteredList:
		w.lettered(n)
	case *numberedParagraph:
		w.numbered(n)
	case *ast.Blockquote:
		w.blockquote(n)
	case *attribution:
		w.dash(n)
	case *extast.Table:
		w.table(n)
	case *ast.FencedCodeBlock:
		w.code(n)
	case *ast.HTMLBlock:
		w.htmlBlock(n)
	case *ast.ThematicBreak:
		w.html("<hr>\n")
	case *extast.DefinitionList:
		w.element("dl", n)
	case *extast.DefinitionTerm:
		w.html("<dt>")
		w.inlines(n)
		w.html("</dt>\n")
		w.gap()
	case *extast.DefinitionDescription:
		w.element("dd", n)
	case *extast.FootnoteList:
		w.footnoteList(n)
	case *extast.FootnoteBacklink:
		w.footnoteBacklinks(n)
	case *verbatim:
		w.html("<p>")
		w.words(string(n.Lines().Value(w.src)))
		w.html("</p>\n")
		w.gap()
	}
}

// full reports whether the output is larger than any page should be.
func (w *writer) full(n ast.Node) bool {
	if len(w.out) <= maxHTML {
		return false
	}
	w.spend(maxWork, max(n.Pos(), 0))
	return true
}

func (w *writer) element(tag string, n ast.Node) {
	w.html("<", tag, ">\n")
	w.blocks(n)
	w.html("</", tag, ">\n")
}

// paragraph writes a paragraph, or the figure or card that it stands for.
func (w *writer) paragraph(n *ast.Paragraph) {
	if image, link := soleImage(w.src, n); image != nil {
		w.figure(image, link)
		return
	}
	link, start := soleLink(w.src, n), w.text.Len()
	card := link != nil && n.Parent().Kind() == ast.KindDocument && w.isCard(link)
	var end int
	if card {
		end = w.open(holeCard, 0)
	}
	w.html("<p>")
	w.inlines(n)
	w.html("</p>")
	if card {
		w.links[len(w.links)-1].Card = true
		w.close(end)
	}
	w.html("\n")
	if link == nil {
		w.lead(n, start)
	}
	w.gap()
}

// lead remembers the text of the first ordinary paragraph.
func (w *writer) lead(n ast.Node, start int) {
	if w.leadEnd == 0 && n.Parent().Kind() == ast.KindDocument && !w.text.IsBlank(start) {
		w.leadStart, w.leadEnd = start, w.text.Len()
	}
}

func (w *writer) code(n *ast.FencedCodeBlock) {
	w.html("<pre><code")
	if language := n.Language(w.src); len(language) > 0 {
		w.html(` class="language-`)
		w.escapeBytes(language)
		w.html(`"`)
	}
	w.html(">")
	w.words(string(n.Lines().Value(w.src)))
	w.html("</code></pre>\n")
	w.gap()
}

// inlines writes the text of a node.
func (w *writer) inlines(parent ast.Node) {
	if parent.Type() == ast.TypeBlock {
		w.typographer = typographer{}
	}
	joinTexts(w.src, parent)
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		w.inline(n)
	}
}

// joinTexts makes one text of those that the parser left in pieces, and takes
// out comments.
func joinTexts(src []byte, parent ast.Node) {
	removeComments(src, parent)
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		t, ok := n.(*ast.Text)
		if !ok || t.Segment.Stop == 0 || t.SoftLineBreak() || t.HardLineBreak() {
			continue
		}
		for next := t.NextSibling(); next != nil && t.Merge(next, src); next = t.NextSibling() {
			parent.RemoveChild(parent, next)
		}
	}
}

func (w *writer) inline(n ast.Node) {
	if w.full(n) {
		return
	}
	switch n := n.(type) {
	case *ast.Text:
		w.prose(n)
	case *ast.String:
		w.words(string(n.Value))
	case *ast.Emphasis:
		if n.Level == 2 {
			w.inlineElement("strong", n)
		} else {
			w.inlineElement("em", n)
		}
	case *extast.Strikethrough:
		w.inlineElement("del", n)
	case *ast.CodeSpan:
		w.html("<code>")
		w.words(codeText(w.src, n))
		w.html("</code>")
		w.prev = 'x'
	case *ast.Link:
		w.link(n)
	case *ast.AutoLink:
		w.autoLink(n)
		w.prev = 'x'
	case *ast.Image:
		if w.inFigure {
			w.image(n, holeFigureImage)
		} else {
			w.image(n, holeImage)
		}
		w.prev = 'x'
	case *ast.RawHTML:
		w.rawHTML(n)
	case *extast.TaskCheckBox:
		w.taskState(n)
	case *extast.FootnoteLink:
		w.footnoteLink(n)
	case *extast.FootnoteBacklink:
		w.footnoteBacklink(n)
	}
}

func (w *writer) inlineElement(tag string, n ast.Node) {
	w.html("<", tag, ">")
	w.inlines(n)
	w.html("</", tag, ">")
}

// prose writes a piece of text.
func (w *writer) prose(n *ast.Text) {
	raw := n.Segment.Value(w.src)
	if bytes.IndexByte(raw, '[') >= 0 || bytes.IndexByte(raw, ']') >= 0 {
		w.checkBrokenLink(raw, n.Segment.Start, n)
		w.checkFootnoteReferences(raw, n.Segment.Start)
	}
	w.piece = w.typographer.append(w.piece[:0], raw, byteAt(w.src, n.Segment.Stop))
	w.text.add(w.piece)
	if w.noTerms == 0 && len(w.explained) > 0 {
		w.explain(w.piece)
	} else {
		w.escapeBytes(w.piece)
	}
	switch {
	case n.HardLineBreak():
		w.html("<br>\n")
	case n.SoftLineBreak():
		w.html("\n")
	default:
		return
	}
	w.gap()
	w.prev = ' '
}

// words writes text as it is.
func (w *writer) words(s string) {
	w.piece = append(w.piece[:0], s...)
	w.text.add(w.piece)
	w.escapeBytes(w.piece)
}

// gap separates what is on both sides of it in the plain text.
func (w *writer) gap() { w.text.space() }

// plainly runs f without explaining abbreviations.
func (w *writer) plainly(f func()) {
	w.noTerms++
	f()
	w.noTerms--
}

// literally runs f without setting quotes and dashes.
func (w *writer) literally(f func()) {
	before := w.literal
	w.literal = true
	f()
	w.literal = before
}

func (w *writer) html(parts ...string) {
	for _, s := range parts {
		w.out = append(w.out, s...)
	}
}

func (w *writer) escape(s string)      { w.out = appendEscaped(w.out, s) }
func (w *writer) escapeBytes(s []byte) { w.out = appendEscaped(w.out, s) }

func (w *writer) hole(kind holeKind, index int) {
	w.holes = append(w.holes, hole{len(w.out), kind, index})
}

// open starts a part that may be left out, and gives the number to close it.
func (w *writer) open(kind holeKind, index int) int {
	w.hole(kind, index)
	return len(w.holes) - 1
}

func (w *writer) close(opened int) {
	w.holes[opened].index = len(w.holes)
	w.hole(w.holes[opened].kind+1, opened)
}

func (w *writer) pageOnly(s string) {
	opened := w.open(holePageOnly, 0)
	w.html(s)
	w.close(opened)
}

// fragment writes the address of an id of the document itself.
func (w *writer) fragment(id string) {
	w.own = append(w.own, id)
	w.hole(holeFragment, len(w.own)-1)
}

// plain gives the plain text of a node, as it will be written; that of an
// image is its alternative.
func (r *reading) plain(n ast.Node) string {
	r.typed = typographer{}
	r.words = r.appendPlain(r.words[:0], n, &r.typed)
	return string(r.words)
}

func (r *reading) appendPlain(b []byte, parent ast.Node, t *typographer) []byte {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Text:
			b = t.append(b, n.Segment.Value(r.src), byteAt(r.src, n.Segment.Stop))
			if n.SoftLineBreak() || n.HardLineBreak() {
				b = append(b, ' ')
				t.prev = ' '
			}
		case *ast.String:
			b = append(b, n.Value...)
		case *ast.CodeSpan:
			b = append(b, codeText(r.src, n)...)
			t.prev = 'x'
		case *ast.AutoLink:
			b = append(b, n.Label(r.src)...)
			t.prev = 'x'
		default:
			b = r.appendPlain(b, n, t)
		}
	}
	return b
}

func codeText(src []byte, n *ast.CodeSpan) string {
	var b strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			b.Write(t.Segment.Value(src))
		}
	}
	return strings.ReplaceAll(b.String(), "\n", " ")
}

func byteAt(src []byte, i int) byte {
	if i < len(src) {
		return src[i]
	}
	return 0
}

// countWords counts what stands between white space and has a letter or digit.
func countWords(text []byte) int {
	n := 0
	var counted uint8 // 1 from the first letter or digit of a word on
	for i := 0; i < len(text); i++ {
		role := roles[text[i]]
		if text[i] >= utf8.RuneSelf {
			r, size := utf8.DecodeRune(text[i:])
			i += size - 1
			role = roleOf(r)
		}
		// Without branches, which could not be foreseen at the ends of words.
		word := role & makesWord
		n += int(word &^ counted)
		counted = (counted | word) &^ (role >> 1)
	}
	return n
}

// What a character does to words: a letter or digit makes one, and white space
// ends it.
const (
	makesWord uint8 = 1 << iota
	endsWord
)

// roles are those of the characters of ASCII.
var roles = func() (of [256]uint8) {
	for c := range rune(utf8.RuneSelf) {
		of[c] = roleOf(c)
	}
	return of
}()

func roleOf(r rune) uint8 {
	switch {
	case unicode.IsLetter(r) || unicode.IsDigit(r):
		return makesWord
	case unicode.IsSpace(r):
		return endsWord
	}
	return 0
}
