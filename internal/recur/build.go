package recur

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// Limits that no event for people reaches.
const (
	maxCount = 10_000
	// The first whole year of the Gregorian calendar, in which all days here are
	// reckoned, and well before the year 9999, at which rrule-go stops.
	firstYear, lastYear = 1583, 9000
)

// intervals holds the widest interval of each frequency.
var intervals = [...]int{daily: 366, weekly: 104, monthly: 120, yearly: 50}

// build checks a pattern, whose numbers are all within the ranges of RFC 5545,
// and joins it to a start.
func build(p pattern, count int, until, start time.Time, allDay bool) (*Rule, *Error) {
	if start.Year() < firstYear || start.Year() > lastYear {
		return nil, &Error{Rule: RuleOutOfRange, Text: fmt.Sprintf("an event that repeats cannot start in the year %d", start.Year()),
			Hint: "write the start with the year that is meant"}
	}
	r := &Rule{start: start.Truncate(time.Second), allDay: allDay, pattern: p, count: count, until: until}
	first := dayOf(start)
	if allDay {
		r.start, _ = onClock(first, start.Location())
	}
	if err := r.checkInterval(); err != nil {
		return nil, err
	}
	r.complete(first)
	if err := r.checkStart(first); err != nil {
		return nil, err
	}
	if err := r.setEnd(first); err != nil {
		return nil, err
	}
	return r, nil
}

func (r *Rule) checkInterval() *Error {
	units := [...]string{daily: "day", weekly: "week", monthly: "month", yearly: "year"}
	if limit := intervals[r.freq]; r.interval < 1 || r.interval > limit {
		return &Error{Key: "every", Rule: RuleOutOfRange, Text: fmt.Sprintf("an event cannot repeat every %d %ss", r.interval, units[r.freq]),
			Hint: fmt.Sprintf("write a number from 1 to %d, or leave it out for every %s", limit, units[r.freq])}
	}
	return nil
}

// complete writes out what the pattern takes from the start, and puts it into
// a form that two equal patterns share.
func (p *pattern) complete(first time.Time) {
	if len(p.byDay) == 0 && len(p.byMonthDay) == 0 {
		switch p.freq {
		case weekly:
			p.byDay = []weekday{{day: first.Weekday()}}
		case yearly:
			if len(p.byMonth) == 0 {
				p.byMonth = []int{int(first.Month())}
			}
			fallthrough
		case monthly:
			p.byMonthDay = []int{first.Day()}
		}
	}
	p.byMonth = inOrder(p.byMonth)
	p.byMonthDay = inOrder(p.byMonthDay)
	p.bySetPos = inOrder(p.bySetPos)
	// "The second of all Tuesdays" is the second Tuesday. Outlook writes so.
	inMonth := p.freq == monthly || p.freq == yearly && len(p.byMonth) == 1
	if inMonth && len(p.byDay) == 1 && p.byDay[0].n == 0 && len(p.byMonthDay) == 0 && len(p.bySetPos) > 0 && within(p.bySetPos, 5) {
		day := p.byDay[0].day
		p.byDay = nil
		for _, n := range p.bySetPos {
			p.byDay = append(p.byDay, weekday{n, day})
		}
		p.bySetPos = nil
	}
	p.byDay = slices.Clone(p.byDay)
	slices.SortFunc(p.byDay, func(a, b weekday) int {
		return cmp.Or(fromStart(a.n, b.n), cmp.Compare(fromMonday(a.day), fromMonday(b.day)))
	})
	p.byDay = slices.Compact(p.byDay)
	if p.freq != weekly || p.interval == 1 || len(p.byDay) == 1 {
		p.weekStart = time.Monday // it changes nothing
	}
}

// inOrder sorts positions and drops repetitions.
func inOrder(positions []int) []int {
	sorted := slices.Clone(positions)
	slices.SortFunc(sorted, fromStart)
	return slices.Compact(sorted)
}

// fromStart puts positions that count from the end after those that count from
// the start.
func fromStart(a, b int) int {
	if (a < 0) != (b < 0) {
		return cmp.Compare(b, a)
	}
	return cmp.Compare(a, b)
}

func within(positions []int, limit int) bool {
	return !slices.ContainsFunc(positions, func(n int) bool { return n < -limit || n > limit })
}

// checkStart requires that the start is an occurrence. RFC 5545 section
// 3.8.5.3 leaves open what it means if it is not. The interval does not
// matter here: it is counted from the start, wherever that is.
func (r *Rule) checkStart(first time.Time) *Error {
	each := r.pattern
	each.interval = 1
	for day := range each.days(first, first, first.AddDate(horizonYears, 0, 0)) {
		if day.Equal(first) {
			return nil
		}
		return r.startDoesNotFit(day)
	}
	return &Error{Key: "on", Rule: RuleNever, Text: fmt.Sprintf("there is no date that is %q", r.phrase()),
		Hint: "check the day and the month: the day must exist, and all conditions must be able to hold at once"}
}

// setEnd finds the last day that may have an occurrence.
func (r *Rule) setEnd(first time.Time) *Error {
	r.end = first.AddDate(horizonYears, 0, 0)
	switch {
	case !r.until.IsZero():
		return r.setUntil(first)
	case r.count != 0:
		return r.setCount(first)
	}
	return nil
}

func (r *Rule) setUntil(first time.Time) *Error {
	if r.until.Before(first) {
		return &Error{Key: "until", Rule: RuleUntil, Text: fmt.Sprintf("the event repeats until %s, which is before it starts on %s", longDate(r.until), longDate(first)),
			Hint: "write the last day on which it may take place, or leave the end out if it has none"}
	}
	if r.until.After(r.end) {
		return &Error{Key: "until", Rule: RuleOutOfRange, Text: fmt.Sprintf("the event repeats until %s, more than %d years after its start", shortDate(r.until), horizonYears),
			Hint: "check the year, or leave the end out if the event has none"}
	}
	r.end = r.until
	return nil
}

func (r *Rule) setCount(first time.Time) *Error {
	n, last := 0, first
	for day := range r.occurrences(first) {
		n, last = n+1, day
		if n == r.count {
			r.end = last
			return nil
		}
	}
	return &Error{Rule: RuleOutOfRange, Text: fmt.Sprintf("%d occurrences take more than %d years", r.count, horizonYears),
		Hint: "write a smaller COUNT, or leave it out if the event has no end"}
}
