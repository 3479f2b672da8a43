package page

import (
	"fmt"
	"net/url"
	"strings"
	"time"

	"bulletin/internal/content"
	"bulletin/internal/markdown"
	"bulletin/internal/site"
	"bulletin/internal/ukdate"
)

// entry adds the page of an entry.
func (m *maker) entry(e *site.Entry) {
	switch {
	case e.Article != nil:
		v, later := m.article(e)
		add(m, "article.html", e.Address, v, later, completeArticle)
	case e.Event != nil:
		v, later := m.event(e)
		add(m, "event.html", e.Address, v, later, completeEvent)
	case e.Newsletter != nil:
		v, later := m.newsletter(e)
		add(m, "newsletter.html", e.Address, v, later, completeNewsletter)
	default:
		v, later := m.base("page", e)
		add(m, "page.html", e.Address, Page{Entry: v}, later, func(v *Page, later entryLater, c *chrome) error { return later.complete(&v.Entry, c) })
	}
}

// section gives the address and the title of the list that an entry is in.
func (m *maker) section(e *site.Entry) []Link {
	folder := e.Kind.Folder()
	if folder == "" {
		return m.parents(e)
	}
	address := "/" + folder + "/"
	return []Link{{site.ListTitle(address), m.s.Path(address)}}
}

// parents gives the pages in whose folders a plain page lies.
func (m *maker) parents(e *site.Entry) []Link {
	var links []Link
	segments := strings.Split(strings.Trim(e.Address, "/"), "/")
	for i := 1; i < len(segments); i++ {
		address := "/" + strings.Join(segments[:i], "/") + "/"
		if parent, ok := m.s.ByAddress(address); ok {
			links = append(links, Link{parent.Title.Value, m.s.Path(address)})
		}
	}
	return links
}

// entryLater is what is put into the view of any entry when its page is made.
type entryLater struct {
	Body    *text
	Related []shown
}

func (l entryLater) complete(v *Entry, c *chrome) (err error) {
	v.Content, err = l.Body.html()
	v.Related = cardsOf(l.Related)
	v.JSONLD = append(v.JSONLD, c.breadcrumbs(&v.Common))
	return err
}

// base gives what the views of all entries share.
func (m *maker) base(layout string, e *site.Entry) (Entry, entryLater) {
	v := Entry{Common: m.common(layout, e.Title.Value, e.Summary.Value, e.Address, m.section(e)...)}
	later := entryLater{Body: m.text(e, e.Body)}
	v.Label = e.Label()
	v.Date = m.dayOf(e.Date)
	if n := len(e.Changes); n > 0 {
		v.Updated = m.dayOf(e.Changes[n-1].Date)
	}
	for _, c := range e.Changes {
		v.Changes = append([]Change{{m.day(c.Date.Time), c.Note.Value}}, v.Changes...)
	}
	if e.Language.Set() {
		v.Language, v.Direction = e.Language.Value, direction(e.Language.Value)
	}
	for _, other := range e.Translations {
		language := other.Language.Value
		if language == "" {
			language = m.site.Language
		}
		v.Translations = append(v.Translations, Translation{
			Language: language, Direction: direction(language), Name: languageName(language), Title: other.Title.Value,
			URL: m.s.Path(other.Address), Absolute: m.s.Absolute(other.Address),
		})
	}
	v.Notices = m.notices(e)
	v.Image = m.image(e, e.Image, leadSizes)
	for _, d := range e.Details {
		v.Details = append(v.Details, Detail{d.Label.Value, d.Text.Value})
	}
	v.Contents = contents(e.Body)
	v.Places, v.Topics, v.Organisations = m.tags(e, site.Places), m.tags(e, site.Topics), m.tags(e, site.Organisations)
	v.People = m.people(e.People)
	v.Contact = contact(e.Contact)
	v.Downloads = m.downloads(e)
	for _, i := range e.Gallery {
		if picture := m.image(e, i, gallerySizes); picture != nil {
			v.Gallery = append(v.Gallery, *picture)
		}
	}
	v.Series = m.series(e)
	v.Previous, v.Next = m.link(e.Older), m.link(e.Newer)
	for _, r := range e.Related {
		later.Related = append(later.Related, m.show(r, v.Language))
	}
	m.describe(e, &v)
	return v, later
}

// describe fills in what search engines and other sites are told.
func (m *maker) describe(e *site.Entry, v *Entry) {
	v.Share = Share{Type: "article"}
	if e.Kind == content.KindPage {
		v.Share.Type = "website"
	}
	m.share(e, &v.Share)
	if e.Date.Set() {
		v.Share.Published = e.Date.Time.In(m.s.Config.Location).Format(time.RFC3339)
		v.Share.Modified = e.Modified.In(m.s.Config.Location).Format(time.RFC3339)
	}
	v.NoIndex = e.Archived || e.Withdrawn.Set() || e.Draft
	for _, t := range site.Taxonomies {
		for _, term := range e.Terms.Of(t) {
			if t == site.Series {
				v.Feeds = append(v.Feeds, m.feeds(term.Address, term.Name)...)
			}
		}
	}
}

