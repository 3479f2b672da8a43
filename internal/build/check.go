package build

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"time"

	"bulletin/internal/check"
	"bulletin/internal/config"
	"bulletin/internal/content"
	"bulletin/internal/output"
	"bulletin/internal/source"
)

// Check looks at the whole site as a sub-editor does, and writes nothing. The
// visitor asks other servers about links to them, unless it is nil. There is no
// check of a folder without content; the report then has the reason.
func (b *Builder) Check(ctx context.Context, o Options, visitor *check.Visitor) (*Report, *check.Report, error) {
	r := &Report{Base: "/", Location: time.UTC}
	sourceDir, outputDir, err := folders(o)
	if err != nil {
		return r, nil, err
	}
	b.prose = true
	defer func() { b.prose = false }()
	s, err := b.model(ctx, o, r, sourceDir, time.Now())
	if err != nil || s == nil {
		r.Problems.Sort()
		return r, nil, err
	}
	t, problems := b.loadTheme()
	r.Problems.Add(problems...)
	if !r.Problems.HasErrors() {
		_, problems, err = makeJobs(ctx, s, t, b.content.tree, false, func([]output.Job) {})
		if err != nil {
			return r, nil, err
		}
		r.Problems.Add(problems...)
	}
	written, err := writtenTo(outputDir)
	if err != nil {
		return r, nil, err
	}
	checked, err := check.Run(ctx, check.Input{Site: s, Problems: r.Problems, Files: b.texts(), Open: b.opener(), Written: written, Output: o.Output, Visitor: visitor})
	return r, checked, err
}

// writtenTo gives the paths of what earlier builds wrote into a folder.
func writtenTo(dir string) ([]string, error) {
	tree, err := output.Open(dir)
	if err != nil {
		return nil, err
	}
	return tree.Written()
}

// opener opens the files of the site by path.
func (b *Builder) opener() func(string) (io.ReadCloser, error) {
	files := map[string]*source.File{}
	for f := range b.content.tree.Files() {
		files[f.Path] = f
	}
	return func(path string) (io.ReadCloser, error) {
		f, ok := files[path]
		if !ok {
			return nil, fmt.Errorf("opening %s: %w", path, fs.ErrNotExist)
		}
		return f.Open()
	}
}

// texts gives the entries and settings of the site by path.
func (b *Builder) texts() map[string][]byte {
	files := map[string][]byte{}
	for f := range b.content.tree.Files() {
		if f.Data != nil && (content.IsEntry(f.Path) || config.IsSetting(f.Path)) {
			files[f.Path] = f.Data
		}
	}
	return files
}
