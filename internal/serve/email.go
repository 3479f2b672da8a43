package serve

import (
	"bytes"
	_ "embed"
	"fmt"
	entities "html"
	"html/template"
	"net/http"
	"net/url"
	"path"
	"regexp"
	"strings"

	"bulletin/internal/host"
)

// The names of the files of an e-mail, beside its page.
const (
	emailHTML  = "email.html"
	emailText  = "email.txt"
	emailDraft = "email.eml"
)

// large is the size in bytes above which an e-mail is reported by the build.
const large = 100_000

//go:embed email.html
var emailPage string

var emailTemplate = template.Must(template.New(emailHTML).Parse(emailPage))

// emailView is what the preview of an e-mail is made from.
type emailView struct {
	Subject, Build string
	Size           string
	TooLarge       bool
	// Page is the address of the page.
	Page   string
	Files  []emailFile
	Frames []emailFrame
	Text   string
}

type emailFile struct{ Name, URL string }

// emailFrame shows an e-mail at one width, in light or in dark.
type emailFrame struct {
	Title, Scheme string
	Width         int
}

var emailFrames = []emailFrame{
	{"Desktop (640 pixels), light", "light", 640},
	{"Desktop (640 pixels), dark", "dark", 640},
	{"Phone (360 pixels), light", "light", 360},
	{"Phone (360 pixels), dark", "dark", 360},
}

// emailLink gives a link to the preview of the e-mail beside a page; nothing if
// there is none.
func (s *Server) emailLink(page string) string {
	dir, name := path.Split(page)
	if name != "index.html" {
		return ""
	}
	file, _, err := s.open(dir + emailHTML)
	if err != nil {
		return ""
	}
	file.Close()
	to := url.URL{Path: prefix + "email/" + dir}
	return `<aside aria-label="Preview"><p><a href="` + entities.EscapeString(to.String()) + `">Preview the e-mail of this issue</a></p></aside>` + "\n"
}

// email shows the e-mail of the issue at an address within the site, such as
// "newsletters/2025-08/". Below it are the e-mail as the frames of that page
// show it: light.html and dark.html.
func (s *Server) email(w http.ResponseWriter, r *http.Request, address string) {
	now := s.hub.current()
	dir, name := path.Split(address)
	file, ok := fileName(dir + emailHTML)
	if !ok {
		s.missing(w, r, now)
		return
	}
	page, ok := s.read(file)
	if !ok {
		s.missing(w, r, now)
		return
	}
	switch name {
	case "light.html", "dark.html":
		w.Header().Set("Content-Security-Policy",
			"default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'")
		send(w, r, http.StatusOK, host.HTML, inScheme(s.fromHere(page), name == "dark.html"))
	case "":
		s.showEmail(w, r, dir, page, now)
	default:
		s.missing(w, r, now)
	}
}

// showEmail answers with the page that shows an e-mail.
func (s *Server) showEmail(w http.ResponseWriter, r *http.Request, dir string, page []byte, now state) {
	text, _ := s.read(dir + emailText)
	at := url.URL{Path: *s.base.Load() + dir}
	view := emailView{
		Subject: title(page), Build: now.Build, Size: kilobytes(len(page)), TooLarge: len(page) > large, Page: at.String(), Text: string(text),
		Frames: emailFrames,
	}
	for _, name := range []string{emailHTML, emailText, emailDraft} {
		if file, _, err := s.open(dir + name); err == nil {
			file.Close()
			view.Files = append(view.Files, emailFile{name, view.Page + name})
		}
	}
	var out bytes.Buffer
	if err := emailTemplate.Execute(&out, view); err != nil {
		http.Error(w, "This e-mail cannot be shown.", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Security-Policy",
		"default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'")
	send(w, r, http.StatusOK, host.HTML, out.Bytes())
}

// kilobytes gives a size as the problems of the build do.
func kilobytes(n int) string { return fmt.Sprintf("%d KB", (n+500)/1000) }

var titleElement = regexp.MustCompile(`(?is)<title[^>]*>(.*?)</title>`)

// title gives the title of a page, which is the subject in an e-mail.
func title(page []byte) string {
	if m := titleElement.FindSubmatch(page); m != nil {
		if text := strings.TrimSpace(entities.UnescapeString(string(m[1]))); text != "" {
			return text
		}
	}
	return "E-mail"
}

// fromHere has an e-mail take from this server what it takes from the site's
// published address: pictures may not be there yet.
func (s *Server) fromHere(page []byte) []byte {
	from := *s.url.Load()
	if from == "" {
		return page
	}
	return bytes.ReplaceAll(page, []byte(`="`+entities.EscapeString(from)), []byte(`="`+*s.base.Load()))
}

var darkQuery = regexp.MustCompile(`(?i)\(\s*prefers-color-scheme\s*:\s*(dark|light)\s*\)`)

// inScheme shows an e-mail as on a light or on a dark screen, whatever the
// screen at hand: the condition in its style sheets becomes one that always
// holds, or one that never does. Not every browser lets a frame be dark in a
// page that is light.
func inScheme(page []byte, dark bool) []byte {
	return darkQuery.ReplaceAllFunc(page, func(query []byte) []byte {
		if bytes.Contains(bytes.ToLower(query), []byte("dark")) == dark {
			return []byte("(min-width: 0)")
		}
		return []byte("(max-width: 0)")
	})
}
