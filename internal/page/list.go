package page

import (
	"strconv"

	"bulletin/internal/site"
	"bulletin/internal/ukdate"
)

// sections gives the work of making the lists of articles, events and
// newsletters, page by page, and the archives.
func (m *maker) sections() []func(*maker) {
	months := m.s.Months()
	work := []func(*maker){func(m *maker) { m.months(months) }}
	for _, sec := range m.lists(months) {
		for n := range sec.pages() {
			work = append(work, func(m *maker) { m.list(sec, n+1) })
		}
	}
	return work
}

// lists gives the lists of articles, events and newsletters, and the archives.
func (m *maker) lists(months []site.Month) []section {
	years := m.s.Years()
	archive := func(current int) []NavLink {
		var links []NavLink
		for _, y := range years {
			link := NavLink{Link: Link{strconv.Itoa(y.Year), m.s.Path(y.Address)}}
			if y.Year == current {
				link.Current = "page"
			}
			links = append(links, link)
		}
		return links
	}
	lists := []section{{name: "articles", address: "/articles/", entries: m.s.Articles, years: archive(0), group: byMonth}}
	for _, y := range years {
		title := "News of " + strconv.Itoa(y.Year)
		lists = append(lists, section{name: "articles", title: title, address: y.Address, entries: y.Articles, years: archive(y.Year), group: byMonth, whole: true,
			above: []Link{{site.ListTitle("/articles/"), m.s.Path("/articles/")}}})
	}
	var past, ahead []Link
	if len(m.s.Past) > 0 {
		past = []Link{{site.ListTitle("/events/past/"), m.s.Path("/events/past/")}}
	}
	ahead = []Link{{"Events ahead", m.s.Path("/events/")}}
	return append(lists,
		section{name: "events", address: "/events/", entries: m.s.Upcoming, months: m.monthsAhead(months), group: byMonth, also: past},
		section{name: "past-events", address: "/events/past/", entries: m.s.Past, group: byYear, also: ahead,
			above: []Link{{site.ListTitle("/events/"), m.s.Path("/events/")}}},
		section{name: "newsletters", address: "/newsletters/", entries: m.s.Newsletters, group: byYear})
}

// section is a list that is shown page by page.
type section struct {
	name, title, address string
	entries              []*site.Entry
	years, months        []NavLink
	also, above          []Link
	// group gives the heading that an entry is listed under.
	group func(*maker, *site.Entry) string
	// whole shows everything on one page.
	whole bool
}

// byMonth groups entries by the month that they count by.
func byMonth(m *maker, e *site.Entry) string {
	if undated(e) {
		return "Date to be confirmed"
	}
	return ukdate.MonthYear(e.Sorted().In(m.s.Config.Location))
}

// undated reports that nobody knows yet when an event takes place; the day on
// which it was announced says nothing about that.
func undated(e *site.Entry) bool {
	return e.Sorted().IsZero() || e.Event != nil && e.Occurrence.Start.IsZero()
}

// byYear groups entries by year; an event whose day is not known yet, by the
// year in which it was announced.
func byYear(m *maker, e *site.Entry) string {
	if e.Sorted().IsZero() {
		return "Without a date"
	}
	return strconv.Itoa(e.Sorted().In(m.s.Config.Location).Year())
}

// pages gives the number of the section's pages.
func (sec section) pages() int {
	if sec.whole {
		return 1
	}
	return site.PageCount(len(sec.entries))
}

// list adds page number n of a section.
func (m *maker) list(sec section, n int) {
	title := sec.title
	if title == "" {
		title = site.ListTitle(sec.address)
	}
	address := site.PageAddress(sec.address, n)
	v := List{Common: m.common("list", title, "", address, sec.above...), Section: sec.name, Years: sec.years, Months: sec.months, Also: sec.also}
	v.Feeds, v.Calendar = append(m.listFeeds(sec), v.Feeds...), m.calendars[sec.followed()]
	v.Description = m.site.Title + ": " + title
	shown := sec.entries
	if !sec.whole {
		shown = slice(sec.entries, n)
		m.turnPage(&v.Common, sec.address, title, n, sec.pages())
		v.Pagination = m.pagination(sec.address, n, sec.pages())
	}
	groups := m.groups(shown, sec.group)
	if sec.name != "articles" {
		unlabelled(groups)
	}
	if sec.name == "events" {
		untilOver(groups, shown)
	}
	add(m, "list.html", address, v, groups, completeList)
}

