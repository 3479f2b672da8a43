// Package content turns one Markdown file into an article, an event, a
// newsletter or a page, or into the problems that a writer has to mend.
//
// A parsed entry is never changed again, and reading it looks at no file but
// its own; what belongs to the whole site, such as where a link leads, is for
// package site.
package content

import (
	"crypto/sha256"
	"time"

	"bulletin/internal/diag"
	"bulletin/internal/header"
	"bulletin/internal/markdown"
	"bulletin/internal/recur"
	"bulletin/internal/ukdate"
)

// Kind is what an entry is; it follows from the first folder below content/.
type Kind string

// The kinds of entries.
const (
	KindArticle    Kind = "article"
	KindEvent      Kind = "event"
	KindNewsletter Kind = "newsletter"
	KindPage       Kind = "page"
)

// Folder gives the folder of the kind below content/; pages have none.
func (k Kind) Folder() string {
	switch k {
	case KindArticle:
		return "articles"
	case KindEvent:
		return "events"
	case KindNewsletter:
		return "newsletters"
	}
	return ""
}

// Entry is one file of content. Exactly the part that belongs to its kind is
// set; a page has none.
type Entry struct {
	// File is the file's path relative to the site's folder.
	File string
	Kind Kind
	// Address is the path of the entry's page below the site's address, such
	// as "/articles/2025/belonging/".
	Address string
	// Pos is where the front matter begins.
	Pos diag.Pos

	Title, Summary header.Text
	// ID never changes, even if the file moves: feeds and calendars tell
	// entries apart by it.
	ID header.Text
	// Date is when the entry is published; before it, the entry is under
	// embargo.
	Date Moment
	// Updated are the public change notes, oldest first.
	Updated []Change
	// Expires and ReviewBy are the last instant before the entry is archived,
	// or its review overdue.
	Expires, ReviewBy Moment
	Draft             bool
	// Withdrawn is the reason, if the entry was withdrawn.
	Withdrawn header.Text

	Places, Topics, Organisations []header.Text
	People                        []Person
	Contact                       Contact
	Image                         Image
	Downloads                     []Download
	Gallery                       []Image
	Series                        header.Text
	Details                       []Detail
	Aliases                       []header.Text
	Language                      header.Text
	TranslationOf                 header.Text
	ToFollow                      Promise

	Article    *Article
	Event      *Event
	Newsletter *Newsletter

	Body *markdown.Doc `pack:"-"`

	slug string
	// head is the SHA-256 of what is above the body; zero if that is not certain.
	head [sha256.Size]byte
}

// Moment is a date or a time of the front matter as an instant.
type Moment struct {
	// Time is the first instant of what was written, in the entry's zone.
	Time      time.Time
	Precision ukdate.Precision
	Pos       diag.Pos
}

// Set reports whether the moment was written.
func (m Moment) Set() bool { return m.Pos.Line > 0 }

// End gives the instant after the last one that the moment covers: a day lasts
// to its end, a month to its last day, and a time is its own end.
func (m Moment) End() time.Time {
	switch m.Precision {
	case ukdate.Day:
		return m.Time.AddDate(0, 0, 1)
	case ukdate.Month:
		return m.Time.AddDate(0, 1, 0)
	}
	return m.Time
}

// DayText says in words which day was written, or which month, without a time.
func (m Moment) DayText() string {
	if m.Precision == ukdate.Month {
		return ukdate.MonthYear(m.Time)
	}
	return ukdate.Date(m.Time)
}

// Change is a public note on what was changed after publication.
type Change struct {
	Date Moment
	Note header.Text
}

// Person is somebody with a part in an entry.
type Person struct {
	Name, Role, Organisation header.Text
}

// Contact is whom readers can ask.
type Contact struct {
	Name, Role, Email, Phone header.Text
}

// Image is a picture with what has to be said about it.
type Image struct {
	// File is the path as written.
	File       header.Text
	Alt        header.Text
	Caption    header.Text
	Credit     header.Text
	Decorative bool
}

// Set reports whether there is a picture.
func (i Image) Set() bool { return i.File.Set() }

// Download is a document that readers can fetch: one of File and URL is set.
type Download struct {
	File, URL, Title, Group header.Text
}

// Detail is a row of the definition list under the title.
type Detail struct {
	Label, Text header.Text
}

// Promise is a public promise of something that will follow.
type Promise struct {
	What header.Text
	By   Moment
}

