package check

import (
	"net/url"
	"strings"

	"bulletin/internal/config"
	"bulletin/internal/diag"
	"bulletin/internal/header"
)

var externalLink = &Rule{
	Name:     "external-link",
	Protects: "Pages elsewhere go away without telling you.",
	Level:    config.LevelWarning,
	Fires:    "Read [the report](https://gone.test/report).",
	Passes:   "Read [the report](https://here.test/report).",
	Cure:     "Find where the page is now, or take the link out.",
	Online:   true,
	Site: func(w *Whole) {
		for _, l := range w.externalLinks() {
			if v, known := w.verdicts[l.visit]; known && v.Fault != "" {
				w.Report(l.pos, "", "%s: %s", l.visit, v.Fault)
			}
		}
	},
}

var movedLink = &Rule{
	Name:     "moved-link",
	Protects: "A redirect is a favour that the other site does you for a while.",
	Level:    config.LevelWarning,
	Fires:    "Read [the report](https://moved.test/report).",
	Passes:   "Read [the report](https://here.test/report).",
	Cure:     "Write the new address.",
	Online:   true,
	Site: func(w *Whole) {
		for _, l := range w.externalLinks() {
			if v, known := w.verdicts[l.visit]; known && v.Moved != "" {
				w.Report(l.pos, "write "+v.Moved, "%s has moved for good", l.visit)
			}
		}
	},
}

// outward is a link to another site.
type outward struct {
	// visit is the address without its fragment.
	visit string
	pos   diag.Pos
}

// externalLinks gives the links to other sites in the order of the files.
func (w *Whole) externalLinks() []outward {
	var list []outward
	for _, p := range w.Pages {
		add := func(dest string, pos diag.Pos) {
			if _, own := p.ownPath(dest); own {
				return
			}
			if address, ok := visitable(dest); ok {
				list = append(list, outward{address, pos})
			}
		}
		for _, l := range p.Links() {
			add(l.Dest, l.Pos)
		}
		var texts []header.Text
		for _, d := range p.Downloads {
			texts = append(texts, d.URL)
		}
		if e := p.Event; e != nil {
			texts = append(texts, e.Online.URL, e.Register.URL, e.Venue.Map)
		}
		for _, t := range texts {
			add(t.Value, t.Pos)
		}
	}
	return list
}

// reserved are names that belong to nobody: RFC 2606 and RFC 6761.
var reserved = []string{"example.org", "example.com", "example.net", "example", "invalid", "localhost"}

// visitable gives the address to ask for, unless there is nobody to ask.
func visitable(dest string) (string, bool) {
	u, err := url.Parse(dest)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" {
		return "", false
	}
	for _, name := range reserved {
		if host := strings.ToLower(u.Hostname()); host == name || strings.HasSuffix(host, "."+name) {
			return "", false
		}
	}
	u.Fragment, u.RawFragment = "", ""
	return u.String(), true
}
