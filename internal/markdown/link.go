package markdown

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// link writes a link as a hole around its text. One whose address may not be
// published is only its text.
func (w *writer) link(n *ast.Link) {
	dest, ok := w.address(n.Destination, forLink, n.Pos())
	if w.inLink {
		ok = false
	}
	hole := -1
	if ok {
		hole = w.openLink(Link{Pos: w.positions.at(n.Pos()), Dest: dest, Title: w.title(n.Title)})
	}
	start := w.text.Len()
	inLink := w.inLink
	w.inLink = true
	w.plainly(func() {
		if looksLikeAddress(w.src, n) {
			w.literally(func() { w.inlines(n) })
		} else {
			w.inlines(n)
		}
	})
	w.inLink = inLink
	text := w.text.From(start)
	if text == "" {
		text = fold(w.plain(n))
	}
	if text == "" {
		w.problem(n.Pos(), "link-text", "write between the square brackets what the link leads to",
			"this link has no text, so that it cannot be found by listening")
	}
	if ok {
		w.links[hole].Text = text
		w.hole(holeLinkEnd, hole)
	}
}

func (w *writer) autoLink(n *ast.AutoLink) {
	label := n.Label(w.src)
	offset := n.Pos()
	if !bytes.HasPrefix(w.src[offset:], label) { // linkify's position may be that of the space before
		offset++
	}
	raw := string(label)
	switch {
	case n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(raw), "mailto:"):
		raw = "mailto:" + raw
	case n.Protocol != nil:
		raw = "https://" + raw
	}
	rule, text, hint := judgeAddress(raw, forLink)
	if rule != "" {
		w.problem(offset, rule, hint, "%s", text)
	}
	if rule != "" || w.inLink {
		w.words(string(label))
		return
	}
	hole := w.openLink(Link{Pos: w.positions.at(offset), Dest: raw, Text: string(label)})
	w.words(string(label))
	w.hole(holeLinkEnd, hole)
}

func (w *writer) openLink(l Link) int {
	w.links = append(w.links, l)
	w.hole(holeLink, len(w.links)-1)
	return len(w.links) - 1
}

// soleLink gives the link that a paragraph consists of, or nil.
func soleLink(src []byte, p ast.Node) *ast.Link {
	link, _ := soleChild(src, p).(*ast.Link)
	return link
}

// soleChild gives the only child of a paragraph besides white space, or nil.
func soleChild(src []byte, p ast.Node) ast.Node {
	var sole ast.Node
	for c := p.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok && len(bytes.TrimFunc(t.Segment.Value(src), isSpace)) == 0 || isComment(src, c) {
			continue
		}
		if sole != nil {
			return nil
		}
		sole = c
	}
	return sole
}

// isCard reports whether a link that is alone in its paragraph stands for the
// entry it leads to.
func (w *writer) isCard(n *ast.Link) bool {
	dest := meantAddress(n.Destination)
	if rule, _, _ := judgeAddress(dest, forLink); rule != "" || !internal(dest) {
		return false
	}
	_, picture := soleChild(w.src, n).(*ast.Image)
	return !picture && n.HasChildren()
}

// looksLikeAddress reports whether a link's text is an address, whose dashes
// and quotes mean themselves.
func looksLikeAddress(src []byte, n ast.Node) bool {
	t, ok := n.FirstChild().(*ast.Text)
	if !ok {
		return false
	}
	text := t.Segment.Value(src)
	return bytes.Contains(text, []byte("://")) || bytes.HasPrefix(text, []byte("www.")) || bytes.IndexByte(text, '@') > 0
}

// checkBrokenLink reports a link that stayed text because its address has a
// space in it, or was not closed.
func (w *writer) checkBrokenLink(raw []byte, offset int, n *ast.Text) {
	for i := 0; ; {
		at := bytes.Index(raw[i:], []byte("]("))
		if at < 0 {
			break
		}
		at += i
		open := i + max(bytes.LastIndexByte(raw[i:at], '['), 0)
		if raw[open] == '[' && !escaped(raw, open) && !escaped(raw, at) {
			w.problem(offset+open, "bad-address",
				"an address with spaces goes between < and >: [text](<my report.pdf>); if no link is meant, write \\[ for the bracket",
				"this looks like a link, but its address cannot be read")
			return
		}
		i = at + 2
	}
	if _, ok := n.NextSibling().(*ast.AutoLink); ok && bytes.HasSuffix(raw, []byte("] (")) && bytes.IndexByte(raw, '[') >= 0 {
		w.problem(offset+len(raw)-3, "bad-address", "delete the space between ] and (",
			"this looks like a link, but there is a space in its middle")
	}
}

func escaped(raw []byte, at int) bool { return at > 0 && raw[at-1] == '\\' }
