package ukdate

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"bulletin/internal/diag"
)

const dateForms = `write a day such as "23 September 2025" or "23/09/2025", a day and time such as "23 September 2025 10:30am", or a month such as "September 2025"`

// quote shows what was written, shortened if need be.
func quote(s string) string {
	s = strings.Join(strings.Fields(strings.ToValidUTF8(s, "\uFFFD")), " ")
	if utf8.RuneCountInString(s) > 60 {
		s = string([]rune(s)[:59]) + "…"
	}
	return `"` + s + `"`
}

// explain says why the text is no date, as exactly as can be told.
func (p *parser) explain() *Error {
	written := quote(p.source)
	problem := func(text, hint string) *Error { return &Error{RuleNotADate, text, hint} }
	words := p.words()
	switch {
	case len(p.tokens) == 0:
		return problem("there is no date here", dateForms)
	case len(p.source) > longest:
		return problem(written+" is too long to be a date", dateForms)
	case has(words, "spring", "summer", "autumn", "winter", "easter", "christmas", "term", "half"):
		return problem(written+" is a time of year, not a date", `write a month, such as "June 2025", or a day, such as "23 September 2025"`)
	case has(words, "today", "tomorrow", "yesterday", "next", "last", "this", "now", "soon"):
		return problem(written+" means another date on another day", "write the date itself: "+strings.TrimPrefix(dateForms, "write "))
	case p.i == 0 && p.yearSpan():
		return problem(written+" is a span of two years, not a date", `write the month or the day that is meant, such as "April 2025" or "1 September 2025"`)
	case len(p.tokens) == 1 && p.peek(0).digits() == 4:
		return problem(written+" is a year without a month", fmt.Sprintf(`write a month, such as "September %s", or a day, such as "23 September %[1]s"`, p.peek(0).text))
	case len(p.tokens) == 1 && p.peek(0).digits() == 8 && checkDay(packed(p.peek(0).n)) == nil:
		return problem(written+" needs dashes to be read as a date", fmt.Sprintf("write %q", packed(p.peek(0).n)))
	}
	if _, ok := newParser(p.source).weekday(); ok && len(words) == len(p.tokens) && len(words) == 1 {
		return problem(written+" is a day of the week without a date", dateForms)
	}
	for _, word := range words {
		if near := misspelt(word); near != "" {
			return problem(fmt.Sprintf("%s is not a date that can be read: did you mean %q?", written, near), dateForms)
		}
	}
	return problem(written+" is not a date that can be read", dateForms)
}

// yearSpan reports "2025/26", "2025-26" and "2025-2026".
func (p *parser) yearSpan() bool {
	if len(p.tokens) != 3 || p.peek(0).digits() != 4 || p.peek(1).kind != '/' && p.peek(1).kind != '-' {
		return false
	}
	first, second := p.peek(0).n, p.peek(2)
	return second.digits() == 2 && second.n == (first+1)%100 || second.digits() == 4 && second.n > first
}

func (p *parser) words() []string {
	var words []string
	for _, t := range p.tokens {
		if t.kind == 'a' {
			words = append(words, t.text)
		}
	}
	return words
}

func has(words []string, wanted ...string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return slices.Contains(wanted, w) })
}

// misspelt gives the month or day of the week that a word of five letters or
// more is close to but is not.
func misspelt(word string) string {
	names := slices.Concat(monthNames, weekdayNames)
	if len(word) < 5 || len(word) > 12 || slices.Contains(names, word) {
		return ""
	}
	near := diag.Nearest(word, names)
	if near == "" {
		return ""
	}
	return strings.ToUpper(near[:1]) + near[1:]
}

// packed takes 20250923 apart.
func packed(n int) Value {
	return Value{Year: n / 10000, Month: time.Month(n / 100 % 100), Day: n % 100, Precision: Day}
}

