package recur

import (
	"strings"
	"testing"
	"time"
	_ "time/tzdata"
)

func TestRulesThatCannotBeUsedSayWhy(t *testing.T) {
	london := location(t, "Europe/London")
	for _, test := range []struct{ rule, kind, want string }{
		{"", RuleUnreadable, "not said how"},
		{"every month", RuleUnreadable, `"every: month" and "on: first Tuesday"`},
		{"FREQ=WEEKLY;;COUNT=2", RuleUnreadable, "not a name and a value"},
		{"FREQ=", RuleUnreadable, "not a name and a value"},
		{"FREQ=WEEKLY;FREQ=DAILY", RuleUnreadable, `"FREQ" twice`},
		{"DTSTART:20250902T100000\nRRULE:FREQ=WEEKLY", RuleUnreadable, "more than a rule"},
		{"FREQ=DAILY;BYDAY=" + strings.Repeat("MO,", 200), RuleUnreadable, "too long"},
		{"FREK=WEEKLY", RuleUnreadable, `did you mean "FREQ"?`},
		{"FREQ=WEEKLI", RuleUnreadable, `did you mean "WEEKLY"?`},
		{"INTERVAL=2", RuleUnreadable, "no FREQ"},
		{"FREQ=HOURLY", RuleUnsupported, "more than once a day"},
		{"FREQ=MINUTELY", RuleUnsupported, "more than once a day"},
		{"FREQ=SECONDLY", RuleUnsupported, "more than once a day"},
		{"FREQ=DAILY;BYHOUR=9,15", RuleUnsupported, "BYHOUR"},
		{"FREQ=YEARLY;BYWEEKNO=20", RuleUnsupported, "BYWEEKNO"},
		{"FREQ=YEARLY;BYEASTER=0", RuleUnsupported, "Easter"},
		{"FREQ=WEEKLY;INTERVAL=0", RuleOutOfRange, "INTERVAL=0"},
		{"FREQ=WEEKLY;INTERVAL=two", RuleUnreadable, `"TWO" after INTERVAL`},
		{"FREQ=WEEKLY;INTERVAL=99999999999999999999", RuleOutOfRange, "out of range"},
		{"FREQ=WEEKLY;INTERVAL=105", RuleOutOfRange, "every 105 weeks"},
		{"FREQ=YEARLY;INTERVAL=51", RuleOutOfRange, "from 1 to 50"},
		{"FREQ=WEEKLY;COUNT=0", RuleOutOfRange, "COUNT=0"},
		{"FREQ=YEARLY;COUNT=202", RuleOutOfRange, "more than 200 years"},
		{"FREQ=WEEKLY;COUNT=3;UNTIL=20251218", RuleUnclear, "both COUNT and UNTIL"},
		{"FREQ=WEEKLY;UNTIL=18/12/2025", RuleUnreadable, "UNTIL=20251218"},
		{"FREQ=WEEKLY;UNTIL=20250901", RuleUntil, "Monday 1 September 2025, which is before it starts on Tuesday 2 September 2025"},
		{"FREQ=WEEKLY;UNTIL=20250902T085959Z", RuleUntil, "before it starts"},
		{"FREQ=WEEKLY;UNTIL=29991231", RuleOutOfRange, "check the year"},
		{"FREQ=WEEKLY;BYDAY=TUE", RuleUnreadable, `"TUE" after BYDAY`},
		{"FREQ=WEEKLY;BYDAY=", RuleUnreadable, "name and a value"},
		{"FREQ=WEEKLY;BYDAY=TU,", RuleUnreadable, "after BYDAY"},
		{"FREQ=WEEKLY;BYDAY=TU,U", RuleUnreadable, `"U" after BYDAY`},
		{"FREQ=MONTHLY;BYDAY=0TU", RuleUnreadable, `"0TU"`},
		{"FREQ=WEEKLY;BYDAY=1TU", RuleUnclear, "FREQ=MONTHLY"},
		{"FREQ=MONTHLY;BYDAY=1TU,TH", RuleUnclear, "some days have a number"},
		{"FREQ=MONTHLY;BYDAY=6TU", RuleOutOfRange, "at most 5"},
		{"FREQ=MONTHLY;BYDAY=-10MO", RuleOutOfRange, "at most 5"}, // rrule-go panics
		{"FREQ=YEARLY;BYMONTH=12;BYDAY=20MO", RuleOutOfRange, "at most 5"},
		{"FREQ=YEARLY;BYDAY=54MO", RuleOutOfRange, "at most 53"},
		{"FREQ=MONTHLY;BYMONTHDAY=32", RuleOutOfRange, "BYMONTHDAY=32"},
		{"FREQ=MONTHLY;BYMONTHDAY=0", RuleOutOfRange, "BYMONTHDAY=0"},
		{"FREQ=YEARLY;BYMONTH=-1", RuleOutOfRange, "BYMONTH=-1"},
		{"FREQ=WEEKLY;BYMONTHDAY=2", RuleUnclear, "BYMONTHDAY"},
		{"FREQ=WEEKLY;BYDAY=TU,TH;BYSETPOS=1", RuleUnsupported, "BYSETPOS"},
		{"FREQ=MONTHLY;BYSETPOS=1", RuleUnclear, "BYSETPOS"},
		{"FREQ=WEEKLY;WKST=1MO", RuleUnreadable, "WKST"},
		{"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", RuleNever, `"every year on 30 February"`},
		{"FREQ=MONTHLY;BYMONTHDAY=8;BYDAY=1TU", RuleNever, "no date"},
		{"FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=11", RuleNever, "no date"},
		{"FREQ=MONTHLY;BYDAY=2TU", RuleStart, "the first date that fits is Tuesday 9 September 2025"},
		{"FREQ=DAILY;INTERVAL=7;BYDAY=WE", RuleStart, "Wednesday 3 September 2025"},
		{"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", RuleStart, "Tuesday 29 February 2028"},
	} {
		_, err := Parse(test.rule, moment(t, "2025-09-02 10:00", london), false)
		if err == nil {
			t.Errorf("%q is read without an error", test.rule)
			continue
		}
		e := asError(t, err)
		if e.Rule != test.kind || !strings.Contains(e.Text+" / "+e.Hint, test.want) || e.Key != "" {
			t.Errorf("%q: %s, key %q: %s / %s\nwant %s, no key, %s", test.rule, e.Rule, e.Key, e.Text, e.Hint, test.kind, test.want)
		}
	}
}

