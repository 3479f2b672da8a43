package check

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"bulletin/internal/config"
	"bulletin/internal/markdown"
	"bulletin/internal/site"
)

// vague are texts of links that say nothing of where they lead.
var vague = func() map[string]bool {
	set := map[string]bool{}
	for _, text := range strings.Split(`click here|click|here|click this link|click the link|click on this link|click for more|click here for more|read more|more|find out more|
learn more|see more|view more|show more|know more|discover more|get more information|this|this link|the link|link|link here|links|this page|this site|this website|this webpage|this document|this file|this post|this url|
download|download here|download now|download it here|view|view here|read here|see here|read on|continue|continue reading|more info|more information|further information|
for more information|more details|further details|for more details|details|info|go here|find out more here|read more here|learn more here|more here|over here|right here|
press here|tap here|follow this link|this one|that|that page|it|book here|apply here|register here|sign up here|visit|visit here|open|see this|see link`, "|") {
		set[strings.TrimSpace(text)] = true
	}
	return set
}()

// looseHere finds "here" in words that are no link, as a paste leaves them:
// "click here", and "download the report here" at the end of a sentence.
var looseHere = regexp.MustCompile(`(?i)\bclick (?:on )?(?:here|(?:the|this|these) links? (?:below|above))\b|` +
	`\b(?:download|access|read|view|register|book|apply|accessed|downloaded|viewed|sign up)\b[^.?!;]{0,160}\b(here)\s*[.:!]?\s*$`)

var vagueLink = &Rule{
	Name:     "vague-link",
	Protects: "Many readers go from link to link, by voice or by keyboard, and hear only the words of each: “here, here, read more”.",
	Law:      "WCAG 2.2, 2.4.4 Link Purpose (In Context) (level A) and 2.4.9 Link Purpose (Link Only) (level AAA)",
	Level:    config.LevelWarning,
	Fires:    "To read more, please [click here](https://www.example.net/young-people).",
	Passes:   "Read [what young people in care say](https://www.example.net/young-people).",
	Cure:     "Let the words of the link say what it leads to: `Read [what young people say](https://www.example.net/young-people)`.",
	Entry: func(p *Page) {
		for _, l := range p.Links() {
			if text := words(l.Text); vague[text] && !p.isHeading(l) || strings.HasPrefix(text, "click here ") {
				p.Report(l.Pos, p.linkHint(l), "the link “%s” does not say where it leads", strings.TrimSpace(l.Text))
			}
		}
		for _, text := range p.Prose() {
			if text.Kind == markdown.Card || !text.Mentions("click", "here") {
				continue
			}
			for m := range text.Matches(looseHere) {
				from, to := m[0], m[1]
				if m[2] >= 0 {
					from, to = m[2], m[3]
				}
				if text.linked(from, to) || inQuotes(text.Text, from) {
					continue
				}
				p.Report(text.Pos(from), "make a link of the words that name it: `[the name of the page](address)`", "“%s” leads nowhere; a link may have been lost in pasting", text.Text[from:to])
			}
		}
	},
}

// isHeading reports whether a link leads to the heading on the same page that
// has its words.
func (p *Page) isHeading(l markdown.Link) bool {
	return slices.ContainsFunc(p.Body.Headings, func(h markdown.Heading) bool {
		return l.Dest == "#"+h.ID && words(h.Text) == words(l.Text)
	})
}

// linked reports whether a link touches a part of the text.
func (p Passage) linked(from, to int) bool {
	for _, m := range p.Marks {
		if m.Kind == markdown.Linked && m.From < to && from < m.To {
			return true
		}
	}
	return false
}

// linkHint says what a link could be called, from what it leads to.
func (p *Page) linkHint(l markdown.Link) string {
	t := p.Site.Resolve(p.File, l.Dest)
	switch {
	case t.Kind == site.ToEntry:
		return "write `[" + t.Entry.Title.Value + "](" + l.Dest + ")`"
	case t.Kind == site.ToFile:
		for _, d := range p.Downloads {
			if d.File.Value == l.Dest && d.Title.Value != "" {
				return "write `[" + d.Title.Value + "](" + l.Dest + ")`"
			}
		}
		return "write the title of the document: `[The title of the document](" + l.Dest + ")`"
	case l.Title != "":
		return "write `[" + l.Title + "](" + l.Dest + ")`"
	case t.Kind == site.External:
		if u, err := url.Parse(l.Dest); err == nil && u.Host != "" {
			return "write the name of the page, and if it helps whose it is: `[The name of the page, " + strings.TrimPrefix(u.Hostname(), "www.") + "](" + l.Dest + ")`"
		}
	}
	return ""
}
