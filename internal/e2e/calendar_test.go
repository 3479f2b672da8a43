package e2e

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// goldens are the calendars that package calendar is tested with, and
// instants.tsv beside them says when their events take place.
var goldens = filepath.Join("..", "calendar", "testdata")

// calendarReaders list the events of calendar files, each with the program
// and library of another language; see ical.mjs and ical.py.
var calendarReaders = map[string]func(t *testing.T, files []string) []string{
	"ical.js": func(t *testing.T, files []string) []string {
		nodeFile(t, "ical.js", "package.json")
		node, err := exec.LookPath("node")
		if err != nil {
			lacking(t, "no Node is installed, which ical.js needs")
		}
		return listEvents(t, node, "ical.mjs", files)
	},
	"Python's icalendar": func(t *testing.T, files []string) []string {
		// Debian's package is for Debian's Python, which may not be the first.
		for _, python := range []string{"python3", "/usr/bin/python3"} {
			if exec.Command(python, "-c", "import icalendar, dateutil").Run() == nil {
				return listEvents(t, python, "ical.py", files)
			}
		}
		lacking(t, "no Python with icalendar is installed: it is in Debian's python3-icalendar")
		return nil
	},
}

// listEvents gives the lines that a reader prints.
func listEvents(t *testing.T, program, script string, files []string) []string {
	t.Helper()
	read := exec.Command(program, append([]string{script}, files...)...)
	var complaint bytes.Buffer
	read.Stderr = &complaint
	out, err := read.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", script, err, complaint.Bytes())
	}
	return slices.Collect(strings.Lines(string(out)))
}

func TestCalendarReadersFindTheInstantsOfTheContent(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(goldens, "instants.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	want := slices.Sorted(strings.Lines(string(data)))
	var files []string
	for _, line := range want {
		name, _, _ := strings.Cut(line, "\t")
		if file := filepath.Join(goldens, name); !slices.Contains(files, file) {
			files = append(files, file)
		}
	}
	for name, read := range calendarReaders {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, line := range read(t, files) {
				columns := strings.Split(line, "\t") // file, UID, title, start, end
				got = append(got, strings.Join([]string{filepath.Base(columns[0]), columns[3], columns[4]}, "\t"))
			}
			slices.Sort(got)
			sameLines(t, name, got, "the content", want)
		})
	}
}

// TestCalendarReadersAgreeOnTheSampleSite also finds that every file of the
// sample can be read at all.
func TestCalendarReadersAgreeOnTheSampleSite(t *testing.T) {
	for _, s := range sites {
		var all []string
		for _, name := range files(t, s.open(t)) {
			if filepath.Ext(name) == ".ics" {
				all = append(all, s.file(name))
			}
		}
		if len(all) < 10 {
			t.Fatalf("%s has only %d calendars", s.name, len(all))
		}
		javascript, python := calendarReaders["ical.js"](t, all), calendarReaders["Python's icalendar"](t, all)
		if len(javascript) < len(all) {
			t.Errorf("%s: only %d dates are found in %d calendars", s.name, len(javascript), len(all))
		}
		sameLines(t, "ical.js", javascript, "Python's icalendar", python)
	}
}

// sameLines compares what two sources list, and shows the first difference.
func sameLines(t *testing.T, one string, a []string, other string, b []string) {
	t.Helper()
	for i := range max(len(a), len(b)) {
		if i >= len(a) || i >= len(b) || a[i] != b[i] {
			t.Errorf("%s and %s do not agree, first in line %d:\n%q\n%q", one, other, i+1, a[min(i, len(a)):min(i+1, len(a))], b[min(i, len(b)):min(i+1, len(b))])
			return
		}
	}
}
