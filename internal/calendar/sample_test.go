package calendar

import (
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"
	"time"

	"bulletin/internal/config"
	"bulletin/internal/content"
	"bulletin/internal/markdown"
	"bulletin/internal/site"

	ics "github.com/arran4/golang-ical"
	"github.com/google/go-cmp/cmp"
)

// sample assembles the sample site, without its attachments.
func sample(t *testing.T, at time.Time) *site.Site {
	t.Helper()
	files := map[string][]byte{}
	err := fs.WalkDir(os.DirFS("../.."), "content", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && (content.IsEntry(name) || path.Ext(name) == ".yaml") {
			files[name], err = os.ReadFile("../../" + name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	c, _ := config.Read(files)
	in := site.Input{Config: c, Now: at}
	for name, data := range files {
		if content.IsEntry(name) {
			if e, _ := content.Parse(c, markdown.NewGlossary(c.Glossary), name, data); e != nil {
				in.Entries = append(in.Entries, e)
			}
		}
	}
	s, _ := site.Assemble(in)
	return s
}

// TestCalendarsOfTheSampleCanBeRead compares what an independent reader finds
// in each file of the sample site with its content.
func TestCalendarsOfTheSampleCanBeRead(t *testing.T) {
	for _, at := range []time.Time{time.Date(2025, 9, 15, 12, 0, 0, 0, time.UTC), time.Date(2026, 3, 9, 12, 0, 0, 0, time.UTC)} {
		s := sample(t, at)
		events := 0
		for name, file := range build(t, s) {
			checkForm(t, file)
			calendar, err := ics.ParseCalendar(strings.NewReader(file))
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			seen := map[string]bool{}
			for _, event := range calendar.Events() {
				if seen[event.Id()] {
					t.Errorf("%s has two events with the UID %s", name, event.Id())
				}
				seen[event.Id()] = true
			}
			address, ok := strings.CutSuffix("/"+name, site.FileEvent)
			if !ok {
				continue
			}
			events++
			e, ok := s.ByAddress(address)
			if !ok {
				t.Errorf("%s stands beside no page", name)
				continue
			}
			if diff := cmp.Diff(byContent(e), byReader(t, file)); diff != "" {
				t.Errorf("%s: %s", name, diff)
			}
		}
		if events < 5 {
			t.Errorf("as of %v, there are only %d events", at, events)
		}
	}
}
