package calendar

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"

	"bulletin/internal/content"
	"bulletin/internal/site"
	"bulletin/internal/slug"
	"bulletin/internal/ukdate"
)

// endless is how many years ahead the time zone of an event must be known that
// recurs without an end.
const endless = 10

// event gives the item of an event that has a day.
func (m *maker) event(e *site.Entry) *item {
	ev := e.Event
	v := m.common(e)
	it := &item{keyedEvent: &keyedEvent{vevent: v}, first: ev.Start.Time, last: ev.OverAt(ev.Start.Time), over: e.Over}
	if ev.Start.AllDay() {
		v.Start, v.End = day(ev.Start.Time), day(dayAfter(ev))
	} else {
		utc := ev.Repeats == nil && (second(ev.Start.Time) || second(ev.End.End()))
		v.Start = clock(ev.Start.Time, utc)
		if ev.End.Set() {
			v.End = clock(ev.End.End().In(ev.Zone), utc)
		}
		if v.Start.Zone != "" {
			it.zone = ev.Zone
		}
	}
	if ev.Repeats != nil {
		v.Rule = ev.Repeats.RRULE()
		for _, t := range ev.Repeats.Exceptions() {
			v.Except = append(v.Except, v.Start.like(t))
		}
		it.last = ev.Start.Time.AddDate(endless, 0, 0)
		if last, ok := ev.Repeats.Last(); ok {
			it.last = ev.OverAt(last)
		}
	}
	v.Summary, v.Status, v.Free = titlePrefix[ev.Status]+e.Title.Value, m.status(e), e.CalledOff()
	v.Location, v.Description = location(ev), m.description(e)
	v.OrganiserName, v.OrganiserMail = m.organiser(e, ev.Host.Value)
	return it
}

// closes reports whether an opportunity closes on a day that is known.
func closes(e *site.Entry) bool {
	return e.Article != nil && e.Article.Closes.Set() && e.Article.Closes.Precision != ukdate.Month
}

// closing gives the item of an opportunity: the day on which it closes.
func (m *maker) closing(e *site.Entry) *item {
	by := e.Article.Closes
	v := m.common(e)
	v.UID = "closes-" + v.UID
	v.Start, v.End = day(by.Time), day(noon(by.Time, 1))
	v.Summary, v.Status, v.Free = "Closes: "+e.Title.Value, confirmed, true
	v.Description = paragraphs("Closes "+written(by)+".", e.Summary.Value, "Details: "+uri(m.site.Absolute(e.Address)))
	v.OrganiserName, v.OrganiserMail = m.organiser(e, "")
	state, _, _ := m.site.Deadline(e)
	return &item{keyedEvent: &keyedEvent{vevent: v}, first: by.Time, last: by.Time, over: state == site.Closed}
}

// common gives what does not depend on the kind of entry.
func (m *maker) common(e *site.Entry) *vevent {
	c := e.Contact
	v := &vevent{
		UID: m.uid(e), Sequence: len(e.Changes), Stamp: e.Modified, Created: e.Date.Time, Changed: e.Modified,
		URL: m.site.Absolute(e.Address), Contact: join(", ", c.Name.Value, c.Role.Value, c.Phone.Value, c.Email.Value),
	}
	if since, ok := m.cancelled(e); ok {
		// For those who have the event, this is a change of it.
		v.Sequence++
		if since.After(v.Stamp) {
			v.Stamp, v.Changed = since, since
		}
	}
	if v.Stamp.IsZero() && e.Event != nil {
		v.Stamp = e.Event.Start.Time
	}
	for _, t := range []site.Taxonomy{site.Topics, site.Places, site.Series} {
		for _, term := range e.Terms.Of(t) {
			v.Categories = append(v.Categories, line(term.Name))
		}
	}
	return v
}

