package page

import (
	"errors"
	"io"
	"net/mail"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"unicode"

	"bulletin/internal/config"
	"bulletin/internal/diag"
	"bulletin/internal/header"
	"bulletin/internal/output"
	"bulletin/internal/site"
	"bulletin/internal/theme"
)

// Jobs gives the pages of the site, the theme's assets, the site map and the
// other files that stand beside them. Jobs are given to ready, some at a time and
// by several goroutines, as soon as their views are there; if it reports false,
// no more are made.
func Jobs(s *site.Site, t *theme.Theme, ready func([]output.Job) bool) ([]output.Job, diag.List) {
	brand, _ := Brand(s.Config)
	assets := t.Assets(brand)
	m := newMaker(s, t, assets)
	m.makeCards()
	work := make([]func(*maker), 0, 2*len(s.Entries))
	work = append(work, (*maker).siteMap, (*maker).home, (*maker).subscribe, (*maker).accessibility, (*maker).privacy, (*maker).notFound)
	for _, e := range s.Entries {
		work = append(work, func(m *maker) { m.entry(e) })
	}
	work = slices.Concat(work, m.sections(), m.terms(), m.redirects())
	m.inParallel(work, ready)
	for _, a := range assets {
		m.file(a.Path, a.Data)
	}
	return m.jobs, m.problems
}

// Entries makes the pages of single entries, the same that Jobs gives, as long
// as nothing but the texts of entries differs from when it was made. It is used
// by one goroutine at a time.
type Entries struct{ shared *maker }

// EntriesOf gives the pages of a site's entries, of which none is made yet.
func EntriesOf(s *site.Site, t *theme.Theme, assets []theme.Asset) *Entries {
	return &Entries{newMaker(s, t, assets)}
}

// Job gives the page of one entry.
func (p *Entries) Job(e *site.Entry) (output.Job, diag.List) {
	m := *p.shared
	m.entry(e)
	return m.jobs[0], m.problems
}

func newMaker(s *site.Site, t *theme.Theme, assets []theme.Asset) *maker {
	m := &maker{s: s, theme: t, site: siteView(s, assets), menu: menu(s), calendars: calendars(s), issues: s.Issues()}
	m.chrome = newChrome(chromeView{Site: m.site, Menu: m.menu, Origin: m.origin(), Home: s.Absolute("/")})
	m.siteFeeds = slices.Clip(m.feeds("/", m.site.Title))
	return m
}

// piece is how many pages one goroutine makes at a time: enough to be worth
// it, and few enough that their views take little memory.
const piece = 50

// inParallel does the work, each part of which makes a page or a few, with
// makers of their own, and puts their jobs together in the order of the work.
func (m *maker) inParallel(work []func(*maker), ready func([]output.Job) bool) {
	parts := make([]maker, (len(work)+piece-1)/piece)
	limit := make(chan struct{}, runtime.GOMAXPROCS(0))
	var wait sync.WaitGroup
	var stopped atomic.Bool
	for i := range parts {
		parts[i] = *m
		limit <- struct{}{}
		if stopped.Load() {
			break
		}
		wait.Go(func() {
			for _, do := range work[i*piece : min((i+1)*piece, len(work))] {
				do(&parts[i])
			}
			if !ready(parts[i].jobs) {
				stopped.Store(true)
			}
			<-limit
		})
	}
	wait.Wait()
	for i := range parts {
		m.jobs = append(m.jobs, parts[i].jobs...)
		m.problems.Add(parts[i].problems...)
	}
}

// inChunks calls do for 0 to n-1 on all processors.
func inChunks(n int, do func(i int)) {
	const size = 100
	var wait sync.WaitGroup
	var next atomic.Int64
	for range min(runtime.GOMAXPROCS(0), n/size+1) {
		wait.Go(func() {
			for {
				end := int(next.Add(size))
				for i := end - size; i < min(end, n); i++ {
					do(i)
				}
				if end >= n {
					return
				}
			}
		})
	}
	wait.Wait()
}

