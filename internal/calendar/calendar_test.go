package calendar

import (
	"context"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"bulletin/internal/config"
	"bulletin/internal/content"
	"bulletin/internal/markdown"
	"bulletin/internal/output"
	"bulletin/internal/site"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the golden files")

const settings = `title: Regional Update
url: https://updates.example.org
publisher: {name: Example Partnership, email: hello@example.org}
`

// now is the instant as of which sites are built.
var now = time.Date(2025, 9, 1, 12, 0, 0, 0, time.UTC)

// assemble makes a site of the given files below content/. A file's text is
// its front matter; title and summary are added where they are missing.
func assemble(t testing.TB, at time.Time, files map[string]string) *site.Site {
	t.Helper()
	read := map[string][]byte{config.File: []byte(settings)}
	if text, ok := files["site.yaml"]; ok {
		read[config.File] = []byte(text)
	}
	c, problems := config.Read(read)
	if problems.HasErrors() {
		t.Fatal(problems)
	}
	in := site.Input{Config: c, Now: at}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if name == "site.yaml" {
			continue
		}
		text := files[name]
		for key, value := range map[string]string{"title": strings.TrimSuffix(filepath.Base(name), ".md"), "summary": "What it is about."} {
			if !strings.HasPrefix(text, key+":") && !strings.Contains(text, "\n"+key+":") {
				text = key + ": " + value + "\n" + text
			}
		}
		e, problems := content.Parse(c, markdown.NewGlossary(nil), "content/"+name, []byte("---\n"+text+"---\nText.\n"))
		if problems.HasErrors() {
			t.Fatalf("%s: %v", name, problems)
		}
		in.Entries = append(in.Entries, e)
	}
	s, problems := site.Assemble(in)
	if problems.HasErrors() {
		t.Fatal(problems)
	}
	return s
}

// build gives the calendar files of a site, by path.
func build(t testing.TB, s *site.Site) map[string]string {
	t.Helper()
	built := map[string]string{}
	for _, f := range files(s) {
		if _, twice := built[f.path]; twice {
			t.Errorf("%s is made twice", f.path)
		}
		built[f.path] = string(f.view.bytes())
	}
	return built
}

// TestJobsWriteTheFiles writes the files of a site to the disk.
func TestJobsWriteTheFiles(t *testing.T) {
	s := assemble(t, now, shapeFiles())
	dir := t.TempDir()
	tree, err := output.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	plan, problems, err := tree.Plan(Jobs(s))
	if err == nil && !problems.HasErrors() {
		_, problems, err = plan.Commit(context.Background(), nil)
	}
	if err != nil || problems.HasErrors() {
		t.Fatal(err, problems)
	}
	for name, want := range build(t, s) {
		got, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		if err != nil || string(got) != want {
			t.Errorf("%s: %v\n%s", name, err, cmp.Diff(want, string(got)))
		}
	}
}

// event gives the VEVENT of the only event of a site, unfolded, by property.
func event(t testing.TB, at time.Time, text string) map[string]string {
	t.Helper()
	file, ok := build(t, assemble(t, at, map[string]string{"events/it.md": text}))["events/it/event.ics"]
	if !ok {
		t.Fatal("there is no event.ics")
	}
	return properties(file)
}

// properties gives the properties of the last VEVENT of a file; parameters
// belong to the value.
func properties(file string) map[string]string {
	_, file, _ = strings.Cut(strings.ReplaceAll(file, "\r\n ", ""), "BEGIN:VEVENT\r\n")
	got := map[string]string{}
	for line := range strings.SplitSeq(file, "\r\n") {
		if i := strings.IndexAny(line, ":;"); i > 0 && !strings.HasPrefix(line, "END") {
			got[line[:i]] += strings.TrimPrefix(line[i:], ":")
		}
	}
	return got
}