// tags gives links to the entry's terms; a name without a page has no link.
func (m *maker) tags(e *site.Entry, t site.Taxonomy) []Link {
	var links []Link
	for _, term := range e.Terms.Of(t) {
		links = append(links, Link{term.Name, m.s.Path(term.Address)})
	}
	return links
}

func (m *maker) people(people []content.Person) []Person {
	var list []Person
	for _, p := range people {
		person := Person{Name: p.Name.Value, Role: p.Role.Value, Organisation: p.Organisation.Value}
		if term, ok := m.s.Term(site.People, p.Name.Value); ok {
			person.URL = m.s.Path(term.Address)
		}
		list = append(list, person)
	}
	return list
}

func contact(c content.Contact) *Contact {
	if c == (content.Contact{}) {
		return nil
	}
	return &Contact{Name: c.Name.Value, Role: c.Role.Value, Email: c.Email.Value, Phone: c.Phone.Value, Dial: dial(c.Phone.Value)}
}

// downloads gives the files to fetch, by group in the order of the front
// matter, those without a group first.
func (m *maker) downloads(e *site.Entry) []DownloadGroup {
	var groups []DownloadGroup
	put := func(group string, d Download) {
		for i := range groups {
			if groups[i].Title == group {
				groups[i].Files = append(groups[i].Files, d)
				return
			}
		}
		g := DownloadGroup{Title: group, Files: []Download{d}}
		if group == "" {
			groups = append([]DownloadGroup{g}, groups...)
			return
		}
		groups = append(groups, g)
	}
	for _, d := range e.Downloads {
		if d.URL.Set() {
			put(d.Group.Value, external(d))
			continue
		}
		if f, ok := m.s.FileAt(e.Entry, d.File.Value); ok {
			name, _ := site.TypeOf(f.File)
			put(d.Group.Value, Download{Title: orName(d.Title.Value, f.File), URL: m.s.Path(f.Address), Type: name, Details: f.Details()})
		}
	}
	return groups
}

// external gives the view of a document on another site.
func external(d content.Download) Download {
	host := d.URL.Value
	if u, err := url.Parse(d.URL.Value); err == nil && u.Host != "" {
		host = strings.TrimPrefix(u.Host, "www.")
	}
	name := "Web page"
	if u, err := url.Parse(d.URL.Value); err == nil && strings.Contains(u.Path[strings.LastIndex(u.Path, "/")+1:], ".") {
		name, _ = site.TypeOf(u.Path)
	}
	return Download{Title: orName(d.Title.Value, host), URL: d.URL.Value, Type: name, Details: host, External: true}
}

// orName gives the title, or else the file's name.
func orName(title, file string) string {
	if title != "" {
		return title
	}
	return file[strings.LastIndex(file, "/")+1:]
}

func (m *maker) series(e *site.Entry) *Series {
	terms := e.Terms.Of(site.Series)
	if len(terms) == 0 || !e.Listed || len(terms[0].Entries) < 2 {
		return nil
	}
	total := len(terms[0].Entries)
	position := total - terms[0].Place(e)
	return &Series{
		Link:     Link{terms[0].Name, m.s.Path(terms[0].Address)},
		Position: fmt.Sprintf("Part %d of %d", position, total),
		Previous: m.link(e.SeriesOlder), Next: m.link(e.SeriesNewer),
	}
}

func (m *maker) link(e *site.Entry) *Link {
	if e == nil {
		return nil
	}
	return &Link{e.Title.Value, m.s.Path(e.Address)}
}

// A page gets a list of its contents from this many headings and words on.
const (
	contentsHeadings = 4
	contentsWords    = 500
)

// contents gives the headings of the two upper levels of a long text.
func contents(doc *markdown.Doc) []Heading {
	var list []Heading
	for _, h := range doc.Headings {
		switch {
		case h.Level == 2 || h.Level == 3 && len(list) == 0:
			list = append(list, Heading{ID: h.ID, Text: h.Text})
		case h.Level == 3:
			last := &list[len(list)-1]
			last.Headings = append(last.Headings, Heading{ID: h.ID, Text: h.Text})
		}
	}
	if len(list) < contentsHeadings || doc.Words < contentsWords {
		return nil
	}
	return list
}

