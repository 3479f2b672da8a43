package build

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	"bulletin/internal/config"
	"bulletin/internal/content"
	"bulletin/internal/diag"
	"bulletin/internal/feed"
	"bulletin/internal/markdown"
	"bulletin/internal/output"
	"bulletin/internal/page"
	"bulletin/internal/site"
	"bulletin/internal/theme"
)

// mostEdits is how many edited texts are brought into the output one by one.
const mostEdits = 50

// sealedMeanwhile looks, while other things are done, whether the output is as
// the build before left it. sealed waits for the answer.
func (b *Builder) sealedMeanwhile(before *recollection, outputDir string) (sealed func() (looked time.Time, ok bool)) {
	looked := time.Now()
	if before == nil || b.kept == nil || !b.kept.Read.Equal(before.Content.At) {
		return func() (time.Time, bool) { return looked, false }
	}
	answer := make(chan bool, 1)
	go func() {
		_, ok := before.sealed(outputDir)
		answer <- ok
	}()
	return func() (time.Time, bool) { return looked, <-answer }
}

// writeEdits makes and writes only the pages and feeds that show some entries,
// if nothing but their words was edited since the build before. done is false if
// a whole build has to be made, and nothing was changed.
func (b *Builder) writeEdits(ctx context.Context, r *Report, before *recollection, sealed func() (time.Time, bool), s *site.Site, t *theme.Theme, sourceDir, outputDir string) (done bool, err error) {
	looked, ok := sealed()
	if !ok || !before.Until.IsZero() && !r.Now.Before(before.Until) {
		return false, nil
	}
	edits, ok := b.edits(before.Problems)
	if !ok || !sameProblems(seenFrom(sourceDir, slices.Clone(r.Problems)), before.Problems, edits) {
		return false, nil
	}
	w := wordsOf(s, t)
	var jobs []output.Job
	for file, words := range edits {
		e, ok := s.ByFile(file)
		if !ok {
			continue // not published, so that there is no trace of it
		}
		some, ok := w.jobs(e, words)
		if !ok {
			return false, nil
		}
		jobs = append(jobs, some...)
	}
	tree, err := output.Open(outputDir)
	if err != nil {
		return false, nil
	}
	standing, ok := tree.Standing(before.Seal)
	if !ok {
		return false, nil
	}
	result, problems, err := standing.Commit(ctx, oneEach(jobs), looked)
	if errors.Is(err, output.ErrNotAsLeft) || len(problems) > 0 {
		return false, nil
	}
	r.Problems, r.Result = before.Problems, result
	return true, err
}

// edits gives the files that were touched since the build before, and which
// words of each. ok is false unless each is an entry that differs in nothing
// else.
func (b *Builder) edits(problems diag.List) (edits map[string]editedWords, ok bool) {
	if b.kept.Config != b.config.key {
		return nil, false
	}
	edits = map[string]editedWords{}
	files := 0
	for f := range b.content.tree.Files() {
		if config.IsSetting(f.Path) {
			continue
		}
		files++
		kept, known := b.kept.entries[f.Name]
		switch {
		case !known || len(edits) > mostEdits:
			return nil, false
		case kept.note.Sum == f.Sum:
			continue
		case kept.Kept == nil || len(kept.Problems) > 0 || slices.ContainsFunc(problems, func(p diag.Problem) bool { return p.File == f.Path }):
			return nil, false // positions of problems may move
		}
		now := b.entries[f.Path]
		if now == nil || now.entry == nil || len(now.problems) > 0 {
			return nil, false
		}
		if edits[f.Path] = editedIn(kept.Kept.Brief(), now.entry); edits[f.Path] == moreThanWords {
			return nil, false
		}
	}
	return edits, files == len(b.kept.entries)
}

