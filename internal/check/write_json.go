package check

import (
	"encoding/json"
	"io"

	"bulletin/internal/diag"
)

// WriteJSON writes the report for programs. Keys are only ever added.
func (r *Report) WriteJSON(w io.Writer) error {
	errs, warnings := r.Problems.Count()
	out := struct {
		OK       bool      `json:"ok"`
		Errors   int       `json:"errors"`
		Warnings int       `json:"warnings"`
		Silenced int       `json:"silenced"`
		Entries  int       `json:"entries"`
		Problems diag.List `json:"problems"`
		Notes    []string  `json:"notes,omitempty"`
	}{errs == 0, errs, warnings, r.Silenced, r.Entries, append(diag.List{}, r.Problems...), r.Notes}
	return encode(w, out)
}

func encode(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(v)
}
