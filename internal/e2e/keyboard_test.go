package e2e

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"
)

// stops is how many presses of the Tab key are followed on a page.
const stops = 15

func TestTheFocusIsSeenAtTheFirstTabStopsOfEveryKindOfPage(t *testing.T) {
	everySample(t, func(tab *tab, look look) error {
		seen, err := tab.walk(stops)
		if err != nil {
			return err
		}
		var faults []string
		for i, stop := range seen {
			if stop.Fault != "" {
				faults = append(faults, fmt.Sprintf("%s: stop %d, %s: %s", look, i+1, stop.HTML, stop.Fault))
			}
		}
		return problems(faults)
	})
}

// walk presses the Tab key n times and says where the focus is each time.
func (t *tab) walk(n int) ([]focus, error) {
	seen := make([]focus, n)
	for i := range seen {
		if err := t.do(chromedp.KeyEvent("\t")); err != nil {
			return nil, err
		}
		var err error
		if seen[i], err = evaluate[focus](t, probe("focus")); err != nil {
			return nil, err
		}
	}
	return seen, nil
}

func TestTheSkipLinkLeadsToTheMainPart(t *testing.T) {
	tab := newTab(t)
	s := autumn.open(t)
	if err := tab.visit(s.base); err != nil {
		t.Fatal(err)
	}
	if err := tab.do(chromedp.KeyEvent("\t"), chromedp.KeyEvent("\r"), chromedp.KeyEvent("\t")); err != nil {
		t.Fatal(err)
	}
	if err := tab.eventually("document.querySelector('main').contains(document.activeElement)"); err != nil {
		t.Error(err)
	}
}
