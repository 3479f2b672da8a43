package check

import (
	"regexp"
	"strconv"

	"bulletin/internal/diag"
	"bulletin/internal/markdown"
)

// paragraphNumber is a number that a paragraph of a report bears.
type paragraphNumber struct {
	section, paragraph int
	pos                diag.Pos
}

func (n paragraphNumber) String() string {
	return strconv.Itoa(n.section) + "." + strconv.Itoa(n.paragraph)
}

var (
	leadingNumber = regexp.MustCompile(`^(\d{1,2})\.(\d{1,3})\.?\s+["“‘'(\[]?\p{Lu}`)
	wholeNumber   = regexp.MustCompile(`^(\d{1,2})\.(\d{1,3})$`)
)

// fewNumbers is how many numbered paragraphs make a report: fewer are versions
// or measurements.
const fewNumbers = 4

// paragraphNumbers gives the numbers of the paragraphs of a report in the order
// of the text; of other texts there are none.
func (p *Page) paragraphNumbers() []paragraphNumber {
	var list []paragraphNumber
	for _, b := range p.Blocks() {
		if n, ok := numberOf(b); ok {
			n.pos = b.Pos(0)
			list = append(list, n)
		}
	}
	if len(list) < fewNumbers {
		return nil
	}
	return list
}

func numberOf(b markdown.Block) (n paragraphNumber, ok bool) {
	if b.Kind != markdown.Paragraph || b.Quoted || b.Number == "" && (b.Text == "" || b.Text[0] < '0' || b.Text[0] > '9') {
		return n, false
	}
	m := wholeNumber.FindStringSubmatch(b.Number)
	if m == nil {
		m = leadingNumber.FindStringSubmatch(b.Text)
	}
	if m == nil {
		return n, false
	}
	n.section, _ = strconv.Atoi(m[1])
	n.paragraph, _ = strconv.Atoi(m[2])
	return n, true
}
