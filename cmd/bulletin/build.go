package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"bulletin"
	"bulletin/internal/build"
	"bulletin/internal/config"
	"bulletin/internal/diag"
	"bulletin/internal/ukdate"
)

// siteFlags are the options that build and watch have in common.
type siteFlags struct {
	source, output, now, baseURL string
	drafts                       bool
}

func (f *siteFlags) register(c *cobra.Command) {
	c.Flags().StringVar(&f.source, "source", ".", "the site's `folder`, which holds content/")
	c.Flags().StringVar(&f.output, "output", "public", "the `folder` to build into, seen from the site's folder")
	c.Flags().StringVar(&f.now, "now", "", "build as of this `time`, such as 2025-09-23T10:00:00+01:00 (default: the present)")
	c.Flags().StringVar(&f.baseURL, "base-url", "", "publish at this `address` instead of the url in the settings")
	c.Flags().BoolVar(&f.drafts, "drafts", false, "publish drafts too")
}

// options turns the flags into the options of a build.
func (f *siteFlags) options() (build.Options, error) {
	o := build.Options{Source: f.source, Output: f.output, BaseURL: f.baseURL, Drafts: f.drafts, Clock: time.Now}
	if err := wantSite(f.source); err != nil {
		return o, err
	}
	if f.baseURL != "" {
		if err := new(config.Config).SetURL(f.baseURL); err != nil {
			return o, exit{exitUsage, "--base-url: " + err.Error()}
		}
	}
	at, err := parseNow(f.now)
	o.At = at
	return o, err
}

// wantOptionsOnly reports what is no option.
func wantOptionsOnly(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return exit{exitUsage, fmt.Sprintf("%s takes options only, not %q; the folder of the site is named with --source", c.Name(), args[0])}
}

// wantSite reports a folder that holds no site.
func wantSite(source string) error {
	info, err := os.Stat(filepath.Join(source, "content"))
	switch {
	case err == nil && info.IsDir():
		return nil
	case err == nil || errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR):
		return exit{exitUsage, fmt.Sprintf("there is no folder named content in %s; go to the folder of your site, name it with --source, or start a site with: bulletin init FOLDER", here(source))}
	}
	return machine{err}
}

// here names a folder as a message does.
func here(dir string) string {
	if filepath.Clean(dir) == "." {
		return "this folder"
	}
	return dir
}

// parseNow reads the --now of a command; without one it is the zero value.
func parseNow(now string) (ukdate.Value, error) {
	if now == "" {
		return ukdate.Value{}, nil
	}
	at, err := ukdate.Parse(now)
	if err != nil || at.HasEnd || at.Precision == ukdate.Month {
		return at, exit{exitUsage, fmt.Sprintf("--now cannot be %q; write it like 2025-09-23T10:00:00+01:00 or \"2025-09-23 10:00\"", now)}
	}
	return at, nil
}

func buildVerb() *cobra.Command {
	var flags siteFlags
	var asJSON, reread bool
	var profile string
	c := &cobra.Command{
		Use:   "build",
		Short: "Build the site into public/",
		Long:  "build reads content/ and layouts/ and writes the site into public/.\n\nIf anything in the content has to be mended, all of it is listed and nothing is\nwritten: the last good site stays. Otherwise only what differs is written.",
		Args:  wantOptionsOnly,
		RunE: func(c *cobra.Command, _ []string) error {
			o, err := flags.options()
			if err != nil {
				return err
			}
			o.Cache, o.Reread, o.Once = cacheFolder(), reread, true
			progress := newProgress(os.Stderr)
			o.Progress = progress.step
			return profiled(profile, func() error {
				began := time.Now()
				report, err := build.New(bulletin.Layouts).Build(c.Context(), o)
				progress.clear()
				if asJSON {
					return printJSON(os.Stdout, report, err)
				}
				return printReport(report, err, time.Since(began))
			})
		},
	}
	flags.register(c)
	c.Flags().BoolVar(&asJSON, "json", false, "print what was done, and all problems, as JSON")
	c.Flags().BoolVar(&reread, "reread", false, "read every file again, even if nothing seems to have touched it")
	c.Flags().StringVar(&profile, "profile", "", "write where the time goes to this `file`, for go tool pprof")
	return c
}

// cacheFolder is where builds are remembered from one to the next: the folder
// that the system has for such things, if it has one.
func cacheFolder() string {
	dir, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "bulletin")
}

// printReport says how a build went: problems on standard error, and what was
// done in a line on standard output.
func printReport(r *build.Report, err error, took time.Duration) error {
	if err != nil {
		return failure(err)
	}
	if err := r.Problems.Print(os.Stderr); err != nil {
		return machine{err}
	}
	if r.Problems.HasErrors() {
		return exit{statusOf(r.Problems), verdict(r.Problems)}
	}
	if _, err := fmt.Println(summary(r, took)); err != nil {
		return machine{err}
	}
	return nil
}

// failure sorts the errors of a build into those of the command line and those
// of the machine.
func failure(err error) error {
	if e := (*ukdate.Error)(nil); errors.As(err, &e) {
		return exit{exitUsage, fmt.Sprintf("--now: %s; %s", e.Text, e.Hint)}
	}
	return machine{err}
}

