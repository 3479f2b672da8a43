package site

import "slices"

// List is something that can be followed by feed.
type List struct {
	// Title is that of the page that the feed belongs to, and Address that
	// page's address.
	Title, Description, Address string
	// Group is what the feed is listed under: "Everything", "Sections",
	// "Places" ...
	Group   string
	Entries []*Entry
}

// The names of the three formats' files, beside the page of the list.
const (
	FileRSS  = "feed.xml"
	FileAtom = "atom.xml"
	FileJSON = "feed.json"
)

// Lists gives everything that can be followed, in the order in which readers
// are offered it.
func (s *Site) Lists() []List {
	title := s.Config.Title.Value
	events := slices.Concat(s.Upcoming, s.Past)
	lists := []List{
		{Title: title, Description: s.Config.Description.Value, Address: "/", Group: "Everything",
			Entries: slices.Concat(s.Articles, s.Newsletters, events)},
		{Title: "News", Description: "News, press releases, reports and opportunities", Address: "/articles/", Group: "Sections", Entries: s.Articles},
		{Title: "Events", Description: "Events as they are announced", Address: "/events/", Group: "Sections", Entries: events},
		{Title: "Newsletters", Description: "Each issue of the newsletter", Address: "/newsletters/", Group: "Sections", Entries: s.Newsletters},
	}
	for _, t := range Taxonomies {
		for _, term := range s.Terms[t] {
			l := List{Title: term.Name, Description: "Updates about " + term.Name, Address: term.Address, Group: t.Plural(), Entries: term.Entries}
			if term.Record != nil && term.Record.Summary.Value != "" {
				l.Description = term.Record.Summary.Value
			}
			lists = append(lists, l)
		}
	}
	return lists
}
