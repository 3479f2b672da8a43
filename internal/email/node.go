package email

import (
	"iter"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// elements gives all elements of a kind, in the order of the document. They
// are collected first, so that the caller may change the document.
func elements(doc *html.Node, kinds ...atom.Atom) []*html.Node {
	var list []*html.Node
	for n := range descendants(doc) {
		if n.Type == html.ElementNode && slices.Contains(kinds, n.DataAtom) {
			list = append(list, n)
		}
	}
	return list
}

// descendants gives what is below a node, in the order of the document, like
// its method Descendants, but in one loop. What is given may be changed, and its
// children may be taken away, but not the node itself.
func descendants(top *html.Node) iter.Seq[*html.Node] {
	return func(yield func(*html.Node) bool) {
		for n := after(top, top); n != nil; n = after(n, top) {
			if !yield(n) {
				return
			}
		}
	}
}

// after gives the node that follows n in the order of the document, within top.
func after(n, top *html.Node) *html.Node {
	if n.FirstChild != nil {
		return n.FirstChild
	}
	for ; n != top; n = n.Parent {
		if n.NextSibling != nil {
			return n.NextSibling
		}
	}
	return nil
}

func attribute(n *html.Node, key string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val, true
		}
	}
	return "", false
}

func setAttribute(n *html.Node, key, value string) {
	for i := range n.Attr {
		if n.Attr[i].Key == key {
			n.Attr[i].Val = value
			return
		}
	}
	n.Attr = append(n.Attr, html.Attribute{Key: key, Val: value})
}

func removeAttribute(n *html.Node, keys ...string) {
	n.Attr = slices.DeleteFunc(n.Attr, func(a html.Attribute) bool { return slices.Contains(keys, a.Key) })
}

// hasClass reports whether an element has a class.
func hasClass(n *html.Node, class string) bool {
	value, _ := attribute(n, "class")
	return slices.Contains(strings.Fields(value), class)
}

func remove(n *html.Node) { n.Parent.RemoveChild(n) }

// rename makes an element one of another kind.
func rename(n *html.Node, kind atom.Atom) { n.DataAtom, n.Data = kind, kind.String() }

func newElement(kind atom.Atom, attributes ...html.Attribute) *html.Node {
	return &html.Node{Type: html.ElementNode, DataAtom: kind, Data: kind.String(), Attr: attributes}
}

// adopt moves all children of an element to the end of another.
func adopt(to, from *html.Node) {
	for c := from.FirstChild; c != nil; c = from.FirstChild {
		from.RemoveChild(c)
		to.AppendChild(c)
	}
}

// unwrap puts the children of an element in its place.
func unwrap(n *html.Node) {
	for c := n.FirstChild; c != nil; c = n.FirstChild {
		n.RemoveChild(c)
		n.Parent.InsertBefore(c, n)
	}
	remove(n)
}

// text gives the text of an element and of all within it.
func text(n *html.Node) string {
	var b strings.Builder
	for c := range descendants(n) {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}
