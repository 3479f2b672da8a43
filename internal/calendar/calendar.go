// Package calendar writes what readers put into their diaries: event.ics
// beside the page of each event that has a day, and calendar.ics, which can be
// subscribed to, beside each list of such events. The format is iCalendar (RFC
// 5545); what whole calendars say of themselves is from RFC 7986.
//
// # What is in a calendar
//
// The events of its list that have a day, past ones too, and the days on which
// its opportunities close. An event of which only the month is known, or
// nothing yet, is in none; neither is an entry that has expired or was
// withdrawn. A calendar without an event, such as that of the home page of a
// new site, has a time zone in it, because RFC 5545 section 3.4 wants one
// component at least.
//
// # How an event changes
//
// The UID comes from the entry's id and the site's host. SEQUENCE counts the
// entry's change notes, and DTSTAMP is when the latest was made, or else when
// the entry was published, or else, for want of any other date, the start. The
// time of the build is in no file: a calendar that is fetched again is the same
// as long as no event has changed.
//
// Google's calendar drops events of STATUS:CANCELLED without a word. So a
// cancelled event first keeps STATUS:CONFIRMED and says "CANCELLED:" in its
// title, until [site.Site.CancelGrace] is over, which counts as a change. There
// is no status for a postponed event: it is TENTATIVE, says "POSTPONED:" in its
// title and, like a cancelled one, takes nobody's time.
//
// # Why the bytes are written here
//
// github.com/arran4/golang-ical reads these calendars in the tests, but does
// not write them. As of v0.3.4 it escapes parameters with backslashes, which
// RFC 5545 does not know (CN=St John\'s\: Walsall), lets carriage returns and
// other control characters through, escapes the commas between categories and
// has no time zones. What is left of it is shorter than the way around it, and
// an independent reader finds more.
package calendar

import (
	"cmp"
	"io"
	"maps"
	"net/url"
	"slices"
	"sync"
	"time"

	"bulletin/internal/output"
	"bulletin/internal/site"
)

// pastLimit is the largest number of past events in a calendar: subscribers
// fetch all of it twice a day.
const pastLimit = 200

// version is the salt of the calendars' keys. It changes with the makers in
// this package, so that calendars made by an older program are made anew.
var version = output.KeyOf("calendar 1")

// Jobs gives the calendar files of the site.
func Jobs(s *site.Site) []output.Job {
	var jobs []output.Job
	for _, f := range files(s) {
		jobs = append(jobs, output.New(f.path, version, f.view, func(w io.Writer, v view) error {
			_, err := w.Write(v.bytes())
			return err
		}))
	}
	return jobs
}

// file is a calendar with its path.
type file struct {
	path string
	view view
}

// files gives the views of all calendars.
func files(s *site.Site) []file {
	m := &maker{site: s, host: host(s), items: map[*site.Entry]*item{}}
	var all []file
	for _, e := range s.Entries {
		if it := m.item(e); it != nil && e.Event != nil {
			all = append(all, file{e.Address[1:] + site.FileEvent, view{Zones: m.timezones([]*item{it}), Events: []*keyedEvent{it.keyedEvent}}})
		}
	}
	for _, l := range s.Lists() {
		if l.HasCalendar() {
			all = append(all, file{l.Address[1:] + site.FileCalendar, m.calendar(l, m.listed(l.Entries))})
		}
	}
	return all
}

// maker makes each entry's item once, however many calendars have it.
type maker struct {
	site  *site.Site
	host  string
	items map[*site.Entry]*item
}

// host gives the site's host name, without a port.
func host(s *site.Site) string {
	u, err := url.Parse(s.Config.URL)
	if err != nil {
		return ""
	}
	return u.Hostname()
}

// view is a calendar, as its key is made from it.
type view struct {
	// Name, URL and Source are empty for the file of one event: what it is put
	// into has a name.
	Name, URL, Source string
	// Publish tells that every event has an organiser, without which nothing
	// can be published by METHOD (RFC 5546 section 3.2.1).
	Publish bool
	Zones   []timezone
	Events  []*keyedEvent
}

