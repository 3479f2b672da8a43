// Package site makes one model of all entries at one instant: what is
// published and at which address, in what order, under which terms, beside
// which neighbours, and when it will next change by itself.
//
// The model is always assembled anew; that is only sorting and linking. The
// clock is an argument: the same entries at the same instant give the same
// model.
package site

import (
	"cmp"
	"slices"
	"sync"
	"time"

	"bulletin/internal/config"
	"bulletin/internal/content"
	"bulletin/internal/diag"
)

// Input is what a site is assembled from.
type Input struct {
	Config  *config.Config
	Entries []*content.Entry
	// Broken holds the files that could not be read as entries: links to them
	// are not reported on top.
	Broken      map[string]bool
	Attachments []*content.Attachment
	// Now decides what is published, over, closed or expired.
	Now time.Time
	// Drafts publishes drafts as if they were finished.
	Drafts bool
}

// Site is the whole site at one instant.
type Site struct {
	Config *config.Config
	Now    time.Time

	// Entries are all published entries, in the order of their addresses; a
	// few of them, the archived and withdrawn ones, are in no other list.
	Entries []*Entry
	// Articles and Newsletters are newest first.
	Articles, Newsletters []*Entry
	// Pages are in the order of their addresses.
	Pages []*Entry
	// Upcoming are the events that are not over, the next first, those without
	// a date last. Past are the others, the latest first.
	Upcoming, Past []*Entry
	// Deadlines are those ahead, the next first.
	Deadlines []Deadline
	// Terms are the names of each taxonomy that listed entries use, in
	// alphabetical order.
	Terms map[Taxonomy][]*Term
	// Redirects lead from old addresses to entries.
	Redirects []Redirect
	// Files are the published attachments, in the order of their addresses.
	Files []*File
	// Navigation is the main menu.
	Navigation []NavItem
	// Due are the instants after Now at which the site changes by itself, the
	// next first.
	Due []Due
	// Reminders are instants that matter to writers only: reviews, promises.
	Reminders []Due

	// newest are the listed entries, newest first.
	newest    []*Entry
	byFile    map[string]*Entry
	byAddress map[string]*Entry
	files     map[string]*File
	broken    map[string]bool
	// decomposed gives the path as stored for a path in Unicode normalization
	// form C, where the two differ.
	decomposed map[string]string
	terms      map[termKey]*Term
	generated  map[string]string
	issues     map[*Entry]Issue
	issuesOnce sync.Once
}

// Entry is a content entry with its place in the site.
type Entry struct {
	*content.Entry
	// Published tells whether there is a page at all; of others, no trace may
	// be in the output.
	Published bool
	// Archived tells that the entry has expired. Archived and withdrawn
	// entries have a page, but are not Listed.
	Archived, Listed bool
	// Changes are the change notes up to now, and Modified the instant of the
	// latest change, or of publication.
	Changes  []content.Change
	Modified time.Time

	// Terms are the entry's terms. A name that no listed entry uses has no
	// term.
	Terms EntryTerms
	// Newer and Older are the neighbours among the listed entries of its kind.
	Newer, Older *Entry
	// SeriesOlder and SeriesNewer are the neighbours in its series.
	SeriesOlder, SeriesNewer *Entry
	// Related share rare terms with this entry; the best first.
	Related []*Entry
	// Translations are the same entry in other languages.
	Translations []*Entry
	// AboutEvent is the event that this article reports on, and Reports are
	// the articles that report on this event.
	AboutEvent *Entry
	Reports    []*Entry

	// Occurrence is the occurrence of the event that counts now: the next one
	// that is not over, or else the last. It is zero for events without a date.
	Occurrence Occurrence
	// Next are the occurrences of a recurring event that are not over.
	Next []Occurrence
	// Over tells that the event has no occurrence ahead.
	Over bool
}

// Occurrence is one time that an event takes place, from Start until Over.
type Occurrence struct {
	Start, Over time.Time
}

// Assemble makes the model. Problems that concern more than one file, such as
// two files with one address or a link that leads nowhere, are found here.
func Assemble(in Input) (*Site, diag.List) {
	s := &Site{
		Config: in.Config, Now: in.Now, broken: in.Broken,
		byFile: make(map[string]*Entry, len(in.Entries)), byAddress: make(map[string]*Entry, len(in.Entries)),
		files: make(map[string]*File, len(in.Attachments)),
	}
	all := s.publish(in)
	var problems diag.List
	s.list()
	s.makeTerms(&problems)
	s.neighbours()
	s.attach(all, in.Attachments)
	s.makeRedirects()
	s.generate()
	var clashes diag.List
	var wait sync.WaitGroup
	wait.Go(func() { s.claim(all, &clashes) })
	s.connect(all, &problems)
	wait.Go(s.relate)
	s.navigate(&problems)
	s.checkLinks(all, &problems)
	s.checkPictures(&problems)
	s.findDeadlines()
	s.findDue(all, in.Drafts)
	s.checkOverdue(&problems)
	s.checkStatement(&problems)
	s.sortDue()
	s.checkBooking(&problems)
	wait.Wait()
	problems.Add(clashes...)
	problems.Sort()
	return s, problems
}

