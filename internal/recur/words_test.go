package recur

import (
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/google/go-cmp/cmp"
)

func TestWordsAreRead(t *testing.T) {
	london := location(t, "Europe/London")
	for _, test := range []struct{ every, on, start, want string }{
		// 2 September 2025 is a Tuesday.
		{"day", "", "2025-09-02", "FREQ=DAILY"},
		{"daily", "", "2025-09-02", "FREQ=DAILY"},
		{"3 days", "", "2025-09-02", "FREQ=DAILY;INTERVAL=3"},
		{"week", "", "2025-09-02", "FREQ=WEEKLY;BYDAY=TU"},
		{" Every  WEEK ", "", "2025-09-02", "FREQ=WEEKLY;BYDAY=TU"},
		{"once a week", "Tuesday", "2025-09-02", "FREQ=WEEKLY;BYDAY=TU"},
		{"weekly", "Tuesday and Thursday", "2025-09-02", "FREQ=WEEKLY;BYDAY=TU,TH"},
		{"week", "Mon, Wed & Fri", "2025-09-03", "FREQ=WEEKLY;BYDAY=MO,WE,FR"},
		{"week", "Tues., thurs and weds", "2025-09-02", "FREQ=WEEKLY;BYDAY=TU,WE,TH"},
		{"week", "Monday to Friday", "2025-09-02", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"},
		{"week", "Fri–Mon", "2025-09-05", "FREQ=WEEKLY;BYDAY=MO,FR,SA,SU"},
		{"week", "Sat - Sun", "2025-09-06", "FREQ=WEEKLY;BYDAY=SA,SU"},
		{"day", "weekdays", "2025-09-02", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"},
		{"weekday", "", "2025-09-02", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"},
		{"fortnight", "", "2025-09-02", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"},
		{"2 weeks", "Tuesdays", "2025-09-02", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"},
		{"other week", "", "2025-09-02", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"},
		{"every second week", "", "2025-09-02", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"},
		{"two fortnights", "", "2025-09-02", "FREQ=WEEKLY;INTERVAL=4;BYDAY=TU"},
		{"Tuesday", "", "2025-09-02", "FREQ=WEEKLY;BYDAY=TU"},
		{"Tuesday and Thursday", "", "2025-09-02", "FREQ=WEEKLY;BYDAY=TU,TH"},
		{"other Tuesday", "", "2025-09-02", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"},
		{"month", "", "2025-09-02", "FREQ=MONTHLY;BYMONTHDAY=2"},
		{"month", "first Tuesday", "2025-09-02", "FREQ=MONTHLY;BYDAY=1TU"},
		{"monthly", "on the 1st Tuesday of the month", "2025-09-02", "FREQ=MONTHLY;BYDAY=1TU"},
		{"month", "second and fourth Thursday", "2025-09-11", "FREQ=MONTHLY;BYDAY=2TH,4TH"},
		{"month", "first Tuesday and last Friday", "2025-09-02", "FREQ=MONTHLY;BYDAY=1TU,-1FR"},
		{"month", "last Friday", "2025-09-26", "FREQ=MONTHLY;BYDAY=-1FR"},
		{"month", "second-last Friday", "2025-09-19", "FREQ=MONTHLY;BYDAY=-2FR"},
		{"month", "15", "2025-09-15", "FREQ=MONTHLY;BYMONTHDAY=15"},
		{"month", "15th", "2025-09-15", "FREQ=MONTHLY;BYMONTHDAY=15"},
		{"month", "1st and 15th", "2025-09-15", "FREQ=MONTHLY;BYMONTHDAY=1,15"},
		{"month", "last day", "2025-09-30", "FREQ=MONTHLY;BYMONTHDAY=-1"},
		{"month", "first day", "2025-09-01", "FREQ=MONTHLY;BYMONTHDAY=1"},
		{"month", "first weekday", "2025-09-01", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1"},
		{"first Tuesday", "", "2025-09-02", "FREQ=MONTHLY;BYDAY=1TU"},
		{"last day of the month", "", "2025-09-30", "FREQ=MONTHLY;BYMONTHDAY=-1"},
		{"last day", "", "2025-09-30", "FREQ=MONTHLY;BYMONTHDAY=-1"},
		{"second day of the month", "", "2025-09-02", "FREQ=MONTHLY;BYMONTHDAY=2"},
		{"1 day", "", "2025-09-02", "FREQ=DAILY"},
		{"second day", "", "2025-09-02", "FREQ=DAILY;INTERVAL=2"},
		{"week on Tuesday", "", "2025-09-02", "FREQ=WEEKLY;BYDAY=TU"},
		{"2 months on the first Tuesday", "", "2025-09-02", "FREQ=MONTHLY;INTERVAL=2;BYDAY=1TU"},
		{"first Tuesday of every month", "", "2025-09-02", "FREQ=MONTHLY;BYDAY=1TU"},
		{"3 months", "2", "2025-09-02", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=2"},
		{"three months", "", "2025-09-02", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=2"},
		{"quarter", "first Tuesday", "2025-09-02", "FREQ=MONTHLY;INTERVAL=3;BYDAY=1TU"},
		{"year", "", "2025-09-02", "FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=2"},
		{"annually", "first Tuesday", "2025-09-02", "FREQ=YEARLY;BYMONTH=9;BYDAY=1TU"},
		{"year", "first Tuesday in September", "2025-09-02", "FREQ=YEARLY;BYMONTH=9;BYDAY=1TU"},
		{"year", "2 September", "2025-09-02", "FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=2"},
		{"year", "second Tuesday of March and Sept", "2025-09-09", "FREQ=YEARLY;BYMONTH=3,9;BYDAY=2TU"},
		{"last Friday of September", "", "2025-09-26", "FREQ=YEARLY;BYMONTH=9;BYDAY=-1FR"},
	} {
		r, err := FromWords(test.every, test.on, time.Time{}, nil, moment(t, test.start, london), true)
		if err != nil {
			t.Errorf("every %q on %q: %v", test.every, test.on, err)
		} else if r.RRULE() != test.want {
			t.Errorf("every %q on %q is %s, want %s", test.every, test.on, r.RRULE(), test.want)
		}
	}
}

func TestWordsTakeAnEndAndExceptions(t *testing.T) {
	london := location(t, "Europe/London")
	day := func(text string) time.Time { return moment(t, text, london) }
	r, err := FromWords("week", "Monday and Thursday", day("2025-12-18"), []time.Time{day("2025-12-15"), day("2025-12-04")}, day("2025-12-01 18:30"), false)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"Mon 2025-12-01 18:30 GMT", "Mon 2025-12-08 18:30 GMT", "Thu 2025-12-11 18:30 GMT", "Thu 2025-12-18 18:30 GMT"}
	if diff := cmp.Diff(want, shown(r.Next(time.Time{}, 99))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got, want := r.RRULE(), "FREQ=WEEKLY;BYDAY=MO,TH;UNTIL=20251218T183000Z"; got != want {
		t.Errorf("rule is %s, want %s", got, want)
	}
	if got, want := r.Words(), "every week on Monday and Thursday until 18 December 2025, except on 4 December 2025 and 15 December 2025"; got != want {
		t.Errorf("words are %q, want %q", got, want)
	}
}

func TestWordsAreWritten(t *testing.T) {
	london := location(t, "Europe/London")
	for _, test := range []struct{ rule, start, want string }{
		{"FREQ=DAILY", "2025-09-02", "every day"},
		{"FREQ=DAILY;INTERVAL=3;COUNT=4", "2025-09-02", "every 3 days, 4 times"},
		{"FREQ=DAILY;BYMONTH=9,10;BYDAY=TU,WE;BYMONTHDAY=2,3", "2025-09-02", "every day, if that is the 2nd or 3rd and a Tuesday or Wednesday, only in September and October"},
		{"FREQ=WEEKLY;UNTIL=20251218", "2025-09-02", "every week on Tuesday until 18 December 2025"},
		{"FREQ=WEEKLY;BYDAY=TH,MO", "2025-09-01", "every week on Monday and Thursday"},
		{"FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "2025-09-02", "every week, Monday to Friday"},
		{"FREQ=WEEKLY;INTERVAL=2;BYMONTH=9", "2025-09-02", "every 2 weeks on Tuesday, only in September"},
		{"FREQ=MONTHLY;BYDAY=1TU", "2025-09-02", "every month on the first Tuesday"},
		{"FREQ=MONTHLY;BYDAY=2TH,4TH", "2025-09-11", "every month on the second and fourth Thursday"},
		{"FREQ=MONTHLY;BYDAY=-1FR,1TU", "2025-09-02", "every month on the first Tuesday and the last Friday"},
		{"FREQ=MONTHLY;BYDAY=5TU;UNTIL=20261231", "2025-09-30", "every month on the fifth Tuesday, where there is one, until 31 December 2026"},
		{"FREQ=MONTHLY;BYDAY=TU", "2025-09-02", "every month on every Tuesday"},
		{"FREQ=MONTHLY;INTERVAL=3", "2025-09-22", "every 3 months on the 22nd"},
		{"FREQ=MONTHLY;BYMONTHDAY=1,11,-1,-2", "2025-09-01", "every month on the 1st, 11th, second-last day and last day"},
		{"FREQ=MONTHLY;COUNT=9", "2025-10-31", "every month on the 31st, where there is one, 9 times"},
		{"FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR", "2026-02-13", "every month on the 13th if that is a Friday"},
		{"FREQ=MONTHLY;BYMONTHDAY=13,14;BYDAY=2FR,2SA", "2026-02-13", "every month on the 13th or 14th if that is the second Friday or the second Saturday"},
		{"FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2025-09-30", "every month on the last weekday"},
		{"FREQ=MONTHLY;BYDAY=TU,SA;BYSETPOS=1,2", "2025-09-02", "every month on the first and second of these days in the month: every Tuesday and Saturday"},
		{"FREQ=MONTHLY;BYMONTH=9,10;BYDAY=1TU", "2025-09-02", "every month on the first Tuesday, only in September and October"},
		{"FREQ=YEARLY", "2025-09-02", "every year on 2 September"},
		{"FREQ=YEARLY;INTERVAL=2;COUNT=1", "2025-09-02", "every 2 years on 2 September, once"},
		{"FREQ=YEARLY", "2024-02-29", "every year on 29 February, where there is one"},
		{"FREQ=YEARLY;BYMONTH=9,3", "2025-09-02", "every year on the 2nd of March and September"},
		{"FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=-1", "2025-09-30", "every year on the last day of September"},
		{"FREQ=YEARLY;BYMONTH=9;BYDAY=1TU", "2025-09-02", "every year on the first Tuesday of September"},
		{"FREQ=YEARLY;BYMONTH=9;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1", "2025-09-01", "every year on the first weekday of September"},
		{"FREQ=YEARLY;BYMONTH=9;BYDAY=TU", "2025-09-02", "every year on every Tuesday of September"},
		{"FREQ=YEARLY;BYMONTHDAY=2", "2025-09-02", "every year on the 2nd of every month"},
		{"FREQ=YEARLY;BYDAY=36TU", "2026-09-08", "every year on the 36th Tuesday of the year"},
		{"FREQ=YEARLY;BYDAY=TU", "2025-09-02", "every year on every Tuesday"},
		{"FREQ=YEARLY;BYMONTH=1,9;BYDAY=TU;BYSETPOS=-1", "2025-09-30", "every year on the last of these days in the year: every Tuesday of January and September"},
	} {
		if got := mustParse(t, test.rule, test.start, london).Words(); got != test.want {
			t.Errorf("%s from %s is %q, want %q", test.rule, test.start, got, test.want)
		}
	}
}

// What the package says in words, writers will copy into their files.
func TestWordsThatAreWrittenCanBeReadAgain(t *testing.T) {
	london := location(t, "Europe/London")
	for _, test := range []struct{ rule, start string }{
		{"FREQ=DAILY;INTERVAL=3", "2025-09-02"},
		{"FREQ=WEEKLY;INTERVAL=2", "2025-09-02"},
		{"FREQ=WEEKLY;BYDAY=MO,TU,TH", "2025-09-02"},
		{"FREQ=MONTHLY;BYDAY=1TU,3TU,-1FR", "2025-09-02"},
		{"FREQ=MONTHLY;BYMONTHDAY=1,15,-1", "2025-09-01"},
		{"FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2", "2025-09-29"},
		{"FREQ=YEARLY;BYMONTH=3,9;BYDAY=1TU", "2025-09-02"},
		{"FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=2,3", "2025-09-02"},
	} {
		r := mustParse(t, test.rule, test.start, london)
		every, on, _ := strings.Cut(r.Words(), " on ")
		again, err := FromWords(every, on, time.Time{}, nil, moment(t, test.start, london), true)
		if err != nil {
			t.Errorf("%q: %v", r.Words(), err)
		} else if !cmp.Equal(r, again) {
			t.Errorf("%q is read as %s, want %s", r.Words(), again.RRULE(), r.RRULE())
		}
	}
}
