package email

import (
	"fmt"
	"strings"

	"bulletin/internal/markdown"
)

// textWidth is the length at which the lines of the text part end. Mail
// programs show at least that many characters, and quote them with room to
// spare (RFC 5322 section 2.1.1 advises at most 78).
const textWidth = 72

// plain writes the text part.
type plain struct {
	refs  *markdown.References
	lines []string
}

// write writes email.txt: the letter from its Markdown, then the lists, with
// the addresses of all links at the end.
func (s *sheet) write() []byte {
	v := s.View
	p := &plain{refs: &markdown.References{}}
	p.add(markdown.UnderlinedHeading(v.Title, '=', textWidth)...)
	p.say(join(", ", v.Site.Title, issueNumber(v), v.Date.Text))
	p.say("On the web: " + v.URL)
	p.letter(s.Letter)
	if v.From != nil {
		p.gap()
		for _, line := range []string{v.From.Name, v.From.Role, v.From.Organisation} {
			p.say(line)
		}
	}
	p.lists(v)
	p.links()
	p.footer(v)
	return []byte(strings.Join(p.lines, "\n") + "\n")
}

func issueNumber(v Email) string {
	if v.Issue == "" {
		return ""
	}
	return "issue " + v.Issue
}

func (p *plain) letter(l *letter) {
	embed := func(c Card) string {
		card := &plain{refs: p.refs}
		card.card(c)
		return strings.Join(card.lines, "\n")
	}
	if text := l.doc.Plain(l.resolver(embed), p.refs, textWidth); text != "" {
		p.gap()
		p.add(text)
	}
}

func (p *plain) lists(v Email) {
	heading := "New since the last issue"
	if v.FirstIssue {
		heading = "What is new"
	}
	for _, list := range []struct {
		heading string
		cards   []Card
	}{{heading, v.New}, {"Events ahead", v.Events}} {
		if len(list.cards) > 0 {
			p.heading(list.heading)
		}
		for _, c := range list.cards {
			p.gap()
			p.card(c)
		}
	}
	if len(v.Deadlines) > 0 {
		p.heading("Deadlines before the next issue")
		for _, d := range v.Deadlines {
			p.gap()
			p.say(fmt.Sprintf("%s by %s", d.What, d.By))
			p.say(p.refs.Linked(d.Title, d.URL))
		}
	}
	if len(v.Promises) > 0 {
		p.heading("Still to follow")
		for _, promise := range v.Promises {
			p.gap()
			p.say(join(", by ", promise.What, promise.By))
			if promise.URL != "" {
				p.say("Promised in: " + p.refs.Linked(promise.Title, promise.URL))
			}
		}
	}
}

// card writes an entry as a short block.
func (p *plain) card(c Card) {
	p.say(p.refs.Linked(c.Title, c.URL))
	if c.Date != nil {
		p.say(join(", ", c.Label, c.Date.Text))
	}
	p.fact("", join(": ", c.Status, c.StatusNote))
	p.fact("When: ", c.When)
	p.fact("", upperFirst(c.Repeats))
	p.fact("Where: ", c.Where)
	p.fact("Cost: ", c.Cost)
	p.say(c.Summary)
	if d := c.Deadline; d != nil {
		p.say(d.What + " by " + d.By)
	}
	if c.Book != "" {
		p.say(p.refs.Linked("Book a place", c.Book))
	}
}

func (p *plain) fact(label, text string) {
	if text != "" {
		p.say(label + text)
	}
}

// links lists the addresses. They are not wrapped, so that they can be clicked.
func (p *plain) links() {
	addresses := p.refs.Addresses()
	if len(addresses) == 0 {
		return
	}
	p.heading("Links")
	p.gap()
	for i, address := range addresses {
		p.add(fmt.Sprintf("[%d] %s", i+1, address))
	}
}

func (p *plain) footer(v Email) {
	p.gap()
	p.add(strings.Repeat("-", 24))
	publisher := v.Site.Publisher
	if publisher.Name != "" {
		p.say(publisher.Name)
	}
	p.say(strings.Join(publisher.Address, ", "))
	p.say(join(", ", publisher.Email, publisher.Phone))
	p.gap()
	p.say("You get this e-mail because you asked for " + v.Site.Title + ".")
	if v.Unsubscribe != "" {
		p.add("Unsubscribe: " + string(v.Unsubscribe))
	}
	p.add("Other ways to follow us: " + v.Site.Subscribe)
}

// heading begins a part.
func (p *plain) heading(text string) {
	p.gap()
	p.gap()
	p.add(markdown.UnderlinedHeading(text, '-', textWidth)...)
}

// say adds a text in lines, and nothing if it is empty.
func (p *plain) say(text string) { p.add(markdown.WrapText(text, textWidth)...) }

func (p *plain) add(lines ...string) { p.lines = append(p.lines, lines...) }

// gap adds a blank line.
func (p *plain) gap() {
	if len(p.lines) > 0 {
		p.add("")
	}
}
