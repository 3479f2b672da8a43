package build

import (
	"io"
	"io/fs"
	"maps"

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

// makeJobs gives every output of the site.
func makeJobs(s *site.Site, t *theme.Theme, files *source.Tree) ([]output.Job, diag.List) {
	jobs, problems := page.Jobs(s, t)
	brand, _ := page.Brand(s.Config)
	assets := t.Assets(brand)
	jobs = append(jobs, feed.Jobs(s, theme.AssetPath(assets, theme.FeedStylesheet))...)
	jobs = append(jobs, calendar.Jobs(s)...)
	pictures := image.New(func(f *site.File) (io.ReadCloser, error) {
		if stored, ok := files.Get(name(f.File)); ok {
			return stored.Open()
		}
		return nil, fs.ErrNotExist
	})
	letters, more := email.Jobs(s, t, pictures.Open)
	jobs = append(jobs, letters...)
	jobs = append(jobs, host.Jobs(s, assets)...)
	problems.Add(more...)
	jobs = append(jobs, pictures.Jobs(s)...)
	for _, f := range s.Files {
		if stored, ok := files.Get(name(f.File)); ok && asItIs(f) {
			jobs = append(jobs, output.Copy(f.Path, f.Sum, stored.Open))
		}
	}
	return jobs, problems
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