// statusOf gives the exit status for problems that stop the build. An output
// folder that cannot be one is a slip of the command line, not of the content.
func statusOf(problems diag.List) int {
	if problems[0].Rule == build.RuleOutputFolder {
		return exitUsage
	}
	return exitProblems
}

// verdict counts the problems of a build that wrote nothing.
func verdict(problems diag.List) string {
	errs, warnings := problems.Count()
	text := fmt.Sprintf("%s to mend; nothing was written", count(errs, "problem", "problems"))
	if warnings > 0 {
		text += fmt.Sprintf(" (and %s)", count(warnings, "warning", "warnings"))
	}
	return text
}

// summary says in words what was built, how long it took, and when the site
// will next change by itself.
func summary(r *build.Report, took time.Duration) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Built %s, %s, %s and %s in %s: ",
		count(r.Counts.Articles, "article", "articles"), count(r.Counts.Events, "event", "events"),
		count(r.Counts.Newsletters, "newsletter", "newsletters"), count(r.Counts.Pages, "page", "pages"), seconds(took))
	files := r.Result
	switch {
	case files.Written == 0 && files.Removed == 0:
		fmt.Fprintf(&b, "all %s were up to date.", count(files.Kept, "file", "files"))
	default:
		fmt.Fprintf(&b, "%s written", count(files.Written, "file", "files"))
		if files.Removed > 0 {
			fmt.Fprintf(&b, ", %d removed", files.Removed)
		}
		if files.Kept > 0 {
			fmt.Fprintf(&b, ", %d unchanged", files.Kept)
		}
		b.WriteByte('.')
	}
	if next := r.Next; next != nil {
		fmt.Fprintf(&b, " It will next change by itself %s (“%s” %s).", when(next.At.In(r.Location)), next.Title, next.What)
	}
	return b.String()
}

// when says when something is due. Midnight is heard as the end of a day as
// often as its start.
func when(t time.Time) string {
	if t.Hour() == 0 && t.Minute() == 0 {
		return "at the start of " + ukdate.Long(t)
	}
	return "on " + ukdate.DateTime(t)
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

func seconds(d time.Duration) string {
	if d < time.Second {
		return fmt.Sprintf("%d ms", d.Milliseconds())
	}
	return fmt.Sprintf("%.1f s", d.Seconds())
}

// jsonReport is what build --json prints.
type jsonReport struct {
	OK       bool      `json:"ok"`
	Error    string    `json:"error,omitempty"`
	Problems diag.List `json:"problems"`
	Entries  struct {
		Articles    int `json:"articles"`
		Events      int `json:"events"`
		Newsletters int `json:"newsletters"`
		Pages       int `json:"pages"`
	} `json:"entries"`
	Files struct {
		Written int `json:"written"`
		Removed int `json:"removed"`
		Kept    int `json:"kept"`
	} `json:"files"`
	Next *jsonDue `json:"next,omitempty"`
}

// jsonDue is an instant at which the site changes by itself.
type jsonDue struct {
	At    time.Time `json:"at"`
	File  string    `json:"file"`
	Title string    `json:"title"`
	What  string    `json:"what"`
}

func printJSON(w io.Writer, r *build.Report, err error) error {
	out := jsonReport{Problems: diag.List{}}
	if err != nil {
		out.Error = err.Error()
	} else {
		out.OK = !r.Problems.HasErrors()
		out.Problems = append(out.Problems, r.Problems...)
		out.Entries = r.Counts
		out.Files.Written, out.Files.Removed, out.Files.Kept = r.Result.Written, r.Result.Removed, r.Result.Kept
		if r.Next != nil {
			out.Next = &jsonDue{At: r.Next.At.UTC(), File: r.Next.File, Title: r.Next.Title, What: r.Next.What}
		}
	}
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	if printing := e.Encode(out); printing != nil {
		return machine{errors.Join(err, printing)}
	}
	switch {
	case err != nil:
		return failure(err)
	case !out.OK:
		return exit{status: statusOf(r.Problems)}
	}
	return nil
}

// progress writes a line that counts up, on a terminal and for long work only.
type progress struct {
	w     *os.File
	shown bool
	began time.Time
	last  time.Time
}

func newProgress(w *os.File) *progress {
	p := &progress{began: time.Now()}
	if term.IsTerminal(int(w.Fd())) {
		p.w = w
	}
	return p
}

// patience is how long work takes before its progress is shown.
const patience = 400 * time.Millisecond

// step is called after each file that was made, by one goroutine at a time.
func (p *progress) step(done, total int) {
	now := time.Now()
	if p.w == nil || now.Sub(p.began) < patience || now.Sub(p.last) < 100*time.Millisecond {
		return
	}
	p.last, p.shown = now, true
	if total == 0 {
		fmt.Fprintf(p.w, "\rMaking files: %d", done)
		return
	}
	fmt.Fprintf(p.w, "\rMaking files: %d of %d", done, total)
}

// clear removes the line.
func (p *progress) clear() {
	if p.shown {
		fmt.Fprint(p.w, "\r\033[K")
	}
}
