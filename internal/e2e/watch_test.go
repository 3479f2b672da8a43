package e2e

import (
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// unmarked is true of a page that has been loaded since it was marked.
const unmarked = "window.marked !== true"

func TestAnOpenTabShowsASaveByItself(t *testing.T) {
	p := startPreview(t)
	tab := p.open(address)
	p.expectTitle(tab, "Lantern walk")
	p.save(article, text("Lantern walk at dusk"))
	p.expectTitle(tab, "Lantern walk at dusk")
	p.replace(article, text("Lantern walk at dawn"))
	p.expectTitle(tab, "Lantern walk at dawn")
	p.expect(tab, unmarked)
}

func TestEveryOpenTabShowsASave(t *testing.T) {
	for name, n := range map[string]int{"two tabs": 2, "eight tabs": 8} {
		t.Run(name, func(t *testing.T) {
			p := startPreview(t)
			tabs := p.openAll(n)
			p.save(article, text("Lantern walk at dusk"))
			for _, tab := range tabs {
				p.expectTitle(tab, "Lantern walk at dusk")
			}
			// The tab that was opened first listens for all. When it is
			// closed, another takes over.
			tabs[0].close()
			p.save(article, text("Lantern walk at dawn"))
			for _, tab := range tabs[1:] {
				p.expectTitle(tab, "Lantern walk at dawn")
			}
		})
	}
}

func TestATabWithNoPageToShowComesAliveWhenThePageIsMade(t *testing.T) {
	p := startPreview(t)
	tab := p.open("articles/not-yet/")
	p.expectTitle(tab, "Page not found")
	p.save("content/articles/not-yet.md", text("Not yet"))
	p.expectTitle(tab, "Not yet")
}

func TestAProblemIsShownOverTheLastGoodPageUntilItIsMended(t *testing.T) {
	source := axe(t)
	for name, broken := range map[string]struct{ file, text, says string }{
		"in the content":  {article, strings.Replace(text("Lost"), "summary", "sumary", 1), "summary"},
		"in the settings": {"content/site.yaml", "titel: Regional update\nurl: https://www.example.org\n", "title"},
		"in a layout":     {"layouts/article.html", `{{define "main"}}{{.Titel}}{{end}}`, "Titel"},
		"in a partial":    {"layouts/partials/tags.html", "{{range .}}", "tags.html"},
	} {
		t.Run(name, func(t *testing.T) {
			p := startPreview(t)
			tab := p.open(address)
			mended := p.contentOf(broken.file)
			p.save(broken.file, broken.text)
			p.expect(tab, overlaySays(broken.file))
			p.expect(tab, overlaySays(broken.says))
			p.expectTitle(tab, "Lantern walk")
			p.expect(tab, "document.body.innerText.includes('Bring a lantern.')")
			if err := tab.audit(source, func(a audit) error { return list(a.Violations...) }); err != nil {
				t.Error(err)
			}
			// A page that is opened now shows the problem too.
			p.expect(p.open("about/"), overlaySays(broken.file))

			if mended == "" {
				p.remove(broken.file)
			} else {
				p.save(broken.file, mended)
			}
			p.expect(tab, overlayIsOff)
			p.expectTitle(tab, "Lantern walk")
		})
	}
}

func TestTheOverlayIsHiddenByTheEscapeKeyAndBroughtBackByItsButton(t *testing.T) {
	p := startPreview(t)
	tab := p.open(address)
	p.save(article, "---\n")
	p.expect(tab, overlayIsUp)
	if err := tab.do(chromedp.KeyEvent("\u001b")); err != nil {
		t.Fatal(err)
	}
	p.expect(tab, "!("+overlayIsUp+")")
	// The focus is then on the button, so that Enter brings it back.
	if err := tab.do(chromedp.KeyEvent("\r")); err != nil {
		t.Fatal(err)
	}
	p.expect(tab, overlayIsUp)
}

func TestWarningsAreAnnouncedByAButtonAlone(t *testing.T) {
	p := startPreview(t)
	tab := p.open(address)
	// An event ahead that does not say how to book is built all the same.
	p.save("content/events/picnic.md", "---\ntitle: Picnic\nsummary: A picnic.\nstart: 2090-06-01 12:00\nvenue: The park\n---\n")
	p.expect(tab, overlay+"?.hidden === false")
	p.expect(tab, "!("+overlayIsUp+")")
}

func TestAnArticleUnderEmbargoAppearsByItselfWhenItsTimeHasCome(t *testing.T) {
	p := startPreview(t)
	tab := p.open("articles/soon/")
	soon := time.Now().Add(4 * time.Second).Truncate(time.Second)
	p.save("content/articles/soon.md", strings.Replace(text("Soon"), "2025-09-01", soon.Format(time.RFC3339), 1))
	p.expectTitle(tab, "Page not found")
	p.expectTitle(tab, "Soon")
	if time.Now().Before(soon) {
		t.Error("it appeared too early")
	}
}

func TestThePreviewSurvivesTheContentFolderBeingRenamedAwayAndBack(t *testing.T) {
	p := startPreview(t)
	tab := p.open(address)
	p.rename("content", "elsewhere")
	p.expect(tab, overlayIsUp)
	p.expectTitle(tab, "Lantern walk")
	p.rename("elsewhere", "content")
	p.expect(tab, overlayIsOff)
	p.save(article, text("Lantern walk at dusk"))
	p.expectTitle(tab, "Lantern walk at dusk")
}

func TestTheTabSurvivesARestartOfTheServer(t *testing.T) {
	p := startPreview(t)
	tabs := p.openAll(2)
	p.stop()
	p.save(article, text("Lantern walk at dusk"))
	p.start()
	for _, tab := range tabs {
		p.expectTitle(tab, "Lantern walk at dusk")
	}
	p.save(article, text("Lantern walk at dawn"))
	for _, tab := range tabs {
		p.expectTitle(tab, "Lantern walk at dawn")
	}
}

func TestAChangeOfStyleAloneIsShownWithoutAReload(t *testing.T) {
	p := startPreview(t)
	p.save("layouts/assets/bulletin.css", "h1 { color: rgb(1, 2, 3) }\n")
	tab := p.open(address)
	const colour = "getComputedStyle(document.querySelector('h1')).color"
	p.expect(tab, colour+" === 'rgb(1, 2, 3)'")
	p.mark(tab)
	p.save("layouts/assets/bulletin.css", "h1 { color: rgb(4, 5, 6) }\n")
	p.expect(tab, colour+" === 'rgb(4, 5, 6)'")
	p.expect(tab, "window.marked === true")
	p.expect(tab, "document.querySelectorAll('link[rel~=stylesheet]').length === 1")
}

func TestASaveThatChangesNothingReloadsNothing(t *testing.T) {
	p := startPreview(t)
	tab := p.open(address)
	p.save(article, text("Lantern walk"))
	// A change elsewhere tells that the save before it has been dealt with.
	p.save("layouts/assets/bulletin.css", "h1 { color: rgb(7, 8, 9) }\n")
	p.expect(tab, "getComputedStyle(document.querySelector('h1')).color === 'rgb(7, 8, 9)'")
	p.expect(tab, "window.marked === true")
}

func TestTheScriptOfThePreviewIsInNoBuiltFile(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		for _, name := range files(t, s) {
			if _, text := fetch(t, s, s.base+name); strings.Contains(string(text), "_bulletin") {
				t.Errorf("/%s speaks of the preview", name)
			}
		}
	})
}
