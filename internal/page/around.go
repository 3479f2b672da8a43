package page

import (
	"slices"

	"bulletin/internal/diag"
	"bulletin/internal/output"
	"bulletin/internal/site"
)

// Around gives the other pages that show the title or the summary of an
// article, which has no deadline: the lists that it is in, those of its
// neighbours and of entries that it is related to, and whatever shows it as a
// card. So that all of them are found, it gives some that do not show it.
func (p *Entries) Around(e *site.Entry) ([]output.Job, diag.List) {
	m := *p.shared
	m.home()
	m.notFound()
	for _, sec := range m.lists(nil) {
		if n, ok := pageWith(sec.entries, e); ok {
			if sec.whole {
				n = 1
			}
			m.list(sec, n)
		}
	}
	for _, t := range site.Taxonomies {
		if !m.s.HasIndex(t) {
			continue
		}
		for _, term := range m.s.Terms[t] {
			if n, ok := pageWith(term.Entries, e); ok {
				m.term(term, n)
			}
		}
	}
	for _, r := range m.s.Redirects {
		if r.To == e {
			m.redirect(r)
		}
	}
	for _, other := range m.s.Entries {
		if other != e && m.s.Shows(other, e) {
			m.entry(other)
		}
	}
	return m.jobs, m.problems
}

// pageWith gives the number of the page of a list that an entry is on.
func pageWith(entries []*site.Entry, e *site.Entry) (n int, ok bool) {
	i := slices.Index(entries, e)
	return i/site.PageSize + 1, i >= 0
}
