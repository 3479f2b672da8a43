package site

import (
	"path"
	"strings"
	"time"

	"bulletin/internal/content"
	"bulletin/internal/ukdate"
)

// WhenText says in words when the event takes place: the occurrence that
// counts now. It never speaks from the clock ("tomorrow"), so that it stays
// true.
func (e *Entry) WhenText() string {
	ev := e.Event
	switch {
	case ev.Start.TBC:
		return "Date to be confirmed"
	case e.Occurrence.Start.IsZero():
		return ""
	}
	return e.OccurrenceText(e.Occurrence)
}

// ZoneName gives the name that readers know a time zone by: its city's time.
func ZoneName(zone *time.Location) string {
	return strings.ReplaceAll(path.Base(zone.String()), "_", " ") + " time"
}

// OccurrenceText says in words when one occurrence takes place.
func (e *Entry) OccurrenceText(o Occurrence) string {
	ev := e.Event
	first := o.Start.In(ev.Zone)
	switch {
	case ev.Start.MonthOnly():
		return ukdate.MonthYear(first)
	case ev.Start.AllDay():
		last := o.Over.In(ev.Zone).AddDate(0, 0, -1)
		if ev.End.Set() && ev.End.Precision == ukdate.Minute {
			last = o.Over.In(ev.Zone)
		}
		if ukdate.SameDay(first, last) {
			return ukdate.Long(first)
		}
		return ukdate.Days(first, last)
	case ev.End.Set() && ev.End.Precision == ukdate.Minute:
		return ukdate.Span(first, o.Over.In(ev.Zone))
	case ev.End.Set():
		return ukdate.DateTime(first) + ", until " + ukdate.Long(o.Over.In(ev.Zone).AddDate(0, 0, -1))
	}
	return ukdate.DateTime(first)
}

// WhereText says in a few words where the event takes place: the venue, how it
// can be joined online, or both.
func (e *Entry) WhereText() string {
	ev := e.Event
	online := ev.Online.Platform.Value
	if ev.Status == content.MovedOnline && online == "" {
		return "Online"
	}
	if online == "" && ev.Online.URL.Set() {
		online = "Online"
	} else if online != "" && !strings.Contains(strings.ToLower(online), "online") {
		online += " (online)"
	}
	switch {
	case ev.Venue.Name.Value != "" && online != "" && ev.Status != content.MovedOnline:
		return ev.Venue.Name.Value + ", and " + online
	case online != "":
		return online
	case strings.EqualFold(ev.Venue.Name.Value, "to be confirmed") || strings.EqualFold(ev.Venue.Name.Value, "tbc"):
		return "Venue to be confirmed"
	}
	return ev.Venue.Name.Value
}

// StatusLabels are the words for an event's status; a scheduled one has none.
var StatusLabels = map[string]string{
	content.Provisional: "Provisional",
	content.Postponed:   "Postponed",
	content.Rescheduled: "Rescheduled",
	content.Cancelled:   "Cancelled",
	content.MovedOnline: "Moved online",
	content.Full:        "Fully booked",
}

// TypeLabels are the words for an article's type.
var TypeLabels = map[string]string{
	content.News:         "News",
	content.PressRelease: "Press release",
	content.Report:       "Report",
	content.Opinion:      "Opinion",
	content.Opportunity:  "Opportunity",
}

// Label names in words what kind of entry it is; plain pages have no label.
func (e *Entry) Label() string {
	switch {
	case e.Article != nil:
		return TypeLabels[e.Article.Type]
	case e.Event != nil:
		return "Event"
	case e.Newsletter != nil:
		return "Newsletter"
	}
	return ""
}
