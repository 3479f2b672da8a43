package page

import "html/template"

// Entry is what the views of articles, events, newsletters and plain pages
// share, beside Common.
type Entry struct {
	Common
	// Label names the kind for people: "News", "Press release", "Event".
	// Empty on plain pages.
	Label string
	// Date is the day of publication.
	Date *Date
	// Updated is the day of the newest change note.
	Updated *Date
	// Changes are the public change notes, newest first.
	Changes []Change
	// Notices stand above the text: withdrawn, archived, a draft ...
	Notices []Notice
	// Image is the leading picture.
	Image *Image
	// Details are the pairs of the definition list under the title.
	Details []Detail
	// Contents is the list of headings; empty on short pages.
	Contents []Heading
	// Places, Topics and Organisations lead to the pages of those terms.
	Places, Topics, Organisations []Link
	// People are the people that the entry is about or by.
	People []Person
	// Contact is whom to ask.
	Contact *Contact
	// Downloads are the attached files, by group.
	Downloads []DownloadGroup
	// Gallery holds further pictures.
	Gallery []Image
	// Series is set on an entry that is part of a series.
	Series *Series
	// Previous is the next older entry of the kind, Next the next newer one.
	Previous, Next *Link
	// Related are entries with terms in common.
	Related []Card
}

// Change is a public note about a change.
type Change struct {
	Date Date
	Note string
}

// Notice is a message that a reader must see before the text.
type Notice struct {
	// Kind is "withdrawn", "archived", "draft", "closed" or "to-follow".
	Kind string
	// Title is one short sentence, Text the rest; Text may be empty.
	Title, Text string
	// Link leads on; may be absent.
	Link *Link
}

// Detail is one pair of the definition list under the title.
type Detail struct {
	Label, Text string
}

// Heading is an entry of the contents list.
type Heading struct {
	// ID is the fragment that the heading can be linked by, without "#".
	ID   string
	Text string
	// Headings are those one level below.
	Headings []Heading
}

// Person is somebody who is named: an author, a speaker, a signatory.
type Person struct {
	Name, Role, Organisation string
	// URL leads to the person's page; may be empty.
	URL string
}

// Contact is whom to ask. At least one field is not empty.
type Contact struct {
	Name, Role, Email, Phone string
	// Dial is the phone number as a tel: link takes it.
	Dial string
}

// DownloadGroup is a list of files under a heading.
type DownloadGroup struct {
	// Title is empty for files without a group.
	Title string
	Files []Download
}

// Download is a file to fetch.
type Download struct {
	Title, URL string
	// Type is the short name of the file's type: "PDF", "Word".
	Type string
	// Details are type and size as the reader is told them, "PDF, 1.2 MB", or
	// the host of a file that lies elsewhere.
	Details string
	// External is true for a file on another site.
	External bool
}

// Series is the entry's place in a series.
type Series struct {
	Link
	// Position says where in the series this is: "Part 2 of 5".
	Position string
	// Previous and Next are the neighbours within the series.
	Previous, Next *Link
}

// Card is an entry in brief, in lists and wherever another page shows it. The
// partials "card" (with a heading of level 3) and "embed" (without a heading,
// for use within text) print it.
type Card struct {
	// Kind is "article", "event", "newsletter" or "page"; Label is the same
	// for people, and finer: "Press release".
	Kind, Label string
	Title, URL  string
	// Summary may be empty.
	Summary string
	// Language is set if it is not the language of the page that shows the
	// card.
	Language string
	// Date is the day of publication. Events have When instead.
	Date *Date
	// Image is the leading picture.
	Image *Image
	// Places are the places that the entry is tagged with.
	Places []Link
	// When and Leaf are set for events.
	When *When
	Leaf *Leaf
	// Where is an event's venue in a few words, or "Online".
	Where string
	// Cost is an event's price in words ("Free").
	Cost string
	// Status is set for an event that is not going ahead as planned.
	Status *Status
	// Deadline is a date to act by, or to have acted by.
	Deadline *Deadline
	// Over is the instant at which an event is over, in UTC (RFC 3339), in lists
	// of what is ahead: the script hides the card then.
	Over string
}

// Deadline is a date by which a reader must act.
type Deadline struct {
	// What is the act: "Apply", "Book".
	What string
	Date Date
	// Passed is true when it is too late, Soon when it is a matter of days.
	Passed, Soon bool
	// Ends is the instant at which it passes, in UTC (RFC 3339), for the script
	// that follows the reader's clock; empty once it has passed.
	Ends string
}

// Page is the view of page.html: any page that is not one of the other kinds.
type Page struct {
	Entry
}

// Article is the view of article.html.
type Article struct {
	Entry
	// Kind is "news", "press-release", "report", "opinion" or "opportunity".
	Kind string
	// Closes is the deadline of an opportunity. Once it has passed, a notice
	// says so.
	Closes *Deadline
	// Numbered is true for a report whose paragraphs carry numbers.
	Numbered bool
	// AboutEvent is the event that the article tells of.
	AboutEvent *Card
	// NotesToEditors closes a press release.
	NotesToEditors template.HTML
}

// Newsletter is the view of newsletter.html.
type Newsletter struct {
	Entry
	// Issue is the newsletter's own name for the issue ("2025-08").
	Issue string
	// From signs the letter.
	From *Signature
	// New are the articles since the last issue; FirstIssue is true if there
	// was none. These and the following lists are as of the issue's date.
	New        []Card
	FirstIssue bool
	// Events are the events ahead.
	Events []Card
	// Deadlines are the cards of what had to be done before the next issue;
	// each has its Deadline.
	Deadlines []Card
	// Promises are what was still to follow.
	Promises []Promise
}

// Promise is something that is still to follow.
type Promise struct {
	// What will follow; By is when, and may be absent.
	What string
	By   *Date
	// Link leads to the entry that promised it.
	Link
}

// Signature is who a letter is from.
type Signature struct {
	Name, Role, Organisation string
	// Image is a portrait.
	Image *Image
}