// Brand gives the brand colour of the settings, or nil.
func Brand(c *config.Config) (*theme.Colour, diag.List) {
	if !c.Colour.Set() {
		return nil, nil
	}
	colour, ok := theme.ParseColour(c.Colour.Value)
	if !ok {
		return nil, diag.List{diag.Errorf(c.Colour.Pos, "colour", "write it like `colour: \"#0f5c63\"`", "`%s` is not a colour", c.Colour.Value)}
	}
	return &colour, brandProblems(c.Colour, colour)
}

// muchPaler is the contrast with paper below which the shade that stands in
// for a brand colour is plainly another one; text needs 4.5.
const muchPaler = 3

// brandProblems says so when a brand colour cannot do all of its work.
func brandProblems(written header.Text, brand theme.Colour) diag.List {
	contrast := theme.PaperContrast(brand)
	if contrast >= muchPaler {
		return nil
	}
	text, area := theme.OnPaper(brand)
	hint := "links and labels are `" + text.String() + "` instead; areas such as the menu keep your colour. A darker colour of your brand would do for both"
	if area != brand {
		hint = "everything is `" + text.String() + "` instead. Choose a colour that can be told from the page"
	}
	return diag.List{diag.Warnf(written.Pos, "colour-contrast", hint,
		"`%s` is too pale for text on a light page: the contrast is %.1f to 1, and text needs 4.5 to 1", written.Value, contrast)}
}

// maker makes views and, from them and the layouts, jobs.
type maker struct {
	s     *site.Site
	theme *theme.Theme
	site  Site
	menu  []menuItem
	// chrome is what all pages have in common, and siteFeeds are the feeds of
	// the home page, which all pages name.
	chrome    *chrome
	siteFeeds []FeedLink
	// cards are those of the entries as they stand now.
	cards map[*site.Entry]*sharedCard
	// calendars are those of the lists that have one, by the list's address.
	calendars map[string]*Calendar
	// issues are what the newsletter's issues list by themselves.
	issues   map[*site.Entry]site.Issue
	jobs     []output.Job
	problems diag.List
}

// file adds the job of a file whose bytes are known.
func (m *maker) file(path string, data []byte) {
	m.jobs = append(m.jobs, output.New(path, output.Key{}, data, func(w io.Writer, data []byte) error {
		_, err := w.Write(data)
		return err
	}))
}

// siteView gives what all pages say of the site.
func siteView(s *site.Site, assets []theme.Asset) Site {
	c := s.Config
	asset := func(name string) string {
		if path := theme.AssetPath(assets, name); path != "" {
			return s.Path("/" + path)
		}
		return ""
	}
	v := Site{
		Title: c.Title.Value, Description: c.Description.Value, URL: strings.TrimSuffix(c.URL, "/"), Region: c.Region.Value, Language: c.Language,
		Publisher: Publisher{Name: c.Publisher.Name.Value, Email: c.Publisher.Email.Value, Phone: c.Publisher.Phone.Value, Dial: dial(c.Publisher.Phone.Value)},
		Links: SiteLinks{
			Home: s.Path("/"), Articles: s.Path("/articles/"), Events: s.Path("/events/"), PastEvents: s.Path("/events/past/"),
			Newsletters: s.Path("/newsletters/"), Subscribe: s.Path("/subscribe/"), Accessibility: s.Path(site.Accessibility), Privacy: s.Path(site.Privacy),
			Stylesheet: asset(theme.Stylesheet), Script: asset(theme.Script), Icon: asset(theme.Icon),
			TouchIcon: s.Path("/" + site.FileTouchIcon), Manifest: s.Path("/" + site.FileManifest),
		},
	}
	for _, line := range c.Publisher.Address {
		v.Publisher.Address = append(v.Publisher.Address, line.Value)
	}
	v.Publisher.Logo = logo(s)
	if v.Links.Icon == "" {
		v.Links.Icon = icon(s)
	}
	for t, link := range map[site.Taxonomy]*string{
		site.Places: &v.Links.Places, site.Topics: &v.Links.Topics, site.Organisations: &v.Links.Organisations,
		site.People: &v.Links.People, site.Series: &v.Links.Series,
	} {
		if len(s.Terms[t]) > 0 {
			*link = s.Path(t.Address())
		}
	}
	return v
}

