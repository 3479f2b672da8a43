package check

import (
	"fmt"
	"io"
	"strings"
)

// Workflow commands: values escape what would end them.
// https://docs.github.com/actions/reference/workflow-commands-for-github-actions
var (
	githubMessage  = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	githubProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

// WriteGitHub writes the report as annotations of a GitHub workflow.
func (r *Report) WriteGitHub(w io.Writer) error {
	var b strings.Builder
	for _, p := range r.Problems {
		fmt.Fprintf(&b, "::%s file=%s", p.Severity, githubProperty.Replace(p.File))
		if p.Line > 0 {
			fmt.Fprintf(&b, ",line=%d", p.Line)
			if p.Col > 0 {
				fmt.Fprintf(&b, ",col=%d", p.Col)
			}
		}
		message := p.Text
		if p.Hint != "" {
			message += "\n" + p.Hint
		}
		fmt.Fprintf(&b, ",title=%s::%s\n", githubProperty.Replace(p.Rule), githubMessage.Replace(message))
	}
	for _, note := range r.Notes {
		fmt.Fprintf(&b, "::notice::%s\n", githubMessage.Replace(note))
	}
	_, err := io.WriteString(w, b.String())
	return err
}