// publish decides which entries there are at this instant. It gives all of
// them, in the order of their files.
func (s *Site) publish(in Input) []*Entry {
	all := make([]*Entry, 0, len(in.Entries))
	for _, c := range in.Entries {
		e := &Entry{Entry: c, Published: !c.Date.Time.After(s.Now) && (!c.Draft || in.Drafts)}
		e.Archived = c.Expires.Set() && !c.Expires.End().After(s.Now)
		e.Listed = e.Published && !e.Archived && !c.Withdrawn.Set()
		e.Modified = c.Date.Time
		for _, change := range c.Updated {
			if !change.Date.Time.After(s.Now) {
				e.Changes = append(e.Changes, change)
			}
		}
		slices.SortStableFunc(e.Changes, func(a, b content.Change) int { return a.Date.Time.Compare(b.Date.Time) })
		if n := len(e.Changes); n > 0 && e.Changes[n-1].Date.Time.After(e.Modified) {
			e.Modified = e.Changes[n-1].Date.Time
		}
		if c.Event != nil {
			e.occur(s.Now)
		}
		all = append(all, e)
	}
	slices.SortFunc(all, func(a, b *Entry) int { return cmp.Compare(a.File, b.File) })
	for _, e := range all {
		s.byFile[e.File] = e
		if e.Published {
			s.byAddress[e.Address] = e
			s.Entries = append(s.Entries, e)
		}
	}
	slices.SortFunc(s.Entries, func(a, b *Entry) int {
		return cmp.Or(cmp.Compare(a.Address, b.Address), cmp.Compare(a.File, b.File))
	})
	return all
}

// list puts the listed entries in order.
func (s *Site) list() {
	for _, e := range s.Entries {
		if !e.Listed {
			continue
		}
		s.newest = append(s.newest, e)
		switch {
		case e.Article != nil || e.Newsletter != nil:
		case e.Event != nil && e.Over:
			s.Past = append(s.Past, e)
		case e.Event != nil:
			s.Upcoming = append(s.Upcoming, e)
		default:
			s.Pages = append(s.Pages, e)
		}
	}
	slices.SortStableFunc(s.Upcoming, nextFirst)
	slices.SortStableFunc(s.Past, func(a, b *Entry) int { return b.Occurrence.Start.Compare(a.Occurrence.Start) })
	slices.SortStableFunc(s.newest, newestFirst)
	for _, e := range s.newest {
		switch {
		case e.Article != nil:
			s.Articles = append(s.Articles, e)
		case e.Newsletter != nil:
			s.Newsletters = append(s.Newsletters, e)
		}
	}
}

// Sorted gives the instant by which an entry is put in order among others: an
// event counts by when it takes place.
func (e *Entry) Sorted() time.Time {
	if e.Event != nil && !e.Occurrence.Start.IsZero() {
		return e.Occurrence.Start
	}
	return e.Date.Time
}

// newestFirst orders entries by date, then address.
func newestFirst(a, b *Entry) int {
	if order := b.Sorted().Compare(a.Sorted()); order != 0 {
		return order
	}
	return cmp.Compare(a.Address, b.Address)
}

// nextFirst orders events by their next occurrence; those without a date come
// last, and a whole month after the days in it.
func nextFirst(a, b *Entry) int {
	return cmp.Or(
		compareBool(a.Event.Start.TBC, b.Event.Start.TBC),
		a.sortStart().Compare(b.sortStart()),
		cmp.Compare(a.Title.Value, b.Title.Value),
		cmp.Compare(a.Address, b.Address),
	)
}

func (e *Entry) sortStart() time.Time {
	if e.Event.Start.MonthOnly() {
		return e.Event.Start.End()
	}
	return e.Occurrence.Start
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// neighbours links each entry to the one before and after it in its list.
func (s *Site) neighbours() {
	for _, list := range [][]*Entry{s.Articles, s.Newsletters} {
		for i, e := range list {
			if i > 0 {
				e.Newer = list[i-1]
			}
			if i+1 < len(list) {
				e.Older = list[i+1]
			}
		}
	}
	for _, series := range s.Terms[Series] {
		list := slices.Clone(series.Entries)
		slices.SortStableFunc(list, newestFirst)
		for i, e := range list {
			if i > 0 {
				e.SeriesNewer = list[i-1]
			}
			if i+1 < len(list) {
				e.SeriesOlder = list[i+1]
			}
		}
	}
}

// ByFile gives the published entry of a file.
func (s *Site) ByFile(file string) (*Entry, bool) {
	e, ok := s.byFile[file]
	return e, ok && e.Published
}

// All gives all entries in the order of their files, with those that are not
// published, of which nothing may be shown to readers.
func (s *Site) All() []*Entry {
	all := make([]*Entry, 0, len(s.byFile))
	for _, file := range sortedKeys(s.byFile) {
		all = append(all, s.byFile[file])
	}
	return all
}

// ByAddress gives the published entry whose page is at an address.
func (s *Site) ByAddress(address string) (*Entry, bool) {
	e, ok := s.byAddress[address]
	return e, ok
}

// ListAddresses gives the addresses of all pages that bulletin makes, sorted.
func (s *Site) ListAddresses() []string { return sortedKeys(s.generated) }
