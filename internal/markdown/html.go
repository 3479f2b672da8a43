package markdown

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Resolver says where the links and images of a document lead in the place
// that it is written for.
type Resolver interface {
	// Link resolves a link.
	Link(Link) Target
	// Card gives the HTML that stands for a paragraph that is only a link (see
	// [Link].Card): "" leaves the paragraph out. If ok is false it is written
	// as an ordinary paragraph, and Link is asked.
	Card(Link) (html string, ok bool)
	// Image resolves an image.
	Image(Image) Picture
	// Fragment gives the address of an element of this same document, by its
	// id: "#fn-1" on its own page, with the page's address elsewhere.
	Fragment(id string) string
}

// Target is where a link leads.
type Target struct {
	Href string
	// Drop keeps the link's text and leaves out the link.
	Drop bool
	// Note is written after the text, within the link: "(PDF, 1.2 MB)".
	Note string
	// Rel, Type, Lang (hreflang) and Class are attributes, left out if empty.
	Rel, Type, Lang, Class string
}

// Picture is what an image shows. Without a Src its alternative is written
// instead.
type Picture struct {
	Src           string
	Width, Height int // in pixels; 0 if unknown
	// SrcSet offers the picture in several sizes, and Sizes says how wide it is
	// shown, as the attributes of these names do; both may be empty.
	SrcSet, Sizes string
}

// Medium is where a document is shown.
type Medium int

const (
	// Page is the document's own page.
	Page Medium = iota
	// Syndicated is a feed or an e-mail: without the links beside headings and
	// the scrollable regions around tables.
	Syndicated
)

// hole is a place in a document's HTML that is filled in each time it is
// written.
type hole struct {
	at    int
	kind  holeKind
	index int // of the link, image or id; or of the hole that ends this one
}

type holeKind uint8

const (
	holeLink        holeKind = iota // starts a link
	holeLinkEnd                     // ends it
	holeFragment                    // the address of one of the document's own ids
	holeImage                       // an image
	holeFigureImage                 // an image whose title is shown below it
	holeCard                        // a link follows, and the hole that ends the paragraph
	holeCardEnd
	holePageOnly // starts what is left out elsewhere
	holePageOnlyEnd
)

// Sum identifies all that [Doc.HTML] and [Doc.Plain] write, but for what their
// resolver gives.
func (d *Doc) Sum() [sha256.Size]byte {
	d.sumOnce.Do(func() {
		s := scratches.Get().(*scratch)
		defer scratches.Put(s)
		b := s.out[:0]
		text := func(s string) { b = append(binary.AppendUvarint(b, uint64(len(s))), s...) }
		text(d.html)
		b = append(binary.AppendUvarint(b, uint64(len(d.src))), d.src...) // of which plain text is made
		for _, n := range []int{len(d.holes), len(d.own), len(d.Links), len(d.Images)} {
			b = binary.AppendUvarint(b, uint64(n))
		}
		for _, h := range d.holes {
			b = append(binary.AppendUvarint(b, uint64(h.at)), byte(h.kind))
			b = binary.AppendUvarint(b, uint64(h.index))
		}
		for _, id := range d.own {
			text(id)
		}
		for _, l := range d.Links {
			text(l.Dest)
			text(l.Title)
			text(l.Text)
		}
		for _, i := range d.Images {
			text(i.Dest)
			text(i.Alt)
			text(i.Title)
		}
		d.sum, s.out = sha256.Sum256(b), b
	})
	return d.sum
}

// HTML writes the document, with its links and images as r resolves them.
func (d *Doc) HTML(r Resolver, m Medium) string {
	if d.whole != nil {
		return d.whole().HTML(r, m)
	}
	s := scratches.Get().(*scratch)
	out := s.out[:0]
	s.out = nil // the resolver may write other documents meanwhile
	at := 0
	var target Target
	for i := 0; i < len(d.holes); i++ {
		h := d.holes[i]
		out = append(out, d.html[at:h.at]...)
		at = h.at
		switch h.kind {
		case holeLink:
			target = r.Link(d.Links[h.index])
			out = appendLinkStart(out, target, d.Links[h.index].Title)
		case holeLinkEnd:
			out = appendLinkEnd(out, target)
		case holeFragment:
			out = appendAddress(out, r.Fragment(d.own[h.index]))
		case holeImage, holeFigureImage:
			image := d.Images[h.index]
			if h.kind == holeFigureImage {
				image.Title = ""
			}
			out = appendImage(out, image, r.Image(d.Images[h.index]))
		case holeCard:
			link := d.holes[i+1]
			if html, ok := r.Card(d.Links[link.index]); ok {
				out = append(out, html...)
				i = h.index
				at = d.holes[i].at
			}
		case holePageOnly:
			if m != Page {
				i = h.index
				at = d.holes[i].at
			}
		}
	}
	s.out = append(out, d.html[at:]...)
	written := string(s.out)
	scratches.Put(s)
	return written
}

