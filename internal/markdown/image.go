package markdown

import (
	"strings"

	"github.com/yuin/goldmark/ast"
)

// decorative is the text that a writer gives to a picture that says nothing.
const decorative = "decorative"

// image writes an image as a hole. The figure around it, if there is one,
// shows the title as its caption.
func (w *writer) image(n *ast.Image, kind holeKind) {
	dest, ok := w.address(n.Destination, forImage, n.Pos())
	alt := fold(w.plain(n))
	switch {
	case alt == "":
		w.problem(n.Pos(), "image-alt",
			"write between the square brackets what the picture shows; for one that only decorates, write ![decorative]("+shortened(dest)+")",
			"this image has no text for readers who cannot see it")
	case strings.EqualFold(alt, decorative):
		alt = ""
	}
	if !ok {
		w.escape(alt)
		return
	}
	w.images = append(w.images, Image{Pos: w.positions.at(n.Pos()), Dest: dest, Alt: alt, Title: w.title(n.Title)})
	w.hole(kind, len(w.images)-1)
}

// soleImage gives the image that a paragraph consists of, and the link around
// it; nil if there is none.
func soleImage(src []byte, p ast.Node) (*ast.Image, *ast.Link) {
	switch n := soleChild(src, p).(type) {
	case *ast.Image:
		return n, nil
	case *ast.Link:
		image, _ := soleChild(src, n).(*ast.Image)
		return image, n
	}
	return nil, nil
}

func (w *writer) figure(image *ast.Image, link *ast.Link) {
	w.html(`<figure class="picture">`)
	if link != nil {
		w.inFigure = true
		w.link(link)
		w.inFigure = false
	} else {
		w.image(image, holeFigureImage)
	}
	if caption := w.title(image.Title); caption != "" {
		w.html("<figcaption>")
		w.words(caption)
		w.html("</figcaption>")
	}
	w.html("</figure>\n")
	w.gap()
}

// title gives the text of a link's or an image's title.
func (w *writer) title(raw []byte) string {
	if len(raw) == 0 {
		return ""
	}
	var t typographer
	return fold(string(t.append(nil, raw, 0)))
}
