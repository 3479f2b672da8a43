package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"bulletin"
	"bulletin/internal/build"
	"bulletin/internal/diag"
	"bulletin/internal/serve"
	"bulletin/internal/watch"
)

// pollEvery is the time between two looks at the files with --poll.
const pollEvery = 500 * time.Millisecond

// tidyAfter is how long after the last edit that was retouched the whole site
// is built, so that further edits need not wait for that; tidyBy is how long
// after the first it is built all the same.
const (
	tidyAfter = 2 * time.Second
	tidyBy    = 30 * time.Second
)

func watchVerb() *cobra.Command {
	var flags siteFlags
	var port int
	var host string
	var poll, open bool
	c := &cobra.Command{
		Use:   "watch",
		Short: "Build the site, show it in the browser, and follow every change",
		Long:  "watch builds the site, serves it to this computer alone, and builds again\nwhenever a file in content/ or layouts/ changes. Open pages reload by themselves.\nIf something has to be mended, the pages say so and the last good site stays.",
		Args:  wantOptionsOnly,
		RunE: func(c *cobra.Command, _ []string) error {
			o, err := flags.options()
			if err != nil {
				return err
			}
			if port < 0 || port > 65535 {
				return exit{exitUsage, fmt.Sprintf("--port cannot be %d; choose a number from 1024 to 65535", port)}
			}
			p := newPreview(o, poll, host)
			return p.run(c.Context(), port, open)
		},
	}
	flags.register(c)
	c.Flags().IntVar(&port, "port", 0, "serve on this `port` (default: the next free one from 1313)")
	c.Flags().StringVar(&host, "host", "", "serve on this `address`, such as 0.0.0.0, which lets other computers see the preview (default: this computer alone)")
	c.Flags().BoolVar(&poll, "poll", false, "look for changes again and again; for network drives, which announce none")
	c.Flags().BoolVar(&open, "open", false, "open the site in the browser")
	return c
}

// preview builds and serves a site until it is told to stop.
type preview struct {
	options build.Options
	poll    bool
	builder *build.Builder
	server  *serve.Server
	// next is when the site changes by itself; zero for never.
	next time.Time
	// tidy is when to build after edits were retouched, and latest the longest
	// that this can be put off; zero for not at all.
	tidy, latest time.Time
	// warnings are those of the last good build.
	warnings diag.List
	// zone is the site's time zone.
	zone *time.Location
	// said is what was last printed about problems, so that it is said once.
	said string
	// nap is the longest wait before the clock is looked at again: while a
	// computer sleeps, timers stand still.
	nap time.Duration
	// out is for what was done, and errors for what has to be mended.
	out, errors io.Writer
}

func newPreview(o build.Options, poll bool, host string) *preview {
	output := o.Output
	if !filepath.IsAbs(output) {
		output = filepath.Join(o.Source, output)
	}
	o.Watched = true
	return &preview{
		options: o, poll: poll, builder: build.New(bulletin.Layouts), server: serve.New(serve.Options{Dir: output, Base: "/", Host: host}),
		nap: time.Minute, out: os.Stdout, errors: os.Stderr,
	}
}

