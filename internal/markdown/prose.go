package markdown

import (
	"bytes"
	"sort"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"

	"bulletin/internal/diag"
)

// Block is a piece of a document as a sub-editor reads it: a paragraph, a
// heading, a cell of a table. See [Options].Prose.
type Block struct {
	Kind BlockKind
	// Level is that of a heading, as in [Heading].
	Level int
	// Number is what a numbered paragraph was numbered by its writer: "3.18".
	Number string
	// InList and Quoted tell that the block stands in a list, or in a quotation
	// or callout.
	InList, Quoted bool
	// Text is what was typed, without marks and escapes; the end of a line is a
	// space, other white space stays as it is. Pictures within a line leave
	// their alternative.
	Text string
	// Marks are the parts of Text that are marked, in the order of their starts.
	Marks []Mark

	anchors []anchor
	source  *proseSource
}

// BlockKind is what a block is.
type BlockKind uint8

// The kinds of blocks.
const (
	Paragraph BlockKind = iota
	HeadingBlock
	// Card is a paragraph that stands for the entry it links to.
	Card
	// Figure is a picture of its own; its text is the text alternative.
	Figure
	// Cell and HeadCell are those of a table, whose caption comes before them.
	Cell
	HeadCell
	Caption
	// Term is the first line of an item of a definition list.
	Term
	// Attribution names the speaker of a quotation.
	Attribution
	// CodeBlock is text that is no prose; Break is a line between paragraphs.
	CodeBlock
	Break
)

// Mark is a part of a block's text, as byte offsets.
type Mark struct {
	Kind     MarkKind
	From, To int
	// Dest is where a link leads.
	Dest string
}

// MarkKind is how a part of a text is marked.
type MarkKind uint8

// The kinds of marks.
const (
	Strong MarkKind = iota
	Emphasised
	Struck
	Code
	Linked
	// Bare is an address that is its own link.
	Bare
	// Alternative is the text alternative of a picture within a line.
	Alternative
)

// anchor says where a part of a block's text comes from.
type anchor struct{ text, source int }

// proseSource turns byte offsets into positions; it is shared by the blocks of
// a document and only read.
type proseSource struct {
	positions
}

// Pos gives the place of a byte of Text in the file.
func (b Block) Pos(offset int) diag.Pos {
	i := sort.Search(len(b.anchors), func(i int) bool { return b.anchors[i].text > offset })
	if i == 0 {
		return diag.Pos{File: b.source.file, Line: b.source.inFile(0)}
	}
	a := b.anchors[i-1]
	p := b.source.positions // a copy, as it remembers its last answer
	return p.at(a.source + offset - a.text)
}

// Within tells that a part of the text lies in a mark of one of the kinds.
func (b Block) Within(from, to int, kinds ...MarkKind) bool {
	for _, m := range b.Marks {
		for _, kind := range kinds {
			if m.Kind == kind && m.From <= from && to <= m.To {
				return true
			}
		}
	}
	return false
}

// proseWriter gathers the blocks of a document.
type proseWriter struct {
	*writer
	source *proseSource
	blocks []Block
	// text, marks and anchors are those of the block in the making.
	text    []byte
	marks   []Mark
	anchors []anchor
}

// surroundings are what a block stands in.
type surroundings struct{ inList, quoted bool }

// gatherProse gives the blocks of a document, before writing it takes parts of
// them to pieces.
func (w *writer) gatherProse(root ast.Node) []Block {
	source := &proseSource{positions{src: w.src, file: w.File, first: w.Line, lines: w.Lines, starts: lineStarts(w.src), column: 1}}
	p := &proseWriter{writer: w, source: source}
	p.gather(root, surroundings{})
	return p.blocks
}

func (w *proseWriter) gather(parent ast.Node, in surroundings) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		w.block(n, in)
	}
}

