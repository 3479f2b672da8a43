package site

import (
	"net/url"
	"strings"
	"time"

	"bulletin/internal/content"
	"bulletin/internal/ukdate"
)

// The names of the calendars' files: that of one event, beside its page, and
// that of a list.
const (
	FileEvent    = "event.ics"
	FileCalendar = "calendar.ics"
)

// HasDay reports whether the event takes place on a day that is known, so that
// it can be put into a diary.
func (e *Entry) HasDay() bool {
	return e.Event != nil && !e.Event.Start.TBC && !e.Event.Start.MonthOnly() && !e.Occurrence.Start.IsZero()
}

// HasCalendar reports whether a list has a calendar: the home page and the
// events always, others when an entry has a day or a closing date.
func (l List) HasCalendar() bool {
	if l.Address == "/" || l.Address == "/events/" {
		return true
	}
	for _, e := range l.Entries {
		if e.HasDay() || e.Article != nil && e.Article.Closes.Set() {
			return true
		}
	}
	return false
}

// Webcal gives the address by which calendar programs subscribe to a calendar,
// without the scheme "webcal://" itself.
func (s *Site) Webcal(address string) string {
	_, rest, _ := strings.Cut(s.Absolute(address), "://")
	return rest
}

// GoogleURL gives the address that offers to add the event to a calendar of
// Google's.
func (s *Site) GoogleURL(e *Entry) string {
	q := url.Values{"action": {"TEMPLATE"}, "text": {e.Title.Value}, "details": {s.Absolute(e.Address)}, "location": {e.location()}}
	start, end, allDay := e.span()
	if allDay {
		q.Set("dates", start.Format("20060102")+"/"+end.Format("20060102"))
	} else {
		q.Set("dates", start.UTC().Format("20060102T150405Z")+"/"+end.UTC().Format("20060102T150405Z"))
	}
	return "https://calendar.google.com/calendar/render?" + encode(q)
}

// OutlookURL gives the address that offers to add the event to a calendar of
// Outlook on the web.
func (s *Site) OutlookURL(e *Entry) string {
	q := url.Values{
		"path": {"/calendar/action/compose"}, "rru": {"addevent"}, "subject": {e.Title.Value}, "body": {s.Absolute(e.Address)}, "location": {e.location()},
	}
	start, end, allDay := e.span()
	if allDay {
		q.Set("allday", "true")
		q.Set("startdt", start.Format(time.DateOnly))
		q.Set("enddt", end.Format(time.DateOnly))
	} else {
		q.Set("startdt", start.UTC().Format(time.RFC3339))
		q.Set("enddt", end.UTC().Format(time.RFC3339))
	}
	return "https://outlook.office.com/calendar/deeplink/compose?" + encode(q)
}

// encode writes a query with spaces as %20: Outlook shows plus signs as such.
func encode(q url.Values) string { return strings.ReplaceAll(q.Encode(), "+", "%20") }

// span gives the occurrence that counts now, from its start to the instant
// after it; for whole days to the day after the last. The forms need an end:
// that of an event whose end is not known is its start, as in its calendar.
func (e *Entry) span() (start, end time.Time, allDay bool) {
	ev := e.Event
	start, end = e.Occurrence.Start.In(ev.Zone), e.Occurrence.Over.In(ev.Zone)
	switch {
	case ev.Start.AllDay() && ev.End.Set() && ev.End.Precision >= ukdate.Minute && end.Format(time.TimeOnly) != "00:00:00":
		end = end.AddDate(0, 0, 1)
	case !ev.Start.AllDay() && !ev.End.Set():
		end = start
	}
	return start, end, ev.Start.AllDay()
}

// location says where the event is, as a diary shows it.
func (e *Entry) location() string {
	ev, where := e.Event, e.WhereText()
	if ev.Status == content.MovedOnline && ev.Online == (content.Online{}) {
		return "Online"
	}
	name, rest, found := strings.Cut(where, ev.Venue.Name.Value)
	if ev.Venue.Name.Value == "" || !found || name != "" {
		return where
	}
	text := ev.Venue.Name.Value
	for _, more := range []string{ev.Venue.Address.Value, ev.Venue.Postcode.Value} {
		if more != "" {
			text += ", " + more
		}
	}
	return text + rest
}
