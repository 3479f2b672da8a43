package check

import (
	"slices"
	"strings"
	"unicode"

	"bulletin/internal/config"
	"bulletin/internal/markdown"
)

// tongue is a language that is told by its commonest words, or a script that
// is told by its letters.
type tongue struct {
	name string
	// codes are those of the languages it can be, the likeliest first.
	codes  []string
	words  map[string]bool
	script *unicode.RangeTable
}

var tongues = []tongue{
	{name: "Welsh", codes: []string{"cy"}, words: wordSet("yn y yr ac mae wedi gan hyn sydd bod ei eu gyda neu bydd ein chi ni fel nid hefyd pob rhwng dros â ar oes ddim cael plant ysgol gwaith gwybodaeth rydym ydych gallwch bobl")},
	{name: "Polish", codes: []string{"pl"}, words: wordSet("się jest nie na że oraz dla przez które który jak czy w z do i są od po dzieci szkoły można lub być tym")},
	{name: "Romanian", codes: []string{"ro"}, words: wordSet("și este în la de cu pentru care din nu sunt pe să vă dumneavoastră copii sau mai o un copiilor școală")},
	{name: "French", codes: []string{"fr"}, words: wordSet("le la les des est et une un du pour dans que qui sur avec nous vous au aux ce ne pas sont plus")},
	{name: "German", codes: []string{"de"}, words: wordSet("der die das und ist nicht ein eine mit für auf den von zu im sie wir dem auch werden sich")},
	{name: "Spanish", codes: []string{"es"}, words: wordSet("el la los las de que y en un una es por con para del se al su más como")},
	{name: "the Arabic script", codes: []string{"ur", "ar", "fa", "ps", "ku"}, script: unicode.Arabic},
	{name: "Gurmukhi", codes: []string{"pa"}, script: unicode.Gurmukhi},
	{name: "Bengali", codes: []string{"bn"}, script: unicode.Bengali},
	{name: "Gujarati", codes: []string{"gu"}, script: unicode.Gujarati},
	{name: "Devanagari", codes: []string{"hi", "ne", "mr"}, script: unicode.Devanagari},
	{name: "the Cyrillic script", codes: []string{"uk", "bg", "ru"}, script: unicode.Cyrillic},
	{name: "Chinese or Japanese characters", codes: []string{"zh", "ja", "yue"}, script: unicode.Han},
	{name: "Korean", codes: []string{"ko"}, script: unicode.Hangul},
	{name: "the Hebrew script", codes: []string{"he", "yi"}, script: unicode.Hebrew},
}

// englishWords are the commonest words of English.
var englishWords = wordSet("the of and to in is for on that with are be by this it as from at or we you our your have will not an a i so if was but has can")

var unmarkedLanguage = &Rule{
	Name:     "unmarked-language",
	Protects: "A screen reader pronounces everything in the language of the page: Welsh read out as English cannot be understood.",
	Law:      "WCAG 2.2, 3.1.1 Language of Page (level A) and 3.1.2 Language of Parts (level AA)",
	Level:    config.LevelWarning,
	Fires:    "Mae plant a phobl ifanc wedi bod yn gweithio gyda ni ar y cynllun hwn, ac rydym yn falch o’r gwaith.",
	Passes:   "-- content/articles/a.md --\n---\ntitle: Y cynllun\nsummary: Y gwaith gyda phlant.\ndate: 4 March 2024\nlanguage: cy\n---\nMae plant a phobl ifanc wedi bod yn gweithio gyda ni ar y cynllun hwn, ac rydym yn falch o’r gwaith.\n",
	Cure:     "Give the passage a file of its own with `language: cy` (or the code of its language) in the front matter, and link to it.",
	Entry: func(p *Page) {
		own := p.Language.Value
		if own == "" {
			own = p.Site.Config.Language
		}
		own, _, _ = strings.Cut(strings.ToLower(own), "-")
		var others []otherPassage
		foreign, all := 0, 0 // bytes
		inRun := false
		for _, text := range p.Prose() {
			t, english := languageOf(text)
			if english {
				all += len(text.Text)
			}
			if t == nil || t.isOneOf(own) || text.Kind == markdown.Card {
				inRun = false
				continue
			}
			all += len(text.Text)
			foreign += len(text.Text)
			if !inRun {
				others = append(others, otherPassage{text, t})
			}
			inRun = true
		}
		if len(others) > 0 && foreign*2 > all && own == "en" {
			o := others[0]
			p.Report(o.text.Start(), "write "+o.tongue.setting()+" in the front matter", "this entry seems to be in %s, and does not say so", o.tongue.name)
			return
		}
		for _, o := range others {
			p.Report(o.text.Start(), "give it a file of its own with "+o.tongue.setting()+" in the front matter, and link to it", "this passage seems to be in %s", o.tongue.name)
		}
	},
}

// otherPassage is the first of some passages in another language.
type otherPassage struct {
	text   Passage
	tongue *tongue
}

// setting says what to write for the language.
func (t *tongue) setting() string {
	if len(t.codes) == 1 {
		return "`language: " + t.codes[0] + "`"
	}
	return "the code of its language, such as `language: " + t.codes[0] + "`,"
}

func (t *tongue) isOneOf(code string) bool { return slices.Contains(t.codes, code) }

// languageOf tells in which other language than English a passage is; nil if it
// is in English, or too short to tell.
func languageOf(p Passage) (t *tongue, english bool) {
	letters, latin := 0, 0
	for _, r := range p.Text {
		if unicode.IsLetter(r) {
			letters++
			if unicode.Is(unicode.Latin, r) {
				latin++
			}
		}
	}
	if latin*2 < letters {
		return scriptOf(p.Text, letters), false
	}
	const (
		least   = 8    // words
		foreign = 0.08 // the most of the commonest English words that is left
		native  = 0.2  // the least of the commonest words of a language
	)
	tokens := strings.FieldsFunc(p.folded, func(r rune) bool { return !unicode.IsLetter(r) && r != '’' && r != '\'' })
	if len(tokens) < least {
		return nil, false
	}
	ofEnglish := share(tokens, englishWords)
	if ofEnglish > foreign {
		return nil, true
	}
	most := 0.0
	for i := range tongues {
		if s := share(tokens, tongues[i].words); s > most {
			t, most = &tongues[i], s
		}
	}
	if most < native || most < 3*ofEnglish || different(tokens, t.words) < 3 {
		return nil, false
	}
	return t, false
}

// share gives how many of some words are in a set, from 0 to 1.
func share(tokens []string, set map[string]bool) float64 {
	n := 0
	for _, t := range tokens {
		if set[t] {
			n++
		}
	}
	return float64(n) / float64(len(tokens))
}

// different counts the words of a set that come up at all.
func different(tokens []string, set map[string]bool) int {
	met := map[string]bool{}
	for _, t := range tokens {
		if set[t] {
			met[t] = true
		}
	}
	return len(met)
}

// scriptOf tells the script of most letters of a text.
func scriptOf(text string, letters int) *tongue {
	for i, t := range tongues {
		if t.script == nil {
			continue
		}
		n := 0
		for _, r := range text {
			if unicode.Is(t.script, r) {
				n++
			}
		}
		if n >= 2 && n*2 > letters {
			return &tongues[i]
		}
	}
	return nil
}
