package recur

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/google/go-cmp/cmp"
)

// naive lists the days of a rule by looking at each day from its start to the
// limit, by the text of RFC 5545 section 3.3.10 and nothing else.
func naive(r *Rule, limit time.Time) []time.Time {
	first := dayOf(r.start)
	var days, group []time.Time
	flush := func() {
		var chosen []time.Time
		for i, day := range group {
			if len(r.bySetPos) == 0 || slices.Contains(r.bySetPos, i+1) || slices.Contains(r.bySetPos, i-len(group)) {
				chosen = append(chosen, day)
			}
		}
		days, group = append(days, chosen...), nil
	}
	unit := -1
	// Begin well before the start: BYSETPOS counts all days of the first period.
	for day := time.Date(first.Year(), 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, -7); !day.After(limit.AddDate(1, 0, 0)); day = day.AddDate(0, 0, 1) {
		number := naiveUnit(r.pattern, day) - naiveUnit(r.pattern, first)
		if number != unit {
			flush()
			unit = number
		}
		if number >= 0 && number%r.interval == 0 && naiveMatch(r.pattern, day) {
			group = append(group, day)
		}
	}
	flush()
	days = slices.DeleteFunc(days, func(day time.Time) bool {
		return day.Before(first) || day.After(limit) || !r.until.IsZero() && day.After(r.until)
	})
	if r.count > 0 && len(days) > r.count {
		days = days[:r.count]
	}
	return days
}

func naiveUnit(p pattern, day time.Time) int {
	number := int(day.Unix() / 86400) // 1 January 1970 was a Thursday
	switch p.freq {
	case daily:
		return number
	case weekly:
		return (number + 7000000 + 4 - int(p.weekStart)) / 7
	case monthly:
		return day.Year()*12 + int(day.Month())
	}
	return day.Year()
}

func naiveMatch(p pattern, day time.Time) bool {
	lastOfMonth := time.Date(day.Year(), day.Month()+1, 0, 0, 0, 0, 0, time.UTC).Day()
	lastOfYear := time.Date(day.Year(), 12, 31, 0, 0, 0, 0, time.UTC).YearDay()
	at, of := day.Day(), lastOfMonth
	if p.freq == yearly && len(p.byMonth) == 0 {
		at, of = day.YearDay(), lastOfYear
	}
	matchesDay := func(d weekday) bool {
		return d.day == day.Weekday() && (d.n == 0 || d.n == (at-1)/7+1 || d.n == -((of-at)/7+1))
	}
	matchesDate := func(n int) bool { return n == day.Day() || n == day.Day()-lastOfMonth-1 }
	return (len(p.byMonth) == 0 || slices.Contains(p.byMonth, int(day.Month()))) &&
		(len(p.byDay) == 0 || slices.ContainsFunc(p.byDay, matchesDay)) &&
		(len(p.byMonthDay) == 0 || slices.ContainsFunc(p.byMonthDay, matchesDate))
}

// randomRule makes the text of a rule; most are sound.
func randomRule(rng *rand.Rand) string {
	pick := func(max int, value func() string) string {
		var values []string
		for range 1 + rng.IntN(max) {
			values = append(values, value())
		}
		return strings.Join(values, ",")
	}
	freq := daily + frequency(rng.IntN(4))
	parts := []string{"FREQ=" + frequencyNames[freq]}
	add := func(chance float64, name string, value func() string) {
		if rng.Float64() < chance {
			parts = append(parts, name+"="+value())
		}
	}
	signed := func(n int) int { return (1 + rng.IntN(n)) * (1 - 2*rng.IntN(2)) }
	numbered := freq >= monthly && rng.IntN(2) == 0
	add(0.6, "INTERVAL", func() string { return fmt.Sprint(1 + rng.IntN(5)) })
	add(0.3, "BYMONTH", func() string { return pick(4, func() string { return fmt.Sprint(1 + rng.IntN(12)) }) })
	if freq != weekly {
		add(0.3, "BYMONTHDAY", func() string { return pick(9, func() string { return fmt.Sprint(signed(31)) }) })
	}
	add(0.6, "BYDAY", func() string {
		return pick(4, func() string {
			if numbered {
				return fmt.Sprint(signed(5)) + weekdayCodes[rng.IntN(7)]
			}
			return weekdayCodes[rng.IntN(7)]
		})
	})
	if freq >= monthly && len(parts) > 2 {
		add(0.3, "BYSETPOS", func() string { return pick(3, func() string { return fmt.Sprint(signed(4)) }) })
	}
	add(0.3, "WKST", func() string { return weekdayCodes[rng.IntN(7)] })
	switch rng.IntN(4) {
	case 0:
		add(1, "COUNT", func() string { return fmt.Sprint(1 + rng.IntN(30)) })
	case 1:
		add(1, "UNTIL", func() string { return fmt.Sprintf("20%02d%02d15", 26+rng.IntN(6), 1+rng.IntN(12)) })
	}
	return strings.Join(parts, ";")
}

