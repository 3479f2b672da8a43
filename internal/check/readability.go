package check

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"bulletin/internal/diag"
	"bulletin/internal/markdown"
)

// Reading says how hard an entry is to read. It is advice: a law or a name can
// make a text hard that could not be written better.
type Reading struct {
	File  string `json:"file"`
	Words int    `json:"words"`
	// Sentences are those of paragraphs, quotations and list items that end
	// with a full stop.
	Sentences int `json:"sentences"`
	// Age is that of a child who can read the text at school in England, by the
	// Automated Readability Index (R. J. Smith and E. A. Senter, 1967,
	// AMRL-TR-66-220): its grade and five years, from 6 to 22, which is 22 or
	// more.
	Age int `json:"age"`
	// Average is the mean number of words in a sentence.
	Average float64 `json:"words_a_sentence"`
	// Long counts the sentences of more than 25 words, at which the GOV.UK
	// style guide asks writers to stop; Longest is the longest sentence of
	// all, and Line where it starts.
	Long    int `json:"long_sentences"`
	Longest int `json:"longest_sentence"`
	Line    int `json:"line"`
	// Passive is the share of sentences in the passive, in per cent.
	Passive int `json:"passive_percent"`
}

// longSentence is the length in words up to which a sentence is easy to follow.
const longSentence = 25

// oldestReader is the age at which the index ends.
const oldestReader = 22

// fewestWords are those that a text must have for a measure to say anything:
// below 100, one long name decides it.
const fewestWords = 100

// Readings measure all entries of some length in English, the hardest first.
func (r *Report) Readings() []Reading {
	list := []Reading{}
	for _, p := range r.pages {
		if !strings.HasPrefix(strings.ToLower(p.languageTag()), "en") {
			continue
		}
		if reading := p.reading(); reading.Words >= fewestWords {
			list = append(list, reading)
		}
	}
	slices.SortStableFunc(list, func(a, b Reading) int {
		return cmp.Or(cmp.Compare(b.Age, a.Age), cmp.Compare(b.Average, a.Average), strings.Compare(a.File, b.File))
	})
	return list
}

func (p *Page) reading() Reading {
	r := Reading{File: p.File}
	letters, passive := 0, 0
	for _, text := range p.Prose() {
		if !text.IsBody() || text.Kind != markdown.Paragraph || text.InList && !endsSentence(text.Text) {
			continue
		}
		for _, s := range sentencesOf(text.Text) {
			words := 0
			for word := range strings.FieldsSeq(text.Text[s.from:s.to]) {
				n := 0
				for _, c := range word {
					if unicode.IsLetter(c) || unicode.IsDigit(c) {
						n++
					}
				}
				if n > 0 {
					words, letters = words+1, letters+n
				}
			}
			if words == 0 {
				continue
			}
			r.Words, r.Sentences = r.Words+words, r.Sentences+1
			if words > longSentence {
				r.Long++
			}
			if words > r.Longest {
				r.Longest, r.Line = words, text.Pos(s.from).Line
			}
			if isPassive(text.Text[s.from:s.to]) {
				passive++
			}
		}
	}
	p.passages = nil
	if r.Sentences > 0 {
		average := float64(r.Words) / float64(r.Sentences)
		grade := 4.71*float64(letters)/float64(r.Words) + 0.5*average - 21.43
		r.Age = min(max(int(math.Ceil(grade)), 1)+5, oldestReader)
		r.Average = math.Round(average*10) / 10
		r.Passive = (100*passive + r.Sentences/2) / r.Sentences
	}
	return r
}

func endsSentence(text string) bool {
	text = strings.TrimRight(text, " ”’\"')")
	return text != "" && strings.ContainsAny(text[len(text)-1:], ".?!")
}

type span struct{ from, to int }

var (
	sentenceEnd = regexp.MustCompile(`[.?!]+[”’"')]*\s+`)
	// abbreviated is what a full stop can follow within a sentence.
	abbreviated = regexp.MustCompile(`(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Rev|St|No|Nos|vs|etc|approx|e\.g|i\.e|cf|p|pp|para|Fig)|\b[A-Z])$`)
)

// sentencesOf gives the sentences of a paragraph.
func sentencesOf(text string) []span {
	var list []span
	from := 0
	for _, m := range sentenceEnd.FindAllStringIndex(text, -1) {
		rest := strings.TrimLeft(text[m[1]:], "“‘\"'(")
		if abbreviated.MatchString(text[from:m[0]]) || rest != "" && rest[0] >= 'a' && rest[0] <= 'z' {
			continue
		}
		list = append(list, span{from, m[1]})
		from = m[1]
	}
	if strings.TrimSpace(text[from:]) != "" {
		list = append(list, span{from, len(text)})
	}
	return list
}

// passive is a form of “be” with a participle, perhaps with an adverb between.
var passive = regexp.MustCompile(`(?i)\b(?:am|is|are|was|were|be|been|being) (?:not |also |now |then |only |\w+ly )?(\w{2,}ed|built|bought|brought|chosen|done|drawn|driven|found|given|held|hidden|kept|known|led|lost|made|meant|paid|put|read|run|said|seen|sent|set|shown|shut|sold|spent|spoken|taken|taught|thought|told|understood|won|written)\b`)

// states are words that look like participles and describe how somebody is.
var states = wordSet("need indeed speed feed interested pleased delighted excited concerned worried committed dedicated honoured thrilled tired used supposed aged red united")

func isPassive(sentence string) bool {
	for _, m := range passive.FindAllStringSubmatch(sentence, -1) {
		if !states[strings.ToLower(m[1])] {
			return true
		}
	}
	return false
}

// WriteReadings writes the measures for people, or for programs as JSON.
func (r *Report) WriteReadings(w io.Writer, asJSON bool) error {
	readings := r.Readings()
	if asJSON {
		e := json.NewEncoder(w)
		e.SetIndent("", "  ")
		return e.Encode(readings)
	}
	var b strings.Builder
	for _, v := range readings {
		more := ""
		if v.Age == oldestReader {
			more = " or more"
		}
		fmt.Fprintf(&b, "%s\n  reading age %d%s, %d words, %.1f words a sentence, %d%% of sentences passive\n", diag.Printable(v.File), v.Age, more, v.Words, v.Average, v.Passive)
		if v.Long > 0 {
			fmt.Fprintf(&b, "  %s of more than %d words; the longest starts in line %d and has %d\n", counted(v.Long, "sentence"), longSentence, v.Line, v.Longest)
		}
		b.WriteByte('\n')
	}
	fmt.Fprintf(&b, "%s, the hardest first; shorter texts than %d words are not measured.\nThe reading age is when children in England can read it. Aim for 14 or less, and for sentences of up to %d words.\n",
		counted(len(readings), "text"), fewestWords, longSentence)
	_, err := io.WriteString(w, b.String())
	return err
}
