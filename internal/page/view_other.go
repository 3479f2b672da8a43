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
	// Contact is whom to tell about a barrier: the e-mail address or text from
	// the settings. Email is set when it holds an address.
	Contact, Email string
	// Phone may be empty. Dial is the same as a tel: link takes it.
	Phone, Dial string
	// Reply is within what time people get an answer ("10 working days").
	Reply string
	// Prepared, Reviewed and Tested are the days on which the statement was
	// written and last reviewed, and the site last tested.
	Prepared, Reviewed, Tested *Date
	// TestedBy says who tested the site, and how.
	TestedBy string
	// NonCompliant are the parts that are known not to conform; Burden those
	// whose mending would be a disproportionate burden; Exemptions those that
	// the law does not cover. All are empty for a site that conforms fully.
	NonCompliant, Burden, Exemptions []string
}

// Privacy is the view of privacy.html.
type Privacy struct {
	Common
	// Contact is whom to ask: the e-mail address or text from the settings.
	// Email is set when it holds an address.
	Contact, Email string
	// Host is the company whose server sends the site, and Logs says what it
	// notes of requests; either may be empty.
	Host, Logs string
	// Elsewhere are the other hosts from which pages may load something.
	Elsewhere []string
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
		"privacy.html":        Privacy{},
		"404.html":            NotFound{},
		"redirect.html":       Redirect{},
		"partials/embed.html": Card{},
	}
}
