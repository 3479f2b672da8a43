package content

import (
	"encoding/xml"
	"strings"
)

// mostShown is how many elements a drawing may come to, copies included.
const mostShown = 500_000

// copies counts what a drawing comes to when each <use> shows a copy of a part:
// a few lines of copies of copies are thousands of millions of elements.
type copies struct {
	parts map[string]*part
	whole part
	open  []*part // that each open element belongs to
}

// part is an element with an id, and what is in it.
type part struct {
	begun    bool
	elements int     // in it, but in no part within
	inner    []*part // those within, and those that are copied there
	counting bool
	total    int
}

func (c *copies) named(id string) *part {
	if c.parts == nil {
		c.parts = map[string]*part{}
	}
	if c.parts[id] == nil {
		c.parts[id] = &part{}
	}
	return c.parts[id]
}

func (c *copies) start(t xml.StartElement) {
	at := &c.whole
	if len(c.open) > 0 {
		at = c.open[len(c.open)-1]
	}
	copied := ""
	for _, a := range t.Attr {
		switch name := strings.ToLower(a.Name.Local); {
		case name == "id" && a.Value != "" && !c.named(a.Value).begun: // the first of a name counts
			within := c.named(a.Value)
			within.begun = true
			at.inner = append(at.inner, within)
			at = within
		case name == "href" && strings.EqualFold(t.Name.Local, "use"):
			copied, _ = strings.CutPrefix(strings.TrimSpace(a.Value), "#")
		}
	}
	at.elements++
	if copied != "" {
		at.inner = append(at.inner, c.named(copied))
	}
	c.open = append(c.open, at)
}

func (c *copies) end() { c.open = c.open[:len(c.open)-1] }

// shown gives the number of elements, or at least that it is above the limit. A
// part within itself is shown by no browser.
func (p *part) shown() int {
	if p.counting || p.total > 0 {
		return p.total
	}
	p.counting = true
	sum := p.elements
	for _, in := range p.inner {
		if sum > mostShown {
			break
		}
		sum += in.shown()
	}
	p.counting, p.total = false, sum
	return sum
}