// Article is what only articles have.
type Article struct {
	// Type is news, press-release, report, opinion or opportunity.
	Type string
	// Closes is the deadline of an opportunity.
	Closes Moment
	// Numbered paragraphs keep their numbers as citable anchors.
	Numbered bool
	// AboutEvent is the path of the event that the article reports on.
	AboutEvent     header.Text
	NotesToEditors *markdown.Doc `pack:"-"`
}

// Event is what only events have.
type Event struct {
	Start Start
	// Previously is the date from which the event was moved.
	Previously Moment
	// End is the written end, or zero.
	End      Moment
	TimeNote header.Text
	// Zone is the zone in which the event's times are stated.
	Zone  *time.Location
	Venue Venue
	// Online is where the event can be joined.
	Online       Online
	Cost         header.Text
	Register     Register
	Status       string
	StatusNote   header.Text
	Host         header.Text
	Audience     header.Text
	Capacity     int
	Availability string
	Speakers     []Person
	Programme    []Session
	// Repeats is nil for an event that happens once.
	Repeats *recur.Rule
	Outcome Outcome
}

// Start is when an event begins, as far as that is known.
type Start struct {
	Moment
	// TBC tells that the date is to be confirmed; there is no Moment then.
	TBC bool
}

// AllDay reports that only the day is known.
func (s Start) AllDay() bool { return !s.TBC && s.Precision == ukdate.Day }

// MonthOnly reports that only the month is known.
func (s Start) MonthOnly() bool { return !s.TBC && s.Precision == ukdate.Month }

// OverAt gives the instant at which the occurrence that begins at start is
// over. A timed event without an end is over when its day is. Occurrences of a
// recurring event keep the hours of the first on the clock, whatever happens
// to the clocks in between.
func (e *Event) OverAt(start time.Time) time.Time {
	if e.End.Set() && start.Equal(e.Start.Time) {
		return e.End.End()
	}
	if e.End.Set() {
		y, m, d := start.Date()
		fy, fm, fd := e.Start.Time.Date()
		ends := e.End.End().In(e.Start.Time.Location())
		ey, em, ed := ends.Date()
		days := int(date(ey, em, ed).Sub(date(fy, fm, fd)).Hours()) / 24
		return time.Date(y, m, d+days, ends.Hour(), ends.Minute(), ends.Second(), 0, start.Location())
	}
	if e.Start.Precision == ukdate.Day || e.Start.Precision == ukdate.Month {
		return (Moment{Time: start, Precision: e.Start.Precision}).End()
	}
	y, m, d := start.Date()
	return time.Date(y, m, d+1, 0, 0, 0, 0, start.Location())
}

func date(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }

// Venue is where an event takes place.
type Venue struct {
	Name, Address, Postcode, Access, Map header.Text
}

// Online is how an event can be joined from elsewhere.
type Online struct {
	Platform, URL header.Text
}

// Register is how to book.
type Register struct {
	// Written tells that something was written, were it only faulty.
	Written bool
	// None tells that no booking is needed.
	None         bool
	URL, Contact header.Text
	By           Moment
	Note         header.Text
}

// Set reports whether anything is said about booking.
func (r Register) Set() bool {
	return r.None || r.URL.Set() || r.Contact.Set() || r.By.Set() || r.Note.Set()
}

// Session is an item of an event's programme.
type Session struct {
	// Day and Time are as written; Date is set when Day is a date.
	Day, Time   header.Text
	Date        Moment
	Title, Text header.Text
	Speakers    []Person
}

// Outcome is what came of an event.
type Outcome struct {
	Attendance header.Text
	// Report is the path of the article that reports on the event.
	Report header.Text
}

// Newsletter is what only newsletters have.
type Newsletter struct {
	Issue              header.Text
	From               Signature
	Subject, Preheader header.Text
	Auto               Auto
}

// Signature is who signs the letter.
type Signature struct {
	Name, Role, Organisation header.Text
	Image                    header.Text
}

// Auto says which lists an issue computes by itself.
type Auto struct {
	// ArticlesSinceLast lists the articles since the last issue.
	ArticlesSinceLast bool
	// EventDays is for how many days ahead events are listed; 0 for none.
	EventDays int
	// DeadlinesBeforeNext lists the deadlines before the next issue.
	DeadlinesBeforeNext bool
	// Promises lists what is still to follow (see [Promise]).
	Promises bool
	// Pin and Skip are the paths of entries that are listed in any case, or
	// not at all.
	Pin, Skip []header.Text
}
