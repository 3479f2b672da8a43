package markdown

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// captionLength gives the length of the "Table: " that starts a caption; 0 if
// there is none. "Table 3: " stays part of the caption, so that is not
// counted, but reported.
func captionLength(line []byte) (length int, ok bool) {
	rest, ok := bytes.CutPrefix(line, []byte("Table"))
	if !ok {
		return 0, false
	}
	if len(rest) > 0 && rest[0] == ':' {
		return len(line) - len(bytes.TrimLeftFunc(rest[1:], isSpace)), true
	}
	number := bytes.TrimLeftFunc(rest, func(r rune) bool { return isSpace(r) || '0' <= r && r <= '9' || r == '.' })
	return 0, len(number) < len(rest) && len(number) > 0 && number[0] == ':'
}

// isDelimiterRow reports whether a line can be the second of a table.
func isDelimiterRow(line []byte) bool {
	dash := false
	for _, c := range line {
		switch c {
		case '-':
			dash = true
		case '|', ':', ' ', '\t':
		default:
			return false
		}
	}
	return dash
}

// separateCaptions gives the caption lines right before and after the rows of
// a table paragraphs of their own.
func (r *reading) separateCaptions(node *ast.Paragraph) {
	lines := node.Lines().Len()
	delimiter := 1
	for ; delimiter < lines; delimiter++ {
		if line, _ := r.line(node, delimiter); isDelimiterRow(line) {
			break
		}
	}
	if delimiter >= lines {
		return
	}
	parent := node.Parent()
	for i := delimiter + 1; i < lines; i++ {
		line, _ := r.line(node, i)
		if _, ok := captionLength(line); ok {
			after := ast.NewParagraph()
			r.moveLines(after, node, i, lines, 0)
			parent.InsertAfter(parent, node, after)
			r.shorten(node, i)
			break
		}
	}
	if before := delimiter - 2; before >= 0 {
		line, _ := r.line(node, before)
		if _, ok := captionLength(line); !ok {
			return
		}
		if before > 0 {
			text := ast.NewParagraph()
			r.moveLines(text, node, 0, before, 0)
			parent.InsertBefore(parent, node, text)
		}
		caption := ast.NewParagraph()
		r.moveLines(caption, node, before, before+1, 0)
		parent.InsertBefore(parent, node, caption)
		node.Lines().SetSliced(before+1, node.Lines().Len())
	}
}

// bindCaption takes the caption beside a table out of the text: the one before
// it, or else the one after it.
func (r *reading) bindCaption(table *extast.Table) {
	for _, n := range []ast.Node{table.PreviousSibling(), table.NextSibling()} {
		p, ok := n.(*ast.Paragraph)
		if !ok || p.Lines().Len() == 0 {
			continue
		}
		line, offset := r.line(p, 0)
		length, ok := captionLength(line)
		if !ok || length == len(line) {
			continue
		}
		joinTexts(r.src, p)
		if first, ok := p.FirstChild().(*ast.Text); ok && length > 0 {
			first.Segment = first.Segment.WithStart(min(offset+length, first.Segment.Stop))
		}
		p.Parent().RemoveChild(p.Parent(), p)
		if r.captions == nil {
			r.captions = map[ast.Node]ast.Node{}
		}
		r.captions[table] = p
		return
	}
}

func (w *writer) table(n *extast.Table) {
	w.tables++
	caption, id := w.captions[n], w.ids[n]
	wrapper := w.open(holePageOnly, 0)
	w.html(`<div class="table-scroll" role="region" tabindex="0" aria-`)
	if caption != nil {
		w.html(`labelledby="`, id)
	} else {
		w.html(`label="`)
		w.escape(w.tableName(n))
	}
	w.html("\">\n")
	w.close(wrapper)
	w.html("<table>\n")
	if caption != nil {
		w.html(`<caption id="`, id, `">`)
		w.inlines(caption)
		w.html("</caption>\n")
		w.gap()
	}
	w.rows(n)
	w.html("</table>\n")
	w.pageOnly("</div>\n")
}

// tableName names a table without a caption after its number in the document
// and its columns.
func (w *writer) tableName(n *extast.Table) string {
	name := "Table " + strconv.Itoa(w.tables)
	var columns []string
	for c := n.FirstChild().FirstChild(); c != nil && len(columns) < 3; c = c.NextSibling() {
		if text := fold(w.plain(c)); text != "" {
			columns = append(columns, text)
		}
	}
	if len(columns) == 0 {
		return name
	}
	return name + ": " + strings.Join(columns, ", ")
}

func (w *writer) rows(n *extast.Table) {
	body := false
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		_, head := row.(*extast.TableHeader)
		if head && w.blankRow(row) {
			continue
		}
		if head {
			w.html("<thead>\n")
		} else if !body {
			w.html("<tbody>\n")
			body = true
		}
		w.html("<tr>\n")
		for c := row.FirstChild(); c != nil; c = c.NextSibling() {
			w.cell(c.(*extast.TableCell), head)
		}
		w.html("</tr>\n")
		if head {
			w.html("</thead>\n")
		}
	}
	if body {
		w.html("</tbody>\n")
	}
}

// blankRow reports whether a header row has no text, as in a table pasted
// without one: an empty header would be read out for every cell.
func (w *writer) blankRow(row ast.Node) bool {
	for c := row.FirstChild(); c != nil; c = c.NextSibling() {
		if c.HasChildren() {
			return false
		}
	}
	return row.NextSibling() != nil
}

func (w *writer) cell(c *extast.TableCell, head bool) {
	tag := "td"
	if head && c.HasChildren() {
		tag = "th"
		w.html(`<th scope="col"`)
	} else {
		w.html("<td")
	}
	if c.Alignment != extast.AlignNone {
		w.html(` class="align-`, c.Alignment.String(), `"`)
	}
	w.html(">")
	w.inlines(c)
	w.html("</", tag, ">\n")
	w.gap()
}
