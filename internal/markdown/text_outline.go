package markdown

import (
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// outliner turns the tree of a document into its outline. What is wrong with
// the document was reported when it was parsed.
type outliner struct {
	*reading
	typographer
	html    writer // for what both forms take a text to mean
	outline *outline
	inLink  bool
}

func newOutline(src []byte, o Options) *outline {
	o.Glossary = nil
	r := newReading(src, o)
	result := &outline{}
	if !r.affordSize() {
		return result
	}
	pc := parser.NewContext()
	pc.Set(readingKey, r)
	root := dialectFor(src).Parse(text.NewReader(src), parser.WithContext(pc))
	r.shape(root)
	r.assignIDs(root)
	w := &outliner{reading: r, html: writer{reading: r}, outline: result}
	result.blocks = w.children(root)
	return result
}

func (w *outliner) children(parent ast.Node) []textBlock {
	var blocks []textBlock
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		blocks = append(blocks, w.block(n)...)
	}
	return blocks
}

// block gives the blocks that stand for a block of the tree.
func (w *outliner) block(n ast.Node) []textBlock {
	switch n := n.(type) {
	case *ast.Paragraph:
		return []textBlock{w.paragraph(n)}
	case *ast.TextBlock:
		return []textBlock{{spans: w.inlines(n)}}
	case *ast.Heading:
		return []textBlock{{kind: textHeading, level: n.Level, spans: w.inlines(n)}}
	case *ast.List:
		return []textBlock{w.list(n)}
	case *letteredList:
		return []textBlock{w.lettered(n)}
	case *numberedParagraph:
		return []textBlock{{spans: append([]span{{text: n.number + " "}}, w.inlines(n)...)}}
	case *ast.Blockquote:
		return []textBlock{w.quote(n)}
	case *attribution:
		return []textBlock{{spans: append([]span{{text: "— "}}, w.inlines(n)...)}}
	case *extast.Table:
		return w.table(n)
	case *ast.FencedCodeBlock:
		return []textBlock{{kind: textCode, spans: []span{{text: strings.TrimRight(string(n.Lines().Value(w.src)), "\n")}}}}
	case *ast.ThematicBreak:
		return []textBlock{{kind: textRule}}
	case *extast.DefinitionList:
		return w.children(n)
	case *extast.DefinitionTerm:
		return []textBlock{{spans: w.inlines(n)}}
	case *extast.DefinitionDescription:
		return []textBlock{{kind: textIndent, blocks: w.children(n)}}
	case *extast.FootnoteList:
		return w.notes(n)
	case *verbatim:
		return []textBlock{{spans: []span{{text: string(n.Lines().Value(w.src))}}}}
	}
	return nil
}

func (w *outliner) paragraph(n *ast.Paragraph) textBlock {
	if image, link := soleImage(w.src, n); image != nil {
		return w.picture(image, link)
	}
	link := soleLink(w.src, n)
	b := textBlock{spans: w.inlines(n)}
	if link != nil && n.Parent().Kind() == ast.KindDocument && w.html.isCard(link) {
		b.kind, b.index = textCard, len(w.outline.links)-1
		w.outline.links[b.index].Card = true
	}
	return b
}

// picture gives the block of a paragraph that is only an image, or a link
// around one.
func (w *outliner) picture(image *ast.Image, link *ast.Link) textBlock {
	b := textBlock{kind: textPicture, index: -1}
	if span, ok := w.image(image); ok {
		b.index = span.index
	}
	if link != nil {
		b.spans = w.link(link)
	}
	return b
}

func (w *outliner) list(n *ast.List) textBlock {
	list := textBlock{kind: textList, tight: n.IsTight}
	number := n.Start
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		marker := "• "
		if n.IsOrdered() {
			marker = strconv.Itoa(number) + ". "
			number++
		}
		list.blocks = append(list.blocks, textBlock{kind: textItem, marker: marker, blocks: w.children(item), tight: n.IsTight})
	}
	return list
}

func (w *outliner) lettered(n *letteredList) textBlock {
	list := textBlock{kind: textList, tight: true}
	value := n.first
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		marker := letterMarker(n.style, value)
		if n.style < 'a' {
			marker = strings.ToUpper(marker)
		}
		value++
		list.blocks = append(list.blocks, textBlock{kind: textItem, marker: marker + ") ", blocks: w.children(item), tight: true})
	}
	return list
}

func (w *outliner) quote(n *ast.Blockquote) textBlock {
	title, ok := n.FirstChild().(*calloutTitle)
	if !ok {
		return textBlock{kind: textIndent, blocks: w.children(n)}
	}
	b := textBlock{kind: textCallout, marker: title.kind[:1] + strings.ToLower(title.kind[1:]), spans: w.inlines(title)}
	for c := title.NextSibling(); c != nil; c = c.NextSibling() {
		b.blocks = append(b.blocks, w.block(c)...)
	}
	return b
}

