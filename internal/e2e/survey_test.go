package e2e

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"
)

// workers is how many tabs look at pages at the same time.
const workers = 2

// sight is what is seen of one page.
type sight struct {
	address string
	// requests and console are what the page asked for and complained of.
	requests, console []string
	// with and without are the page with JavaScript and without.
	with, without outline
	// wide and narrow are its measures in windows of these widths.
	wide, narrow layout
	// first is the first stop of the Tab key.
	first focus
}

type outline struct {
	Text     string   `json:"text"`
	Headings []string `json:"headings"`
	Mains    int      `json:"mains"`
	Language string   `json:"language"`
	Title    string   `json:"title"`
}

type layout struct {
	Width    int      `json:"width"`
	Sticking []string `json:"sticking"`
	Small    []string `json:"small"`
}

type focus struct {
	HTML  string `json:"html"`
	Skip  bool   `json:"skip"`
	Fault string `json:"fault"`
}

// look visits every page of the site.
func (s *site) look() ([]sight, error) {
	if err := s.once(); err != nil {
		return nil, err
	}
	sights := make([]sight, len(s.pages))
	err := inTabs(len(s.pages), func(t *tab, i int) error {
		var err error
		if err = t.do(t.clock(s.now)); err == nil {
			sights[i], err = t.see(s.base, s.pages[i])
		}
		return err
	})
	return sights, err
}

// inTabs calls do for 0 to n-1, in a few tabs at a time.
func inTabs(n int, do func(t *tab, i int) error) error {
	next := make(chan int)
	faults := make([]error, workers)
	var all sync.WaitGroup
	for w := range workers {
		all.Go(func() {
			t, err := openTab()
			if err == nil {
				defer t.close()
			}
			for i := range next {
				if err == nil {
					err = do(t, i)
				}
			}
			faults[w] = err
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	all.Wait()
	return errors.Join(faults...)
}

// see visits a page without JavaScript, then with it, and measures it.
func (t *tab) see(base, address string) (s sight, err error) {
	s.address = "/" + address
	if err := t.do(scripts(false), view(wide, "light")); err != nil {
		return s, err
	}
	if err := t.visit(base + address); err != nil {
		return s, err
	}
	if s.without, err = evaluate[outline](t, probe("outline")); err != nil {
		return s, err
	}
	if err := t.do(scripts(true)); err != nil {
		return s, err
	}
	if err := t.visit(base + address); err != nil {
		return s, err
	}
	if s.with, err = evaluate[outline](t, probe("outline")); err != nil {
		return s, err
	}
	if s.wide, err = evaluate[layout](t, probe("layout")); err != nil {
		return s, err
	}
	if err := t.do(chromedp.KeyEvent("\t")); err != nil {
		return s, err
	}
	if s.first, err = evaluate[focus](t, probe("focus")); err != nil {
		return s, err
	}
	if err := t.do(view(narrow, "light")); err != nil {
		return s, err
	}
	if s.narrow, err = evaluate[layout](t, probe("layout")); err != nil {
		return s, err
	}
	s.requests, s.console = t.noted()
	return s, nil
}

// everyPage checks something of each page of both sites.
func everyPage(t *testing.T, check func(s *site, seen sight) error) {
	t.Helper()
	needBrowser(t)
	each(t, func(t *testing.T, s *site) {
		sights, err := s.seen()
		if err != nil {
			t.Fatal(err)
		}
		for _, seen := range sights {
			if err := check(s, seen); err != nil {
				t.Errorf("%s: %v", seen.address, err)
			}
		}
	})
}

func TestNoPageScrollsSidewaysAt320Pixels(t *testing.T) {
	everyPage(t, func(_ *site, seen sight) error { return sideways(seen.narrow, narrow) })
}

func sideways(l layout, width int) error {
	if l.Width <= width {
		return nil
	}
	return fmt.Errorf("it is %d pixels wide, because of\n\t%s", l.Width, strings.Join(l.Sticking, "\n\t"))
}

func TestEveryTargetOutsideRunningTextIsAtLeast24PixelsTallAndWide(t *testing.T) {
	everyPage(t, func(_ *site, seen sight) error {
		return errors.Join(problems(seen.wide.Small), problems(seen.narrow.Small))
	})
}

func TestNoPageAsksForAnythingFromAnotherHost(t *testing.T) {
	everyPage(t, func(s *site, seen sight) error { return elsewhere(seen, s.base) })
}

// elsewhere names the requests that do not go below an address.
func elsewhere(seen sight, base string) error {
	var others []string
	for _, address := range seen.requests {
		if !strings.HasPrefix(address, base) {
			others = append(others, address)
		}
	}
	if len(seen.requests) == 0 {
		others = append(others, "no request was seen at all")
	}
	return problems(others)
}

func TestNoPageComplainsInTheConsoleUnderAStrictSecurityPolicy(t *testing.T) {
	everyPage(t, func(_ *site, seen sight) error { return problems(seen.console) })
}

func TestEveryPageReadsTheSameWithoutJavaScriptWhenItIsNew(t *testing.T) {
	everyPage(t, func(_ *site, seen sight) error {
		if seen.with.Text != seen.without.Text {
			return errors.New("its text differs")
		}
		if len(strings.Fields(seen.with.Text)) < 20 {
			return fmt.Errorf("it says next to nothing: %q", seen.with.Text)
		}
		return nil
	})
}

func TestEveryPageHasOneMainHeadingAndAnOutlineOfItsOwn(t *testing.T) {
	titles := map[string]string{}
	everyPage(t, func(s *site, seen sight) error {
		o := seen.with
		if len(o.Headings) != 1 || strings.TrimSpace(o.Headings[0]) == "" {
			return fmt.Errorf("its headings of level 1 are %q", o.Headings)
		}
		if o.Mains != 1 || o.Language == "" {
			return fmt.Errorf("it has %d main parts and the language %q", o.Mains, o.Language)
		}
		if other, taken := titles[s.name+o.Title]; taken || o.Title == "" {
			return fmt.Errorf("its title %q is that of %s", o.Title, other)
		}
		titles[s.name+o.Title] = seen.address
		return nil
	})
}

func TestTheSkipLinkIsTheFirstTabStopOfEveryPage(t *testing.T) {
	everyPage(t, func(_ *site, seen sight) error {
		if !seen.first.Skip || seen.first.Fault != "" {
			return fmt.Errorf("the first stop is %q %s", seen.first.HTML, seen.first.Fault)
		}
		return nil
	})
}