func appendLinkStart(b []byte, t Target, title string) []byte {
	if t.Drop {
		return b
	}
	b = append(b, `<a href="`...)
	b = appendAddress(b, t.Href)
	b = append(b, '"')
	b = appendAttribute(b, "class", t.Class)
	b = appendAttribute(b, "hreflang", t.Lang)
	b = appendAttribute(b, "rel", t.Rel)
	b = appendAttribute(b, "type", t.Type)
	b = appendAttribute(b, "title", title)
	return append(b, '>')
}

func appendLinkEnd(b []byte, t Target) []byte {
	if t.Drop {
		return b
	}
	if t.Note != "" {
		b = append(b, ` <span class="link-note">`...)
		b = appendEscaped(b, t.Note)
		b = append(b, "</span>"...)
	}
	return append(b, "</a>"...)
}

func appendImage(b []byte, image Image, p Picture) []byte {
	if p.Src == "" {
		return appendEscaped(b, image.Alt)
	}
	b = append(b, `<img src="`...)
	b = appendAddress(b, p.Src)
	b = append(b, `" alt="`...)
	b = appendEscaped(b, image.Alt)
	b = append(b, '"')
	if p.Width > 0 && p.Height > 0 {
		b = appendAttribute(b, "width", strconv.Itoa(p.Width))
		b = appendAttribute(b, "height", strconv.Itoa(p.Height))
	}
	b = appendAttribute(b, "srcset", p.SrcSet)
	b = appendAttribute(b, "sizes", p.Sizes)
	b = appendAttribute(b, "title", image.Title)
	return append(b, ` loading="lazy" decoding="async">`...)
}

// appendAttribute writes an attribute, unless it is empty.
func appendAttribute(b []byte, name, value string) []byte {
	if value == "" {
		return b
	}
	b = append(b, ' ')
	b = append(b, name...)
	b = append(b, `="`...)
	b = appendEscaped(b, value)
	return append(b, '"')
}

// isEscaped tells which bytes appendEscaped does not write as they are.
var isEscaped = [256]bool{'&': true, '<': true, '>': true, '"': true, 0: true}

// appendEscaped writes text for HTML, in an element or an attribute.
func appendEscaped[T string | []byte](b []byte, s T) []byte {
	done := 0
	for i := range len(s) {
		if !isEscaped[s[i]] {
			continue
		}
		var entity string
		switch s[i] {
		case '&':
			entity = "&amp;"
		case '<':
			entity = "&lt;"
		case '>':
			entity = "&gt;"
		case '"':
			entity = "&quot;"
		case 0:
			entity = "\uFFFD"
		}
		b = append(b, s[done:i]...)
		b = append(b, entity...)
		done = i + 1
	}
	return append(b, s[done:]...)
}

// plainText gathers the plain text of a document, with white space folded.
type plainText struct{ b []byte }

func (t *plainText) Len() int { return len(t.b) }

// From gives the text from an offset on, without white space around it.
func (t *plainText) From(start int) string {
	return strings.TrimSpace(string(t.b[min(start, len(t.b)):]))
}

// IsBlank reports whether there is nothing but white space from an offset on.
func (t *plainText) IsBlank(start int) bool {
	return len(bytes.TrimSpace(t.b[min(start, len(t.b)):])) == 0
}

func (t *plainText) space() {
	if len(t.b) > 0 && t.b[len(t.b)-1] != ' ' {
		t.b = append(t.b, ' ')
	}
}

func (t *plainText) add(text []byte) {
	done := 0
	for i := 0; i < len(text); {
		c := text[i]
		if c > ' ' && c < utf8.RuneSelf || c == ' ' && i > done && text[i-1] != ' ' {
			i++ // most of a text, which is copied as it is
			continue
		}
		r, size := rune(c), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRune(text[i:])
		}
		if !isSpace(r) {
			i += size
			continue
		}
		t.b = append(t.b, text[done:i]...)
		t.space()
		i += size
		done = i
	}
	t.b = append(t.b, text[done:]...)
}