// table gives the block of a table, after that of its caption.
func (w *outliner) table(n *extast.Table) []textBlock {
	var blocks []textBlock
	if caption := w.captions[n]; caption != nil {
		blocks = append(blocks, textBlock{spans: w.inlines(caption)})
	}
	table := textBlock{kind: textTable}
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		var cells [][]span
		filled := false
		for c := row.FirstChild(); c != nil; c = c.NextSibling() {
			cells = append(cells, w.inlines(c))
			filled = filled || c.HasChildren()
		}
		if _, head := row.(*extast.TableHeader); head {
			if !filled {
				continue
			}
			table.head = true
		}
		table.rows = append(table.rows, cells)
	}
	return append(blocks, table)
}

// notes gives the footnotes.
func (w *outliner) notes(list *extast.FootnoteList) []textBlock {
	var blocks []textBlock
	for c := list.FirstChild(); c != nil; c = c.NextSibling() {
		note := c.(*extast.Footnote)
		blocks = append(blocks, textBlock{kind: textItem, marker: "Note " + strconv.Itoa(note.Index) + ": ", blocks: w.children(note)})
	}
	return blocks
}

// inlines gives the spans of a node's text.
func (w *outliner) inlines(parent ast.Node) []span {
	if parent.Type() == ast.TypeBlock {
		w.typographer = typographer{}
	}
	joinTexts(w.src, parent)
	var spans []span
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		spans = append(spans, w.inline(n)...)
	}
	return spans
}

func (w *outliner) inline(n ast.Node) []span {
	switch n := n.(type) {
	case *ast.Text:
		return []span{{text: w.prose(n)}}
	case *ast.String:
		return []span{{text: string(n.Value)}}
	case *ast.CodeSpan:
		w.prev = 'x'
		return []span{{text: codeText(w.src, n)}}
	case *ast.Link:
		return w.link(n)
	case *ast.AutoLink:
		w.prev = 'x'
		return w.autoLink(n)
	case *ast.Image:
		w.prev = 'x'
		if s, ok := w.image(n); ok {
			return []span{s}
		}
		return []span{{text: altText(fold(w.plain(n)))}}
	case *extast.TaskCheckBox:
		if n.IsChecked {
			return []span{{text: "Done: "}}
		}
		return []span{{text: "To do: "}}
	case *extast.FootnoteLink:
		return []span{{text: string(glue) + "(note" + string(glue) + strconv.Itoa(n.Index) + ")"}}
	case *ast.RawHTML, *extast.FootnoteBacklink:
		return nil
	}
	return w.inlines(n)
}

// prose gives a piece of text; a newline in it is a line break that is meant.
func (w *outliner) prose(n *ast.Text) string {
	b := w.append(nil, n.Segment.Value(w.src), byteAt(w.src, n.Segment.Stop))
	s := strings.ReplaceAll(string(b), "\n", " ")
	switch {
	case n.HardLineBreak():
		w.prev = ' '
		return s + "\n"
	case n.SoftLineBreak():
		w.prev = ' '
		return s + " "
	}
	return s
}

func (w *outliner) link(n *ast.Link) []span {
	dest := meantAddress(n.Destination)
	rule, _, _ := judgeAddress(dest, forLink)
	if rule != "" || w.inLink {
		return w.inlines(n)
	}
	s := span{kind: spanLink, index: len(w.outline.links)}
	w.outline.links = append(w.outline.links, Link{Pos: w.positions.at(n.Pos()), Dest: dest, Title: w.html.title(n.Title), Text: fold(w.plain(n))})
	before := w.literal
	w.inLink, w.literal = true, before || looksLikeAddress(w.src, n)
	s.spans = w.inlines(n)
	w.inLink, w.literal = false, before
	return []span{s}
}

func (w *outliner) autoLink(n *ast.AutoLink) []span {
	label := string(n.Label(w.src))
	dest := autoAddress(n, label)
	if rule, _, _ := judgeAddress(dest, forLink); rule != "" || w.inLink {
		return []span{{text: label}}
	}
	w.outline.links = append(w.outline.links, Link{Pos: w.positions.at(n.Pos()), Dest: dest, Text: label})
	return []span{{kind: spanLink, index: len(w.outline.links) - 1, spans: []span{{text: label}}}}
}

// image gives the span of an image; ok is false if its address may not be
// published.
func (w *outliner) image(n *ast.Image) (s span, ok bool) {
	dest := meantAddress(n.Destination)
	if rule, _, _ := judgeAddress(dest, forImage); rule != "" {
		return span{}, false
	}
	w.outline.images = append(w.outline.images, Image{
		Pos: w.positions.at(n.Pos()), Dest: dest, Alt: altText(fold(w.plain(n))), Title: w.html.title(n.Title)})
	return span{kind: spanImage, index: len(w.outline.images) - 1}, true
}

// altText gives what a text alternative says: nothing, of a picture that only
// decorates.
func altText(alt string) string {
	if strings.EqualFold(alt, decorative) {
		return ""
	}
	return alt
}

// autoAddress gives the address that a bare one in the text means.
func autoAddress(n *ast.AutoLink, label string) string {
	switch {
	case n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(label), "mailto:"):
		return "mailto:" + label
	case n.Protocol != nil:
		return "https://" + label
	}
	return label
}
