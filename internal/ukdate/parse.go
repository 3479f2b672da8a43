package ukdate

import (
	"fmt"
	"strings"
	"time"
)

// Parse reads a date, with or without a time. The whole of s must be a date.
// Its errors are of the type [*Error].
func Parse(s string) (Value, error) {
	p := newParser(s)
	if len(s) > longest {
		return Value{}, p.explain()
	}
	v, err := p.value()
	if err != nil {
		return Value{}, err
	}
	return *v, nil
}

// value reads a date with what goes before and after it.
func (p *parser) value() (*Value, *Error) {
	if v, err := p.clockThenDate(); v != nil || err != nil {
		return v, err
	}
	v, err := p.day()
	if err != nil {
		return nil, err
	}
	if v == nil {
		return nil, p.explain()
	}
	if p.done() {
		return v, nil
	}
	if p.secondDay() {
		return nil, p.rangeOfDays()
	}
	dated := p.i
	p.word(",", "|")
	p.word("at", "@", "-")
	isoTime := p.word("t")
	r, start, err := p.clockRange()
	switch {
	case err != nil:
		return nil, err
	case r == nil:
		p.i = dated
		return nil, p.afterDate(*v)
	case v.Precision == Month:
		return nil, &Error{RuleNotADate, quote(p.source) + " has a time but no day",
			`write the day too, such as "23 September 2025 10am"`}
	}
	v.setClock(r, start)
	if err := p.zone(v, isoTime || start.seconds); err != nil {
		return nil, err
	}
	if !p.done() {
		return nil, p.afterDate(*v)
	}
	return v, p.checkMidnight(*v, start)
}

// clockThenDate reads "10am to 11am on 23 September 2025". It gives nil and
// moves nowhere if s is not of that form.
func (p *parser) clockThenDate() (*Value, *Error) {
	mark := p.i
	r, start, err := p.clockRange()
	if r == nil || err != nil {
		p.i = mark
		return nil, nil
	}
	zoned := Value{}
	if p.zone(&zoned, start.seconds) != nil {
		p.i = mark
		return nil, nil
	}
	p.word(",")
	p.word("on")
	v, err := p.day()
	if err != nil || v == nil || v.Precision != Day || !p.done() {
		timeOnly := v == nil && p.done()
		p.i = mark
		if timeOnly {
			return nil, &Error{RuleNotADate, quote(p.source) + " is a time without a date",
				`write the date too, such as "23 September 2025 ` + hintClock(r.Start) + `"`}
		}
		return nil, nil
	}
	v.setClock(r, start)
	v.Offset, v.HasOffset, v.Zone = zoned.Offset, zoned.HasOffset, zoned.Zone
	return v, p.checkMidnight(*v, start)
}

func (v *Value) setClock(r *ClockRange, start reading) {
	v.Hour, v.Minute, v.Second = r.Start.Hour, r.Start.Minute, r.Start.Second
	v.End, v.HasEnd = r.End, r.HasEnd
	v.Precision = Minute
	if start.seconds {
		v.Precision = Second
	}
}

// offsetAhead reports that a dash after a time begins a difference from UTC
// and not the end of a range: "T10:00-05:00" and "10:00:00 -0500", where
// people write no ranges.
func (p *parser) offsetAhead(start reading) bool {
	if !p.is("-0") {
		return false
	}
	behindT := false
	for k := p.i - 1; k >= 0 && !behindT; k-- {
		behindT = p.tokens[k].text == "t"
	}
	return behindT || start.seconds || p.peek(1).digits() == 4
}

// zone reads "Z", "GMT", "BST", "UTC" or a difference from UTC, if any of
// them comes next.
func (p *parser) zone(v *Value, minus bool) *Error {
	mark := p.i
	bracket := p.word("(")
	switch {
	case p.word("gmt"):
		v.HasOffset, v.Zone = true, "GMT"
	case p.word("bst"):
		v.HasOffset, v.Zone, v.Offset = true, "BST", 3600
	case p.word("utc", "z"):
		v.HasOffset = true
	case p.is("+0") || p.is("-0") && (minus || p.peek(1).digits() == 4):
		return p.offset(v)
	}
	if bracket && (!v.HasOffset || !p.word(")")) {
		p.i = mark
		v.HasOffset, v.Zone, v.Offset = false, "", 0
	}
	return nil
}