// shapes are events of every kind, by the names of their files.
var shapes = map[string]string{
	"webinar": `title: "Children and hoarding: hidden harm"
id: hoarding-2025
date: 1 August 2025
updated:
  - {date: 2025-08-20, note: Added the booking address.}
start: Tuesday 23rd September 2025 10:00am
end: 11am
time_note: Log in from 9.45am.
online: {platform: Microsoft Teams, url: "https://meet.example.org/j/1?pwd=a,b;c"}
cost: free
audience: Everybody who works with children
register: {url: "https://book.example.org/1", by: 22 September 2025, note: One place a school.}
contact: {name: Siân Ŵyn, role: Events officer, email: events@example.org, phone: 01632 960100}
topics: [Neglect, "Health, and care"]
places: [Walsall]
series: Autumn webinars
`,
	"conference": `start: 27 November 2025
venue: {name: Example Cricket Club, address: "1 Example Road, Worcester", postcode: WR1 1AA}
host: Another Body
register: {contact: conference@example.org}
places: [Worcester]
`,
	"festival": "start: 2 October 2025\nend: 4 October 2025\nvenue: Town Hall\nplaces: [Walsall]\n",
	"autumn":   "start: 26 October 2025 10am\nend: 12 noon\nvenue: Town Hall\n",
	"night":    "start: 2025-10-26T00:30:00+01:00\nend: 2025-10-26T01:30:00+00:00\nvenue: Town Hall\n",
	"spring":   "start: 29 March 2026 12:30am\nend: 3am\nvenue: Town Hall\n",
	"weekly": `start: Tuesday 14 October 2025 10am
end: 11:30am
repeats: {every: week, on: Tuesday, until: 28 April 2026, except: [23 December 2025, 30 December 2025]}
venue: Library
register: none
`,
	"briefing": "start: 2025-09-17 18:00\nend: 19:00\nrepeats: RRULE:FREQ=MONTHLY;BYDAY=3WE\nonline: Zoom\n",
	"open-day": "start: 2025-12-05\nrepeats: {every: month, on: first Friday, until: 5 June 2026, except: 3 April 2026}\nvenue: Library\n",
	"party":    "start: 31 December 2025 10pm\nend: 1am\nvenue: Town Hall\n",
	"brussels": "start: 9 October 2025 2pm\nend: 4pm\ntimezone: Europe/Brussels\nonline: Webex\n",
	"utc":      "start: 9 October 2025 2pm\nend: 4pm\ntimezone: UTC\nonline: Webex\n",
	"unended":  "start: 9 October 2025 2pm\nvenue: Town Hall\n",
	"hybrid":   "start: 9 October 2025 2pm\nend: 10 October 2025\nvenue: Town Hall\nonline: {platform: Zoom, url: \"https://zoom.example/1\"}\n",
	"cancelled": `start: 9 October 2025 2pm
date: 1 July 2025
updated: [{date: 20 August 2025 3pm, note: Cancelled.}]
status: cancelled
status_note: The hall has been flooded.
venue: Town Hall
register: {url: "https://book.example.org/2"}
`,
	"postponed":    "start: 9 October 2025 2pm\nstatus: postponed\nvenue: Town Hall\n",
	"provisional":  "start: 9 October 2025 2pm\nstatus: provisional\nvenue: Town Hall\n",
	"rescheduled":  "start: 9 October 2025 2pm\nprevious_start: 2 October 2025 2pm\nstatus: rescheduled\nstatus_note: The speaker was ill.\nvenue: Town Hall\n",
	"moved-online": "start: 9 October 2025 2pm\nstatus: moved-online\nvenue: Town Hall\nonline: Zoom\n",
	"full":         "start: 9 October 2025 2pm\nstatus: full\nvenue: Town Hall\n",
	"hostile": `title: "A, B; C\\D: \"E\"\r\nEND:VEVENT\r\nBEGIN:VEVENT 𝄞𝄞𝄞𝄞𝄞𝄞𝄞𝄞𝄞𝄞𝄞𝄞𝄞𝄞𝄞𝄞𝄞𝄞𝄞"
summary: "One.\n\nATTENDEE:mailto:mallory@example.org\u2028DTSTART:20000101T000000Z"
id: "an id/with , ; : \\ and ŵ"
start: 9 October 2025 2pm
venue: {name: "Hall; room 1, \"north\"", address: "1 Road\nTown"}
contact: {name: "Smith, \"Jo\"; room: 2", email: jo@example.org}
topics: ["R&D, children; families"]
`,
}

// shapeFiles gives the shapes as the files of a site.
func shapeFiles() map[string]string {
	files := map[string]string{
		"articles/grants.md":  "kind: opportunity\ntitle: Grants for youth clubs\ndate: 1 August 2025\ncloses: 30 September 2025 5pm\nplaces: [Walsall]\n",
		"articles/news.md":    "date: 2 August 2025\n",
		"events/tbc.md":       "start: tbc\nvenue: Town Hall\n",
		"events/november.md":  "start: November 2025\nvenue: Town Hall\n",
		"events/expired.md":   "start: 1 May 2025\nexpires: 1 June 2025\nvenue: Town Hall\n",
		"events/withdrawn.md": "start: 1 October 2025\nwithdrawn: It was a mistake.\nvenue: Town Hall\n",
		"events/draft.md":     "start: 1 October 2025\ndraft: true\nvenue: Town Hall\n",
		"events/embargo.md":   "start: 1 October 2025\ndate: 2 September 2025\nvenue: Town Hall\n",
	}
	for name, text := range shapes {
		files["events/"+name+".md"] = text
	}
	return files
}

