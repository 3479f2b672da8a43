package markdown

import (
	"strings"
	"sync"
)

// References numbers the addresses of a text's links, from 1 and in the order
// of their first use. One is shared by all documents that a text is made of.
// The zero value is ready for use.
type References struct {
	addresses []string
	numbers   map[string]int
}

// Number gives the number of an address.
func (r *References) Number(address string) int {
	if n, ok := r.numbers[address]; ok {
		return n
	}
	if r.numbers == nil {
		r.numbers = map[string]int{}
	}
	r.addresses = append(r.addresses, address)
	r.numbers[address] = len(r.addresses)
	return len(r.addresses)
}

// Addresses gives the addresses; the one with the number 1 comes first.
func (r *References) Addresses() []string { return r.addresses }

// Plain writes the document as plain text without any markup, for e-mail:
// wrapped so that no line is longer than width characters (a word that is
// longer, such as an address, has a line of its own), and without a newline at
// its end.
//
// A link is its text and, in square brackets, the number of its address in
// refs, unless the text is the address already. Cards are what r.Card gives,
// which here is text instead of HTML, wrapped as it is to be. Headings are
// underlined, list items begin with "•" or their number, quotations and code
// are indented, tables have columns if they are narrow enough, and a picture
// is its text alternative and its caption.
func (d *Doc) Plain(r Resolver, refs *References, width int) string {
	if d.whole != nil {
		return d.whole().Plain(r, refs, width)
	}
	if d.outline == nil {
		return ""
	}
	t := textWriter{outline: d.outline(), resolver: r, refs: refs}
	return strings.Join(t.stack(t.outline.blocks, width, false), "\n")
}

// outlineLater gives the outline of a text, made when it is first asked for:
// hardly any document is written as plain text.
func outlineLater(src []byte, o Options) func() *outline {
	return sync.OnceValue(func() *outline { return newOutline(src, o) })
}

// outline is a document as plain text sees it. It is never changed again.
type outline struct {
	blocks []textBlock
	links  []Link
	images []Image
}

// textBlock is a block of an outline.
type textBlock struct {
	kind textKind
	// level is that of a heading.
	level int
	// marker begins an item of a list, or names a callout or a footnote.
	marker string
	spans  []span
	blocks []textBlock
	// rows are the cells of a table; head tells that the first row is a header.
	rows [][][]span
	head bool
	// tight tells that no blank lines are between the items of a list.
	tight bool
	// index is that of a card's link or a picture's image.
	index int
}

type textKind uint8

const (
	textParagraph textKind = iota
	textHeading
	textList
	textItem    // marker, then blocks
	textIndent  // blocks, indented: quotations, descriptions
	textCallout // marker and spans, then blocks
	textCode    // spans, as they are
	textRule
	textTable
	textCard    // a paragraph, unless there is a card
	textPicture // spans are the paragraph's link, if there is one
)

// span is a piece of a line of text: a text, a link around other spans, or a
// picture.
type span struct {
	kind  spanKind
	text  string
	spans []span
	index int
}

type spanKind uint8

const (
	spanText spanKind = iota
	spanLink
	spanImage
)
