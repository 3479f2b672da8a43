package check

import (
	"regexp"
	"strings"

	"bulletin/internal/config"
	"bulletin/internal/markdown"
)

var unbalancedQuotes = &Rule{
	Name:     "unbalanced-quotes",
	Protects: "Without its other quotation mark nobody can tell where somebody’s words end and yours begin.",
	Level:    config.LevelWarning,
	Fires:    "She said: “We are proud of every school.",
	Passes:   "She said: “We are proud of every school.”",
	Cure:     "Add the missing quotation mark, or delete this one. If a quotation has several paragraphs, each begins with one, and only the last ends with one.",
	Entry: func(p *Page) {
		texts := p.Prose()
		for i, text := range texts {
			marks := quotesOf(text)
			if marks.balanced() {
				continue
			}
			if text.IsBody() && marks.continued(texts, i) {
				continue
			}
			what := "this quotation mark is never closed"
			if marks.closing > marks.opening {
				what = "this quotation mark closes nothing"
			} else if marks.straight > 0 && marks.opening == marks.closing {
				what = "a quotation mark is missing in this paragraph"
			}
			p.Report(text.Pos(marks.at), "", "%s", what)
		}
	},
}

// quotes counts the double quotation marks of a text.
type quotes struct {
	opening, closing, straight int
	// at is where the mark stands that has no other.
	at int
	// doubtful tells of marks that mean something else, such as inches.
	doubtful bool
}

var inches = regexp.MustCompile(`\d"`)

func quotesOf(p Passage) quotes {
	q := quotes{doubtful: strings.ContainsAny(p.Text, "„«»″")}
	var open []int
	for i, r := range p.Text {
		if (r == '“' || r == '”' || r == '"') && p.Within(i, i+1, markdown.Code, markdown.Bare) {
			continue
		}
		switch r {
		case '“':
			q.opening++
			open = append(open, i)
		case '”':
			q.closing++
			if len(open) > 0 {
				open = open[:len(open)-1]
			} else {
				q.at = i
			}
		case '"':
			q.straight++
			if q.opening == q.closing {
				q.at = i
			}
		}
	}
	if len(open) > 0 {
		q.at = open[len(open)-1]
	}
	q.doubtful = q.doubtful || q.straight%2 == 1 && inches.MatchString(p.Text)
	return q
}

// balanced reports whether every mark has its other. Straight marks may stand
// for either.
func (q quotes) balanced() bool {
	if q.doubtful {
		return true
	}
	surplus := max(q.opening-q.closing, q.closing-q.opening)
	return surplus <= q.straight && (q.straight-surplus)%2 == 0
}

// continued reports whether a quotation goes on in another paragraph: the next
// begins with a mark, or one nearby has the other mark.
func (q quotes) continued(texts []Passage, i int) bool {
	const nearby = 8
	if i+1 < len(texts) && q.closing <= q.opening && texts[i+1].IsBody() {
		next := strings.TrimLeft(texts[i+1].Text, " ")
		if strings.HasPrefix(next, "“") || q.straight > 0 && strings.HasPrefix(next, `"`) {
			return true
		}
	}
	for j := max(0, i-nearby); j < min(len(texts), i+nearby+1); j++ {
		if j == i || !texts[j].IsBody() {
			continue
		}
		other := quotesOf(texts[j])
		if other.balanced() {
			continue
		}
		before, after := q, other
		if j < i {
			before, after = other, q
		}
		if before.opening > before.closing && after.closing > after.opening || q.straight%2 == 1 && other.straight%2 == 1 {
			return true
		}
	}
	return false
}
