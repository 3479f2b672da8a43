package check

import (
	"net/url"
	"strings"

	"bulletin/internal/config"
	"bulletin/internal/site"
)

var ambiguousLink = &Rule{
	Name:     "ambiguous-link",
	Protects: "In a list of the links of a page, two with the same words are taken for one.",
	Law:      "WCAG 2.2, 2.4.9 Link Purpose (Link Only) (level AAA)",
	Level:    config.LevelWarning,
	Fires:    "See the [slides](https://www.example.net/monday), and the [slides](https://www.example.net/tuesday).",
	Passes:   "See the [slides of Monday](https://www.example.net/monday), and the [slides of Tuesday](https://www.example.net/tuesday).",
	Cure:     "Add to each link what tells it apart: `[slides of Monday](...)`.",
	Entry: func(p *Page) {
		first := map[string]string{}
		told := map[string]bool{}
		for _, l := range p.Links() {
			text := words(l.Text)
			place := p.placeOf(l.Dest)
			if text == "" || place == "" || vague[text] || l.Text == l.Dest {
				continue
			}
			before, met := first[text]
			switch {
			case !met:
				first[text] = place
			case before != place && !told[text]:
				told[text] = true
				p.Report(l.Pos, "", "“%s” is also a link to another place above", strings.TrimSpace(l.Text))
			}
		}
	},
}

// placeOf gives the page or file that a link leads to, in a form that is the
// same for all ways of writing it; empty if it leads to none, or to a part of
// the same page.
func (p *Page) placeOf(dest string) string {
	t := p.Site.Resolve(p.File, dest)
	switch t.Kind {
	case site.ToEntry, site.ToFile, site.ToAddress:
		before, _, _ := strings.Cut(t.Address, "#")
		return before
	case site.External:
		u, err := url.Parse(dest)
		if err != nil || u.Host == "" {
			return ""
		}
		place := strings.TrimPrefix(strings.ToLower(u.Host), "www.") + strings.TrimSuffix(u.Path, "/")
		if u.RawQuery != "" {
			place += "?" + u.RawQuery
		}
		return place
	}
	return ""
}
