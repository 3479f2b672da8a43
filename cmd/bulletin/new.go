package main

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"text/template"
	"time"
	"unicode"

	"github.com/spf13/cobra"

	"bulletin/internal/config"
	"bulletin/internal/diag"
	"bulletin/internal/slug"
	"bulletin/internal/source"
	"bulletin/internal/ukdate"
)

// starters are the files that new and init write, as text templates.
//
//go:embed starter
var starters embed.FS

func newVerb() *cobra.Command {
	var source, now string
	c := &cobra.Command{
		Use:   `new article|event|newsletter "Title"`,
		Short: "Begin an article, an event or a newsletter",
		Long:  "new writes a file with today's date and the keys that its kind can have,\nexplained, and prints the file's path. It never writes over a file.\n\nA newsletter gets the number after that of the newest issue, or that of the\nmonth in its title, and names what it would list: what is new, events ahead,\ndeadlines, and promises that are still to be kept.",
		Example: "  bulletin new article \"Conference puts belonging first\"\n" +
			"  bulletin new event \"Attendance workshop\"\n" +
			"  bulletin new newsletter \"September 2025\"",
		Args:      wantKindAndTitle,
		ValidArgs: []string{"article", "event", "newsletter"},
		RunE: func(_ *cobra.Command, args []string) error {
			if err := wantSite(source); err != nil {
				return err
			}
			c, err := settings(source)
			if err != nil {
				return err
			}
			today, err := day(now, c.Location)
			if err != nil {
				return err
			}
			var file string
			if title := oneLine(args[1:]); args[0] == "newsletter" {
				file, err = beginIssue(source, title, c.Title.Value, today)
			} else {
				file, err = begin(source, args[0], title, today)
			}
			if err != nil {
				return err
			}
			fmt.Println(file)
			return nil
		},
	}
	c.Flags().StringVar(&source, "source", ".", "the site's `folder`, which holds content/")
	c.Flags().StringVar(&now, "now", "", "write as of this `time` (default: the present)")
	return c
}

func wantKindAndTitle(c *cobra.Command, args []string) error {
	kinds := c.ValidArgs
	switch {
	case len(args) == 0:
		return exit{exitUsage, "say what to begin, such as: bulletin new article \"A title\""}
	case !slices.Contains(kinds, args[0]):
		advice := "write one of: " + strings.Join(kinds, ", ")
		if near := diag.Nearest(args[0], kinds); near != "" {
			advice = "did you mean " + near + "?"
		}
		return exit{exitUsage, fmt.Sprintf("there is no kind %q; %s", args[0], advice)}
	case oneLine(args[1:]) == "":
		return exit{exitUsage, fmt.Sprintf("a title is missing, such as: bulletin new %s \"A title\"", args[0])}
	}
	return nil
}

// oneLine joins the words of a title with single spaces.
func oneLine(words []string) string {
	return strings.Join(strings.Fields(strings.Join(words, " ")), " ")
}

// settings reads a site's settings, as far as they can be read: a new file can
// be begun whatever is wrong with them.
func settings(dir string) (*config.Config, error) {
	files := map[string][]byte{}
	folder, err := source.OpenFolder(dir)
	if err != nil {
		return nil, machine{err}
	}
	defer folder.Close()
	// A build says what is wrong with settings that cannot be read.
	if info, err := folder.Stat(config.File); err == nil && info.Mode().IsRegular() && info.Size() <= source.MaxKept {
		data, err := fs.ReadFile(folder, config.File)
		if err != nil {
			return nil, machine{err}
		}
		files[config.File] = data
	}
	c, _ := config.Read(files)
	return c, nil
}

// day gives the instant that --now names, or the present, in a time zone.
func day(now string, zone *time.Location) (time.Time, error) {
	at, err := parseNow(now)
	if err != nil {
		return time.Time{}, err
	}
	if at.IsZero() {
		return time.Now().In(zone), nil
	}
	t, err := at.In(zone)
	if err != nil {
		return time.Time{}, failure(err)
	}
	return t.In(zone), nil
}

// starter is what the templates of new files are filled with.
type starter struct {
	// Title is quoted where YAML needs it.
	Title string
	// Date is today; Issue the number of a newsletter; Month the same in
	// words; Start the first Tuesday that is ahead.
	Date, Issue, Month, Start string
	// What a new issue would list.
	issueLists
}

