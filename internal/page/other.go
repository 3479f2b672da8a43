package page

import (
	"encoding/xml"
	"time"

	"bulletin/internal/site"
)

// How much of each kind the home page shows.
const (
	homeArticles  = 8 // after the lead story
	homeStories   = 2 // of these, with their pictures
	homeEvents    = 5
	homeDeadlines = 6
)

func (m *maker) home() {
	s := m.s
	v := Home{Common: m.common("home", m.site.Title, m.site.Description, "/")}
	v.Calendar = m.calendars["/"]
	later := homeLater{Articles: m.showFirst(s.Articles, homeArticles+1), Events: m.ahead(s.Upcoming, homeEvents)}
	for _, d := range s.Deadlines[:min(homeDeadlines, len(s.Deadlines))] {
		later.Deadlines = append(later.Deadlines, m.show(d.Entry, m.site.Language))
	}
	if len(s.Newsletters) > 0 {
		newest := m.show(s.Newsletters[0], m.site.Language)
		later.Newsletter = &newest
	}
	for _, t := range s.Terms[site.Places] {
		if t.Parent == nil {
			v.Places = append(v.Places, m.termLink(t))
		}
	}
	add(m, "home.html", "/", v, later, completeHome)
}

// homeLater is what is put into the home page's view when it is made.
type homeLater struct {
	Articles, Events, Deadlines []shown
	Newsletter                  *shown
}

func completeHome(v *Home, later homeLater, c *chrome) error {
	if articles := cardsOf(later.Articles); len(articles) > 0 {
		stories := articles[1:min(1+homeStories, len(articles))]
		v.Lead, v.Stories, v.Latest = &articles[0], stories, articles[1+len(stories):]
	}
	v.Events, v.Deadlines, v.Newsletter = cardsOf(later.Events), cardsOf(later.Deadlines), cardOf(later.Newsletter)
	v.JSONLD = append(v.JSONLD, c.webSite())
	return nil
}

// placeLinks gives the places of the top level, with those within them.
func (m *maker) placeLinks() []TermLink {
	var links []TermLink
	for _, t := range m.s.Terms[site.Places] {
		if t.Parent == nil {
			links = append(links, m.termLink(t))
		}
	}
	return links
}

func (m *maker) notFound() {
	v := NotFound{Common: m.common("404", "Page not found", "", "/404.html")}
	v.Canonical, v.NoIndex, v.Breadcrumbs = "", true, nil
	v.Places = m.placeLinks()
	if !m.replaced("404.html") {
		add(m, "404.html", "/404.html", v, m.showFirst(m.s.Articles, 5), func(v *NotFound, latest []shown, _ *chrome) error {
			v.Latest = cardsOf(latest)
			return nil
		})
	}
}

// redirects gives the work of making a page at each old address.
func (m *maker) redirects() []func(*maker) {
	var work []func(*maker)
	for _, r := range m.s.Redirects {
		work = append(work, func(m *maker) { m.redirect(r) })
	}
	return work
}

// redirect adds the page at an old address.
func (m *maker) redirect(r site.Redirect) {
	v := Redirect{Common: m.common("redirect", r.To.Title.Value, "", r.To.Address), Target: Link{r.To.Title.Value, m.s.Path(r.To.Address)}}
	v.NoIndex = true
	v.Breadcrumbs = nil
	addWhole(m, "redirect.html", "/"+site.RedirectFile(r.From), v)
}

// replaced reports whether the site brings a file of its own for a path.
func (m *maker) replaced(path string) bool {
	for _, f := range m.s.Files {
		if f.Path == path {
			return true
		}
	}
	return false
}

// siteMap adds the map of the site (https://www.sitemaps.org/protocol.html)
// and robots.txt, which says where it is.
func (m *maker) siteMap() {
	type address struct {
		Loc     string `xml:"loc"`
		LastMod string `xml:"lastmod,omitempty"`
	}
	var set struct {
		XMLName xml.Name  `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
		URLs    []address `xml:"url"`
	}
	for _, a := range m.s.ListAddresses() {
		set.URLs = append(set.URLs, address{Loc: m.s.Absolute(a)})
	}
	for _, e := range m.s.Entries {
		if !e.Listed || e.Draft {
			continue
		}
		a := address{Loc: m.s.Absolute(e.Address)}
		if !e.Modified.IsZero() {
			a.LastMod = e.Modified.In(m.s.Config.Location).Format(time.RFC3339)
		}
		set.URLs = append(set.URLs, a)
	}
	data, err := xml.MarshalIndent(set, "", "  ")
	if err != nil {
		m.fail(err)
		return
	}
	m.file("sitemap.xml", append([]byte(xml.Header), append(data, '\n')...))
	if !m.replaced("robots.txt") {
		m.file("robots.txt", []byte("User-agent: *\nAllow: /\n\nSitemap: "+m.s.Absolute("/sitemap.xml")+"\n"))
	}
}
