package e2e

import "testing"

// What has an end is marked with it, and hidden from then on.
const (
	shown  = "[...document.querySelectorAll('[data-over]')].filter((element) => element.checkVisibility()).length"
	marked = "document.querySelectorAll('[data-over]').length"
)

func TestAPageFollowsTheReadersClockUntilTheSiteIsBuiltAgain(t *testing.T) {
	tab := newTab(t)
	s := autumn.open(t)
	for _, test := range []struct{ now, expression string }{
		{s.now, marked + " > 0 && " + shown + " === " + marked},
		{"2025-10-20T12:00:00+01:00", shown + " > 0 && " + shown + " < " + marked},
		{"2090-01-01T12:00:00Z", shown + " === 0"},
	} {
		if err := tab.do(tab.clock(test.now)); err != nil {
			t.Fatal(err)
		}
		if err := tab.visit(s.base); err != nil {
			t.Fatal(err)
		}
		if err := tab.eventually(test.expression); err != nil {
			t.Errorf("at %s: %v", test.now, err)
		}
	}
}
