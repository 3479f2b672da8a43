package markdown

import (
	"fmt"
	"strings"
)

const (
	// textIndentation is how far quotations and the like stand in.
	textIndentation = "    "
	// narrowest is the least width that text in nested lists is wrapped at.
	narrowest = 24
	// ruleLength is the length of a line between two parts of a text.
	ruleLength = 24
)

// textWriter writes an outline as lines of plain text.
type textWriter struct {
	outline  *outline
	resolver Resolver
	refs     *References
}

// stack gives the lines of blocks, with blank lines between them unless they
// are tight, or belong to the small heading above.
func (t textWriter) stack(blocks []textBlock, width int, tight bool) []string {
	var lines []string
	width = max(width, narrowest)
	for i, b := range blocks {
		more := t.block(b, width)
		if len(more) == 0 {
			continue
		}
		small := i > 0 && blocks[i-1].kind == textHeading && blocks[i-1].level > 2
		if len(lines) > 0 && !tight && !small {
			lines = append(lines, "")
		}
		if b.kind == textHeading && b.level <= 2 && len(lines) > 0 {
			lines = append(lines, "")
		}
		lines = append(lines, more...)
	}
	return lines
}

func (t textWriter) block(b textBlock, width int) []string {
	switch b.kind {
	case textHeading:
		if b.level <= 2 {
			return UnderlinedHeading(t.line(b.spans), '-', width)
		}
	case textList:
		return t.stack(b.blocks, width, b.tight)
	case textItem:
		return hang(b.marker, t.stack(b.blocks, width-textWidth(b.marker), b.tight))
	case textIndent:
		return indent(textIndentation, t.stack(b.blocks, width-len(textIndentation), false))
	case textCallout:
		title := b.marker
		if text := t.line(b.spans); text != "" {
			title += ": " + text
		}
		return append(WrapText(title, width), indent(textIndentation, t.stack(b.blocks, width-len(textIndentation), false))...)
	case textCode:
		return indent(textIndentation, strings.Split(b.spans[0].text, "\n"))
	case textRule:
		return []string{strings.Repeat("-", ruleLength)}
	case textTable:
		return t.table(b, width)
	case textPicture:
		return t.picture(b, width)
	case textCard:
		if card, ok := t.resolver.Card(t.outline.links[b.index]); ok {
			if card == "" {
				return nil
			}
			return strings.Split(card, "\n")
		}
	}
	return WrapText(t.line(b.spans), width)
}

// hang begins the first line with a marker and the others as far in.
func hang(marker string, lines []string) []string {
	if len(lines) == 0 {
		return []string{strings.TrimRight(marker, " ")}
	}
	hung := indent(strings.Repeat(" ", textWidth(marker)), lines)
	hung[0] = marker + lines[0]
	return hung
}

// indent begins each line that is not blank with a prefix.
func indent(prefix string, lines []string) []string {
	indented := make([]string, len(lines))
	for i, line := range lines {
		if line != "" {
			indented[i] = prefix + line
		}
	}
	return indented
}

func (t textWriter) picture(b textBlock, width int) []string {
	if b.index < 0 {
		return WrapText(t.line(b.spans), width)
	}
	image := t.outline.images[b.index]
	var lines []string
	switch {
	case image.Alt != "" && len(b.spans) > 0:
		lines = WrapText("Picture: "+t.line(b.spans), width)
	case image.Alt != "":
		lines = WrapText("Picture: "+image.Alt, width)
	}
	return append(lines, WrapText(image.Title, width)...)
}

// line gives the text of spans, with a newline where a line break is meant.
func (t textWriter) line(spans []span) string {
	var b strings.Builder
	for _, s := range spans {
		switch s.kind {
		case spanText:
			b.WriteString(s.text)
		case spanImage:
			b.WriteString(t.outline.images[s.index].Alt)
		case spanLink:
			b.WriteString(t.link(t.outline.links[s.index], t.line(s.spans)))
		}
	}
	return b.String()
}

// link gives the text of a link with the number of its address.
func (t textWriter) link(l Link, text string) string {
	target := t.resolver.Link(l)
	if target.Drop {
		return text
	}
	if target.Note != "" {
		text += " " + target.Note
	}
	return text + t.refs.mark(target.Href, text)
}

// Linked gives the text of a link with the number of its address, for
// [WrapText].
func (r *References) Linked(text, address string) string { return text + r.mark(address, text) }

// mark gives what follows the text of a link: the number of its address, or
// nothing if the text is the address.
func (r *References) mark(address, text string) string {
	for _, scheme := range []string{"mailto:", "tel:", "sms:"} {
		if rest, ok := strings.CutPrefix(address, scheme); ok {
			address = rest
		}
	}
	bare := func(s string) string {
		return strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(s, "https://"), "http://"), "/")
	}
	if bare(address) == bare(strings.TrimSpace(text)) {
		return ""
	}
	return fmt.Sprintf("%c[%d]", glue, r.Number(address))
}

// table gives a table as columns if it is narrow enough, or else row by row.
func (t textWriter) table(b textBlock, width int) []string {
	var rows [][]string
	var widths []int
	for _, cells := range b.rows {
		var row []string
		for i, cell := range cells {
			text := strings.Join(WrapText(t.line(cell), maxCell), " ")
			row = append(row, text)
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], textWidth(text))
		}
		rows = append(rows, row)
	}
	total := -columnGap
	for _, w := range widths {
		total += w + columnGap
	}
	if total <= width {
		return columns(rows, widths, b.head)
	}
	return records(rows, b.head, width)
}

const (
	// maxCell is more than the text of a cell can have.
	maxCell = 1 << 30
	// columnGap is the number of spaces between two columns.
	columnGap = 2
)

func columns(rows [][]string, widths []int, head bool) []string {
	var lines []string
	line := func(cell func(i int) string) {
		var b strings.Builder
		for i := range widths {
			text := cell(i)
			b.WriteString(text)
			b.WriteString(strings.Repeat(" ", max(0, widths[i]-textWidth(text)+columnGap)))
		}
		lines = append(lines, strings.TrimRight(b.String(), " "))
	}
	for i, row := range rows {
		line(func(column int) string {
			if column < len(row) {
				return row[column]
			}
			return ""
		})
		if i == 0 && head {
			line(func(column int) string { return strings.Repeat("-", widths[column]) })
		}
	}
	return lines
}

// records gives each row as a block of lines, "Heading: text".
func records(rows [][]string, head bool, width int) []string {
	var names []string
	if head {
		names, rows = rows[0], rows[1:]
	}
	var lines []string
	for i, row := range rows {
		if i > 0 {
			lines = append(lines, "")
		}
		for column, text := range row {
			switch {
			case text == "":
			case column < len(names) && names[column] != "":
				lines = append(lines, WrapText(names[column]+": "+text, width)...)
			default:
				lines = append(lines, WrapText(text, width)...)
			}
		}
	}
	return lines
}
