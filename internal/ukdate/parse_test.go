package ukdate

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func day(y int, m time.Month, d int) Value {
	return Value{Year: y, Month: m, Day: d, Precision: Day}
}

func month(y int, m time.Month) Value {
	return Value{Year: y, Month: m, Day: 1, Precision: Month}
}

func at(y int, m time.Month, d, hour, minute int) Value {
	return Value{Year: y, Month: m, Day: d, Hour: hour, Minute: minute, Precision: Minute}
}

func (v Value) to(hour, minute int) Value {
	v.End, v.HasEnd = Clock{Hour: hour, Minute: minute}, true
	return v
}

func (v Value) offset(seconds int, zone string) Value {
	v.Offset, v.HasOffset, v.Zone = seconds, true, zone
	return v
}

func (v Value) seconds(s int) Value {
	v.Second, v.Precision = s, Second
	return v
}

// Every date in the five regional updates that the program was made for.
func TestParseReadsDatesOfRealUpdates(t *testing.T) {
	for s, want := range map[string]Value{
		"Wednesday 8 October 2025":      day(2025, 10, 8),
		"12th January 2023":             day(2023, 1, 12),
		"September 2018":                month(2018, 9),
		"November 2021":                 month(2021, 11),
		"January 2021":                  month(2021, 1),
		"March 2022":                    month(2022, 3),
		"November 2020":                 month(2020, 11),
		"September 2021":                month(2021, 9),
		"November 2024":                 month(2024, 11),
		"August 2025":                   month(2025, 8),
		"22nd July 2025":                day(2025, 7, 22),
		"Tuesday 23rd September 2025":   day(2025, 9, 23),
		"Tuesday, 23 September 2025":    day(2025, 9, 23),
		"15 Oct 2025, 09:30 – 11:00":    at(2025, 10, 15, 9, 30).to(11, 0),
		"09 Oct 2025, 09:30 – 10:30":    at(2025, 10, 9, 9, 30).to(10, 30),
		"Thursday 30th January 2025":    day(2025, 1, 30),
		"2nd October 2025":              day(2025, 10, 2),
		"Monday 22nd of September 2025": day(2025, 9, 22),
	} {
		got, err := Parse(s)
		if err != nil || got != want {
			t.Errorf("Parse(%q) = %v, %v, want %v", s, got, err, want)
		}
	}
	for s, rule := range map[string]string{
		"7th October":              RuleNoYear,
		"2nd October":              RuleNoYear,
		"27th November":            RuleNoYear,
		"Monday 22nd of September": RuleNoYear,
		"Monday 8th of September":  RuleNoYear,
		"September":                RuleNoYear,
		"Summer 2021":              RuleNotADate,
		"2025/26":                  RuleNotADate,
		"2024":                     RuleNotADate,
		"2040":                     RuleNotADate,
		"next month":               RuleNotADate,
		"10:00am–12:00pm":          RuleNotADate,
	} {
		checkRule(t, s, rule)
	}
	r, err := ParseClockRange("10:00am–12:00pm")
	if want := (ClockRange{Clock{Hour: 10}, Clock{Hour: 12}, true}); err != nil || r != want {
		t.Errorf("10:00am–12:00pm is read as %v, %v", r, err)
	}
}

