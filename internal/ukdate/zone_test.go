package ukdate

import (
	"errors"
	"strings"
	"testing"
	"time"
	_ "time/tzdata" // the tests need zones on every machine
)

var london = zone("Europe/London")

func zone(name string) *time.Location {
	loc, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return loc
}

func TestInFindsTheInstant(t *testing.T) {
	for _, c := range []struct{ text, zone, want string }{
		{"23 September 2025 10am", "Europe/London", "2025-09-23T10:00:00+01:00"},
		{"23 December 2025 10am", "Europe/London", "2025-12-23T10:00:00Z"},
		{"23 September 2025", "Europe/London", "2025-09-23T00:00:00+01:00"},
		{"November 2024", "Europe/London", "2024-11-01T00:00:00Z"},
		{"2025-09-23T10:00:00Z", "Europe/London", "2025-09-23T11:00:00+01:00"},
		{"26 October 2025 12:59am", "Europe/London", "2025-10-26T00:59:00+01:00"},
		{"26 October 2025 2am", "Europe/London", "2025-10-26T02:00:00Z"},
		{"26 October 2025 1:30am BST", "Europe/London", "2025-10-26T01:30:00+01:00"},
		{"26 October 2025 1:30am GMT", "Europe/London", "2025-10-26T01:30:00Z"},
		{"30 March 2025 2am", "Europe/London", "2025-03-30T02:00:00+01:00"},
		{"30 March 2025 12:59am", "Europe/London", "2025-03-30T00:59:00Z"},
		{"26 October 2025", "Europe/London", "2025-10-26T00:00:00+01:00"},
		{"1 July 1969 10am", "Europe/London", "1969-07-01T10:00:00+01:00"},
		{"1 January 1800 10am", "Europe/London", "1800-01-01T10:00:00-00:01"},
		{"1 July 2100 10am", "Europe/London", "2100-07-01T10:00:00+01:00"},
		{"31 December 2040 10am", "Europe/London", "2040-12-31T10:00:00Z"},
		{"23 September 2025 10am GMT", "Europe/Paris", "2025-09-23T12:00:00+02:00"},
		{"7 September 2025", "America/Santiago", "2025-09-07T01:00:00-03:00"}, // midnight is skipped there
		{"2 November 2025", "America/Havana", "2025-11-02T00:00:00-04:00"},    // midnight comes twice there
		{"29 December 2011 11:59pm", "Pacific/Apia", "2011-12-29T23:59:00-10:00"},
		{"31 December 2011 00:00", "Pacific/Apia", "2011-12-31T00:00:00+14:00"},
	} {
		v, err := Parse(c.text)
		if err != nil {
			t.Fatal(err)
		}
		got, err := v.In(zone(c.zone))
		if err != nil || got.Format(time.RFC3339) != c.want {
			t.Errorf("%s in %s = %v, %v, want %s", c.text, c.zone, got.Format(time.RFC3339), err, c.want)
		}
	}
	if got, err := day(2025, 9, 23).In(nil); err != nil || got.Location() != time.UTC {
		t.Errorf("In(nil) = %v, %v, want UTC", got, err)
	}
}

