package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"bulletin/internal/diag"
)

// dialect and unlinked are the parsers of all documents. They keep nothing of a
// document: that is in the reading, which travels in the parser's context.
// unlinked is for those in which no address can become a link by itself, as it
// need not look at each word for one.
var (
	dialect = newDialect(util.Prioritized(extension.NewLinkifyParser(
		extension.WithLinkifyAllowedProtocols([]string{"http:", "https:"})), 999))
	unlinked = newDialect()
)

// dialectFor gives the parser for a text.
func dialectFor(src []byte) parser.Parser {
	for _, mark := range []string{"@", "www.", "http:", "https:"} { // all that linkify looks for
		if bytes.Contains(src, []byte(mark)) {
			return dialect
		}
	}
	return unlinked
}

var readingKey = parser.NewContextKey()

func newDialect(more ...util.PrioritizedValue) parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(
			util.Prioritized(headingParser{parser.NewSetextHeadingParser()}, 100),
			util.Prioritized(container{extension.NewDefinitionListParser()}, 101),
			util.Prioritized(extension.NewDefinitionDescriptionParser(), 102),
			util.Prioritized(parser.NewThematicBreakParser(), 200),
			util.Prioritized(bulletParser{}, 250),
			util.Prioritized(container{parser.NewListParser()}, 300),
			util.Prioritized(parser.NewListItemParser(), 400),
			util.Prioritized(headingParser{parser.NewATXHeadingParser()}, 600),
			util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
			util.Prioritized(container{parser.NewBlockquoteParser()}, 800),
			util.Prioritized(parser.NewHTMLBlockParser(), 900),
			util.Prioritized(footnoteParser{container{extension.NewFootnoteBlockParser()}}, 999),
			util.Prioritized(paragraphParser{parser.NewParagraphParser()}, 1000),
		),
		parser.WithParagraphTransformers(
			util.Prioritized(beforeTables{}, 50),
			util.Prioritized(parser.LinkReferenceParagraphTransformer, 100),
			util.Prioritized(extension.NewTableParagraphTransformer(), 200),
			util.Prioritized(afterTables{}, 300),
		),
		parser.WithInlineParsers(
			util.Prioritized(scanner{parser.NewCodeSpanParser()}, 100),
			util.Prioritized(extension.NewTaskCheckBoxParser(), 100),
			util.Prioritized(footnoteReference{extension.NewFootnoteParser()}, 101),
			util.Prioritized(scanner{parser.NewLinkParser()}, 200),
			util.Prioritized(scanner{parser.NewAutoLinkParser()}, 300),
			util.Prioritized(scanner{parser.NewRawHTMLParser()}, 400),
			util.Prioritized(delimiter{parser.NewEmphasisParser(), 1}, 500),
			util.Prioritized(delimiter{extension.NewStrikethroughParser(), 2}, 500),
		),
		parser.WithInlineParsers(more...),
		parser.WithASTTransformers(
			util.Prioritized(extension.NewTableASTTransformer(), 0),
			util.Prioritized(extension.NewFootnoteASTTransformer(), 999),
		),
	)
}

// reading is what is known of one document while it is read.
type reading struct {
	Options
	src       []byte
	problems  diag.List
	positions positions
	budget

	customIDs   map[ast.Node]customID
	footnotes   []*extast.Footnote // as defined
	references  []*extast.FootnoteLink
	lastNumber  []int   // of the last numbered paragraph
	lastLetters letters // of the last lettered list
	captions    map[ast.Node]ast.Node
	ids         map[ast.Node]string

	words []byte // what plain writes into, and
	typed typographer

	idSet
	openTags
}

func newReading(src []byte, o Options) *reading {
	return &reading{Options: o, src: src, positions: positions{src: src, file: o.File, first: o.Line, lines: o.Lines}}
}

func readingOf(pc parser.Context) *reading { return pc.Get(readingKey).(*reading) }

// problem notes an error at a byte offset of the text.
func (r *reading) problem(offset int, rule, hint, format string, args ...any) {
	r.problems.Add(diag.Errorf(r.positions.at(offset), rule, hint, format, args...))
}

// paragraphParser accepts indented lines, which would be code in CommonMark.
type paragraphParser struct{ parser.BlockParser }

func (paragraphParser) CanAcceptIndentedLine() bool { return true }

// beforeTables looks at each paragraph before link definitions and tables are
// taken out of it.
type beforeTables struct{}

func (beforeTables) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	r := readingOf(pc)
	if !r.affordDefinitions(node) || !r.affordTable(node) {
		replace(node, newVerbatim(node))
		return
	}
	r.takeCalloutTitle(node)
	if node.Parent() != nil {
		r.separateCaptions(node)
	}
}

// afterTables gives the special kinds of paragraph their own nodes, before
// their text is parsed.
type afterTables struct{}

func (afterTables) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	r := readingOf(pc)
	if _, ok := node.Parent().(*ast.Blockquote); ok {
		r.takeAttribution(node)
		if node.Parent() == nil {
			return
		}
	}
	if r.Numbered && r.takeNumbers(node) {
		return
	}
	r.takeLetters(node)
}

// line gives the text of a line of a block without the spaces around it, and
// the offset at which it starts.
func (r *reading) line(n ast.Node, i int) ([]byte, int) {
	seg := n.Lines().At(i)
	line := bytes.TrimLeftFunc(r.src[seg.Start:seg.Stop], isSpace)
	return bytes.TrimRightFunc(line, isSpace), seg.Stop - len(line)
}

// moveLines gives block to the lines [from, until) of another, the first of
// them without its leading skip bytes, trimmed as a paragraph's are.
func (r *reading) moveLines(to, from ast.Node, first, until, skip int) {
	for i := first; i < until; i++ {
		seg := from.Lines().At(i)
		_, start := r.line(from, i)
		if i == first {
			start = min(start+skip, seg.Stop)
		}
		seg = text.NewSegment(start, seg.Stop)
		seg = seg.TrimLeftSpace(r.src)
		if i == until-1 {
			seg = seg.TrimRightSpace(r.src)
		}
		if seg.Len() > 0 {
			to.Lines().Append(seg)
		}
	}
	if to.Lines().Len() > 0 {
		to.SetPos(to.Lines().At(0).Start)
	}
}

// shorten leaves a paragraph only its lines before the given one, or removes
// it if that is none.
func (r *reading) shorten(node *ast.Paragraph, until int) {
	if until == 0 {
		node.Parent().RemoveChild(node.Parent(), node)
		return
	}
	node.Lines().SetSliced(0, until)
	last := node.Lines().At(until - 1)
	node.Lines().Set(until-1, last.TrimRightSpace(r.src))
}

func replace(old, fresh ast.Node) { old.Parent().ReplaceChild(old.Parent(), old, fresh) }
