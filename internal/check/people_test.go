package check_test

import "testing"

// event makes an event of some lines of front matter and a body.
func event(header, body string) string {
	return "-- content/events/a.md --\n---\ntitle: A\nsummary: B\nstart: 4 March 2026 10:00\n" + header + "---\n" + body + "\n"
}

// peopleCases are texts on both sides of the border that the rules on people
// draw.
var peopleCases = []proseCase{
	{"mailboxes of offices", "personal-email", "Write to info@example.org, school.admissions@example.org, walsall.council@example.org, early_help@example.org or `amy.price@example.org`. See https://example.net/@amy.price@example.org.", ""},
	{"mailboxes of people", "personal-email", "Write to amy@gmail.com, [Amy](mailto:amy.price@example.org?subject=Hello) or a.price@example.net.\n\nAgain: amy@gmail.com.", "1:10 personal-email\n1:25 personal-email\n1:78 personal-email"},
	{"the mailbox of the contact", "personal-email", "-- content/articles/a.md --\n---\ntitle: A\nsummary: B\ndate: 4 March 2024\ncontact: {name: Amy Price, email: amy.price@example.org}\n---\nWrite to Amy.Price@example.org.\n", ""},
	{"numbers that are no mobile telephones", "mobile-number", "01632 960123, 0800 123 4567, 070 1234 5678, ISBN 9780790012345, 2007 700 900 123 456, `07700 900123`, case 07700 900123-4.", ""},
	{"mobile telephones", "mobile-number", "07700 900123, +44 7700 900 124 or 07700-900-125.", "1:1 mobile-number\n1:15 mobile-number\n1:35 mobile-number"},
	{"the duty telephone of the contact", "mobile-number", "-- content/articles/a.md --\n---\ntitle: A\nsummary: B\ndate: 4 March 2024\ncontact: {name: Duty press officer, phone: +44 7700 900123}\n---\nRing 07700 900123.\n", ""},
	{"meetings that ask at the door", "meeting-password", "[Zoom](https://example.zoom.us/j/91234567890), [how to join](https://support.zoom.us/hc/join?pwd=no), [Teams](https://www.microsoft.com/teams). A Zoom password: is it needed? Choose a strong password for Teams.", ""},
	{"meetings with an open door", "meeting-password", "[Teams](https://teams.microsoft.com/l/meetup-join/19%3ameeting_abc)\n\nMeeting ID: 912 3456 7890\nPasscode: 4711xy", "1:1 meeting-password\n4:1 meeting-password"},
	{"addresses of offices and venues", "home-postcode", "Our office is at 12 High Street, Walsall WS1 1TP. Families meet in the library, 3 Mill Lane, Walsall WS1 2AB. The family lives in Walsall WS1.", ""},
	{"addresses of homes", "home-postcode", "Her home at 7 Example Close, Bloxwich,\nWS3 1ZZ, was flooded.", "1:13 home-postcode"},
	{"numbers of other forms", "national-insurance-number", "QQ 12 34 56 C, TN123456A, AB123456E, ABC123456C, AB 1234567 C.", ""},
	{"numbers of the form", "national-insurance-number", "AB123456C and CE 123456 D.", "1:1 national-insurance-number\n1:15 national-insurance-number"},
	{"days on which others were born", "child-birth-date", "She was born on 3 May 1964. The project was born on 3 May 2019. Sam, born in 2014, met Jo on 4 May 2019.", ""},
	{"days on which children were born", "child-birth-date", "Sam (DOB: 03/05/2014) and Jo, date of birth 4 June 2015.", "1:11 child-birth-date\n1:45 child-birth-date"},
}

func TestPeople(t *testing.T) { testProse(t, peopleCases) }

// TestEventsKeepPeopleSafe holds the rules to what only events have.
func TestEventsKeepPeopleSafe(t *testing.T) {
	const teams = "online: {platform: Teams, url: \"https://teams.microsoft.com/l/meetup-join/19%3ameeting_abc\"}\n"
	for _, c := range []struct {
		name, event, rule string
		want              int
	}{
		{"a link for those who book", event(teams+"register: {url: https://www.example.net/book}\n", "Text."), "meeting-password", 1},
		{"a meeting that is open to all", event(teams+"register: none\n", "Text."), "meeting-password", 0},
		{"a venue that is a house", event("venue: \"12 Example Road, Walsall\"\nregister: none\n", "Text."), "home-postcode", 1},
		{"a venue with a name", event("venue: {name: Goldthorn Hall, address: \"12 Example Road\", postcode: WS1 1ZZ}\nregister: none\n", "Text."), "home-postcode", 0},
	} {
		if got := of(look(t, files(c.event), nil), c.rule); len(got) != c.want {
			t.Errorf("%s: the findings of %s are %v", c.name, c.rule, got)
		}
	}
}