func TestInExplainsTheChangeOfClocks(t *testing.T) {
	for _, c := range []struct{ text, zone, rule, message, hint string }{
		{"29 March 2026 1:30am", "Europe/London", RuleTimeSkipped,
			"29 March 2026 1:30am does not exist in Europe/London: the clocks go forward from 1am to 2am",
			`write "29 March 2026 2:30am", or give the offset from UTC: 2026-03-29T01:30:00+00:00`},
		{"29 March 2026 1am", "Europe/London", RuleTimeSkipped, "does not exist", `"29 March 2026 2am"`},
		{"25 October 2026 1:30am", "Europe/London", RuleTimeTwice,
			"25 October 2026 1:30am comes twice in Europe/London: the clocks go back from 2am to 1am",
			"give the offset from UTC: write 2026-10-25T01:30:00+01:00 for the first time, or 2026-10-25T01:30:00+00:00 for the second"},
		{"25 October 2026 1am", "Europe/London", RuleTimeTwice, "comes twice", "+01:00"},
		{"5 October 2025 2:15am", "Australia/Lord_Howe", RuleTimeSkipped, "from 2am to 2:30am", `"5 October 2025 2:45am"`},
		{"6 April 2025 1:45am", "Australia/Lord_Howe", RuleTimeTwice, "from 2am to 1:30am", "2025-04-06T01:45:00+10:30"},
		{"30 December 2011", "Pacific/Apia", RuleTimeSkipped, "skipped that day", `"31 December 2011"`},
		{"30 December 2011 10am", "Pacific/Apia", RuleTimeSkipped, "midnight on 31 December 2011", `"31 December 2011 10am"`},
		{"7 September 2025 00:00", "America/Santiago", RuleTimeSkipped, "from midnight to 1am", `"7 September 2025 1am"`},
		{"23 September 2025 10am GMT", "Europe/London", RuleZone, "clocks in Europe/London show BST, not GMT", `"23 September 2025 11am"`},
		{"23 December 2025 10am BST", "Europe/London", RuleZone, "show GMT, not BST", `"23 December 2025 9am"`},
	} {
		v, err := Parse(c.text)
		if err != nil {
			t.Fatal(err)
		}
		got, err := v.In(zone(c.zone))
		var e *Error
		if !errors.As(err, &e) {
			t.Errorf("%s in %s = %v, %v, want an error", c.text, c.zone, got, err)
			continue
		}
		if e.Rule != c.rule || !strings.Contains(e.Text, c.message) || !strings.Contains(e.Hint, c.hint) {
			t.Errorf("%s in %s: %s\n%s [%s]", c.text, c.zone, e.Text, e.Hint, e.Rule)
		}
	}
}

// Whatever In answers, clocks in that zone show the time that was written.
func TestInNeverMovesATime(t *testing.T) {
	for _, name := range []string{"Europe/London", "Australia/Lord_Howe", "America/Havana", "Pacific/Apia", "Africa/Casablanca"} {
		loc := zone(name)
		skipped, twice := 0, 0
		for v := at(2025, 1, 1, 0, 15); v.Year == 2025; v = v.AddDays(1) {
			for v.Hour = range 24 {
				got, err := v.In(loc)
				var e *Error
				switch {
				case err == nil && valueOf(got) != v:
					t.Fatalf("%v in %s is shown as %v", v, name, got)
				case errors.As(err, &e) && e.Rule == RuleTimeSkipped:
					skipped++
				case errors.As(err, &e) && e.Rule == RuleTimeTwice:
					twice++
				}
			}
		}
		changes := 1
		if name == "Pacific/Apia" {
			changes = 0 // Samoa no longer puts its clocks forward
		}
		if skipped != changes || twice > changes {
			t.Errorf("%s: %d hours are skipped and %d come twice in 2025", name, skipped, twice)
		}
	}
}

func TestUntilIsTheInstantAfter(t *testing.T) {
	for _, c := range []struct{ text, zone, want string }{
		{"30 September 2025", "Europe/London", "2025-10-01T00:00:00+01:00"},
		{"25 October 2025", "Europe/London", "2025-10-26T00:00:00+01:00"},
		{"26 October 2025", "Europe/London", "2025-10-27T00:00:00Z"},
		{"December 2025", "Europe/London", "2026-01-01T00:00:00Z"},
		{"30 September 2025 5pm", "Europe/London", "2025-09-30T17:00:00+01:00"},
		{"29 December 2011", "Pacific/Apia", "2011-12-31T00:00:00+14:00"},
		{"31 December 2040", "Europe/London", "2041-01-01T00:00:00Z"},
		{"31 December 9999", "Europe/London", "10000-01-01T00:00:00Z"},
	} {
		v, err := Parse(c.text)
		if err != nil {
			t.Fatal(err)
		}
		got, err := v.Until(zone(c.zone))
		if err != nil || got.Format(time.RFC3339) != c.want {
			t.Errorf("until %s in %s = %v, %v, want %s", c.text, c.zone, got.Format(time.RFC3339), err, c.want)
		}
	}
}