// run builds, serves and follows changes until ctx ends.
func (p *preview) run(ctx context.Context, port int, open bool) error {
	root, err := filepath.Abs(p.options.Source)
	if err != nil {
		return machine{err}
	}
	if err := p.server.Listen(port); err != nil {
		return machine{err}
	}
	if p.server.Exposed() {
		fmt.Fprintln(p.errors, "Warning: with --host, everyone on your network can read this preview, drafts and entries under embargo that it shows included.")
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	served := make(chan error, 1)
	go func() { served <- p.server.Serve(ctx) }()
	options := watch.Options{
		Roots:  []string{filepath.Join(root, "content"), filepath.Join(root, "layouts")},
		Notice: func(text string) { fmt.Fprintln(p.errors, text) },
	}
	if p.poll {
		options.Poll = pollEvery
	}
	watcher, err := watch.Start(ctx, options)
	if err != nil {
		return machine{err}
	}
	defer watcher.Wait()
	defer stop()
	p.build(ctx, true)
	fmt.Fprintf(p.out, "Preview at %s (press Ctrl+C to stop)\n", p.server.URL())
	if open {
		openBrowser(p.server.URL())
	}
	for {
		select {
		case <-ctx.Done():
			return nil
		case err := <-served:
			if err != nil {
				return machine{err}
			}
			return nil
		case file := <-watcher.Hints():
			p.retouch(ctx, file)
		case <-watcher.Bell():
			select {
			case file := <-watcher.Hints(): // which came before the ring
				p.retouch(ctx, file)
			default:
			}
			if p.tidy.IsZero() {
				p.build(ctx, false)
			}
		case <-p.tidying():
			p.tidyUp(ctx, watcher.Hints())
		case <-p.due():
			if p.overdue() {
				p.build(ctx, false)
			}
		}
	}
}

// due gives a channel that receives when it is time to look at the clock.
func (p *preview) due() <-chan time.Time {
	if p.next.IsZero() {
		return nil
	}
	return time.After(max(min(p.next.Sub(p.now()), p.nap), 10*time.Millisecond))
}

// overdue reports that the site has changed by itself.
func (p *preview) overdue() bool { return !p.now().Before(p.next) }

// now is the time by the clock on the wall, which a computer that slept has to
// set.
func (p *preview) now() time.Time { return p.options.Clock().Round(0) }

// tidying gives a channel that receives when edits were retouched and it is
// time to build.
func (p *preview) tidying() <-chan time.Time {
	if p.tidy.IsZero() {
		return nil
	}
	return time.After(time.Until(p.tidy))
}

// retouch shows an edit of one file at once, if it can be. If not, the ring of
// the bell that follows leads to a build.
func (p *preview) retouch(ctx context.Context, file string) {
	began := time.Now()
	changed, ok := p.builder.Retouch(ctx, file)
	if !ok {
		p.tidy = time.Time{}
		return
	}
	now := time.Now()
	if p.tidy.IsZero() {
		p.latest = now.Add(tidyBy)
	}
	if p.tidy = now.Add(tidyAfter); p.tidy.After(p.latest) {
		p.tidy = p.latest
	}
	p.show(changed, p.warnings)
	p.sayChanged(changed, began)
}

// show has browsers reload after a good build.
func (p *preview) show(changed []string, warnings diag.List) {
	p.server.Built(changed)
	p.server.Problems(warnings)
}

func (p *preview) sayChanged(files []string, began time.Time) {
	if len(files) > 0 {
		fmt.Fprintf(p.out, "%s  Rebuilt in %s: %s\n", p.now().In(p.zone).Format("15:04:05"), seconds(time.Since(began)), changed(files))
	}
}

// built is a build that ended.
type built struct {
	report *build.Report
	err    error
}

// tidyUp builds after edits were retouched. Another edit calls it off, so that
// the page need not wait, unless it was put off for long enough.
func (p *preview) tidyUp(ctx context.Context, hints <-chan string) {
	if !time.Now().Before(p.latest) {
		p.build(ctx, false)
		return
	}
	began := time.Now()
	whole, callOff := context.WithCancel(ctx)
	defer callOff()
	ended := make(chan built, 1)
	go func() {
		report, err := p.builder.Build(whole, p.options)
		ended <- built{report, err}
	}()
	select {
	case b := <-ended:
		p.tell(ctx, b, began, false)
	case file := <-hints:
		callOff()
		if b := <-ended; !errors.Is(b.err, context.Canceled) { // it was too late for that
			p.tell(ctx, b, began, false)
		}
		p.retouch(ctx, file)
	}
}

// build builds once and tells terminal and browsers how it went.
func (p *preview) build(ctx context.Context, first bool) {
	began := time.Now()
	report, err := p.builder.Build(ctx, p.options)
	p.tell(ctx, built{report, err}, began, first)
}

func (p *preview) tell(ctx context.Context, b built, began time.Time, first bool) {
	if ctx.Err() != nil {
		return
	}
	report := b.report
	if err := b.err; err != nil {
		report.Problems.Add(diag.Errorf(diag.Pos{File: p.options.Output}, "machine", "the next change of a file tries again", "%v", err))
	}
	p.next, p.tidy = time.Time{}, time.Time{}
	if report.Next != nil && p.options.At.IsZero() {
		p.next = report.Next.At.Round(0)
	}
	if report.Problems.HasErrors() {
		p.server.Problems(report.Problems)
		p.say(report.Problems, "Not rebuilt: "+verdict(report.Problems)+"; the last good site stays.")
		return
	}
	p.server.SetBase(report.Base)
	p.server.SetURL(report.URL)
	p.server.SetPolicy(report.Policy)
	p.zone, p.warnings = report.Location, report.Problems
	p.show(report.Result.Changed, report.Problems)
	p.say(report.Problems, "")
	if first {
		fmt.Fprintln(p.out, summary(report, time.Since(began)))
	} else {
		p.sayChanged(report.Result.Changed, began)
	}
}

// say prints problems, unless they are those that were printed last.
func (p *preview) say(problems diag.List, verdict string) {
	var b strings.Builder
	if err := problems.Print(&b); err != nil {
		return
	}
	if text := b.String(); text != p.said {
		p.said = text
		if verdict != "" {
			text += verdict + "\n"
		} else if text == "" {
			text = "All problems are mended.\n"
		}
		fmt.Fprint(p.errors, text)
	}
}

// changed names the files that were written or removed, or counts many.
func changed(files []string) string {
	const some = 3
	if len(files) <= some {
		return strings.Join(files, ", ")
	}
	return fmt.Sprintf("%d files", len(files))
}

// openBrowser opens an address; where that cannot be done, the address has
// been printed.
func openBrowser(address string) {
	name, args := "xdg-open", []string{address}
	switch runtime.GOOS {
	case "darwin":
		name = "open"
	case "windows":
		name, args = "rundll32", []string{"url.dll,FileProtocolHandler", address}
	}
	if err := exec.Command(name, args...).Start(); err != nil {
		fmt.Fprintln(os.Stderr, "The browser could not be opened; go to the address yourself.")
	}
}
