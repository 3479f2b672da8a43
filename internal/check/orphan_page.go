package check

import (
	"strings"

	"bulletin/internal/config"
	"bulletin/internal/content"
	"bulletin/internal/site"
)

var orphanPage = &Rule{
	Name:     "orphan-page",
	Protects: "A page that nothing links to is found by nobody who does not know its address.",
	Law:      "WCAG 2.2, 2.4.5 Multiple Ways (level AA)",
	Level:    config.LevelWarning,
	Fires:    "-- content/site.yaml --\ntitle: T\nurl: https://www.example.org\nnavigation: [/articles/]\n-- content/help.md --\n---\ntitle: Help\n---\nText.\n",
	Passes:   "-- content/site.yaml --\ntitle: T\nurl: https://www.example.org\nnavigation: [/articles/]\n-- content/help.md --\n---\ntitle: Help\n---\nText.\n-- content/articles/a.md --\n---\ntitle: A\nsummary: A.\ndate: 4 March 2024\n---\nThere is [help](../help.md).\n",
	Cure:     "Link to it from a page that readers know, or add it to `navigation` in content/site.yaml. If nobody needs it, set `draft: true`.",
	Site: func(w *Whole) {
		reached := w.reached()
		for _, p := range w.Pages {
			if p.Kind == content.KindPage && p.Listed && !reached[p.Address] && !isShownElsewhere(p) {
				w.Report(p.Start(), "", "no page and no menu leads to this page")
			}
		}
	},
}

// reached gives the addresses that the menu or another entry leads to.
func (w *Whole) reached() map[string]bool {
	reached := map[string]bool{"/": true, "/accessibility/": true, "/privacy/": true, "/subscribe/": true}
	for _, item := range w.Navigation {
		reached[strings.TrimSuffix(item.Address, "/")+"/"] = true
	}
	for _, p := range w.Pages {
		if !p.Published {
			continue
		}
		for _, l := range p.Links() {
			if t := w.Resolve(p.File, l.Dest); t.Kind == site.ToEntry && t.Entry != p.Entry {
				reached[t.Entry.Address] = true
			}
		}
	}
	return reached
}

// isShownElsewhere reports whether lists that bulletin makes show a page: those
// of its terms, or its translation.
func isShownElsewhere(p *Page) bool { return len(p.Terms) > 0 || len(p.Translations) > 0 }