func TestCalendarsOfEveryShapeOfEvent(t *testing.T) {
	files := build(t, assemble(t, now, shapeFiles()))
	for _, name := range slices.Sorted(maps.Keys(shapes)) {
		file := "events/" + name + "/" + site.FileEvent
		golden(t, name+".ics", files[file])
		delete(files, file)
	}
	for _, name := range []string{"", "events/", "articles/", "places/walsall/", "places/worcester/", "topics/neglect/", "series/autumn-webinars/"} {
		file := name + site.FileCalendar
		golden(t, strings.TrimSuffix("list-"+strings.ReplaceAll(name, "/", "-"), "-")+".ics", files[file])
		delete(files, file)
	}
	for _, name := range []string{"topics/health-and-care/", "topics/r-and-d-children-families/"} {
		delete(files, name+site.FileCalendar)
	}
	if len(files) > 0 {
		t.Errorf("there are more files: %q", slices.Sorted(maps.Keys(files)))
	}
}

func TestCalendarWithoutAnEventHoldsTheTimeZone(t *testing.T) {
	files := build(t, assemble(t, now, map[string]string{"events/tbc.md": "start: tbc\nvenue: Town Hall\nplaces: [Walsall]\n"}))
	if got, want := slices.Sorted(maps.Keys(files)), []string{"calendar.ics", "events/calendar.ics"}; !slices.Equal(got, want) {
		t.Errorf("the files are %q, want %q", got, want)
	}
	golden(t, "empty.ics", files["events/calendar.ics"])
}

func TestCalendarHasOneTimeZoneForAllEventsOfAZone(t *testing.T) {
	files := build(t, assemble(t, now, map[string]string{
		"events/a.md": "start: 1 October 2025 2pm\ntimezone: Europe/Brussels\nonline: Zoom\n",
		"events/b.md": "start: 1 October 1994 2pm\ntimezone: Europe/Brussels\nonline: Zoom\n",
		"events/c.md": "start: 1 October 2025 2pm\nonline: Zoom\n",
	}))
	file := files[site.FileCalendar]
	if n := strings.Count(file, "BEGIN:VTIMEZONE"); n != 2 {
		t.Errorf("there are %d time zones", n)
	}
	if !strings.Contains(file, "DTSTART:19940925T030000") && !strings.Contains(file, "DTSTART:19940327T020000") {
		t.Errorf("the time zone does not reach back to the first event:\n%s", file)
	}
}

// TestCalendarKeepsTheLatestOfThePast builds a site whose calendar has more
// past events than a calendar holds.
func TestCalendarKeepsTheLatestOfThePast(t *testing.T) {
	files := map[string]string{"events/ahead.md": "start: 1 October 2025\nvenue: Town Hall\n"}
	first := now.AddDate(0, 0, -pastLimit-5)
	for i := range pastLimit + 2 {
		files[fmt.Sprintf("events/e%03d.md", i)] = "start: " + first.AddDate(0, 0, i).Format(time.DateOnly) + "\nvenue: Town Hall\n"
	}
	got := build(t, assemble(t, now, files))
	calendar := got[site.FileCalendar]
	if n := strings.Count(calendar, "BEGIN:VEVENT"); n != pastLimit+1 {
		t.Errorf("the calendar has %d events, want %d", n, pastLimit+1)
	}
	for name, want := range map[string]bool{"e000": false, "e001": false, "e002": true, "ahead": true} {
		if strings.Contains(calendar, "SUMMARY:"+name) != want {
			t.Errorf("%s in the calendar: want %t", name, want)
		}
		if _, ok := got["events/"+name+"/event.ics"]; !ok {
			t.Errorf("%s has no event.ics", name)
		}
	}
}

// TestBytesChangeOnlyAtInstantsThatAreDue goes from one instant at which the
// site says that it changes to the next, and allows no difference between.
func TestBytesChangeOnlyAtInstantsThatAreDue(t *testing.T) {
	files := shapeFiles()
	delete(files, "events/briefing.md") // it has no end
	s := assemble(t, time.Date(2025, 8, 1, 0, 0, 0, 0, time.UTC), files)
	for len(s.Due) > 0 {
		next := s.Due[0].At
		if diff := cmp.Diff(build(t, s), build(t, assemble(t, next.Add(-time.Second), files))); diff != "" {
			t.Fatalf("between %v and %v nothing is due, but: %s", s.Now, next, diff)
		}
		s = assemble(t, next, files)
	}
	if s.Now.Year() < 2026 {
		t.Errorf("nothing is due after %v", s.Now)
	}
}

// golden compares a file with the one of that name in testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	checkForm(t, got)
	name = filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s: %s", name, diff)
	}
}
