package check

import (
	"bytes"
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"bulletin/internal/config"
	"bulletin/internal/diag"
	"bulletin/internal/header"
	"bulletin/internal/markdown"
)

// Draft is a file in which rules mend what they are certain of. Nothing is
// changed at once: corrections that would alter the page in any other way than
// they mean to are left out.
type Draft struct {
	text   []byte // with lines that end in \n
	starts []int  // where its lines start
	first  int    // the line on which the body starts, from 1
	body   *markdown.Doc
	rule   string
	edits  []edit
}

// edit puts a text in place of a part of a draft.
type edit struct {
	from, to int
	with     string
	rule     string
}

// Prose gives the blocks of the body that are prose, but for the cells of
// tables, in which spaces keep the columns in line.
func (d *Draft) Prose() []Passage {
	var list []Passage
	for _, b := range d.body.Prose {
		switch b.Kind {
		case markdown.CodeBlock, markdown.Break, markdown.Cell, markdown.HeadCell:
		default:
			list = append(list, Passage{Block: b, folded: strings.ToLower(b.Text)})
		}
	}
	return list
}

// Replace puts a text in place of a part of a passage, if that part stands in
// the file as it reads.
func (d *Draft) Replace(p Passage, from, to int, with string) {
	at := d.offset(p.Pos(from))
	if at < 0 || !bytes.HasPrefix(d.text[at:], []byte(p.Text[from:to])) {
		return
	}
	d.replace(at, at+to-from, with)
}

func (d *Draft) replace(from, to int, with string) {
	d.edits = append(d.edits, edit{from, to, with, d.rule})
}

// offset gives the place of a position in the text, or -1 if there is none.
func (d *Draft) offset(pos diag.Pos) int {
	if pos.Line < 1 || pos.Line > len(d.starts) {
		return -1
	}
	at := d.starts[pos.Line-1]
	for col := 1; col < pos.Col; col++ {
		if at >= len(d.text) || d.text[at] == '\n' {
			return -1
		}
		_, size := utf8.DecodeRune(d.text[at:])
		at += size
	}
	return at
}

// line gives a line from 1, without its end, and where it starts.
func (d *Draft) line(n int) (text string, start int) {
	start = d.starts[n-1]
	text, _, _ = strings.Cut(string(d.text[start:]), "\n")
	return text, start
}

// Fix gives a file with the safe corrections of all rules that the site has not
// switched off. Line ends stay as they are, and a correction of a corrected file
// changes nothing. A text that cannot be read is given back as it is.
func Fix(c *config.Config, file string, data []byte) []byte {
	text, newline, ok := readable(file, data)
	if !ok {
		return data
	}
	levels, _ := readLevels(c)
	const rounds = 10 // a correction can make way for another
	for range rounds {
		edits := quoteValues(file, text)
		if len(edits) == 0 {
			edits = bodyEdits(file, text, levels)
		}
		if len(edits) == 0 {
			break
		}
		text = apply(text, edits)
	}
	return bytes.ReplaceAll(text, []byte("\n"), []byte(newline))
}

// readable gives a text without what no build reads, such as a byte order mark,
// and with lines that end in \n, together with how they end in the file. ok is
// false for what is no text, and if not all lines end alike.
func readable(file string, data []byte) (text []byte, newline string, ok bool) {
	newline = "\n"
	if windows := bytes.Count(data, []byte("\r\n")); windows > 0 {
		if newline = "\r\n"; windows < bytes.Count(data, []byte("\n")) {
			return nil, "", false
		}
	}
	if bytes.Count(data, []byte("\r")) > bytes.Count(data, []byte("\r\n")) {
		return nil, "", false
	}
	text, problems := header.Clean(file, data)
	return text, newline, !problems.HasErrors()
}

