package page

import (
	"strconv"
	"time"

	"bulletin/internal/content"
	"bulletin/internal/site"
	"bulletin/internal/ukdate"
)

// eventLater is what is put into an event's view when its page is made.
type eventLater struct {
	entryLater
	Facts  eventFacts
	Report *shown
}

func completeEvent(v *Event, later eventLater, c *chrome) error {
	if err := later.complete(&v.Entry, c); err != nil {
		return err
	}
	if later.Report != nil {
		outcome := Outcome{Report: cardOf(later.Report)}
		if v.Outcome != nil {
			outcome.Attendance = v.Outcome.Attendance
		}
		v.Outcome = &outcome
	}
	if data := c.eventData(v, later.Facts); data != "" {
		v.JSONLD = append(v.JSONLD, data)
	}
	return nil
}

// event gives the view of an event's page.
func (m *maker) event(e *site.Entry) (Event, eventLater) {
	ev := e.Event
	later := eventLater{Facts: m.eventFacts(e)}
	v := Event{
		When: m.when(e, e.Occurrence), Leaf: leaf(e, e.Occurrence), Past: e.Over, Status: status(ev),
		Cost: ev.Cost.Value, Register: m.register(e), Host: ev.Host.Value, Audience: ev.Audience.Value,
		Previously: m.previously(ev), Availability: availability(e), Speakers: m.people(ev.Speakers), Programme: m.programme(ev),
	}
	v.Entry, later.entryLater = m.base("event", e)
	if ev.Venue.Name.Set() {
		v.Venue = &Venue{Name: ev.Venue.Name.Value, Address: ev.Venue.Address.Value, Postcode: ev.Venue.Postcode.Value, Access: ev.Venue.Access.Value, Map: ev.Venue.Map.Value}
	}
	if ev.Online.Platform.Set() || ev.Online.URL.Set() {
		v.Online = &Online{Platform: ev.Online.Platform.Value, URL: ev.Online.URL.Value}
	}
	if v.Register != nil && v.Register.Full {
		v.Availability = "" // booking says it
	}
	if ev.Capacity > 0 {
		v.Capacity = count(ev.Capacity, "place", "places")
	}
	if ev.Repeats != nil {
		v.Repeats = upperFirst(ev.Repeats.Words())
		for _, o := range e.Next {
			v.Occurrences = append(v.Occurrences, m.when(e, o))
		}
	}
	if attendance := ev.Outcome.Attendance.Value; attendance != "" {
		v.Outcome = &Outcome{Attendance: attendance}
	}
	if len(e.Reports) > 0 {
		report := m.show(e.Reports[0], v.Language)
		later.Report = &report
	}
	if e.HasDay() && e.Listed {
		v.AddTo = &AddTo{File: m.s.Path(e.Address + site.FileEvent)}
		if !e.Over && !e.CalledOff() {
			v.AddTo.Google, v.AddTo.Outlook = m.s.GoogleURL(e), m.s.OutlookURL(e)
		}
	}
	return v, later
}

// when gives the view of one occurrence.
func (m *maker) when(e *site.Entry, o site.Occurrence) When {
	ev := e.Event
	w := When{Text: e.WhenText(), Note: ev.TimeNote.Value}
	if ev.Start.TBC || o.Start.IsZero() {
		w.Start = Date{Text: w.Text, Short: "TBC"}
		return w
	}
	w.Text = e.OccurrenceText(o)
	start := o.Start.In(ev.Zone)
	w.Start = moment(start, ev.Start.Precision)
	if ev.Zone.String() != m.s.Config.Location.String() {
		w.Zone = site.ZoneName(ev.Zone)
		w.Here = m.here(e, o)
	}
	if !ev.End.Set() {
		return w
	}
	end := o.Over.In(ev.Zone)
	if ev.End.Precision == ukdate.Day {
		end = end.AddDate(0, 0, -1)
	}
	last := moment(end, ev.End.Precision)
	switch {
	case ev.End.Precision == ukdate.Month:
		return w
	case ukdate.SameDay(start, end) && ev.End.Precision == ukdate.Day:
		return w
	case ukdate.SameDay(start, end):
		last.Text = ukdate.Time(end)
	}
	w.End = &last
	return w
}

// here says in words when an occurrence in another time zone is, in the site's
// own; nothing for whole days.
func (m *maker) here(e *site.Entry, o site.Occurrence) string {
	if e.Event.Start.Precision != ukdate.Minute {
		return ""
	}
	zone := m.s.Config.Location
	start, end := o.Start.In(zone), o.Over.In(zone)
	text := ukdate.Time(start)
	if !ukdate.SameDay(start, o.Start.In(e.Event.Zone)) {
		text = ukdate.DateTime(start)
	}
	if e.Event.End.Set() && e.Event.End.Precision == ukdate.Minute {
		if ukdate.SameDay(start, end) {
			text += " to " + ukdate.Time(end)
		} else {
			text += " to " + ukdate.DateTime(end)
		}
	}
	return text + " " + site.ZoneName(zone)
}