// unlabelled takes the labels off the cards of a list in which all are the
// same.
func unlabelled(groups []group) {
	for _, g := range groups {
		for i := range g.Cards {
			g.Cards[i].Unlabelled = true
		}
	}
}

// untilOver tells the cards of events ahead when they are over.
func untilOver(groups []group, events []*site.Entry) {
	n := 0
	for _, g := range groups {
		for i := range g.Cards {
			if over := events[n].Occurrence.Over; !over.IsZero() {
				g.Cards[i].Over = instant(over)
			}
			n++
		}
	}
}

// followed gives the address of the list whose feeds and calendar readers of
// the section follow; the archives have none of their own.
func (sec section) followed() string {
	if sec.name == "past-events" {
		return "/events/"
	}
	return "/" + sec.name + "/"
}

func (m *maker) listFeeds(sec section) []FeedLink {
	return m.feeds(sec.followed(), site.ListTitle(sec.followed()))
}

// slice gives the entries of page number n.
func slice(entries []*site.Entry, n int) []*site.Entry {
	from := min((n-1)*site.PageSize, len(entries))
	return entries[from:min(from+site.PageSize, len(entries))]
}

// turnPage tells the pages after the first apart from it.
func (m *maker) turnPage(c *Common, list, title string, n, pages int) {
	if n == 1 {
		return
	}
	c.HeadTitle = title + ", page " + strconv.Itoa(n) + " of " + strconv.Itoa(pages) + " – " + m.site.Title
	c.Breadcrumbs = append(c.Breadcrumbs, Link{title, m.s.Path(list)})
}

// group is a part of a list as its page is drafted; see [Group].
type group struct {
	ID, Title string
	Cards     []shown
}

// groupsOf gives the views of the parts of a list.
func groupsOf(list []group) []Group {
	var groups []Group
	for _, g := range list {
		groups = append(groups, Group{ID: g.ID, Title: g.Title, Cards: cardsOf(g.Cards)})
	}
	return groups
}

func completeList(v *List, groups []group, c *chrome) error {
	v.Groups = groupsOf(groups)
	v.JSONLD = append(v.JSONLD, c.breadcrumbs(&v.Common))
	return nil
}

// groups puts entries, which are in order, under their headings.
func (m *maker) groups(entries []*site.Entry, heading func(*maker, *site.Entry) string) []group {
	var groups []group
	seen := map[string]bool{}
	for _, e := range entries {
		title := heading(m, e)
		if len(groups) == 0 || groups[len(groups)-1].Title != title {
			groups = append(groups, group{ID: groupID(title, len(groups), seen), Title: title})
		}
		last := &groups[len(groups)-1]
		last.Cards = append(last.Cards, m.show(e, m.site.Language))
	}
	return groups
}

// pagination gives the way through the pages of a list; nil for a single one.
func (m *maker) pagination(list string, n, pages int) *Pagination {
	if pages == 1 {
		return nil
	}
	p := &Pagination{Number: n, Total: pages}
	if n > 1 {
		p.Previous = &Link{"Previous page", m.s.Path(site.PageAddress(list, n-1))}
	}
	if n < pages {
		p.Next = &Link{"Next page", m.s.Path(site.PageAddress(list, n+1))}
	}
	near := []int{1, n - 1, n, n + 1, pages}
	last := 0
	for _, i := range near {
		if i <= last || i > pages {
			continue
		}
		p.Pages = append(p.Pages, PageLink{Number: i, URL: m.s.Path(site.PageAddress(list, i)), Current: i == n, Gap: i > last+1})
		last = i
	}
	return p
}
