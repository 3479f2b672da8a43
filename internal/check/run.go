package check

import (
	"context"
	"io"
	"runtime"
	"sync"

	"bulletin/internal/config"
	"bulletin/internal/diag"
	"bulletin/internal/site"
)

// Input is what is checked.
type Input struct {
	Site *site.Site
	// Problems are those that a build reports by itself.
	Problems diag.List
	// Files are the texts of the site, Markdown and YAML, by path.
	Files map[string][]byte
	// Open opens any file of the site by its path; nil if there is nothing to
	// open, and then rules that look into documents and pictures find nothing.
	Open func(file string) (io.ReadCloser, error)
	// Written and Output are for [Whole].
	Written []string
	Output  string
	// Visitor asks other servers; nil leaves out the rules that need it.
	Visitor *Visitor
}

// Report is what was found.
type Report struct {
	// Problems are the findings and the problems of the build, sorted.
	Problems diag.List
	// Silenced counts the findings that a comment silenced.
	Silenced int
	// Entries counts the entries that were looked at.
	Entries int
	// Notes are for people only: that there was no network, say.
	Notes []string
	// Files are those of the input, for showing the lines that are at fault.
	Files map[string][]byte

	pages []*Page
}

// Run applies every rule to the site. The same input gives the same report;
// only rules that ask other servers can differ.
func Run(ctx context.Context, in Input) (*Report, error) {
	levels, problems := readLevels(in.Site.Config)
	r := &Report{Files: in.Files}
	w := &Whole{Site: in.Site, Written: in.Written, Output: in.Output, open: in.Open}
	for _, e := range in.Site.All() {
		w.Pages = append(w.Pages, &Page{Entry: e, Site: in.Site, Source: in.Files[e.File]})
	}
	r.Entries, r.pages = len(w.Pages), w.Pages
	var ofEntries, ofSite []*Rule
	for _, rule := range Rules() {
		switch {
		case levels.of(rule.Name) == config.LevelOff || rule.Online && in.Visitor == nil:
		case rule.Entry != nil:
			ofEntries = append(ofEntries, rule)
		case rule.Site != nil:
			ofSite = append(ofSite, rule)
		}
	}
	readEntries(w.Pages, ofEntries)
	for _, p := range w.Pages {
		problems.Add(p.found...)
	}
	if in.Visitor != nil {
		var err error
		if w.verdicts, r.Notes, err = in.Visitor.visitAll(ctx, w.externalLinks()); err != nil {
			return nil, err
		}
	}
	for _, rule := range ofSite {
		w.rule = rule
		rule.Site(w)
	}
	problems.Add(w.found...)
	problems.Add(in.Problems...)
	problems = levels.apply(problems)
	r.Problems, r.Silenced = silence(problems, in.Files, levels, in.Visitor != nil)
	r.Problems.Sort()
	return r, nil
}

// readEntries applies rules to all entries, several at once.
func readEntries(pages []*Page, rules []*Rule) {
	next := make(chan *Page)
	var wait sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wait.Go(func() {
			for p := range next {
				for _, rule := range rules {
					p.rule = rule
					rule.Entry(p)
				}
				p.passages = nil
			}
		})
	}
	for _, p := range pages {
		next <- p
	}
	close(next)
	wait.Wait()
}
