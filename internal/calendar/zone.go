package calendar

import (
	"cmp"
	"fmt"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"
	"time"
)

// A zone's rules are read off the years from firstRuled on, for which the zone
// database has no list of changes but only the rules that now hold. In 28
// years, each date falls on each day of the week.
const (
	lastListed = 2037
	firstRuled = lastListed + 1
	ruledYears = 28
	// earliestYear is how far back changes are looked for.
	earliestYear = 1970
)

// timezone is a VTIMEZONE (RFC 5545 section 3.6.5).
type timezone struct {
	ID          string
	Observances []observance
}

// observance is a STANDARD or DAYLIGHT part of a time zone: what clocks show
// from some onsets on.
type observance struct {
	Daylight bool
	// From and To are the offsets before and after, in seconds east of UTC.
	From, To int
	Name     string
	// Onsets are when it begins, by the clocks before; there is at least one.
	Onsets []string
	// Rule is the RRULE by which it begins again; it may be empty.
	Rule string
}

// change is a change of a zone's clocks.
type change struct {
	at       time.Time // in UTC
	from, to int
	name     string
	daylight bool
}

// wall is what the clocks show at the change, before it.
func (c change) wall() time.Time { return c.at.Add(time.Duration(c.from) * time.Second) }

// observance gives the observance that begins at the change.
func (c change) observance() observance {
	return observance{Daylight: c.daylight, From: c.from, To: c.to, Name: c.name, Onsets: []string{c.wall().Format(wallForm)}}
}

// changesIn gives the changes of a zone's clocks in a year, by the clocks
// before. It looks at each day, since no zone has changed its clocks twice in
// one. time.Time.ZoneBounds would be shorter; but as of Go 1.26 it can end a
// period too early on the last day of a leap year, and never gets past it.
func changesIn(zone *time.Location, year int) []change {
	const day = 24 * time.Hour
	var changes []change
	end := time.Date(year+1, 1, 2, 0, 0, 0, 0, time.UTC)
	t := time.Date(year-1, 12, 30, 0, 0, 0, 0, time.UTC)
	name, offset := t.In(zone).Zone()
	for ; t.Before(end); t = t.Add(day) {
		nameAfter, offsetAfter := t.Add(day).In(zone).Zone()
		if name == nameAfter && offset == offsetAfter {
			continue
		}
		seconds := sort.Search(int(day/time.Second), func(n int) bool {
			nameThen, offsetThen := t.Add(time.Duration(n) * time.Second).In(zone).Zone()
			return nameThen != name || offsetThen != offset
		})
		at := t.Add(time.Duration(seconds) * time.Second)
		// The winter of Dublin is the one that "saves" an hour, a negative one.
		saves := at.In(zone).IsDST() || at.Add(-time.Second).In(zone).IsDST()
		c := change{at: at, from: offset, to: offsetAfter, name: nameAfter, daylight: offsetAfter > offset && saves}
		if c.wall().Year() == year {
			changes = append(changes, c)
		}
		name, offset = nameAfter, offsetAfter
	}
	return changes
}

// pattern is how the clocks of a zone change.
type pattern struct {
	zone *time.Location
	// rules hold from the year since on. Without rules, the clocks no longer
	// change; but if irregular, they do, and there is no rule.
	rules     []rule
	since     int
	irregular bool
	// ruled is what the rules give, from the instant ruledFrom on.
	ruled     timezone
	ruledFrom time.Time
}

// patterns holds the pattern of each zone met so far, by name.
var patterns sync.Map

func knownPattern(zone *time.Location) pattern {
	p, ok := patterns.Load(zone.String())
	if !ok {
		p, _ = patterns.LoadOrStore(zone.String(), patternOf(zone))
	}
	return p.(pattern)
}

// patternOf finds the rules of a zone, and since when they hold.
func patternOf(zone *time.Location) pattern {
	p := pattern{zone: zone, since: firstRuled}
	var groups [][]change
	for year := firstRuled; year < firstRuled+ruledYears; year++ {
		for _, c := range changesIn(zone, year) {
			i := slices.IndexFunc(groups, func(g []change) bool { return alike(g[0], c) })
			if i < 0 {
				i, groups = len(groups), append(groups, nil)
			}
			groups[i] = append(groups[i], c)
		}
	}
	for _, group := range groups {
		r, ok := fit(group)
		if !ok {
			return pattern{zone: zone, irregular: true}
		}
		p.rules = append(p.rules, r)
	}
	for p.since > earliestYear && slices.EqualFunc(changesIn(zone, p.since-1), p.expected(p.since-1), sameChange) {
		p.since--
	}
	p.findRuled()
	return p
}

// alike reports whether two changes are alike but for the day of the month.
func alike(a, b change) bool {
	return a.from == b.from && a.to == b.to && a.name == b.name && a.wall().Month() == b.wall().Month() &&
		a.wall().Format(time.TimeOnly) == b.wall().Format(time.TimeOnly)
}

func sameChange(a, b change) bool { return a.at.Equal(b.at) && a.to == b.to && a.name == b.name }

// expected gives the changes of a year by the rules.
func (p pattern) expected(year int) []change {
	var changes []change
	for _, r := range p.rules {
		if c, ok := r.in(year); ok {
			changes = append(changes, c)
		}
	}
	slices.SortFunc(changes, func(a, b change) int { return a.at.Compare(b.at) })
	return changes
}

