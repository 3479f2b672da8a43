package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/rogpeppe/go-internal/diff"
	"github.com/spf13/cobra"

	"bulletin/internal/check"
	"bulletin/internal/config"
	"bulletin/internal/content"
	"bulletin/internal/diag"
	"bulletin/internal/source"
)

func fixVerb() *cobra.Command {
	var site string
	var write bool
	c := &cobra.Command{
		Use:   "fix [FILE...]",
		Short: "Correct what can only be meant in one way",
		Long: "fix shows how it would correct what a paste left behind: bullets, lines of a\nweb page, invisible characters, double spaces, accents for apostrophes; and\ntitles with a colon that lack quotation marks. Nothing else is touched: your\nwords, code and settings stay as they are.\n\n" +
			"It writes only with --write. Without names it looks at every entry.",
		Example: "  bulletin fix\n  bulletin fix content/articles/2025/belonging.md --write",
		RunE: func(_ *cobra.Command, args []string) error {
			if err := wantSite(site); err != nil {
				return err
			}
			c, err := settings(site)
			if err != nil {
				return err
			}
			f := fixer{site: site, config: c, write: write, out: os.Stdout}
			return f.run(args)
		},
	}
	c.Flags().StringVar(&site, "source", ".", "the site's `folder`, which holds content/")
	c.Flags().BoolVar(&write, "write", false, "write the corrections that are shown")
	return c
}

// fixer corrects the entries of a site.
type fixer struct {
	site   string
	config *config.Config
	write  bool
	out    io.Writer

	looked, corrected int
}

func (f *fixer) run(names []string) error {
	root, err := os.OpenRoot(f.site)
	if err != nil {
		return machine{err}
	}
	defer root.Close()
	folder, err := source.OpenFolder(f.site)
	if err != nil {
		return machine{err}
	}
	defer folder.Close()
	files, err := f.entries(folder, names)
	if err != nil {
		return err
	}
	var failed error
	for _, file := range files {
		if err := f.fix(root, folder, file); err != nil {
			failed = errors.Join(failed, err)
		}
	}
	if _, err := fmt.Fprintln(f.out, f.summary()); err != nil {
		return machine{err}
	}
	if failed != nil {
		return machine{failed}
	}
	return nil
}

// entries gives the paths of the entries that are named, or of all.
func (f *fixer) entries(folder *source.Folder, names []string) ([]string, error) {
	var files []string
	for _, name := range names {
		file := filepath.ToSlash(filepath.Clean(name))
		info, err := folder.Lstat(file)
		switch {
		case err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, fs.ErrInvalid):
			return nil, machine{err}
		case err != nil:
			return nil, exit{exitUsage, fmt.Sprintf("there is no file %s in the site; name it as a check does, such as content/articles/name.md", diag.Printable(name))}
		case !strings.HasPrefix(file, "content/") || !content.IsEntry(file) || !info.Mode().IsRegular():
			return nil, exit{exitUsage, fmt.Sprintf("%s is no entry; only Markdown files in content/ can be corrected", diag.Printable(name))}
		}
		files = append(files, file)
	}
	if len(names) > 0 {
		return files, nil
	}
	err := fs.WalkDir(folder, "content", func(file string, d fs.DirEntry, err error) error {
		hidden := strings.HasPrefix(path.Base(file), ".")
		switch {
		case err != nil:
			return err
		case d.IsDir() && hidden:
			return fs.SkipDir
		case d.Type().IsRegular() && content.IsEntry(file) && !hidden:
			files = append(files, file)
		}
		return nil
	})
	if err != nil {
		return nil, machine{err}
	}
	return files, nil
}

// fix shows the corrections of a file, and writes them if that is wanted.
func (f *fixer) fix(root *os.Root, folder *source.Folder, file string) error {
	f.looked++
	if info, err := folder.Lstat(file); err != nil || info.Size() > source.MaxKept {
		return err
	}
	before, err := fs.ReadFile(folder, file)
	if err != nil {
		return err
	}
	after := check.Fix(f.config, file, before)
	if bytes.Equal(before, after) {
		return nil
	}
	if err := f.show(file, before, after); err != nil {
		return err
	}
	if f.write {
		if err := replaceFile(root, file, before, after); err != nil {
			return err
		}
	}
	f.corrected++
	return nil
}

// show prints the lines that differ. Characters that cannot be seen are written
// as \u and their number.
func (f *fixer) show(file string, before, after []byte) error {
	lines := diff.Diff(file, unixLines(before), file+" (corrected)", unixLines(after))
	var b strings.Builder
	for line := range strings.Lines(string(lines)) {
		if strings.HasPrefix(line, "diff ") {
			continue
		}
		line = strings.ReplaceAll(strings.TrimSuffix(line, "\n"), "\u00a0", `\u00a0`)
		for i, part := range strings.Split(line, "\t") {
			if i > 0 {
				b.WriteByte('\t')
			}
			b.WriteString(diag.Printable(part))
		}
		b.WriteByte('\n')
	}
	_, err := io.WriteString(f.out, b.String()+"\n")
	return err
}

func unixLines(text []byte) []byte { return bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n")) }

func (f *fixer) summary() string {
	looked := fmt.Sprintf("%d entries looked at", f.looked)
	if f.looked == 1 {
		looked = "1 entry looked at"
	}
	files := fmt.Sprintf("%d files", f.corrected)
	if f.corrected == 1 {
		files = "1 file"
	}
	switch {
	case f.corrected == 0:
		return "Nothing to correct; " + looked + "."
	case f.write:
		return files + " corrected; " + looked + "."
	}
	return files + " can be corrected; " + looked + ". Nothing was written: add --write if you agree."
}

// replaceFile puts a text in place of a file in one step, unless the file no
// longer holds what was read.
func replaceFile(root *os.Root, file string, before, after []byte) error {
	old, err := root.OpenFile(file, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer old.Close()
	info, err := old.Stat()
	if err != nil {
		return err
	}
	draft := path.Join(path.Dir(file), ".bulletin-fix-"+path.Base(file))
	if err := writeDraft(root, draft, info.Mode().Perm(), after); err != nil {
		return err
	}
	now, err := io.ReadAll(old)
	if err == nil && !bytes.Equal(now, before) {
		err = fmt.Errorf("%s was changed meanwhile, and stays as it is; run bulletin fix again", file)
	}
	if err == nil {
		if err = root.Rename(draft, file); err == nil {
			return nil
		}
	}
	return errors.Join(err, root.Remove(draft))
}

// writeDraft writes a file that is hidden from builds, and leaves no half of it.
func writeDraft(root *os.Root, name string, mode fs.FileMode, data []byte) error {
	if err := root.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err // one that was left by a failure of the machine
	}
	f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Chmod(mode), f.Sync(), f.Close())
	if err != nil {
		return errors.Join(err, root.Remove(name))
	}
	return nil
}