func TestParseReadsEveryForm(t *testing.T) {
	september := day(2025, 9, 23)
	ten := at(2025, 9, 23, 10, 0)
	for s, want := range map[string]Value{
		"2025-09-23":                          september,
		"2025/09/23":                          september,
		"23/09/2025":                          september,
		"23-09-2025":                          september,
		"23.9.2025":                           september,
		"23-Sep-2025":                         september,
		"23 September 2025":                   september,
		"23rd\u00a0of\u202fSeptember,\t2025":  september,
		"\ufeff 23\u200b September 2025 ":     september,
		"TUESDAY THE 23RD OF SEPTEMBER 2025":  september,
		"Tues. 23 Sept. 2025":                 september,
		"23Sept2025":                          september,
		"September 23rd, 2025":                september,
		"Weds 24 Sep 2025":                    day(2025, 9, 24),
		"5/6/2025":                            day(2025, 6, 5),
		"29 February 2024":                    day(2024, 2, 29),
		"2025-09":                             month(2025, 9),
		"Sept 2025":                           month(2025, 9),
		"2011-12":                             month(2011, 12),
		"2025-09-23 10:00":                    ten,
		"2025-09-23T10:00":                    ten,
		"2025-09-23t10:00":                    ten,
		"23/09/2025 10:00":                    ten,
		"23.9.2025 10.00":                     ten,
		"Tuesday 23rd September 2025 10:00am": ten,
		"23 September 2025 at 10am":           ten,
		"23 September 2025, 10 a.m.":          ten,
		"23 September 2025 - 10 AM":           ten,
		"10am on Tuesday 23 September 2025":   ten,
		"10:00, 23 September 2025":            ten,
		"23 September 2025 midday":            at(2025, 9, 23, 12, 0),
		"23 September 2025 12 noon":           at(2025, 9, 23, 12, 0),
		"23 September 2025 12pm":              at(2025, 9, 23, 12, 0),
		"23 September 2025 00:00":             at(2025, 9, 23, 0, 0),
		"23 September 2025 12:30am":           at(2025, 9, 23, 0, 30),
		"23 September 2025 2.30pm":            at(2025, 9, 23, 14, 30),
		"23 September 2025 10:00-11:00":       ten.to(11, 0),
		"2025-09-23 10:00-11:00":              ten.to(11, 0),
		"23 September 2025 from 10 to 11am":   ten.to(11, 0),
		"10am — midday, 23 September 2025":    ten.to(12, 0),
		"23 September 2025 7pm to midnight":   at(2025, 9, 23, 19, 0).to(0, 0),
		"23 September 2025 10pm until 2am":    at(2025, 9, 23, 22, 0).to(2, 0),
		"23 September 2025 midnight to 2am":   at(2025, 9, 23, 0, 0).to(2, 0),
		"2025-09-23T10:00:00+01:00":           ten.seconds(0).offset(3600, ""),
		"2025-09-23T10:00:07.25Z":             ten.seconds(7).offset(0, ""),
		"2025-09-23T10:00:00-05:00":           ten.seconds(0).offset(-5*3600, ""),
		"2025-09-23T10:00-05:00":              ten.offset(-5*3600, ""),
		"2025-09-23 10:00:00 -0500":           ten.seconds(0).offset(-5*3600, ""),
		"2025-09-23 10:00 +01":                ten.offset(3600, ""),
		"23 September 2025 10am BST":          ten.offset(3600, "BST"),
		"23 September 2025 10am (GMT)":        ten.offset(0, "GMT"),
		"23 September 2025, 10am to 11am BST": ten.to(11, 0).offset(3600, "BST"),
		"10am BST, 23 September 2025":         ten.offset(3600, "BST"),
		"23 September 2025 10:00 UTC":         ten.offset(0, ""),
		"2025-09-23T10:00 to 11:00:30 -03:30": {Year: 2025, Month: 9, Day: 23, Hour: 10, Precision: Second, End: Clock{11, 0, 30}, HasEnd: true, Offset: -12600, HasOffset: true},
	} {
		got, err := Parse(s)
		if err != nil {
			t.Errorf("Parse(%q): %v", s, err)
			continue
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("Parse(%q): %s", s, diff)
		}
		again, err := Parse(got.String())
		if err != nil || again != got {
			t.Errorf("Parse(%q) = %v, %v, want %v", got.String(), again, err, got)
		}
	}
}

func checkRule(t *testing.T, s, rule string, words ...string) {
	t.Helper()
	_, err := Parse(s)
	var e *Error
	if !errors.As(err, &e) {
		t.Errorf("Parse(%q) = %v, want an error %s", s, err, rule)
		return
	}
	if e.Rule != rule || e.Text == "" || e.Hint == "" {
		t.Errorf("Parse(%q) breaks rule %s, want %s (%s; %s)", s, e.Rule, rule, e.Text, e.Hint)
	}
	for _, word := range words {
		if !strings.Contains(e.Text+"\n"+e.Hint, word) {
			t.Errorf("Parse(%q) says %q, hint %q; want %q in it", s, e.Text, e.Hint, word)
		}
	}
}

