package site

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"bulletin/internal/header"
)

// Issue is what an issue of the newsletter lists by itself, as its `auto` asks
// for. All of it follows from the dates of the issues, not from the clock, so
// that an e-mail that was sent and its copy on the web stay the same. They
// change only when a file does (an entry is withdrawn, say, or dated back) and
// when the next issue comes out: that ends the time for which deadlines are
// listed, and can pin entries of its own.
//
// What the letter shows as a card is neither in New nor in Events. An issue
// that is the translation of another lists what that lists.
type Issue struct {
	// First tells that no issue came before this one.
	First bool
	// New are the articles since the last issue that listed articles, newest
	// first, after those that this issue pins. If no issue has listed any, they
	// are those since the last issue; the very first has everything before it.
	//
	// Every article is new in exactly one issue: the first that pins it, or else
	// the first that lists articles, from its date on. One that the letter of
	// this or an earlier issue shows is not listed, nor is one that its issue
	// skips; later issues do not list these either.
	New []*Entry
	// Events are those of the days ahead, and any that the issue pins, the next
	// first. They are as they stood on the issue's date (see [Entry.AsOf]).
	Events []*Entry
	// Deadlines are those up to the day of the next issue or, as long as there
	// is none, the day a month later; the next first. One that the issue before
	// has listed is not listed again.
	Deadlines []Deadline
	// Promises are the other entries with something that is still to follow,
	// the next first, those without a date last.
	Promises []*Entry
}

// AsOf gives the entry as it stood at another instant: for an event, with the
// occurrence that counted then.
func (e *Entry) AsOf(at time.Time) *Entry {
	if e.Event == nil {
		return e
	}
	then := *e
	then.Next = nil
	then.occur(at)
	return &then
}

// AllIssues gives the issues of the newsletter, the oldest first, with those
// that are not published yet, of which nothing may be shown to readers.
func (s *Site) AllIssues() []*Entry {
	var issues []*Entry
	for _, e := range s.byFile {
		if e.Newsletter != nil {
			issues = append(issues, e)
		}
	}
	slices.SortFunc(issues, oldestFirst)
	return issues
}

func oldestFirst(a, b *Entry) int {
	return cmp.Or(a.Date.Time.Compare(b.Date.Time), cmp.Compare(a.File, b.File))
}

// Issues gives what each published issue lists. The map is not to be changed.
func (s *Site) Issues() map[*Entry]Issue {
	s.issuesOnce.Do(func() { s.issues = s.listIssues() })
	return s.issues
}

func (s *Site) listIssues() map[*Entry]Issue {
	l := lister{site: s, pinned: map[*Entry]int{}, carded: map[*Entry]int{}}
	translations := map[*Entry]*Entry{}
	for _, e := range s.AllIssues() {
		if original := s.original(e); original != e {
			translations[e] = original
		} else if e.Published {
			l.addIssue(e)
		}
	}
	if len(l.issues) == 0 {
		return nil
	}
	l.addEntries(s.Entries)
	issues := make(map[*Entry]Issue, len(l.issues))
	for i, e := range l.issues {
		issues[e] = l.list(i)
	}
	for e, original := range translations {
		if e.Published {
			issues[e] = issues[original]
		}
	}
	return issues
}

// original gives the issue that this one is a translation of, or itself.
func (s *Site) original(e *Entry) *Entry {
	if e.TranslationOf.Set() {
		if t := s.Resolve(e.File, e.TranslationOf.Value); t.Kind == ToEntry && t.Entry.Newsletter != nil {
			return t.Entry
		}
	}
	return e
}

// lister knows what issues can list.
type lister struct {
	site *Site
	// issues are the published ones, the oldest first.
	issues []*Entry
	// lists are the numbers of those that list articles.
	lists []int
	// pinned and carded give the number of the first issue that pins an entry,
	// and of the first whose letter shows it.
	pinned, carded map[*Entry]int

	// articles are newest first.
	articles, promises []*Entry
	events             *spans[*Entry]
	due                *spans[Deadline]
}

