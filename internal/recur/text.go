package recur

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"bulletin/internal/diag"
)

// longestRule is more than any rule for an event needs.
const longestRule = 500

const ruleForms = `write "FREQ=WEEKLY;BYDAY=MO,TH" or "FREQ=MONTHLY;BYDAY=1TU"; or in words, "every: month" and "on: first Tuesday"`

// weekdayCodes are the names of days in RFC 5545, by time.Weekday.
var weekdayCodes = []string{"SU", "MO", "TU", "WE", "TH", "FR", "SA"}

// frequencyNames are the values of FREQ, by frequency.
var frequencyNames = []string{daily: "DAILY", weekly: "WEEKLY", monthly: "MONTHLY", yearly: "YEARLY"}

// Parse reads a rule as calendar files have it (RFC 5545 section 3.3.10), with
// or without "RRULE:" in front: "FREQ=MONTHLY;BYDAY=1TU".
//
// The first occurrence is at start, and its location is where the hour is kept
// on the clock. With allDay, only start's date counts. An UNTIL that is a date
// includes that day.
//
// FREQ may be DAILY, WEEKLY, MONTHLY or YEARLY; INTERVAL, COUNT, UNTIL,
// BYMONTH, BYMONTHDAY, BYDAY, BYSETPOS and WKST are read. What would give an
// event more than once a day, and days by number of week or year, are errors,
// as is a start that is not an occurrence. All errors are of type [*Error].
func Parse(text string, start time.Time, allDay bool) (*Rule, error) {
	parts, err := splitRule(text)
	if err != nil {
		return nil, err
	}
	rule := ruleParser{pattern: pattern{interval: 1, weekStart: time.Monday}}
	for _, part := range parts {
		if err := rule.read(part.name, part.value); err != nil {
			return nil, err
		}
	}
	if err := rule.check(); err != nil {
		return nil, err
	}
	var until time.Time
	if rule.until != "" {
		if until, err = lastDay(rule.until, start, allDay); err != nil {
			return nil, err
		}
	}
	r, err := build(rule.pattern, rule.count, until, start, allDay)
	if err != nil {
		err.Key = ""
		return nil, err
	}
	return r, nil
}

type rulePart struct{ name, value string }

// splitRule takes a rule apart at its semicolons.
func splitRule(text string) ([]rulePart, *Error) {
	upper := strings.ToUpper(strings.TrimSpace(text))
	upper = strings.TrimSuffix(strings.TrimPrefix(upper, "RRULE:"), ";")
	switch {
	case upper == "":
		return nil, &Error{Rule: RuleUnreadable, Text: "it is not said how the event repeats", Hint: ruleForms}
	case len(upper) > longestRule:
		return nil, &Error{Rule: RuleUnreadable, Text: quote(text) + " is too long for a rule", Hint: ruleForms}
	case strings.Contains(upper, "DTSTART") || strings.Contains(upper, "EXDATE") || strings.Contains(upper, "RDATE"):
		return nil, &Error{Rule: RuleUnreadable, Text: quote(text) + " is more than a rule",
			Hint: `write only what follows "RRULE:"; the first date is the event's start`}
	case !strings.Contains(upper, "="):
		return nil, &Error{Rule: RuleUnreadable, Text: quote(text) + " is not a calendar rule", Hint: ruleForms}
	}
	var parts []rulePart
	for text := range strings.SplitSeq(upper, ";") {
		name, value, found := strings.Cut(text, "=")
		name, value = strings.TrimSpace(name), strings.TrimSpace(value)
		if !found || name == "" || value == "" {
			return nil, &Error{Rule: RuleUnreadable, Text: fmt.Sprintf("%s in the rule is not a name and a value", quote(text)), Hint: ruleForms}
		}
		if slices.ContainsFunc(parts, func(p rulePart) bool { return p.name == name }) {
			return nil, &Error{Rule: RuleUnreadable, Text: fmt.Sprintf("the rule has %s twice", quote(name)), Hint: "write each part of the rule once"}
		}
		parts = append(parts, rulePart{name, value})
	}
	return parts, nil
}

