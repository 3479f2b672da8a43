package recur

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// FromWords reads a rule in plain words.
//
// every is "day", "week", "fortnight", "month", "quarter" or "year", or the
// adverb ("weekly"); with a number, "2 weeks", "three months", "other week";
// "weekday" for Monday to Friday. What could be written in on may be
// written here instead: "Tuesday" is weekly, "first Tuesday" monthly.
//
// on is "Tuesday", "Mon, Wed and Fri", "Monday to Friday" by week; "first
// Tuesday", "second and fourth Thursday", "last weekday", "15th", "1st and
// 15th", "last day" by month or year; with "of March" by year, which is
// otherwise in the month of the start. If on is empty, the day is the start's.
//
// until is the last day that may have an occurrence, or zero for no end.
// except are days that have none. Of these days only the date counts that they
// show in their own location.
//
// Otherwise it is as [Parse]. All errors are of type [*Error], and have a Key
// unless the start is at fault by itself.
func FromWords(every, on string, until time.Time, except []time.Time, start time.Time, allDay bool) (*Rule, error) {
	p, err := readWords(every, on, start.Month())
	if err != nil {
		return nil, err
	}
	if !until.IsZero() {
		until = dayOf(until)
	}
	r, err := build(p, 0, until, start, allDay)
	if err != nil {
		if err.Key == "on" && len(split(on)) == 0 {
			err.Key = "every"
		}
		return nil, err
	}
	return r.Except(except...)
}

// readWords gives the pattern, which takes the month of the start if it is
// yearly and on names none.
func readWords(every, on string, month time.Month) (pattern, *Error) {
	p, rest, err := readEvery(every)
	if err != nil {
		return p, err
	}
	key, text, words := "on", on, split(on)
	if len(rest) > 0 {
		if len(words) > 0 {
			return p, &Error{Key: "on", Rule: RuleUnclear, Text: fmt.Sprintf("the days are said twice: in every (%s) and in on (%s)", quote(every), quote(on)),
				Hint: `write "every: week" or "every: month", and the days in "on" alone`}
		}
		key, text, words = "every", every, rest
	}
	if len(words) == 0 {
		return p, nil
	}
	days, err := readDays(text, words, key)
	if err != nil {
		return p, err
	}
	if p.freq == 0 {
		p.freq = days.frequency()
	}
	if err := p.apply(days, month); err != nil {
		err.Key = key
		return p, err
	}
	return p, nil
}

// unit is a word for a span of time.
type unit struct {
	freq     frequency
	interval int
}

var units = map[string]unit{
	"day": {daily, 1}, "days": {daily, 1}, "daily": {daily, 1},
	"week": {weekly, 1}, "weeks": {weekly, 1}, "weekly": {weekly, 1},
	"fortnight": {weekly, 2}, "fortnights": {weekly, 2}, "fortnightly": {weekly, 2},
	"month": {monthly, 1}, "months": {monthly, 1}, "monthly": {monthly, 1},
	"quarter": {monthly, 3}, "quarters": {monthly, 3}, "quarterly": {monthly, 3},
	"year": {yearly, 1}, "years": {yearly, 1}, "yearly": {yearly, 1}, "annually": {yearly, 1}, "annual": {yearly, 1},
}

var cardinals = map[string]int{
	"a": 1, "one": 1, "other": 2, "alternate": 2, "second": 2, "two": 2, "third": 3, "three": 3, "fourth": 4, "four": 4, "five": 5,
	"six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
}

const everyForms = `write "day", "week", "fortnight", "month", "quarter" or "year", with a number if need be, as in "2 weeks"`

