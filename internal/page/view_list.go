package page

// Home is the view of home.html. The title is the site's.
type Home struct {
	Common
	// Lead is the newest article, shown large.
	Lead *Card
	// Stories are the two articles after the lead, shown with their pictures, and
	// Latest those that follow.
	Stories, Latest []Card
	// Events are the next events, soonest first.
	Events []Card
	// Deadlines are the cards of what must be done soon, soonest first; each
	// has its Deadline.
	Deadlines []Card
	// Newsletter is the newest issue.
	Newsletter *Card
	// Places are the places of the top level.
	Places []TermLink
}

// List is the view of list.html: a section, page by page; the past events;
// the archive of a year.
type List struct {
	Common
	// Section is "articles", "events", "past-events", "month" or "newsletters".
	Section string
	// Groups hold the entries under headings, such as a month or a year.
	Groups []Group
	// Pagination is absent if everything fits on one page.
	Pagination *Pagination
	// Years lead to the archives, Months to the events of each month.
	Years, Months []NavLink
	// Also lead to lists that belong with this one ("Past events").
	Also []Link
}

// Group is a part of a list under a heading of level 2.
type Group struct {
	// ID is the heading's fragment, unique on the page.
	ID    string
	Title string
	Cards []Card
}

// Pagination leads through the pages of a long list.
type Pagination struct {
	// Number is this page, counted from 1; Total the number of pages.
	Number, Total int
	// Previous and Next are the neighbouring pages.
	Previous, Next *Link
	// Pages are the pages near this one, the first and the last.
	Pages []PageLink
}

// PageLink is one page of a long list.
type PageLink struct {
	Number int
	URL    string
	// Current is true for the page itself.
	Current bool
	// Gap is true if pages are left out before this one.
	Gap bool
}

// Term is the view of term.html: everything about one place, topic,
// organisation, person or series.
type Term struct {
	Common
	// Vocabulary is the list of terms that this one belongs to ("Places").
	Vocabulary Link
	// Website is the place's or organisation's own site.
	Website *Link
	// Parent and Children are its neighbours in the hierarchy of places.
	Parent   *Link
	Children []TermLink
	// Events are the next events, soonest first; on the first page only.
	Events []Card
	// Groups hold the entries, newest first.
	Groups []Group
	// Pagination is absent if everything fits on one page.
	Pagination *Pagination
}

// Terms is the view of terms.html: all places, topics, organisations, people
// or series.
type Terms struct {
	Common
	// Vocabulary is "places", "topics", "organisations", "people" or "series".
	Vocabulary string
	// Terms are sorted by name; places hold the places within them.
	Terms []TermLink
}

// TermLink leads to the page of a term.
type TermLink struct {
	Link
	// Count is how many entries the term has, those of its children included.
	Count int
	// CountText is the same in words: "12 updates".
	CountText string
	Children  []TermLink
}