func TestWordsThatCannotBeUsedSayWhyAndWhere(t *testing.T) {
	london := location(t, "Europe/London")
	for _, test := range []struct{ every, on, until, except, key, kind, want string }{
		{"", "", "", "", "every", RuleUnreadable, "how often"},
		{"", "Tuesday", "", "", "every", RuleUnreadable, "how often"},
		{"weak", "", "", "", "every", RuleUnreadable, `did you mean "week"?`},
		{"2 mnoths", "", "", "", "every", RuleUnreadable, `did you mean "months"?`},
		{"Tusday", "", "", "", "every", RuleUnreadable, `did you mean "Tuesday"?`},
		{"2", "", "", "", "every", RuleUnclear, "2 weeks"},
		{"0 weeks", "", "", "", "every", RuleOutOfRange, "every 0 weeks"},
		{"-1 weeks", "", "", "", "every", RuleOutOfRange, "every -1 weeks"},
		{"500 weeks", "", "", "", "every", RuleOutOfRange, "from 1 to 104"},
		{"99999999999999999999 weeks", "", "", "", "every", RuleUnreadable, "span of time"},
		{"few weeks", "", "", "", "every", RuleUnreadable, "span of time"},
		{"hour", "", "", "", "every", RuleUnsupported, "once a day"},
		{"30 seconds", "", "", "", "every", RuleUnsupported, "once a day"},
		{"biweekly", "", "", "", "every", RuleUnclear, "2 weeks"},
		{"twice a week", "", "", "", "every", RuleUnclear, "name the days"},
		{"Tuesday", "Tuesday", "", "", "on", RuleUnclear, "said twice"},
		{"week on Tuesday", "Tuesday", "", "", "on", RuleUnclear, "said twice"},
		{"week Tuesday", "", "", "", "every", RuleUnclear, `"every: week" and "on: Tuesday"`},
		{"week", "every other Tuesday", "", "", "on", RuleUnclear, `"every: 2 weeks"`},
		{"day", "first Tuesday", "", "", "on", RuleUnclear, "every: week"},
		{"2 days", "Tuesday", "", "", "on", RuleUnclear, "every: week"},
		{"week", "first Tuesday", "", "", "on", RuleUnclear, "every: month"},
		{"week", "15th", "", "", "on", RuleUnclear, "every: month"},
		{"week", "and", "", "", "on", RuleUnreadable, "does not name a day"},
		{"month", "Tuesday", "", "", "on", RuleUnclear, `write "first Tuesday"`},
		{"month", "first Tuesday and Thursday", "", "", "on", RuleUnclear, `"first Thursday"`},
		{"month", "first Tuesday and 15th", "", "", "on", RuleUnclear, "mixes"},
		{"month", "frist Tuesday", "", "", "on", RuleUnreadable, `did you mean "first"?`},
		{"month", "first", "", "", "on", RuleUnclear, `write "first Tuesday"`},
		{"month", "3 Tuesdays", "", "", "on", RuleUnclear, `write "third Tuesday"`},
		{"month", "6th Tuesday", "", "", "on", RuleOutOfRange, "no month has a 6th Tuesday"},
		{"month", "32nd", "", "", "on", RuleOutOfRange, "no month has a day 32"},
		{"month", "0", "", "", "on", RuleOutOfRange, "no month has a day 0"},
		{"month", "day", "", "", "on", RuleUnclear, "which day"},
		{"month", "last working day", "", "", "on", RuleUnsupported, "bank holidays"},
		{"month", "40th weekday", "", "", "on", RuleOutOfRange, "40th weekday"},
		{"month", "2 September", "", "", "on", RuleUnclear, "every: year"},
		{"week", "Monday to", "", "", "on", RuleUnreadable, `missing after "to"`},
		{"week", "Monday to first", "", "", "on", RuleUnreadable, `missing after "to"`},
		{"week", "to Friday", "", "", "on", RuleUnreadable, "between days"},
		{"year", "Tuesday", "", "", "on", RuleUnclear, "which Tuesday"},
		{"year", "March", "", "", "on", RuleUnclear, `write "15 March"`},
		{"year", "last weekday of March and September", "", "", "on", RuleUnclear, "more than one month"},
		{"year", "30 February", "", "", "on", RuleNever, `"every year on 30 February"`},
		{"month", "first Wednesday", "", "", "on", RuleStart, "starts on Tuesday 2 September 2025, which is not a date of"},
		{"month", "first Wednesday", "", "", "on", RuleStart, "Wednesday 3 September 2025"},
		{"Wednesday", "", "", "", "every", RuleStart, "Wednesday 3 September 2025"},
		{"fortnight", "Monday", "", "", "on", RuleStart, "Monday 8 September 2025"},
		{"week", "", "2025-09-01", "", "until", RuleUntil, "before it starts"},
		{"week", "", "2999-09-01", "", "until", RuleOutOfRange, "check the year"},
		{"week", "", "", "2025-09-10", "except", RuleExcept, "the dates around it are Tuesday 9 September 2025 and Tuesday 16 September 2025"},
		{"week", "", "", "2025-08-26", "except", RuleExcept, "nearest date of the event is Tuesday 2 September 2025"},
		{"week", "", "2025-09-20", "2025-09-23", "except", RuleExcept, "nearest date of the event is Tuesday 16 September 2025"},
		{"week", "", "2025-09-03", "2025-09-02", "except", RuleNothingLeft, "every date"},
	} {
		var until time.Time
		var except []time.Time
		if test.until != "" {
			until = moment(t, test.until, london)
		}
		if test.except != "" {
			except = append(except, moment(t, test.except, london))
		}
		_, err := FromWords(test.every, test.on, until, except, moment(t, "2025-09-02 10:00", london), false)
		if err == nil {
			t.Errorf("every %q on %q is read without an error", test.every, test.on)
			continue
		}
		e := asError(t, err)
		if e.Rule != test.kind || e.Key != test.key || !strings.Contains(e.Text+" / "+e.Hint, test.want) {
			t.Errorf("every %q on %q: %s at %q: %s / %s\nwant %s at %q, %s", test.every, test.on, e.Rule, e.Key, e.Text, e.Hint, test.kind, test.key, test.want)
		}
	}
}

func TestAStartOutsideTheCalendarIsAnError(t *testing.T) {
	for _, start := range []time.Time{{}, time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(9500, 1, 1, 0, 0, 0, 0, time.UTC), time.Unix(1<<60, 0)} {
		_, err := Parse("FREQ=DAILY", start, false)
		if e := asError(t, err); e.Rule != RuleOutOfRange {
			t.Errorf("%v: %+v", start, *e)
		}
	}
}
