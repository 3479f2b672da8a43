package ukdate

import (
	"testing"
	"time"
)

func TestFormatsFollowTheGOVUKStyle(t *testing.T) {
	on := func(d, hour, minute int) time.Time { return time.Date(2025, 9, d, hour, minute, 30, 0, london) }
	for want, got := range map[string]string{
		"Tuesday 23 September 2025":       Long(on(23, 10, 0)),
		"2 September 2025":                Date(on(2, 10, 0)),
		"23 Sep 2025":                     Short(on(23, 10, 0)),
		"September 2025":                  MonthYear(on(23, 10, 0)),
		"10am":                            Time(on(23, 10, 0)),
		"10:05am":                         Time(on(23, 10, 5)),
		"12:30pm":                         Time(on(23, 12, 30)),
		"12:01am":                         Time(on(23, 0, 1)),
		"11:59pm":                         Time(on(23, 23, 59)),
		"midday":                          Time(on(23, 12, 0)),
		"midnight":                        Time(on(23, 0, 0)),
		"Tuesday 23 September 2025, 10am": DateTime(on(23, 10, 0)),
		"Tuesday 23 September 2025, 10am to midday":                            Span(on(23, 10, 0), on(23, 12, 0)),
		"Tuesday 23 September 2025, 9am":                                       Span(on(23, 9, 0), on(23, 9, 0)),
		"Tuesday 23 September 2025, 7pm to midnight":                           Span(on(23, 19, 0), on(24, 0, 0).Truncate(time.Minute)),
		"Tuesday 23 September 2025, 10pm, to Wednesday 24 September 2025, 2am": Span(on(23, 22, 0), on(24, 2, 0)),
		"23 to 25 September 2025":                                              Days(on(23, 0, 0), on(25, 0, 0)),
		"23 September 2025":                                                    Days(on(23, 0, 0), on(23, 10, 0)),
		"30 September to 2 October 2025":                                       Days(on(30, 0, 0), on(32, 0, 0)),
		"30 September 2025 to 3 January 2026":                                  Days(on(30, 0, 0), on(30+95, 0, 0)),
		"10am to midday":                                                       ClockRange{Clock{Hour: 10}, Clock{Hour: 12}, true}.Text(),
		"9:30am":                                                               ClockRange{Start: Clock{9, 30, 0}}.Text(),
		"23 September 2025, 10am to 11am BST":                                  at(2025, 9, 23, 10, 0).to(11, 0).offset(3600, "BST").Text(),
		"23 September 2025, 10am UTC+05:30":                                    at(2025, 9, 23, 10, 0).offset(5*3600+1800, "").Text(),
		"23 September 2025, 10am UTC":                                          at(2025, 9, 23, 10, 0).offset(0, "").Text(),
		"October 2025":                                                         month(2025, 10).Text(),
		"":                                                                     Value{}.Text(),
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if s := (Value{}).String(); s != "" || !(Value{}).IsZero() {
		t.Errorf("the zero Value is written %q", s)
	}
}

func TestValueMovesAlongTheCalendar(t *testing.T) {
	v := at(2025, 12, 31, 22, 0).to(2, 0)
	if got, want := v.AddDays(1).At(v.End), at(2026, 1, 1, 2, 0); got != want {
		t.Errorf("the end is %v, want %v", got, want)
	}
	if !v.End.Before(v.Clock()) || v.Clock().Before(v.Clock()) {
		t.Error("2am is not before 10pm")
	}
	if got, want := day(2025, 9, 23).At(Clock{9, 30, 15}), at(2025, 9, 23, 9, 30).seconds(15); got != want {
		t.Errorf("At = %v, want %v", got, want)
	}
	if day(2025, 9, 23).HasTime() || !v.HasTime() || v.Weekday() != time.Wednesday {
		t.Error("HasTime or Weekday is wrong")
	}
}