// moment gives the view of an instant, as precisely as it is known.
func moment(t time.Time, precision ukdate.Precision) Date {
	switch precision {
	case ukdate.Month:
		return Date{ISO: t.Format("2006-01"), Text: ukdate.MonthYear(t), Short: t.Format("Jan 2006")}
	case ukdate.Day:
		return Date{ISO: t.Format(time.DateOnly), Text: ukdate.Long(t), Short: ukdate.Short(t)}
	}
	return Date{ISO: t.Format(time.RFC3339), Text: ukdate.DateTime(t), Short: ukdate.Short(t)}
}

// leaf gives the date as a tear-off calendar shows it. The year is always
// there: whether it can be left out would depend on the day of the build.
func leaf(e *site.Entry, o site.Occurrence) Leaf {
	ev := e.Event
	if ev.Start.TBC || o.Start.IsZero() {
		return Leaf{Middle: "TBC"}
	}
	t := o.Start.In(ev.Zone)
	if ev.Start.MonthOnly() {
		return Leaf{Middle: t.Format("Jan"), Bottom: t.Format("2006")}
	}
	return Leaf{Top: t.Format("Mon"), Middle: strconv.Itoa(t.Day()), Bottom: t.Format("Jan 2006")}
}

// status gives the view of a status that differs from the plan.
func status(ev *content.Event) *Status {
	label := site.StatusLabels[ev.Status]
	if label == "" {
		return nil
	}
	return &Status{Name: ev.Status, Label: label, Note: ev.StatusNote.Value}
}

// previously gives the date from which the event was moved.
func (m *maker) previously(ev *content.Event) *Date {
	if !ev.Previously.Set() {
		return nil
	}
	d := moment(ev.Previously.Time.In(ev.Zone), ev.Previously.Precision)
	return &d
}

// availability says how many places are left; nothing once it is over.
func availability(e *site.Entry) string {
	if e.Over || e.CalledOff() {
		return ""
	}
	switch e.Event.Availability {
	case content.Open:
		return "Places are available"
	case content.Limited:
		return "A few places are left"
	case content.Full:
		return "All places are taken"
	case content.WaitingList:
		return "All places are taken; there is a waiting list"
	}
	return ""
}

// register says how to book; nil if nothing was said about it.
func (m *maker) register(e *site.Entry) *Register {
	r := e.Event.Register
	if !r.Set() {
		return nil
	}
	v := Register{Needed: !r.None, URL: r.URL.Value, Contact: r.Contact.Value, Note: r.Note.Value}
	v.Email = mailbox(r.Contact.Value)
	state, ends, ok := m.s.Deadline(e)
	v.Closed = ok && state == site.Closed || e.FullyBooked()
	v.Full = e.FullyBooked() && !e.Over && !e.CalledOff()
	v.Waiting = e.Event.Availability == content.WaitingList
	if !v.Closed && !ends.IsZero() {
		v.Ends = instant(ends)
	}
	if r.By.Set() {
		v.By = m.deadline(e, "Book", r.By)
	}
	return &v
}

// deadline gives the view of the date by which a reader must act.
func (m *maker) deadline(e *site.Entry, what string, by content.Moment) *Deadline {
	state, ends, _ := m.s.Deadline(e)
	d := &Deadline{What: what, Date: m.by(by), Passed: state == site.Closed, Soon: state == site.ClosesSoon}
	if !d.Passed {
		d.Ends = instant(ends)
	}
	return d
}

// instant writes an instant for the script that follows the reader's clock.
func instant(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// programme gives the sessions, day by day.
func (m *maker) programme(ev *content.Event) []ProgrammeDay {
	var days []ProgrammeDay
	for i, s := range ev.Programme {
		title := s.Day.Value
		if s.Date.Set() {
			title = ukdate.Long(s.Date.Time)
		}
		if i == 0 || title != "" && title != days[len(days)-1].Title {
			days = append(days, ProgrammeDay{Title: title})
		}
		last := &days[len(days)-1]
		last.Sessions = append(last.Sessions, Session{Time: sessionTime(s.Time.Value), Title: s.Title.Value, Text: s.Text.Value, Speakers: m.people(s.Speakers)})
	}
	return days
}

// sessionTime writes a time of day as all others are written; words that are
// none stay.
func sessionTime(text string) string {
	if r, err := ukdate.ParseClockRange(text); err == nil {
		return r.Text()
	}
	return text
}