// offset reads "+01:00", "+0100" or "+01" (RFC 3339, section 5.6, and ISO 8601).
func (p *parser) offset(v *Value) *Error {
	sign := 1
	if p.peek(0).kind == '-' {
		sign = -1
	}
	n := p.peek(1)
	hours, minutes, length := n.n, 0, 2
	switch {
	case n.digits() == 4:
		hours, minutes = n.n/100, n.n%100
	case n.digits() == 2 && p.peek(2).kind == ':' && p.peek(3).digits() == 2:
		minutes, length = p.peek(3).n, 4
	}
	if n.digits() > 4 || n.digits() == 3 || hours > 14 || minutes > 59 {
		return &Error{RuleNotATime, fmt.Sprintf("%s: the difference from UTC at the end cannot be read", quote(p.source)),
			`write it as hours and minutes, such as "+01:00" for British Summer Time or "Z" for UTC, or leave it out`}
	}
	p.i += length
	v.HasOffset, v.Offset = true, sign*(hours*3600+minutes*60)
	return nil
}

// day reads a date without its time, or a month. It gives nil where there is
// neither.
func (p *parser) day() (*Value, *Error) {
	mark := p.i
	weekday, named := p.weekday()
	if named {
		p.word(",", ".")
		p.word("the")
	}
	v, err := p.date()
	if err != nil {
		return nil, err
	}
	if v == nil || named && v.Precision == Month {
		p.i = mark
		return nil, nil
	}
	if v.Year < 1000 {
		return nil, p.shortYear(*v)
	}
	if err := checkDay(*v); err != nil {
		return nil, err
	}
	if named && v.Weekday() != weekday {
		return nil, wrongWeekday(*v, weekday)
	}
	return v, nil
}

// date reads a date by the order of its parts. A year below 100 was written
// with two digits.
func (p *parser) date() (*Value, *Error) {
	switch {
	case p.is("0") && p.peek(0).digits() == 4:
		return p.yearFirst()
	case p.is("0"):
		if v, err := p.dayThenMonth(); v != nil || err != nil {
			return v, err
		}
		return p.numbers()
	case p.is("a"):
		return p.monthThenYear()
	}
	return nil, nil
}

// yearFirst reads "2025-09-23", "2025/09/23" and "2025-09".
func (p *parser) yearFirst() (*Value, *Error) {
	year, month := p.peek(0).n, p.peek(2)
	separator := p.peek(1).kind
	if separator != '-' && separator != '/' || month.digits() == 0 || month.digits() > 2 {
		return nil, nil
	}
	day := p.peek(4)
	if p.peek(3).kind == separator && 1 <= day.digits() && day.digits() <= 2 {
		p.i += 5
		return &Value{Year: year, Month: time.Month(month.n), Day: day.n, Precision: Day}, nil
	}
	// "2025-26" is a school year, "2011-12" a December.
	if separator == '-' && month.digits() == 2 && (month.n <= 12 || month.n != (year+1)%100) {
		p.i += 3
		return &Value{Year: year, Month: time.Month(month.n), Day: 1, Precision: Month}, nil
	}
	return nil, nil
}

// numbers reads "23/09/2025", "23.9.2025" and "23-09-2025".
func (p *parser) numbers() (*Value, *Error) {
	day, separator, month, year := p.peek(0), p.peek(1).kind, p.peek(2), p.peek(4)
	if !p.is("0/0") && !p.is("0.0") && !p.is("0-0") || day.digits() > 2 || month.digits() > 2 {
		return nil, nil
	}
	if p.peek(3).kind != separator || year.digits() != 2 && year.digits() != 4 {
		if separator == '/' && day.n <= 31 && 1 <= month.n && month.n <= 12 {
			return nil, p.noYear(Value{Month: time.Month(month.n), Day: day.n})
		}
		return nil, nil
	}
	v := Value{Year: year.n, Month: time.Month(month.n), Day: day.n, Precision: Day}
	if month.n > 12 && 1 <= day.n && day.n <= 12 && month.n <= 31 {
		full := fmt.Sprintf("%02d/%02d/%04d", month.n, day.n, fullYear(year.n))
		return nil, &Error{RuleMonthFirst, fmt.Sprintf("%s: there is no month %d", quote(p.source), month.n),
			fmt.Sprintf("write the day first: %q", full)}
	}
	p.i += 5
	return &v, nil
}

