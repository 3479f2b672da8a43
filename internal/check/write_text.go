package check

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"bulletin/internal/diag"
)

// WriteText writes the report for people: by file, each finding with its line
// and a caret below, and the counts at the end.
func (r *Report) WriteText(w io.Writer) error {
	var b strings.Builder
	lines := lineReader{files: r.Files}
	file := ""
	for i, p := range r.Problems {
		if i == 0 || p.File != file {
			file = p.File
			fmt.Fprintf(&b, "%s\n", diag.Printable(file))
		}
		r.writeFinding(&b, p, &lines)
	}
	for _, note := range r.Notes {
		fmt.Fprintf(&b, "Note: %s\n", note)
	}
	b.WriteString(r.summary())
	_, err := io.WriteString(w, b.String())
	return err
}

func (r *Report) writeFinding(b *strings.Builder, p diag.Problem, lines *lineReader) {
	place := ""
	if p.Line > 0 {
		place = fmt.Sprintf("%d:%d ", p.Line, max(p.Col, 1))
	}
	fmt.Fprintf(b, "  %s%s: %s [%s]\n", place, p.Severity, diag.Printable(p.Text), p.Rule)
	if shown, caret := excerpt(lines.line(p.File, p.Line), p.Col); shown != "" {
		number := fmt.Sprint(p.Line)
		fmt.Fprintf(b, "    %s | %s\n    %s | %s^\n", number, shown, strings.Repeat(" ", len(number)), strings.Repeat(" ", caret))
	}
	if p.Hint != "" {
		first, more, _ := strings.Cut(diag.Printable(strings.ReplaceAll(p.Hint, "\n", "\x00")), `\u0000`)
		fmt.Fprintf(b, "    hint: %s\n", first)
		for line := range strings.SplitSeq(more, `\u0000`) {
			if line != "" {
				fmt.Fprintf(b, "          %s\n", line)
			}
		}
	}
	b.WriteByte('\n')
}

// summary counts what was found, in a line.
func (r *Report) summary() string {
	errs, warnings := r.Problems.Count()
	text := fmt.Sprintf("%s and %s", counted(errs, "error"), counted(warnings, "warning"))
	switch {
	case errs == 0 && warnings == 0:
		text = "Nothing to mend"
	default:
		files := map[string]bool{}
		for _, p := range r.Problems {
			files[p.File] = true
		}
		text += " in " + counted(len(files), "file")
	}
	entries := fmt.Sprintf("%d entries", r.Entries)
	if r.Entries == 1 {
		entries = "1 entry"
	}
	text += "; " + entries + " checked"
	if r.Silenced > 0 {
		text += ", " + counted(r.Silenced, "finding") + " silenced"
	}
	return text + ".\n"
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// lineReader gives lines of files; findings come in the order of both.
type lineReader struct {
	files map[string][]byte
	file  string
	lines []string
}

// line gives a line of a file, from 1; empty if there is none.
func (l *lineReader) line(file string, n int) string {
	if file != l.file || l.lines == nil {
		l.file, l.lines = file, strings.Split(string(l.files[file]), "\n")
	}
	if n < 1 || n > len(l.lines) {
		return ""
	}
	return strings.TrimRight(l.lines[n-1], "\r")
}

// excerpt gives the part of a line around a column, and how many characters of
// it stand before the column.
func excerpt(line string, col int) (shown string, caret int) {
	const before, width = 40, 76
	line = strings.TrimPrefix(strings.ReplaceAll(strings.ToValidUTF8(line, "\uFFFD"), "\t", " "), "\uFEFF")
	runes := []rune(line)
	at := min(max(col-1, 0), len(runes))
	from := 0
	if len(runes) > width && at > before {
		from = at - before
	}
	to := min(len(runes), from+width)
	start, end := "", ""
	if from > 0 {
		start = "…"
	}
	if to < len(runes) {
		end = "…"
	}
	lead := diag.Printable(string(runes[from:at]))
	return start + lead + diag.Printable(string(runes[at:max(at, to)])) + end, utf8.RuneCountInString(start + lead)
}