func (l *lister) addIssue(e *Entry) {
	number := len(l.issues)
	l.issues = append(l.issues, e)
	if e.Newsletter.Auto.ArticlesSinceLast {
		l.lists = append(l.lists, number)
	}
	note := func(first map[*Entry]int, dest string) {
		t := l.site.Resolve(e.File, dest)
		if _, noted := first[t.Entry]; t.Kind == ToEntry && !noted && known(t.Entry, e) {
			first[t.Entry] = number
		}
	}
	for _, p := range e.Newsletter.Auto.Pin {
		note(l.pinned, p.Value)
	}
	for _, link := range e.Body.Links {
		if link.Card {
			note(l.carded, link.Dest)
		}
	}
}

func (l *lister) addEntries(entries []*Entry) {
	var events []span[*Entry]
	var due []span[Deadline]
	for _, e := range entries {
		if e.Withdrawn.Set() {
			continue
		}
		if e.Article != nil {
			l.articles = append(l.articles, e)
		}
		if e.Event != nil && e.Event.Start.Set() {
			events = append(events, span[*Entry]{e.Event.Start.Time, e.lastOver(), e})
		}
		if e.ToFollow.What.Set() {
			l.promises = append(l.promises, e)
		}
		if d, ok := e.deadline(); ok {
			due = append(due, span[Deadline]{d.By.Time, d.Passed, d})
		}
	}
	slices.SortStableFunc(l.articles, newestFirst)
	l.events, l.due = newSpans(events), newSpans(due)
}

// known reports whether the readers of an issue could know an entry: it had
// been published on the issue's date, had not expired, and is not withdrawn.
func known(e, issue *Entry) bool {
	at := issue.Date.Time
	return e.Published && !e.Date.Time.After(at) && !e.Withdrawn.Set() && (!e.Expires.Set() || e.Expires.End().After(at))
}

// list makes the lists of issue number i.
func (l *lister) list(i int) Issue {
	e, auto := l.issues[i], l.issues[i].Newsletter.Auto
	issue := Issue{First: i == 0}
	skipped := l.named(e, auto.Skip)
	issue.New = l.news(i, skipped)
	if auto.EventDays > 0 || len(auto.Pin) > 0 {
		issue.Events = l.ahead(i, skipped)
	}
	if auto.DeadlinesBeforeNext {
		issue.Deadlines = l.deadlines(i, skipped)
	}
	if auto.Promises {
		issue.Promises = l.open(e, skipped)
	}
	return issue
}

// named gives the entries that paths in an issue mean.
func (l *lister) named(issue *Entry, paths []header.Text) map[*Entry]bool {
	entries := make(map[*Entry]bool, len(paths))
	for _, p := range paths {
		if t := l.site.Resolve(issue.File, p.Value); t.Kind == ToEntry {
			entries[t.Entry] = true
		}
	}
	return entries
}

// cards gives the entries that the letter of an issue shows as cards.
func (l *lister) cards(issue *Entry) map[*Entry]bool {
	var paths []header.Text
	for _, link := range issue.Body.Links {
		if link.Card {
			paths = append(paths, header.Text{Value: link.Dest, Pos: link.Pos})
		}
	}
	return l.named(issue, paths)
}

// news gives the articles that are new in issue number i, those that it pins
// first.
func (l *lister) news(i int, skipped map[*Entry]bool) []*Entry {
	issue, cards := l.issues[i], l.cards(l.issues[i])
	var news []*Entry
	for _, p := range issue.Newsletter.Auto.Pin {
		e := l.site.Resolve(issue.File, p.Value).Entry
		first, pinned := l.pinned[e]
		if pinned && first == i && e.Event == nil && !skipped[e] && !cards[e] && !slices.Contains(news, e) {
			news = append(news, e)
		}
	}
	if !issue.Newsletter.Auto.ArticlesSinceLast {
		return news
	}
	since := l.since(i)
	from, _ := slices.BinarySearchFunc(l.articles, issue.Date.Time, func(e *Entry, at time.Time) int { return at.Compare(e.Date.Time) })
	for _, e := range l.articles[from:] {
		if !e.Date.Time.After(since) {
			break
		}
		_, pinned := l.pinned[e]
		letter, carded := l.carded[e]
		if known(e, issue) && !pinned && !skipped[e] && !(carded && letter <= i) {
			news = append(news, e)
		}
	}
	return news
}

// since gives the instant after which articles are new in issue number i.
func (l *lister) since(i int) time.Time {
	place, _ := slices.BinarySearch(l.lists, i)
	switch {
	case place > 0:
		return l.issues[l.lists[place-1]].Date.Time
	case i > 0:
		return l.issues[i-1].Date.Time
	}
	return time.Time{}
}

