package serve

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"net/http"

	"bulletin/internal/diag"
	"bulletin/internal/host"
)

//go:embed notice.html
var noticeText string

var noticeTemplate = template.Must(template.New("notice.html").Parse(noticeText))

// noticeView is what the server's own page is made from.
type noticeView struct {
	Title, Text string
	Build       string
	State       int
	Problems    diag.List
	More        int // problems that are not listed
	Home        string
	Refresh     bool
}

// notice answers with a page of the server's own, where the site has none to
// show. It comes alive by itself when that changes.
func (s *Server) notice(w http.ResponseWriter, r *http.Request, now state, folder bool) {
	view := noticeView{
		Build: now.Build, State: now.State, Problems: now.Problems, Home: *s.base.Load(),
		More: now.Errors + now.Warnings - len(now.Problems), Refresh: true,
	}
	status := http.StatusServiceUnavailable
	switch {
	case now.Errors > 0 && (now.Build == "" || !folder):
		view.Title = "There is nothing to show yet"
		view.Text = fmt.Sprintf("The site cannot be built as it is. Once %s mended, it appears here by itself.",
			things(now.Errors))
	case now.Build == "":
		view.Title = "The site is being built"
		view.Text = "It appears here by itself in a moment."
	case !folder:
		view.Title = "The built pages are gone"
		view.Text = "Somebody has removed the output folder. The next build writes it anew: save any file to start one."
	default:
		status = http.StatusNotFound
		view.Title = "There is no page at this address"
		view.Text = "Nothing in the site leads to it. If it is made later, it appears here by itself."
		view.Problems, view.More, view.Refresh = nil, 0, false
	}
	var page bytes.Buffer
	if err := noticeTemplate.Execute(&page, view); err != nil {
		http.Error(w, view.Title, http.StatusInternalServerError)
		return
	}
	if status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", "1")
	}
	w.Header().Set("Content-Security-Policy",
		"default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'")
	send(w, r, status, host.HTML, page.Bytes())
}

// things counts in words.
func things(n int) string {
	if n == 1 {
		return "1 thing is"
	}
	return fmt.Sprintf("%d things are", n)
}
