// Command bulletin makes a web site with feeds from a folder of Markdown:
// articles, event listings and newsletters for a region.
//
//	bulletin init my-site        start a site
//	bulletin build               build it into public/
//	bulletin watch               build, show it in the browser, and follow every change
//	bulletin check               find what to mend before anyone else does
//	bulletin fix                 correct what a paste left behind
//	bulletin new event "Title"   begin an entry
//
// Exit status: 0 done; 1 the content has problems, which are listed, and
// nothing was written; 2 the command was used wrongly; 3 the machine failed.
package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"
	_ "time/tzdata" // zones are known on machines without a database of their own

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"bulletin/internal/diag"
)

// The exit statuses.
const (
	exitDone     = 0
	exitProblems = 1
	exitUsage    = 2
	exitMachine  = 3
)

// exit is an error that decides the exit status. Without text, what there is
// to say has been said.
type exit struct {
	status int
	text   string
}

func (e exit) Error() string { return e.text }

// verbs are the commands, each in a file of its own.
var verbs = []func() *cobra.Command{buildVerb, watchVerb, checkVerb, fixVerb, newVerb, initVerb, dueVerb, layoutsVerb}

func main() {
	tuneMemory()
	os.Exit(run())
}

// run executes the command line and gives the exit status.
func run() int {
	ctx, stop := signal.NotifyContext(context.Background(), stopSignals()...)
	defer stop()
	// What hangs in a call of the system, as on a share that does not answer,
	// ends when it is asked again.
	context.AfterFunc(ctx, func() {
		time.Sleep(2 * time.Second)
		stop()
	})
	root := &cobra.Command{
		Use:           "bulletin",
		Short:         "Makes a web site with feeds from a folder of Markdown",
		Long:          "bulletin turns Markdown articles, event listings and newsletters into an\naccessible web site with feeds, for any static server.\n\nThe manual is part of the sample site, in content/guide/.",
		SilenceErrors: true,
		SilenceUsage:  true,

		PersistentPreRunE: refuseEmpty,
	}
	root.CompletionOptions.HiddenDefaultCmd = true
	root.SetFlagErrorFunc(explainFlag)
	for _, verb := range verbs {
		root.AddCommand(verb())
	}
	return status(root.ExecuteContext(ctx))
}

// stopSignals are those by which a command is stopped; not that of a window
// that was closed, where the command is to outlive it (nohup).
func stopSignals() []os.Signal {
	signals := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) {
		signals = append(signals, syscall.SIGHUP)
	}
	return signals
}

// explainFlag says what is wrong with an option, and which one was meant.
func explainFlag(c *cobra.Command, err error) error {
	text := err.Error()
	if unknown := (*pflag.NotExistError)(nil); errors.As(err, &unknown) {
		var names []string
		c.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
		if near := diag.Nearest(unknown.GetSpecifiedName(), names); near != "" {
			text += "; did you mean --" + near + "?"
		}
	}
	if invalid := (*pflag.InvalidValueError)(nil); errors.As(err, &invalid) {
		want := map[string]string{"int": "a whole number", "bool": "true, false or nothing"}[invalid.GetFlag().Value.Type()]
		text = fmt.Sprintf("--%s cannot be %q; write %s", invalid.GetFlag().Name, invalid.GetValue(), want)
	}
	return exit{exitUsage, text + "\nTry: " + c.CommandPath() + " --help"}
}

// refuseEmpty reports an option that was given and holds nothing, as that of a
// script does whose variable was never set.
func refuseEmpty(c *cobra.Command, _ []string) (err error) {
	c.Flags().Visit(func(f *pflag.Flag) {
		if err == nil && f.Value.Type() == "string" && strings.TrimSpace(f.Value.String()) == "" {
			what, _ := pflag.UnquoteUsage(f)
			err = exit{exitUsage, fmt.Sprintf("--%s cannot be empty; leave it out, or write the %s", f.Name, strings.ToLower(what))}
		}
	})
	return err
}

// status prints what there is to say of an error, and gives the exit status.
func status(err error) int {
	if err == nil {
		return exitDone
	}
	var e exit
	switch {
	case errors.As(err, &e):
		if e.text != "" {
			fmt.Fprintln(os.Stderr, "bulletin: "+e.text)
		}
		return e.status
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(os.Stderr, "bulletin: stopped; nothing was changed")
		return exitMachine
	case isMachine(err):
		fmt.Fprintln(os.Stderr, "bulletin: "+plainly(err))
		if hint := remedy(err); hint != "" {
			fmt.Fprintln(os.Stderr, "    hint: "+hint)
		}
		return exitMachine
	}
	fmt.Fprintf(os.Stderr, "bulletin: %v\nTry: bulletin --help\n", err)
	return exitUsage
}

// escapes is what package os says of a link that leads out of a Root; there is
// no error to compare with.
const escapes = "path escapes from parent"

// plainly gives the text of an error of the machine without the name of the
// call that failed.
func plainly(err error) string {
	text := err.Error()
	if of := (*fs.PathError)(nil); errors.As(err, &of) && of.Path != "" {
		text = strings.Replace(text, of.Error(), of.Path+": "+of.Err.Error(), 1)
	}
	return strings.Replace(text, escapes, "a link here, or on the way here, leads out of the site's folder", 1)
}

// remedy says what can be done about an error of the machine.
func remedy(err error) string {
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return "the disk is full: delete what is not needed, and try again"
	case errors.Is(err, syscall.EROFS):
		return "this disk can be read but not written to: choose another folder with --output, or ask who looks after the computer"
	case errors.Is(err, fs.ErrPermission):
		return "you are not allowed to do this: check to whom the files belong, or ask who looks after the computer"
	}
	return ""
}

// machine marks an error as one of the disk, the network or the system.
type machine struct{ error }

func (m machine) Unwrap() error { return m.error }

func isMachine(err error) bool {
	var m machine
	return errors.As(err, &m)
}
