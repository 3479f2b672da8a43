package email

import (
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// contentWidth is the room for pictures in the 600 pixels of the built-in
// layout.
const contentWidth = 536

// adapt turns what mail programs do not know into what they do, as the
// package's documentation says. Footnotes lose their links because hardly any
// program follows those within a message, and pictures get a width because
// Outlook looks at no style for it.
func adapt(doc *html.Node) {
	for _, n := range elements(doc, atom.Table) {
		if _, ok := attribute(n, "role"); !ok {
			addClass(n, "data")
			setAttribute(n, "width", "100%")
			bare(n)
		}
	}
	for _, n := range elements(doc, atom.Abbr) {
		unwrap(n)
	}
	for _, n := range elements(doc, atom.Figcaption) {
		rename(n, atom.P)
		addClass(n, "caption")
	}
	for _, n := range elements(doc, atom.Aside, atom.Figure, atom.Section, atom.Article, atom.Header, atom.Footer, atom.Nav, atom.Hgroup) {
		switch {
		case n.DataAtom == atom.Aside && hasClass(n, "callout"):
			box(n, "callout-cell")
		case n.DataAtom == atom.Figure && hasClass(n, "quote"):
			box(n, "quote-cell")
		default:
			rename(n, atom.Div)
		}
	}
	for _, n := range elements(doc, atom.A) {
		switch role, _ := attribute(n, "role"); role {
		case "doc-noteref":
			unwrap(n)
		case "doc-backlink":
			remove(n)
		}
	}
	for _, n := range elements(doc, atom.Img) {
		removeAttribute(n, "loading", "decoding")
		fit(n)
	}
}

// box turns an element into a table of one cell, which takes over what the
// element is said to be.
func box(n *html.Node, class string) {
	cell := newElement(atom.Td, html.Attribute{Key: "class", Val: class})
	for _, key := range []string{"role", "aria-label"} {
		if value, ok := attribute(n, key); ok {
			setAttribute(cell, key, value)
		}
	}
	removeAttribute(n, "role", "aria-label")
	adopt(cell, n)
	body, row := newElement(atom.Tbody), newElement(atom.Tr)
	row.AppendChild(cell)
	body.AppendChild(row)
	n.AppendChild(body)
	rename(n, atom.Table)
	setAttribute(n, "role", "presentation")
	setAttribute(n, "width", "100%")
	bare(n)
}

// bare takes away what browsers draw around the cells of tables.
func bare(table *html.Node) {
	for _, key := range []string{"cellpadding", "cellspacing", "border"} {
		if _, ok := attribute(table, key); !ok {
			setAttribute(table, key, "0")
		}
	}
}

func addClass(n *html.Node, class string) {
	if value, _ := attribute(n, "class"); value != "" {
		class = value + " " + class
	}
	setAttribute(n, "class", class)
}

// fit makes a picture no wider than there is room.
func fit(img *html.Node) {
	value, _ := attribute(img, "width")
	width, err := strconv.Atoi(value)
	if err != nil || width <= contentWidth {
		return
	}
	setAttribute(img, "width", strconv.Itoa(contentWidth))
	value, _ = attribute(img, "height")
	if height, err := strconv.Atoi(value); err == nil {
		setAttribute(img, "height", strconv.Itoa((height*contentWidth+width/2)/width))
	}
}

// trim takes out what nothing refers to: classes and ids that are not in the
// CSS that was kept, and white space that is not shown.
func trim(doc *html.Node, kept string) {
	var remove []*html.Node
	css := []string{kept}
	for n := range descendants(doc) {
		switch n.Type {
		case html.CommentNode:
			css = append(css, n.Data)
		case html.TextNode:
			if collapse(n); n.Data == "\n" && betweenParts(n) {
				remove = append(remove, n)
			}
		}
	}
	for _, n := range remove {
		n.Parent.RemoveChild(n)
	}
	known := map[string]bool{}
	named := func(name string) bool {
		is, ok := known[name]
		if !ok {
			is = slices.ContainsFunc(css, func(text string) bool { return strings.Contains(text, name) })
			known[name] = is
		}
		return is
	}
	referred := references(doc)
	for n := range descendants(doc) {
		if n.Type != html.ElementNode {
			continue
		}
		if id, ok := attribute(n, "id"); ok && !referred[id] && !named("#"+id) {
			removeAttribute(n, "id")
		}
		value, ok := attribute(n, "class")
		if !ok {
			continue
		}
		var used []string
		for class := range strings.FieldsSeq(value) {
			if named(class) {
				used = append(used, class)
			}
		}
		if len(used) == 0 {
			removeAttribute(n, "class")
		} else {
			setAttribute(n, "class", strings.Join(used, " "))
		}
	}
}

// references gives the ids that a link or a label of the document leads to.
func references(doc *html.Node) map[string]bool {
	ids := map[string]bool{}
	for n := range descendants(doc) {
		for _, a := range n.Attr {
			if id, ok := strings.CutPrefix(a.Val, "#"); ok && a.Key == "href" {
				ids[id] = true
			}
			if strings.HasPrefix(a.Key, "aria-") {
				ids[a.Val] = true
			}
		}
	}
	return ids
}

// betweenParts reports whether white space stands where only parts of a table
// or of the head can.
func betweenParts(n *html.Node) bool {
	switch n.Parent.DataAtom {
	case atom.Table, atom.Tbody, atom.Thead, atom.Tr, atom.Ul, atom.Ol, atom.Dl, atom.Head, atom.Html:
		return true
	}
	return false
}

// collapse makes one of each run of white space, as browsers do.
func collapse(n *html.Node) {
	const space = " \t\r\n\f"
	if !strings.ContainsAny(n.Data, space[1:]) && !strings.Contains(n.Data, "  ") {
		return
	}
	for p := n.Parent; p != nil; p = p.Parent {
		switch p.DataAtom {
		case atom.Pre, atom.Style, atom.Textarea, atom.Title:
			return
		}
	}
	var b strings.Builder
	rest := n.Data
	for {
		i := strings.IndexAny(rest, space)
		if i < 0 {
			break
		}
		end := i
		newline := false
		for end < len(rest) && strings.IndexByte(space, rest[end]) >= 0 {
			newline = newline || rest[end] == '\n'
			end++
		}
		b.WriteString(rest[:i])
		if newline {
			b.WriteByte('\n')
		} else {
			b.WriteByte(' ')
		}
		rest = rest[end:]
	}
	b.WriteString(rest)
	n.Data = b.String()
}
