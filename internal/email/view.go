package email

import "html/template"

// Email is the view of email.html. Like every view it is a plain struct, with
// texts in words; unlike the others, every address in it is a whole one.
type Email struct {
	// Title is that of the issue; Summary may be empty.
	Title, Summary string
	// URL is the address of the issue's page on the web.
	URL string
	// Content is the letter, made from Markdown.
	Content template.HTML
	Site    Site

	// Subject is the subject of the e-mail, or else the title. Preheader is the
	// line that the inbox shows after it; may be empty.
	Subject, Preheader string
	// Language is a BCP 47 tag ("en-GB", "cy"). Direction is "ltr" or "rtl".
	Language, Direction string
	// Issue is the newsletter's own name for the issue ("2025-08"); may be
	// empty. Date is the day on which it comes out.
	Issue string
	Date  Date
	// Image is the leading picture; may be absent.
	Image *Image
	// From signs the letter; may be absent.
	From *Signature

	// New are the articles since the last issue; FirstIssue is true if there
	// was none.
	New        []Card
	FirstIssue bool
	// Events are the events ahead.
	Events []Card
	// Deadlines are those before the next issue.
	Deadlines []Deadline
	// Promises are what is still to follow.
	Promises []Promise

	// Unsubscribe is the address for leaving the list, or the placeholder that
	// the mailing tool replaces with one; may be empty. Write
	// href="{{.Unsubscribe}}": it reaches the e-mail as it stands in the settings.
	Unsubscribe template.URL
	Colours     Colours
	Outlook     Outlook
}

// Site is what an e-mail says of the site and its publisher.
type Site struct {
	Title string
	// Region is the area that the site serves; may be empty.
	Region string
	// URL is that of the home page, Subscribe that of the page on feeds.
	URL, Subscribe string
	Publisher      Publisher
}

// Publisher is the body that publishes the site. All of it may be empty.
type Publisher struct {
	Name, Email, Phone string
	// Address is the postal address, line by line.
	Address []string
	Logo    *Image
}

// Date is a day, for machines ("2025-09-23") and for people.
type Date struct {
	ISO, Text string
}

// String gives the text, so that {{.Date}} alone shows the date.
func (d Date) String() string { return d.Text }

// Image is a picture.
type Image struct {
	URL string
	// Alt describes the picture; empty for a decorative one.
	Alt string
	// Caption and Credit are shown beneath; either may be empty.
	Caption, Credit string
	// Width and Height are what the picture is to be shown at, in pixels; zero
	// if unknown.
	Width, Height int
}

// Signature is who a letter is from. Role and Organisation may be empty.
type Signature struct {
	Name, Role, Organisation string
	// Image is a portrait; may be absent.
	Image *Image
}

// Card is an entry in brief, as it stood on the date of the issue. The partial
// "email-embed" prints one within the letter, where it has no heading, and
// "email-card" one in a list, with a heading of level 3.
type Card struct {
	// Kind is "article", "event", "newsletter" or "page"; Label is the same
	// for people, and finer: "Press release". Empty on plain pages.
	Kind, Label string
	Title, URL  string
	// Summary may be empty.
	Summary string
	// Language is set if it is not that of the issue.
	Language string
	// Date is the day of publication; events have none.
	Date *Date
	// When is an event's time in one sentence, and Leaf its day.
	When string
	Leaf *Leaf
	// Where and Cost are an event's place and price; Repeats says how it
	// recurs. Each may be empty.
	Where, Cost, Repeats string
	// Status is set for an event that does not go ahead as planned ("Moved
	// online"); StatusNote says more.
	Status, StatusNote string
	// Deadline is set if it had not passed.
	Deadline *Deadline
	// Book is the address for booking a place, as long as that was possible.
	Book string
}

// Leaf is a day as a tear-off calendar shows it. It stands beside the full
// date and is hidden from screen readers.
type Leaf struct {
	// Top is the weekday ("Tue"), Middle the day ("23"), Bottom the month
	// ("Sep"). For an event without a day, Middle is "TBC" or the month.
	Top, Middle, Bottom string
}

// Deadline is a date by which readers must act.
type Deadline struct {
	// What is the act: "Apply", "Book".
	What string
	// By is the day in words, with its weekday ("Friday 26 September 2025").
	By string
	// Title and URL are those of what it is for.
	Title, URL string
}

// Promise is something that is still to follow.
type Promise struct {
	// What will follow; By says when, and may be empty.
	What, By string
	// Title and URL are those of the entry that promised it; empty if this issue
	// did.
	Title, URL string
}

// Colours are those that follow from the site's brand colour, as CSS has them.
// Texts in Brand can be read on white and on Tint, and white ones on Brand;
// DarkBrand and DarkTint are for dark screens.
type Colours struct {
	Brand, Tint, DarkBrand, DarkTint string
}

// Outlook holds what only Outlook on Windows reads. Layouts cannot write it
// themselves, because comments are left out of them.
type Outlook struct {
	// Head belongs into the head: pixels stay pixels on any screen.
	Head template.HTML
	// Start and End go around the table of 600 pixels, which Outlook would make
	// as wide as its window.
	Start, End template.HTML
}

var outlook = Outlook{
	Head: `<!--[if mso]><noscript><xml><o:OfficeDocumentSettings xmlns:o="urn:schemas-microsoft-com:office:office">` +
		`<o:AllowPNG/><o:PixelsPerInch>96</o:PixelsPerInch></o:OfficeDocumentSettings></xml></noscript><![endif]-->`,
	Start: `<!--[if mso]><table role="presentation" width="600" align="center" cellpadding="0" cellspacing="0" border="0"><tr><td><![endif]-->`,
	End:   `<!--[if mso]></td></tr></table><![endif]-->`,
}

// Views gives the zero view of the layout and of the partial that bulletin
// itself asks for, by file name in layouts/.
func Views() map[string]any {
	return map[string]any{"email.html": Email{}, embedPartial: Card{}}
}

// embedPartial shows a card within the letter.
const embedPartial = "partials/email-embed.html"
