package site

import (
	"net/url"
	"testing"
)

func TestLinksToCalendarsStateTheTimeInUTC(t *testing.T) {
	for file, want := range map[string][2]string{
		"start: 23 September 2025 10am\nend: 12 noon\nonline: Zoom\n":                       {"20250923T090000Z/20250923T110000Z", "2025-09-23T09:00:00Z"},
		"start: 27 November 2025\nvenue: {name: Hall, postcode: AB1 2CD}\n":                 {"20251127/20251128", "2025-11-27"},
		"start: 18 December 2025 10pm\nend: 1am\nvenue: Hall\n":                             {"20251218T220000Z/20251219T010000Z", "2025-12-18T22:00:00Z"},
		"start: 1 December 2025 15:00\ntimezone: Europe/Brussels\nonline: Zoom\nend: 4pm\n": {"20251201T140000Z/20251201T150000Z", "2025-12-01T14:00:00Z"},
		"start: 22 June 2026\nend: 26 June 2026\nvenue: Hall\n":                             {"20260622/20260627", "2026-06-22"},
	} {
		s, problems := modelOf(t, map[string]string{"content/events/e.md": "---\ntitle: A & B\nsummary: S.\nregister: none\n" + file + "---\n"})
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		e, _ := s.ByFile("content/events/e.md")
		google, err := url.Parse(s.GoogleURL(e))
		if err != nil {
			t.Fatal(err)
		}
		outlook, err := url.Parse(s.OutlookURL(e))
		if err != nil {
			t.Fatal(err)
		}
		if got := google.Query().Get("dates"); got != want[0] {
			t.Errorf("%q: Google is told %s, want %s", file, got, want[0])
		}
		if got := outlook.Query().Get("startdt"); got != want[1] {
			t.Errorf("%q: Outlook is told %s, want %s", file, got, want[1])
		}
		if google.Query().Get("text") != "A & B" {
			t.Errorf("the title is %q", google.Query().Get("text"))
		}
	}
}
