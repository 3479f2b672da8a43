// Package check is the sub-editor: rules that look at the whole site and say
// what to mend before anyone else notices.
//
// # A rule
//
// A rule is one value of type [Rule] in a file of its own, named after the rule
// and listed in its family's file (family_links.go, family_sense.go ...):
//
//	var doubleSpaces = &Rule{
//		Name:     "double-spaces",
//		Protects: "Even text ...",
//		Level:    config.LevelWarning,
//		Fires:    "Two  spaces.",
//		Passes:   "One space.",
//		Cure:     "Delete one of the two spaces.",
//		Entry: func(p *Page) {
//			for _, text := range p.Prose() {
//				if at := strings.Index(text.Text, "  "); at >= 0 {
//					p.Report(text.Pos(at), "", "there are two spaces between words")
//				}
//			}
//		},
//	}
//
// That is all: the rule is then listed by --rules, described in the manual, set
// by content/site.yaml, silenced by comments and printed in every format, and a
// test holds it to its two examples.
//
// Rules only read. Those of entries run for several entries at once, each with
// a [Page] of its own; those of the site run after them, one by one.
package check

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"bulletin/internal/config"
)

// Rule is one thing that the sub-editor looks for.
type Rule struct {
	// Name is stable and in the form "vague-link": settings, silences and
	// readers of the output know the rule by it.
	Name string
	// Protects says in a sentence or two what readers lose without the rule.
	Protects string
	// Law is the criterion or the law that asks for it, if one does: "WCAG 2.2,
	// 2.4.4 Link Purpose (level A)".
	Law string
	// Level is how much the rule matters unless a site says otherwise. An error
	// must be certain.
	Level config.Level
	// Fires is an example that the rule reports, and Passes one that it does
	// not: the body of an article of 4 March 2024, or a txtar archive of files
	// ("-- content/events/a.md --"), as seen in October 2025.
	Fires, Passes string
	// Cure says what to write instead; it is the hint of findings that have no
	// better one.
	Cure string
	// Entry looks at one entry, drafts included, and Site at all of them. A rule
	// has one of the two.
	Entry func(*Page)
	Site  func(*Whole)
	// Fix mends what it finds where there is only one right way; nil if people
	// have to.
	Fix func(*Draft)
	// Online rules ask other servers; they run only with --external.
	Online bool
}

// hint gives the cure in the form of a hint.
func (r *Rule) hint() string {
	first, size := utf8.DecodeRuneInString(r.Cure)
	hint := string(unicode.ToLower(first)) + strings.TrimSuffix(r.Cure[size:], ".")
	if r.Fix != nil {
		hint += byFix
	}
	return hint
}

// byFix ends the hints of what need not be mended by hand.
const byFix = "; or let `bulletin fix` do it"

// Family is a group of rules.
type Family struct {
	Title string
	// About says in a sentence what its rules have in common.
	About string
	Rules []*Rule
}

// Families are all rules, in the order in which they are shown.
func Families() []Family {
	return []Family{
		{"Links", "Every address that you ever published should lead somewhere, and so should every link.", links},
		{"Accessibility", "Everyone should be able to read a page, whether they see, hear or touch it.", accessibility},
		{"People", "A page on the web tells everyone, for ever, what it tells of somebody.", people},
		{"Sense", "What a sub-editor would ask about before the text goes out.", sense},
		{"Plain English", "Everybody should be able to read what a public body writes.", plainEnglish},
		{"Silences", "Settings and comments that switch rules off should themselves make sense.", silences},
	}
}

// Rules are the rules of all families.
func Rules() []*Rule {
	var all []*Rule
	for _, f := range Families() {
		all = append(all, f.Rules...)
	}
	return all
}

// names are those of all rules and of the problems of a build.
func names() []string {
	var list []string
	for _, r := range Rules() {
		list = append(list, r.Name)
	}
	for _, p := range BuildProblems {
		list = append(list, p.Name)
	}
	slices.Sort(list)
	return list
}
