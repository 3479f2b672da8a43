package check

import (
	"bytes"
	"fmt"
	"io"
	"iter"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"bulletin/internal/content"
	"bulletin/internal/diag"
	"bulletin/internal/header"
	"bulletin/internal/markdown"
	"bulletin/internal/site"
)

// reporter gathers what the rule at work reports.
type reporter struct {
	rule  *Rule
	found diag.List
}

// Report notes a finding of the rule at work. An empty hint is the rule's cure.
func (r *reporter) Report(pos diag.Pos, hint, format string, args ...any) {
	if hint == "" {
		hint = r.rule.hint()
	}
	r.found.Add(diag.Problem{Pos: pos, Rule: r.rule.Name, Text: fmt.Sprintf(format, args...), Hint: hint})
}

// Page is an entry as rules see it: its front matter, its place in the site,
// and its prose. Nothing in it may be changed.
type Page struct {
	*site.Entry
	Site *site.Site
	// Source is the file as it is.
	Source []byte

	reporter
	passages []Passage
}

// Passage is a piece of text that people read: a block of the body or of the
// notes to editors, or a text of the front matter.
type Passage struct {
	markdown.Block
	// Key is the key of the front matter, such as "summary"; empty for the body.
	Key    string
	at     diag.Pos
	source []byte
	folded string // the text in small letters
}

// Mentions reports whether any of some words, in small letters, are in the text
// in whatever letters. It is much faster than a regular expression: ask it
// first.
func (p Passage) Mentions(words ...string) bool {
	return slices.ContainsFunc(words, func(word string) bool { return strings.Contains(p.folded, word) })
}

// Pos gives the place of a byte of the passage's text. In the front matter it
// is that of the whole text, if the text is not written as it reads.
func (p Passage) Pos(offset int) diag.Pos {
	if p.at.Line == 0 {
		return p.Block.Pos(offset)
	}
	n := 0
	for line := range bytes.Lines(p.source) {
		if n++; n < p.at.Line {
			continue
		}
		if i := strings.Index(string(line), p.Text); i >= 0 {
			return diag.Pos{File: p.at.File, Line: n, Col: utf8.RuneCount(line[:i+offset]) + 1}
		}
		break
	}
	return p.at
}

// IsBody reports whether the passage belongs to the body of the file.
func (p Passage) IsBody() bool { return p.Key == "" }

// IsLetter reports whether the passage is shown only in the e-mail of an issue,
// which is read when it comes.
func (p Passage) IsLetter() bool { return p.Key == "newsletter" }

// Start is the place of the passage.
func (p Passage) Start() diag.Pos { return p.Pos(0) }

// Matches gives the matches of a regular expression in the text, as indices of
// its groups, without those that touch code or an address.
func (p Passage) Matches(re *regexp.Regexp) iter.Seq[[]int] {
	return func(yield func([]int) bool) {
		for _, m := range re.FindAllStringSubmatchIndex(p.Text, -1) {
			if p.literal(m[0], m[1]) {
				continue
			}
			if !yield(m) {
				return
			}
		}
	}
}

// literal reports whether a part of the text touches code or an address.
func (p Passage) literal(from, to int) bool {
	for _, m := range p.Marks {
		if (m.Kind == markdown.Code || m.Kind == markdown.Bare) && from < m.To && m.From < to {
			return true
		}
	}
	return false
}

// inCode reports whether a byte of the text lies in code.
func (p Passage) inCode(at int) bool { return p.Within(at, at+1, markdown.Code) }

// Prose gives the passages that are prose, in the order of the body and then
// the front matter: no code, and no breaks.
func (p *Page) Prose() []Passage {
	if p.passages == nil {
		for _, b := range p.Blocks() {
			if b.Kind != markdown.CodeBlock && b.Kind != markdown.Break {
				p.passages = append(p.passages, Passage{Block: b})
			}
		}
		p.passages = append(p.passages, p.frontMatter()...)
		for i := range p.passages {
			p.passages[i].folded = strings.ToLower(p.passages[i].Text)
		}
	}
	return p.passages
}

// Blocks gives all blocks of the body.
func (p *Page) Blocks() []markdown.Block { return p.Body.Prose }

// Start is the place for findings that concern the entry as a whole.
func (p *Page) Start() diag.Pos {
	if p.Title.Set() {
		return p.Title.Pos
	}
	return p.Entry.Pos
}

// Links gives the links of the body and of the notes to editors.
func (p *Page) Links() []markdown.Link {
	if a := p.Article; a != nil && a.NotesToEditors != nil {
		return append(p.Body.Links[:len(p.Body.Links):len(p.Body.Links)], a.NotesToEditors.Links...)
	}
	return p.Body.Links
}

// PublishedAt gives the instant of publication, or the zero time for pages that
// have no date.
func (p *Page) PublishedAt() time.Time {
	if !p.Date.Set() {
		return time.Time{}
	}
	return p.Date.Time.In(p.Site.Config.Location)
}

// frontMatter gives the texts of the front matter that readers see.
func (p *Page) frontMatter() []Passage {
	var list []Passage
	add := func(key string, texts ...header.Text) {
		for _, t := range texts {
			if t.Set() && t.Value != "" {
				list = append(list, Passage{Block: markdown.Block{Text: t.Value}, Key: key, at: t.Pos, source: p.Source})
			}
		}
	}
	add("title", p.Title)
	if p.Summary.Set() {
		add("summary", p.Summary)
	}
	for _, d := range p.Details {
		add("details", d.Text)
	}
	for _, i := range append([]content.Image{p.Image}, p.Gallery...) {
		add("alt", i.Alt)
		add("caption", i.Caption)
	}
	for _, d := range p.Downloads {
		add("downloads", d.Title)
	}
	for _, u := range p.Updated {
		add("updated", u.Note)
	}
	if e := p.Event; e != nil {
		add("event", e.TimeNote, e.StatusNote, e.Audience, e.Cost, e.Register.Note)
		for _, s := range e.Programme {
			add("programme", s.Title, s.Text)
		}
	}
	if n := p.Newsletter; n != nil {
		add("newsletter", n.Subject, n.Preheader)
	}
	if a := p.Article; a != nil && a.NotesToEditors != nil {
		for _, b := range a.NotesToEditors.Prose {
			list = append(list, Passage{Block: b, Key: "notes_to_editors"})
		}
	}
	return list
}

// Lines gives the lines of the file's body, by the number of the line in the
// file.
func (p *Page) Lines() iter.Seq2[int, []byte] {
	return func(yield func(int, []byte) bool) {
		line, fences := 0, 0
		for text := range bytes.Lines(p.Source) {
			line++
			text = bytes.TrimRight(text, "\r\n")
			if fences < 2 {
				if bytes.Equal(bytes.TrimRight(text, " \t"), []byte("---")) {
					fences++
				}
				continue
			}
			if !yield(line, text) {
				return
			}
		}
	}
}

// Whole is the site as rules see it.
type Whole struct {
	*site.Site
	// Pages are those of all entries, in the order of their files.
	Pages []*Page
	// Written are the paths of the outputs of the last build below Output, the
	// folder as it was named; there are none where nothing was built.
	Written []string
	Output  string

	reporter
	verdicts map[string]Verdict
	open     func(file string) (io.ReadCloser, error)
}

// read gives the beginning of a file of the site, as far as it can be read;
// what cannot be read is reported by builds.
func (w *Whole) read(file string, limit int64) []byte {
	if w.open == nil {
		return nil
	}
	f, err := w.open(file)
	if err != nil {
		return nil
	}
	defer f.Close()
	data, _ := io.ReadAll(io.LimitReader(f, limit))
	return data
}
