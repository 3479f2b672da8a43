// Package build runs the stages in order: files, settings, entries, the site
// at an instant, jobs, and what differs is written.
//
// A Builder remembers between builds what it can: files that did not move are
// not read again, and entries whose bytes and settings are the same are not
// parsed again. Between programs, a build is remembered in the folder
// Options.Cache: if nothing was touched since, the next has only to look. What it remembers are results of pure functions, problems
// included; forgetting them changes nothing but the time that a build takes.
package build

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"bulletin/internal/config"
	"bulletin/internal/content"
	"bulletin/internal/diag"
	"bulletin/internal/host"
	"bulletin/internal/output"
	"bulletin/internal/site"
	"bulletin/internal/source"
	"bulletin/internal/theme"
	"bulletin/internal/ukdate"
)

// Options say what to build.
type Options struct {
	// Source is the site's folder. Output is the folder to build into; unless
	// it is absolute, it is seen from Source.
	Source, Output string
	// At is the instant as of which the site is built, in the site's zone if it
	// names none. If it is zero, Clock tells the time.
	At    ukdate.Value
	Clock func() time.Time
	// BaseURL replaces the address in the settings unless it is empty.
	BaseURL string
	// Drafts publishes drafts too.
	Drafts bool
	// Reread reads every file again, whatever its time says.
	Reread bool
	// Once says that this Builder will build no second time, so that it can let
	// go of what only that would need.
	Once bool
	// Cache is a folder for what is remembered from one program to the next;
	// nothing is if it is empty.
	Cache string
	// Watched readies the Builder for [Builder.Retouch], which takes memory.
	Watched bool
	// Progress, unless nil, is called after each output that was made. The total
	// is 0 as long as nobody knows it.
	Progress func(done, total int)
}

// Report says what a build did.
type Report struct {
	// Problems are those of all files. With an error among them, nothing was
	// written.
	Problems diag.List
	Result   output.Result
	Counts   Counts
	// Now is the instant as of which the site was built.
	Now time.Time
	// Next is what will change first by itself, if anything will.
	Next *site.Due
	// Location is the site's time zone. URL is the address that it is published
	// at, and Base the path of that on its server.
	Location  *time.Location
	URL, Base string
	// Policy is the Content-Security-Policy of its pages.
	Policy host.Policy

	// until is the first instant after Now at which a build of the same files
	// would write or say something else; zero if there is none.
	until time.Time
}

// Counts are the numbers of published entries.
type Counts struct {
	Articles    int `json:"articles"`
	Events      int `json:"events"`
	Newsletters int `json:"newsletters"`
	Pages       int `json:"pages"`
}

// Builder builds a site again and again. It is used by one goroutine at a
// time.
type Builder struct {
	builtin  fs.FS
	content  folder
	layouts  folder
	config   memo[configKey, *config.Config]
	theme    memo[[32]byte, *theme.Theme]
	entries  map[string]*parsed
	attached map[string]*content.Attachment
	base     *source.Tree
	prose    bool // entries keep their prose
	last     *lastBuild
	kept     *keptFiles
	keeping  sync.WaitGroup   // for the next run
	look     *source.Look     // at content, for the next reading
	callOff  func(error)      // ends the build that is under way
	clock    func() time.Time // the machine's
}

// New gives a Builder. builtin holds the folder layouts/ with the theme that
// sites have unless they bring their own.
func New(builtin fs.FS) *Builder {
	return &Builder{builtin: builtin, entries: map[string]*parsed{}, attached: map[string]*content.Attachment{}, callOff: func(error) {}, clock: time.Now}
}

// Build builds the site once. The error is one of the machine or of the
// options; what is wrong with the content is in the report. If ctx ends before
// anything was written, nothing has happened, and the error is that of ctx.
func (b *Builder) Build(ctx context.Context, o Options) (*Report, error) {
	r := &Report{Base: "/", Location: time.UTC}
	sourceDir, outputDir, err := folders(o)
	if err != nil {
		return r, err
	}
	if p, inside := overlap(o, sourceDir, outputDir); inside {
		r.Problems.Add(p)
		return r, nil
	}
	if within(o.Cache, filepath.Join(sourceDir, "content")) || within(o.Cache, outputDir) {
		o.Cache = ""
	}
	defer b.keeping.Wait()
	began := b.clock()
	last := b.last
	b.last = nil
	before := b.recollect(o, sourceDir, outputDir)
	if known, ok := b.recall(before, o, sourceDir, outputDir); ok {
		return known, nil
	}
	b.kept = b.loadKept(o, sourceDir, outputDir)
	whole, callOff := context.WithCancelCause(ctx)
	defer callOff(nil)
	b.callOff = callOff
	r, err = b.buildAll(whole, o, r, before, began, sourceDir, outputDir)
	if errors.Is(context.Cause(whole), errMoved) {
		o.Reread = true
		b.keeping.Wait()
		b.entries = map[string]*parsed{} // none that would read its text from the folder as it was
		return b.Build(ctx, o)
	}
	if err != nil && ctx.Err() != nil {
		b.last = last
	}
	return r, err
}

