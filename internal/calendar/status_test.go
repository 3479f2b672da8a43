package calendar

import (
	"testing"
	"time"
)

const cancelledEvent = `start: 9 October 2025 2pm
date: 1 July 2025
updated:
  - {date: 2025-08-20 15:00, note: Cancelled.}
  - {date: 2025-07-02, note: Corrected the time.}
  - {date: 2025-12-24, note: Not yet.}
status: cancelled
venue: Town Hall
`

// TestCancelledEventIsShownForAWhile holds the trap: programs that hide
// cancelled events would never say that this one was.
func TestCancelledEventIsShownForAWhile(t *testing.T) {
	grace := time.Date(2025, 9, 3, 14, 0, 0, 0, time.UTC)
	type want struct{ status, summary, sequence, stamp string }
	for _, test := range []struct {
		at time.Time
		want
	}{
		{grace.Add(-time.Second), want{"CONFIRMED", "CANCELLED: it", "2", "20250820T140000Z"}},
		{grace, want{"CANCELLED", "CANCELLED: it", "3", "20250903T140000Z"}},
		{grace.AddDate(0, 2, 0), want{"CANCELLED", "CANCELLED: it", "3", "20250903T140000Z"}},
		{time.Date(2025, 12, 24, 0, 0, 0, 0, time.UTC), want{"CONFIRMED", "CANCELLED: it", "3", "20251224T000000Z"}},
	} {
		got := event(t, test.at, cancelledEvent)
		if got := (want{got["STATUS"], got["SUMMARY"], got["SEQUENCE"], got["DTSTAMP"]}); got != test.want {
			t.Errorf("as of %v: %v, want %v", test.at, got, test.want)
		}
	}
}

func TestCancelledEventWithoutAnyDateIsShownUntilItIsOver(t *testing.T) {
	const text = "start: 9 October 2025 2pm\nend: 4pm\nstatus: cancelled\nvenue: Town Hall\n"
	over := time.Date(2025, 10, 9, 15, 0, 0, 0, time.UTC)
	for at, want := range map[time.Time]string{now: confirmed, over.Add(-time.Second): confirmed, over: cancelled} {
		if got := event(t, at, text)["STATUS"]; got != want {
			t.Errorf("as of %v, the status is %s, want %s", at, got, want)
		}
	}
}

func TestStampsComeFromTheEntryAlone(t *testing.T) {
	type want struct{ stamp, created, changed, sequence string }
	for name, test := range map[string]struct {
		text string
		want
	}{
		"nothing but the start": {"start: 9 October 2025 2pm\n", want{"20251009T130000Z", "", "", "0"}},
		"published": {"start: 9 October 2025 2pm\ndate: 1 August 2025 9am\n",
			want{"20250801T080000Z", "20250801T080000Z", "20250801T080000Z", "0"}},
		"changed twice": {"start: 9 October 2025 2pm\ndate: 1 August 2025 9am\nupdated:\n  - {date: 2025-08-03 10:00, note: a}\n  - {date: 2025-08-02 10:00, note: b}\n",
			want{"20250803T090000Z", "20250801T080000Z", "20250803T090000Z", "2"}},
		"changed, without a date": {"start: 9 October 2025 2pm\nupdated: [{date: 2025-08-03 10:00, note: a}]\n",
			want{"20250803T090000Z", "", "20250803T090000Z", "1"}},
	} {
		for _, at := range []time.Time{now, now.AddDate(0, 0, 20)} {
			got := event(t, at, test.text+"venue: Town Hall\n")
			if got := (want{got["DTSTAMP"], got["CREATED"], got["LAST-MODIFIED"], got["SEQUENCE"]}); got != test.want {
				t.Errorf("%s, as of %v: %v, want %v", name, at, got, test.want)
			}
		}
	}
}

