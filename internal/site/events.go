package site

import (
	"cmp"
	"slices"
	"time"

	"bulletin/internal/content"
	"bulletin/internal/diag"
)

// aheadLimit is the largest number of occurrences that are listed ahead.
const aheadLimit = 12

// occur finds the occurrence of the event that counts at an instant.
func (e *Entry) occur(now time.Time) {
	ev := e.Event
	if ev.Start.TBC || !ev.Start.Set() {
		return
	}
	first := e.occurrence(ev.Start.Time)
	e.Occurrence, e.Over = first, !first.Over.After(now)
	if ev.Repeats == nil {
		return
	}
	// An occurrence that began before now may still go on, so the search
	// begins as long before as one lasts.
	lasts := first.Over.Sub(first.Start)
	for _, start := range ev.Repeats.Next(now.Add(-lasts-24*time.Hour), aheadLimit+3) {
		if o := e.occurrence(start); o.Over.After(now) && len(e.Next) < aheadLimit {
			e.Next = append(e.Next, o)
		}
	}
	e.Over = len(e.Next) == 0
	if !e.Over {
		e.Occurrence = e.Next[0]
	} else if last, ok := ev.Repeats.Last(); ok {
		e.Occurrence = e.occurrence(last)
	}
}

func (e *Entry) occurrence(start time.Time) Occurrence {
	return Occurrence{Start: start, Over: e.Event.OverAt(start)}
}

// lastOver gives the instant at which the last occurrence of an event with a
// date is over; for one that repeats without end, one that nobody will see.
func (e *Entry) lastOver() time.Time {
	over := e.occurrence(e.Event.Start.Time).Over
	if e.Event.Repeats == nil {
		return over
	}
	last, ok := e.Event.Repeats.Last()
	if !ok {
		return time.Unix(1<<40, 0)
	}
	if at := e.occurrence(last).Over; at.After(over) {
		return at
	}
	return over
}

// Deadline is a day by which readers have to act.
type Deadline struct {
	Entry *Entry
	// By is the deadline as written, and Passed the instant at which it has
	// passed: a day counts to its end.
	By     content.Moment
	Passed time.Time
}

// CalledOff tells that nobody can go to the event on its date.
func (e *Entry) CalledOff() bool {
	return e.Event != nil && (e.Event.Status == content.Cancelled || e.Event.Status == content.Postponed)
}

// deadline gives the entry's deadline, whether or not it has passed.
func (e *Entry) deadline() (Deadline, bool) {
	var by content.Moment
	switch {
	case e.Article != nil:
		by = e.Article.Closes
	case e.Event != nil && !e.CalledOff():
		by = e.Event.Register.By
	}
	return Deadline{Entry: e, By: by, Passed: by.End()}, by.Set()
}

// State is how things stand with a deadline.
type State string

// The states of deadlines.
const (
	// Open: there is time.
	Open State = "open"
	// ClosesSoon: it is a matter of days, as many as the settings say.
	ClosesSoon State = "closes-soon"
	// Closed: it is too late.
	Closed State = "closed"
)

// Deadline gives the state of applying for an opportunity or of booking a
// place, and the instant at which it ends. Booking without a written deadline
// ends when the event begins (see bookingEnds). ok is false where there is nothing to apply for
// or to book.
func (s *Site) Deadline(e *Entry) (state State, ends time.Time, ok bool) {
	switch {
	case e.Article != nil && e.Article.Closes.Set():
		ends = e.Article.Closes.End()
	case e.Event == nil || e.Event.Register.None || !e.Event.Register.Set():
		return "", ends, false
	case e.Event.Register.By.Set():
		ends = e.Event.Register.By.End()
	default:
		ends = e.bookingEnds(e.Occurrence)
	}
	switch {
	case e.CalledOff() || e.Over:
		return Closed, ends, true
	case ends.IsZero():
		return Open, ends, true
	case !ends.After(s.Now):
		return Closed, ends, true
	case !s.soon(ends).After(s.Now):
		return ClosesSoon, ends, true
	}
	return Open, ends, true
}

// bookingEnds gives the instant at which booking without a written deadline
// ends: when the occurrence begins, or, of an event of which only the month is
// known, when the month is over.
func (e *Entry) bookingEnds(o Occurrence) time.Time {
	if e.Event.Start.MonthOnly() {
		return o.Over
	}
	return o.Start
}

// FullyBooked reports whether nobody can book any more, not even a place on a
// waiting list.
func (e *Entry) FullyBooked() bool {
	ev := e.Event
	return ev != nil && (ev.Availability == content.Full || ev.Status == content.Full && ev.Availability != content.WaitingList)
}

// soon gives the instant from which a deadline counts as close.
func (s *Site) soon(ends time.Time) time.Time {
	return ends.In(s.Config.Location).AddDate(0, 0, -s.Config.Events.ClosesSoon)
}

// CancelGrace gives the instant until which a cancelled event stays in
// calendars under the title that says so. It counts from the latest change
// note. Without one nobody knows when the event was cancelled, and ok is false.
func (s *Site) CancelGrace(e *Entry) (until time.Time, ok bool) {
	if e.Event == nil || e.Event.Status != content.Cancelled || len(e.Changes) == 0 {
		return time.Time{}, false
	}
	return e.Modified.In(s.Config.Location).AddDate(0, 0, s.Config.Events.CancelGrace), true
}

// findDeadlines collects the deadlines ahead.
func (s *Site) findDeadlines() {
	for _, e := range s.Entries {
		if d, ok := e.deadline(); ok && e.Listed && !e.Over && d.Passed.After(s.Now) {
			s.Deadlines = append(s.Deadlines, d)
		}
	}
	slices.SortStableFunc(s.Deadlines, func(a, b Deadline) int {
		return cmp.Or(a.Passed.Compare(b.Passed), cmp.Compare(a.Entry.Title.Value, b.Entry.Title.Value))
	})
}

// checkBooking reports events ahead that do not say how to book, or when they
// were cancelled.
func (s *Site) checkBooking(problems *diag.List) {
	for _, e := range s.Upcoming {
		if e.Event.Status == content.Cancelled && len(e.Changes) == 0 {
			problems.Add(diag.Warnf(e.Pos, "cancelled-without-note", "write when and why, so that calendars keep the event in sight for a while:\nupdated:\n  - {date: 23 September 2025, note: Cancelled because of the strike}",
				"this event is cancelled, but no change note says since when"))
		}
		if e.Event.Register.Written || !e.Event.Start.Set() || e.CalledOff() {
			continue
		}
		problems.Add(diag.Warnf(e.Pos, "no-booking", "write `register: none` if nobody needs to book, or\nregister:\n  url: https://www.example.org/book",
			"this event is ahead, but does not say how to book"))
	}
}