func (w *proseWriter) block(n ast.Node, in surroundings) {
	switch n := n.(type) {
	case *ast.Paragraph:
		w.paragraph(n, in)
	case *ast.TextBlock:
		w.add(Block{Kind: Paragraph}, n, in)
	case *numberedParagraph:
		w.add(Block{Kind: Paragraph, Number: n.number}, n, in)
	case *ast.Heading:
		w.add(Block{Kind: HeadingBlock, Level: n.Level}, n, in)
	case *attribution:
		w.add(Block{Kind: Attribution}, n, in)
	case *extast.DefinitionTerm:
		w.add(Block{Kind: Term}, n, in)
	case *extast.Table:
		if caption := w.captions[n]; caption != nil {
			w.add(Block{Kind: Caption}, caption, in)
		}
		w.gather(n, in)
	case *extast.TableCell:
		kind := Cell
		if _, head := n.Parent().(*extast.TableHeader); head {
			kind = HeadCell
		}
		w.add(Block{Kind: kind}, n, in)
	case *ast.FencedCodeBlock:
		w.blocks = append(w.blocks, Block{Kind: CodeBlock, Text: string(n.Lines().Value(w.src)), source: w.source})
	case *ast.ThematicBreak:
		w.blocks = append(w.blocks, Block{Kind: Break, source: w.source})
	case *ast.Blockquote:
		in.quoted = true
		w.gather(n, in)
	case *ast.ListItem:
		in.inList = true
		w.gather(n, in)
	default:
		if n.Type() == ast.TypeBlock {
			w.gather(n, in)
		}
	}
}

func (w *proseWriter) paragraph(n *ast.Paragraph, in surroundings) {
	b := Block{Kind: Paragraph}
	if image, _ := soleImage(w.src, n); image != nil {
		b.Kind = Figure
	} else if link := soleLink(w.src, n); link != nil && n.Parent().Kind() == ast.KindDocument && w.isCard(link) {
		b.Kind = Card
	}
	w.add(b, n, in)
}

// add appends a block with the text of a node.
func (w *proseWriter) add(b Block, n ast.Node, in surroundings) {
	w.text, w.marks, w.anchors = nil, nil, nil
	w.inlines(n)
	b.InList, b.Quoted, b.source = in.inList, in.quoted, w.source
	b.Text, b.Marks, b.anchors = string(w.text), w.marks, w.anchors
	sort.SliceStable(b.Marks, func(i, j int) bool { return b.Marks[i].From < b.Marks[j].From })
	w.blocks = append(w.blocks, b)
}

func (w *proseWriter) inlines(parent ast.Node) {
	joinTexts(w.src, parent)
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		w.inline(n)
	}
}

func (w *proseWriter) inline(n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		w.typed(n.Segment.Value(w.src), n.Segment.Start)
		if n.SoftLineBreak() || n.HardLineBreak() {
			w.piece([]byte{' '}, n.Segment.Stop)
		}
	case *ast.String:
		w.text = append(w.text, n.Value...)
	case *ast.RawHTML:
		w.piece(n.Segments.Value(w.src), n.Segments.At(0).Start)
	case *ast.Emphasis:
		kind := Emphasised
		if n.Level == 2 {
			kind = Strong
		}
		w.mark(Mark{Kind: kind}, n)
	case *extast.Strikethrough:
		w.mark(Mark{Kind: Struck}, n)
	case *ast.CodeSpan:
		w.mark(Mark{Kind: Code}, n)
	case *ast.Link:
		w.mark(Mark{Kind: Linked, Dest: meantAddress(n.Destination)}, n)
	case *ast.Image:
		w.mark(Mark{Kind: Alternative, Dest: meantAddress(n.Destination)}, n)
	case *ast.AutoLink:
		from := len(w.text)
		label := n.Label(w.src)
		w.piece(label, n.Pos()+max(bytes.Index(w.src[n.Pos():], label), 0))
		w.marks = append(w.marks, Mark{Kind: Bare, From: from, To: len(w.text), Dest: string(label)})
	}
}

func (w *proseWriter) mark(m Mark, n ast.Node) {
	m.From = len(w.text)
	w.inlines(n)
	m.To = len(w.text)
	w.marks = append(w.marks, m)
}

// piece appends text that stands in the source at an offset.
func (w *proseWriter) piece(text []byte, offset int) {
	w.anchors = append(w.anchors, anchor{len(w.text), offset})
	w.text = append(w.text, text...)
}

// typed appends typed text, with its escapes and entities resolved.
func (w *proseWriter) typed(raw []byte, offset int) {
	start := 0
	for i := 0; i < len(raw); i++ {
		switch {
		case raw[i] == '\\' && i+1 < len(raw) && util.IsPunct(raw[i+1]):
			w.piece(raw[start:i], offset+start)
			start = i + 1
			i++
		case raw[i] == '&':
			const longest = 40
			end := bytes.IndexByte(raw[i:min(len(raw), i+longest)], ';') + 1
			if end == 0 {
				continue
			}
			entity := raw[i : i+end]
			meant := util.ResolveEntityNames(util.ResolveNumericReferences(entity))
			if bytes.Equal(meant, entity) {
				continue
			}
			w.piece(raw[start:i], offset+start)
			w.piece(meant, offset+i)
			start = i + end
			i = start - 1
		}
	}
	w.piece(raw[start:], offset+start)
}
