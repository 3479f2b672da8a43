package e2e

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// drawing is how a page is drawn.
type drawing struct {
	Heading   bool     `json:"heading"`
	Text      bool     `json:"text"`
	Menu      bool     `json:"menu"`
	Follow    bool     `json:"follow"`
	Ink       string   `json:"ink"`
	Paper     string   `json:"paper"`
	Scrolling string   `json:"scrolling"`
	Current   []string `json:"current"`
	Others    []string `json:"others"`
}

// media sets the medium, "screen" or "print", and features of it such as
// forced-colors, by name and value.
func media(medium string, features ...string) chromedp.Action[chromedp.Void] {
	params := emulation.SetEmulatedMediaParams{Media: medium}
	for pair := range slices.Chunk(features, 2) {
		params.Features = append(params.Features, &emulation.MediaFeature{Name: pair[0], Value: pair[1]})
	}
	return chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, emulation.SetEmulatedMedia, params)
		return err
	})
}

// drawn shows a long article in the given way and says how it is drawn.
func drawn(t *testing.T, way chromedp.Action[chromedp.Void]) drawing {
	t.Helper()
	tab, s := newTab(t), autumn.open(t)
	if err := tab.do(way); err != nil {
		t.Fatal(err)
	}
	if err := tab.visit(s.base + "articles/2025/regional-grant/"); err != nil {
		t.Fatal(err)
	}
	d, err := evaluate[drawing](tab, probe("media"))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestPrintHasTheTextInBlackOnWhiteAndNoWaysOn(t *testing.T) {
	onScreen := drawn(t, media("screen", "prefers-color-scheme", "dark"))
	if !onScreen.Menu || !onScreen.Follow || onScreen.Paper == "rgb(255, 255, 255)" {
		t.Errorf("on a screen: %+v", onScreen)
	}
	onPaper := drawn(t, media("print", "prefers-color-scheme", "dark"))
	if !onPaper.Heading || !onPaper.Text || onPaper.Menu || onPaper.Follow {
		t.Errorf("in print: %+v", onPaper)
	}
	if onPaper.Ink != "rgb(0, 0, 0)" || onPaper.Paper != "rgb(255, 255, 255)" {
		t.Errorf("it is printed in %s on %s", onPaper.Ink, onPaper.Paper)
	}
}

func TestInForcedColoursTheMenuShowsWhereTheReaderIs(t *testing.T) {
	for _, forced := range []string{"none", "active"} {
		d := drawn(t, media("screen", "forced-colors", forced))
		if len(d.Current) != 1 || len(d.Others) < 2 || slices.Contains(d.Others, d.Current[0]) {
			t.Errorf("forced colours %s: the entry has a line in %v, the others in %v", forced, d.Current, d.Others)
		}
	}
}

func TestThePageJumpsForThoseWhoAskForLessMotion(t *testing.T) {
	if d := drawn(t, media("screen", "prefers-reduced-motion", "reduce")); d.Scrolling != "auto" {
		t.Errorf("it scrolls %q", d.Scrolling)
	}
	if d := drawn(t, media("screen", "prefers-reduced-motion", "no-preference")); d.Scrolling != "smooth" {
		t.Errorf("with motion it scrolls %q, so this test shows nothing", d.Scrolling)
	}
}

func TestALineOfRunningTextHas60To75Characters(t *testing.T) {
	tab, s := newTab(t), autumn.open(t)
	for _, address := range []string{"articles/2025/regional-grant/", "newsletters/2025-08/", "about/"} {
		if err := tab.visit(s.base + address); err != nil {
			t.Fatal(err)
		}
		got, err := evaluate[float64](tab, probe("measure"))
		if err != nil {
			t.Fatal(err)
		}
		if got < 60 || got > 75 {
			t.Errorf("/%s: %.1f characters", address, got)
		}
	}
}

// adapted are changes that readers make to a page, or that its language does,
// under which it must not scroll sideways.
var adapted = []struct {
	name, script string
	width        int64
}{
	// A window of 1280 pixels at 400 % is one of 320 pixels (WCAG 2.2, 1.4.10).
	{"written from right to left", "document.documentElement.dir = 'rtl'", wide},
	{"written from right to left", "document.documentElement.dir = 'rtl'", narrow},
	{"with its text at 200 %", "document.documentElement.style.fontSize = '200%'", wide / 2},
}

func TestNoKindOfPageScrollsSidewaysHoweverItIsAdapted(t *testing.T) {
	everySample(t, func(tab *tab, _ look) error {
		var all []error
		for _, a := range adapted {
			if err := tab.do(view(a.width, "light"), chromedp.Evaluate[chromedp.Void](a.script)); err != nil {
				return err
			}
			l, err := evaluate[layout](tab, probe("layout"))
			if err != nil {
				return err
			}
			if err := sideways(l, int(a.width)); err != nil {
				all = append(all, fmt.Errorf("%s, in a window of %d pixels: %w", a.name, a.width, err))
			}
			if err := tab.do(chromedp.Evaluate[chromedp.Void]("document.documentElement.dir = ''; document.documentElement.style.fontSize = ''")); err != nil {
				return err
			}
		}
		return errors.Join(all...)
	})
}
