package build

import (
	"fmt"
	"time"

	"bulletin/internal/content"
	"bulletin/internal/markdown"
	"bulletin/internal/site"
)

// NextIssue is what the site says of an issue of the newsletter that does not
// exist yet.
type NextIssue struct {
	// Issues are those that exist, the oldest first, with those that are not
	// published yet.
	Issues []*site.Entry
	// EventDays is for how many days ahead it lists events: as many as the
	// newest issue that lists any, or else 60.
	EventDays int
	// Lists are what the issue would list if it came out on the day that was
	// asked about; nil if the content has problems, as the lists might then
	// lack entries.
	Lists *site.Issue
}

// NextIssue gives what an issue would list that comes out on the day of the
// options. Nothing is written.
func (b *Builder) NextIssue(o Options) (*Report, NextIssue, error) {
	r := &Report{Base: "/", Location: time.UTC}
	sourceDir, _, err := folders(o)
	if err != nil {
		return r, NextIssue{}, err
	}
	in, err := b.input(o, r, sourceDir, time.Now())
	if err != nil || in == nil {
		r.Problems.Sort()
		return r, NextIssue{}, err
	}
	s, problems := site.Assemble(*in)
	r.Problems.Add(problems...)
	r.Problems.Sort()
	next := NextIssue{Issues: s.AllIssues(), EventDays: 60}
	for _, e := range next.Issues {
		if days := e.Newsletter.Auto.EventDays; days > 0 {
			next.EventDays = days
		}
	}
	if r.Problems.HasErrors() {
		return r, next, nil
	}
	issue := upcomingIssue(in, next.EventDays)
	in.Entries = append(in.Entries, issue)
	s, _ = site.Assemble(*in)
	if e, ok := s.ByFile(issue.File); ok {
		lists := s.Issues()[e]
		next.Lists = &lists
	}
	return r, next, nil
}

// upcomingIssue makes an issue that is in no file.
func upcomingIssue(in *site.Input, eventDays int) *content.Entry {
	// Hidden files are never read, so that no entry has this name; it sorts
	// after those of other issues of the day.
	const file = content.Root + "newsletters/~/.next.md"
	today := in.Now.In(in.Config.Location)
	text := fmt.Sprintf("---\ntitle: Next issue\ndate: %s\nauto: {articles: since-last, events: %d days, deadlines: before-next, promises: open}\n---\n",
		today.Format("2006-01-02"), eventDays)
	entry, _ := content.Parse(in.Config, markdown.NewGlossary(in.Config.Glossary), file, []byte(text))
	return entry
}
