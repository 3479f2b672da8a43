package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"bulletin/internal/config"
)

func initVerb() *cobra.Command {
	var now, title string
	c := &cobra.Command{
		Use:   "init DIR",
		Short: "Start a new site",
		Long:  "init writes a small working site into a new or empty folder: settings, an\narticle, an event, a newsletter and a page.",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 || args[0] == "" {
				return exit{exitUsage, "name the folder of the new site, such as: bulletin init my-site"}
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			return initSite(args[0], title, now)
		},
	}
	c.Flags().StringVar(&title, "title", "Regional update", "the `title` of the site")
	c.Flags().StringVar(&now, "now", "", "write as of this `time` (default: the present)")
	return c
}

// initSite writes a new site into a folder.
func initSite(dir, title, now string) error {
	zone, _ := config.Zone(config.DefaultTimezone)
	today, err := day(now, zone)
	if err != nil {
		return err
	}
	if title = oneLine([]string{title}); title == "" {
		return exit{exitUsage, "--title cannot be empty; leave it out, or write the name of the site"}
	}
	if err := wantEmpty(dir); err != nil {
		return err
	}
	s := starter{
		Title: yamlText(title), Date: today.Format("2 January 2006"), Issue: today.Format("2006-01"),
		Month: today.Format("January 2006"), Start: firstTuesday(today).Format("2 January 2006"),
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return machine{err}
	}
	if err := s.write(dir); err != nil {
		return err
	}
	if strings.Contains(dir, " ") {
		dir = strconv.Quote(dir)
	}
	fmt.Printf("\nThe site is ready. To see it, and write with a preview:\n\n    cd %s\n    bulletin watch\n", dir)
	return nil
}

// write writes the files of a new site, or none of them.
func (s starter) write(dir string) error {
	for _, f := range []struct{ file, name string }{
		{"content/site.yaml", "site/site.yaml"},
		{"content/about.md", "site/about.md"},
		{"content/articles/welcome.md", "site/welcome.md"},
		{"content/events/drop-in.md", "site/drop-in.md"},
		{"content/newsletters/" + s.Issue + ".md", "site/newsletter.md"},
	} {
		if err := writeStarter(dir, filepath.FromSlash(f.file), f.name, s); err != nil {
			return errors.Join(err, removeStarter(dir))
		}
		fmt.Println(filepath.Join(dir, filepath.FromSlash(f.file)))
	}
	return nil
}

// removeStarter takes back what was written into a folder that was empty.
func removeStarter(dir string) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return machine{err}
	}
	defer root.Close()
	if err := root.RemoveAll("content"); err != nil {
		return machine{err}
	}
	return nil
}

// wantEmpty reports a folder that a new site cannot be put into. Hidden files,
// such as those of a version control system, are in nobody's way.
func wantEmpty(dir string) error {
	entries, err := os.ReadDir(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case errors.Is(err, syscall.ENOTDIR):
		return exit{exitUsage, fmt.Sprintf("%s cannot be a folder, because a file has that name; name a new one", dir)}
	case err != nil:
		return machine{err}
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") {
			return exit{exitUsage, fmt.Sprintf("%s is not empty: it holds %s; name a new folder", here(dir), e.Name())}
		}
	}
	return nil
}

// firstTuesday gives the first Tuesday of the next month.
func firstTuesday(today time.Time) time.Time {
	first := time.Date(today.Year(), today.Month()+1, 1, 0, 0, 0, 0, today.Location())
	return first.AddDate(0, 0, (int(time.Tuesday)-int(first.Weekday())+7)%7)
}