// dayThenMonth reads "23rd of September 2025" and "23-Sep-2025".
func (p *parser) dayThenMonth() (*Value, *Error) {
	mark, day := p.i, p.peek(0)
	if day.digits() > 2 {
		return nil, nil
	}
	p.i++
	p.word("st", "nd", "rd", "th")
	if p.dayList() {
		return nil, p.rangeOfDays()
	}
	p.word("of", "-")
	month, ok := p.month()
	if !ok {
		p.i = mark
		return nil, nil
	}
	v := &Value{Month: month, Day: day.n, Precision: Day}
	if !p.year(v) {
		if p.secondDay() {
			return nil, p.rangeOfDays()
		}
		return nil, p.noYear(*v)
	}
	return v, nil
}

// dayList reports that a second day follows before the month, as in "23 and
// 24 September".
func (p *parser) dayList() bool {
	mark := p.i
	defer func() { p.i = mark }()
	if !p.word("-", "to", "until", "till", "and", "&", "/", ",") || p.peek(0).digits() == 0 || p.peek(0).digits() > 2 {
		return false
	}
	p.i++
	p.word("st", "nd", "rd", "th")
	p.word("of")
	_, ok := p.month()
	return ok
}

// secondDay reports that another date follows, as in "23 September to 2
// October".
func (p *parser) secondDay() bool {
	rest := *p
	if !rest.word("-", "to", "until", "till", "and", "&") {
		return false
	}
	v, err := rest.day()
	return v != nil || err != nil
}

// monthThenYear reads "September 2025" and "September 23rd, 2025".
func (p *parser) monthThenYear() (*Value, *Error) {
	mark := p.i
	month, ok := p.month()
	if !ok {
		return nil, nil
	}
	v := &Value{Month: month, Day: 1, Precision: Month}
	if d := p.peek(0).digits(); 1 <= d && d <= 2 {
		v.Day, v.Precision = p.peek(0).n, Day
		p.i++
		p.word("st", "nd", "rd", "th")
	}
	if p.year(v) {
		return v, nil
	}
	if v.Precision == Month && !p.done() {
		p.i = mark
		return nil, nil
	}
	return nil, p.noYear(*v)
}

// year reads the year after a month: four digits, or two at the end of the
// date.
func (p *parser) year(v *Value) bool {
	mark := p.i
	p.word(",", "-", ".")
	short := p.word("'")
	n := p.peek(0)
	after := p.peek(1).kind
	if n.digits() == 4 && !short || n.digits() == 2 && (short || after == 0 || after == ',') {
		v.Year = n.n
		p.i++
		return true
	}
	p.i = mark
	return false
}

var monthNames = []string{"january", "february", "march", "april", "may", "june", "july", "august", "september",
	"october", "november", "december"}

var weekdayNames = []string{"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"}

// month takes a month's name, or its first three letters or more.
func (p *parser) month() (time.Month, bool) {
	i, ok := p.name(monthNames)
	return time.Month(i + 1), ok
}

func (p *parser) weekday() (time.Weekday, bool) {
	if p.word("weds") {
		p.word(".")
		return time.Wednesday, true
	}
	i, ok := p.name(weekdayNames)
	return time.Weekday(i), ok
}

func (p *parser) name(names []string) (int, bool) {
	t := p.peek(0)
	if t.kind != 'a' || len(t.text) < 3 {
		return 0, false
	}
	for i, name := range names {
		if strings.HasPrefix(name, t.text) {
			p.i++
			if len(t.text) < len(name) && p.is(".") {
				p.i++ // "Sept."
			}
			return i, true
		}
	}
	return 0, false
}
