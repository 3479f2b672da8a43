package markdown

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"

	"bulletin/internal/slug"
)

// reserved are ids of the page around the document, and reservedPrefix starts
// all its others.
var reserved = []string{"main", "contents", "top", "search", "nav"}

const reservedPrefix = "page-"

// idSet holds the ids of a document.
type idSet struct {
	taken map[string]bool
	next  map[string]int // the number to try first for an id that is taken
}

func (s *idSet) claim(id string) bool {
	if s.taken == nil {
		s.taken = map[string]bool{}
	}
	if s.taken[id] || isReserved(id) {
		return false
	}
	s.taken[id] = true
	return true
}

// unique claims id, or id-2, id-3 ... if it is taken.
func (s *idSet) unique(id string) string {
	if s.claim(id) {
		return id
	}
	if s.next == nil {
		s.next = map[string]int{}
	}
	for n := max(s.next[id], 2); ; n++ {
		if candidate := id + "-" + strconv.Itoa(n); s.claim(candidate) {
			s.next[id] = n + 1
			return candidate
		}
	}
}

func (s *idSet) sorted() []string { return slices.Sorted(maps.Keys(s.taken)) }

func isReserved(id string) bool {
	return slices.Contains(reserved, id) || strings.HasPrefix(id, reservedPrefix)
}

// marked are the blocks of a document that get ids.
type marked struct {
	headings []*ast.Heading
	tables   []ast.Node
	report   []ast.Node // numbered paragraphs, lettered lists, headings
}

func (m *marked) collect(parent ast.Node) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Heading:
			m.headings = append(m.headings, n)
			m.report = append(m.report, n)
		case *numberedParagraph, *letteredList:
			m.report = append(m.report, n)
		case *extast.Table:
			m.tables = append(m.tables, n)
		}
		if isContainer(n) && n.Kind() != kindLettered {
			m.collect(n)
		}
	}
}

// assignIDs gives ids to all blocks that have one. Those that a writer can
// foresee are given first, so that they stay what they are.
func (r *reading) assignIDs(root ast.Node) {
	r.ids = map[ast.Node]string{}
	var m marked
	m.collect(root)
	r.levelHeadings(m.headings)
	for _, h := range m.headings {
		if custom, ok := r.customIDs[h]; ok {
			r.assignCustomID(h, custom)
		}
	}
	r.assignReportIDs(m.report)
	r.assignFootnoteIDs()
	for i, n := range m.tables {
		if r.captions[n] != nil {
			r.ids[n] = r.unique("table-" + strconv.Itoa(i+1))
		}
	}
	for _, h := range m.headings {
		if r.ids[h] == "" {
			r.ids[h] = r.unique(headingID(r.plain(h)))
		}
	}
}

func headingID(text string) string {
	id := slug.ID(text)
	if id == "" || strings.HasPrefix(id, reservedPrefix) {
		id = strings.TrimSuffix("section-"+id, "-")
	}
	return id
}

func (r *reading) assignCustomID(h *ast.Heading, custom customID) {
	const hint = "write letters, digits and hyphens, such as {#booking}"
	odd := func(c rune) bool {
		return !unicode.IsLetter(c) && !unicode.IsDigit(c) && !unicode.Is(unicode.M, c) && !strings.ContainsRune("-_.", c)
	}
	switch {
	case custom.id == "" || strings.ContainsFunc(custom.id, odd):
		r.problem(custom.offset, "bad-id", hint, "“%s” cannot be the id of a heading", shortened(custom.id))
	case isReserved(custom.id):
		r.problem(custom.offset, "bad-id", "choose another id", "the page itself has an element with the id “%s”", custom.id)
	case !r.claim(custom.id):
		r.problem(custom.offset, "duplicate-id", "choose another id", "another heading has the id “%s” already", custom.id)
	default:
		r.ids[h] = custom.id
	}
}

// assignReportIDs gives ids to numbered paragraphs and to the lettered items
// below them.
func (r *reading) assignReportIDs(blocks []ast.Node) {
	firsts := map[string]int{} // offset of the first paragraph with a number
	paragraph := ""
	for _, n := range blocks {
		switch n := n.(type) {
		case *ast.Heading:
			paragraph = ""
		case *numberedParagraph:
			if first, twice := firsts[n.number]; twice {
				line := r.positions.at(first).Line
				r.problem(n.Pos(), "paragraph-number-twice", "give one of the two another number",
					"paragraph number %s is used twice: it is already on line %d", n.number, line)
			} else {
				firsts[n.number] = n.Pos()
			}
			paragraph = r.unique("p" + strings.ReplaceAll(n.number, ".", "-"))
			r.ids[n] = paragraph
		case *letteredList:
			if paragraph != "" {
				r.assignItemIDs(n, paragraph)
			}
		}
	}
}

// assignItemIDs gives ids to the items of a lettered list. A second item with
// the same letter below one paragraph has none: it could not be cited.
func (r *reading) assignItemIDs(list *letteredList, prefix string) {
	value := list.first
	for item := list.FirstChild(); item != nil; item = item.NextSibling() {
		id := prefix + "-" + letterMarker(list.style, value)
		value++
		if !r.claim(id) {
			continue
		}
		r.ids[item] = id
		if inner, ok := item.LastChild().(*letteredList); ok {
			r.assignItemIDs(inner, id)
		}
	}
}

func (r *reading) assignFootnoteIDs() {
	for _, n := range r.references {
		r.claim(footnoteID(n.Index))
		r.claim(referenceID(n.Index, n.RefIndex))
	}
}
