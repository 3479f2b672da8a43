package check

import (
	"regexp"
	"strings"

	"bulletin/internal/config"
	"bulletin/internal/markdown"
)

var capitalRun = regexp.MustCompile(`\b\p{Lu}[\p{Lu}’'-]*(?:[ \x{00A0}](?:&|\d{1,4}|\p{Lu}[\p{Lu}’'-]*)){2,}(?:[^\p{L}\p{N}_]|$)`)

var allCapitals = &Rule{
	Name:     "all-capitals",
	Protects: "Capitals have no shape to recognise a word by, which is hard for readers with dyslexia, and some screen readers spell them out.",
	Law:      "British Dyslexia Association, Dyslexia Style Guide",
	Level:    config.LevelWarning,
	Fires:    "PLEASE BOOK YOUR PLACE before 5 March 2024.",
	Passes:   "**Please book your place** before 5 March 2024. NHS GP surgeries are open.",
	Cure:     "Write it in small letters. What matters most can be bold: `**Please book your place**`.",
	Entry: func(p *Page) {
		for _, text := range p.Prose() {
			if !hasCapitals(text.Text) {
				continue
			}
			for m := range text.Matches(capitalRun) {
				run := strings.TrimRight(text.Text[m[0]:m[1]], " .,:;!?")
				if !inQuotes(text.Text, m[0]) && isShouting(run, text.Kind == markdown.HeadingBlock || text.Key == "title") {
					p.Report(text.Pos(m[0]), "", "“%s” is in capitals", run)
					break
				}
			}
		}
	},
}

// isShouting reports whether words in capitals are ordinary words, rather than
// abbreviations side by side.
func isShouting(run string, heading bool) bool {
	const short = 4 // letters that an abbreviation often has
	plain, all := 0, 0
	for word := range strings.FieldsSeq(run) {
		if strings.Trim(word, "0123456789&") == "" {
			continue
		}
		all++
		if len(word) > short || shortWords[word] {
			plain++
		}
	}
	least := 4
	if heading {
		least = 3
	}
	return all >= least && plain*2 > all
}

// shortWords are the commonest words that are as short as abbreviations are.
var shortWords = wordSet(`A I AN AM AS AT BE BY DO GO IF IN IS IT ME MY NO OF ON OR OUR SO TO UP US WE ALL AND ANY ARE BUT CAN DAY FOR GET HAS HOW NEW NOT NOW
	ONE OUT SEE THE TWO USE WAS WHO WHY YES YOU ALSO BACK BEEN BOOK BOTH COME DATE DAYS DONE EACH EVEN FIND FREE FROM FULL GIVE GOOD HAVE HELP HERE
	INTO JOIN JUST KEEP KNOW LAST LIKE LIVE LOOK MADE MAKE MANY MEET MORE MOST MUST NEED NEWS NEXT ONLY OPEN OVER PLAN READ SAVE SOME SOON STOP TAKE TALK THAT
	THEM THEN THEY THIS TIME TODAY VERY WANT WEEK WERE WHAT WHEN WILL WITH WORK YEAR YOUR`)
