package recur

import (
	"errors"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/google/go-cmp/cmp"
)

func location(t testing.TB, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

// moment reads "2025-09-02 10:00" or "2025-09-02" as clocks in loc show it.
func moment(t testing.TB, text string, loc *time.Location) time.Time {
	t.Helper()
	layout := "2006-01-02 15:04"[:len(text)]
	m, err := time.ParseInLocation(layout, text, loc)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func mustParse(t testing.TB, rule, start string, loc *time.Location) *Rule {
	t.Helper()
	r, err := Parse(rule, moment(t, start, loc), len(start) == len("2006-01-02"))
	if err != nil {
		t.Fatalf("Parse(%q, %s): %v", rule, start, err)
	}
	return r
}

func shown(times []time.Time) []string {
	var texts []string
	for _, t := range times {
		texts = append(texts, t.Format("Mon 2006-01-02 15:04 MST"))
	}
	return texts
}

func TestOccurrencesFollowTheRule(t *testing.T) {
	for _, test := range []struct {
		rule, start string
		want        []string
	}{
		{"FREQ=MONTHLY;BYDAY=1TU", "2025-09-02 10:00", []string{
			"Tue 2025-09-02 10:00 BST", "Tue 2025-10-07 10:00 BST", "Tue 2025-11-04 10:00 GMT", "Tue 2025-12-02 10:00 GMT"}},
		{"rrule:freq=weekly;byday=mo,th;", "2025-10-20 09:00", []string{
			"Mon 2025-10-20 09:00 BST", "Thu 2025-10-23 09:00 BST", "Mon 2025-10-27 09:00 GMT", "Thu 2025-10-30 09:00 GMT"}},
		{"FREQ=WEEKLY;INTERVAL=2", "2026-03-17 18:30", []string{
			"Tue 2026-03-17 18:30 GMT", "Tue 2026-03-31 18:30 BST", "Tue 2026-04-14 18:30 BST", "Tue 2026-04-28 18:30 BST"}},
		{"FREQ=MONTHLY;BYMONTHDAY=-1", "2023-12-31", []string{
			"Sun 2023-12-31 00:00 GMT", "Wed 2024-01-31 00:00 GMT", "Thu 2024-02-29 00:00 GMT", "Sun 2024-03-31 00:00 GMT"}},
		{"FREQ=MONTHLY", "2025-01-31", []string{
			"Fri 2025-01-31 00:00 GMT", "Mon 2025-03-31 00:00 BST", "Sat 2025-05-31 00:00 BST", "Thu 2025-07-31 00:00 BST"}},
		{"FREQ=YEARLY", "2024-02-29", []string{
			"Thu 2024-02-29 00:00 GMT", "Tue 2028-02-29 00:00 GMT", "Sun 2032-02-29 00:00 GMT", "Fri 2036-02-29 00:00 GMT"}},
		{"FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2025-08-29", []string{
			"Fri 2025-08-29 00:00 BST", "Tue 2025-09-30 00:00 BST", "Fri 2025-10-31 00:00 GMT", "Fri 2025-11-28 00:00 GMT"}},
		{"FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "2026-02-13", []string{
			"Fri 2026-02-13 00:00 GMT", "Fri 2026-03-13 00:00 GMT", "Fri 2026-11-13 00:00 GMT", "Fri 2027-08-13 00:00 BST"}},
		{"FREQ=DAILY;COUNT=3", "2025-10-25 12:00", []string{
			"Sat 2025-10-25 12:00 BST", "Sun 2025-10-26 12:00 GMT", "Mon 2025-10-27 12:00 GMT"}},
		{"FREQ=DAILY;UNTIL=20251026", "2025-10-25 23:30", []string{
			"Sat 2025-10-25 23:30 BST", "Sun 2025-10-26 23:30 GMT"}},
		// A week that begins on Sunday pairs the days differently (RFC 5545, WKST).
		{"FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=MO", "1997-08-05", []string{
			"Tue 1997-08-05 00:00 BST", "Sun 1997-08-10 00:00 BST", "Tue 1997-08-19 00:00 BST", "Sun 1997-08-24 00:00 BST"}},
		{"FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU", "1997-08-05", []string{
			"Tue 1997-08-05 00:00 BST", "Sun 1997-08-17 00:00 BST", "Tue 1997-08-19 00:00 BST", "Sun 1997-08-31 00:00 BST"}},
	} {
		r := mustParse(t, test.rule, test.start, location(t, "Europe/London"))
		if diff := cmp.Diff(test.want, shown(r.Next(time.Time{}, 4))); diff != "" {
			t.Errorf("%s from %s (-want +got):\n%s", test.rule, test.start, diff)
		}
	}
}

func TestUntilIncludesItsLastOccurrence(t *testing.T) {
	london := location(t, "Europe/London")
	for _, test := range []struct{ start, until, last, canonical string }{
		{"2025-06-03 10:00", "20250617", "2025-06-17 10:00", "20250617T090000Z"},
		{"2025-06-03 10:00", "20250617T090000Z", "2025-06-17 10:00", "20250617T090000Z"},
		{"2025-06-03 10:00", "20250617T085959Z", "2025-06-10 10:00", "20250616T090000Z"},
		{"2025-06-03 10:00", "20250617T100000", "2025-06-17 10:00", "20250617T090000Z"},
		{"2025-06-03 10:00", "20250617T095959", "2025-06-10 10:00", "20250616T090000Z"},
		{"2025-06-03 00:15", "20250616T231500Z", "2025-06-17 00:15", "20250616T231500Z"},
		{"2025-10-21 10:00", "20251028", "2025-10-28 10:00", "20251028T100000Z"},
		{"2025-06-03", "20250617", "2025-06-17", "20250617"},
		{"2025-06-03", "20250616T230000Z", "2025-06-17", "20250617"},
	} {
		r := mustParse(t, "FREQ=WEEKLY;BYDAY=TU;UNTIL="+test.until, test.start, london)
		last, ok := r.Last()
		if want := moment(t, test.last, london); !ok || !last.Equal(want) {
			t.Errorf("start %s, until %s: last is %v, %v, want %v", test.start, test.until, last, ok, want)
		}
		if want := "FREQ=WEEKLY;BYDAY=TU;UNTIL=" + test.canonical; r.RRULE() != want {
			t.Errorf("start %s, until %s: rule is %s, want %s", test.start, test.until, r.RRULE(), want)
		}
	}
}

func TestNextAndPreviousLeaveOutTheInstantItself(t *testing.T) {
	london := location(t, "Europe/London")
	r := mustParse(t, "FREQ=WEEKLY;COUNT=4", "2025-09-02 10:00", london)
	second := moment(t, "2025-09-09 10:00", london)
	for _, test := range []struct {
		name      string
		got, want []string
	}{
		{"next", shown(r.Next(second, 9)), []string{"Tue 2025-09-16 10:00 BST", "Tue 2025-09-23 10:00 BST"}},
		{"next one", shown(r.Next(second, 1)), []string{"Tue 2025-09-16 10:00 BST"}},
		{"next from a second before", shown(r.Next(second.Add(-time.Second), 1)), []string{"Tue 2025-09-09 10:00 BST"}},
		{"next none", shown(r.Next(second, 0)), nil},
		{"next after the last", shown(r.Next(moment(t, "2025-09-23 10:00", london), 1)), nil},
		{"previous", shown(r.Previous(second, 9)), []string{"Tue 2025-09-02 10:00 BST"}},
		{"previous two, in order", shown(r.Previous(second.Add(time.Second), 2)), []string{"Tue 2025-09-02 10:00 BST", "Tue 2025-09-09 10:00 BST"}},
		{"previous one of two", shown(r.Previous(second.Add(time.Second), 1)), []string{"Tue 2025-09-09 10:00 BST"}},
		{"previous to the start", shown(r.Previous(moment(t, "2025-09-02 10:00", london), 1)), nil},
		{"previous at the end of time", shown(r.Previous(time.Unix(1<<60, 0), 1)), []string{"Tue 2025-09-23 10:00 BST"}},
		{"next at the end of time", shown(r.Next(time.Unix(1<<60, 0), 1)), nil},
		{"next from the beginning of time", shown(r.Next(time.Unix(-1<<60, 0), 1)), []string{"Tue 2025-09-02 10:00 BST"}},
	} {
		if diff := cmp.Diff(test.want, test.got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

func TestClockChangesKeepTheLocalHour(t *testing.T) {
	for _, test := range []struct {
		name, zone, rule, start, from string
		want                          []string
	}{
		{"skipped in spring: an hour later, that day only", "Europe/London", "FREQ=DAILY", "2026-03-01 01:30", "2026-03-28",
			[]string{"Sat 2026-03-28 01:30 GMT", "Sun 2026-03-29 02:30 BST", "Mon 2026-03-30 01:30 BST"}},
		{"twice in autumn: the first", "Europe/London", "FREQ=DAILY", "2026-10-01 01:30", "2026-10-24",
			[]string{"Sat 2026-10-24 01:30 BST", "Sun 2026-10-25 01:30 BST", "Mon 2026-10-26 01:30 GMT"}},
		{"twice in autumn, west of Greenwich: the first", "America/New_York", "FREQ=DAILY", "2026-10-01 01:30", "2026-10-31",
			[]string{"Sat 2026-10-31 01:30 EDT", "Sun 2026-11-01 01:30 EDT", "Mon 2026-11-02 01:30 EST"}},
		{"skipped west of Greenwich", "America/New_York", "FREQ=DAILY", "2026-03-01 02:30", "2026-03-07",
			[]string{"Sat 2026-03-07 02:30 EST", "Sun 2026-03-08 03:30 EDT", "Mon 2026-03-09 02:30 EDT"}},
		{"a change of half an hour", "Australia/Lord_Howe", "FREQ=DAILY", "2025-10-01 02:15", "2025-10-04",
			[]string{"Sat 2025-10-04 02:15 +1030", "Sun 2025-10-05 02:45 +11", "Mon 2025-10-06 02:15 +11"}},
		{"a day that begins at one", "Africa/Cairo", "FREQ=DAILY", "2025-04-20", "2025-04-24",
			[]string{"Thu 2025-04-24 00:00 EET", "Fri 2025-04-25 01:00 EEST", "Sat 2025-04-26 00:00 EEST"}},
		{"an event that began on a day that begins at one", "Africa/Cairo", "FREQ=DAILY", "2025-04-25", "2025-04-24",
			[]string{"Fri 2025-04-25 01:00 EEST", "Sat 2025-04-26 00:00 EEST", "Sun 2025-04-27 00:00 EEST"}},
		{"pushed past midnight", "America/Nuuk", "FREQ=DAILY", "2024-03-01 23:30", "2024-03-31 00:10",
			[]string{"Sun 2024-03-31 00:30 -01", "Sun 2024-03-31 23:30 -01", "Mon 2024-04-01 23:30 -01"}},
		{"a day that did not exist", "Pacific/Apia", "FREQ=DAILY", "2011-12-01 09:00", "2011-12-29",
			[]string{"Thu 2011-12-29 09:00 -10", "Sat 2011-12-31 09:00 +14", "Sun 2012-01-01 09:00 +14"}},
		{"a whole day that did not exist", "Pacific/Apia", "FREQ=DAILY;COUNT=31", "2011-12-01", "2011-12-29",
			[]string{"Thu 2011-12-29 00:00 -10", "Sat 2011-12-31 00:00 +14", "Sun 2012-01-01 00:00 +14"}},
	} {
		loc := location(t, test.zone)
		r := mustParse(t, test.rule, test.start, loc)
		from := moment(t, test.from, loc).Add(-time.Second)
		if diff := cmp.Diff(test.want, shown(r.Next(from, 3))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

func TestAStartInTheHourThatComesTwiceIsKept(t *testing.T) {
	london := location(t, "Europe/London")
	start := time.Date(2025, 10, 26, 1, 30, 0, 0, time.UTC).In(london) // the second 1:30
	r, err := Parse("FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", start, false)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"Sun 2025-10-26 01:30 GMT", "Sun 2026-10-25 01:30 BST"}
	if diff := cmp.Diff(want, shown(r.Next(time.Time{}, 2))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestLastIsKnownOnlyIfTheRuleEnds(t *testing.T) {
	london := location(t, "Europe/London")
	for _, test := range []struct{ rule, want string }{
		{"FREQ=WEEKLY", ""},
		{"FREQ=WEEKLY;COUNT=3", "2025-09-16 10:00"},
		{"FREQ=WEEKLY;COUNT=1", "2025-09-02 10:00"},
		{"FREQ=WEEKLY;UNTIL=20250922", "2025-09-16 10:00"},
		{"FREQ=MONTHLY;INTERVAL=2;UNTIL=20351231", "2035-11-02 10:00"},
	} {
		last, ok := mustParse(t, test.rule, "2025-09-02 10:00", london).Last()
		if ok != (test.want != "") || ok && !last.Equal(moment(t, test.want, london)) {
			t.Errorf("%s: last is %v, %v, want %q", test.rule, last, ok, test.want)
		}
	}
}

func TestExceptLeavesDaysOut(t *testing.T) {
	london := location(t, "Europe/London")
	all := mustParse(t, "FREQ=WEEKLY;COUNT=4", "2025-10-20 10:00", london)
	day := func(text string) time.Time { return moment(t, text, time.UTC) }
	r, err := all.Except(day("2025-11-10"), day("2025-10-27"), day("2025-10-27"))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"Mon 2025-10-20 10:00 BST", "Mon 2025-11-03 10:00 GMT"}, shown(r.Next(time.Time{}, 9))); diff != "" {
		t.Errorf("next (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"Mon 2025-10-27 10:00 GMT", "Mon 2025-11-10 10:00 GMT"}, shown(r.Exceptions())); diff != "" {
		t.Errorf("exceptions (-want +got):\n%s", diff)
	}
	if last, _ := r.Last(); !last.Equal(moment(t, "2025-11-03 10:00", london)) {
		t.Errorf("last is %v", last)
	}
	if got := shown(r.Previous(moment(t, "2025-11-03 10:00", london), 5)); !cmp.Equal(got, []string{"Mon 2025-10-20 10:00 BST"}) {
		t.Errorf("previous is %v", got)
	}
	if len(all.Exceptions()) != 0 || len(all.Next(time.Time{}, 9)) != 4 {
		t.Error("the first rule was changed")
	}
	more, err := r.Except(day("2025-10-20"))
	if err != nil || len(more.Exceptions()) != 3 || len(r.Exceptions()) != 2 {
		t.Errorf("a further exception: %v, %v", more, err)
	}
	if _, err := more.Except(day("2025-11-03")); err == nil {
		t.Error("every occurrence could be left out")
	}
}

func TestEqualComparesContent(t *testing.T) {
	london := location(t, "Europe/London")
	start := "2025-09-02 10:00"
	a := mustParse(t, "FREQ=WEEKLY;COUNT=3", start, london)
	b := mustParse(t, "COUNT=3;INTERVAL=1;BYDAY=TU;WKST=SU;FREQ=WEEKLY", start, london)
	except, err := a.Except(moment(t, "2025-09-09", london))
	if err != nil {
		t.Fatal(err)
	}
	if !cmp.Equal(a, b) {
		t.Errorf("%s differs from %s", a.RRULE(), b.RRULE())
	}
	for name, other := range map[string]*Rule{
		"a later start":  mustParse(t, "FREQ=WEEKLY;COUNT=3", "2025-09-09 10:00", london),
		"another count":  mustParse(t, "FREQ=WEEKLY;COUNT=4", start, london),
		"all-day":        mustParse(t, "FREQ=WEEKLY;COUNT=3", "2025-09-02", london),
		"another zone":   mustParse(t, "FREQ=WEEKLY;COUNT=3", start, location(t, "Europe/Guernsey")),
		"with exception": except,
		"none":           nil,
	} {
		if cmp.Equal(a, other) {
			t.Errorf("a rule equals one with %s", name)
		}
	}
}

func TestRulesAreWrittenInOneForm(t *testing.T) {
	london := location(t, "Europe/London")
	for _, test := range []struct{ rule, start, want string }{
		{"FREQ=DAILY;INTERVAL=1", "2025-09-02", "FREQ=DAILY"},
		{"FREQ=WEEKLY", "2025-09-02", "FREQ=WEEKLY;BYDAY=TU"},
		{"FREQ=MONTHLY", "2025-09-02", "FREQ=MONTHLY;BYMONTHDAY=2"},
		{"FREQ=YEARLY", "2025-09-02", "FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=2"},
		{"WKST=SU;BYDAY=TU,SU,TU;INTERVAL=2;FREQ=WEEKLY;COUNT=05", "2025-09-02", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU;COUNT=5"},
		{"FREQ=MONTHLY;BYMONTHDAY=-1,2,+15,2", "2025-09-02", "FREQ=MONTHLY;BYMONTHDAY=2,15,-1"},
		{"FREQ=MONTHLY;BYDAY=-1FR,+1TU", "2025-09-02", "FREQ=MONTHLY;BYDAY=1TU,-1FR"},
		{"FREQ=MONTHLY;BYDAY=TU;BYSETPOS=1,-1", "2025-09-02", "FREQ=MONTHLY;BYDAY=1TU,-1TU"},
		{"FREQ=YEARLY;BYMONTH=9;BYDAY=TU;BYSETPOS=1", "2025-09-02", "FREQ=YEARLY;BYMONTH=9;BYDAY=1TU"},
		{"FREQ=YEARLY;BYMONTH=9,3;BYDAY=TU;BYSETPOS=-5", "2025-09-02", "FREQ=YEARLY;BYMONTH=3,9;BYDAY=TU;BYSETPOS=-5"},
	} {
		r := mustParse(t, test.rule, test.start, london)
		if r.RRULE() != test.want {
			t.Errorf("%s is written %s, want %s", test.rule, r.RRULE(), test.want)
		}
		if again := mustParse(t, r.RRULE(), test.start, london); !cmp.Equal(r, again) {
			t.Errorf("%s is read again as %s", r.RRULE(), again.RRULE())
		}
	}
}

func asError(t testing.TB, err error) *Error {
	t.Helper()
	var e *Error
	if err == nil || !errors.As(err, &e) {
		t.Fatalf("error is %#v, want an *Error", err)
	}
	if e.Rule == "" || e.Text == "" || e.Hint == "" {
		t.Errorf("error lacks rule, text or hint: %+v", *e)
	}
	return e
}
