// Package diag holds positions in a site's files and the problems found there.
//
// A problem is a value. Every stage collects its problems and hands them on;
// they are sorted and printed once, at the end, so that a writer sees all of
// them in one run:
//
//	content/events/webinar.md:4:1: unknown key "strat": did you mean "start"? [unknown-key]
//	    hint: write "start: 23 September 2025 10:00am"
//
// Nothing in bulletin answers bad input with a panic or with a Go error meant
// for programmers.
package diag

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Pos is a place in a file of the site.
type Pos struct {
	// File is slash-separated and relative to the site's folder, such as
	// "content/articles/belonging.md".
	File string `json:"file"`
	// Line and Col count from 1; Col counts characters, not bytes. Zero means
	// that the problem belongs to the file (or line) as a whole.
	Line int `json:"line,omitempty"`
	Col  int `json:"col,omitempty"`
}

// String gives "file:line:col". A position without a line is printed as line
// 1, column 1, so that every problem can be opened by an editor.
func (p Pos) String() string {
	return fmt.Sprintf("%s:%d:%d", p.File, max(p.Line, 1), max(p.Col, 1))
}

// Compare orders positions by file, line and column.
func (p Pos) Compare(q Pos) int {
	return cmp.Or(cmp.Compare(p.File, q.File), cmp.Compare(p.Line, q.Line), cmp.Compare(p.Col, q.Col))
}

// Severity says whether a problem stops the build.
type Severity string

const (
	// Error stops the build: nothing is written.
	Error Severity = "error"
	// Warning is reported; the build goes on.
	Warning Severity = "warning"
)

// Problem is one thing that a writer should know about, in plain English.
type Problem struct {
	Pos
	Severity Severity `json:"severity"`
	// Rule is the problem's stable short name, such as "unknown-key".
	Rule string `json:"rule"`
	// Text says what is wrong; Hint says what to write instead.
	Text string `json:"text"`
	Hint string `json:"hint,omitempty"`
}

// Errorf makes a problem that stops the build.
func Errorf(pos Pos, rule, hint, format string, args ...any) Problem {
	return Problem{Pos: pos, Severity: Error, Rule: rule, Hint: hint, Text: fmt.Sprintf(format, args...)}
}

// Warnf makes a problem that is reported while the build goes on.
func Warnf(pos Pos, rule, hint, format string, args ...any) Problem {
	return Problem{Pos: pos, Severity: Warning, Rule: rule, Hint: hint, Text: fmt.Sprintf(format, args...)}
}

// String gives the problem as it is printed, without a final newline. Control
// characters that come from a site's files are shown as escapes, so that no
// file can steer the terminal.
func (p Problem) String() string {
	var b strings.Builder
	b.WriteString(Printable(p.Pos.String()))
	b.WriteString(": ")
	if p.Severity == Warning {
		b.WriteString("warning: ")
	}
	fmt.Fprintf(&b, "%s [%s]", Printable(p.Text), p.Rule)
	if p.Hint != "" {
		for i, line := range strings.Split(p.Hint, "\n") {
			if i == 0 {
				line = "hint: " + line
			}
			b.WriteString("\n    " + Printable(line))
		}
	}
	return b.String()
}

// List is a collection of problems.
type List []Problem

// Add appends problems.
func (l *List) Add(problems ...Problem) { *l = append(*l, problems...) }

// Sort orders the list by position, then rule and text, and drops exact
// repetitions.
func (l *List) Sort() {
	slices.SortStableFunc(*l, func(a, b Problem) int {
		return cmp.Or(a.Pos.Compare(b.Pos), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Text, b.Text))
	})
	*l = slices.Compact(*l)
}

// HasErrors reports whether any problem stops the build.
func (l List) HasErrors() bool {
	return slices.ContainsFunc(l, func(p Problem) bool { return p.Severity == Error })
}

// Count gives the number of errors and of warnings.
func (l List) Count() (errors, warnings int) {
	for _, p := range l {
		if p.Severity == Error {
			errors++
		} else {
			warnings++
		}
	}
	return errors, warnings
}

// Print writes the problems in their order, each on lines of its own.
func (l List) Print(w io.Writer) error {
	for _, p := range l {
		if _, err := fmt.Fprintln(w, p); err != nil {
			return err
		}
	}
	return nil
}

// Error makes a problem usable where Go wants an error, so that the maker of
// an output can say which line of a layout is at fault.
func (p Problem) Error() string { return p.String() }