// ahead gives the events ahead on the date of issue number i.
func (l *lister) ahead(i int, skipped map[*Entry]bool) []*Entry {
	issue := l.issues[i]
	days := issue.Newsletter.Auto.EventDays
	until := l.day(issue.Date.Time).AddDate(0, 0, days+1)
	pinned, cards := l.named(issue, issue.Newsletter.Auto.Pin), l.cards(issue)
	candidates := slices.Collect(maps.Keys(pinned))
	if days > 0 {
		for _, e := range l.events.between(issue.Date.Time, until) {
			if !pinned[e] {
				candidates = append(candidates, e)
			}
		}
	}
	var events []*Entry
	for _, e := range candidates {
		if e.Event == nil || skipped[e] || cards[e] || !known(e, issue) {
			continue
		}
		then := e.AsOf(issue.Date.Time)
		soon := !then.Occurrence.Start.IsZero() && then.Occurrence.Start.Before(until)
		if !then.Over && (soon || pinned[e]) {
			events = append(events, then)
		}
	}
	slices.SortFunc(events, nextFirst)
	return events
}

// deadlines gives the deadlines between issue number i and the next.
func (l *lister) deadlines(i int, skipped map[*Entry]bool) []Deadline {
	issue := l.issues[i]
	until := monthLater(issue.Date.Time.In(l.site.Config.Location))
	if i+1 < len(l.issues) {
		until = l.issues[i+1].Date.Time
	}
	var before *Entry
	if i > 0 && l.issues[i-1].Newsletter.Auto.DeadlinesBeforeNext {
		before = l.issues[i-1]
	}
	skippedBefore := map[*Entry]bool{}
	if before != nil {
		skippedBefore = l.named(before, before.Newsletter.Auto.Skip)
	}
	var deadlines []Deadline
	for _, d := range l.due.between(issue.Date.Time, l.dayAfter(until)) {
		if skipped[d.Entry] || !l.between(d, issue, until) || d.Entry.Event != nil && d.Entry.AsOf(issue.Date.Time).Over {
			continue
		}
		if before != nil && l.between(d, before, issue.Date.Time) && !skippedBefore[d.Entry] {
			continue
		}
		deadlines = append(deadlines, d)
	}
	slices.SortStableFunc(deadlines, func(a, b Deadline) int {
		return cmp.Or(a.Passed.Compare(b.Passed), cmp.Compare(a.Entry.Title.Value, b.Entry.Title.Value), cmp.Compare(a.Entry.Address, b.Entry.Address))
	})
	return deadlines
}

// between reports whether a deadline was known and ahead on the date of an
// issue, and ends no later than on the day of the next: who reads that one in
// the evening would miss it.
func (l *lister) between(d Deadline, issue *Entry, next time.Time) bool {
	return known(d.Entry, issue) && d.Passed.After(issue.Date.Time) && d.By.Time.Before(l.dayAfter(next))
}

// dayAfter gives the beginning of the day after that of an instant.
func (l *lister) dayAfter(t time.Time) time.Time { return l.day(t).AddDate(0, 0, 1) }

// open gives the promises that had not been kept on the date of an issue; its
// own is not among them.
func (l *lister) open(issue *Entry, skipped map[*Entry]bool) []*Entry {
	var promises []*Entry
	for _, e := range l.promises {
		if known(e, issue) && !skipped[e] && l.site.original(e) != issue {
			promises = append(promises, e)
		}
	}
	slices.SortStableFunc(promises, func(a, b *Entry) int {
		return cmp.Or(compareBool(!a.ToFollow.By.Set(), !b.ToFollow.By.Set()), a.ToFollow.By.Time.Compare(b.ToFollow.By.Time), newestFirst(a, b))
	})
	return promises
}

// day gives the beginning of the day of an instant in the site's zone.
func (l *lister) day(t time.Time) time.Time {
	y, m, d := t.In(l.site.Config.Location).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, l.site.Config.Location)
}

// monthLater gives the same day of the next month, or the last day of a month
// that is too short for it.
func monthLater(t time.Time) time.Time {
	later := t.AddDate(0, 1, 0)
	if later.Day() < t.Day() {
		later = later.AddDate(0, 0, -later.Day())
	}
	return later
}