// uid gives an identifier that stays the same wherever the entry moves, and is
// that of no other entry in the world (RFC 5545 section 3.8.4.7). Of an id,
// only letters, digits and a few marks are kept, and a hash stands for the
// rest: there are calendars that take the UID for a file name and fail at a
// slash. An id with an @ is taken to be a whole UID, so that one can be kept
// when a site moves to another host.
func (m *maker) uid(e *site.Entry) string {
	id, folder := e.ID.Value, strings.Trim(m.site.Config.Base, "/")
	switch {
	case safe(id) && strings.Contains(id, "@"):
		return id
	case safe(id) && folder == "":
		return join("@", id, m.host)
	}
	sum := sha256.Sum256([]byte(join(" ", folder, id)))
	return join("@", join("-", slug.Make(id), hex.EncodeToString(sum[:6])), m.host)
}

// safe reports whether an id can stand in a UID as it is.
func safe(id string) bool {
	for _, c := range []byte(id) {
		if !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("-_.@", c) >= 0) {
			return false
		}
	}
	return id != ""
}

// organiser gives who answers for the entry, to whom readers can write: its
// contact, or else the publisher, if nobody else is the host.
func (m *maker) organiser(e *site.Entry, host string) (name, address string) {
	publisher := m.site.Config.Publisher
	switch {
	case e.Contact.Email.Value != "" && e.Contact.Name.Value != "":
		return e.Contact.Name.Value, e.Contact.Email.Value
	case e.Contact.Email.Value != "":
		return host, e.Contact.Email.Value
	case host == "" || slug.Fold(host) == slug.Fold(publisher.Name.Value):
		return publisher.Name.Value, publisher.Email.Value
	}
	return "", ""
}

// location says where the event takes place.
func location(ev *content.Event) string {
	place := join(", ", ev.Venue.Name.Value, ev.Venue.Address.Value, ev.Venue.Postcode.Value)
	online := line(ev.Online.Platform.Value)
	if online != "" && !strings.Contains(strings.ToLower(online), "online") {
		online += " (online)"
	}
	switch {
	case ev.Status != content.MovedOnline && place != "" && online != "":
		return place + "; and " + online
	case ev.Status != content.MovedOnline && place != "" && ev.Online.URL.Set():
		return place + "; and online"
	case ev.Status != content.MovedOnline && place != "":
		return place
	case online != "":
		return online
	}
	return "Online"
}

// day gives the day that t shows.
func day(t time.Time) moment { return moment{Value: t.Format(dateForm), Day: true} }

// dayAfter gives the day after the last one of an event of whole days.
func dayAfter(ev *content.Event) time.Time {
	last := ev.Start.Moment
	if ev.End.Set() {
		last = ev.End
	}
	t := last.Time.In(ev.Zone)
	switch {
	case last.Precision == ukdate.Month:
		return noon(t, 1-t.Day()+daysIn(t.Year(), t.Month()))
	case last.Precision != ukdate.Day && t.Format(time.TimeOnly) == "00:00:00":
		return t
	}
	return noon(t, 1)
}

// noon gives noon on a day so many days after that which t shows. Unlike
// midnight, there is one on every day.
func noon(t time.Time, days int) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d+days, 12, 0, 0, 0, time.UTC)
}

// clock gives what clocks show at t in its zone, or t in UTC.
func clock(t time.Time, utc bool) moment {
	if zone := t.Location().String(); !utc && zone != "UTC" {
		return moment{Value: t.Format(wallForm), Zone: zone}
	}
	return moment{Value: t.UTC().Format(utcForm)}
}

// like gives another time in the form of m.
func (m moment) like(t time.Time) moment {
	if m.Day {
		return day(t)
	}
	return clock(t, m.Zone == "")
}

// second reports whether clocks show the time for the second time, having been
// put back. Written as a time on the clock, it would be taken for the first
// (RFC 5545 section 3.3.5).
func second(t time.Time) bool {
	const furthest = 3 * time.Hour
	_, now := t.Zone()
	_, before := t.Add(-furthest).Zone()
	if before <= now {
		return false
	}
	_, then := t.Add(-time.Duration(before-now) * time.Second).Zone()
	return then == before
}

// join writes the texts that are not empty, with something between them.
func join(between string, texts ...string) string {
	var some []string
	for _, t := range texts {
		if t = line(t); t != "" {
			some = append(some, t)
		}
	}
	return strings.Join(some, between)
}
