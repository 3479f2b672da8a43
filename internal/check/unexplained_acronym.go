package check

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"bulletin/internal/config"
)

var unexplainedAcronym = &Rule{
	Name:     "unexplained-acronym",
	Protects: "Families and new colleagues stop reading at letters that they do not know.",
	Law:      "WCAG 2.2, 3.1.4 Abbreviations (level AAA); GOV.UK style guide",
	Level:    config.LevelWarning,
	Fires:    "The MACPT met. Every MACPT has a lead.",
	Passes:   "The multi-agency child protection team (MACPT) met. Every MACPT has a lead.",
	Cure:     "Write it out where it first comes: multi-agency child protection team (MACPT). Or put it into content/registers/glossary.yaml, and every page explains it.",
	Entry: func(p *Page) {
		a := acronyms{page: p, first: map[string]int{}, at: map[string]int{}, count: map[string]int{}, explained: map[string]bool{}}
		texts := p.Prose()
		for i, text := range texts {
			a.read(i, text)
		}
		for _, name := range a.order {
			if a.explained[name] || a.isWord(name, texts) {
				continue
			}
			text := texts[a.first[name]]
			at := a.at[name]
			hint := "write it out where it first comes: the whole name (" + name + "); or put it into content/registers/glossary.yaml, and every page explains it"
			if n := a.count[name]; n > 1 {
				p.Report(text.Pos(at), hint, "“%s” comes %d times and is never explained", name, n)
			} else {
				p.Report(text.Pos(at), hint, "“%s” is not explained", name)
			}
		}
	},
}

// acronyms are the abbreviations of an entry.
type acronyms struct {
	page      *Page
	order     []string
	first     map[string]int // the passage in which it comes first
	at        map[string]int // and where in it
	count     map[string]int
	explained map[string]bool
}

var (
	capitals = regexp.MustCompile(`\b([A-Z]{2,7})s?\b`)
	roman    = regexp.MustCompile(`^[IVXLC]+$`)
	// named follows capitals that are part of a name: "VENN Academy Trust".
	named = regexp.MustCompile(`^(?: [A-Z][\w’']+){0,3} (?:Academy|Academies|Trust|School|Schools|College|University|Foundation|Centre|Ltd|Limited|Awards?)\b`)
	unit  = regexp.MustCompile(`\d[ \x{00A0}]$`)
	// beside are characters that make a run of capitals part of a code, a file
	// name or a postcode.
	beside = "&/\\.@_+#=-–0123456789<>{}[]$%"
)

func (a *acronyms) read(i int, p Passage) {
	if !hasCapitals(p.Text) || shouted(p.Text) {
		return
	}
	for m := range p.Matches(capitals) {
		name := p.Text[m[2]:m[3]]
		before, after := p.Text[:m[0]], p.Text[m[1]:]
		if partOfCode(before, after) || familiar[name] || named.MatchString(after) || unit.MatchString(before) || roman.MatchString(name) || a.known(name) {
			continue
		}
		if explains(before, after) {
			a.explained[name] = true
		}
		if _, met := a.first[name]; !met {
			a.first[name], a.at[name] = i, m[0]
			a.order = append(a.order, name)
		}
		a.count[name]++
	}
}

// isWord reports whether an acronym is a word in capitals, as the text has it
// in small letters too, and at least as often.
func (a *acronyms) isWord(name string, texts []Passage) bool {
	word, n := strings.ToLower(name), 0
	for _, text := range texts {
		if !text.Mentions(word) {
			continue
		}
		for w := range strings.FieldsFuncSeq(text.Text, func(r rune) bool { return !unicode.IsLetter(r) }) {
			if w == word || w == strings.ToUpper(word[:1])+word[1:] {
				n++
			}
		}
	}
	return n >= a.count[name]
}

// hasCapitals reports whether two capitals stand together somewhere in a text.
func hasCapitals(text string) bool {
	isCapital := func(i int) bool { return text[i] >= 'A' && text[i] <= 'Z' }
	for i := 1; i < len(text); i++ {
		if isCapital(i) && isCapital(i-1) {
			return true
		}
	}
	return false
}

