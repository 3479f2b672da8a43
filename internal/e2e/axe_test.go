package e2e

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// audit is what axe-core says of a page.
type audit struct {
	Passed     int       `json:"passed"` // rules that the page was seen to keep
	Violations []finding `json:"violations"`
	// Undecided are places where a person has to look.
	Undecided []finding `json:"undecided"`
}

type finding struct {
	Rule   string   `json:"rule"`
	Help   string   `json:"help"`
	Places []string `json:"places"`
}

// list makes an error of findings, or none.
func list(findings ...finding) error {
	var texts []string
	for _, f := range findings {
		some := f.Places[:min(3, len(f.Places))]
		texts = append(texts, fmt.Sprintf("%s: %s (%d times)\n\t%s", f.Rule, f.Help, len(f.Places), strings.Join(some, "\n\t")))
	}
	return problems(texts)
}

// look is one way to look at a page.
type look struct {
	width  int64
	scheme string
}

func (l look) String() string { return fmt.Sprintf("%d pixels, %s", l.width, l.scheme) }

var looks = []look{{wide, "light"}, {wide, "dark"}, {narrow, "dark"}, {narrow, "light"}}

// axe gives the source of axe-core.
func axe(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(nodeFile(t, "axe-core", "axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// audit runs axe-core on the page that the tab shows, in every look, and
// gives what check makes of what it says.
func (t *tab) audit(source string, check func(audit) error) error {
	if err := t.do(chromedp.Evaluate[chromedp.Void](source)); err != nil {
		return err
	}
	var all []error
	for _, look := range looks {
		if err := t.do(view(look.width, look.scheme)); err != nil {
			return err
		}
		result, err := evaluate[audit](t, probe("axe"))
		if err != nil {
			return err
		}
		if result.Passed < 10 {
			return fmt.Errorf("axe-core has looked at nothing: %d rules passed", result.Passed)
		}
		if look.width == narrow {
			result.Undecided = nil // wide tables scroll there, and are partly out of sight
		}
		if err := check(result); err != nil {
			all = append(all, fmt.Errorf("%s:\n%w", look, err))
		}
	}
	return errors.Join(all...)
}

func TestAxeFindsNothingWrongWithAnyKindOfPageAtAnyWidthInAnyScheme(t *testing.T) {
	source := axe(t)
	everySample(t, func(tab *tab, _ look) error {
		return tab.audit(source, func(a audit) error {
			return list(append(a.Violations, a.Undecided...)...)
		})
	})
}

// everySample shows a page of each kind in a tab, each in another look, and
// checks something of it.
func everySample(t *testing.T, check func(*tab, look) error) {
	t.Helper()
	needBrowser(t)
	for _, s := range sites {
		s.open(t)
	}
	err := inTabs(len(samples), func(tab *tab, i int) error {
		sample := samples[i]
		look := looks[i%len(looks)]
		if err := tab.do(tab.clock(sample.site.now), view(look.width, look.scheme)); err != nil {
			return err
		}
		if err := tab.visit(sample.site.base + sample.address); err != nil {
			return err
		}
		if err := check(tab, look); err != nil {
			t.Errorf("%s: %s at /%s: %v", sample.site.name, sample.kind, sample.address, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestAxeFindsNothingWrongWithThePreviewOfAnEMail(t *testing.T) {
	source := axe(t)
	p := startPreview(t)
	p.save("content/newsletters/one.md", "---\ntitle: Lantern letter\nsummary: What the autumn brings.\ndate: 1 September 2025\n---\n\nDear readers,\n\nhere it is.\n")
	tab := p.open("newsletters/one/")
	if err := tab.eventually("document.querySelector('h1')?.innerText === 'Lantern letter'"); err != nil {
		t.Fatal(err)
	}
	if err := tab.visit(p.base + "_bulletin/email/newsletters/one/"); err != nil {
		t.Fatal(err)
	}
	if err := tab.eventually("document.querySelectorAll('iframe').length > 0"); err != nil {
		t.Fatal(err)
	}
	if err := tab.audit(source, func(a audit) error { return list(a.Violations...) }); err != nil {
		t.Error(err)
	}
}