// readEvery gives the frequency; or, if every names days, their words, and the
// frequency only if it is sure.
func readEvery(every string) (p pattern, rest []string, err *Error) {
	p = pattern{interval: 1, weekStart: time.Monday}
	words := split(every)
	for len(words) > 1 && (words[0] == "every" || words[0] == "each" || words[0] == "once") {
		words = words[1:]
	}
	if i := slices.Index(words, "on"); i > 0 {
		words, rest = words[:i], words[i+1:]
	}
	problem := func(rule, text, hint string) *Error { return &Error{Key: "every", Rule: rule, Text: text, Hint: hint} }
	if len(words) == 0 {
		return p, nil, problem(RuleUnreadable, "it is not said how often the event repeats", everyForms)
	}
	last := words[len(words)-1]
	switch strings.TrimSuffix(last, "s") {
	case "hour", "hourly", "minute", "second":
		if last != "second" || len(words) == 1 {
			return p, nil, problem(RuleUnsupported, quote(every)+": an event cannot repeat more than once a day", `write "day", and the times of day as the event's programme`)
		}
	case "biweekly", "bi-weekly", "bimonthly", "bi-monthly", "biannual", "biannually", "biennially":
		return p, nil, problem(RuleUnclear, quote(every)+" is read in two ways, as twice in that time or as every second", `write "2 weeks", "2 months" or "2 years", or name the days`)
	}
	if words[0] == "twice" {
		return p, nil, problem(RuleUnclear, quote(every)+" does not say on which days", `name the days: "every: week" and "on: Monday and Thursday"`)
	}
	if unit, ok := units[last]; ok && !namesDay(words) {
		n, err := howMany(words[:len(words)-1], every)
		p.freq, p.interval = unit.freq, unit.interval*n
		return p, rest, err
	}
	if _, err := strconv.Atoi(last); err == nil && len(words) == 1 {
		return p, nil, problem(RuleUnclear, quote(every)+" is a number without days, weeks or months", everyForms)
	}
	if words[0] == "other" || words[0] == "alternate" {
		p.freq, p.interval = weekly, 2
		words = words[1:]
	}
	return p, append(words, rest...), nil
}

// namesDay reports "last day" and "second day of the month", which end in the
// word for a span of time but are none.
func namesDay(words []string) bool {
	if len(words) < 2 {
		return false
	}
	_, number := numberNamed(words[0])
	_, cardinal := cardinals[words[0]]
	if _, err := strconv.Atoi(words[0]); err == nil {
		cardinal = true
	}
	return number && (words[1] == "day" && !cardinal || len(words) > 2)
}

func howMany(words []string, every string) (int, *Error) {
	if len(words) == 0 {
		return 1, nil
	}
	n, known := cardinals[words[0]]
	if !known {
		var err error
		n, err = strconv.Atoi(words[0])
		known = err == nil && n > -1000 && n < 1000
	}
	if len(words) > 1 || !known {
		return 0, &Error{Key: "every", Rule: RuleUnreadable, Text: quote(every) + " cannot be read as a span of time", Hint: everyForms}
	}
	return n, nil
}

// frequency gives how often days come that are named without a frequency.
func (d dayWords) frequency() frequency {
	switch {
	case len(d.months) > 0:
		return yearly
	case len(d.plain) > 0:
		return weekly
	}
	return monthly
}

// apply joins the days to the frequency, or says why they do not go together.
func (p *pattern) apply(days dayWords, month time.Month) *Error {
	if p.freq == daily && p.interval == 1 && len(days.plain) > 0 {
		p.freq = weekly
	}
	unclear := func(text, hint string) *Error { return &Error{Rule: RuleUnclear, Text: text, Hint: hint} }
	switch {
	case p.freq == daily:
		return unclear("an event that repeats by the day takes place on all days, and on cannot choose among them", `write "every: week" to choose days of the week, or leave on out`)
	case p.freq == weekly && (len(days.plain) == 0 || len(days.months) > 0):
		return unclear(quote(days.text)+" is not a day of the week", `write days such as "Tuesday and Thursday"; or "every: month", for "first Tuesday", "15th" or "last day"`)
	case p.freq == monthly && len(days.months) > 0:
		return unclear(fmt.Sprintf("%s names a month, but the event repeats by month", quote(days.text)), `write "every: year", or leave the month out`)
	case p.freq != weekly && len(days.plain) > 0:
		name := weekday{day: days.plain[0]}.day
		return unclear(fmt.Sprintf("%s does not say which %s of the month", quote(days.text), name), fmt.Sprintf(`write "first %s" or "last %[1]s"; or "every: week" if it is every %[1]s`, name))
	case p.freq == yearly && len(days.numbered)+len(days.dates)+len(days.positions) == 0:
		return unclear(fmt.Sprintf("%s does not say which day of the month", quote(days.text)), fmt.Sprintf(`write "15 %s" or "first Tuesday of %[1]s"`, time.Month(days.months[0])))
	}
	p.byDay, p.byMonthDay, p.bySetPos = slices.Clone(days.numbered), days.dates, days.positions
	for _, day := range days.plain {
		p.byDay = append(p.byDay, weekday{day: day})
	}
	if len(days.positions) > 0 {
		p.byDay = mondayToFriday
	}
	if p.freq == yearly {
		p.byMonth = days.months
		if len(p.byMonth) == 0 {
			p.byMonth = []int{int(month)}
		}
	}
	if len(p.byMonth) > 1 && len(p.bySetPos) > 0 {
		return unclear(quote(days.text)+" names more than one month", "write an event for each month")
	}
	return nil
}
