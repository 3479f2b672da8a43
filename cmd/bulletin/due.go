package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"bulletin"
	"bulletin/internal/build"
	"bulletin/internal/site"
)

// dueForms are the ways in which due can print.
type dueForms struct {
	next, json, cron, actions, systemd bool
}

func dueVerb() *cobra.Command {
	var flags siteFlags
	var forms dueForms
	c := &cobra.Command{
		Use:   "due",
		Short: "Tell what will change by itself, and when",
		Long: "due lists every instant at which the site changes by itself: an embargo that\nends, a deadline that passes, an event that is over. Build the site again at\nthose times and it stays true; --cron, --github-actions and --systemd print a\n" +
			"schedule that does so. Reviews and promises that fall due are listed too; they\nare for writers and change nothing.",
		Args: wantOptionsOnly,
		RunE: func(c *cobra.Command, _ []string) error {
			if err := forms.check(); err != nil {
				return err
			}
			o, err := flags.options()
			if err != nil {
				return err
			}
			report, due, err := build.New(bulletin.Layouts).Due(c.Context(), o)
			if err != nil {
				return failure(err)
			}
			if report.Problems.HasErrors() {
				if err := report.Problems.Print(os.Stderr); err != nil {
					return machine{err}
				}
				errs, _ := report.Problems.Count()
				return exit{exitProblems, count(errs, "problem", "problems") + " to mend before it can be said what is due"}
			}
			if err := forms.print(os.Stdout, due, report); err != nil {
				return machine{err}
			}
			return nil
		},
	}
	flags.register(c)
	c.Flags().BoolVar(&forms.next, "next", false, "print only the next instant (RFC 3339); nothing if there is none")
	c.Flags().BoolVar(&forms.json, "json", false, "print all as JSON")
	c.Flags().BoolVar(&forms.cron, "cron", false, "print lines for a crontab")
	c.Flags().BoolVar(&forms.actions, "github-actions", false, "print a schedule for GitHub Actions")
	c.Flags().BoolVar(&forms.systemd, "systemd", false, "print a systemd timer")
	return c
}

// check reports that more than one form was asked for.
func (f dueForms) check() error {
	var given []string
	for _, form := range []struct {
		name string
		set  bool
	}{{"--next", f.next}, {"--json", f.json}, {"--cron", f.cron}, {"--github-actions", f.actions}, {"--systemd", f.systemd}} {
		if form.set {
			given = append(given, form.name)
		}
	}
	if len(given) < 2 {
		return nil
	}
	return exit{exitUsage, fmt.Sprintf("due prints in one form at a time; leave out one of %s", strings.Join(given, " and "))}
}

func (f dueForms) print(w io.Writer, due build.Due, r *build.Report) error {
	switch {
	case f.next:
		if len(due.Changes) == 0 {
			return nil
		}
		_, err := fmt.Fprintln(w, due.Changes[0].At.UTC().Format(time.RFC3339))
		return err
	case f.json:
		return printDueJSON(w, due)
	case f.cron:
		return printCron(w, due)
	case f.actions:
		return printActions(w, due)
	case f.systemd:
		return printSystemd(w, due)
	}
	return printDueText(w, due, r.Location)
}

func printDueText(w io.Writer, due build.Due, zone *time.Location) error {
	var b strings.Builder
	list := func(title string, list []site.Due) {
		if len(list) == 0 {
			return
		}
		b.WriteString(title + "\n")
		for _, d := range list {
			fmt.Fprintf(&b, "  %s: “%s” %s (%s)\n", when(d.At.In(zone)), d.Title, d.What, d.File)
		}
	}
	list("The site changes by itself:", due.Changes)
	list("For writers:", due.Reminders)
	if b.Len() == 0 {
		b.WriteString("Nothing is due: the site stays as it is until its files change.\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func printDueJSON(w io.Writer, due build.Due) error {
	convert := func(list []site.Due) []jsonDue {
		out := []jsonDue{}
		for _, d := range list {
			out = append(out, jsonDue{At: d.At.UTC(), File: d.File, Title: d.Title, What: d.What})
		}
		return out
	}
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(map[string][]jsonDue{"changes": convert(due.Changes), "reminders": convert(due.Reminders)})
}

// scheduleLimit bounds printed schedules; the services that read them do so
// too.
const scheduleLimit = 60

// instants gives the next instants at which to build, each once, rounded up to
// the minute, within a year: cron knows no years.
func instants(due build.Due) []time.Time {
	var list []time.Time
	for _, d := range due.Changes {
		at := d.At.UTC().Add(time.Minute - time.Nanosecond).Truncate(time.Minute)
		if len(list) > 0 && at.Sub(list[0]) > 364*24*time.Hour || len(list) == scheduleLimit {
			break
		}
		if !slices.ContainsFunc(list, at.Equal) {
			list = append(list, at)
		}
	}
	return list
}

func printCron(w io.Writer, due build.Due) error {
	var b strings.Builder
	b.WriteString("# When the site changes by itself, in UTC. Print this anew when the content has changed,\n# and after the last of these times.\nCRON_TZ=UTC\n")
	for _, at := range instants(due) {
		fmt.Fprintf(&b, "%d %d %d %d * bulletin build --source /path/to/site\n", at.Minute(), at.Hour(), at.Day(), at.Month())
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func printActions(w io.Writer, due build.Due) error {
	var b strings.Builder
	b.WriteString("# Put this under \"on:\" in the workflow that builds the site. Times are in UTC.\n# Print this anew when the content has changed, and after the last of these times.\n")
	if list := instants(due); len(list) > 0 {
		b.WriteString("schedule:\n")
		for _, at := range list {
			fmt.Fprintf(&b, "  - cron: \"%d %d %d %d *\"\n", at.Minute(), at.Hour(), at.Day(), at.Month())
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func printSystemd(w io.Writer, due build.Due) error {
	var b strings.Builder
	b.WriteString("# bulletin.timer, for a bulletin.service that runs: bulletin build --source /path/to/site\n# Print this anew when the content has changed, and after the last of these times.\n[Unit]\nDescription=Build the site when it changes by itself\n\n[Timer]\n")
	for _, at := range instants(due) {
		fmt.Fprintf(&b, "OnCalendar=%s UTC\n", at.Format("2006-01-02 15:04:05"))
	}
	b.WriteString("AccuracySec=1s\nPersistent=true\n\n[Install]\nWantedBy=timers.target\n")
	_, err := io.WriteString(w, b.String())
	return err
}