// ruleParser collects the parts of a rule.
type ruleParser struct {
	pattern
	count int
	until string
}

// unsupported says what to do instead of the parts of RFC 5545 that are not
// read.
var unsupported = map[string]string{
	"BYHOUR":    `leave it out: the time is that of the start; an event at two times of day is two events`,
	"BYMINUTE":  `leave it out: the time is that of the start`,
	"BYSECOND":  `leave it out: the time is that of the start`,
	"BYWEEKNO":  `name the month and the day instead, as "FREQ=YEARLY;BYMONTH=3;BYDAY=1MO"`,
	"BYYEARDAY": `name the month and the day instead, as "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=15"`,
	"BYEASTER":  `write an event for each year: Easter has no rule in calendars`,
}

var readers = map[string]func(*ruleParser, string) *Error{
	"FREQ":     (*ruleParser).readFreq,
	"INTERVAL": func(p *ruleParser, v string) *Error { return number("INTERVAL", v, 1, 999, &p.interval) },
	"COUNT":    func(p *ruleParser, v string) *Error { return number("COUNT", v, 1, maxCount, &p.count) },
	"UNTIL":    func(p *ruleParser, v string) *Error { p.until = v; return nil },
	"BYMONTH":  func(p *ruleParser, v string) *Error { return numbers("BYMONTH", v, 12, false, &p.byMonth) },
	"BYMONTHDAY": func(p *ruleParser, v string) *Error {
		return numbers("BYMONTHDAY", v, 31, true, &p.byMonthDay)
	},
	"BYSETPOS": func(p *ruleParser, v string) *Error { return numbers("BYSETPOS", v, 366, true, &p.bySetPos) },
	"BYDAY":    (*ruleParser).readByDay,
	"WKST":     (*ruleParser).readWeekStart,
}

func (p *ruleParser) read(name, value string) *Error {
	if reader, ok := readers[name]; ok {
		return reader(p, value)
	}
	if hint, ok := unsupported[name]; ok {
		return &Error{Rule: RuleUnsupported, Text: name + " is not read in the rule of an event", Hint: hint}
	}
	names := slices.Sorted(maps.Keys(readers))
	return &Error{Rule: RuleUnreadable, Text: fmt.Sprintf("the rule has an unknown part %s", quote(name)) + didYouMean(name, names),
		Hint: "the parts are " + list(names, "and")}
}

func didYouMean(word string, candidates []string) string {
	if near := diag.Nearest(word, candidates); near != "" {
		return fmt.Sprintf(": did you mean %q?", near)
	}
	return ""
}

func (p *ruleParser) readFreq(value string) *Error {
	if i := slices.Index(frequencyNames, value); i > 0 {
		p.freq = frequency(i)
		return nil
	}
	if value == "HOURLY" || value == "MINUTELY" || value == "SECONDLY" {
		return &Error{Rule: RuleUnsupported, Text: fmt.Sprintf("FREQ=%s: an event cannot repeat more than once a day", value),
			Hint: `write "FREQ=DAILY", and the times of day as the event's programme`}
	}
	return &Error{Rule: RuleUnreadable, Text: fmt.Sprintf("%s after FREQ is not known", quote(value)) + didYouMean(value, frequencyNames[1:]),
		Hint: "write DAILY, WEEKLY, MONTHLY or YEARLY after FREQ="}
}

