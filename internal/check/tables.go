package check

import (
	"strings"

	"bulletin/internal/diag"
	"bulletin/internal/markdown"
)

// table is a table of a body: its header cells, and then the others, row by
// row.
type table struct {
	head, cells []markdown.Block
}

// tables gives the tables of the body.
func (p *Page) tables() []table {
	var list []table
	var now *table
	for _, b := range p.Blocks() {
		switch b.Kind {
		case markdown.HeadCell:
			if now == nil || len(now.cells) > 0 {
				list = append(list, table{})
				now = &list[len(list)-1]
			}
			now.head = append(now.head, b)
		case markdown.Cell:
			if now != nil {
				now.cells = append(now.cells, b)
			}
		default:
			now = nil
		}
	}
	return list
}

// start is the place of the first cell that has a text; an empty one has none.
func (t table) start() (diag.Pos, bool) {
	for _, cells := range [][]markdown.Block{t.head, t.cells} {
		for _, c := range cells {
			if strings.TrimSpace(c.Text) != "" {
				return c.Pos(0), true
			}
		}
	}
	return diag.Pos{}, false
}

// column gives the cells of a column below its header.
func (t table) column(n int) []markdown.Block {
	var list []markdown.Block
	for i := n; i < len(t.cells); i += len(t.head) {
		list = append(list, t.cells[i])
	}
	return list
}

// filled counts the cells that have a text.
func filled(cells []markdown.Block) int {
	n := 0
	for _, c := range cells {
		if strings.TrimSpace(c.Text) != "" {
			n++
		}
	}
	return n
}
