// Package markdown turns the body of a content file into a document that can
// be written as HTML many times over, each time with its links resolved for
// the place it is written for, without being read again.
//
// # What writers can use
//
// CommonMark with tables, strikethrough (two tildes), task lists, footnotes,
// definition lists and bare web and e-mail addresses as links; and besides:
//
//   - curly quotes, dashes and ellipses from the plain ones on the keyboard;
//   - a heading's own id: "## Booking {#booking}";
//   - figures: an image alone in its paragraph; its title is the caption;
//   - quotes whose last line names the speaker: "> — Name, role";
//   - callouts: "> [!NOTE]", TIP, IMPORTANT, WARNING, CAUTION;
//   - table captions: a line "Table: caption" before or after the table;
//   - cards: a paragraph that is only a link to another entry;
//   - lettered lists: lines that start "a)", "(a)", "i)", "A)";
//   - bullets pasted from a word processor ("•", "◦", "▪" ...);
//   - with [Options].Numbered, paragraphs that keep their typed numbers
//     ("3.18 Text"), and a line such as "3. Report detail" alone as a heading;
//   - abbreviations explained on first use, from the site's glossary.
//
// Two things differ from CommonMark on purpose. Raw HTML is never passed
// through: it is a problem that says what to write instead. And indented text
// is never code, since text is pasted with indents far more often than code is
// written without a fence.
//
// # The HTML
//
// Themes can rely on these classes; there are no inline styles or scripts.
//
//	heading             div around a heading and its link (not in feeds)
//	anchor              the link beside a heading, to that heading
//	picture             figure of an image
//	quote               figure of a quotation with its speaker
//	quote-name          b: the speaker
//	quote-role          span: the speaker's role
//	callout             aside, with callout-note, callout-tip,
//	                    callout-important, callout-warning or callout-caution
//	callout-title       p: the first line of a callout
//	callout-type        span: the word Note, Tip ... before a title of its own
//	table-scroll        div around a table, scrollable (not in feeds)
//	align-left, align-center, align-right
//	                    cells of an aligned column
//	numbered            p with a typed number
//	para-number         a: that number
//	lettered            ol with letters or roman numerals (its type attribute)
//	tasks               ul of a task list
//	task, task-done     li of a task list
//	task-state          span: the words "To do:" or "Done:"
//	footnote-ref        sup: a reference to a footnote
//	footnotes           section with the footnotes
//	footnote-back       a: back from a footnote
//	link-note           span: a resolver's note after a link's text
//	language-NAME       code of a fenced block marked NAME
//
// The ids in a document are those of headings, "p3-18" and "p3-18-a" of
// numbered paragraphs and lettered items, "fn-1" and "fnref-1" of footnotes and
// "table-1" of captions. A page's own ids are free of clashes when they are one
// of "main", "contents", "top", "search" and "nav", or start with "page-".
package markdown

import (
	"crypto/sha256"
	"sync"

	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"bulletin/internal/diag"
)

// Options says where a text comes from and how it is to be read.
type Options struct {
	// File is the content file, for positions: "content/articles/x.md".
	File string
	// Line is the line of File on which the text starts, counted from 1.
	Line int
	// Lines gives the line of File for each line of the text, where they do not
	// simply follow one another from Line; nil if they do.
	Lines []int
	// Numbered is for reports whose paragraphs carry typed numbers.
	Numbered bool
	// Glossary holds the abbreviations to explain; nil is none.
	Glossary *Glossary
	// Prose keeps the blocks of the text in [Doc].Prose.
	Prose bool
	// PageOnly lets go of what pages and feeds have no use for: [Doc].Text, and
	// what [Doc.Plain] would be made of, which then gives nothing.
	PageOnly bool
}

// Doc is a document as parsed. It is never changed again and is safe for use
// by several goroutines; callers must not change its slices.
type Doc struct {
	// Headings, Links and Images are in the order of the text.
	Headings []Heading
	Links    []Link
	Images   []Image
	// IDs is every id in the document, sorted. See [Doc.HasID].
	IDs []string
	// Text is the whole plain text, with white space folded.
	Text string
	// Lead is the plain text of the first ordinary paragraph: not a heading,
	// a card, a quotation or a list.
	Lead string
	// Words is the number of words in Text.
	Words int
	// Prose are the blocks of the text, if they were asked for.
	Prose []Block

	html  string
	holes []hole
	own   []string // ids that the document itself links to

	outline func() *outline // for plain text

	src     []byte
	whole   func() *Doc // see Brief.Doc; nil if html is there
	sum     [sha256.Size]byte
	sumOnce sync.Once
}

// Heading is a heading of the document. Level is that of the HTML element, from
// 2 on, as the page's title is its h1; no level is skipped.
type Heading struct {
	diag.Pos
	Level int
	ID    string
	Text  string
}

// Link is a link of the document, with an address that may be followed safely:
// http, https, mailto, tel, sms, webcal, a path or a fragment.
type Link struct {
	diag.Pos
	// Dest is the address as meant: escapes and entities are resolved.
	Dest  string
	Title string
	// Text is the plain text of the link, or its image's alternative.
	Text string
	// Card is true for a paragraph of its own that is only this link, to
	// somewhere within the site.
	Card bool
}

// Image is an image of the document, by http, https or a path.
type Image struct {
	diag.Pos
	Dest string
	// Alt is the text alternative; empty only for an image that the writer
	// called decorative.
	Alt string
	// Title is the caption of a figure.
	Title string
}

// Release lets go of what [Doc.HTML] writes, which then gives nothing, for a
// program that has written the document for the last time. Nobody may be
// writing it meanwhile.
func (d *Doc) Release() {
	d.Sum() // which is made from it
	d.html, d.holes, d.whole = "", nil, nil
}

// HasID reports whether an element of the document has the id, so that a link
// to "#id" leads somewhere.
func (d *Doc) HasID(id string) bool {
	return containsSorted(d.IDs, id)
}

// Parse reads a text, which is valid UTF-8 with lines that end in "\n". It
// gives a document in every case, together with the problems found. A text of
// more than 2 MiB or 100,000 empty lines gives an empty document.
func Parse(src []byte, o Options) (*Doc, diag.List) { return parseWith(dialectFor(src), src, o) }

func parseWith(d parser.Parser, src []byte, o Options) (*Doc, diag.List) {
	r := newReading(src, o)
	if !r.affordSize() {
		return &Doc{}, r.problems
	}
	pc := parser.NewContext()
	pc.Set(readingKey, r)
	root := d.Parse(text.NewReader(src), parser.WithContext(pc))
	r.shape(root)
	r.checkFootnotes()
	r.assignIDs(root)
	w := &writer{reading: r}
	var prose []Block
	if o.Prose {
		prose = w.gatherProse(root)
	}
	doc := w.write(root)
	doc.Prose = prose
	if !o.PageOnly {
		doc.src, doc.outline = src, outlineLater(src, o)
	}
	r.problems.Sort()
	return doc, r.problems
}
