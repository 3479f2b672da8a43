package site

import (
	"net/url"
	"strings"
	"testing"
)

func TestLinksToCalendarsSayNoMoreThanIsKnown(t *testing.T) {
	for file, want := range map[string][2]string{
		"start: 9 October 2025 2pm\nvenue: Hall\n":                      {"20251009T130000Z/20251009T130000Z", "Hall"},
		"start: 2 October 2025\nend: 4 October 2025 3pm\nvenue: Hall\n": {"20251002/20251005", "Hall"},
		"start: 25 October 2025\nend: 26 October 2025\nvenue: Hall\n":   {"20251025/20251027", "Hall"},
		"start: 2 October 2025 2pm\nend: 3pm\nvenue: {name: Hall, address: 1 Road, postcode: AB1 2CD}\nonline: Zoom\n": {
			"20251002T130000Z/20251002T140000Z", "Hall, 1 Road, AB1 2CD, and Zoom (online)"},
		"start: 2 October 2025 2pm\nend: 3pm\nvenue: {name: Hall, address: 1 Road}\nstatus: moved-online\n": {"20251002T130000Z/20251002T140000Z", "Online"},
		"start: 2 October 2025 2pm\nend: 3pm\nvenue: {name: Hall, address: 1 Road}\nonline: Zoom\nstatus: moved-online\n": {
			"20251002T130000Z/20251002T140000Z", "Zoom (online)"},
	} {
		s, problems := modelOf(t, map[string]string{"content/events/e.md": "---\ntitle: A & B + C\nsummary: S.\nregister: none\n" + file + "---\n"})
		if problems.HasErrors() {
			t.Fatal(problems)
		}
		e, _ := s.ByFile("content/events/e.md")
		for _, address := range []string{s.GoogleURL(e), s.OutlookURL(e)} {
			u, err := url.Parse(address)
			if err != nil || strings.Contains(u.RawQuery, "+") {
				t.Errorf("%s: %v, or plus signs for spaces", address, err)
				continue
			}
			if got := u.Query().Get("location"); got != want[1] {
				t.Errorf("%q: the location is %q, want %q", file, got, want[1])
			}
			if got := u.Query().Get("dates"); got != "" && got != want[0] {
				t.Errorf("%q: Google is told %s, want %s", file, got, want[0])
			}
		}
	}
}
