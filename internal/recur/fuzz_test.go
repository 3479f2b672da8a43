package recur

import (
	"errors"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/google/go-cmp/cmp"
)

func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"FREQ=MONTHLY;BYDAY=1TU", "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU;COUNT=9", "FREQ=MONTHLY;BYDAY=-10MO",
		"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;UNTIL=20261231T100000Z", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
		"FREQ=YEARLY;BYDAY=53MO", "every week", "FREQ=WEEKLY;BYDAY=;", "\xff=\x00",
	} {
		f.Add(seed, int64(1756803600), false)
	}
	london := location(f, "Europe/London")
	f.Fuzz(func(t *testing.T, text string, unix int64, allDay bool) {
		start := time.Unix(unix, 0).In(london)
		r, err := Parse(text, start, allDay)
		checkRule(t, r, err, start)
	})
}

func FuzzFromWords(f *testing.F) {
	for _, seed := range [][2]string{
		{"week", "Monday to Friday"}, {"month", "second and fourth Thursday"}, {"year", "last Friday in March"}, {"other Tuesday", ""},
		{"2 weeks", "Mon–Wed, Fri"}, {"month", "1st, 15th & last day"}, {"first weekday of the month", ""}, {"every", "-"}, {"", ""}, {"-", "th"},
	} {
		f.Add(seed[0], seed[1], int64(1756803600), int64(0))
	}
	london := location(f, "Europe/London")
	f.Fuzz(func(t *testing.T, every, on string, unix, until int64) {
		start := time.Unix(unix, 0).In(london)
		var end time.Time
		if until != 0 {
			end = time.Unix(until, 0).In(london)
		}
		r, err := FromWords(every, on, end, nil, start, false)
		checkRule(t, r, err, start)
	})
}

// checkRule holds for every rule: an error is whole, the start is the first
// occurrence, and the canonical text gives the same rule.
func checkRule(t *testing.T, r *Rule, err error, start time.Time) {
	if err != nil {
		var e *Error
		if r != nil || !errors.As(err, &e) || e.Rule == "" || e.Text == "" || e.Hint == "" {
			t.Fatalf("not a whole error: %#v", err)
		}
		return
	}
	first := r.Next(time.Time{}, 2)
	if len(first) == 0 || !first[0].Equal(r.start) || dayOf(r.start) != dayOf(start) {
		t.Fatalf("%s: first occurrence is %v, start %v", r.RRULE(), first, start)
	}
	if len(first) == 2 && !cmp.Equal(r.Previous(first[1], 9), first[:1]) {
		t.Fatalf("%s: %v comes before %v", r.RRULE(), r.Previous(first[1], 9), first[1])
	}
	if _, ok := r.Last(); ok == (r.count == 0 && r.until.IsZero()) {
		t.Fatalf("%s: last is known: %v", r.RRULE(), ok)
	}
	again, err := Parse(r.RRULE(), start, r.allDay)
	if err != nil || !cmp.Equal(r, again) || r.Words() != again.Words() {
		t.Fatalf("%s (%s) is read again as %v, %v", r.RRULE(), r.Words(), again, err)
	}
}
