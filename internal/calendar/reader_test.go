package calendar

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"bulletin/internal/site"
	"bulletin/internal/slug"
	"bulletin/internal/ukdate"

	ics "github.com/arran4/golang-ical"
	"github.com/google/go-cmp/cmp"
	"github.com/teambition/rrule-go"
)

// listLimit is how many dates of a recurring event are compared.
const listLimit = 40

// TestReadersFindTheInstantsOfTheContent compares when events take place by
// their files' content with what an independent reader finds in the calendars.
// testdata/instants.tsv keeps the list for the readers of other languages,
// which internal/e2e runs.
func TestReadersFindTheInstantsOfTheContent(t *testing.T) {
	s := assemble(t, now, shapeFiles())
	built := build(t, s)
	var listed []string
	for _, name := range slices.Sorted(maps.Keys(shapes)) {
		e, ok := s.ByFile("content/events/" + name + ".md")
		if !ok {
			t.Fatal(name)
		}
		want := byContent(e)
		if diff := cmp.Diff(want, byReader(t, built["events/"+name+"/"+site.FileEvent])); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		for _, dates := range want {
			listed = append(listed, name+".ics\t"+dates)
		}
	}
	for _, dates := range everywhere(t) {
		listed = append(listed, "zones.ics\t"+dates)
	}
	text := strings.Join(listed, "\n") + "\n"
	file := filepath.Join("testdata", "instants.tsv")
	if *update {
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), text); diff != "" {
		t.Error(diff)
	}
}

// stable are zones whose rules have long been the same, so that a new edition
// of the zone database leaves the golden file as it is.
var stable = []string{
	"Europe/London", "Europe/Brussels", "Europe/Athens", "Europe/Moscow", "Europe/Istanbul", "America/New_York", "America/St_Johns", "America/Havana",
	"America/Sao_Paulo", "Asia/Jerusalem", "Asia/Kolkata", "Asia/Tokyo", "Australia/Lord_Howe", "Australia/Sydney", "Pacific/Auckland", "Pacific/Chatham",
	"Pacific/Norfolk", "Antarctica/Troll", "Etc/GMT+5", "UTC",
}

// everywhere compares a calendar with an event in each of many zones, and lists
// their instants.
func everywhere(t *testing.T) []string {
	t.Helper()
	files := map[string]string{}
	for _, zone := range stable {
		files["events/"+slug.Make(zone)+".md"] = "start: 2017-01-04 10:00\nend: 11:15\ntimezone: " + zone + "\nrepeats: RRULE:FREQ=WEEKLY;INTERVAL=17;COUNT=14\nonline: Zoom\n"
	}
	s := assemble(t, now, files)
	file := build(t, s)[site.FileCalendar]
	golden(t, "zones.ics", file)
	var want []string
	for _, e := range s.Entries {
		want = append(want, byContent(e)...)
	}
	got := byReader(t, file)
	slices.Sort(want)
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	return want
}

// byContent lists start and end of each occurrence of an event: in UTC, or as
// dates. An end that is not known is a hyphen.
func byContent(e *site.Entry) []string {
	ev := e.Event
	starts := []time.Time{ev.Start.Time}
	if ev.Repeats != nil {
		starts = ev.Repeats.Next(ev.Start.Time.Add(-time.Second), listLimit)
	}
	var list []string
	for _, start := range starts {
		from, to := start.UTC().Format(time.RFC3339), "-"
		if ev.Start.AllDay() {
			from = start.Format(time.DateOnly)
			to = start.AddDate(0, 0, 1).Format(time.DateOnly)
			if ev.End.Set() && ev.End.Precision == ukdate.Day {
				to = ev.End.Time.AddDate(0, 0, 1).Format(time.DateOnly)
			}
		} else if ev.End.Set() {
			to = ev.OverAt(start).UTC().Format(time.RFC3339)
		}
		list = append(list, from+"\t"+to)
	}
	return list
}

