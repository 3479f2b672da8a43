package page

import (
	"cmp"
	"net/mail"
	"strings"

	"bulletin/internal/site"
)

// feeds gives the feeds of the list at an address.
func (m *maker) feeds(address, title string) []FeedLink {
	if title != m.site.Title {
		title += ": " + m.site.Title
	}
	return []FeedLink{
		{Title: title, Type: "application/rss+xml", URL: m.s.Path(address + site.FileRSS)},
		{Title: title + " (Atom)", Type: "application/atom+xml", URL: m.s.Path(address + site.FileAtom)},
		{Title: title + " (JSON)", Type: "application/feed+json", URL: m.s.Path(address + site.FileJSON)},
	}
}

// subscribe adds the page that explains feeds and lists them all.
func (m *maker) subscribe() {
	v := Subscribe{Common: m.common("subscribe", site.ListTitle("/subscribe/"), "Follow everything, or only what matters to you.", "/subscribe/"), OPML: m.s.Path("/subscribe/feeds.opml")}
	v.Email = m.newsletterAddress()
	for _, l := range m.s.Lists() {
		if len(v.Groups) == 0 || v.Groups[len(v.Groups)-1].Title != l.Group {
			v.Groups = append(v.Groups, FeedGroup{ID: "page-" + strings.ToLower(l.Group), Title: l.Group})
		}
		last := &v.Groups[len(v.Groups)-1]
		last.Sets = append(last.Sets, FeedSet{
			Title: l.Title, URL: m.s.Path(l.Address),
			RSS: m.s.Path(l.Address + site.FileRSS), Atom: m.s.Path(l.Address + site.FileAtom), JSON: m.s.Path(l.Address + site.FileJSON),
			Calendar: m.calendars[l.Address],
		})
	}
	add(m, "subscribe.html", "/subscribe/", v, nothing{}, withBreadcrumbs)
}

// newsletterAddress gives the address to ask for the newsletter by e-mail:
// where its readers' answers go. It is empty if the site sends none.
func (m *maker) newsletterAddress() string {
	c := m.s.Config.Newsletter
	address, err := mail.ParseAddress(cmp.Or(c.ReplyTo.Value, c.From.Value))
	if err != nil || len(m.s.Newsletters) == 0 {
		return ""
	}
	return address.Address
}