// explains reports whether what stands around an acronym gives its meaning:
// words before it in brackets, or after it.
func explains(before, after string) bool {
	if strings.HasSuffix(before, "(") && strings.ContainsAny(after, ")") {
		return true
	}
	return strings.HasPrefix(after, " (") || strings.HasPrefix(after, ", the ") || strings.HasPrefix(after, ": ") ||
		strings.HasSuffix(strings.TrimRight(before, "“‘\"'"), ", or ") || strings.HasPrefix(after, " stands for") || strings.HasPrefix(after, " means ")
}

func partOfCode(before, after string) bool {
	return before != "" && strings.ContainsAny(before[len(before)-1:], beside) && !strings.HasSuffix(before, ". ") ||
		after != "" && strings.ContainsAny(after[:1], beside) && !sentenceEnds(after)
}

// sentenceEnds reports whether a text begins with a full stop that ends a
// sentence, or a hyphen before a word.
func sentenceEnds(after string) bool {
	if after[0] == '-' {
		return len(after) > 1 && unicode.IsLower(rune(after[1]))
	}
	return after[0] == '.' && (len(after) == 1 || after[1] == ' ' || after[1] == ')')
}

// known reports whether the site explains an acronym by itself, or knows it as
// the name that a body goes by.
func (a *acronyms) known(name string) bool {
	c := a.page.Site.Config
	if _, ok := c.Glossary[name]; ok {
		return true
	}
	for _, register := range []*config.Register{c.Organisations, c.Places, c.Topics, c.Venues, c.People} {
		if register == nil {
			continue
		}
		for _, r := range register.Records {
			if slices.Contains(strings.Fields(r.Name.Value), name) {
				return true
			}
		}
	}
	return false
}

// shouted reports whether a text is in capitals altogether.
func shouted(text string) bool {
	upper, letters := 0, 0
	for _, r := range text {
		if unicode.IsLetter(r) {
			letters++
			if unicode.IsUpper(r) {
				upper++
			}
		}
	}
	return upper*10 > letters*7
}

// familiar are abbreviations that need no explanation in the United Kingdom,
// and words that are written in capitals for emphasis.
var familiar = wordSet(`UK EU UN US USA GB NI BBC ITV NHS GP GPs MP MPs QC KC JP OBE MBE CBE DBE BA BSc MA MSc PhD CEO HR IT ICT PR TV DVD CD PC ID OK
	AM PM BST GMT UTC BC AD PDF HTML CSS URL URLS HTTP HTTPS FTP RSS XML JSON YAML CSV API SQL USB PIN SMS FAQ FAQS CV PO VAT GDP DIY AGM AOB RSVP TBC TBA PS NB ASAP ISBN GPS
	COVID AIDS HIV DNA NATO UNICEF UNESCO NASA GCSE GCSES BTEC GCE PE RE LGBT LGBTQ LED VIP CCTV SIM SOS AI HM HMRC DVLA DWP GDPR PAYE EST ETA FM MC DJ
	FREE NEW NOT ONLY ALL AND OR NO YES MUST SHOULD MAY CAN WILL ON OFF IN TO THE OF FOR IS ARE WE YOU NOTE TIP WARNING IMPORTANT CAUTION NOW OUT UP STOP START END
	BEFORE AFTER NEVER ALWAYS EVERY EACH ANY BOTH THIS THAT WITH FROM BY AT AS BE DO GO IF IT SO UPDATE UPDATED CLOSED OPEN FULL URGENT LIVE HERE MORE TODO README
	USD GBP EUR ISO IP OS RAM CPU GPU SSH DNS TLS SSL UTF ASCII WCAG ARIA HEIC TIFF HQ RAF NVQ TUC WIFI SVG PNG JPEG JPG GIF PDFS ZIP KB MB GB TB AA AAA WHO TL DR GET PUT POST HEAD PATH ENV KEY INFO WARN COULD LICENSE LICENCE AUTHORS`)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(words) {
		set[word] = true
	}
	return set
}
