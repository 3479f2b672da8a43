package serve

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path"
	"strconv"
	"strings"
	"time"
	"unicode"

	"bulletin/internal/host"
)

const (
	// maxPage is the size up to which a page gets the script; it is held in
	// memory meanwhile.
	maxPage = 32 << 20
	// commitTime is how long a file may be missing while a build puts a new
	// one in its place, on systems where that is not done in one step.
	commitTime = 50 * time.Millisecond
)

// errFolder means that an address names a folder and lacks its final slash.
var errFolder = errors.New("is a folder")

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header.Set("Cache-Control", "no-store")
	header.Set("X-Content-Type-Options", "nosniff")
	// Other sites may link here, but not embed pictures or scripts from here.
	header.Set("Cross-Origin-Resource-Policy", "same-origin")
	header.Set("X-Frame-Options", "SAMEORIGIN")
	if r.ContentLength != 0 {
		header.Set("Connection", "close") // what follows a body may be part of it, to some
	}
	switch {
	case !s.names.include(r.Host):
		http.Error(w, "This preview answers only under its own address, "+s.URL(), http.StatusForbidden)
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		header.Set("Allow", "GET, HEAD")
		http.Error(w, "This preview only shows pages.", http.StatusMethodNotAllowed)
	case crossOrigin(r) && (strings.HasPrefix(r.URL.Path, prefix) || !followed(r)):
		http.Error(w, "Other web sites may not read this preview.", http.StatusForbidden)
	case strings.HasPrefix(r.URL.Path, prefix):
		s.own(w, r)
	default:
		s.page(w, r)
	}
}

// page answers with a file of the output.
func (s *Server) page(w http.ResponseWriter, r *http.Request) {
	// The build is named before the file is read: should a new one come
	// between, the page is thought older than it is and reloads, never newer.
	now := s.hub.current()
	base := *s.base.Load()
	rest, ok := strings.CutPrefix(r.URL.Path, base)
	if !ok {
		if r.URL.Path == "/" || r.URL.Path+"/" == base {
			redirect(w, r, base)
			return
		}
		s.missing(w, r, now)
		return
	}
	name, ok := fileName(rest)
	if !ok {
		s.missing(w, r, now)
		return
	}
	file, info, err := s.open(name)
	if errors.Is(err, fs.ErrNotExist) {
		s.pause(r.Context())
		file, info, err = s.open(name)
	}
	switch {
	case err == errFolder:
		redirect(w, r, r.URL.Path+"/")
		return
	case errors.Is(err, fs.ErrPermission):
		http.Error(w, "This file of the output may not be read: "+name, http.StatusInternalServerError)
		return
	case err != nil:
		s.missing(w, r, now)
		return
	}
	defer file.Close()
	kind := host.ContentType(name)
	w.Header().Set("Content-Type", kind)
	if kind != host.HTML || info.Size() > maxPage {
		http.ServeContent(w, r, "", time.Time{}, file)
		return
	}
	s.restrict(w, name)
	text, err := io.ReadAll(file)
	if err != nil {
		http.Error(w, "This page could not be read: "+name, http.StatusInternalServerError)
		return
	}
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(inject(text, now.Build, s.emailLink(name))))
}

// restrict sends the site's policy with a page, so that what it forbids is
// missing in the preview, too. An e-mail has inline styles, for mail programs.
func (s *Server) restrict(w http.ResponseWriter, name string) {
	if policy := *s.policy.Load(); policy != "" && path.Base(name) != emailHTML {
		w.Header().Set("Content-Security-Policy", policy)
	}
}

// fileName turns an address within the site into the name of a file in the
// output folder; a final slash stands for index.html. It reports false for
// what no output has: steps upwards, hidden files (among them the build's own
// notes), and characters that some systems take for separators.
func fileName(address string) (string, bool) {
	name := address
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	if !fs.ValidPath(name) || strings.ContainsFunc(name, func(r rune) bool {
		return r == '\\' || unicode.IsControl(r)
	}) {
		return "", false
	}
	for i, part := range strings.Split(name, "/") {
		if strings.HasPrefix(part, ".") && (i > 0 || part != ".well-known") {
			return "", false
		}
	}
	return name, true
}

// open opens a regular file of the output folder. The folder is opened anew
// each time, since a build or its owner may have replaced it. No link leads
// out of it.
func (s *Server) open(name string) (*os.File, fs.FileInfo, error) {
	root, err := os.OpenRoot(s.dir)
	if err != nil {
		return nil, nil, err
	}
	defer root.Close()
	// Looked at before it is opened: opening a pipe would wait for its writer.
	info, err := root.Stat(name)
	switch {
	case err != nil:
		return nil, nil, err
	case info.IsDir():
		return nil, nil, errFolder
	case !info.Mode().IsRegular():
		return nil, nil, fs.ErrInvalid
	}
	file, err := root.Open(name)
	if err != nil {
		return nil, nil, err
	}
	return file, info, nil
}

// pauseForCommit waits for a file that is being replaced.
func pauseForCommit(ctx context.Context) {
	select {
	case <-ctx.Done():
	case <-time.After(commitTime):
	}
}

// redirect leads to another path of this server.
func redirect(w http.ResponseWriter, r *http.Request, to string) {
	target := url.URL{Path: to, RawQuery: r.URL.RawQuery}
	w.Header().Set("Location", target.String())
	w.WriteHeader(http.StatusMovedPermanently)
}

// missing answers for an address that leads to no file: with the site's own
// page for that, or before the first good build with how things stand.
func (s *Server) missing(w http.ResponseWriter, r *http.Request, now state) {
	if text, ok := s.read("404.html"); ok && now.Build != "" {
		s.restrict(w, "404.html")
		send(w, r, http.StatusNotFound, host.HTML, inject(text, now.Build, ""))
		return
	}
	_, err := os.Stat(s.dir)
	s.notice(w, r, now, err == nil)
}

// read gives a page of the output folder.
func (s *Server) read(name string) ([]byte, bool) {
	file, _, err := s.open(name)
	if err != nil {
		return nil, false
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, maxPage))
	return text, err == nil
}

// send answers with a text that is held in memory.
func send(w http.ResponseWriter, r *http.Request, status int, kind string, text []byte) {
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Length", strconv.Itoa(len(text)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		w.Write(text)
	}
}
