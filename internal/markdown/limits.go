package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// A text of a few kilobytes must not keep the parser busy for minutes, by
// accident or by design. Where goldmark 1.8.7 takes time that grows with the
// square of its input, the steps are counted and what is over the budget stays
// plain text, with one problem to say so.
const (
	maxSize = 2 << 20   // bytes of a text
	maxOpen = 32        // blocks within each other
	maxVoid = 100_000   // empty lines; the parser keeps a note of each for each open block
	maxWork = 128 << 20 // steps, about a nanosecond each
	maxHTML = 32 << 20  // bytes of output

	cellWork     = 1024 // a table cell; short rows are filled up, so they multiply
	footnoteWork = 8    // a comparison of two footnote labels
)

// budget counts the work spent on one document.
type budget struct {
	work    int
	tooDeep bool

	block    ast.Node // the block whose text is being parsed
	openings int      // emphasis delimiters in it
	pipes    int      // escaped pipes in tables
}

// spend counts work and reports whether there is any left.
func (r *reading) spend(work, offset int) bool {
	if r.work > maxWork {
		return false
	}
	r.work += work
	if r.work > maxWork {
		r.problem(offset, "too-tangled",
			"look here for something that was pasted by accident, and delete it or put it between lines of ```",
			"this text is too tangled to read: it has thousands of brackets, stars or backquotes without a partner")
		return false
	}
	return true
}

// affordSize reports whether a text is small enough to be read at all.
func (r *reading) affordSize() bool {
	if len(r.src) > maxSize {
		r.problem(0, "too-long", "split the text into several files",
			"this text is larger than 2 MiB, more than any reader can use")
		return false
	}
	if len(r.src) > maxVoid && blankLines(r.src) > maxVoid {
		r.problem(0, "too-long", "delete the empty lines", "this text has more than %d empty lines", maxVoid)
		return false
	}
	return true
}

func blankLines(src []byte) int {
	n := 0
	for line := range bytes.Lines(src) {
		if len(bytes.TrimSpace(line)) == 0 {
			n++
		}
	}
	return n
}

// container is a parser of blocks that hold blocks, so deep and no deeper:
// every line is held against each open block.
type container struct{ parser.BlockParser }

func (c container) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	r := readingOf(pc)
	if len(pc.OpenedBlocks()) >= maxOpen {
		if _, seg := reader.PeekLine(); !r.tooDeep {
			r.tooDeep = true
			r.problem(seg.Start, "too-deep", "use fewer levels; a heading often does instead",
				"this is a list or quotation within more than %d others", maxOpen/2)
		}
		return nil, parser.NoChildren
	}
	return c.BlockParser.Open(parent, reader, pc)
}

// scanner is an inline parser that may look ahead to the end of its block in
// vain, and do so again at every bracket.
type scanner struct{ parser.InlineParser }

func (s scanner) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	r := readingOf(pc)
	if r.work > maxWork {
		return nil
	}
	line, seg := block.PeekLine()
	if line[0] == '!' && (len(line) < 2 || line[1] != '[') {
		return nil
	}
	node := s.InlineParser.Parse(parent, block, pc)
	r.spend(scanWork(parent, node), seg.Start)
	return node
}

func scanWork(parent, node ast.Node) int {
	const found = 256
	switch n := node.(type) {
	case *ast.Link:
		if n.Reference != nil { // a definition may be long and used often
			return found + 16*(len(n.Destination)+len(n.Title))
		}
	case *ast.Image:
		if n.Reference != nil {
			return found + 16*(len(n.Destination)+len(n.Title))
		}
	case *ast.Text, nil: // backquotes or a bracket without a partner
		lines := parent.Lines()
		return lines.At(lines.Len()-1).Stop - lines.At(0).Start
	}
	return found
}

// CloseBlock passes on the end of a block, which the link parser needs.
func (s scanner) CloseBlock(parent ast.Node, block text.Reader, pc parser.Context) {
	if c, ok := s.InlineParser.(parser.CloseBlocker); ok {
		c.CloseBlock(parent, block, pc)
	}
}

// delimiter is a parser of emphasis: each delimiter may be held against all
// before it. A run of fewer than least characters is no delimiter: "~50" is
// fifty or so.
type delimiter struct {
	parser.InlineParser
	least int
}

func (d delimiter) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	r := readingOf(pc)
	if r.block != parent {
		r.block, r.openings = parent, 0
	}
	r.openings++
	line, seg := block.PeekLine()
	if d.least > 1 && (len(line) < 2 || line[1] != line[0]) || !r.spend(r.openings, seg.Start) {
		return nil
	}
	return d.InlineParser.Parse(parent, block, pc)
}

// affordDefinitions counts what link definitions in a paragraph will cost.
func (r *reading) affordDefinitions(node ast.Node) bool {
	if line, _ := r.line(node, 0); len(line) == 0 || line[0] != '[' {
		return true
	}
	definitions := 0
	for i := range node.Lines().Len() {
		if line, _ := r.line(node, i); len(line) > 0 && line[0] == '[' {
			definitions++
		}
	}
	return r.spend(definitions*definitions/4, node.Pos())
}

// affordTable counts what a paragraph will cost if it is a table.
func (r *reading) affordTable(node ast.Node) bool {
	lines := node.Lines().Len()
	for i := 1; i < lines; i++ {
		line, _ := r.line(node, i)
		if !isDelimiterRow(line) {
			continue
		}
		columns := bytes.Count(line, []byte{'|'}) + 1
		first, last := node.Lines().At(0), node.Lines().At(lines-1)
		pipes := bytes.Count(r.src[first.Start:last.Stop], []byte(`\|`))
		r.pipes += pipes
		return r.spend(columns*(lines-i)*cellWork+r.pipes*pipes, node.Pos())
	}
	return true
}

// verbatim is a paragraph that is not looked into.
type verbatim struct{ ast.BaseBlock }

var kindVerbatim = ast.NewNodeKind("Verbatim")

func newVerbatim(node ast.Node) *verbatim {
	v := &verbatim{}
	v.SetLines(node.Lines())
	return v
}

func (*verbatim) Kind() ast.NodeKind              { return kindVerbatim }
func (*verbatim) IsRaw() bool                     { return true }
func (n *verbatim) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }
