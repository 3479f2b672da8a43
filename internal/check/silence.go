package check

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"bulletin/internal/config"
	"bulletin/internal/content"
	"bulletin/internal/diag"
)

// A silence is a comment that switches rules off for one line:
//
//	The fund closes next week. <!-- check: relative-date because it is a quotation -->
//
// On a line of its own it counts for the next line with text. In front matter
// and settings it is a YAML comment: "# check: RULE because REASON".
type silenced struct {
	pos diag.Pos
	// line is the line that it counts for.
	line   int
	rules  []string
	reason string
	used   []bool // by rule
}

var (
	htmlSilence = regexp.MustCompile(`<!--\s*check:(.*?)-->`)
	yamlSilence = regexp.MustCompile(`(?:^|\s)#\s*check:(.*)$`)
	because     = regexp.MustCompile(`\bbecause\b`)
)

// silences are the rules about silences and settings.
var silences = []*Rule{unknownRule, silenceWithoutReason, silenceUnused}

var unknownRule = &Rule{
	Name:     "unknown-rule",
	Protects: "A misspelt name switches nothing off, and nobody would notice.",
	Level:    config.LevelError,
	Fires:    "Text. <!-- check: relativ-date because it is a title -->",
	Passes:   "We meet tomorrow. <!-- check: relative-date because it is a title -->",
	Cure:     "`bulletin check --rules` lists the names of all rules.",
}

var silenceWithoutReason = &Rule{
	Name:     "silence-without-reason",
	Protects: "Whoever edits the text next must be able to tell whether the reason still holds.",
	Level:    config.LevelWarning,
	Fires:    "We meet tomorrow. <!-- check: relative-date -->",
	Passes:   "We meet tomorrow. <!-- check: relative-date because it is a title -->",
	Cure:     "Write why: `<!-- check: RULE because REASON -->`",
}

var silenceUnused = &Rule{
	Name:     "silence-unused",
	Protects: "A silence that is no longer needed would hide the next mistake on its line.",
	Level:    config.LevelWarning,
	Fires:    "We meet on 3 May 2024. <!-- check: relative-date because it is a title -->",
	Passes:   "We meet tomorrow. <!-- check: relative-date because it is a title -->",
	Cure:     "Delete the comment.",
}

// silence takes out the findings that comments silence, counts them, and
// reports the comments that do not do what they should.
func silence(problems diag.List, files map[string][]byte, l levels, online bool) (kept diag.List, count int) {
	byFile := map[string][]*silenced{}
	for file, data := range files {
		if bytes.Contains(data, []byte("check:")) {
			byFile[file] = silencesIn(file, data)
		}
	}
	for _, p := range problems {
		if isSilenced(p, byFile[p.File], l) {
			count++
		} else {
			kept = append(kept, p)
		}
	}
	var faults diag.List
	for _, list := range byFile {
		for _, s := range list {
			faults.Add(s.faults(l, online)...)
		}
	}
	kept.Add(l.apply(faults)...)
	return kept, count
}

func isSilenced(p diag.Problem, list []*silenced, l levels) bool {
	if p.Severity == diag.Error && l.set[p.Rule] != config.LevelError && !isRule(p.Rule) {
		return false // it stops the build
	}
	hit := false
	for _, s := range list {
		if s.line != max(p.Line, 1) || s.reason == "" {
			continue
		}
		if i := slices.Index(s.rules, p.Rule); i >= 0 {
			s.used[i], hit = true, true
		}
	}
	return hit
}

func isRule(name string) bool {
	return slices.ContainsFunc(Rules(), func(r *Rule) bool { return r.Name == name })
}

// faults reports what is wrong with a silence.
func (s *silenced) faults(l levels, online bool) diag.List {
	var list diag.List
	if s.reason == "" {
		list.Add(diag.Problem{Pos: s.pos, Rule: silenceWithoutReason.Name, Text: "this comment does not say why, so it silences nothing", Hint: silenceWithoutReason.hint()})
	}
	for i, name := range s.rules {
		level, known := l.rules[name]
		switch {
		case !known:
			list.Add(unknownRuleAt(s.pos, name))
		case s.reason == "" || s.used[i] || level == config.LevelOff || !online && isOnline(name):
		default:
			list.Add(diag.Problem{Pos: s.pos, Rule: silenceUnused.Name, Text: "`" + name + "` finds nothing on the line that this comment is for", Hint: silenceUnused.hint()})
		}
	}
	return list
}

func isOnline(name string) bool {
	return slices.ContainsFunc(Rules(), func(r *Rule) bool { return r.Name == name && r.Online })
}

// silencesIn finds the silences of a file.
func silencesIn(file string, data []byte) []*silenced {
	markdown := content.IsEntry(file)
	var list, waiting []*silenced
	inHeader, inCode, number := false, false, 0
	for line := range bytes.Lines(data) {
		number++
		line = bytes.TrimRight(line, "\r\n")
		trimmed := bytes.TrimSpace(line)
		if markdown && bytes.Equal(trimmed, []byte("---")) && (number == 1 || inHeader) {
			inHeader = !inHeader
			continue
		}
		re := yamlSilence
		if markdown && !inHeader {
			if bytes.HasPrefix(trimmed, []byte("```")) {
				inCode = !inCode
			}
			re = htmlSilence
		}
		var found []*silenced
		rest := trimmed
		if !inCode {
			found = onLine(file, number, line, re)
			rest = bytes.TrimSpace(re.ReplaceAll(line, nil))
		}
		list = append(list, found...)
		waiting = append(waiting, found...)
		if len(rest) > 0 && (re != yamlSilence || rest[0] != '#') {
			for _, s := range waiting {
				s.line = number
			}
			waiting = nil
		}
	}
	return list
}

// onLine finds the silences on a line, besides those that are shown as code.
func onLine(file string, number int, line []byte, re *regexp.Regexp) []*silenced {
	var list []*silenced
	for _, m := range re.FindAllSubmatchIndex(line, -1) {
		if re == htmlSilence && bytes.Count(line[:m[0]], []byte("`"))%2 == 1 {
			continue
		}
		start := m[0] + len(line[m[0]:m[1]]) - len(bytes.TrimLeft(line[m[0]:m[1]], " \t"))
		s := &silenced{pos: diag.Pos{File: file, Line: number, Col: utf8.RuneCount(line[:start]) + 1}}
		text := string(line[m[2]:m[3]])
		if at := because.FindStringIndex(text); at != nil {
			s.reason = strings.TrimSpace(text[at[1]:])
			text = text[:at[0]]
		}
		s.rules = strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' || r == '\t' || r == '\r' || r == '\n' })
		s.used = make([]bool, len(s.rules))
		list = append(list, s)
	}
	return list
}
