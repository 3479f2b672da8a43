package markdown

import (
	"strconv"

	"github.com/yuin/goldmark/ast"
)

func (w *writer) list(n *ast.List) {
	end := "</ul>\n"
	if n.IsOrdered() {
		end = "</ol>\n"
		w.html("<ol")
		if n.Start != 1 {
			w.html(` start="`, strconv.Itoa(n.Start), `"`)
		}
	} else {
		w.html("<ul")
		if task(n.FirstChild()) != nil {
			w.html(` class="tasks"`)
		}
	}
	w.html(">\n")
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		box := task(item)
		switch {
		case box == nil:
			w.html("<li>")
		case box.IsChecked:
			w.html(`<li class="task task-done">`)
		default:
			w.html(`<li class="task">`)
		}
		w.blocks(item)
		w.html("</li>\n")
	}
	w.html(end)
}

// spread takes the items of a list that are paragraphs of a report ("- 3.18
// Text") or lettered ("- a) Text") out of it, and leaves the others in lists
// before and after them. It gives the first block that stands in the list's
// place, or nil if nothing changed.
func spread(list *ast.List) ast.Node {
	special := false
	for item := list.FirstChild(); item != nil; item = item.NextSibling() {
		special = special || isSpecial(item)
	}
	if !special {
		return nil
	}
	parent := list.Parent()
	before := list.PreviousSibling()
	var kept *ast.List
	for item := list.FirstChild(); item != nil; {
		next := item.NextSibling()
		if isSpecial(item) {
			kept = nil
			lift(list, item)
		} else {
			if kept == nil {
				kept = ast.NewList(list.Marker)
				kept.IsTight, kept.Start = list.IsTight, list.Start
				kept.SetPos(item.Pos())
				parent.InsertBefore(parent, list, kept)
			}
			kept.AppendChild(kept, item)
		}
		item = next
	}
	parent.RemoveChild(parent, list)
	if before == nil {
		return parent.FirstChild()
	}
	return before.NextSibling()
}

func isSpecial(item ast.Node) bool {
	switch item.FirstChild().(type) {
	case *numberedParagraph, *letteredList:
		return true
	}
	return false
}

// lift moves the blocks of an item before its list.
func lift(list *ast.List, item ast.Node) {
	parent := list.Parent()
	for c := item.FirstChild(); c != nil; {
		next := c.NextSibling()
		if words, ok := c.(*ast.TextBlock); ok {
			p := ast.NewParagraph()
			p.SetLines(words.Lines())
			adopt(p, words)
			c = p
		}
		parent.InsertBefore(parent, list, c)
		if letters, ok := c.(*letteredList); ok {
			joinLettered(letters)
		}
		c = next
	}
}