// afterDate says what is wrong with what follows a date.
func (p *parser) afterDate(v Value) *Error {
	var texts []string
	for _, t := range p.tokens[min(p.i, len(p.tokens)):] {
		texts = append(texts, t.text)
	}
	left := quote(strings.Join(texts, " "))
	if v.HasTime() {
		return &Error{RuleNotADate, fmt.Sprintf("%s: %s after the date and time cannot be read", quote(p.source), left),
			fmt.Sprintf("write only the date and time: %q", displayValue(v))}
	}
	if v.Precision == Month {
		return &Error{RuleNotADate, fmt.Sprintf("%s: %s after the month cannot be read", quote(p.source), left), dateForms}
	}
	return &Error{RuleNotATime, fmt.Sprintf("%s: %s after the date is not a time that can be read", quote(p.source), left),
		fmt.Sprintf(`write the date alone, "%s", or with a time, "%[1]s 10:30am"`, displayValue(v))}
}

func (p *parser) rangeOfDays() *Error {
	return &Error{RuleDateRange, quote(p.source) + " is more than one day, and one is asked for here",
		`write the first day here, such as "23 September 2025"; the last day is written where the end is asked for`}
}

func (p *parser) noYear(v Value) *Error {
	// A day that a month never has is the greater mistake; 2024 was a leap year.
	example := Value{Year: 2024, Month: v.Month, Day: v.Day, Precision: Day}
	if err := checkDay(example); err != nil {
		return &Error{RuleNoSuchDay, fmt.Sprintf("%s: there is no such day", quote(p.source)), dateForms}
	}
	shown := v.Month.String()
	if v.Precision != Month {
		shown = fmt.Sprintf("%d %s", v.Day, v.Month)
	}
	return &Error{RuleNoYear, quote(p.source) + " has no year",
		fmt.Sprintf(`write the year too: "%s YYYY", with the year that you mean in place of YYYY`, shown)}
}

func (p *parser) shortYear(v Value) *Error {
	if v.Year >= 100 {
		return &Error{RuleNotADate, fmt.Sprintf("%s: there is no year %04d here", quote(p.source), v.Year), dateForms}
	}
	v.Year = fullYear(v.Year)
	if err := checkDay(v); err != nil {
		return err
	}
	return &Error{RuleShortYear, quote(p.source) + " has a year of two digits",
		fmt.Sprintf("write the year with four digits, such as %q", displayValue(v))}
}

func fullYear(year int) int {
	if year < 100 {
		return 2000 + year
	}
	return year
}

// checkDay says whether the day is on the calendar.
func checkDay(v Value) *Error {
	if v.Month < 1 || v.Month > 12 {
		return &Error{RuleNoSuchDay, fmt.Sprintf("there is no month %d", v.Month),
			`write "23/09/2025" (day, month, year), "2025-09-23" (year, month, day) or "23 September 2025"`}
	}
	days := time.Date(v.Year, v.Month+1, 0, 0, 0, 0, 0, time.UTC).Day()
	if 1 <= v.Day && v.Day <= days {
		return nil
	}
	month := v.Month.String()
	if v.Month == time.February {
		month = fmt.Sprintf("February %d", v.Year)
	}
	last := Value{Year: v.Year, Month: v.Month, Day: days, Precision: Day}
	return &Error{RuleNoSuchDay, fmt.Sprintf("there is no %d %s %d: %s has %d days", v.Day, v.Month, v.Year, month, days),
		fmt.Sprintf("write a day from 1 to %d; the last is %q", days, displayValue(last))}
}

func wrongWeekday(v Value, written time.Weekday) *Error {
	// The nearest day of that name: three days before to three days after.
	shift := (int(written)-int(v.Weekday())+10)%7 - 3
	day := v
	day.Precision = Day
	return &Error{RuleWeekday, fmt.Sprintf("%s is a %s, not a %s", displayValue(day), v.Weekday(), written),
		fmt.Sprintf("write %q if the date is right, or %q if the day of the week is", Long(day.civil()), Long(day.AddDays(shift).civil()))}
}

// checkMidnight refuses "30 September 2025 midnight": readers take it for the
// end of that day, clocks for its start.
func (p *parser) checkMidnight(v Value, start reading) *Error {
	if !start.midnight {
		return nil
	}
	day := v
	day.Precision = Day
	return &Error{RuleMidnight, fmt.Sprintf("%s: midnight could be the start or the end of that day", quote(p.source)),
		fmt.Sprintf(`write "%s 11:59pm" for the end of the day, or "%[1]s 00:00" for its start`, displayValue(day))}
}
