package check

import (
	"regexp"
	"strings"

	"bulletin/internal/config"
)

var britishSpelling = &Rule{
	Name:     "british-spelling",
	Protects: "American spellings in a British notice look copied, and are marked wrong in the schools that it goes to.",
	Law:      "GOV.UK style guide",
	Level:    config.LevelWarning,
	Fires:    "Enroll at the community center for a program of events.",
	Passes:   "Enrol at the community centre for a programme of events. The “color run” is a name, and so is the Center for Learning.",
	Cure:     "Write it as British dictionaries have it. If it is part of a name, write the name with capitals or in quotation marks.",
	Entry: func(p *Page) {
		if !isBritish(p.languageTag()) {
			return
		}
		for _, text := range p.Prose() {
			if text.Quoted {
				continue
			}
			p.americanWords(text)
			p.confusedWords(text)
		}
	},
}

// languageTag gives the language that an entry is written in.
func (p *Page) languageTag() string {
	if p.Language.Set() {
		return p.Language.Value
	}
	return p.Site.Config.Language
}

// isBritish reports whether a language is English as in the United Kingdom, or
// English without a country.
func isBritish(tag string) bool {
	return strings.EqualFold(tag, "en-GB") || strings.EqualFold(tag, "en")
}

// americanWords reports words in small letters that are spelt in the American
// way. One with a capital may be a name.
func (p *Page) americanWords(text Passage) {
	for at := 0; at < len(text.Text); {
		end := at
		for end < len(text.Text) && isASCIILetter(text.Text[end]) {
			end++
		}
		if end == at {
			at++
			continue
		}
		word, from := text.Text[at:end], at
		at = end
		british, american := americanSpellings[word]
		if !american && from == 0 && beginsRequest.MatchString(word) {
			if british, american = americanSpellings[strings.ToLower(word)]; american {
				british = sentenceCase(british)
			}
		}
		if !american || text.literal(from, end) || inQuotes(text.Text, from) || partOfCode(text.Text[:from], text.Text[end:]) {
			continue
		}
		p.Report(text.Pos(from), "write “"+british+"”", "“%s” is the American spelling", word)
	}
}

// beginsRequest are words with a capital that are no names at the start of a
// paragraph.
var beginsRequest = regexp.MustCompile(`^(?:Enroll|Fulfill|Analyz|Cancel|Travel|Favorite)`)

func isASCIILetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

// confusedWords reports words that are right in another sense, where what
// stands around them leaves no doubt.
func (p *Page) confusedWords(text Passage) {
	for _, c := range confusions {
		if !holdsWord(text.Text, c.word) {
			continue // for which the expression would have to be tried at every place
		}
		for m := range text.Matches(c.re) {
			if !inQuotes(text.Text, m[2]) {
				p.Report(text.Pos(m[2]), "write “"+c.meant+"”", "“%s” is %s", c.word, c.is)
			}
		}
	}
}

// holdsWord reports whether a word stands in a text between other characters
// than letters.
func holdsWord(text, word string) bool {
	for {
		before, after, found := strings.Cut(text, word)
		if !found {
			return false
		}
		if (before == "" || !isASCIILetter(before[len(before)-1])) && (after == "" || !isASCIILetter(after[0])) {
			return true
		}
		text = after
	}
}

var confusions = []struct {
	word      string
	re        *regexp.Regexp
	meant, is string
}{
	{"program", regexp.MustCompile(`\b(program) of (?:events|activities|activity|work|support|training|talks|sessions|workshops|visits)\b`), "programme", "software; what is planned is a programme"},
	{"program", regexp.MustCompile(`\b(?:training|support|mentoring|holiday|school|funding|improvement|education|outreach|conference) (program)\b`), "programme", "software; what is planned is a programme"},
	{"license", regexp.MustCompile(`\b(?:a|your|driving|premises|alcohol|temporary event) (license)(?: (?:for|to|from|is|was|will|must)\b|[.,;)]|$)`), "licence", "the verb; the paper is a licence"},
	{"practice", regexp.MustCompile(`\b(?:want|wants|need|needs|able|chance|opportunity|time|how|learn|continue) to (practice) (?:the|their|your|his|her|our|what|new)\b`), "practise", "the noun; to do so is to practise"},
	{"practise", regexp.MustCompile(`\b(?:best|good|poor|classroom|teaching|inclusive|reflective) (practise)\b`), "practice", "the verb; the noun is practice"},
}

// americanSpellings give the British form of words that have no other sense in
// British English. Endings in -ize are no American invention, and are left out.
var americanSpellings = func() map[string]string {
	words := map[string]string{}
	for pair := range strings.FieldsSeq(`enroll:enrol enrolls:enrols enrollment:enrolment enrollments:enrolments
		fulfill:fulfil fulfills:fulfils fulfillment:fulfilment skillful:skilful willful:wilful installment:instalment installments:instalments
		center:centre centers:centres centered:centred theater:theatre theaters:theatres fiber:fibre fibers:fibres
		traveled:travelled traveling:travelling traveler:traveller travelers:travellers canceled:cancelled canceling:cancelling
		counselor:counsellor counselors:counsellors counseling:counselling counseled:counselled modeling:modelling modeled:modelled
		labeled:labelled labeling:labelling signaled:signalled fueled:fuelled leveled:levelled jewelry:jewellery
		analyze:analyse analyzed:analysed analyzes:analyses analyzing:analysing paralyzed:paralysed
		defense:defence defenses:defences offense:offence offenses:offences pretense:pretence gray:grey
		pediatric:paediatric pediatrician:paediatrician orthopedic:orthopaedic anesthetic:anaesthetic diarrhea:diarrhoea
		skeptical:sceptical maneuver:manoeuvre airplane:aeroplane airplanes:aeroplanes aluminum:aluminium pajamas:pyjamas math:maths`) {
		american, british, _ := strings.Cut(pair, ":")
		words[american] = british
	}
	for stem := range strings.FieldsSeq("color behavior favor neighbor labor honor humor harbor rumor flavor endeavor") {
		for _, ending := range []string{"", "s", "ed", "ing", "ful", "al", "ite", "ites", "able", "hood", "hoods"} {
			words[stem+ending] = strings.TrimSuffix(stem, "or") + "our" + ending
		}
	}
	delete(words, "humoral") // a word of medicine
	return words
}()
