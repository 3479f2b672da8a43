// Package serve serves the built files to the browsers of this computer, and
// tells them to reload.
//
// It reads the output folder afresh for every request and knows nothing of
// how it is made. What it adds, and no build ever does, is one line to each
// page: a script that listens to the stream of events at /_bulletin/reload.
// That script reloads the page after a good build, and shows the problems
// over the last good page after a bad one. A page with an e-mail beside it
// gets a link to the preview of that, which is below /_bulletin/email/.
//
// The stream has three kinds of events, each with the same JSON object:
//
//	state     once on connection: how things stand
//	reload    a build has succeeded, its pages are in place
//	problems  the problems are other ones than before
//
// The object has "build" (a name for the last good build, empty before the
// first), "previous" (the build before it), "styles" (whether the two differ in
// style sheets and in pages, which name them, and in nothing else), "errors" and "warnings" (how many), "problems" (the
// first hundred) and "state" (a number that grows with each event).
//
// A preview may show what is under embargo, so it answers this computer
// alone, unless [Options.Host] says otherwise: it listens on the loopback
// address, and refuses requests that other web sites have a browser make.
package serve

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"bulletin/internal/diag"
	"bulletin/internal/host"
)

const (
	// firstPort is the port that is tried first when none is asked for, and
	// portsTried how many in a row from there.
	firstPort  = 1313
	portsTried = 100
	// maxConnections bounds how many connections are open at once, so that
	// clients that never finish cannot use up the files a process may open.
	maxConnections = 256
	// headerTime is how long a client may take to ask, and idleTime how long a
	// connection may stay open between two requests.
	headerTime = 5 * time.Second
	idleTime   = 15 * time.Second
	// shutdownTime is how long requests under way may take after the end.
	shutdownTime = 2 * time.Second
)

// Options says what to serve.
type Options struct {
	// Dir is the output folder. It need not exist, and may be replaced at any
	// time.
	Dir string
	// Base is the path that the site's address ends with, such as "/" or
	// "/updates/".
	Base string
	// URL is the site's whole address, with a final slash, such as
	// "https://example.org/updates/". E-mails name it; in their previews what
	// they show comes from here instead. May be empty.
	URL string
	// Host is the address or name to listen on, such as "0.0.0.0" for every
	// network that this computer is in. Empty means this computer alone.
	Host string
}

// Server serves one site. Make it with [New], then [Server.Listen], then
// [Server.Serve]; the other methods may be called at any time, from any
// goroutine.
type Server struct {
	dir      string
	base     atomic.Pointer[string]
	url      atomic.Pointer[string]
	policy   atomic.Pointer[string]
	hub      hub
	host     string
	listener net.Listener
	names    names

	// pause waits before a missing file is looked for once more.
	pause                func(context.Context)
	heartbeat, headerFor time.Duration
}

// New makes a server that does not listen yet.
func New(options Options) *Server {
	s := &Server{dir: options.Dir, host: options.Host, pause: pauseForCommit, heartbeat: heartbeat, headerFor: headerTime}
	s.SetBase(options.Base)
	s.SetURL(options.URL)
	s.SetPolicy(nil)
	return s
}

// SetURL changes [Options.URL], for when the site's settings have changed.
func (s *Server) SetURL(url string) { s.url.Store(&url) }

// SetPolicy sets the policy that pages stand under: that of the site, and the
// preview's own script may listen to the server.
func (s *Server) SetPolicy(p host.Policy) {
	policy := p.With("connect-src", "'self'").String()
	s.policy.Store(&policy)
}

// SetBase changes [Options.Base], for when the site's settings have changed.
func (s *Server) SetBase(base string) {
	base = "/" + strings.Trim(base, "/") + "/"
	if base == "//" {
		base = "/"
	}
	s.base.Store(&base)
}

// Serve answers requests until ctx ends, and then lets go of the port and of
// every connection. It returns nil when ended by ctx.
func (s *Server) Serve(ctx context.Context) error {
	if s.listener == nil {
		return errors.New("serving: the server does not listen yet")
	}
	server := &http.Server{
		Handler:           s,
		ReadHeaderTimeout: s.headerFor,
		ReadTimeout:       10 * time.Second,
		WriteTimeout:      time.Minute, // the stream of events sets its own
		IdleTimeout:       idleTime,
		MaxHeaderBytes:    64 << 10,
		ConnState:         atMost(maxConnections),
		ErrorLog:          log.New(io.Discard, "", 0), // remarks on connections that clients broke off
	}
	server.DisableGeneralOptionsHandler = true // it looks at no Host
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(s.listener) }()
	select {
	case err := <-ended:
		return fmt.Errorf("serving: %w", err)
	case <-ctx.Done():
	}
	s.hub.close()
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTime)
	defer cancel()
	if server.Shutdown(last) != nil {
		server.Close() // those that took too long
	}
	<-ended
	return nil
}

// atMost closes every new connection above the given number of open ones.
func atMost(limit int64) func(net.Conn, http.ConnState) {
	var open atomic.Int64
	return func(conn net.Conn, state http.ConnState) {
		switch state {
		case http.StateNew:
			if open.Add(1) > limit {
				conn.Close()
			}
		case http.StateClosed, http.StateHijacked:
			open.Add(-1)
		}
	}
}

// Built says that a build has succeeded and wrote or removed the given files,
// as paths within the output folder. Problems are forgotten, and pages reload;
// but if nothing was written and nothing was to be mended, they stay as they
// are. Warnings that remain are given to [Server.Problems] afterwards.
//
// It does not wait for any browser.
func (s *Server) Built(changed []string) { s.hub.built(changed) }

// Problems shows problems over the pages. With errors among them, the last
// good version stays up; warnings alone are announced by a small button. An
// empty list takes earlier problems away.
//
// It does not wait for any browser.
func (s *Server) Problems(list diag.List) { s.hub.problems(list) }
