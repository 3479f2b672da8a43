// Package ukdate reads dates and times as people in the United Kingdom write
// them, and writes them in the style of GOV.UK.
//
// Every one of these is read:
//
//	2025-09-23                    2025-09-23 10:00           2025-09-23T10:00
//	23 September 2025             23rd September 2025        23 Sept 2025
//	Tuesday, 23 September 2025    Tuesday 23rd of September 2025 at 10am
//	23/09/2025                    23.9.2025 10.30am          23-09-2025 (the day first)
//	15 Oct 2025, 09:30 – 11:00    10am to 12 noon on 15 October 2025
//	September 2025                2025-09
//	2025-09-23T10:00:00+01:00     23 September 2025 10am BST
//
// Capitals, spaces and kinds of dash do not matter. What could be read in two
// ways is not guessed at: a date without a year, a year of two digits, and
// "midnight" beside a date are errors that say what to write instead.
//
// Reading needs neither a clock nor a time zone. A [Value] is a date on the
// wall; [Value.In] finds the instant.
package ukdate

import (
	"fmt"
	"time"
)

// Precision says how much of a date was written.
type Precision uint8

// The precisions, from the coarsest to the finest.
const (
	// Month is a month and a year: "September 2025".
	Month Precision = iota + 1
	// Day is a whole day: "23 September 2025".
	Day
	// Minute is a day and a time: "23 September 2025 10am".
	Minute
	// Second is a day and a time with seconds, as RFC 3339 writes it.
	Second
)

// Value is a date as written, which is not yet an instant. Values compare
// with ==. The zero Value is no date.
type Value struct {
	Year  int
	Month time.Month
	// Day is 1 when Precision is Month.
	Day int
	// Hour, Minute and Second are 0 when Precision is Month or Day.
	Hour, Minute, Second int
	Precision            Precision

	// End is the time of day after "to" in "10am to 11am", and HasEnd says
	// that there was one. An End that is not after the start means the next
	// day, or a slip: the caller decides. See [Value.At] and [Value.AddDays].
	End    Clock
	HasEnd bool

	// Offset is the difference from UTC in seconds, east positive, and
	// HasOffset says that one was written ("+01:00", "Z", "BST"). Zone is
	// "GMT" or "BST" if the offset was written so, and otherwise empty.
	Offset    int
	HasOffset bool
	Zone      string
}

// IsZero reports whether v is no date at all.
func (v Value) IsZero() bool { return v == Value{} }

// HasTime reports whether a time of day was written.
func (v Value) HasTime() bool { return v.Precision >= Minute }

// Clock gives the time of day; midnight if none was written.
func (v Value) Clock() Clock { return Clock{v.Hour, v.Minute, v.Second} }

// At gives the same day (the first, if v is a month) at another time, without
// an End. At(v.End) is the end of a range that ends on the day it began.
func (v Value) At(c Clock) Value {
	v.Hour, v.Minute, v.Second = c.Hour, c.Minute, c.Second
	v.Precision = max(v.Precision, Minute)
	if c.Second != 0 {
		v.Precision = Second
	}
	v.End, v.HasEnd = Clock{}, false
	return v
}

// AddDays gives the same time n days later on the calendar.
func (v Value) AddDays(n int) Value {
	v.Year, v.Month, v.Day = time.Date(v.Year, v.Month, v.Day+n, 0, 0, 0, 0, time.UTC).Date()
	return v
}

// Weekday gives the day of the week.
func (v Value) Weekday() time.Weekday { return v.civil().Weekday() }

// civil gives v's date and time as though it were in UTC.
func (v Value) civil() time.Time {
	return time.Date(v.Year, v.Month, v.Day, v.Hour, v.Minute, v.Second, 0, time.UTC)
}

// String gives v in a plain form that Parse reads as the same Value:
// "2025-09", "2025-09-23", "2025-09-23 10:00", "2025-09-23 10:00 to 12:00 BST",
// "2025-09-23T10:00:00+01:00".
func (v Value) String() string {
	switch v.Precision {
	case Month:
		return fmt.Sprintf("%04d-%02d", v.Year, v.Month)
	case Day:
		return fmt.Sprintf("%04d-%02d-%02d", v.Year, v.Month, v.Day)
	case Minute, Second:
		return v.timeString()
	}
	return ""
}

func (v Value) timeString() string {
	layout, separator := "15:04", " "
	if v.Precision == Second {
		layout = "15:04:05"
	}
	if v.HasOffset && v.Zone == "" {
		separator = "T"
	}
	s := v.civil().Format("2006-01-02" + separator + layout)
	if v.HasEnd {
		s += " to " + v.At(v.End).civil().Format(layout)
	}
	switch {
	case v.Zone != "":
		s += " " + v.Zone
	case v.HasOffset && v.HasEnd:
		s += " " + offsetString(v.Offset)
	case v.HasOffset:
		s += offsetString(v.Offset)
	}
	return s
}

func offsetString(seconds int) string {
	if seconds == 0 {
		return "Z"
	}
	sign := '+'
	if seconds < 0 {
		sign, seconds = '-', -seconds
	}
	return fmt.Sprintf("%c%02d:%02d", sign, seconds/3600, seconds/60%60)
}

// Clock is a time of day on a clock of 24 hours.
type Clock struct{ Hour, Minute, Second int }

// Seconds counts from midnight.
func (c Clock) Seconds() int { return c.Hour*3600 + c.Minute*60 + c.Second }

// Before reports whether c comes before d on one day.
func (c Clock) Before(d Clock) bool { return c.Seconds() < d.Seconds() }

// ClockRange is a time of day, or the time between two.
type ClockRange struct {
	Start, End Clock
	// HasEnd says that an end was written.
	HasEnd bool
}

// Error says in plain English why a text is no date or time. The caller adds
// the position.
type Error struct {
	// Rule is the error's stable short name, one of the constants below.
	Rule string
	// Text says what is wrong; Hint says what to write instead.
	Text, Hint string
}

// Error gives the text without the hint.
func (e *Error) Error() string { return e.Text }

// The rules that a date can break.
const (
	RuleNotADate    = "not-a-date"
	RuleNotATime    = "not-a-time"
	RuleNoYear      = "date-without-year"
	RuleShortYear   = "two-digit-year"
	RuleMonthFirst  = "month-before-day"
	RuleNoSuchDay   = "no-such-day"
	RuleNoSuchTime  = "no-such-time"
	RuleWeekday     = "wrong-weekday"
	RuleDateRange   = "range-of-days"
	RuleMidnight    = "unclear-midnight"
	RuleTimeSkipped = "clock-change-skips"
	RuleTimeTwice   = "clock-change-repeats"
	RuleZone        = "wrong-zone"
)
