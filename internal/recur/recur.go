// Package recur reads how an event repeats, and lists its dates.
//
// A rule is written as in a calendar file (RFC 5545 section 3.3.10), with
// [Parse], or in plain words, with [FromWords]:
//
//	FREQ=MONTHLY;BYDAY=1TU           every: month     on: first Tuesday
//	FREQ=WEEKLY;BYDAY=MO,TH          every: week      on: Monday and Thursday
//	FREQ=WEEKLY;INTERVAL=2           every: fortnight
//	FREQ=MONTHLY;BYMONTHDAY=-1       every: month     on: last day
//	FREQ=YEARLY;BYMONTH=3;BYDAY=1FR  every: year      on: first Friday in March
//
// An event happens at most once a day and keeps its local hour: ten in the
// morning in London is ten on both sides of a clock change. Where that time is
// skipped by the clocks, the occurrence is as much later as they jump; where
// it comes twice, the first is meant (RFC 5545 sections 3.3.10 and 3.3.5).
//
// The start of the event is its first occurrence; a start that does not fit
// its own rule is an error, because calendars disagree about what it means.
// No rule is followed for more than 200 years.
package recur

import (
	"slices"
	"time"
)

// horizonYears is how long after its start a rule without an end is followed.
const horizonYears = 200

// Rule is how an event recurs (RFC 5545 section 3.3.10), from its first
// occurrence on. A Rule never changes; it may be used by several goroutines at
// once. Make one with [Parse] or [FromWords].
type Rule struct {
	// start is the first occurrence; of an all-day event, the instant at which
	// the day begins.
	start  time.Time
	allDay bool
	pattern
	// count is the written number of occurrences, or 0; until the written last
	// day, or zero. At most one of them is set.
	count int
	until time.Time
	// end is the last day that may have an occurrence, always set.
	end time.Time
	// except holds the days that are left out, in order.
	except []time.Time
}

// Next gives the starts of the first n occurrences that start after the given
// instant, in order, in the time zone of the event's start. There are fewer
// than n if the rule ends. An occurrence that starts at that very instant is
// not among them, so Next(now.Add(-length), n) lists those not yet over.
func (r *Rule) Next(after time.Time, n int) []time.Time {
	var starts []time.Time
	if n <= 0 {
		return nil
	}
	// The clocks can push an occurrence past midnight, hence one day more.
	for day, t := range r.occurrences(dayOf(after.In(r.start.Location())).AddDate(0, 0, -1)) {
		if !t.After(after) || r.leavesOut(day) {
			continue
		}
		starts = append(starts, t)
		if len(starts) == n {
			break
		}
	}
	return starts
}

// Previous gives the starts of the last n occurrences that start before the
// given instant, the earliest first. There are fewer than n if the event began
// too recently.
func (r *Rule) Previous(before time.Time, n int) []time.Time {
	first := dayOf(r.start)
	day := dayOf(before.In(r.start.Location()))
	if n <= 0 || day.Before(first) {
		return nil
	}
	if day.After(r.end) {
		day = r.end
	}
	here := r.period(first, day)
	// How many periods hold n occurrences is not known: look ever further back.
	for back := min(n, here); ; back = min(2*back+1, here) {
		starts := r.between(r.periodStart(first, here-back), before)
		if len(starts) >= n || back == here {
			return slices.Clone(starts[max(0, len(starts)-n):])
		}
	}
}

// between gives the occurrences from a day on that start before an instant.
func (r *Rule) between(from, before time.Time) []time.Time {
	var starts []time.Time
	for day, t := range r.occurrences(from) {
		if !t.Before(before) {
			break
		}
		if !r.leavesOut(day) {
			starts = append(starts, t)
		}
	}
	return starts
}

// Last gives the start of the last occurrence, and false if the rule has no
// end.
func (r *Rule) Last() (time.Time, bool) {
	if r.count == 0 && r.until.IsZero() {
		return time.Time{}, false
	}
	last := r.Previous(r.end.AddDate(0, 0, 3), 1)
	if len(last) == 0 {
		return time.Time{}, false
	}
	return last[0], true
}

// Except gives the rule without the occurrences on some days: for each, the
// day that it shows in its own location. A day that has no occurrence is an
// error of type [*Error], and so is leaving nothing over.
func (r *Rule) Except(days ...time.Time) (*Rule, error) {
	without := *r
	without.except = slices.Clone(r.except)
	for _, t := range days {
		day := dayOf(t)
		if _, ok := r.occurrence(day); !ok {
			return nil, r.notAnOccurrence(day)
		}
		if i, found := slices.BinarySearchFunc(without.except, day, time.Time.Compare); !found {
			without.except = slices.Insert(without.except, i, day)
		}
	}
	if len(without.Next(time.Time{}, 1)) == 0 {
		return nil, &Error{Key: "except", Rule: RuleNothingLeft, Text: "every date of this event is left out",
			Hint: "take a day out of \"except\"; an event that does not take place is written with \"status: cancelled\""}
	}
	return &without, nil
}

// Exceptions gives the starts that the occurrences left out would have had, in
// order, as a calendar's EXDATE wants them (RFC 5545 section 3.8.5.1).
func (r *Rule) Exceptions() []time.Time {
	var starts []time.Time
	for _, day := range r.except {
		if t, ok := r.at(day); ok {
			starts = append(starts, t)
		}
	}
	return starts
}

// Equal reports whether both rules give the same occurrences by the same
// pattern. It makes rules comparable for go-cmp.
func (r *Rule) Equal(other *Rule) bool {
	if r == nil || other == nil {
		return r == other
	}
	return r.allDay == other.allDay && r.start.Equal(other.start) &&
		r.start.Location().String() == other.start.Location().String() &&
		r.RRULE() == other.RRULE() && slices.EqualFunc(r.except, other.except, time.Time.Equal)
}

func (r *Rule) leavesOut(day time.Time) bool {
	_, found := slices.BinarySearchFunc(r.except, day, time.Time.Compare)
	return found
}

// dayOf gives the date that t shows, as a midnight in UTC. All days in this
// package are in that form.
func dayOf(t time.Time) time.Time {
	year, month, day := t.Date()
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}
