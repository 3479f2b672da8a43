package serve

import (
	_ "embed"
	"io"
	"net/http"
	"strings"
	"time"
)

const (
	// prefix is where the server's own addresses begin. No site has pages
	// there.
	prefix = "/_bulletin/"
	// heartbeat is how often something is written to a silent stream, so that
	// connections that are gone are noticed.
	heartbeat = 15 * time.Second
	// writeTime is how long one event may take to be written.
	writeTime = 10 * time.Second
)

var (
	//go:embed preview.js
	script string
	//go:embed preview.css
	styles string
)

// own answers the server's own addresses.
func (s *Server) own(w http.ResponseWriter, r *http.Request) {
	switch name := r.URL.Path[len(prefix):]; name {
	case "reload":
		s.stream(w, r)
	case "state":
		send(w, r, http.StatusOK, "application/json", s.hub.current().encode())
	case "reload.js":
		send(w, r, http.StatusOK, "text/javascript; charset=utf-8", []byte(script))
	case "preview.css":
		send(w, r, http.StatusOK, "text/css; charset=utf-8", []byte(styles))
	default:
		if address, ok := strings.CutPrefix(name, "email/"); ok {
			s.email(w, r, address)
			return
		}
		http.NotFound(w, r)
	}
}

// crossOrigin reports whether a page of another origin makes this request.
// What comes from no page at all, such as an address typed in, is fine.
func crossOrigin(r *http.Request) bool {
	switch r.Header.Get("Sec-Fetch-Site") {
	case "", "same-origin", "none":
	default:
		return true
	}
	origin := r.Header.Get("Origin")
	return origin != "" && origin != "http://"+r.Host
}

// followed reports whether somebody has followed a link from another site's
// page, which then is left behind and sees nothing.
func followed(r *http.Request) bool {
	return r.Header.Get("Origin") == "" && r.Header.Get("Sec-Fetch-Mode") == "navigate" && r.Header.Get("Sec-Fetch-Dest") == "document"
}

// stream sends server-sent events until the client goes, falls behind, or the
// server ends.
func (s *Server) stream(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	if r.Method == http.MethodHead {
		return
	}
	listener, ok := s.hub.join()
	if !ok {
		w.Header().Set("Retry-After", "5")
		http.Error(w, "Too many pages listen to this preview already.", http.StatusServiceUnavailable)
		return
	}
	defer s.hub.leave(listener)

	control := http.NewResponseController(w)
	write := func(text string) error {
		if err := control.SetWriteDeadline(time.Now().Add(writeTime)); err != nil {
			return err
		}
		if _, err := io.WriteString(w, text); err != nil {
			return err
		}
		return control.Flush()
	}
	// A stream has no end: the time in which a request must be read does not
	// hold for it.
	if control.SetReadDeadline(time.Time{}) != nil {
		return
	}
	beat := time.NewTicker(s.heartbeat)
	defer beat.Stop()
	for text := "retry: 1000\n\n"; ; {
		if write(text) != nil {
			return
		}
		select {
		case next, open := <-listener:
			if !open {
				return
			}
			text = next
		case <-beat.C:
			text = ": still here\n\n"
		case <-r.Context().Done():
			return
		}
	}
}
