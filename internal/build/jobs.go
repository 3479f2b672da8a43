package build

import (
	"bulletin/internal/calendar"
	"io"
	"io/fs"
	"maps"

	"bulletin/internal/diag"
	"bulletin/internal/email"
	"bulletin/internal/feed"
	"bulletin/internal/output"
	"bulletin/internal/page"
	"bulletin/internal/site"
	"bulletin/internal/source"
	"bulletin/internal/theme"
)

// makeJobs gives every output of the site.
func makeJobs(s *site.Site, t *theme.Theme, files *source.Tree) ([]output.Job, diag.List) {
	jobs, problems := page.Jobs(s, t)
	jobs = append(jobs, feed.Jobs(s)...)
	jobs = append(jobs, calendar.Jobs(s)...)
	letters, more := email.Jobs(s, t, func(f *site.File) (io.ReadCloser, error) {
		if stored, ok := files.Get(name(f.File)); ok {
			return stored.Open()
		}
		return nil, fs.ErrNotExist
	})
	jobs = append(jobs, letters...)
	problems.Add(more...)
	for _, f := range s.Files {
		if stored, ok := files.Get(name(f.File)); ok {
			jobs = append(jobs, output.Copy(f.Path, f.Sum, stored.Open))
		}
	}
	return jobs, problems
}

// views gives the zero view of each layout.
func views() map[string]any {
	all := page.Views()
	maps.Copy(all, email.Views())
	return all
}