// notices gives what a reader must know before the text.
func (m *maker) notices(e *site.Entry) []Notice {
	var notices []Notice
	if e.Draft {
		notices = append(notices, Notice{Kind: "draft", Title: "Draft", Text: "This page is not published yet."})
	}
	if e.Withdrawn.Set() {
		notices = append(notices, Notice{Kind: "withdrawn", Title: "This page has been withdrawn", Text: e.Withdrawn.Value})
	}
	if e.Archived {
		notices = append(notices, Notice{Kind: "archived", Title: "This page is archived",
			Text: "It expired on " + ukdate.Date(e.Expires.Time) + " and is no longer kept up to date."})
	}
	if state, _, ok := m.s.Deadline(e); ok && e.Article != nil && state == site.Closed {
		notices = append(notices, Notice{Kind: "closed", Title: "This opportunity has closed", Text: "The deadline was " + m.by(e.Article.Closes).Text + "."})
	}
	if p := e.ToFollow; p.What.Set() {
		text := upperFirst(p.What.Value)
		if p.By.Set() {
			text += ", by " + p.By.DayText()
		}
		notices = append(notices, Notice{Kind: "to-follow", Title: "To follow", Text: strings.TrimSuffix(text, ".") + "."})
	}
	return notices
}

// articleLater is what is put into an article's view when its page is made.
type articleLater struct {
	entryLater
	AboutEvent     *shown
	NotesToEditors *text
}

func completeArticle(v *Article, later articleLater, c *chrome) (err error) {
	if err = later.complete(&v.Entry, c); err != nil {
		return err
	}
	v.AboutEvent = cardOf(later.AboutEvent)
	v.NotesToEditors, err = later.NotesToEditors.html()
	v.JSONLD = append(v.JSONLD, c.newsArticle(&v.Entry, v.Kind))
	return err
}

func (m *maker) article(e *site.Entry) (Article, articleLater) {
	var later articleLater
	v := Article{Kind: e.Article.Type, Numbered: e.Article.Numbered}
	v.Entry, later.entryLater = m.base("article", e)
	if e.Article.Closes.Set() {
		v.Closes = m.deadline(e, "Apply", e.Article.Closes)
	}
	if e.AboutEvent != nil {
		about := m.show(e.AboutEvent, v.Language)
		later.AboutEvent = &about
	}
	later.NotesToEditors = m.text(e, e.Article.NotesToEditors)
	return v, later
}

// newsletterLater is what is put into a newsletter's view when its page is
// made.
type newsletterLater struct {
	entryLater
	New, Events, Deadlines []shown
}

func completeNewsletter(v *Newsletter, later newsletterLater, c *chrome) error {
	if err := later.complete(&v.Entry, c); err != nil {
		return err
	}
	v.New, v.Events, v.Deadlines = cardsOf(later.New), cardsOf(later.Events), cardsOf(later.Deadlines)
	v.JSONLD = append(v.JSONLD, c.newsArticle(&v.Entry, ""))
	return nil
}

// issueLists adds the lists that an issue makes by itself.
func (m *maker) issueLists(e *site.Entry, v *Newsletter, later *newsletterLater) {
	issue := m.issues[e]
	v.FirstIssue = issue.First
	for _, other := range issue.New {
		later.New = append(later.New, m.show(other, v.Language))
	}
	for _, other := range issue.Events {
		event := m.show(other, v.Language)
		event.Unlabelled = true // the same for all
		later.Events = append(later.Events, event)
	}
	for _, d := range issue.Deadlines {
		due := m.show(d.Entry, v.Language)
		what := "Apply"
		if d.Entry.Event != nil {
			what = "Book"
		}
		due.Deadline = m.deadline(d.Entry, what, d.By)
		later.Deadlines = append(later.Deadlines, due)
	}
	for _, other := range issue.Promises {
		v.Promises = append(v.Promises, Promise{What: other.ToFollow.What.Value, By: m.dayOf(other.ToFollow.By), Link: *m.link(other)})
	}
}

func (m *maker) newsletter(e *site.Entry) (Newsletter, newsletterLater) {
	var later newsletterLater
	v := Newsletter{Issue: e.Newsletter.Issue.Value}
	v.Entry, later.entryLater = m.base("newsletter", e)
	if from := e.Newsletter.From; from.Name.Value != "" {
		v.From = &Signature{Name: from.Name.Value, Role: from.Role.Value, Organisation: from.Organisation.Value}
		if f, ok := m.s.FileAt(e.Entry, from.Image.Value); ok && from.Image.Set() {
			portrait := show(m.s, f, faceSizes)
			portrait.Alt = "Portrait of " + from.Name.Value
			v.From.Image = &portrait
		}
	}
	m.issueLists(e, &v, &later)
	return v, later
}
