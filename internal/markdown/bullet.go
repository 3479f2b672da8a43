package markdown

import (
	"bytes"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// Bullets are the characters that word processors and web pages use for list
// items; U+F0B7 and U+F0A7 are those of a symbol font. Within such a list Word's
// second and third level, "o" and "§" with a tab, are bullets too, and so are
// those that writers type, if they stand further in than the first item.
const (
	Bullets       = "•◦▪·●○■‣⁃\uf0b7\uf0a7"
	wordBullets   = "o§"
	innerBullets  = "-*+–"
	maxBulletDeep = 6 // levels; what is further in joins the last
)

// bulletList is a pasted list while its lines are read. Its end turns it into
// an ordinary list.
type bulletList struct {
	ast.BaseBlock
	items []bulletItem
	blank bool // the line before was blank
}

// bulletItem is an item with its lines; indent is in columns.
type bulletItem struct {
	indent int
	bullet rune
	lines  *text.Segments
}

var kindBulletList = ast.NewNodeKind("BulletList")

func (*bulletList) Kind() ast.NodeKind              { return kindBulletList }
func (*bulletList) IsRaw() bool                     { return true }
func (n *bulletList) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// bulletParser reads pasted lists. They are not nested by Markdown's rules,
// which look at where an item's text starts, but by what is further in.
type bulletParser struct{}

// Trigger gives the first bytes of the bullets and of a no-break space.
func (bulletParser) Trigger() []byte             { return []byte{0xC2, 0xE2, 0xEF} }
func (bulletParser) CanInterruptParagraph() bool { return true }
func (bulletParser) CanAcceptIndentedLine() bool { return true }

func (bulletParser) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, seg := reader.PeekLine()
	item, ok := cutBullet(line, seg, Bullets)
	if !ok {
		return nil, parser.NoChildren
	}
	reader.AdvanceToEOL()
	return &bulletList{items: []bulletItem{item}}, parser.NoChildren
}

func (bulletParser) Continue(node ast.Node, reader text.Reader, pc parser.Context) parser.State {
	list := node.(*bulletList)
	line, seg := reader.PeekLine()
	if len(bytes.TrimFunc(line, isSpace)) == 0 {
		list.blank = true
		return parser.Continue | parser.NoChildren
	}
	item, ok := cutBullet(line, seg, Bullets)
	if !ok {
		item, ok = cutBullet(line, seg, wordBullets)
		if ok = ok && bytes.ContainsAny(line, "\t\u00a0"); !ok {
			item, ok = cutBullet(line, seg, innerBullets)
			ok = ok && item.indent > list.items[0].indent
		}
	}
	switch {
	case ok:
		list.items = append(list.items, item)
	case list.blank || startsBlock(line, readingOf(pc).Numbered):
		return parser.Close
	default:
		list.items[len(list.items)-1].lines.Append(text.NewSegment(seg.Start, seg.Stop))
	}
	list.blank = false
	reader.AdvanceToEOL()
	return parser.Continue | parser.NoChildren
}

func (bulletParser) Close(node ast.Node, reader text.Reader, pc parser.Context) {
	replace(node, node.(*bulletList).build(readingOf(pc)))
}

// cutBullet reads a line that starts with one of the bullets.
func cutBullet(line []byte, seg text.Segment, of string) (bulletItem, bool) {
	indent, i := 0, 0
	for i < len(line) {
		r, size := utf8.DecodeRune(line[i:])
		if !isSpace(r) {
			break
		}
		if r == '\t' {
			indent += 4 - indent%4
		} else {
			indent++
		}
		i += size
	}
	bullet, size := utf8.DecodeRune(line[i:])
	i += size
	space, _ := utf8.DecodeRune(line[i:])
	if size == 0 || !bytes.ContainsRune([]byte(of), bullet) || i < len(line) && !isSpace(space) {
		return bulletItem{}, false
	}
	lines := text.NewSegments()
	lines.Append(text.NewSegment(seg.Start+i-seg.Padding, seg.Stop))
	return bulletItem{indent, bullet, lines}, true
}

// startsBlock reports whether a line that follows a pasted item without a
// blank line between is something else than more of its text.
func startsBlock(line []byte, numbered bool) bool {
	line = bytes.TrimLeftFunc(line, isSpace)
	for _, start := range []string{"#", ">", "|", "```", "~~~", "- ", "* ", "+ ", "<!--"} {
		if bytes.HasPrefix(line, []byte(start)) {
			return true
		}
	}
	if _, n := cutNumber(line); n > 0 && numbered {
		return true
	}
	digits := 0
	for digits < len(line) && isDigit(line[digits]) {
		digits++
	}
	rest := line[digits:]
	return digits > 0 && len(rest) > 1 && (rest[0] == '.' || rest[0] == ')') && rest[1] == ' '
}

// build makes the nested lists of the items.
func (n *bulletList) build(r *reading) *ast.List {
	type level struct {
		list   *ast.List
		indent int
		bullet rune
	}
	newList := func() *ast.List {
		list := ast.NewList('-')
		list.IsTight = true
		return list
	}
	root := newList()
	root.SetPos(n.Pos())
	levels := []level{{root, n.items[0].indent, n.items[0].bullet}}
	for i, item := range n.items {
		top := levels[len(levels)-1]
		for len(levels) > 1 && item.indent < top.indent && item.indent <= levels[len(levels)-2].indent {
			levels = levels[:len(levels)-1]
			top = levels[len(levels)-1]
		}
		further := item.indent > top.indent
		if item.indent == top.indent && item.bullet != top.bullet {
			// A paste that lost its indents still has a bullet for each level.
			further = true
			for j := range levels {
				if levels[j].bullet == item.bullet && levels[j].indent == item.indent {
					levels, further = levels[:j+1], false
					break
				}
			}
			top = levels[len(levels)-1]
		}
		if i > 0 && further && len(levels) < maxBulletDeep {
			inner := newList()
			outer := top.list.LastChild()
			outer.AppendChild(outer, inner)
			levels = append(levels, level{inner, item.indent, item.bullet})
			top = levels[len(levels)-1]
		}
		top.list.AppendChild(top.list, item.node(r))
	}
	return root
}

func (item bulletItem) node(r *reading) *ast.ListItem {
	from, words := ast.NewTextBlock(), ast.NewTextBlock()
	from.SetLines(item.lines)
	r.moveLines(words, from, 0, item.lines.Len(), 0)
	li := ast.NewListItem(2)
	li.SetPos(item.lines.At(0).Start)
	li.AppendChild(li, words)
	return li
}