// dial gives a phone number as a tel: link takes it (RFC 3966). A British
// number gets its country code; what has other words in it is not dialled.
func dial(phone string) string {
	var b strings.Builder
	for _, r := range strings.ReplaceAll(phone, "(0)", "") {
		switch {
		case unicode.IsDigit(r) || r == '+' && b.Len() == 0:
			b.WriteRune(r)
		case !strings.ContainsRune(" ()-.\u00a0", r):
			return ""
		}
	}
	number := b.String()
	if rest, ok := strings.CutPrefix(number, "0"); ok && len(number) >= 10 {
		return "+44" + rest
	}
	return number
}

func calendars(s *site.Site) map[string]*Calendar {
	all := map[string]*Calendar{}
	for _, l := range s.Lists() {
		if l.HasCalendar() {
			address := l.Address + site.FileCalendar
			all[l.Address] = &Calendar{URL: s.Path(address), Webcal: s.Webcal(address)}
		}
	}
	return all
}

// menuItem is an entry of the main menu with its address on the site.
type menuItem struct {
	address string
	link    Link
}

func menu(s *site.Site) []menuItem {
	var items []menuItem
	for _, n := range s.Navigation {
		items = append(items, menuItem{n.Address, Link{n.Title, s.Path(n.Address)}})
	}
	return items
}

// common gives what every view has, but for what is the same on all pages. trail are the addresses and titles of the
// pages above, without the home page.
func (m *maker) common(layout, title, summary, address string, trail ...Link) Common {
	c := Common{
		Layout: layout, Title: title, Summary: summary, URL: m.s.Path(address), address: address,
		HeadTitle: title + " – " + m.site.Title, Description: summary, Canonical: m.s.Absolute(address),
		Language: m.site.Language, Direction: direction(m.site.Language), Share: Share{Type: "website"},
	}
	if address == "/" {
		c.HeadTitle = title
	} else {
		c.Breadcrumbs = append([]Link{{"Home", m.s.Path("/")}}, trail...)
	}
	c.Feeds = m.siteFeeds
	return c
}

// direction gives "rtl" for languages that are written from right to left.
func direction(language string) string {
	base, _, _ := strings.Cut(strings.ToLower(language), "-")
	switch base {
	case "ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi":
		return "rtl"
	}
	return ""
}

// languageNames are the names of languages in themselves.
var languageNames = map[string]string{
	"ar": "العربية", "bn": "বাংলা", "cy": "Cymraeg", "de": "Deutsch", "en": "English", "es": "Español", "fa": "فارسی", "fr": "Français",
	"ga": "Gaeilge", "gd": "Gàidhlig", "gu": "ગુજરાતી", "hi": "हिन्दी", "it": "Italiano", "ku": "Kurdî", "lt": "Lietuvių", "pa": "ਪੰਜਾਬੀ",
	"pl": "Polski", "ps": "پښتو", "pt": "Português", "ro": "Română", "so": "Soomaali", "uk": "Українська", "ur": "اردو", "zh": "中文",
}

func languageName(tag string) string {
	base, _, _ := strings.Cut(strings.ToLower(tag), "-")
	if name, ok := languageNames[base]; ok {
		return name
	}
	return tag
}

// fail notes an error of a layout, with its position if it has one.
func (m *maker) fail(err error) {
	var p diag.Problem
	if !errors.As(err, &p) {
		p = diag.Errorf(diag.Pos{File: "layouts"}, "layout", "look at the layout that was changed last", "%v", err)
	}
	m.problems.Add(p)
}

// mailbox gives the address that a text consists of or ends with, as in
// "Booking office <book@example.org>", for a mailto: link; "" if it has none.
func mailbox(text string) string {
	if a, err := mail.ParseAddress(text); err == nil && config.IsEmail(a.Address) {
		return a.Address
	}
	return ""
}
