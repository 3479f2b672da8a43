package markdown

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
)

// letteredList is a list whose items are marked "a)", "i)", "A)" or "I)", in
// the order of the alphabet or of roman numerals.
type letteredList struct {
	ast.BaseBlock
	style byte // the type attribute of ol: a, A, i or I
	first int
}

var kindLettered = ast.NewNodeKind("LetteredList")

func (*letteredList) Kind() ast.NodeKind { return kindLettered }
func (n *letteredList) Dump(source []byte, level int) {
	ast.DumpHelper(n, source, level, map[string]string{"Style": string(n.style)}, nil)
}

// next is the value of the item that would come next.
func (n *letteredList) next() int { return n.first + n.ChildCount() }

// letters is a run of markers in one style, of which next is the value that
// comes next.
type letters struct {
	style byte
	next  int
}

// take reports whether a marker is the next one, and goes past it.
func (l *letters) take(marker string) bool {
	if l.style == 0 {
		return false
	}
	if _, ok := letterStyle(marker, l.next, l.style); !ok {
		return false
	}
	l.next++
	return true
}

// begin reports whether a marker can be the first of a run, and starts it.
func (l *letters) begin(marker string) bool {
	style, ok := letterStyle(marker, 1, 0)
	if ok {
		*l = letters{style, 2}
	}
	return ok
}

// letteredLine is a line of a paragraph at which an item starts, skip bytes
// before its text. A nested item is one of roman numerals within letters, or
// the other way round.
type letteredLine struct {
	line, skip int
	letters    // of the item's own list, past the item
	nested     bool
}

// takeLetters turns the lines of a paragraph from "a)" on into a list.
func (r *reading) takeLetters(node *ast.Paragraph) {
	items := r.letteredLines(node)
	if len(items) == 0 {
		return
	}
	root := &letteredList{style: items[0].style, first: items[0].next - 1}
	root.SetPos(node.Lines().At(items[0].line).Start)
	for i, item := range items {
		until := node.Lines().Len()
		if i+1 < len(items) {
			until = items[i+1].line
		}
		r.addLettered(root, item, node, until)
	}
	node.Parent().InsertAfter(node.Parent(), node, root)
	r.shorten(node, items[0].line)
	r.lastLetters = letters{root.style, root.next()}
	joinLettered(root)
}

func (r *reading) addLettered(list *letteredList, item letteredLine, node ast.Node, until int) {
	if item.nested {
		outer := list.LastChild()
		inner, ok := outer.LastChild().(*letteredList)
		if !ok {
			inner = &letteredList{style: item.style, first: item.next - 1}
			outer.AppendChild(outer, inner)
		}
		list = inner
	}
	words := ast.NewTextBlock()
	r.moveLines(words, node, item.line, until, item.skip)
	li := ast.NewListItem(item.skip)
	_, offset := r.line(node, item.line)
	li.SetPos(offset)
	li.AppendChild(li, words)
	list.AppendChild(list, li)
}

// letteredLines finds the items in a paragraph. A list that starts below the
// paragraph's first line needs two items to be one.
func (r *reading) letteredLines(node ast.Node) []letteredLine {
	var found []letteredLine
	var outer, inner letters
	outerItems := 0
	for i := range node.Lines().Len() {
		line, _ := r.line(node, i)
		marker, skip := cutLetter(line)
		if marker == "" {
			continue
		}
		if len(found) == 0 {
			outer = r.lastLetters
			if (i > 0 || !outer.take(marker)) && !outer.begin(marker) {
				continue
			}
		} else if inner.take(marker) {
			found = append(found, letteredLine{i, skip, inner, true})
			continue
		} else if !outer.take(marker) {
			if style, _ := letterStyle(marker, 1, 0); inner.style == 0 && style != outer.style && inner.begin(marker) {
				found = append(found, letteredLine{i, skip, inner, true})
			}
			continue
		}
		inner = letters{}
		outerItems++
		found = append(found, letteredLine{i, skip, outer, false})
	}
	if len(found) > 0 && found[0].line > 0 && outerItems < 2 {
		return nil
	}
	return found
}

// joinLettered appends a list to the one just before it, if that ends one
// short of it.
func joinLettered(list *letteredList) {
	before, ok := list.PreviousSibling().(*letteredList)
	if !ok || before.style != list.style || before.next() != list.first {
		return
	}
	adopt(before, list)
	list.Parent().RemoveChild(list.Parent(), list)
}

// cutLetter reads a marker such as "a)" or "(iv)" with the space after it.
func cutLetter(line []byte) (marker string, length int) {
	i := 0
	if len(line) > 0 && line[0] == '(' {
		i = 1
	}
	start := i
	for i < len(line) && i < start+5 && isLetter(line[i]) {
		i++
	}
	if i == start || i >= len(line) || line[i] != ')' {
		return "", 0
	}
	space, size := utf8.DecodeRune(line[i+1:])
	if size == 0 || !isSpace(space) {
		return "", 0
	}
	return string(line[start:i]), i + 1 + size
}

var romans = []string{"i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x",
	"xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii", "xviii", "xix", "xx"}

// letterStyle reports whether a marker has the value in the style, or in any
// style if that is 0, and gives the style. Roman numerals come first: "i" alone
// is one, not nine.
func letterStyle(marker string, value int, style byte) (byte, bool) {
	lower := strings.ToLower(marker)
	if lower != marker && strings.ToUpper(marker) != marker {
		return 0, false
	}
	upper := byte(0)
	if lower != marker {
		upper = 'a' - 'A'
	}
	if found := 'i' - upper; (style == 0 || style == found) && slices.Index(romans, lower) == value-1 {
		return found, true
	}
	if found := 'a' - upper; (style == 0 || style == found) && len(lower) == 1 && int(lower[0]-'a') == value-1 {
		return found, true
	}
	return 0, false
}

// letterMarker writes a value in a style: the inverse of letterStyle.
func letterMarker(style byte, value int) string {
	if style|0x20 == 'i' {
		if value <= len(romans) {
			return romans[value-1]
		}
		return strconv.Itoa(value)
	}
	return string(rune('a' + (value-1)%26))
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func (w *writer) lettered(n *letteredList) {
	w.html(`<ol type="`, string(n.style), `" class="lettered"`)
	if n.first != 1 {
		w.html(` start="`, strconv.Itoa(n.first), `"`)
	}
	w.html(">\n")
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		w.html("<li")
		if id := w.ids[c]; id != "" {
			w.html(` id="`, id, `"`)
		}
		w.html(">")
		w.blocks(c)
		w.html("</li>\n")
	}
	w.html("</ol>\n")
}
