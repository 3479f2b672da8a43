package check

import (
	"fmt"
	"io"
	"strings"
)

// WriteRules lists all rules for people.
func WriteRules(w io.Writer) error {
	var b strings.Builder
	for _, f := range Families() {
		fmt.Fprintf(&b, "%s\n%s\n\n", f.Title, f.About)
		for _, r := range f.Rules {
			fmt.Fprintf(&b, "  %s (%s)\n", r.Name, r.levelText())
			field(&b, "protects", r.Protects)
			field(&b, "law", r.Law)
			field(&b, "example", r.Fires)
			field(&b, "cure", r.Cure)
			if r.Fix != nil {
				field(&b, "fix", "`bulletin fix` mends what is certain.")
			}
			b.WriteByte('\n')
		}
	}
	b.WriteString("Problems that every build reports\n\n")
	for _, p := range BuildProblems {
		fmt.Fprintf(&b, "  %s: %s\n", p.Name, p.About)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (r *Rule) levelText() string {
	if r.Online {
		return string(r.Level) + ", with --external"
	}
	return string(r.Level)
}

// field writes a labelled text, further lines below the first.
func field(b *strings.Builder, label, text string) {
	if text = strings.TrimRight(text, "\n"); text == "" {
		return
	}
	fmt.Fprintf(b, "    %-9s ", label+":")
	b.WriteString(strings.ReplaceAll(text, "\n", "\n              "))
	b.WriteByte('\n')
}

// WriteReference writes what the manual says of all rules, as Markdown.
func WriteReference(w io.Writer) error {
	var b strings.Builder
	for _, f := range Families() {
		fmt.Fprintf(&b, "## %s\n\n%s\n\n", f.Title, f.About)
		for _, r := range f.Rules {
			fmt.Fprintf(&b, "### %s {#%s}\n\n%s\n\n", r.Name, r.Name, r.Protects)
			fmt.Fprintf(&b, "Level\n: %s\n\n", sentenceCase(r.levelText()))
			if r.Law != "" {
				fmt.Fprintf(&b, "Asked for by\n: %s\n\n", r.Law)
			}
			fmt.Fprintf(&b, "Reported:\n\n%s\nNot reported:\n\n%s\n", fenced(r.Fires), fenced(r.Passes))
			cure, example, more := strings.Cut(r.Cure, "\n")
			fmt.Fprintf(&b, "Cure\n: %s\n\n", cure)
			if more {
				fmt.Fprintf(&b, "%s\n", fenced(example))
			}
			if r.Fix != nil {
				b.WriteString("[`bulletin fix`](commands.md#bulletin-fix) mends what is certain.\n\n")
			}
		}
	}
	b.WriteString("## Problems of a build\n\nA check also reports what every build reports. Warnings among these can be set and silenced like rules; errors cannot, because no site is built while there is one.\n\n")
	for _, p := range BuildProblems {
		fmt.Fprintf(&b, "%s\n: %s\n\n", p.Name, p.About)
	}
	_, err := io.WriteString(w, strings.TrimRight(b.String(), "\n")+"\n")
	return err
}

func fenced(text string) string {
	return "```text\n" + strings.TrimRight(text, "\n") + "\n```\n"
}

func sentenceCase(text string) string { return strings.ToUpper(text[:1]) + text[1:] }