// sameProblems reports whether the problems of the site's model are among those
// of the build before, and if a title was edited, that there are no others.
func sameProblems(now, before diag.List, edits map[string]editedWords) bool {
	known := make(map[diag.Problem]bool, len(before))
	for _, p := range before {
		known[p] = true
	}
	if slices.ContainsFunc(now, func(p diag.Problem) bool { return !known[p] }) {
		return false
	}
	now.Sort()
	return len(now) == len(before) || !slices.Contains(slices.Collect(maps.Values(edits)), titleOrSummary)
}

// editedWords says which words of an entry were edited.
type editedWords int

const (
	moreThanWords  editedWords = iota
	textOnly                   // which its page and feeds show
	titleOrSummary             // which others show too
)

// editedIn compares two readings of an entry.
func editedIn(before, now *content.Entry) editedWords {
	switch {
	case now.Newsletter != nil || !sameShape(before.Body, now.Body): // a letter is e-mailed too
		return moreThanWords
	case content.SameHead(before, now) && before.Summary.Value == now.Summary.Value:
		return textOnly
	case now.Article != nil && content.SameButWords(before, now):
		return titleOrSummary
	}
	return moreThanWords
}

// words makes what shows the words of single entries.
type words struct {
	site  *site.Site
	pages *page.Entries
	feeds *feed.Entries
}

func wordsOf(s *site.Site, t *theme.Theme) words {
	brand, _ := page.Brand(s.Config)
	assets := t.Assets(brand)
	return words{s, page.EntriesOf(s, t, assets), feed.EntriesOf(s, theme.AssetPath(assets, theme.FeedStylesheet))}
}

// jobs gives the outputs that show the edited words of an entry; ok is false if
// it takes a whole build to make them.
func (w words) jobs(e *site.Entry, edited editedWords) (jobs []output.Job, ok bool) {
	job, problems := w.pages.Job(e)
	jobs = append(w.feeds.Jobs(e), job)
	if edited == titleOrSummary {
		if w.inOtherRooms(e) {
			return nil, false
		}
		around, more := w.pages.Around(e)
		problems.Add(more...)
		jobs = append(jobs, around...)
		for _, other := range w.site.Entries {
			if other != e && w.site.Embeds(other, e) {
				jobs = append(jobs, w.feeds.Jobs(other)...)
			}
		}
	}
	return jobs, len(problems) == 0
}

// inOtherRooms reports whether more than pages and feeds may show the title or
// the summary of an article: calendars, e-mails, pictures, the main menu.
func (w words) inOtherRooms(e *site.Entry) bool {
	s := w.site
	if e.Article == nil || e.Article.Closes.Set() || e.ToFollow.What.Set() || s.Config.SocialPictures || s.InNavigation(e) {
		return true
	}
	for issue, lists := range s.Issues() {
		if lists.Lists(e) || s.Embeds(issue, e) {
			return true
		}
	}
	return false
}

// oneEach gives one job for each path, in the order of the paths.
func oneEach(jobs []output.Job) []output.Job {
	slices.SortStableFunc(jobs, func(a, b output.Job) int { return strings.Compare(a.Path(), b.Path()) })
	return slices.CompactFunc(jobs, func(a, b output.Job) bool { return a.Path() == b.Path() })
}

// sameShape reports whether two texts are the same for all but their readers:
// nothing else of a text than what is compared here is looked at by package
// site.
func sameShape(a, b *markdown.Doc) bool {
	return slices.Equal(a.IDs, b.IDs) &&
		slices.EqualFunc(a.Headings, b.Headings, func(a, b markdown.Heading) bool {
			return a.Level == b.Level && a.ID == b.ID && a.Text == b.Text
		}) &&
		slices.EqualFunc(a.Links, b.Links, func(a, b markdown.Link) bool {
			return a.Dest == b.Dest && a.Title == b.Title && a.Text == b.Text && a.Card == b.Card
		}) &&
		slices.EqualFunc(a.Images, b.Images, func(a, b markdown.Image) bool {
			return a.Dest == b.Dest && a.Alt == b.Alt && a.Title == b.Title
		})
}