func TestParseSaysWhatToWriteInstead(t *testing.T) {
	for _, c := range []struct {
		text, rule string
		words      []string
	}{
		{"Tuesday 8 October 2025", RuleWeekday, []string{"8 October 2025 is a Wednesday, not a Tuesday", `"Wednesday 8 October 2025"`, `"Tuesday 7 October 2025"`}},
		{"Monday 3 January 2026 10am", RuleWeekday, []string{"is a Saturday, not a Monday", `"Monday 5 January 2026"`}},
		{"31 September 2025", RuleNoSuchDay, []string{"September has 30 days"}},
		{"29/02/2025", RuleNoSuchDay, []string{"February 2025 has 28 days"}},
		{"0 May 2025", RuleNoSuchDay, []string{"May has 31 days"}},
		{"31/02", RuleNoSuchDay, nil},
		{"13/13/2025", RuleNoSuchDay, []string{"there is no month 13"}},
		{"2025-13-01", RuleNoSuchDay, []string{"there is no month 13"}},
		{"2nd October", RuleNoYear, []string{`"2nd October" has no year`, `"2 October YYYY"`}},
		{"2 October 10am", RuleNoYear, nil},
		{"02/10", RuleNoYear, []string{`"2 October YYYY"`}},
		{"29 Feb", RuleNoYear, nil},
		{"09/23/2025", RuleMonthFirst, []string{"there is no month 23", `write the day first: "23/09/2025"`}},
		{"9/23/25", RuleMonthFirst, []string{`"23/09/2025"`}},
		{"23/09/25", RuleShortYear, []string{`"23 September 2025"`}},
		{"23 Sept ’25", RuleShortYear, []string{`"23 September 2025"`}},
		{"1 May 0205", RuleNotADate, []string{"year 0205"}},
		{"3 May 2025 24:00", RuleNoSuchTime, []string{`"11:59pm"`, `"00:00"`}},
		{"3 May 2025 13pm", RuleNoSuchTime, []string{`"1pm"`, `"13:00"`}},
		{"3 May 2025 10:75", RuleNoSuchTime, nil},
		{"3 May 2025 25:00", RuleNoSuchTime, []string{"a day has 24 hours"}},
		{"3 May 2025 midnight", RuleMidnight, []string{`"3 May 2025 11:59pm"`, `"3 May 2025 00:00"`}},
		{"12am, 3 May 2025", RuleMidnight, nil},
		{"3 May 2025 lunchtime", RuleNotATime, []string{`"lunchtime"`, `"3 May 2025 10:30am"`}},
		{"3 May 2025 10", RuleNotATime, nil},
		{"3 May 2025 10:00 +25:00", RuleNotATime, []string{"+01:00"}},
		{"3 May 2025 10am in the hall", RuleNotADate, []string{`"in the hall"`, `"3 May 2025 10am"`}},
		{"May 2025 10am", RuleNotADate, []string{"has a time but no day"}},
		{"10:30am", RuleNotADate, []string{"is a time without a date"}},
		{"23-25 September 2025", RuleDateRange, nil},
		{"23rd and 24th of September 2025", RuleDateRange, nil},
		{"5/6 September 2025", RuleDateRange, nil},
		{"30 September - 2 October 2025", RuleDateRange, nil},
		{"1/9/2025 to 24/10/2025", RuleDateRange, nil},
		{"30 September 2025 – 24 October 2025", RuleDateRange, nil},
		{"Summer 2021", RuleNotADate, []string{"time of year", `"June 2025"`}},
		{"2025/26", RuleNotADate, []string{"span of two years"}},
		{"2025-26", RuleNotADate, []string{"span of two years"}},
		{"2025-2026", RuleNotADate, []string{"span of two years"}},
		{"2024", RuleNotADate, []string{"year without a month", `"September 2024"`}},
		{"tomorrow", RuleNotADate, []string{"another day"}},
		{"20250923", RuleNotADate, []string{`"2025-09-23"`}},
		{"Tuesday", RuleNotADate, []string{"day of the week"}},
		{"23 Septembr 2025", RuleNotADate, []string{`did you mean "September"?`}},
		{"Wendesday 8 October 2025", RuleNotADate, []string{`did you mean "Wednesday"?`}},
		{"tbc", RuleNotADate, []string{`"23 September 2025"`}},
		{"  \u00a0 ", RuleNotADate, []string{"there is no date here"}},
		{strings.Repeat("9", 5000), RuleNotADate, []string{"too long"}},
		{"23 September 20255", RuleNoYear, nil},
		{"\xff\xfe", RuleNotADate, nil},
	} {
		checkRule(t, c.text, c.rule, c.words...)
	}
}

// What a hint proposes in quotation marks must itself be a date.
func TestHintsCanBeFollowed(t *testing.T) {
	for _, s := range []string{"Tuesday 8 October 2025", "31 September 2025", "09/23/2025", "23/09/25", "3 May 2025 midnight",
		"Summer 2021", "2025/26", "2024", "20250923", "tbc", "10:30am", "midnight", "3 May 2025 lunchtime", "May 2025 10am", "2025-13-01"} {
		_, err := Parse(s)
		var e *Error
		if !errors.As(err, &e) {
			t.Errorf("Parse(%q) gives %v, want an *Error", s, err)
			continue
		}
		for i, part := range strings.Split(e.Hint, `"`) {
			if _, err := Parse(part); i%2 == 1 && err != nil {
				t.Errorf("the hint for %q proposes %q: %v", s, part, err)
			}
		}
	}
}

