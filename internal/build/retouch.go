package build

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"time"

	"bulletin/internal/content"
	"bulletin/internal/diag"
	"bulletin/internal/markdown"
	"bulletin/internal/output"
	"bulletin/internal/site"
	"bulletin/internal/source"
	"bulletin/internal/theme"
)

// lastBuild is a good build as Retouch finds it.
type lastBuild struct {
	options   Options
	sourceDir string
	problems  diag.List
	site      *site.Site
	words     words
	standing  *output.Standing
	// from and until bound the instants as of which a build of the same files
	// is the same; a zero until is without end.
	from, until time.Time
}

// leave notes a build for Retouch.
func (b *Builder) leave(o Options, r *Report, s *site.Site, t *theme.Theme, sourceDir, outputDir string) {
	if r.Problems.HasErrors() || !o.Watched {
		return
	}
	tree, err := output.Open(outputDir)
	if err != nil {
		return
	}
	standing, ok := tree.Standing(r.Result.Seal)
	if !ok {
		return
	}
	b.last = &lastBuild{
		options: o, sourceDir: sourceDir, problems: slices.Clone(r.Problems), site: s, standing: standing, from: r.Now, until: r.until,
		words: wordsOf(s, t),
	}
}

// Retouch brings an edit of one file into the output without a look at the
// others, if nothing but an entry's words were edited: its text, but for links,
// pictures and headings, and of most articles the title and the summary too. It
// gives the outputs that were written. file is a path on disk.
//
// If ok is false, nothing was done, and it takes a Build to tell what the edit
// changes. Nor does ok stand in for one: the record of the output is left
// behind, and other files may have changed. A Build has to follow before long.
func (b *Builder) Retouch(ctx context.Context, file string) (changed []string, ok bool) {
	last := b.last
	if last == nil || !last.current() {
		return nil, false
	}
	fresh, e, ok := b.reread(last, file)
	if !ok {
		return nil, false
	}
	before := e.Entry
	edited := editedIn(before, fresh.entry)
	if edited == moreThanWords {
		return nil, false
	}
	e.Entry = fresh.entry
	if jobs, ok := last.words.jobs(e, edited); ok {
		var err error
		if changed, err = last.standing.Amend(ctx, oneEach(jobs)); err == nil {
			b.entries[e.File] = fresh
			return changed, true
		}
	}
	e.Entry = before
	return nil, false
}

// current reports whether a build would be as of the same instant, or of one
// at which it is the same.
func (l *lastBuild) current() bool {
	if !l.options.At.IsZero() {
		return true
	}
	now := l.options.Clock()
	return !now.Before(l.from) && (l.until.IsZero() || now.Before(l.until))
}

// reread reads the file of a published entry again, if neither reading has any
// problems.
func (b *Builder) reread(last *lastBuild, file string) (*parsed, *site.Entry, bool) {
	rest, err := filepath.Rel(filepath.Join(last.sourceDir, "content"), file)
	if err != nil || !filepath.IsLocal(rest) {
		return nil, nil, false
	}
	old, ok := b.content.tree.Get(filepath.ToSlash(rest))
	if !ok || old.Data == nil {
		return nil, nil, false
	}
	e, ok := last.site.ByFile(old.Path)
	if !ok || slices.ContainsFunc(last.problems, func(p diag.Problem) bool { return p.File == old.Path }) {
		return nil, nil, false // positions of problems may move
	}
	f, err := readAgain(filepath.Join(last.sourceDir, "content"), old)
	if err != nil {
		return nil, nil, false
	}
	c := last.site.Config
	entry, problems := content.Parse(c, markdown.NewGlossary(c.Glossary), f.Path, f.Data)
	if entry == nil || len(problems) > 0 {
		return nil, nil, false
	}
	return &parsed{sum: f.Sum, config: c, entry: entry}, e, true
}

// readAgain reads a file that was found in a folder before.
func readAgain(dir string, old *source.File) (*source.File, error) {
	folder, err := source.OpenFolder(dir)
	if err != nil {
		return nil, err
	}
	f, err := source.Reread(folder, old)
	return f, errors.Join(err, folder.Close())
}
