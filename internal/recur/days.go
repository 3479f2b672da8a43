package recur

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// dayWords is what words say about days; one kind of day only, and months.
type dayWords struct {
	// text is what was written, to be quoted.
	text string
	// plain is "Tuesday"; numbered is "first Tuesday"; dates is "15th" or
	// "last day"; positions is "last weekday".
	plain     []time.Weekday
	numbered  []weekday
	dates     []int
	positions []int
	months    []int
}

// dayParser reads the names of days word by word.
type dayParser struct {
	dayWords
	key string
	// pending are numbers that wait for what they count.
	pending []numberWord
	// span is set after "Monday to".
	span bool
}

type numberWord struct {
	n    int
	text string
}

const dayForms = `write "Tuesday", "Monday and Thursday", "first Tuesday", "last Friday", "15th" or "last day"`

// split gives the words of a text in small letters, with "to" for a dash
// between days.
func split(text string) []string {
	text = strings.NewReplacer(",", " ", ";", " ", "&", " and ", "–", "-", "—", "-").Replace(strings.ToLower(text))
	var words []string
	for _, word := range strings.Fields(text) {
		word = strings.TrimSuffix(word, ".")
		if word == "-" {
			word = "to"
		}
		if from, to, found := strings.Cut(word, "-"); found && isWeekday(from) && isWeekday(to) {
			words = append(words, from, "to", to)
		} else if word != "" {
			words = append(words, word)
		}
	}
	return words
}

func isWeekday(word string) bool {
	_, ok := weekdayNamed(word)
	return ok
}

// weekdayNamed reads "Tuesday", "tuesdays", "tue", "tues".
func weekdayNamed(word string) (time.Weekday, bool) {
	for day := time.Sunday; day <= time.Saturday; day++ {
		name := strings.ToLower(day.String())
		if word == name || word == name+"s" || word == name[:3] || word == name[:3]+"s" {
			return day, true
		}
	}
	switch word {
	case "tues":
		return time.Tuesday, true
	case "weds":
		return time.Wednesday, true
	case "thur", "thurs":
		return time.Thursday, true
	}
	return 0, false
}

// monthNamed reads "September", "sep", "sept".
func monthNamed(word string) (int, bool) {
	for month := time.January; month <= time.December; month++ {
		name := strings.ToLower(month.String())
		if word == name || word == name[:3] || word == "sept" && month == time.September {
			return int(month), true
		}
	}
	return 0, false
}

// numberNamed reads "first", "last", "second-last", "15", "15th".
func numberNamed(word string) (int, bool) {
	if word == "penultimate" {
		return -2, true
	}
	for n := 1; n <= len(firstOrdinals); n++ {
		if word == ordinalWord(n) {
			return n, true
		}
		if word == ordinalWord(-n) {
			return -n, true
		}
	}
	digits := word
	for _, suffix := range []string{"st", "nd", "rd", "th"} {
		digits = strings.TrimSuffix(digits, suffix)
	}
	n, err := strconv.Atoi(digits)
	return n, err == nil && digits[0] >= '0' && digits[0] <= '9'
}

// readDays reads the names of days from the words of a text; key is where it
// was written.
func readDays(text string, words []string, key string) (dayWords, *Error) {
	p := dayParser{dayWords: dayWords{text: text}, key: key}
	for _, word := range words {
		if err := p.read(word); err != nil {
			return p.dayWords, err
		}
	}
	if err := p.flushDates(); err != nil {
		return p.dayWords, err
	}
	return p.dayWords, p.check()
}

func (p *dayParser) problem(rule, text, hint string) *Error {
	return &Error{Key: p.key, Rule: rule, Text: text, Hint: hint}
}

func (p *dayParser) read(word string) *Error {
	if day, ok := weekdayNamed(word); ok {
		return p.readWeekday(day)
	}
	if p.span {
		return p.problem(RuleUnreadable, quote(p.text)+`: a day of the week is missing after "to"`, `write "Monday to Friday"`)
	}
	if n, ok := numberNamed(word); ok {
		p.pending = append(p.pending, numberWord{n, word})
		return nil
	}
	if month, ok := monthNamed(word); ok {
		p.months = append(p.months, month)
		return p.flushDates()
	}
	switch word {
	case "and", "the", "on", "of", "in", "every", "each", "month":
		return nil
	case "to":
		p.span = true
		if len(p.pending) > 0 || len(p.plain) == 0 {
			return p.problem(RuleUnreadable, quote(p.text)+`: "to" is read only between days of the week`, `write "Monday to Friday", or name each day`)
		}
		return nil
	case "day", "days":
		return p.readDay()
	case "weekday", "weekdays":
		return p.readMondayToFriday()
	case "working", "business":
		return p.problem(RuleUnsupported, quote(p.text)+": bank holidays are not known here, so neither are working days", `write "weekday" for Monday to Friday, and the bank holidays under "except"`)
	case "other", "alternate":
		return p.problem(RuleUnclear, quote(p.text)+" says how often, not only on which day", `write "every: 2 weeks", and the day alone in "on"`)
	}
	if _, ok := units[word]; ok {
		return p.problem(RuleUnclear, quote(p.text)+" says both how often and on which day", `write them apart, as in "every: week" and "on: Tuesday"`)
	}
	return p.unknown(word)
}