// byReader lists the same of all events of a calendar.
func byReader(t *testing.T, file string) []string {
	t.Helper()
	calendar, err := ics.ParseCalendar(strings.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, event := range calendar.Events() {
		start, length, form := readTimes(t, event)
		starts := []time.Time{start}
		if rule := event.GetProperty(ics.ComponentPropertyRrule); rule != nil {
			starts = expand(t, event, rule.Value, start)
		}
		for _, start := range starts {
			end := "-"
			if length > 0 {
				end = start.Add(length).UTC().Format(form)
			}
			list = append(list, start.UTC().Format(form)+"\t"+end)
		}
	}
	return list
}

// readTimes gives the start of an event, how long it lasts, and how both are
// listed. Dates are midnights in UTC.
func readTimes(t *testing.T, event *ics.VEvent) (start time.Time, length time.Duration, form string) {
	t.Helper()
	read := event.GetStartAt
	readEnd := event.GetEndAt
	form = time.RFC3339
	if p := event.GetProperty(ics.ComponentPropertyDtStart); slices.Equal(p.ICalParameters["VALUE"], []string{"DATE"}) {
		read = func() (time.Time, error) { return time.Parse(dateForm, p.Value) }
		readEnd = func() (time.Time, error) {
			return time.Parse(dateForm, event.GetProperty(ics.ComponentPropertyDtEnd).Value)
		}
		form = time.DateOnly
	}
	start, err := read()
	if err != nil {
		t.Fatal(err)
	}
	if event.HasProperty(ics.ComponentPropertyDtEnd) {
		end, err := readEnd()
		if err != nil {
			t.Fatal(err)
		}
		length = end.Sub(start)
	}
	return start, length, form
}

// expand lists the starts of a recurring event, by another expander than that
// of package recur.
func expand(t *testing.T, event *ics.VEvent, text string, start time.Time) []time.Time {
	t.Helper()
	option, err := rrule.StrToROptionInLocation(text, start.Location())
	if err != nil {
		t.Fatal(err)
	}
	option.Dtstart = start
	rule, err := rrule.NewRRule(*option)
	if err != nil {
		t.Fatal(err)
	}
	var set rrule.Set
	set.RRule(rule)
	for _, p := range event.GetProperties(ics.ComponentPropertyExdate) {
		form, zone := wallForm, start.Location()
		if len(p.ICalParameters["VALUE"]) > 0 {
			form = dateForm
		} else if got := p.ICalParameters["TZID"]; len(got) != 1 || got[0] != zone.String() {
			t.Errorf("EXDATE has the zone %q, DTSTART has %s", got, zone)
		}
		except, err := time.ParseInLocation(form, p.Value, zone)
		if err != nil {
			t.Fatal(err)
		}
		set.ExDate(except)
	}
	var starts []time.Time
	next := set.Iterator()
	for start, ok := next(); ok && len(starts) < listLimit; start, ok = next() {
		starts = append(starts, start)
	}
	return starts
}

// TestInstantsThatEverybodyCanCheck states some instants by hand.
func TestInstantsThatEverybodyCanCheck(t *testing.T) {
	built := build(t, assemble(t, now, shapeFiles()))
	for name, want := range map[string]string{
		"webinar":    "2025-09-23T09:00:00Z 2025-09-23T10:00:00Z",
		"conference": "2025-11-27 2025-11-28",
		"festival":   "2025-10-02 2025-10-05",
		"autumn":     "2025-10-26T10:00:00Z 2025-10-26T12:00:00Z",
		"night":      "2025-10-25T23:30:00Z 2025-10-26T01:30:00Z",
		"spring":     "2026-03-29T00:30:00Z 2026-03-29T02:00:00Z",
		"party":      "2025-12-31T22:00:00Z 2026-01-01T01:00:00Z",
		"brussels":   "2025-10-09T12:00:00Z 2025-10-09T14:00:00Z",
		"unended":    "2025-10-09T13:00:00Z -",
	} {
		got := byReader(t, built["events/"+name+"/"+site.FileEvent])
		if fmt.Sprint(got) != fmt.Sprint([]string{strings.ReplaceAll(want, " ", "\t")}) {
			t.Errorf("%s is %q, want %s", name, got, want)
		}
	}
	weekly := byReader(t, built["events/weekly/"+site.FileEvent])
	if n := len(weekly); n != 27 {
		t.Errorf("there are %d Tuesdays, want 27", n)
	}
	for _, want := range []string{
		"2025-10-21T09:00:00Z\t2025-10-21T10:30:00Z", "2025-10-28T10:00:00Z\t2025-10-28T11:30:00Z",
		"2026-03-24T10:00:00Z\t2026-03-24T11:30:00Z", "2026-03-31T09:00:00Z\t2026-03-31T10:30:00Z",
	} {
		if !slices.Contains(weekly, want) {
			t.Errorf("%s is not among the Tuesdays", want)
		}
	}
	if slices.Contains(weekly, "2025-12-23T10:00:00Z\t2025-12-23T11:30:00Z") {
		t.Error("23 December 2025 is among the Tuesdays")
	}
}

var contentLine = regexp.MustCompile(`^[A-Z-]+(;[A-Z-]+=("[^"\x00-\x1F\x7F]*"|[^";:,\x00-\x1F\x7F]*))*:[^\x00-\x08\x0A-\x1F\x7F]*$`)

// checkForm checks what RFC 5545 section 3.1 wants of a file: line ends, the
// length of lines, and the form of each.
func checkForm(t *testing.T, file string) {
	t.Helper()
	if !strings.HasPrefix(file, "BEGIN:VCALENDAR\r\n") || !strings.HasSuffix(file, "END:VCALENDAR\r\n") {
		t.Error("it begins or ends wrongly")
	}
	if strings.ContainsAny(strings.ReplaceAll(file, "\r\n", ""), "\r\n") {
		t.Error("a line does not end with CR LF")
	}
	for line := range strings.SplitSeq(strings.TrimSuffix(file, "\r\n"), "\r\n") {
		if len(line) > 75 || !utf8.ValidString(line) {
			t.Errorf("the line %q has %d bytes or half a character", line, len(line))
		}
	}
	var open []string
	for line := range strings.SplitSeq(strings.TrimSuffix(strings.ReplaceAll(file, "\r\n ", ""), "\r\n"), "\r\n") {
		if !contentLine.MatchString(line) {
			t.Errorf("not a content line: %q", line)
		}
		if name, ok := strings.CutPrefix(line, "BEGIN:"); ok {
			open = append(open, name)
		} else if name, ok := strings.CutPrefix(line, "END:"); ok {
			if len(open) == 0 || open[len(open)-1] != name {
				t.Fatalf("END:%s within %v", name, open)
			}
			open = open[:len(open)-1]
		}
	}
	if len(open) > 0 {
		t.Errorf("%v has no end", open)
	}
}

func contains(file, line string) bool { return strings.Contains(file, "\r\n"+line) }