func (p *ruleParser) readByDay(value string) *Error {
	for text := range strings.SplitSeq(value, ",") {
		text = strings.TrimSpace(text)
		cut := max(0, len(text)-2)
		day := slices.Index(weekdayCodes, text[cut:])
		n, err := 0, error(nil)
		if cut > 0 {
			if n, err = strconv.Atoi(text[:cut]); n == 0 && err == nil {
				err = errors.New("there is no zeroth day")
			}
		}
		if day < 0 || err != nil {
			return &Error{Rule: RuleUnreadable, Text: fmt.Sprintf("%s after BYDAY is not a day of the week", quote(text)),
				Hint: "write MO, TU, WE, TH, FR, SA or SU, with a number in front for the first (1TU) or last (-1FR) of a month"}
		}
		p.byDay = append(p.byDay, weekday{n, time.Weekday(day)})
	}
	return nil
}

func (p *ruleParser) readWeekStart(value string) *Error {
	day := slices.Index(weekdayCodes, value)
	if day < 0 {
		return &Error{Rule: RuleUnreadable, Text: fmt.Sprintf("%s after WKST is not a day of the week", quote(value)), Hint: "write MO, or leave WKST out"}
	}
	p.weekStart = time.Weekday(day)
	return nil
}

func number(name, value string, low, high int, to *int) *Error {
	n, err := strconv.Atoi(value)
	if errors.Is(err, strconv.ErrSyntax) {
		return &Error{Rule: RuleUnreadable, Text: fmt.Sprintf("%s after %s is not a number", quote(value), name), Hint: fmt.Sprintf("write a number from %d to %d", low, high)}
	}
	if err != nil || n < low || n > high {
		return &Error{Rule: RuleOutOfRange, Text: fmt.Sprintf("%s=%s is out of range", name, value), Hint: fmt.Sprintf("write a number from %d to %d", low, high)}
	}
	*to = n
	return nil
}

// numbers reads a list of numbers from 1 to the highest, or from the end back
// to minus the highest if fromEnd is set.
func numbers(name, value string, highest int, fromEnd bool, to *[]int) *Error {
	low := 1
	if fromEnd {
		low = -highest
	}
	for text := range strings.SplitSeq(value, ",") {
		var n int
		if err := number(name, strings.TrimSpace(text), low, highest, &n); err != nil {
			return err
		}
		if n == 0 {
			return &Error{Rule: RuleOutOfRange, Text: name + "=0 is out of range", Hint: "write 1 for the first, -1 for the last"}
		}
		*to = append(*to, n)
	}
	return nil
}

// check refuses what RFC 5545 does, and what would not be understood.
func (p *ruleParser) check() *Error {
	numbered := slices.ContainsFunc(p.byDay, func(d weekday) bool { return d.n != 0 })
	plain := slices.ContainsFunc(p.byDay, func(d weekday) bool { return d.n == 0 })
	highest := 5
	if p.freq == yearly && len(p.byMonth) == 0 {
		highest = 53
	}
	problem := func(rule, text, hint string) *Error { return &Error{Rule: rule, Text: text, Hint: hint} }
	switch {
	case p.freq == 0:
		return problem(RuleUnreadable, "the rule does not say how often: it has no FREQ", `write "FREQ=DAILY", "FREQ=WEEKLY", "FREQ=MONTHLY" or "FREQ=YEARLY" in front`)
	case p.count != 0 && p.until != "":
		return problem(RuleUnclear, "the rule has both COUNT and UNTIL", "write one of the two: how many times, or until when")
	case numbered && p.freq < monthly:
		return problem(RuleUnclear, "the rule numbers the days of the week (as in 1TU), but does not repeat by month or year", `write "FREQ=MONTHLY" for the first Tuesday of each month, or "BYDAY=TU" for every Tuesday`)
	case numbered && plain:
		return problem(RuleUnclear, "in BYDAY, some days have a number and some do not", `give each a number, as in "BYDAY=1TU,1TH", or none`)
	case slices.ContainsFunc(p.byDay, func(d weekday) bool { return d.n < -highest || d.n > highest }):
		return problem(RuleOutOfRange, fmt.Sprintf("a number in BYDAY is out of range: there are at most %d", highest), fmt.Sprintf("write a number from 1 to %d, or from -1 for the last to -%d", highest, highest))
	case p.freq == weekly && len(p.byMonthDay) > 0:
		return problem(RuleUnclear, "a rule that repeats by week cannot name days of the month (BYMONTHDAY)", `write "FREQ=MONTHLY", or name days of the week with BYDAY`)
	case len(p.bySetPos) > 0 && p.freq < monthly:
		return problem(RuleUnsupported, "BYSETPOS is read only in a rule that repeats by month or year", "leave it out, and name the days with BYDAY")
	case len(p.bySetPos) > 0 && len(p.byDay) == 0 && len(p.byMonthDay) == 0:
		return problem(RuleUnclear, "BYSETPOS chooses among days, but the rule names none", `name the days too, as in "BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1" for the last weekday`)
	}
	return nil
}

