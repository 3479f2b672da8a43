package check

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// mention is a day that a text mentions by its number and month.
type mention struct {
	// from and to are byte offsets in the text.
	from, to int
	day      int
	month    time.Month
	// year is 0 if the text gives none.
	year int
	// weekday is what the text says; ok tells that it says one.
	weekday    time.Weekday
	hasWeekday bool
}

var dayAndMonth = regexp.MustCompile(strings.ReplaceAll(`\b(?:(Mon|Tue|Tues|Wed|Weds|Wednes|Thu|Thur|Thurs|Fri|Sat|Satur|Sun)(?:day)?,?_(?:the_)?)?(\d{1,2})(?:st|nd|rd|th)?(?:_of)?_`+
	`(Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b(?:,?_(\d{4})\b)?`,
	"_", `[ \x{00A0}]`))

var monthNames = []string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}

var weekdayNames = []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

// days gives the days that a passage mentions.
func days(p Passage) []mention {
	if !strings.ContainsAny(p.Text, "123456789") || !p.Mentions(monthNames...) {
		return nil
	}
	var list []mention
	for m := range p.Matches(dayAndMonth) {
		d := mention{from: m[0], to: m[1]}
		d.day, _ = strconv.Atoi(p.Text[m[4]:m[5]])
		d.month = time.Month(slices.Index(monthNames, strings.ToLower(p.Text[m[6]:m[6]+3])) + 1)
		if m[8] >= 0 {
			d.year, _ = strconv.Atoi(p.Text[m[8]:m[9]])
		}
		if m[2] >= 0 {
			d.weekday = time.Weekday(slices.Index(weekdayNames, strings.ToLower(p.Text[m[2]:m[2]+3])))
			d.hasWeekday = true
		}
		if _, exists := d.in(leapYear); exists {
			list = append(list, d)
		}
	}
	return list
}

// leapYear has every day that there is.
const leapYear = 2024

// in gives the day in a year, if that year has it.
func (d mention) in(year int) (time.Time, bool) {
	t := time.Date(year, d.month, d.day, 0, 0, 0, 0, time.UTC)
	return t, t.Day() == d.day
}

// near gives the day of that number and month that is nearest to an instant;
// there may be no 29 February within a year of it.
func (d mention) near(t time.Time) time.Time {
	var best time.Time
	for _, year := range []int{t.Year(), t.Year() - 1, t.Year() + 1} {
		day, exists := d.in(year)
		if exists && (best.IsZero() || day.Sub(t).Abs() < best.Sub(t).Abs()) {
			best = day
		}
	}
	return best
}

// sentence gives the sentence around a part of a text.
func sentence(text string, from, to int) string {
	start := strings.LastIndexAny(text[:from], ".?!;") + 1
	if end := strings.IndexAny(text[to:], ".?!;"); end >= 0 {
		return text[start : to+end]
	}
	return text[start:]
}