// quoteValues puts values of the front matter into the quotation marks that
// YAML wants for their colons.
func quoteValues(file string, text []byte) []edit {
	before := frontMatterProblems(file, text)
	d := &Draft{text: text, starts: startsOf(text)}
	for _, p := range before {
		if p.Rule != "unquoted-colon" && p.Rule != "unquoted-text" || !strings.HasPrefix(p.Hint, "write ") {
			continue
		}
		at := d.offset(p.Pos)
		if at < 0 {
			continue
		}
		value, _, _ := strings.Cut(string(text[at:]), "\n")
		value = strings.TrimRight(value, " \t")
		if value == "" || strings.Contains(value, " #") || strings.ContainsFunc(value, func(r rune) bool { return !strconv.IsPrint(r) }) {
			continue
		}
		d.replace(at, at+len(value), `"`+strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(value)+`"`)
	}
	var kept []edit
	for _, e := range d.edits {
		if after := frontMatterProblems(file, apply(text, []edit{e})); len(after) < len(before) {
			kept = append(kept, e)
		}
	}
	return kept
}

// frontMatterProblems are those of reading the front matter as YAML.
func frontMatterProblems(file string, text []byte) diag.List {
	doc, problems := header.Split(file, text)
	if doc != nil {
		problems.Add(doc.Fields.Finish()...)
	}
	return slices.DeleteFunc(problems, func(p diag.Problem) bool { return p.Rule == "unknown-key" })
}

var numbered = regexp.MustCompile(`(?m)^numbered:[ \t]*(?:true|yes)\b`)

// bodyEdits are the corrections of the body that change nothing but what they
// are for.
func bodyEdits(file string, text []byte, l levels) []edit {
	doc, problems := header.Split(file, text)
	if doc == nil || problems.HasErrors() {
		return nil
	}
	start := len(text) - len(doc.Body)
	isNumbered := numbered.Match(text[:start])
	read := func(text []byte) (*markdown.Doc, diag.List) {
		return markdown.Parse(text[start:], markdown.Options{File: file, Line: doc.BodyLine, Numbered: isNumbered, Prose: true})
	}
	body, problems := read(text)
	d := &Draft{text: text, starts: startsOf(text), first: doc.BodyLine, body: body}
	for _, rule := range Rules() {
		if rule.Fix != nil && l.of(rule.Name) != config.LevelOff {
			d.rule = rule.Name
			rule.Fix(d)
		}
	}
	d.rule = ""
	typeBullets(d)
	d.dropSilenced(file)
	want := meaning(body, problems)
	tries := 256 // hostile texts could have a million edits, each of them refused
	return safe(d.ordered(), func(edits []edit) bool {
		tries--
		return tries >= 0 && meaning(read(apply(text, edits))) == want
	})
}

// ordered gives the edits in the order of their places, without those that
// overlap others.
func (d *Draft) ordered() []edit {
	slices.SortStableFunc(d.edits, func(a, b edit) int { return cmp.Compare(a.from, b.from) })
	var kept []edit
	end := -1
	for _, e := range d.edits {
		if e.from >= end && string(d.text[e.from:e.to]) != e.with {
			kept, end = append(kept, e), e.to
		}
	}
	return kept
}

// dropSilenced leaves out the corrections of findings that a comment silences.
func (d *Draft) dropSilenced(file string) {
	for _, s := range silencesIn(file, d.text) {
		if s.reason == "" || s.line < 1 {
			continue
		}
		text, start := d.line(s.line)
		d.edits = slices.DeleteFunc(d.edits, func(e edit) bool {
			return slices.Contains(s.rules, e.rule) && e.from <= start+len(text) && start <= e.to
		})
	}
}

// safe gives the edits that hold together: all of them, or those of its halves.
func safe(edits []edit, hold func([]edit) bool) []edit {
	switch {
	case len(edits) == 0 || hold(edits):
		return edits
	case len(edits) == 1:
		return nil
	}
	half := len(edits) / 2
	first, second := safe(edits[:half], hold), safe(edits[half:], hold)
	both := slices.Concat(first, second)
	if len(first) == 0 || len(second) == 0 || hold(both) {
		return both
	}
	return first
}

// apply makes edits, which are in order.
func apply(text []byte, edits []edit) []byte {
	var out []byte
	at := 0
	for _, e := range edits {
		out = append(append(out, text[at:e.from]...), e.with...)
		at = e.to
	}
	return append(out, text[at:]...)
}

// startsOf gives where the lines of a text start.
func startsOf(text []byte) []int {
	starts := []int{0}
	for i, c := range text {
		if c == '\n' {
			starts = append(starts, i+1)
		}
	}
	return starts
}
