package page

import (
	"strconv"
	"strings"

	"bulletin/internal/site"
	"bulletin/internal/slug"
)

// groupID gives the fragment of a heading, unique on its page.
func groupID(title string, n int, seen map[string]bool) string {
	id := "page-" + slug.ID(title)
	if seen[id] {
		id += "-" + strconv.Itoa(n+1)
	}
	seen[id] = true
	return id
}

// terms gives the work of making the list of each taxonomy and the pages of
// each term.
func (m *maker) terms() []func(*maker) {
	var work []func(*maker)
	for _, t := range site.Taxonomies {
		if !m.s.HasIndex(t) {
			continue
		}
		work = append(work, func(m *maker) { m.taxonomy(t) })
		for _, term := range m.s.Terms[t] {
			for n := range site.PageCount(len(term.Entries)) {
				work = append(work, func(m *maker) { m.term(term, n+1) })
			}
		}
	}
	return work
}

// taxonomy adds the list of a taxonomy's terms.
func (m *maker) taxonomy(t site.Taxonomy) {
	v := Terms{Common: m.common("terms", t.Plural(), "", t.Address()), Vocabulary: string(t)}
	v.Description = m.site.Title + ": " + strings.ToLower(t.Plural())
	for _, term := range m.s.Terms[t] {
		if term.Parent == nil {
			v.Terms = append(v.Terms, m.termLink(term))
		}
	}
	add(m, "terms.html", t.Address(), v, nothing{}, withBreadcrumbs)
}

// termLink leads to a term and to the places in it.
func (m *maker) termLink(t *site.Term) TermLink {
	link := TermLink{Link: Link{t.Name, m.s.Path(t.Address)}, Count: len(t.Entries), CountText: count(len(t.Entries), "update", "updates")}
	for _, child := range t.Children {
		link.Children = append(link.Children, m.termLink(child))
	}
	return link
}

// term adds page number n of a term.
func (m *maker) term(t *site.Term, n int) {
	vocabulary := Link{t.Taxonomy.Plural(), m.s.Path(t.Taxonomy.Address())}
	pages := site.PageCount(len(t.Entries))
	address := site.PageAddress(t.Address, n)
	v := Term{Common: m.common("term", t.Name, m.termSummary(t), address, m.above(t, vocabulary)...), Vocabulary: vocabulary}
	v.Feeds, v.Calendar = append(m.feeds(t.Address, t.Name), v.Feeds...), m.calendars[t.Address]
	m.turnPage(&v.Common, t.Address, t.Name, n, pages)
	if v.Description == "" {
		v.Description = "Updates about " + t.Name + " from " + m.site.Title
	}
	if t.Record != nil && t.Record.URL.Set() {
		v.Website = &Link{"Website of " + t.Name, t.Record.URL.Value}
	}
	if t.Parent != nil {
		v.Parent = &Link{t.Parent.Name, m.s.Path(t.Parent.Address)}
	}
	for _, child := range t.Children {
		v.Children = append(v.Children, m.termLink(child))
	}
	var later termLater
	if n == 1 {
		later.Events = m.ahead(t.Upcoming, 5)
	}
	later.Groups = m.groups(slice(t.Entries, n), byYear)
	v.Pagination = m.pagination(t.Address, n, pages)
	add(m, "term.html", address, v, later, completeTerm)
}

// termLater is what is put into a term's view when its page is made.
type termLater struct {
	Events []shown
	Groups []group
}

func completeTerm(v *Term, later termLater, c *chrome) error {
	v.Events, v.Groups = cardsOf(later.Events), groupsOf(later.Groups)
	v.JSONLD = append(v.JSONLD, c.breadcrumbs(&v.Common))
	return nil
}

// above gives the pages above a term: its taxonomy and the places around it.
func (m *maker) above(t *site.Term, vocabulary Link) []Link {
	trail := []Link{}
	for around := t.Parent; around != nil; around = around.Parent {
		trail = append([]Link{{around.Name, m.s.Path(around.Address)}}, trail...)
	}
	return append([]Link{vocabulary}, trail...)
}

// termSummary gives what the register says of a term.
func (m *maker) termSummary(t *site.Term) string {
	r := t.Record
	if r == nil {
		return ""
	}
	if r.Summary.Value != "" || t.Taxonomy != site.People {
		return r.Summary.Value
	}
	var words []string
	for _, w := range []string{r.Role.Value, r.Organisation.Value} {
		if w != "" {
			words = append(words, w)
		}
	}
	return strings.Join(words, ", ")
}