// longestName is the length at which the name of a new file is cut off, between
// two words: addresses are read out, printed and pasted.
const longestName = 60

// begin writes the file of a new article or event and gives its path.
func begin(source, kind, title string, today time.Time) (string, error) {
	name, err := nameOf(title)
	if err != nil {
		return "", err
	}
	folder := filepath.Join("content", kind+"s", strconv.Itoa(today.Year()))
	return create(source, folder, name, kind, starter{Title: yamlText(title), Date: ukdate.Date(today)})
}

// nameOf makes the name of a file from a title.
func nameOf(title string) (string, error) {
	name := shortened(slug.Make(title))
	if name == "" {
		return "", exit{exitUsage, fmt.Sprintf("the title %q has no letters to make a file name from", title)}
	}
	return name, nil
}

// create writes a new file into a folder of the site, unless there is one of the
// same address, and gives its path.
func create(site, folder, name, kind string, s starter) (string, error) {
	file := filepath.Join(folder, name+".md")
	if other, err := sameAddress(filepath.Join(site, folder), name); err != nil || other != "" {
		return "", orTaken(err, other)
	}
	return filepath.Join(site, file), writeStarter(site, file, kind+".md", s)
}

// shortened cuts a long name off between two words.
func shortened(name string) string {
	if len(name) <= longestName {
		return name
	}
	if cut := strings.LastIndexByte(name[:longestName+1], '-'); cut > 0 {
		return name[:cut]
	}
	return strings.ToValidUTF8(name[:longestName], "")
}

// sameAddress finds a file or folder beside a new file that would have the
// same address.
func sameAddress(folder, name string) (string, error) {
	entries, err := os.ReadDir(folder)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", machine{err}
	}
	for _, e := range entries {
		other := filepath.Join(folder, e.Name())
		if e.IsDir() {
			if other = filepath.Join(other, "index.md"); slug.Segment(e.Name()) != name {
				continue
			}
			if _, err := os.Stat(other); err == nil {
				return other, nil
			}
		} else if stem, isEntry := strings.CutSuffix(e.Name(), ".md"); isEntry && slug.Segment(stem) == name {
			return other, nil
		}
	}
	return "", nil
}

// orTaken gives the error, or says that a file is there already.
func orTaken(err error, file string) error {
	if err != nil {
		return err
	}
	return exit{exitUsage, fmt.Sprintf("%s is there already; choose another title, or edit that file", file)}
}

// yamlText writes a text so that YAML reads it as it is, also within braces.
func yamlText(s string) string {
	plain := !strings.ContainsAny(s, ":#\"'[]{}&*!|>%@`\\,") && !strings.ContainsFunc(s, unicode.IsControl)
	if plain && s != "" && !strings.ContainsAny(s[:1], "-?~=") && !strings.EqualFold(s, "null") {
		return s
	}
	return strconv.Quote(s)
}

// writeStarter fills a template and writes it to a file below the site's folder,
// never over another file.
func writeStarter(site, file, name string, s starter) error {
	text, err := starters.ReadFile("starter/" + name)
	if err != nil {
		return machine{err}
	}
	t, err := template.New(name).Parse(string(text))
	if err != nil {
		return machine{err}
	}
	var b bytes.Buffer
	if err := t.Execute(&b, s); err != nil {
		return machine{err}
	}
	err = writeInSite(site, file, b.Bytes(), os.O_EXCL)
	if errors.Is(err, fs.ErrExist) {
		return orTaken(nil, filepath.Join(site, file))
	}
	return err
}

// writeInSite writes a file below the site's folder, but never to where a link
// leads out of the site. mode is os.O_EXCL, for a file that must not exist, or
// os.O_TRUNC.
func writeInSite(site, file string, data []byte, mode int) error {
	root, err := os.OpenRoot(site)
	if err != nil {
		return machine{err}
	}
	defer root.Close()
	if err := root.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return machine{err}
	}
	f, err := root.OpenFile(file, os.O_WRONLY|os.O_CREATE|mode, 0o644)
	if err != nil {
		return machine{err}
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Close())
	if err != nil && mode == os.O_EXCL {
		err = errors.Join(err, root.Remove(file)) // no half of it is left
	}
	if err != nil {
		return machine{err}
	}
	return nil
}
