package markdown

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
)

// numberedParagraph is a paragraph that starts with its number: "3.18 Text".
type numberedParagraph struct {
	ast.BaseBlock
	number string
}

var kindNumbered = ast.NewNodeKind("NumberedParagraph")

func (*numberedParagraph) Kind() ast.NodeKind { return kindNumbered }
func (n *numberedParagraph) Dump(source []byte, level int) {
	ast.DumpHelper(n, source, level, map[string]string{"Number": n.number}, nil)
}

// takeNumbers splits a paragraph at the lines that start with a number, and
// reports whether there are any. Within a paragraph only the number that is
// next can be meant: "3.5 million" may stand at the start of a line.
func (r *reading) takeNumbers(node *ast.Paragraph) bool {
	if !r.mayBeNumbered(node) {
		return false
	}
	type start struct{ line, text int }
	var starts []start
	var found []*numberedParagraph
	for i := range node.Lines().Len() {
		line, _ := r.line(node, i)
		number, length := cutNumber(line)
		if length == 0 {
			continue
		}
		parts := numberParts(number)
		if i > 0 && !follows(parts, r.lastNumber) {
			continue
		}
		r.lastNumber = parts
		starts = append(starts, start{i, length})
		found = append(found, &numberedParagraph{number: number})
	}
	if len(found) == 0 {
		return false
	}
	parent := node.Parent()
	after := ast.Node(node)
	for i, p := range found {
		until := node.Lines().Len()
		if i+1 < len(found) {
			until = starts[i+1].line
		}
		_, offset := r.line(node, starts[i].line)
		r.moveLines(p, node, starts[i].line, until, starts[i].text)
		p.SetPos(offset)
		parent.InsertAfter(parent, after, p)
		after = p
	}
	r.shorten(node, starts[0].line)
	return true
}

// mayBeNumbered reports whether a paragraph belongs to the report itself: not
// to a quotation, a footnote or a definition.
func (r *reading) mayBeNumbered(node ast.Node) bool {
	for p := node.Parent(); p != nil; p = p.Parent() {
		switch p.(type) {
		case *ast.ListItem, *ast.List:
		case *ast.Document:
			return true
		default:
			return false
		}
	}
	return false
}

// cutNumber reads a number such as "3.18", "3.18." or "**3.18**" with the
// space after it, and gives their length; 0 if there is none.
func cutNumber(line []byte) (number string, length int) {
	i := 0
	bold := bytes.HasPrefix(line, []byte("**"))
	if bold {
		i = 2
	}
	start, dots := i, 0
	for i < len(line) && (isDigit(line[i]) || line[i] == '.' && i > start && isDigit(line[i-1])) {
		if line[i] == '.' {
			dots++
		}
		i++
	}
	end := i
	if end > start && line[end-1] == '.' {
		end--
		dots--
	} else if i < len(line) && line[i] == ')' {
		i++
	}
	if dots < 1 || end-start > 12 {
		return "", 0
	}
	if bold {
		if !bytes.HasPrefix(line[i:], []byte("**")) {
			return "", 0
		}
		i += 2
	}
	if i < len(line) {
		space, size := utf8.DecodeRune(line[i:])
		if !isSpace(space) {
			return "", 0
		}
		i += size
	}
	return string(line[start:end]), i
}

func numberParts(number string) []int {
	var parts []int
	for part := range strings.SplitSeq(number, ".") {
		n, _ := strconv.Atoi(part)
		parts = append(parts, n)
	}
	return parts
}

// follows reports whether next can come after last: one up at some level, and
// ones below that.
func follows(next, last []int) bool {
	ones := func(parts []int) bool { return !slices.ContainsFunc(parts, func(n int) bool { return n != 1 }) }
	if len(last) == 0 {
		return ones(next[1:])
	}
	for i := range min(len(last), len(next)) {
		if next[i] != last[i] {
			return next[i] == last[i]+1 && ones(next[i+1:])
		}
	}
	return len(next) > len(last) && ones(next[len(last):])
}

func (w *writer) numbered(n *numberedParagraph) {
	id := w.ids[n]
	w.html(`<p class="numbered" id="`, id, `"><a class="para-number" href="`)
	w.fragment(id)
	w.html(`" aria-label="Paragraph `, n.number, `">`)
	w.words(n.number)
	w.html("</a> ")
	w.gap()
	start := w.text.Len()
	w.inlines(n)
	w.lead(n, start)
	w.html("</p>\n")
	w.gap()
}

// numberedHeading gives the heading that an ordered list stands for, if it is
// one short line on its own in a numbered report: "3. Report detail".
func (r *reading) numberedHeading(list *ast.List) *ast.Heading {
	const long = 100 // bytes; more is a sentence
	if !r.Numbered || !list.IsOrdered() || list.ChildCount() != 1 || list.Parent().Kind() != ast.KindDocument {
		return nil
	}
	line := list.FirstChild().FirstChild()
	switch line.(type) {
	case *ast.TextBlock, *ast.Paragraph:
	default:
		return nil
	}
	if line.Lines().Len() != 1 {
		return nil
	}
	words, _ := r.line(line, 0)
	if len(words) == 0 || len(words) > long || bytes.ContainsAny(words[len(words)-1:], ".;,") {
		return nil
	}
	if next := line.NextSibling(); next != nil && next.Kind() != kindNumbered {
		return nil
	}
	heading := ast.NewHeading(2)
	heading.SetPos(list.Pos())
	heading.AppendChild(heading, ast.NewString([]byte(strconv.Itoa(list.Start)+string(list.Marker)+" ")))
	adopt(heading, line)
	return heading
}

// adopt moves all children of a node to another.
func adopt(to, from ast.Node) {
	for c := from.FirstChild(); c != nil; {
		next := c.NextSibling()
		to.AppendChild(to, c)
		c = next
	}
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// isSpace reports whether a rune is white space in prose, pasted kinds too.
func isSpace(r rune) bool {
	switch r {
	case ' ', '\t', '\n', '\v', '\f', '\r', '\u00a0', '\u2002', '\u2003', '\u2009', '\u202f':
		return true
	}
	return false
}
