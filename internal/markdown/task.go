package markdown

import (
	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// task gives the box that starts a list item, or nil. It is written in words,
// not as a disabled form control: those cannot be reached by keyboard, lack a
// label, and do not exist in feeds and e-mail.
func task(item ast.Node) *extast.TaskCheckBox {
	if item.FirstChild() == nil {
		return nil
	}
	box, _ := item.FirstChild().FirstChild().(*extast.TaskCheckBox)
	return box
}

func (w *writer) taskState(box *extast.TaskCheckBox) {
	w.html(`<span class="task-state">`)
	if box.IsChecked {
		w.words("Done:")
	} else {
		w.words("To do:")
	}
	w.html("</span> ")
	w.gap()
}
