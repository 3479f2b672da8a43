package build

import (
	"context"
	"errors"
	"maps"
	"slices"
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

// writeEdits makes and writes only the pages and feeds of some entries, if
// nothing but their texts was edited since the build before, and what others
// show of them is the same. done is false if a whole build has to be made, and
// nothing was changed.
func (b *Builder) writeEdits(ctx context.Context, r *Report, before *recollection, sealed func() (time.Time, bool), s *site.Site, t *theme.Theme, sourceDir, outputDir string) (done bool, err error) {
	looked, ok := sealed()
	if !ok || !before.Until.IsZero() && !r.Now.Before(before.Until) {
		return false, nil
	}
	edited, ok := b.editedTexts(before.Problems)
	if !ok || !knownProblems(seenFrom(sourceDir, slices.Clone(r.Problems)), before.Problems) {
		return false, nil
	}
	brand, _ := page.Brand(s.Config)
	assets := t.Assets(brand)
	pages, feeds := page.EntriesOf(s, t, assets), feed.EntriesOf(s, theme.AssetPath(assets, theme.FeedStylesheet))
	jobs := map[string]output.Job{}
	for _, file := range edited {
		e, ok := s.ByFile(file)
		if !ok {
			continue // not published, so that there is no trace of it
		}
		job, problems := pages.Job(e)
		if len(problems) > 0 {
			return false, nil
		}
		for _, j := range append(feeds.Jobs(e), job) {
			jobs[j.Path()] = j
		}
	}
	tree, err := output.Open(outputDir)
	if err != nil {
		return false, nil
	}
	standing, ok := tree.Standing(before.Seal)
	if !ok {
		return false, nil
	}
	list := make([]output.Job, 0, len(jobs))
	for _, path := range slices.Sorted(maps.Keys(jobs)) {
		list = append(list, jobs[path])
	}
	result, problems, err := standing.Commit(ctx, list, looked)
	if errors.Is(err, output.ErrNotAsLeft) || len(problems) > 0 {
		return false, nil
	}
	r.Problems, r.Result = before.Problems, result
	return true, err
}

// editedTexts gives the files that were touched since the build before. ok is
// false unless each is an entry that differs in nothing but its text, and in
// nothing of that which others show.
func (b *Builder) editedTexts(problems diag.List) (edited []string, ok bool) {
	if b.kept.Config != b.config.key {
		return nil, false
	}
	files := 0
	for f := range b.content.tree.Files() {
		if config.IsSetting(f.Path) {
			continue
		}
		files++
		kept, known := b.kept.entries[f.Name]
		switch {
		case !known || len(edited) > mostEdits:
			return nil, false
		case kept.note.Sum == f.Sum:
			continue
		case kept.Kept == nil || len(kept.Problems) > 0 || slices.ContainsFunc(problems, func(p diag.Problem) bool { return p.File == f.Path }):
			return nil, false // positions of problems may move
		}
		now := b.entries[f.Path]
		if now == nil || now.entry == nil || len(now.problems) > 0 || !onlyText(kept.Kept.Brief(), now.entry) {
			return nil, false
		}
		edited = append(edited, f.Path)
	}
	return edited, files == len(b.kept.entries)
}

// onlyText reports whether two readings of an entry are the same for all but
// the readers of its page and of feeds.
func onlyText(before, now *content.Entry) bool {
	return now.Newsletter == nil && // which is e-mailed too
		content.SameHead(before, now) && before.Summary.Value == now.Summary.Value && sameShape(before.Body, now.Body)
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

// knownProblems reports whether all problems are among others.
func knownProblems(some, all diag.List) bool {
	known := make(map[diag.Problem]bool, len(all))
	for _, p := range all {
		known[p] = true
	}
	return !slices.ContainsFunc(some, func(p diag.Problem) bool { return !known[p] })
}