// timezone gives a VTIMEZONE that holds from the instant first on. Where there
// are no rules, it holds to the end of the year after last.
func (p pattern) timezone(first, last time.Time) timezone {
	if !p.ruledFrom.IsZero() && !first.Before(p.ruledFrom) {
		return p.ruled
	}
	return p.standardized(append(p.listed(first, last), p.ruled.Observances...))
}

// findRuled notes what the rules give, which is all of it for most events, and
// from when on.
func (p *pattern) findRuled() {
	var ruled []observance
	for _, r := range p.rules {
		year := p.since
		c, ok := r.in(year)
		for ; !ok; c, ok = r.in(year) {
			year++
		}
		if p.ruledFrom.IsZero() || c.at.Before(p.ruledFrom) {
			p.ruledFrom = c.at
		}
		o := c.observance()
		o.Rule = r.text()
		ruled = append(ruled, o)
	}
	p.ruled = p.standardized(ruled)
}

// standardized gives the zone with some observances, in order.
func (p pattern) standardized(list []observance) timezone {
	slices.SortStableFunc(list, func(a, b observance) int { return cmp.Compare(a.Onsets[0], b.Onsets[0]) })
	if !slices.ContainsFunc(list, func(o observance) bool { return !o.Daylight }) {
		// Summer time that was kept is the standard; Python's icalendar needs one.
		for i := range list {
			list[i].Daylight = false
		}
	}
	return timezone{ID: p.zone.String(), Observances: list}
}

// listed gives the changes without a rule, from that on which first lies
// behind.
func (p pattern) listed(first, last time.Time) []observance {
	from, to := min(earliestYear, first.Year()-1), p.since-1
	if p.irregular {
		to = max(lastListed, last.Year()+1)
	}
	_, offset := time.Date(from, 1, 1, 0, 0, 0, 0, time.UTC).In(p.zone).Zone()
	name, _ := time.Date(from, 1, 1, 0, 0, 0, 0, time.UTC).In(p.zone).Zone()
	changes := []change{{at: time.Date(from, 1, 1, 0, 0, 0, 0, time.UTC), from: offset, to: offset, name: name}}
	for year := from; year <= to; year++ {
		for _, c := range changesIn(p.zone, year) {
			if !c.at.After(first) {
				changes = changes[:0]
			}
			changes = append(changes, c)
		}
	}
	var list []observance
	for _, c := range changes {
		o := c.observance()
		i := slices.IndexFunc(list, func(known observance) bool {
			return known.Daylight == o.Daylight && known.From == o.From && known.To == o.To && known.Name == o.Name
		})
		if i < 0 {
			list = append(list, o)
		} else {
			list[i].Onsets = append(list[i].Onsets, o.Onsets...)
		}
	}
	return list
}

// rule is a change that comes every year on a day of a month.
type rule struct {
	change // of which only the day differs
	month  time.Month
	// weekday is the day of the week, or -1 for any: the nth in the month if
	// nth is not 0 (the last if it is -1), or else the one that is among days.
	weekday time.Weekday
	nth     int
	days    []int
}

// fit finds the rule by which one change came in each of the years that rules
// are read off, or in some of them.
func fit(group []change) (rule, bool) {
	first := group[0]
	r := rule{change: first, month: first.wall().Month(), weekday: first.wall().Weekday()}
	var days []int
	for _, c := range group {
		days = append(days, c.wall().Day())
		if c.wall().Weekday() != r.weekday {
			r.weekday = -1
		}
	}
	slices.Sort(days)
	days = slices.Compact(days)
	var candidates []rule
	if r.weekday >= 0 {
		for _, nth := range []int{(days[0]-1)/7 + 1, -1} {
			r.nth = nth
			candidates = append(candidates, r)
		}
	}
	r.nth, r.days = 0, days
	candidates = append(candidates, r)
	for _, r := range candidates {
		if r.gives(group) {
			return r, true
		}
	}
	return rule{}, false
}

// gives reports whether the rule gives the changes of the group and no others.
func (r rule) gives(group []change) bool {
	for year := firstRuled; year < firstRuled+ruledYears; year++ {
		if c, ok := r.in(year); ok {
			if len(group) == 0 || !sameChange(c, group[0]) {
				return false
			}
			group = group[1:]
		}
	}
	return len(group) == 0
}

// in gives the change in a year; a rule that holds for a few days of the month
// can pass over some years.
func (r rule) in(year int) (change, bool) {
	days := daysIn(year, r.month)
	for day := 1; day <= days; day++ {
		date := time.Date(year, r.month, day, 0, 0, 0, 0, time.UTC)
		switch {
		case r.weekday >= 0 && date.Weekday() != r.weekday,
			r.nth > 0 && (day-1)/7+1 != r.nth,
			r.nth < 0 && day+7 <= days,
			r.nth == 0 && !slices.Contains(r.days, day):
			continue
		}
		c := r.change
		h, m, s := r.wall().Clock()
		c.at = time.Date(year, r.month, day, h, m, s-c.from, 0, time.UTC)
		return c, true
	}
	return change{}, false
}

func daysIn(year int, month time.Month) int {
	return time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// text writes the rule as an RRULE.
func (r rule) text() string {
	text := fmt.Sprintf("FREQ=YEARLY;BYMONTH=%d", r.month)
	if r.nth == 0 {
		var days []string
		for _, d := range r.days {
			days = append(days, strconv.Itoa(d))
		}
		text += ";BYMONTHDAY=" + strings.Join(days, ",")
	}
	if r.weekday >= 0 {
		code := strings.ToUpper(r.weekday.String()[:2])
		if r.nth != 0 {
			code = strconv.Itoa(r.nth) + code
		}
		text += ";BYDAY=" + code
	}
	return text
}
