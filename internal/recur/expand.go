package recur

import (
	"iter"
	"time"

	"github.com/teambition/rrule-go"
)

type frequency int

const (
	daily frequency = iota + 1
	weekly
	monthly
	yearly
)

// A weekday is a day of the week; in a pattern by month or year, n is which
// of them, from the end if negative, and 0 for all.
type weekday struct {
	n   int
	day time.Weekday
}

// A pattern is how occurrences follow each other, without a beginning or an
// end. The names are those of RFC 5545.
type pattern struct {
	freq       frequency
	interval   int
	byMonth    []int
	byMonthDay []int
	byDay      []weekday
	bySetPos   []int
	weekStart  time.Weekday
}

// fromMonday counts the days since Monday, as calendars in Europe do.
func fromMonday(d time.Weekday) int { return (int(d) + 6) % 7 }

// period counts the periods of the pattern (interval days, weeks, months or
// years) from the one with the first day to the one with the other.
func (p pattern) period(first, day time.Time) int {
	var units int
	switch p.freq {
	case daily:
		units = daysBetween(first, day)
	case weekly:
		units = daysBetween(p.unitStart(first), p.unitStart(day)) / 7
	case monthly:
		units = (day.Year()-first.Year())*12 + int(day.Month()-first.Month())
	default:
		units = day.Year() - first.Year()
	}
	return units / p.interval
}

// periodStart gives the day on which the numbered period begins.
func (p pattern) periodStart(first time.Time, period int) time.Time {
	n := period * p.interval
	start := p.unitStart(first)
	switch p.freq {
	case daily:
		return start.AddDate(0, 0, n)
	case weekly:
		return start.AddDate(0, 0, 7*n)
	case monthly:
		return start.AddDate(0, n, 0)
	}
	return start.AddDate(n, 0, 0)
}

// unitStart gives the first day of the day, week, month or year of a day.
func (p pattern) unitStart(day time.Time) time.Time {
	switch p.freq {
	case daily:
		return day
	case weekly:
		return day.AddDate(0, 0, -(int(day.Weekday()-p.weekStart)+7)%7)
	case monthly:
		return day.AddDate(0, 0, 1-day.Day())
	}
	return day.AddDate(0, 0, 1-day.YearDay())
}

// daysBetween does not use time.Duration, which holds only 292 years.
func daysBetween(a, b time.Time) int { return int((b.Unix() - a.Unix()) / 86400) }

// days yields the days of the pattern in order, up to and including the last:
// all from the given day on, and perhaps some before. The pattern is reckoned
// from the first day. The work does not depend on how far from it that is.
//
// The library is always asked from the start of a period: asked from within a
// week or month, it would count BYSETPOS from there. If it finds nothing it
// goes on to the year 9999 and cannot be stopped; so it is asked about years
// near there, which are the same days, as the calendar repeats every 400 years.
func (p pattern) days(first, from, last time.Time) iter.Seq[time.Time] {
	return func(yield func(time.Time) bool) {
		if from.After(last) {
			return
		}
		if from.Before(first) {
			from = first
		}
		start := p.periodStart(first, p.period(first, from))
		later := (9999 - horizonYears - start.Year()) / 400 * 400
		option := p.option()
		option.Dtstart, option.Until = start.AddDate(later, 0, 0), last.AddDate(later, 0, 0)
		rule, err := rrule.NewRRule(option)
		if err != nil {
			return // the pattern was checked: it has no value out of range
		}
		next := rule.Iterator()
		for day, ok := next(); ok; day, ok = next() {
			day = day.AddDate(-later, 0, 0)
			if !day.Before(first) && !yield(day) {
				return
			}
		}
	}
}

func (p pattern) option() rrule.ROption {
	frequencies := [...]rrule.Frequency{daily: rrule.DAILY, weekly: rrule.WEEKLY, monthly: rrule.MONTHLY, yearly: rrule.YEARLY}
	weekdays := [...]rrule.Weekday{rrule.SU, rrule.MO, rrule.TU, rrule.WE, rrule.TH, rrule.FR, rrule.SA}
	option := rrule.ROption{
		Freq: frequencies[p.freq], Interval: p.interval, Wkst: weekdays[p.weekStart],
		Bymonth: p.byMonth, Bymonthday: p.byMonthDay, Bysetpos: p.bySetPos,
	}
	for _, d := range p.byDay {
		option.Byweekday = append(option.Byweekday, weekdays[d.day].Nth(d.n))
	}
	return option
}

// occurrences yields the days and the starts of all occurrences from a day on,
// in order, and perhaps some before; also of those that are left out.
func (r *Rule) occurrences(from time.Time) iter.Seq2[time.Time, time.Time] {
	return func(yield func(day, start time.Time) bool) {
		for day := range r.days(dayOf(r.start), from, r.end) {
			if t, ok := r.at(day); ok && !yield(day, t) {
				return
			}
		}
	}
}

// occurrence gives the start of the occurrence on a day.
func (r *Rule) occurrence(day time.Time) (time.Time, bool) {
	for d, t := range r.occurrences(day) {
		if !d.Before(day) {
			return t, d.Equal(day)
		}
	}
	return time.Time{}, false
}

// at gives the instant at which an occurrence on a day starts, and false if
// the calendar of the place skipped that day, as Samoa's did 30 December 2011.
func (r *Rule) at(day time.Time) (time.Time, bool) {
	if day.Equal(dayOf(r.start)) {
		return r.start, true // perhaps the second of a time that comes twice
	}
	var hour, minute, second int
	if !r.allDay {
		hour, minute, second = r.start.Clock()
	}
	wall := time.Date(day.Year(), day.Month(), day.Day(), hour, minute, second, 0, time.UTC)
	t, skipped := onClock(wall, r.start.Location())
	if skipped >= 24*time.Hour {
		return time.Time{}, false
	}
	return t, true
}

// onClock finds the instant at which clocks in loc show what wall shows in
// UTC: the first, if there are two. If the clocks skip that time, it is
// reckoned with the offset from before the change (RFC 5545 section 3.3.5),
// and skipped is how far they jump.
func onClock(wall time.Time, loc *time.Location) (t time.Time, skipped time.Duration) {
	year, month, day := wall.Date()
	hour, minute, second := wall.Clock()
	t = time.Date(year, month, day, hour, minute, second, 0, loc)
	_, offset := t.Zone()
	// In a gap, Go uses the offset from before the change or the one after.
	if shown := t.Add(time.Duration(offset) * time.Second).UTC(); shown.After(wall) {
		return t, shown.Sub(wall)
	} else if shown.Before(wall) {
		return t.Add(wall.Sub(shown)), wall.Sub(shown)
	}
	if change, _ := t.ZoneBounds(); !change.IsZero() {
		_, before := change.Add(-time.Second).Zone()
		if first := wall.Add(-time.Duration(before) * time.Second).In(loc); first.Before(change) {
			return first, 0
		}
	}
	return t, 0
}
