package build

import (
	"context"
	"io"
	"io/fs"
	"maps"
	"slices"
	"sync"

	"bulletin/internal/calendar"
	"bulletin/internal/content"
	"bulletin/internal/diag"
	"bulletin/internal/email"
	"bulletin/internal/feed"
	"bulletin/internal/host"
	"bulletin/internal/image"
	"bulletin/internal/output"
	"bulletin/internal/page"
	"bulletin/internal/site"
	"bulletin/internal/source"
	"bulletin/internal/theme"
)

// makeJobs gives every output of the site. Those that hold much are given to
// make, by several goroutines, as soon as they are there. once lets go of texts
// that will not be written again. The error is that of ctx.
func makeJobs(ctx context.Context, s *site.Site, t *theme.Theme, files *source.Tree, once bool, make func([]output.Job)) ([]output.Job, diag.List, error) {
	ready := func(jobs []output.Job) bool {
		make(jobs)
		return ctx.Err() == nil
	}
	pagesReady := ready
	if once {
		pagesReady = releasing(s, ready)
	}
	jobs, problems := page.Jobs(s, t, pagesReady)
	if ctx.Err() != nil {
		return nil, nil, ctx.Err()
	}
	brand, _ := page.Brand(s.Config)
	assets := t.Assets(brand)
	pictures := image.New(func(f *site.File) (io.ReadCloser, error) {
		if stored, ok := files.Get(name(f.File)); ok {
			return stored.Open()
		}
		return nil, fs.ErrNotExist
	})
	some, more := sideBySide([]jobsOf{
		func() ([]output.Job, diag.List) { return email.Jobs(s, t, pictures.Open) },
		func() ([]output.Job, diag.List) {
			return feed.Jobs(s, theme.AssetPath(assets, theme.FeedStylesheet)), nil
		},
		func() ([]output.Job, diag.List) { return calendar.Jobs(s), nil },
	}, ready)
	if ctx.Err() != nil {
		return nil, nil, ctx.Err()
	}
	problems.Add(more...)
	jobs = append(jobs, some...)
	jobs = append(jobs, host.Jobs(s, assets)...)
	jobs = append(jobs, pictures.Jobs(s)...)
	jobs = append(jobs, pictures.IconJobs(s)...)
	jobs = append(jobs, image.SocialJobs(s)...)
	for _, f := range s.Files {
		if stored, ok := files.Get(name(f.File)); ok && asItIs(f) {
			jobs = append(jobs, output.Copy(f.Path, f.Sum, stored.Open))
		}
	}
	return jobs, problems, ctx.Err()
}

// jobsOf gives the outputs of one room.
type jobsOf func() ([]output.Job, diag.List)

// sideBySide gives the outputs of several rooms, and each to ready. Views are
// made by one goroutine in each room, while others make what is there already.
func sideBySide(rooms []jobsOf, ready func([]output.Job) bool) (jobs []output.Job, problems diag.List) {
	given, found := make([][]output.Job, len(rooms)), make([]diag.List, len(rooms))
	var wait sync.WaitGroup
	for n, room := range rooms {
		wait.Go(func() {
			given[n], found[n] = room()
			inParallel(len(given[n]), func(i int) { ready(given[n][i : i+1]) })
		})
	}
	wait.Wait()
	for _, list := range found {
		problems.Add(list...)
	}
	return slices.Concat(given...), problems
}

// releasing lets go of the texts of entries when their pages are made, if
// nothing else shows them.
func releasing(s *site.Site, ready func([]output.Job) bool) func([]output.Job) bool {
	inFeeds := feed.Shown(s)
	last := make(map[string]*site.Entry, len(s.Entries))
	for _, e := range s.Entries {
		if e.Newsletter == nil && !inFeeds[e] {
			last[e.PageFile()] = e
		}
	}
	return func(jobs []output.Job) bool {
		more := ready(jobs)
		for _, j := range jobs {
			e, ok := last[j.Path()]
			if !ok || !j.Made() {
				continue
			}
			e.Body.Release()
			if e.Article != nil && e.Article.NotesToEditors != nil {
				e.Article.NotesToEditors.Release()
			}
		}
		return more
	}
}

// asItIs reports whether a file is published byte for byte: any but a picture,
// and of these the drawings.
func asItIs(f *site.File) bool {
	if !content.IsPicture(f.File) {
		return true
	}
	return f.Picture != nil && f.Picture.Format == content.SVG
}

// views gives the zero view of each layout.
func views() map[string]any {
	all := page.Views()
	maps.Copy(all, email.Views())
	return all
}