func (p *dayParser) unknown(word string) *Error {
	candidates := append([]string{"last", "day", "weekday"}, firstOrdinals...)
	for day := time.Sunday; day <= time.Saturday; day++ {
		candidates = append(candidates, day.String())
	}
	for month := time.January; month <= time.December; month++ {
		candidates = append(candidates, month.String())
	}
	hint := dayForms
	if p.key == "every" {
		hint = everyForms
		for name := range units {
			candidates = append(candidates, name)
		}
		slices.Sort(candidates)
	}
	return p.problem(RuleUnreadable, fmt.Sprintf("%s is not known here", quote(word))+didYouMean(word, candidates), hint)
}

func (p *dayParser) readWeekday(day time.Weekday) *Error {
	switch {
	case p.span:
		p.span = false
		for from := p.plain[len(p.plain)-1]; from != day; {
			from = (from + 1) % 7
			p.plain = append(p.plain, from)
		}
	case len(p.pending) == 0:
		p.plain = append(p.plain, day)
	}
	for _, number := range p.pending {
		if number.n < -5 || number.n > 5 || number.n == 0 {
			return p.problem(RuleOutOfRange, fmt.Sprintf("%s: no month has a %s %s", quote(p.text), number.text, day), fmt.Sprintf(`write "first %s" to "fourth %[1]s", or "last %[1]s"`, day))
		}
		if number.text == strconv.Itoa(number.n) { // is "3 Tuesdays" a number of them?
			return p.problem(RuleUnclear, fmt.Sprintf("%s: %q could be a number of days or a date", quote(p.text), number.text), fmt.Sprintf("write \"%s %s\"", ordinalWord(number.n), day))
		}
		p.numbered = append(p.numbered, weekday{number.n, day})
	}
	p.pending = nil
	return nil
}

func (p *dayParser) readDay() *Error {
	if len(p.pending) == 0 {
		return p.problem(RuleUnclear, quote(p.text)+" does not say which day", dayForms)
	}
	for _, number := range p.pending {
		if err := p.addDate(number); err != nil {
			return err
		}
	}
	p.pending = nil
	return nil
}

func (p *dayParser) readMondayToFriday() *Error {
	if len(p.pending) == 0 {
		for _, d := range mondayToFriday {
			p.plain = append(p.plain, d.day)
		}
	}
	for _, number := range p.pending {
		if number.n < -20 || number.n > 20 || number.n == 0 {
			return p.problem(RuleOutOfRange, fmt.Sprintf("%s: not every month has a %s weekday", quote(p.text), number.text), `write "first weekday" or "last weekday"`)
		}
		p.positions = append(p.positions, number.n)
	}
	p.pending = nil
	return nil
}

func (p *dayParser) addDate(number numberWord) *Error {
	if number.n < -31 || number.n > 31 || number.n == 0 {
		return p.problem(RuleOutOfRange, fmt.Sprintf("%s: no month has a day %d", quote(p.text), number.n), `write a day from 1 to 31, or "last day"`)
	}
	p.dates = append(p.dates, number.n)
	return nil
}

// flushDates takes numbers that count nothing else for dates: "15th". A word
// such as "first" must say what it counts.
func (p *dayParser) flushDates() *Error {
	for _, number := range p.pending {
		if number.text[0] < '0' || number.text[0] > '9' {
			return p.problem(RuleUnclear, fmt.Sprintf("%s: %s does not say which day", quote(p.text), quote(number.text)),
				fmt.Sprintf(`write "%s Tuesday" for a day of the week, or "%[1]s day" for the day of the month`, number.text))
		}
		if err := p.addDate(number); err != nil {
			return err
		}
	}
	p.pending = nil
	return nil
}

// check refuses what can be read in two ways.
func (p *dayParser) check() *Error {
	kinds := 0
	for _, n := range []int{len(p.plain), len(p.numbered), len(p.dates), len(p.positions)} {
		if n > 0 {
			kinds++
		}
	}
	switch {
	case p.span:
		return p.problem(RuleUnreadable, quote(p.text)+`: a day of the week is missing after "to"`, `write "Monday to Friday"`)
	case len(p.plain) > 0 && len(p.numbered) > 0:
		return p.problem(RuleUnclear, fmt.Sprintf("%s does not say which %s", quote(p.text), p.plain[0]), fmt.Sprintf(`write the number with each day, as in "first %s"`, p.plain[0]))
	case kinds > 1:
		return p.problem(RuleUnclear, quote(p.text)+" mixes days of the week with days of the month", "write an event for each of the two, or name one kind of day")
	case kinds == 0 && len(p.months) == 0:
		return p.problem(RuleUnreadable, quote(p.text)+" does not name a day", dayForms)
	}
	return nil
}
