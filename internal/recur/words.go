package recur

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Words gives the rule in plain English, with everything that decides the
// dates: "every month on the first Tuesday", "every week on Monday and
// Thursday until 18 December 2025, except on 27 October 2025".
func (r *Rule) Words() string {
	text, space := r.phrase(), " "
	if r.skipsPeriods() {
		text, space = text+", where there is one", ", "
	}
	switch {
	case r.count == 1:
		text += ", once"
	case r.count > 1:
		text += fmt.Sprintf(", %d times", r.count)
	case !r.until.IsZero():
		text += space + "until " + shortDate(r.until)
	}
	if len(r.except) > 0 {
		text += ", except on " + list(each(r.except, shortDate), "and")
	}
	return text
}

// phrase gives the pattern in plain English.
func (p pattern) phrase() string {
	unit := [...]string{daily: "day", weekly: "week", monthly: "month", yearly: "year"}[p.freq]
	every := "every " + unit
	if p.interval > 1 {
		every = fmt.Sprintf("every %d %ss", p.interval, unit)
	}
	onlyIn := ""
	if len(p.byMonth) > 0 {
		onlyIn = ", only in " + p.months()
	}
	switch {
	case p.freq == yearly:
		return every + " on " + p.inYear()
	case p.freq == monthly:
		return every + " on " + p.chosen("", "") + onlyIn
	case p.freq == daily:
		return every + p.condition() + onlyIn
	case p.isMondayToFriday():
		return every + ", Monday to Friday" + onlyIn
	}
	return every + " on " + p.dayNames("and") + onlyIn
}

// condition is what limits the days of a daily pattern.
func (p pattern) condition() string {
	var conditions []string
	if len(p.byMonthDay) > 0 {
		conditions = append(conditions, p.dates("or"))
	}
	if len(p.byDay) > 0 {
		conditions = append(conditions, "a "+p.dayNames("or"))
	}
	if len(conditions) == 0 {
		return ""
	}
	return ", if that is " + list(conditions, "and")
}

// inYear names the days of a yearly pattern.
func (p pattern) inYear() string {
	if len(p.byMonth) > 0 {
		fromStart := !slices.ContainsFunc(p.byMonthDay, func(n int) bool { return n < 0 })
		if len(p.byMonth) == 1 && fromStart && len(p.byDay) == 0 && len(p.bySetPos) == 0 {
			return list(numerals(p.byMonthDay), "and") + " " + p.months()
		}
		return p.chosen(" of "+p.months(), " of "+p.months())
	}
	if len(p.byMonthDay) > 0 {
		return p.chosen(" of every month", " of the year")
	}
	return p.chosen(" of the year", " of the year")
}

// chosen names the days of a monthly or yearly pattern. The two texts say what
// days are numbered in: those of the month or week, and those of BYSETPOS.
func (p pattern) chosen(of, ofAll string) string {
	days := p.named(of)
	switch {
	case len(p.bySetPos) == 0:
		return days
	case p.isMondayToFriday() && len(p.byMonthDay) == 0 && len(p.byMonth) <= 1:
		return "the " + list(each(p.bySetPos, ordinalWord), "and") + " weekday" + ofAll
	}
	if p.freq == yearly {
		days = "in the year: " + days
	} else {
		days = "in the month: " + days
	}
	return "the " + list(each(p.bySetPos, ordinalWord), "and") + " of these days " + days
}

// named names the days of a monthly or yearly pattern before BYSETPOS.
func (p pattern) named(of string) string {
	numbered := len(p.byDay) > 0 && p.byDay[0].n != 0
	switch {
	case len(p.byDay) == 0:
		return p.dates("and") + of
	case len(p.byMonthDay) > 0 && numbered:
		return p.dates("or") + of + " if that is " + p.numberedDays("or")
	case len(p.byMonthDay) > 0:
		return p.dates("or") + of + " if that is a " + p.dayNames("or")
	case numbered:
		return p.numberedDays("and") + of
	case len(p.byMonth) == 0:
		of = ""
	}
	if p.isMondayToFriday() {
		return "every weekday" + of
	}
	return "every " + p.dayNames("and") + of
}

// dates gives "the 15th", "the 1st, 15th and last day".
func (p pattern) dates(word string) string {
	return "the " + list(each(p.byMonthDay, func(n int) string {
		if n < 0 {
			return ordinalWord(n) + " day"
		}
		return ordinal(n)
	}), word)
}

// dayNames gives "Monday and Thursday".
func (p pattern) dayNames(word string) string {
	return list(each(p.byDay, func(d weekday) string { return d.day.String() }), word)
}

// numberedDays gives "the second and fourth Thursday", "the first Tuesday and
// the last Friday".
func (p pattern) numberedDays(word string) string {
	var days []time.Weekday
	numbers := map[time.Weekday][]string{}
	for _, d := range p.byDay {
		if numbers[d.day] == nil {
			days = append(days, d.day)
		}
		numbers[d.day] = append(numbers[d.day], ordinalWord(d.n))
	}
	return list(each(days, func(d time.Weekday) string {
		return "the " + list(numbers[d], word) + " " + d.String()
	}), word)
}

func (p pattern) months() string {
	return list(each(p.byMonth, func(m int) string { return time.Month(m).String() }), "and")
}

func (p pattern) isMondayToFriday() bool {
	return slices.Equal(p.byDay, mondayToFriday)
}

var mondayToFriday = []weekday{{day: time.Monday}, {day: time.Tuesday}, {day: time.Wednesday}, {day: time.Thursday}, {day: time.Friday}}

// skipsPeriods reports that some months or years may lack a day that the
// pattern names, such as 31 June. They are passed over, which readers may not
// expect.
func (p pattern) skipsPeriods() bool {
	if p.freq < monthly || len(p.bySetPos) > 0 || len(p.byDay) > 0 && len(p.byMonthDay) > 0 {
		return false
	}
	most := 4
	if p.freq == yearly && len(p.byMonth) == 0 {
		most = 52
	}
	if slices.ContainsFunc(p.byDay, func(d weekday) bool { return d.n < -most || d.n > most }) {
		return true
	}
	shortest := 28
	for i, m := range p.byMonth {
		days := time.Date(2025, time.Month(m)+1, 0, 0, 0, 0, 0, time.UTC).Day() // no leap year
		if i == 0 || days < shortest {
			shortest = days
		}
	}
	return !within(p.byMonthDay, shortest)
}

// list joins texts as a sentence does: "a, b and c".
func list(texts []string, word string) string {
	if len(texts) < 2 {
		return strings.Join(texts, "")
	}
	last := len(texts) - 1
	return strings.Join(texts[:last], ", ") + " " + word + " " + texts[last]
}

func each[T any](values []T, text func(T) string) []string {
	texts := make([]string, 0, len(values))
	for _, v := range values {
		texts = append(texts, text(v))
	}
	return texts
}

// ordinal gives "1st", "22nd", "13th".
func ordinal(n int) string {
	suffix := "th"
	if n%100 < 11 || n%100 > 13 {
		switch n % 10 {
		case 1:
			suffix = "st"
		case 2:
			suffix = "nd"
		case 3:
			suffix = "rd"
		}
	}
	return strconv.Itoa(n) + suffix
}

// ordinalWord gives "first", "last", "second-last", "12th".
func ordinalWord(n int) string {
	switch {
	case n == -1:
		return "last"
	case n < 0:
		return ordinalWord(-n) + "-last"
	case n <= len(firstOrdinals):
		return firstOrdinals[n-1]
	}
	return ordinal(n)
}

var firstOrdinals = []string{"first", "second", "third", "fourth", "fifth"}