func TestParseClock(t *testing.T) {
	for s, want := range map[string]Clock{
		"10:00": {Hour: 10}, "10am": {Hour: 10}, "10.30am": {10, 30, 0}, "10:30 p.m.": {22, 30, 0}, "12 noon": {Hour: 12},
		"noon": {Hour: 12}, "midday": {Hour: 12}, "12pm": {Hour: 12}, "12:00 noon": {Hour: 12}, "midnight": {}, "12 midnight": {},
		"12am": {}, "00:00": {}, "12.05 AM": {0, 5, 0}, "23:59:58": {23, 59, 58}, "9:05": {9, 5, 0},
	} {
		if got, err := ParseClock(s); err != nil || got != want {
			t.Errorf("ParseClock(%q) = %v, %v, want %v", s, got, err, want)
		}
	}
	for _, s := range []string{"", "10", "tea time", "10am-11am", "24:00", "0pm", "13am", "10:5", "10:60", "2025", "10am 11am", "11 noon", "1000000000:00",
		strings.Repeat("1", 300)} {
		var e *Error
		if got, err := ParseClock(s); !errors.As(err, &e) || e.Hint == "" {
			t.Errorf("ParseClock(%q) = %v, %v, want an error with a hint", s, got, err)
		}
	}
}

func TestParseClockRangeSettlesTheHalfOfTheDay(t *testing.T) {
	for s, want := range map[string][2]Clock{
		"10:00am–12:00pm":  {{Hour: 10}, {Hour: 12}},
		"10am to 11.30am":  {{Hour: 10}, {11, 30, 0}},
		"09:30 - 11:00":    {{9, 30, 0}, {Hour: 11}},
		"10-11am":          {{Hour: 10}, {Hour: 11}},
		"10-12pm":          {{Hour: 10}, {Hour: 12}},
		"2:00–4:00pm":      {{Hour: 14}, {Hour: 16}},
		"11–1pm":           {{Hour: 11}, {Hour: 13}},
		"12-2pm":           {{Hour: 12}, {Hour: 14}},
		"10 to noon":       {{Hour: 10}, {Hour: 12}},
		"2pm–4":            {{Hour: 14}, {Hour: 16}},
		"10am-12:30":       {{Hour: 10}, {12, 30, 0}},
		"7 until midnight": {{Hour: 19}, {}},
		"10pm-2":           {{Hour: 22}, {Hour: 2}},
		"2:00-4:00":        {{Hour: 2}, {Hour: 4}},
		"from 4pm to 3pm":  {{Hour: 16}, {Hour: 15}},
	} {
		got, err := ParseClockRange(s)
		if err != nil || got != (ClockRange{want[0], want[1], true}) {
			t.Errorf("ParseClockRange(%q) = %v, %v, want %v", s, got, err, want)
		}
	}
	if got, err := ParseClockRange("10am"); err != nil || got != (ClockRange{Start: Clock{Hour: 10}}) {
		t.Errorf(`ParseClockRange("10am") = %v, %v`, got, err)
	}
	for _, s := range []string{"10-11", "10am to", "to 10am", "10am–12pm–2pm"} {
		if got, err := ParseClockRange(s); err == nil {
			t.Errorf("ParseClockRange(%q) = %v, want an error", s, got)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"23 September 2025", "2025-09-23T10:00:00+01:00", "15 Oct 2025, 09:30 – 11:00", "10am on 1/2/2025", "2025/26",
		"Tuesday 23rd September 2025 10:00am", "2-3 May 2025", "Summer 2021", "23 Sept '25", "2025-09-23 10:00 to 12:00 BST", "12 noon"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		_, _ = ParseClockRange(s)
		v, err := Parse(s)
		if err != nil {
			var e *Error
			if !errors.As(err, &e) || e.Rule == "" || e.Text == "" || e.Hint == "" {
				t.Fatalf("Parse(%q) gives the incomplete error %#v", s, err)
			}
			return
		}
		if v.Year < 1000 || v.Year > 9999 || v.Precision < Month || v.Precision > Second {
			t.Fatalf("Parse(%q) = %#v", s, v)
		}
		again, err := Parse(v.String())
		if err != nil || again != v {
			t.Fatalf("Parse(%q) = %#v, and then Parse(%q) = %#v, %v", s, v, v.String(), again, err)
		}
		_, _ = v.In(london)
		if _, err := v.Until(london); v.Precision <= Day && err != nil {
			t.Fatalf("%v.Until: %v", v, err)
		}
		if v.Precision <= Day {
			if again, err := Parse(v.Text()); err != nil || again != v {
				t.Fatalf("Parse(%q) = %#v, %v", v.Text(), again, err)
			}
		}
	})
}
