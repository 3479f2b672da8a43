package ukdate

import "fmt"

// A reading is a time of day as written, before "10" in "10–11am" is settled.
type reading struct {
	Clock
	half     int  // 'a' or 'p' for am or pm written after it, else 0
	bare     bool // only an hour: no time unless it is part of a range
	seconds  bool // seconds were written
	midnight bool // "midnight" or "12am": the start of the day, or its end?
}

// ParseClock reads one time of day: "10:00", "10am", "10.30 am", "12 noon",
// "midday", "midnight" (00:00).
func ParseClock(s string) (Clock, error) {
	r, err := ParseClockRange(s)
	if err != nil {
		return Clock{}, err
	}
	if r.HasEnd {
		return Clock{}, &Error{RuleNotATime, fmt.Sprintf("%s is two times, and one is asked for here", quote(s)),
			fmt.Sprintf("write one time, such as %q", r.Start.Text())}
	}
	return r.Start, nil
}

// ParseClockRange reads a time of day, or two with a dash or "to" between
// them: "10:00am–12:00pm", "10 to 11.30am". An end that is not after the
// start is left as it is.
func ParseClockRange(s string) (ClockRange, error) {
	p := newParser(s)
	if len(s) <= longest {
		r, _, err := p.clockRange()
		if err != nil {
			return ClockRange{}, err
		}
		if r != nil && p.done() {
			return *r, nil
		}
	}
	return ClockRange{}, notATime(s)
}

// clockRange reads one or two times. It gives nil where there is none. The
// reading is that of the start (its seconds are those of either).
func (p *parser) clockRange() (*ClockRange, reading, *Error) {
	mark := p.i
	p.word("from")
	start, ok, err := p.clock()
	if err != nil || !ok {
		p.i = mark
		return nil, start, err
	}
	if p.offsetAhead(start) || !p.word("-", "to", "until", "till") {
		if start.bare {
			p.i = mark
			return nil, start, nil
		}
		return &ClockRange{Start: start.Clock}, start, nil
	}
	end, ok, err := p.clock()
	if err != nil || !ok || start.bare && end.bare {
		p.i = mark
		return nil, start, err
	}
	settle(&start, &end)
	start.seconds = start.seconds || end.seconds
	start.midnight = false // an end makes plain which midnight is meant
	return &ClockRange{Start: start.Clock, End: end.Clock, HasEnd: true}, start, nil
}

// settle gives the half of the day that was written at one end of a range to
// the other: "2:00–4:00pm" and "2pm–4" are both from 14:00 to 16:00, and
// "10–12pm" is from 10:00 to 12:00.
func settle(start, end *reading) {
	switch {
	case start.half == 0 && end.half != 0 && 1 <= start.Hour && start.Hour <= 12:
		early, late := start.Clock, start.Clock
		early.Hour, late.Hour = start.Hour%12, start.Hour%12+12
		same, other := early, late
		if end.half == 'p' {
			same, other = late, early
		}
		start.Clock = same
		if !same.Before(end.Clock) {
			start.Clock = other
		}
	case start.half != 0 && end.half == 0 && 1 <= end.Hour && end.Hour <= 12:
		early, late := end.Clock, end.Clock
		early.Hour, late.Hour = end.Hour%12, end.Hour%12+12
		end.Clock = early
		if !start.Before(early) && start.Before(late) {
			end.Clock = late
		}
	}
}

// clock reads one time of day, or a bare hour. It reports false where there
// is none, and an error where there is one that no clock shows.
func (p *parser) clock() (r reading, ok bool, err *Error) {
	switch {
	case p.word("noon", "midday"):
		return reading{Clock: Clock{Hour: 12}, half: 'p'}, true, nil
	case p.word("midnight"):
		return reading{half: 'a', midnight: true}, true, nil
	case p.peek(0).kind != '0' || p.peek(0).digits() > 2:
		return r, false, nil
	}
	mark := p.i
	r.Hour, r.bare = p.peek(0).n, true
	p.i++
	if (p.is(":0") || p.is(".0")) && p.peek(1).digits() == 2 {
		r.Minute, r.bare = p.peek(1).n, false
		p.i += 2
		if p.is(":0") && p.peek(1).digits() == 2 {
			r.Clock.Second, r.seconds = p.peek(1).n, true
			p.i += 2
			if p.is(".0") {
				p.i += 2 // parts of a second say nothing here
			}
		}
	}
	written := fmt.Sprintf("%02d:%02d", r.Hour, r.Minute)
	if r.bare {
		written = fmt.Sprint(r.Hour)
	}
	switch {
	case p.meridiem('a'):
		r.half, r.bare = 'a', false
		written += "am"
	case p.meridiem('p'):
		r.half, r.bare = 'p', false
		written += "pm"
	case r.Hour == 12 && r.Minute == 0 && p.word("noon", "midday"):
		r.half, r.bare = 'p', false
	case r.Hour == 12 && r.Minute == 0 && p.word("midnight"):
		r.half, r.bare = 'a', false
	case r.bare && r.Hour > 23:
		p.i = mark
		return r, false, nil
	}
	err = r.check(written)
	return r, err == nil, err
}

// meridiem takes "am" or "a.m." (or "pm") if it comes next.
func (p *parser) meridiem(half rune) bool {
	h := string(half)
	if p.word(h + "m") {
		return true
	}
	if p.is("a.a") && p.peek(0).text == h && p.peek(2).text == "m" {
		p.i += 3
		p.word(".")
		return true
	}
	return false
}

// check puts the hour on a clock of 24 hours, or says why it cannot.
func (r *reading) check(written string) *Error {
	h, m := r.Hour, r.Minute
	switch {
	case m > 59 || r.Clock.Second > 59:
		return &Error{RuleNoSuchTime, fmt.Sprintf("there is no time %s: an hour has 60 minutes, counted from 00 to 59", written),
			`write a time such as "10:30am" or "14:30"`}
	case h == 24 && r.half == 0:
		return &Error{RuleNoSuchTime, fmt.Sprintf("there is no time %s on a clock", written),
			`write "11:59pm" for the end of the day, or "00:00" and the date of the next day`}
	case h > 23:
		return &Error{RuleNoSuchTime, fmt.Sprintf("there is no time %s: a day has 24 hours", written),
			`write a time such as "10:30am" or "14:30"`}
	case r.half != 0 && (h > 12 || h == 0):
		return &Error{RuleNoSuchTime, fmt.Sprintf("there is no time %s: am and pm go with the hours 1 to 12", written),
			fmt.Sprintf("write %q or %q", Clock{h, m, 0}.Text(), fmt.Sprintf("%02d:%02d", h, m))}
	case r.half == 'a' && h == 12:
		r.Hour = 0
		r.midnight = m == 0
	case r.half == 'p' && h < 12:
		r.Hour += 12
	}
	return nil
}

func notATime(s string) *Error {
	if len(lex(s)) == 0 {
		return &Error{RuleNotATime, "there is no time here", `write a time such as "10am", "10:30am", "14:30" or "midday"`}
	}
	return &Error{RuleNotATime, quote(s) + " is not a time that can be read",
		`write a time such as "10am", "10:30am", "14:30" or "midday", or two with "to" between them: "10am to 11:30am"`}
}
