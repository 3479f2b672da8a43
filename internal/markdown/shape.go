package markdown

import (
	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// shape rearranges the blocks that mean something else than they are in
// Markdown: items that are paragraphs of a report, lines that are headings,
// paragraphs that are captions.
func (r *reading) shape(parent ast.Node) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch block := n.(type) {
		case *ast.List:
			if heading := r.numberedHeading(block); heading != nil {
				n = r.promote(block, heading)
			} else if first := spread(block); first != nil {
				n = first
			}
		case *extast.Table:
			r.bindCaption(block)
		}
		if isContainer(n) {
			r.shape(n)
		}
	}
}

// promote puts a heading in the place of the list that it was written as, and
// what belonged to the list's item after it.
func (r *reading) promote(list *ast.List, heading *ast.Heading) ast.Node {
	parent, item := list.Parent(), list.FirstChild()
	item.RemoveChild(item, item.FirstChild())
	parent.InsertBefore(parent, list, heading)
	lift(list, item)
	parent.RemoveChild(parent, list)
	return heading
}

func isContainer(n ast.Node) bool {
	switch n.(type) {
	case *ast.List, *ast.ListItem, *ast.Blockquote, *letteredList, *extast.DefinitionList,
		*extast.DefinitionDescription, *extast.FootnoteList, *extast.Footnote:
		return true
	}
	return false
}
