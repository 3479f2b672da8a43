package page

// Event is the view of event.html.
type Event struct {
	Entry
	When When
	Leaf Leaf
	// Past is true once the event is over.
	Past bool
	// Status is set for an event that is not going ahead as planned.
	Status *Status
	// Previously is the date from which the event was moved.
	Previously *Date
	// Venue is the place where people meet; Online the way to join from afar.
	// At least one of them is set.
	Venue  *Venue
	Online *Online
	// Cost is the price in words ("Free"); may be empty.
	Cost string
	// Register says how to book; absent if nothing was said about it.
	Register *Register
	// Host, Audience and Capacity are texts; each may be empty.
	Host, Audience, Capacity string
	// Availability is how many places are left, in words ("A few places are
	// left"); may be empty.
	Availability string
	Speakers     []Person
	// Programme is the order of the event, day by day.
	Programme []ProgrammeDay
	// Repeats says in words how the event recurs ("Every month on the first
	// Tuesday"); empty for a single event.
	Repeats string
	// Occurrences are the next dates of a recurring event, soonest first.
	Occurrences []When
	// AddTo offers to add the event to a reader's calendar; absent while its day
	// is not known.
	AddTo *AddTo
	// Outcome is what was reported afterwards.
	Outcome *Outcome
}

// AddTo are the ways to add an event to a reader's calendar.
type AddTo struct {
	// File is the address of a calendar file, which every program takes.
	File string
	// Google and Outlook are addresses at which those services offer to add it;
	// empty once it is over, and if it does not take place.
	Google, Outlook string
}

// When is the time of an event. The partial "when" prints it.
type When struct {
	// Start is the beginning. Its text is enough for a whole-day event, for
	// "November 2024" and for "Date to be confirmed".
	Start Date
	// End is absent if it is not known. Its text says only what is not in the
	// text of Start: "12 noon" or "Wednesday 9 October 2025, 4pm".
	End *Date
	// Text is both in one sentence without markup: "Tuesday 23 September 2025,
	// 10am to 12 noon".
	Text string
	// Zone names the time zone if it is not the site's own.
	Zone string
	// Here is the same time in the site's own zone, if Zone is set and there is
	// a time of day: "2pm to 3:30pm London time".
	Here string
	// Note adds what numbers cannot say ("includes a ten-minute break").
	Note string
}

// String gives the text, so that {{.When}} alone shows the time.
func (w When) String() string { return w.Text }

// Leaf is an event's date as a tear-off calendar shows it: three short texts.
// It stands beside the full date and is hidden from screen readers.
type Leaf struct {
	// Top is the weekday ("Tue"), Middle the day ("23"), Bottom the month, with
	// the year if it is not this year ("Sep 2025"). Top is empty for an event
	// without a day; then Middle is the month or "TBC".
	Top, Middle, Bottom string
}

// Status tells that an event is not going ahead as planned.
type Status struct {
	// Name is the word from the front matter, "moved-online"; Label is the
	// same for people, "Moved online".
	Name, Label string
	// Note says more; may be empty.
	Note string
}

// Venue is a place where people meet.
type Venue struct {
	Name string
	// Address is without the postcode.
	Address, Postcode string
	// Access describes parking, steps, hearing loops and the like.
	Access string
	// Map is the address of a map; may be empty.
	Map string
}

// Online is the way to join from afar.
type Online struct {
	// Platform is a name such as "Microsoft Teams".
	Platform string
	// URL may be empty: it is then sent to those who book.
	URL string
}

// Register says how to book a place.
type Register struct {
	// Needed is false if the event is open to all without booking.
	Needed bool
	// URL is the booking page; Contact says whom to ask; each may be empty.
	URL, Contact string
	// Email is set when Contact is an e-mail address.
	Email string
	// By is the last day to book.
	By *Deadline
	// Note says more; may be empty.
	Note string
	// Closed is true when booking is over: the deadline has passed, the event
	// has begun, or all places are taken.
	Closed bool
	// Full is true when an event ahead has no places left, and
	// Waiting when what can be booked is a place on a waiting list.
	Full, Waiting bool
	// Ends is the instant at which booking ends, in UTC (RFC 3339), for the
	// script that follows the reader's clock; empty if it is unknown or past.
	Ends string
}

// ProgrammeDay is one day of an event's programme.
type ProgrammeDay struct {
	// Title names the day; empty for an event of one day.
	Title    string
	Sessions []Session
}

// Session is one item of a programme. Time and Text may be empty.
type Session struct {
	Time, Title, Text string
	Speakers          []Person
}

// Outcome is what was reported after an event.
type Outcome struct {
	// Attendance is in words: "170 delegates".
	Attendance string
	// Report is the article that tells of the event.
	Report *Card
}
