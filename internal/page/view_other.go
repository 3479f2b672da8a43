package page

// Subscribe is the view of subscribe.html.
type Subscribe struct {
	Common
	// Groups are the feeds by what they follow: everything, sections, places.
	Groups []FeedGroup
	// OPML is the address of the list of all feeds for feed readers.
	OPML string
	// Email is the address to ask for the newsletter by e-mail; empty if the
	// site sends none.
	Email string
}

// FeedGroup is a list of feeds under a heading.
type FeedGroup struct {
	// ID is the heading's fragment.
	ID, Title string
	Sets      []FeedSet
}

// FeedSet is one thing to follow, in each format. A format that is not made
// is empty.
type FeedSet struct {
	// Title and URL are those of the page that the feed follows.
	Title, URL      string
	RSS, Atom, JSON string
	// Calendar is the list's calendar; absent where it has none.
	Calendar *Calendar
}

// Accessibility is the view of accessibility.html, the statement that the
// Public Sector Bodies (Websites and Mobile Applications) (No. 2)
// Accessibility Regulations 2018 ask for.
type Accessibility struct {
	Common
	// Contact is whom to tell about a barrier: the e-mail address, phone
	// number or text from the settings.
	Contact string
	// Email is set when Contact is an e-mail address.
	Email string
	// Reviewed is the day on which the statement was last reviewed.
	Reviewed *Date
	// Exemptions are the parts of the site that are known not to conform, or
	// need not; empty for a site that conforms fully.
	Exemptions []string
}

// NotFound is the view of 404.html, which the server shows for any address
// that leads nowhere.
type NotFound struct {
	Common
	// Latest are a few entries to go on with.
	Latest []Card
	// Places are the places of the top level.
	Places []TermLink
}

// Redirect is the view of redirect.html, at an address that something has
// moved away from. Title and Canonical are those of the page that it leads to.
type Redirect struct {
	Common
	// Target is where the reader is sent.
	Target Link
}

// Views gives the zero view of each layout and of each partial that bulletin
// itself asks for, by file name in layouts/.
func Views() map[string]any {
	return map[string]any{
		"home.html":           Home{},
		"article.html":        Article{},
		"event.html":          Event{},
		"newsletter.html":     Newsletter{},
		"page.html":           Page{},
		"list.html":           List{},
		"term.html":           Term{},
		"terms.html":          Terms{},
		"subscribe.html":      Subscribe{},
		"accessibility.html":  Accessibility{},
		"404.html":            NotFound{},
		"redirect.html":       Redirect{},
		"partials/embed.html": Card{},
	}
}
