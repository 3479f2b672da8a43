package ukdate

import (
	"fmt"
	"time"
)

// Long gives "Tuesday 23 September 2025".
func Long(t time.Time) string { return t.Format("Monday 2 January 2006") }

// Date gives "23 September 2025".
func Date(t time.Time) string { return t.Format("2 January 2006") }

// Short gives "23 Sep 2025".
func Short(t time.Time) string { return t.Format("2 Jan 2006") }

// MonthYear gives "September 2025".
func MonthYear(t time.Time) string { return t.Format("January 2006") }

// Time gives the time of day as the GOV.UK style guide has it: "10am",
// "10:30am", "midday", "midnight". Seconds are left out.
func Time(t time.Time) string { return Clock{t.Hour(), t.Minute(), 0}.Text() }

// DateTime gives "Tuesday 23 September 2025, 10am".
func DateTime(t time.Time) string { return Long(t) + ", " + Time(t) }

// Text gives the time of day as [Time] does.
func (c Clock) Text() string {
	switch {
	case c.Hour == 0 && c.Minute == 0:
		return "midnight"
	case c.Hour == 12 && c.Minute == 0:
		return "midday"
	}
	return displayClock(c)
}

// Text gives "10am", or "10am to midday".
func (r ClockRange) Text() string {
	if !r.HasEnd {
		return r.Start.Text()
	}
	return r.Start.Text() + " to " + r.End.Text()
}

// Span gives the time from start to end in full, in the words that need least
// reading: "Tuesday 23 September 2025, 10am to midday", and with both dates if
// it ends on another day. The end is shown in start's time zone.
func Span(start, end time.Time) string {
	end = end.In(start.Location())
	if !end.After(start) {
		return DateTime(start)
	}
	if SameDay(start, end) || Time(end) == "midnight" && SameDay(start, end.Add(-time.Minute)) {
		return DateTime(start) + " to " + Time(end)
	}
	return DateTime(start) + ", to " + DateTime(end)
}

// Days gives the days from first to last, both included, without saying the
// same month or year twice: "23 to 25 September 2025", "30 September to 2
// October 2025", "30 December 2025 to 2 January 2026".
func Days(first, last time.Time) string {
	last = last.In(first.Location())
	switch {
	case SameDay(first, last) || last.Before(first):
		return Date(first)
	case first.Year() != last.Year():
		return Date(first) + " to " + Date(last)
	case first.Month() != last.Month():
		return first.Format("2 January") + " to " + Date(last)
	}
	return first.Format("2") + " to " + Date(last)
}

// SameDay reports whether two times show the same date, each in its own zone.
func SameDay(a, b time.Time) bool {
	return a.Year() == b.Year() && a.YearDay() == b.YearDay()
}

// Text gives v as it is read aloud, with no more than was written:
// "September 2025", "23 September 2025", "23 September 2025, 10am to midday".
func (v Value) Text() string {
	switch v.Precision {
	case 0:
		return ""
	case Month:
		return MonthYear(v.civil())
	case Day:
		return Date(v.civil())
	}
	s := Date(v.civil()) + ", " + ClockRange{Start: v.Clock(), End: v.End, HasEnd: v.HasEnd}.Text()
	if v.Zone != "" {
		s += " " + v.Zone
	} else if v.HasOffset {
		s += " UTC"
		if v.Offset != 0 {
			s += offsetString(v.Offset)
		}
	}
	return s
}

// displayClock gives "10am", "10:30am", "12pm", "12am".
func displayClock(c Clock) string {
	half := "am"
	if c.Hour >= 12 {
		half = "pm"
	}
	hour := (c.Hour+11)%12 + 1
	if c.Minute == 0 {
		return fmt.Sprintf("%d%s", hour, half)
	}
	return fmt.Sprintf("%d:%02d%s", hour, c.Minute, half)
}

// hintClock gives a time that Parse reads beside a date.
func hintClock(c Clock) string {
	if c.Hour == 0 && c.Minute == 0 {
		return "00:00"
	}
	return c.Text()
}

// displayValue gives v without its end as a text that Parse reads.
func displayValue(v Value) string {
	if !v.HasTime() {
		return v.Text()
	}
	return Date(v.civil()) + " " + hintClock(v.Clock())
}
