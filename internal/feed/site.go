package feed

import (
	"io"
	"slices"
	"time"

	"bulletin/internal/output"
	"bulletin/internal/site"
)

// version is the salt of the feeds' keys. It changes with the makers in this
// package, so that feeds made by an older program are made anew.
var version = output.KeyOf("feed 1")

// Jobs gives the feeds of the home page, of each section and of each term, and
// the list of them all for feed readers. Browsers show the feeds with the style
// sheet at the given path below the output folder, unless it is "".
func Jobs(s *site.Site, stylesheet string) []output.Job {
	m := newMaker(s, stylesheet)
	var jobs []output.Job
	for _, l := range s.Lists() {
		jobs = append(jobs, m.feeds(l, m.newest(l.Entries))...)
	}
	list := opmlView{Title: s.Config.Title.Value, Outlines: outlines(s)}
	return append(jobs, output.New("subscribe/feeds.opml", version, list, func(w io.Writer, v opmlView) error {
		return OPML(w, v.Title, v.Outlines)
	}))
}

// Shown gives the entries whose text is in a feed.
func Shown(s *site.Site) map[*site.Entry]bool {
	m := newMaker(s, "")
	shown := map[*site.Entry]bool{}
	for _, l := range s.Lists() {
		for _, e := range m.newest(l.Entries) {
			shown[e] = true
		}
	}
	return shown
}

// Entries makes the feeds of single entries, the same that Jobs gives, as long
// as nothing but the texts of entries differs from when it was made. It is used
// by one goroutine at a time.
type Entries struct{ m *maker }

// EntriesOf gives the feeds of a site's entries, of which none is made yet.
func EntriesOf(s *site.Site, stylesheet string) *Entries { return &Entries{newMaker(s, stylesheet)} }

// Jobs gives those feeds that have an entry in them, whose text has changed.
func (f *Entries) Jobs(e *site.Entry) []output.Job {
	delete(f.m.items, e)
	var jobs []output.Job
	for _, l := range f.m.site.Lists() {
		if !slices.Contains(l.Entries, e) {
			continue
		}
		if newest := f.m.newest(l.Entries); slices.Contains(newest, e) {
			jobs = append(jobs, f.m.feeds(l, newest)...)
		}
	}
	return jobs
}

func newMaker(s *site.Site, stylesheet string) *maker {
	if stylesheet != "" {
		stylesheet = s.Path("/" + stylesheet)
	}
	return &maker{site: s, stylesheet: stylesheet, items: map[*site.Entry]*keyedItem{}}
}

// maker makes each entry's item once, however many feeds have it.
type maker struct {
	site       *site.Site
	stylesheet string
	items      map[*site.Entry]*keyedItem
}

// channelView is what a feed's key is made from.
type channelView struct {
	Channel Channel
	Items   []*keyedItem
}

// channel gives the feed, clean.
func (v channelView) channel() *Channel {
	c := v.Channel.clean()
	for _, item := range v.Items {
		c.Items = append(c.Items, item.item())
	}
	return c
}

type opmlView struct {
	Title    string
	Outlines []Outline
}

// feeds gives the three feeds of a list, whose newest entries they hold.
func (m *maker) feeds(l site.List, newest []*site.Entry) []output.Job {
	s, c := m.site, m.site.Config
	view := channelView{Channel: Channel{
		Title: c.Title.Value, Description: l.Description, Home: s.Absolute(l.Address),
		RSS: s.Absolute(l.Address + site.FileRSS), Atom: s.Absolute(l.Address + site.FileAtom), JSON: s.Absolute(l.Address + site.FileJSON),
		Language: c.Language, Publisher: c.Publisher.Name.Value, Email: c.Publisher.Email.Value, Hub: c.Feeds.Hub.Value, Stylesheet: m.stylesheet,
	}}
	if l.Address != "/" {
		view.Channel.Title = l.Title + ": " + c.Title.Value
	}
	view.Channel.Icon = s.Absolute("/" + site.FileIcon)
	for _, e := range newest {
		item := m.item(e)
		view.Items = append(view.Items, item)
		if item.Item.Updated.After(view.Channel.Updated) {
			view.Channel.Updated = item.Item.Updated
		}
	}
	dir := l.Address[1:]
	return []output.Job{
		output.New(dir+site.FileRSS, version, view, func(w io.Writer, v channelView) error { return writeRSS(w, v.channel()) }),
		output.New(dir+site.FileAtom, version, view, func(w io.Writer, v channelView) error { return writeAtom(w, v.channel()) }),
		output.New(dir+site.FileJSON, version, view, func(w io.Writer, v channelView) error { return writeJSON(w, v.channel()) }),
	}
}

// newest gives the entries that were published last, the newest first. An
// event counts by when it was announced, so that a reader's program shows it
// then, and not when it takes place.
func (m *maker) newest(entries []*site.Entry) []*site.Entry {
	limit := m.site.Config.Feeds.Limit
	if limit <= 0 {
		return nil
	}
	newest := make([]*site.Entry, 0, min(len(entries), limit)+1)
	for _, e := range entries {
		at := announced(e)
		if len(newest) == limit && !announced(newest[limit-1]).Before(at) {
			continue
		}
		place, _ := slices.BinarySearchFunc(newest, at, func(other *site.Entry, at time.Time) int {
			if announced(other).Before(at) {
				return 1
			}
			return -1 // those as new stay in their order
		})
		newest = slices.Insert(newest, place, e)
		newest = newest[:min(len(newest), limit)]
	}
	return newest
}

// announced gives the instant at which an entry was first published, as far as
// it says. Events need not: one without a date counts from its earliest change
// note, and one without either has no instant and comes last.
func announced(e *site.Entry) time.Time {
	if !e.Date.Set() && len(e.Changes) > 0 {
		return e.Changes[0].Date.Time
	}
	return e.Date.Time
}