// calendar gives the calendar of a list.
func (m *maker) calendar(l site.List, items []*item) view {
	s := m.site
	v := view{
		Name: s.Config.Title.Value, URL: s.Absolute(l.Address), Source: s.Absolute(l.Address + site.FileCalendar),
		Zones: m.timezones(items), Publish: len(items) > 0,
	}
	for _, it := range items {
		v.Events = append(v.Events, it.keyedEvent)
		v.Publish = v.Publish && it.OrganiserMail != ""
	}
	switch l.Address {
	case "/":
	case "/articles/":
		v.Name = "Closing dates: " + v.Name
	default:
		v.Name = l.Title + ": " + v.Name
	}
	return v
}

// listed gives the items of those entries that have one, in the order of their
// days.
func (m *maker) listed(entries []*site.Entry) []*item {
	var past, ahead []*item
	for _, e := range entries {
		it := m.item(e)
		switch {
		case it == nil:
		case it.over:
			past = append(past, it)
		default:
			ahead = append(ahead, it)
		}
	}
	slices.SortFunc(past, inOrder)
	all := append(past[max(0, len(past)-pastLimit):], ahead...)
	slices.SortFunc(all, inOrder)
	return all
}

func inOrder(a, b *item) int { return cmp.Or(a.first.Compare(b.first), cmp.Compare(a.UID, b.UID)) }

// item is an entry's part in the calendars, and what decides its place.
type item struct {
	*keyedEvent
	// zone is that of the times; nil if there are none, or none but in UTC.
	zone *time.Location
	// first and last are the instants between which the zone must be known.
	first, last time.Time
	over        bool
}

// keyedEvent is an event with its key and its lines, which are made once for
// all calendars.
type keyedEvent struct {
	*vevent
	key output.Key

	once  sync.Once
	lines []byte
}

// written gives the event's lines.
func (k *keyedEvent) written() []byte {
	k.once.Do(func() {
		const usual = 1 << 10
		var l lines
		l.b.Grow(usual)
		k.write(&l)
		k.lines = l.b.Bytes()
	})
	return k.lines
}

// Key stands for the event's content.
func (k *keyedEvent) Key() output.Key { return k.key }

// item gives the entry's item, made once; nil if the entry has no day, or is
// in no list.
func (m *maker) item(e *site.Entry) *item {
	if known, ok := m.items[e]; ok {
		return known
	}
	var it *item
	switch {
	case !e.Listed:
	case e.HasDay():
		it = m.event(e)
	case closes(e):
		it = m.closing(e)
	}
	if it != nil {
		it.key = output.KeyOf(*it.vevent)
	}
	m.items[e] = it
	return it
}

// timezones gives the zones that the items need, in the order of their names.
// Zones are told apart by name: each reading of a name makes another Location.
func (m *maker) timezones(items []*item) []timezone {
	type span struct {
		zone        *time.Location
		first, last time.Time
	}
	spans := map[string]span{}
	if zone := m.site.Config.Location; len(items) == 0 {
		spans[zone.String()] = span{zone: zone, first: time.Date(lastListed, 1, 1, 0, 0, 0, 0, time.UTC)}
	}
	for _, it := range items {
		if it.zone == nil {
			continue
		}
		known, ok := spans[it.zone.String()]
		if !ok {
			known = span{it.zone, it.first, it.last}
		}
		if it.first.Before(known.first) {
			known.first = it.first
		}
		if it.last.After(known.last) {
			known.last = it.last
		}
		spans[it.zone.String()] = known
	}
	var list []timezone
	for _, name := range slices.Sorted(maps.Keys(spans)) {
		list = append(list, knownPattern(spans[name].zone).timezone(spans[name].first, spans[name].last))
	}
	return list
}
