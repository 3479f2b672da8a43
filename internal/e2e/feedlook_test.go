package e2e

import (
	"testing"
)

// feedLook is how a browser shows a feed.
type feedLook struct {
	Shown      string
	Explained  int
	Titles     int
	Size       float64
	Ink, Paper string
	Width      int
}

func TestABrowserShowsAFeedToPeople(t *testing.T) {
	tab := newTab(t)
	for _, s := range sites {
		s.open(t)
		for _, test := range []struct {
			address, shown string
			look           look
		}{
			{"feed.xml", "channel description, channel title, item description, item title", look{narrow, "light"}},
			{"atom.xml", "entry summary, entry title, feed subtitle, feed title", look{wide, "dark"}},
			{"places/walsall/feed.xml", "channel description, channel title, item description, item title", look{wide, "light"}},
			{"places/walsall/atom.xml", "entry summary, entry title, feed subtitle, feed title", look{narrow, "dark"}},
		} {
			if err := tab.do(view(test.look.width, test.look.scheme)); err != nil {
				t.Fatal(err)
			}
			if err := tab.visit(s.base + test.address); err != nil {
				t.Fatal(err)
			}
			if err := tab.eventually("getComputedStyle(document.documentElement).display === 'block'"); err != nil {
				t.Errorf("%s: /%s has no style: %v", s.name, test.address, err)
				continue
			}
			got, err := evaluate[feedLook](tab, probe("feed"))
			if err != nil {
				t.Fatal(err)
			}
			if got.Shown != test.shown || got.Explained != 1 || got.Titles < 3 || got.Size < 30 || got.Width > int(test.look.width) {
				t.Errorf("%s: /%s: %+v", s.name, test.address, got)
			}
			if dark := got.Paper == "rgb(23, 22, 20)"; dark != (test.look.scheme == "dark") {
				t.Errorf("%s: /%s: %s on %s", s.name, test.address, got.Ink, got.Paper)
			}
			if _, console := tab.noted(); len(console) > 0 {
				t.Errorf("%s: /%s: %q", s.name, test.address, console)
			}
		}
	}
}
