package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"bulletin"
	"bulletin/internal/build"
	"bulletin/internal/check"
	"bulletin/internal/diag"
)

// checkFormats are the forms in which check can print, by name.
var checkFormats = map[string]func(*check.Report) error{
	"text":   func(r *check.Report) error { return r.WriteText(os.Stdout) },
	"json":   func(r *check.Report) error { return r.WriteJSON(os.Stdout) },
	"github": func(r *check.Report) error { return r.WriteGitHub(os.Stdout) },
	"sarif":  func(r *check.Report) error { return r.WriteSARIF(os.Stdout) },
}

// formatNames are those of checkFormats, the default first.
var formatNames = []string{"text", "json", "github", "sarif"}

func checkVerb() *cobra.Command {
	var flags siteFlags
	var format string
	var external, rules, readings bool
	c := &cobra.Command{
		Use:   "check",
		Short: "Find what to mend before anyone else does",
		Long: "check reads the whole site as a sub-editor does, and says what to mend and how.\nIt writes nothing. Only errors fail it; warnings are advice.\n\n" +
			"Rules are set in content/site.yaml under `checks`. --rules lists them.",
		Args: wantOptionsOnly,
		RunE: func(c *cobra.Command, _ []string) error {
			if rules {
				return wrapMachine(check.WriteRules(os.Stdout))
			}
			write, err := checkFormat(format)
			if err != nil {
				return err
			}
			if readings && format != "text" && format != "json" {
				return exit{exitUsage, "--report is printed as text or json only"}
			}
			o, err := flags.options()
			if err != nil {
				return err
			}
			var visitor *check.Visitor
			if external {
				visitor = newVisitor()
			}
			report, checked, err := build.New(bulletin.Layouts).Check(c.Context(), o, visitor)
			if err != nil {
				return failure(err)
			}
			if checked == nil {
				return printReport(report, nil, 0)
			}
			if readings {
				return wrapMachine(checked.WriteReadings(os.Stdout, format == "json"))
			}
			if err := write(checked); err != nil {
				return machine{err}
			}
			if checked.Problems.HasErrors() {
				return exit{status: exitProblems}
			}
			return nil
		},
	}
	flags.register(c)
	c.Flags().StringVar(&format, "format", formatNames[0], "print as `FORM`: "+strings.Join(formatNames, ", "))
	c.Flags().BoolVar(&external, "external", false, "also ask other sites whether what you link to is still there")
	c.Flags().BoolVar(&readings, "report", false, "say how hard each entry is to read, instead of what to mend")
	c.Flags().BoolVar(&rules, "rules", false, "list all rules, and check nothing")
	return c
}

func checkFormat(name string) (func(*check.Report) error, error) {
	if write, ok := checkFormats[name]; ok {
		return write, nil
	}
	text := fmt.Sprintf("--format cannot be %q; it is one of %s", name, strings.Join(formatNames, ", "))
	if near := diag.Nearest(name, formatNames); near != "" {
		text += fmt.Sprintf("; did you mean %s?", near)
	}
	return nil, exit{exitUsage, text}
}

// newVisitor gives a visitor that remembers answers in the user's folder for
// such things, if there is one.
func newVisitor() *check.Visitor {
	v := &check.Visitor{Clock: time.Now, Timeout: 15 * time.Second, Pause: 500 * time.Millisecond, Servers: 8}
	if dir, err := os.UserCacheDir(); err == nil {
		v.Cache = filepath.Join(dir, "bulletin", "links.json")
	}
	return v
}

func wrapMachine(err error) error {
	if err != nil {
		return machine{err}
	}
	return nil
}