// buildAll builds the site when it is not the same as before, or nothing is
// known of that.
func (b *Builder) buildAll(ctx context.Context, o Options, r *Report, before *recollection, began time.Time, sourceDir, outputDir string) (*Report, error) {
	sealed := b.sealedMeanwhile(before, outputDir)
	s, err := b.model(ctx, o, r, sourceDir, began)
	if err != nil || s == nil {
		r.Problems.Sort()
		return r, err
	}
	t, problems := b.loadTheme()
	r.Problems.Add(problems...)
	if r.Problems.HasErrors() {
		r.Problems.Sort()
		return r, nil
	}
	done, err := b.writeEdits(ctx, r, before, sealed, s, t, sourceDir, outputDir)
	if !done {
		err = b.write(ctx, o, r, s, t, outputDir)
		r.Problems = seenFrom(sourceDir, r.Problems)
		r.Problems.Sort()
	}
	if err == nil {
		b.remember(o, r, sourceDir, outputDir)
		b.leave(o, r, s, t, sourceDir, outputDir)
	}
	return r, err
}

// write makes the site's outputs and puts them in place.
func (b *Builder) write(ctx context.Context, o Options, r *Report, s *site.Site, t *theme.Theme, outputDir string) error {
	tree, err := output.Open(outputDir)
	if err != nil {
		return err
	}
	ahead := tree.Ahead(ctx, o.Progress)
	defer ahead.Close()
	jobs, problems, err := makeJobs(ctx, s, t, b.content.tree, o.Once, ahead.Make)
	if err != nil {
		return err
	}
	r.Problems.Add(problems...)
	if r.Problems.HasErrors() {
		return nil
	}
	plan, problems, err := ahead.Plan(jobs)
	r.Problems.Add(problems...)
	if err != nil || r.Problems.HasErrors() {
		return err
	}
	r.Result, problems, err = plan.Commit(ctx, o.Progress)
	r.Problems.Add(problems...)
	return err
}

// Due is what lies ahead, the next first.
type Due struct {
	// Changes are the instants at which the output changes by itself.
	Changes []site.Due
	// Reminders are for writers: reviews, and promises to keep.
	Reminders []site.Due
}

// Due gives everything that is due after the instant of the options. Nothing
// is written.
func (b *Builder) Due(ctx context.Context, o Options) (*Report, Due, error) {
	r := &Report{Base: "/", Location: time.UTC}
	sourceDir, _, err := folders(o)
	if err != nil {
		return r, Due{}, err
	}
	s, err := b.model(ctx, o, r, sourceDir, time.Now())
	r.Problems.Sort()
	if err != nil || s == nil {
		return r, Due{}, err
	}
	return r, Due{Changes: s.Due, Reminders: s.Reminders}, nil
}

// model runs the stages up to the site's model; there is none without a folder
// of content.
func (b *Builder) model(ctx context.Context, o Options, r *Report, sourceDir string, began time.Time) (*site.Site, error) {
	in, err := b.input(o, r, sourceDir, began)
	if err != nil || in == nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	b.keepMeanwhile(o)
	s, problems := site.Assemble(*in)
	r.Problems.Add(problems...)
	r.count(s)
	return s, ctx.Err()
}

// input runs the stages up to the entries, which a site is assembled from.
func (b *Builder) input(o Options, r *Report, sourceDir string, began time.Time) (*site.Input, error) {
	if err := b.read(o, r, sourceDir, began); err != nil || b.content.tree == nil {
		return nil, err
	}
	c, problems := b.readConfig(o)
	r.Problems.Add(unknown(problems, r.Problems)...)
	r.Location, r.URL, r.Base, r.Policy = c.Location, c.URL, c.Base, host.PolicyOf(c)
	now, err := instant(o, c)
	if err != nil {
		return nil, err
	}
	r.Now = now
	entries, broken, problems := b.parse(o, c)
	r.Problems.Add(problems...)
	return &site.Input{Config: c, Entries: entries, Broken: broken, Attachments: b.attach(), Now: now, Drafts: o.Drafts}, nil
}

// instant gives the instant as of which the site is built.
func instant(o Options, c *config.Config) (time.Time, error) {
	if o.At.IsZero() {
		return o.Clock(), nil
	}
	now, err := o.At.In(c.Location)
	if err != nil {
		return now, fmt.Errorf("reading the time to build at: %w", err)
	}
	return now, nil
}

func (r *Report) count(s *site.Site) {
	for _, e := range s.Entries {
		switch e.Kind {
		case content.KindArticle:
			r.Counts.Articles++
		case content.KindEvent:
			r.Counts.Events++
		case content.KindNewsletter:
			r.Counts.Newsletters++
		default:
			r.Counts.Pages++
		}
	}
	if len(s.Due) > 0 {
		r.Next = &s.Due[0]
		r.until = r.Next.At
	}
	// What writers are reminded of is a warning from then on.
	if len(s.Reminders) > 0 && (r.until.IsZero() || s.Reminders[0].At.Before(r.until)) {
		r.until = s.Reminders[0].At
	}
}

// folders gives the absolute paths of the site's folder and of the output.
func folders(o Options) (sourceDir, outputDir string, err error) {
	if sourceDir, err = filepath.Abs(o.Source); err != nil {
		return "", "", err
	}
	outputDir = o.Output
	if !filepath.IsAbs(outputDir) {
		outputDir = filepath.Join(sourceDir, outputDir)
	}
	return sourceDir, filepath.Clean(outputDir), nil
}

// seenFrom names the files of problems as seen from the site's folder, if they
// lie in it.
func seenFrom(dir string, problems diag.List) diag.List {
	for i := range problems {
		if rest, inside := strings.CutPrefix(problems[i].File, filepath.ToSlash(dir)+"/"); inside {
			problems[i].File = rest
		}
	}
	return problems
}
