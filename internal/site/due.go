package site

import (
	"cmp"
	"slices"
	"time"

	"bulletin/internal/diag"
)

// Due is an instant at which the site changes by itself.
type Due struct {
	At time.Time
	// File is the entry's file, and What says in words what changes.
	File, Title, What string
}

// findDue collects the instants after now. all holds the entries that are not
// published too: the end of an embargo is the most important of them.
func (s *Site) findDue(all []*Entry, drafts bool) {
	for _, e := range all {
		if e.Draft && !drafts {
			continue
		}
		s.due(e, e.Date.Time, "is published")
		if e.Expires.Set() {
			s.due(e, e.Expires.End(), "expires and moves to the archive")
		}
		for _, c := range e.Updated {
			s.due(e, c.Date.Time, "shows a change note")
		}
		s.dueDeadline(e)
		if until, ok := s.CancelGrace(e); ok && e.HasDay() && e.listedAt(until) {
			s.due(e, until, "is marked as cancelled in calendars")
		}
		if e.ReviewBy.Set() {
			s.remind(e, e.ReviewBy.End(), "has to be reviewed")
		}
		if e.ToFollow.By.Set() {
			s.remind(e, e.ToFollow.By.End(), "has a promise to keep")
		}
		s.dueOccurrences(e)
	}
}

// sortDue puts what is due in order, the next first.
func (s *Site) sortDue() {
	slices.SortStableFunc(s.Due, dueFirst)
	slices.SortStableFunc(s.Reminders, dueFirst)
}

func dueFirst(a, b Due) int {
	return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.File, b.File), cmp.Compare(a.What, b.What))
}

// checkOverdue reports what writers have let pass: reviews and promises.
func (s *Site) checkOverdue(problems *diag.List) {
	for _, e := range s.Entries {
		if e.ReviewBy.Set() && !e.ReviewBy.End().After(s.Now) && !e.Archived {
			problems.Add(diag.Warnf(e.ReviewBy.Pos, "review-overdue", "check that everything on the page is still right, then write the next date as `review_by`",
				"this entry was to be reviewed by %s", e.ReviewBy.DayText()))
		}
		if by := e.ToFollow.By; by.Set() && !by.End().After(s.Now) {
			problems.Add(diag.Warnf(by.Pos, "promise-overdue", "publish what was promised and remove `to_follow`, or write a new date",
				"readers were promised %q by %s", e.ToFollow.What.Value, by.DayText()))
		}
	}
}

// dueDeadline adds the instants at which a written deadline comes close and
// passes.
func (s *Site) dueDeadline(e *Entry) {
	d, ok := e.deadline()
	if !ok || e.Over {
		return
	}
	what := "closes"
	if e.Event != nil {
		what = "booking closes"
	}
	if soon := s.soon(d.Passed); e.Event != nil || e.listedAt(soon) {
		s.due(e, soon, what+" soon")
	}
	s.due(e, d.Passed, what)
}

// dueOccurrences adds the instants at which an event is over, for a recurring
// one each that is ahead. Where no deadline is written, booking closes with the
// start of each; it does not come close before, since no date is stated.
func (s *Site) dueOccurrences(e *Entry) {
	if e.Event == nil || e.Occurrence.Over.IsZero() {
		return
	}
	occurrences := e.Next
	if len(occurrences) == 0 {
		occurrences = []Occurrence{e.Occurrence}
	}
	for _, o := range occurrences {
		if r := e.Event.Register; !e.CalledOff() && !e.FullyBooked() && !r.None && r.Set() && !r.By.Set() {
			s.due(e, e.bookingEnds(o), "booking closes")
		}
		what := "shows its next date"
		if e.last(o) {
			what = "is over"
		}
		if e.listedAt(o.Over) || e.offers() {
			s.due(e, o.Over, what)
		}
	}
}

// listedAt reports whether the entry, once it is published, is in lists at an
// instant.
func (e *Entry) listedAt(at time.Time) bool {
	return !e.Withdrawn.Set() && (!e.Expires.Set() || e.Expires.End().After(at))
}

// offers reports whether the event's page itself says something that ends with
// an occurrence, whatever lists do.
func (e *Entry) offers() bool {
	ev := e.Event
	full := e.FullyBooked() && ev.Register.Set() && !ev.Register.None
	return ev.Repeats != nil || ev.Online.URL.Set() || !e.CalledOff() && (ev.Availability != "" || full)
}

// last reports whether no occurrence follows.
func (e *Entry) last(o Occurrence) bool {
	if e.Event.Repeats == nil {
		return true
	}
	last, ok := e.Event.Repeats.Last()
	return ok && !last.After(o.Start)
}

// due adds an instant at which the output changes. Until an entry is published
// nothing of it does.
func (s *Site) due(e *Entry, at time.Time, what string) {
	if at.After(s.Now) && !at.Before(e.Date.Time) {
		s.Due = append(s.Due, Due{At: at, File: e.File, Title: e.Title.Value, What: what})
	}
}

// remind adds an instant that matters to writers only.
func (s *Site) remind(e *Entry, at time.Time, what string) {
	if at.After(s.Now) {
		s.Reminders = append(s.Reminders, Due{At: at, File: e.File, Title: e.Title.Value, What: what})
	}
}