// randomSound makes a rule and a start that fits it.
func randomSound(rng *rand.Rand, zones []*time.Location) *Rule {
	for {
		text := randomRule(rng)
		start := time.Date(2024, 1, 1+rng.IntN(800), rng.IntN(24), 15*rng.IntN(4), 0, 0, zones[rng.IntN(len(zones))])
		for range 40 {
			if r, err := Parse(text, start, rng.IntN(3) == 0); err == nil {
				return r
			}
			start = start.AddDate(0, 0, 1)
		}
	}
}

func TestOccurrencesAreThoseOfNaiveIteration(t *testing.T) {
	zones := []*time.Location{location(t, "Europe/London"), location(t, "America/New_York"), location(t, "Australia/Lord_Howe"), time.UTC}
	limit := time.Date(2036, 1, 1, 0, 0, 0, 0, time.UTC)
	for seed := range uint64(200) {
		rng := rand.New(rand.NewPCG(seed, 1))
		r := randomSound(rng, zones)
		days := naive(r, limit)
		if len(days) == 0 || !days[0].Equal(dayOf(r.start)) {
			t.Fatalf("%s: naive iteration does not begin at the start: %v", r.RRULE(), days)
		}
		if rng.IntN(2) == 0 && len(days) > 3 {
			var err error
			if r, err = r.Except(days[1], days[3]); err != nil {
				t.Fatalf("%s: %v", r.RRULE(), err)
			}
			days = slices.Concat(days[:1], days[2:3], days[4:])
		}
		checkAgainst(t, rng, r, days, limit)
	}
}

// checkAgainst holds Next, Previous and Last against the right days up to the
// limit.
func checkAgainst(t *testing.T, rng *rand.Rand, r *Rule, days []time.Time, limit time.Time) {
	t.Helper()
	var starts []time.Time
	for i, day := range days {
		start, ok := r.at(day)
		if !ok || i > 0 && !start.After(starts[i-1]) {
			t.Fatalf("%s from %s: %s does not follow", r.RRULE(), r.start, day)
		}
		starts = append(starts, start)
	}
	for range 10 {
		instant := r.start.AddDate(0, 0, -100+rng.IntN(3000)).Add(time.Duration(rng.IntN(86400)) * time.Second)
		if rng.IntN(2) == 0 {
			instant = starts[rng.IntN(len(starts))]
		}
		n := 1 + rng.IntN(8)
		i := firstNotBefore(starts, instant)
		want := starts[max(0, i-n):i]
		if got := r.Previous(instant, n); !slices.EqualFunc(got, want, time.Time.Equal) {
			t.Errorf("%s from %s: Previous(%s, %d) (-want +got):\n%s", r.RRULE(), r.start, instant, n, cmp.Diff(shown(want), shown(got)))
		}
		if i < len(starts) && starts[i].Equal(instant) {
			i++
		}
		want = starts[i:min(len(starts), i+n)]
		got := slices.DeleteFunc(r.Next(instant, n), func(s time.Time) bool { return dayOf(s).After(limit) })
		if !slices.EqualFunc(got, want, time.Time.Equal) {
			t.Errorf("%s from %s: Next(%s, %d) (-want +got):\n%s", r.RRULE(), r.start, instant, n, cmp.Diff(shown(want), shown(got)))
		}
	}
	if last, ok := r.Last(); ok && last.Before(limit) && !last.Equal(starts[len(starts)-1]) {
		t.Errorf("%s from %s: last is %s, want %s", r.RRULE(), r.start, last, starts[len(starts)-1])
	}
}

