package content

import (
	"bytes"
	"regexp"
	"strings"
	"unicode/utf8"

	"bulletin/internal/diag"
	"bulletin/internal/ukdate"
)

// dateAndTime finds a date with a year and a time of day soon after it, as
// people announce an event: "Tuesday 23 September 2025, 10am to midday".
var dateAndTime = regexp.MustCompile(`(?i)\b(\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:January|February|March|April|May|June|July|August|September|October|November|December),? \d{4})[^.;\n]{0,30}?\b\d{1,2}(?:[:.]\d{2})? ?(?:am|pm)\b`)

// checkEvents reports what looks like an event in the text of an article that
// leads to none: there it is in no list and no calendar, and does not move to
// the past by itself.
func (r *reader) checkEvents(e *Entry, body []byte, line int) {
	if !e.Date.Set() || e.Article.AboutEvent.Set() || e.Article.Closes.Set() || e.linksToEvents() || !hasTime(body) {
		return
	}
	fenced := false
	for text := range bytes.Lines(body) {
		if bytes.HasPrefix(bytes.TrimSpace(text), []byte("```")) {
			fenced = !fenced
		}
		var at []int
		if !fenced && hasTime(text) {
			at = dateAndTime.FindSubmatchIndex(text)
		}
		if at != nil {
			written := string(text[at[2]:at[3]])
			value, err := ukdate.Parse(written)
			if err == nil {
				if day, err := value.In(r.zone); err == nil && day.After(e.Date.Time) {
					pos := diag.Pos{File: r.file, Line: line, Col: utf8.RuneCount(text[:at[2]]) + 1}
					r.notes.Add(diag.Warnf(pos, "event-in-text", "write the event as a file of its own, with `bulletin new event \"Title\"`, and link to it from here",
						"%s and a time: this looks like an event, but only files in content/events/ come into lists and calendars", written))
					return
				}
			}
		}
		line++
	}
}

// hasTime reports whether a text has a time of day as dateAndTime ends in,
// which hardly any has, so that it need not be searched for.
func hasTime(text []byte) bool {
	for i, c := range text {
		if !isDigit(c) {
			continue
		}
		rest := bytes.TrimPrefix(text[i+1:], []byte(" "))
		if len(rest) > 1 && (rest[0]|0x20 == 'a' || rest[0]|0x20 == 'p') && rest[1]|0x20 == 'm' {
			return true
		}
	}
	return false
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// linksToEvents reports whether the text leads to an event.
func (e *Entry) linksToEvents() bool {
	for _, l := range e.Body.Links {
		if strings.Contains(l.Dest, "events/") {
			return true
		}
	}
	return false
}
