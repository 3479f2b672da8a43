package recur

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

// Error says in plain English why a rule cannot be used. The caller adds the
// position.
type Error struct {
	// Rule is the error's stable short name, one of the constants below.
	Rule string
	// Text says what is wrong; Hint says what to write instead.
	Text, Hint string
	// Key is the key at fault: "every", "on", "until" or "except". It is empty
	// if the rule as a whole is.
	Key string
}

// Error gives the text without the hint.
func (e *Error) Error() string { return e.Text }

// The ways in which a rule can be wrong.
const (
	RuleUnreadable  = "repeat-unreadable"
	RuleUnsupported = "repeat-unsupported"
	RuleUnclear     = "repeat-unclear"
	RuleOutOfRange  = "repeat-out-of-range"
	RuleNever       = "repeat-never"
	RuleStart       = "repeat-start-does-not-fit"
	RuleUntil       = "repeat-until-before-start"
	RuleExcept      = "repeat-except-does-not-fit"
	RuleNothingLeft = "repeat-nothing-left"
)

// quote shows what was written, shortened if need be.
func quote(s string) string {
	s = strings.Join(strings.Fields(strings.ToValidUTF8(s, "\uFFFD")), " ")
	if utf8.RuneCountInString(s) > 60 {
		s = string([]rune(s)[:59]) + "…"
	}
	return `"` + s + `"`
}

func longDate(day time.Time) string { return day.Format("Monday 2 January 2006") }

func shortDate(day time.Time) string { return day.Format("2 January 2006") }

func (r *Rule) startDoesNotFit(fits time.Time) *Error {
	return &Error{Key: "on", Rule: RuleStart,
		Text: fmt.Sprintf("the event starts on %s, which is not a date of %q", longDate(dayOf(r.start)), r.phrase()),
		Hint: fmt.Sprintf("the first date that fits is %s: write it as the start, or change how the event repeats", longDate(fits))}
}

func (r *Rule) notAnOccurrence(day time.Time) *Error {
	e := &Error{Key: "except", Rule: RuleExcept,
		Text: fmt.Sprintf("%s is not a date of this event, so it cannot be left out", longDate(day))}
	midnight := time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, r.start.Location())
	var near []string
	for _, t := range append(r.Previous(midnight, 1), r.Next(midnight, 1)...) {
		near = append(near, longDate(t))
	}
	switch len(near) {
	case 0:
		e.Hint = "write a day on which the event takes place, or take this one out"
	case 1:
		e.Hint = "the nearest date of the event is " + near[0]
	default:
		e.Hint = fmt.Sprintf("the dates around it are %s and %s", near[0], near[1])
	}
	return e
}