func firstNotBefore(starts []time.Time, instant time.Time) int {
	i, _ := slices.BinarySearchFunc(starts, instant, time.Time.Compare)
	return i
}

// For each month or year that it looks at, rrule-go makes a list of numbered
// days: allocations measure its work without a clock.
func TestFarDatesCostNoMoreThanNearOnes(t *testing.T) {
	london := location(t, "Europe/London")
	for _, rule := range []string{"FREQ=MONTHLY;BYDAY=1MO", "FREQ=MONTHLY;INTERVAL=2;BYDAY=1MO,-1MO", "FREQ=YEARLY;BYDAY=1MO"} {
		r := mustParse(t, rule, "2005-01-03 10:00", london)
		near, far := moment(t, "2010-03-01", london), moment(t, "2090-03-01", london)
		if got := len(r.Next(far, 5)) + len(r.Previous(far, 5)); got != 10 {
			t.Fatalf("%s: %d occurrences, want 10", rule, got)
		}
		next := func(at time.Time) func() { return func() { r.Next(at, 5) } }
		previous := func(at time.Time) func() { return func() { r.Previous(at, 5) } }
		for name, cost := range map[string][2]float64{
			"Next":     {testing.AllocsPerRun(5, next(near)), testing.AllocsPerRun(5, next(far))},
			"Previous": {testing.AllocsPerRun(5, previous(near)), testing.AllocsPerRun(5, previous(far))},
		} {
			if cost[1] > cost[0]+10 {
				t.Errorf("%s: %s makes %.0f allocations in 2090, %.0f in 2010", rule, name, cost[1], cost[0])
			}
		}
	}
}

func TestTheSearchForADateThatNeverComesIsBounded(t *testing.T) {
	start := moment(t, "2025-09-02", time.UTC)
	allocations := testing.AllocsPerRun(1, func() {
		if _, err := Parse("FREQ=MONTHLY;BYMONTHDAY=8;BYDAY=1TU", start, true); err == nil {
			t.Error("a rule without a date is read")
		}
	})
	if most := 12 * 650.0; allocations > most {
		t.Errorf("%.0f allocations, want at most one for each month of 600 years", allocations)
	}
}

func TestARuleWithoutEndIsFollowedToItsHorizon(t *testing.T) {
	london := location(t, "Europe/London")
	r := mustParse(t, "FREQ=YEARLY", "2005-06-01", london)
	if got := len(r.Next(time.Time{}, 100_000)); got != horizonYears+1 {
		t.Errorf("%d occurrences, want %d", got, horizonYears+1)
	}
	if got := r.Next(moment(t, "2205-06-01", london), 1); got != nil {
		t.Errorf("after the horizon: %v", got)
	}
	rare := mustParse(t, "FREQ=YEARLY;INTERVAL=50;BYMONTH=2;BYMONTHDAY=29;BYDAY=TH", "2024-02-29", london)
	if got := shown(rare.Next(rare.start, 1)); got != nil {
		t.Errorf("an occurrence that comes after the horizon is given: %v", got)
	}
}

func BenchmarkNextFarFromTheStart(b *testing.B) {
	r := mustParse(b, "FREQ=DAILY", "2005-01-03 10:00", location(b, "Europe/London"))
	far := time.Date(2090, 1, 1, 0, 0, 0, 0, time.UTC)
	for b.Loop() {
		r.Next(far, 5)
	}
}
