package calendar

import (
	"strings"
	"time"

	"bulletin/internal/content"
	"bulletin/internal/site"
	"bulletin/internal/ukdate"
)

// The values of STATUS (RFC 5545 section 3.8.1.11).
const (
	tentative = "TENTATIVE"
	confirmed = "CONFIRMED"
	cancelled = "CANCELLED"
)

// titlePrefix goes before the title of an event that those who have it in
// their diary must hear about. That it was moved to another day, its new time
// says; and who has booked need not know that it is full.
var titlePrefix = map[string]string{
	content.Provisional: "Provisional: ",
	content.Postponed:   "POSTPONED: ",
	content.Cancelled:   "CANCELLED: ",
	content.MovedOnline: "Moved online: ",
}

func (m *maker) status(e *site.Entry) string {
	switch e.Event.Status {
	case content.Provisional, content.Postponed:
		return tentative
	}
	if _, ok := m.cancelled(e); ok {
		return cancelled
	}
	return confirmed
}

// cancelled gives the instant since when a cancelled event has that status in
// calendars: the end of its grace, or, if that is not known, of the event.
func (m *maker) cancelled(e *site.Entry) (since time.Time, ok bool) {
	if e.Event == nil || e.Event.Status != content.Cancelled {
		return time.Time{}, false
	}
	since, ok = m.site.CancelGrace(e)
	if !ok {
		since = e.Occurrence.Over
	}
	return since, !since.After(m.site.Now)
}

// description says what the other properties cannot. It holds no word that
// depends on the day on which it is read.
func (m *maker) description(e *site.Entry) string {
	ev := e.Event
	var facts []string
	fact := func(label, text string) {
		if text = line(text); text != "" {
			facts = append(facts, label+text)
		}
	}
	fact("Time: ", ev.TimeNote.Value)
	if ev.Previously.Set() {
		fact("Moved from: ", written(ev.Previously))
	}
	fact("Cost: ", ev.Cost.Value)
	fact("For: ", ev.Audience.Value)
	fact("Host: ", ev.Host.Value)
	if !e.CalledOff() {
		m.booking(ev, fact)
		fact("Join online: ", ev.Online.URL.Value)
	}
	status := site.StatusLabels[ev.Status]
	if note := line(ev.StatusNote.Value); status != "" && note != "" {
		status += ": " + note
	} else if status != "" {
		status += "."
	} else {
		status = note
	}
	return paragraphs(status, e.Summary.Value, strings.Join(facts, "\n"), "Details: "+uri(m.site.Absolute(e.Address)))
}

// booking says how to book a place.
func (m *maker) booking(ev *content.Event, fact func(label, text string)) {
	r := ev.Register
	if r.None {
		fact("", "No booking needed.")
	}
	if r.By.Set() {
		fact("Book by: ", written(r.By))
	}
	fact("Book: ", r.URL.Value)
	fact("To book: ", r.Contact.Value)
	fact("Booking: ", r.Note.Value)
	switch {
	case ev.Status == content.Full:
	case ev.Availability == content.Full:
		fact("", "All places are taken.")
	case ev.Availability == content.WaitingList:
		fact("", "All places are taken; there is a waiting list.")
	}
}

// written says a moment in words.
func written(m content.Moment) string {
	switch m.Precision {
	case ukdate.Month:
		return ukdate.MonthYear(m.Time)
	case ukdate.Day:
		return ukdate.Long(m.Time)
	}
	return ukdate.DateTime(m.Time)
}

// paragraphs writes the texts that are not empty, with an empty line between
// them.
func paragraphs(texts ...string) string {
	var some []string
	for _, t := range texts {
		if t = strings.TrimSpace(t); t != "" {
			some = append(some, t)
		}
	}
	return strings.Join(some, "\n\n")
}