// lastDay gives the last day on which an occurrence is not after UNTIL: a
// date, a time on the clock, or a time in UTC.
func lastDay(until string, start time.Time, allDay bool) (time.Time, *Error) {
	if day, err := time.Parse("20060102", until); err == nil {
		return day, nil
	}
	moment, err := time.Parse("20060102T150405Z", until)
	if err != nil {
		wall, err := time.Parse("20060102T150405", until)
		if err != nil {
			return time.Time{}, &Error{Rule: RuleUnreadable, Text: fmt.Sprintf("%s after UNTIL is not a date", quote(until)),
				Hint: `write the last day as year, month and day without spaces, as in "UNTIL=20251218"`}
		}
		moment, _ = onClock(wall, start.Location())
	}
	day := dayOf(moment.In(start.Location()))
	r := Rule{start: start.Truncate(time.Second), allDay: allDay}
	if t, ok := r.at(day); !allDay && ok && t.After(moment) {
		day = day.AddDate(0, 0, -1)
	}
	return day, nil
}

// RRULE gives the rule as calendar files have it, without "RRULE:" in front.
// The text is canonical: equal patterns give equal texts, and what the pattern
// takes from the start is written out. UNTIL is a date if the event is
// all-day, and otherwise in UTC, as RFC 5545 wants it. [Rule.Exceptions] are
// not part of it.
func (r *Rule) RRULE() string {
	parts := []string{"FREQ=" + frequencyNames[r.freq]}
	add := func(name string, values ...string) {
		if len(values) > 0 {
			parts = append(parts, name+"="+strings.Join(values, ","))
		}
	}
	if r.interval > 1 {
		add("INTERVAL", strconv.Itoa(r.interval))
	}
	add("BYMONTH", numerals(r.byMonth)...)
	add("BYMONTHDAY", numerals(r.byMonthDay)...)
	var days []string
	for _, d := range r.byDay {
		code := weekdayCodes[d.day]
		if d.n != 0 {
			code = strconv.Itoa(d.n) + code
		}
		days = append(days, code)
	}
	add("BYDAY", days...)
	add("BYSETPOS", numerals(r.bySetPos)...)
	if r.weekStart != time.Monday {
		add("WKST", weekdayCodes[r.weekStart])
	}
	switch {
	case r.count != 0:
		add("COUNT", strconv.Itoa(r.count))
	case !r.until.IsZero() && r.allDay:
		add("UNTIL", r.until.Format("20060102"))
	case !r.until.IsZero():
		add("UNTIL", r.untilInstant().UTC().Format("20060102T150405Z"))
	}
	return strings.Join(parts, ";")
}

// untilInstant gives the instant at which an occurrence on the last day would
// start.
func (r *Rule) untilInstant() time.Time {
	day := r.until
	for {
		if t, ok := r.at(day); ok {
			return t
		}
		day = day.AddDate(0, 0, -1)
	}
}

func numerals(numbers []int) []string {
	var texts []string
	for _, n := range numbers {
		texts = append(texts, strconv.Itoa(n))
	}
	return texts
}