func TestUID(t *testing.T) {
	for name, test := range map[string]struct{ site, text, want string }{
		"plain":            {"", "id: hoarding-2025\n", "hoarding-2025@updates.example.org"},
		"the path":         {"", "", "events-it-5bb0d9032e9e@updates.example.org"},
		"the path as id":   {"", "id: events/it\n", "events-it-5bb0d9032e9e@updates.example.org"},
		"like the path":    {"", "id: events-it\n", "events-it@updates.example.org"},
		"no letters":       {"", "id: \"///\"\n", "732c4e971163@updates.example.org"},
		"a whole UID":      {"", "id: 1234@old.example.org\n", "1234@old.example.org"},
		"a port":           {"http://localhost:8080", "id: a\n", "a@localhost"},
		"a site in a path": {"https://pages.example.org/update", "id: a\n", "a-8d0faa3cbc1f@pages.example.org"},
	} {
		files := map[string]string{"events/it.md": test.text + "start: 9 October 2025\nvenue: Town Hall\n"}
		base := "events/it/event.ics"
		if test.site != "" {
			files["site.yaml"] = "title: Update\nurl: " + test.site + "\n"
		}
		if got := properties(build(t, assemble(t, now, files))[base])["UID"]; got != test.want {
			t.Errorf("%s: the UID is %s, want %s", name, got, test.want)
		}
	}
}

func TestOrganiserIsWhoeverCanBeWrittenTo(t *testing.T) {
	for text, want := range map[string]string{
		"":                              ";CN=Example Partnership:mailto:hello@example.org",
		"host: example partnership\n":   ";CN=Example Partnership:mailto:hello@example.org",
		"host: Another Body\n":          "",
		"contact: {phone: 01632 960}\n": ";CN=Example Partnership:mailto:hello@example.org",
		"host: Another Body\ncontact: {email: a+b@body.example}\n":           ";CN=Another Body:mailto:a+b@body.example",
		"host: Another Body\ncontact: {name: Jo, email: a=b@body.example}\n": ";CN=Jo:mailto:a=b@body.example",
		"contact: {email: a@body.example}\n":                                 "mailto:a@body.example",
	} {
		if got := event(t, now, text+"start: 9 October 2025\nvenue: Town Hall\n")["ORGANIZER"]; got != want {
			t.Errorf("%q: the organiser is %q, want %q", text, got, want)
		}
	}
}

func TestCalendarsAreMeantForPublishingOnlyWithOrganisers(t *testing.T) {
	with := map[string]string{"events/a.md": "start: 9 October 2025\nvenue: Town Hall\n"}
	if got := build(t, assemble(t, now, with))["calendar.ics"]; !contains(got, "METHOD:PUBLISH") {
		t.Error("METHOD is missing")
	}
	with["events/b.md"] = "start: 9 October 2025\nvenue: Town Hall\nhost: Another Body\n"
	files := build(t, assemble(t, now, with))
	if contains(files["calendar.ics"], "METHOD") || contains(files["events/a/event.ics"], "METHOD") {
		t.Error("METHOD is there")
	}
}

func TestLocation(t *testing.T) {
	for text, want := range map[string]string{
		"venue: Town Hall\n": "Town Hall",
		"venue: {name: Town Hall, address: 1 Road, postcode: WS1 1AA}\n": `Town Hall\, 1 Road\, WS1 1AA`,
		"online: Zoom\n":                                         "Zoom (online)",
		"online: https://zoom.example/1\n":                       "Online",
		"online: Online, by telephone\n":                         `Online\, by telephone`,
		"venue: Town Hall\nonline: Zoom\n":                       `Town Hall\; and Zoom (online)`,
		"venue: Town Hall\nonline: https://a.example/\n":         `Town Hall\; and online`,
		"venue: Town Hall\nstatus: moved-online\n":               "Online",
		"venue: Town Hall\nonline: Zoom\nstatus: moved-online\n": "Zoom (online)",
	} {
		if got := event(t, now, text+"start: 9 October 2025\n")["LOCATION"]; got != want {
			t.Errorf("%q: the location is %q, want %q", text, got, want)
		}
	}
}
