package ukdate

import (
	"fmt"
	"sort"
	"time"
)

// In finds the instant that v means in a time zone: for a day or a month, the
// instant at which it begins. If v has an offset of its own, loc only decides
// how the result is shown.
//
// When the clocks change, some local times do not exist and others come twice.
// Both are errors, of the type [*Error], that say what to write instead; so is
// "GMT" or "BST" on a day on which clocks in loc show the other.
func (v Value) In(loc *time.Location) (time.Time, error) {
	loc = orUTC(loc)
	if v.HasOffset {
		t := v.civil().Add(-time.Duration(v.Offset) * time.Second).In(loc)
		if err := v.checkZone(t); err != nil {
			return time.Time{}, err
		}
		return t, nil
	}
	if !v.HasTime() {
		t := dayStart(v, loc)
		if t.Day() != v.Day {
			return time.Time{}, &Error{RuleTimeSkipped, fmt.Sprintf("%s does not exist in %s: the calendar there skipped that day", Date(v.civil()), loc),
				fmt.Sprintf("write %q", Date(t))}
		}
		return t, nil
	}
	var matches []period
	periods := periodsAround(v, loc)
	for _, p := range periods {
		if p.contains(p.instant(v)) {
			matches = append(matches, p)
		}
	}
	switch len(matches) {
	case 1:
		return matches[0].instant(v).In(loc), nil
	case 0:
		return time.Time{}, v.skipped(periods, loc)
	}
	return time.Time{}, v.twice(matches[0], matches[1], loc)
}

// Until finds the first instant after v: the next midnight for a day, the
// first of the next month for a month, and the instant itself for a time. It
// is when something that runs "until 30 September 2025" is over.
func (v Value) Until(loc *time.Location) (time.Time, error) {
	switch v.Precision {
	case Month:
		v.Month++ // time.Date carries December over
		return dayStart(v, orUTC(loc)), nil
	case Day:
		return dayStart(v.AddDays(1), orUTC(loc)), nil
	}
	return v.In(loc)
}

func orUTC(loc *time.Location) *time.Location {
	if loc == nil {
		return time.UTC
	}
	return loc
}

// A period is a stretch of time with one offset. A zero start or end is open.
type period struct {
	start, end time.Time
	offset     int // seconds east of UTC
}

// instant gives the moment at which clocks with the period's offset show v.
func (p period) instant(v Value) time.Time {
	return v.civil().Add(-time.Duration(p.offset) * time.Second)
}

// clock is a zone in which it is always as in the period.
func (p period) clock() *time.Location { return time.FixedZone("", p.offset) }

func (p period) contains(t time.Time) bool {
	return (p.start.IsZero() || !t.Before(p.start)) && (p.end.IsZero() || t.Before(p.end))
}

// periodsAround gives all periods that could hold v, in their order. A day and
// a half either way covers every offset that a clock has had, and no clock has
// been changed twice in six hours.
//
// It looks for the changes itself: time.Time.ZoneBounds, as of Go 1.26, can end a
// period too early on the last day of a leap year, and then never gets past it.
func periodsAround(v Value, loc *time.Location) []period {
	const margin, step = 36 * time.Hour, 6 * time.Hour
	offsetAt := func(t time.Time) int {
		_, offset := t.In(loc).Zone()
		return offset
	}
	first, last := v.civil().Add(-margin), v.civil().Add(margin)
	periods := []period{{offset: offsetAt(first)}}
	for t := first; t.Before(last); t = t.Add(step) {
		before, after := offsetAt(t), offsetAt(t.Add(step))
		if before == after {
			continue
		}
		seconds := sort.Search(int(step/time.Second), func(n int) bool {
			return offsetAt(t.Add(time.Duration(n)*time.Second)) != before
		})
		change := t.Add(time.Duration(seconds) * time.Second)
		periods[len(periods)-1].end = change
		periods = append(periods, period{start: change, offset: after})
	}
	return periods
}

// dayStart gives the first instant whose local date is v's or later. That is
// not always midnight: some zones change their clocks then.
func dayStart(v Value, loc *time.Location) time.Time {
	v.Hour, v.Minute, v.Second = 0, 0, 0
	periods := periodsAround(v, loc)
	for _, p := range periods {
		t := p.instant(v)
		if p.end.IsZero() || t.Before(p.end) {
			if t.Before(p.start) {
				t = p.start
			}
			return t.In(loc)
		}
	}
	return periods[len(periods)-1].instant(v).In(loc)
}

// withOffset is RFC 3339 with UTC as "+00:00", so that two offsets compare.
const withOffset = "2006-01-02T15:04:05-07:00"

// skipped explains a time that the clocks jump over.
func (v Value) skipped(periods []period, loc *time.Location) error {
	for i, p := range periods[1:] {
		before := periods[i]
		if before.instant(v).Before(before.end) || !p.instant(v).Before(p.start) {
			continue
		}
		t := before.instant(v).In(loc) // moved on by as much as the clocks
		return &Error{RuleTimeSkipped, fmt.Sprintf("%s does not exist in %s: the clocks go forward from %s to %s", displayValue(v), loc,
			changeTime(before.end.In(before.clock()), v), changeTime(before.end.In(loc), v)),
			fmt.Sprintf("write %q, or give the offset from UTC: %s", displayValue(valueOf(t)), t.In(before.clock()).Format(withOffset))}
	}
	return &Error{RuleTimeSkipped, fmt.Sprintf("%s does not exist in %s", displayValue(v), loc), "give the offset from UTC: " + v.civil().Format(withOffset)}
}

// twice explains a time that the clocks show twice.
func (v Value) twice(first, second period, loc *time.Location) error {
	change := first.end
	return &Error{RuleTimeTwice, fmt.Sprintf("%s comes twice in %s: the clocks go back from %s to %s", displayValue(v), loc,
		changeTime(change.In(first.clock()), v), changeTime(change.In(second.clock()), v)),
		fmt.Sprintf("give the offset from UTC: write %s for the first time, or %s for the second",
			first.instant(v).In(first.clock()).Format(withOffset), second.instant(v).In(second.clock()).Format(withOffset))}
}

// changeTime shows what a clock shows at a change, with the date if it is not
// the day of v.
func changeTime(t time.Time, v Value) string {
	if t.Day() == v.Day {
		return Time(t)
	}
	return Time(t) + " on " + Date(t)
}

// checkZone holds "GMT" and "BST" against what clocks show at t, where they
// show one of the two.
func (v Value) checkZone(t time.Time) error {
	shown, _ := t.Zone()
	if v.Zone == "" || shown == v.Zone || shown != "GMT" && shown != "BST" {
		return nil
	}
	plain := v
	plain.HasOffset, plain.Zone = false, ""
	return &Error{RuleZone, fmt.Sprintf("on %s clocks in %s show %s, not %s", Date(t), t.Location(), shown, v.Zone),
		fmt.Sprintf("leave %s out: %q; if %s is meant, write %q", v.Zone, displayValue(plain), v.Zone, displayValue(valueOf(t)))}
}

// valueOf gives the date and time that clocks show at t.
func valueOf(t time.Time) Value {
	v := Value{Year: t.Year(), Month: t.Month(), Day: t.Day(), Hour: t.Hour(), Minute: t.Minute(), Second: t.Second(), Precision: Minute}
	if v.Second != 0 {
		v.Precision = Second
	}
	return v
}
