package check

import (
	"regexp"
	"strings"
	"time"

	"bulletin/internal/config"
	"bulletin/internal/content"
	"bulletin/internal/markdown"
	"bulletin/internal/ukdate"
)

var relativeWords = regexp.MustCompile(`(?i)\b(tomorrow|yesterday|tonight|(?:this|next|last) (?:week|month)|this (?:morning|afternoon|evening)|` +
	`(?:next|last) (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:announced|launched|published|released|opened|opens|closes|begins|starts) today)\b`)

// figurative are what stands around words that mean no day, before and after.
var (
	figurativeBefore = regexp.MustCompile(`(?i)(?:\b(?:the|of|for|every|each|per|our|a|better|brighter|until|like|day after|day before) |[-–—])$`)
	figurativeAfter  = regexp.MustCompile(`(?i)^(?:[’']s\b| of\b| in (?:the|each|every|January|February|March|April|May|June|July|August|September|October|November|December)\b|[-–—])`)
)

var relativeDate = &Rule{
	Name:     "relative-date",
	Protects: "Nobody reads a text only on the day it was written: “tomorrow” is wrong the day after.",
	Level:    config.LevelWarning,
	Fires:    "Booking closes tomorrow.",
	Passes:   "Booking closes on 5 March 2024. These are the leaders of tomorrow.",
	Cure:     "Write the date.",
	Entry: func(p *Page) {
		if p.Kind == content.KindPage {
			return
		}
		for _, text := range p.Prose() {
			if text.Quoted || text.IsLetter() || !text.Mentions("tomorrow", "yesterday", "tonight", "today", "this ", "next ", "last ") {
				continue
			}
			for m := range text.Matches(relativeWords) {
				words := strings.ToLower(text.Text[m[0]:m[1]])
				if isTitle(text.Text[m[0]:m[1]]) || figurative(words, text.Text[:m[0]], text.Text[m[1]:]) || inQuotes(text.Text, m[0]) || p.Newsletter != nil && strings.HasSuffix(words, "month") ||
					text.Kind == markdown.HeadingBlock && strings.HasPrefix(words, "this ") {
					continue
				}
				p.Report(text.Pos(m[0]), relativeHint(words, p.PublishedAt()), "“%s” will soon mean another day", text.Text[m[0]:m[1]])
			}
		}
	},
}

// isTitle reports whether words are those of a title: "This Week in Schools".
func isTitle(words string) bool {
	_, second, two := strings.Cut(words, " ")
	return two && second[0] >= 'A' && second[0] <= 'Z' && !strings.HasSuffix(second, "day")
}

func figurative(words, before, after string) bool {
	if figurativeBefore.MatchString(before) {
		return true
	}
	possessive := strings.HasPrefix(after, "’s") || strings.HasPrefix(after, "'s")
	if possessive && (strings.HasSuffix(words, "week") || strings.HasSuffix(words, "month")) {
		return false // "next week's meeting" does mean a day
	}
	return figurativeAfter.MatchString(after)
}

// relativeHint gives the date that is meant, where one day is.
func relativeHint(words string, published time.Time) string {
	days, single := map[string]int{"tomorrow": 1, "yesterday": -1, "tonight": 0, "this morning": 0, "this afternoon": 0, "this evening": 0}[words]
	if !single || published.IsZero() {
		return ""
	}
	return "write the date; counted from the day of publication it is " + ukdate.Long(published.AddDate(0, 0, days))
}

// inQuotes reports whether a place in a text lies within quotation marks.
func inQuotes(text string, at int) bool {
	before := text[:at]
	return strings.Count(before, "“") > strings.Count(before, "”") || strings.Count(before, `"`)%2 == 1 ||
		strings.Count(before, " ‘")+strings.Count(before[:min(3, len(before))], "‘") > 0 && strings.LastIndex(before, "‘") > strings.LastIndex(before, "’")
}
