package calendar

import (
	"fmt"
	"net/url"
	"strconv"
	"time"
)

// refresh is how often subscribers should fetch a calendar again.
const refresh = "PT12H"

// utcForm is how an instant is written in UTC, and wallForm what a clock shows
// (RFC 5545 section 3.3.5).
const (
	dateForm = "20060102"
	wallForm = "20060102T150405"
	utcForm  = "20060102T150405Z"
)

// bytes writes a calendar. PRODID has no version, so that a new release leaves
// every calendar as it was.
func (v view) bytes() []byte {
	l := &lines{}
	size := 1 << 10 // what stands around the events, more or less
	for _, event := range v.Events {
		size += len(event.written())
	}
	l.b.Grow(size)
	l.add("BEGIN", "VCALENDAR")
	l.add("VERSION", "2.0")
	l.add("PRODID", "-//bulletin//bulletin//EN")
	l.add("CALSCALE", "GREGORIAN")
	if v.Publish {
		l.add("METHOD", "PUBLISH")
	}
	if v.Name != "" {
		name := line(v.Name)
		l.text("NAME", name)
		l.text("X-WR-CALNAME", name)
		l.add("URL", uri(v.URL))
		l.add("SOURCE", uri(v.Source), parameter{"VALUE", "URI"})
		l.add("REFRESH-INTERVAL", refresh, parameter{"VALUE", "DURATION"})
		l.add("X-PUBLISHED-TTL", refresh)
	}
	for _, zone := range v.Zones {
		zone.write(l)
	}
	for _, event := range v.Events {
		l.b.Write(event.written())
	}
	l.add("END", "VCALENDAR")
	return l.b.Bytes()
}

// vevent is a VEVENT (RFC 5545 section 3.6.1).
type vevent struct {
	UID string
	// Stamp is when the event, as it is here, was made. Created and Changed
	// may be zero.
	Stamp, Created, Changed time.Time
	Sequence                int
	Start                   moment
	// End is when the event is over, for days the day after the last one; an
	// empty one is not known.
	End    moment
	Rule   string
	Except []moment
	Status string
	// Free tells that the event takes nobody's time.
	Free                                         bool
	Summary, Description, Location, URL, Contact string
	OrganiserName, OrganiserMail                 string
	Categories                                   []string
}

// moment is a day, a time on the clocks of a zone, or one in UTC.
type moment struct {
	Value string
	// Zone is empty for days and for times in UTC.
	Zone string
	Day  bool
}

func (m moment) write(l *lines, name string) {
	value := ""
	if m.Day {
		value = "DATE"
	}
	l.add(name, m.Value, parameter{"VALUE", value}, parameter{"TZID", m.Zone})
}

func (e *vevent) write(l *lines) {
	l.add("BEGIN", "VEVENT")
	l.text("UID", e.UID)
	writeInstant(l, "DTSTAMP", e.Stamp)
	writeInstant(l, "CREATED", e.Created)
	writeInstant(l, "LAST-MODIFIED", e.Changed)
	l.add("SEQUENCE", strconv.Itoa(e.Sequence))
	e.Start.write(l, "DTSTART")
	e.End.write(l, "DTEND")
	l.add("RRULE", e.Rule)
	for _, m := range e.Except {
		m.write(l, "EXDATE")
	}
	l.text("SUMMARY", line(e.Summary))
	l.add("STATUS", e.Status)
	if e.Free {
		l.add("TRANSP", "TRANSPARENT")
	}
	l.text("LOCATION", line(e.Location))
	l.text("DESCRIPTION", e.Description)
	l.add("URL", uri(e.URL))
	l.texts("CATEGORIES", e.Categories)
	if e.OrganiserMail != "" {
		l.add("ORGANIZER", "mailto:"+url.PathEscape(e.OrganiserMail), parameter{"CN", e.OrganiserName})
	}
	l.text("CONTACT", line(e.Contact))
	l.add("END", "VEVENT")
}

func writeInstant(l *lines, name string, t time.Time) {
	if !t.IsZero() {
		l.add(name, t.UTC().Format(utcForm))
	}
}

func (z timezone) write(l *lines) {
	l.add("BEGIN", "VTIMEZONE")
	l.text("TZID", z.ID)
	for _, o := range z.Observances {
		kind := "STANDARD"
		if o.Daylight {
			kind = "DAYLIGHT"
		}
		l.add("BEGIN", kind)
		l.add("DTSTART", o.Onsets[0])
		l.add("TZOFFSETFROM", offset(o.From))
		l.add("TZOFFSETTO", offset(o.To))
		l.text("TZNAME", o.Name)
		l.add("RRULE", o.Rule)
		if len(o.Onsets) > 1 {
			// Where there are others, ical.js forgets the one in DTSTART.
			for _, onset := range o.Onsets {
				l.add("RDATE", onset)
			}
		}
		l.add("END", kind)
	}
	l.add("END", "VTIMEZONE")
}

// offset writes seconds east of UTC (RFC 5545 section 3.3.14).
func offset(seconds int) string {
	sign := '+'
	if seconds < 0 {
		sign, seconds = '-', -seconds
	}
	text := fmt.Sprintf("%c%02d%02d", sign, seconds/3600, seconds/60%60)
	if seconds%60 != 0 {
		text += fmt.Sprintf("%02d", seconds%60)
	}
	return text
}
