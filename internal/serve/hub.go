package serve

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"sync"

	"bulletin/internal/diag"
	"bulletin/internal/host"
)

const (
	// maxListeners bounds the streams of events. Tabs of one browser share
	// one, so this many mean that something is amiss.
	maxListeners = 64
	// maxQueued is how many events may wait for a listener. One that falls
	// further behind is let go; it connects again and learns how things stand.
	maxQueued = 16
	// maxShown is how many problems are sent to browsers; the terminal has all.
	maxShown = 100
)

// state is how things stand, as it is sent to browsers.
type state struct {
	Build    string    `json:"build"`
	Previous string    `json:"previous"`
	Styles   bool      `json:"styles"`
	State    int       `json:"state"`
	Errors   int       `json:"errors"`
	Warnings int       `json:"warnings"`
	Problems diag.List `json:"problems"`
}

// hub hands the news to everyone who listens. The zero value is ready.
type hub struct {
	mu sync.Mutex
	// run names this run of the server, so that a tab left open by an earlier
	// run knows that its page is an old one.
	run       string
	builds    int
	all       diag.List // the problems, also those above maxShown
	now       state
	listeners map[chan string]bool
	closed    bool
}

func (h *hub) built(changed []string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(changed) == 0 && h.now.Build != "" && h.now.Errors == 0 {
		h.show(nil)
		return
	}
	if h.run == "" {
		h.run = rand.Text()[:8]
	}
	h.builds++
	h.now.Previous, h.now.Build = h.now.Build, fmt.Sprintf("%s-%d", h.run, h.builds)
	h.now.Styles = restyled(changed)
	h.hold(nil)
	h.announce("reload")
}

// restyled reports whether the files that changed are style sheets, and pages
// and the file for servers, which name them, and nothing else.
func restyled(changed []string) bool {
	sheets := false
	for _, name := range changed {
		switch path.Ext(name) {
		case ".css":
			sheets = true
		case ".html":
		default:
			if name != host.FileHeaders {
				return false
			}
		}
	}
	return sheets
}

func (h *hub) problems(list diag.List) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.show(list)
}

// show announces problems, if they are other ones than before.
func (h *hub) show(list diag.List) {
	if !slices.Equal(list, h.all) {
		h.hold(list)
		h.announce("problems")
	}
}

func (h *hub) hold(list diag.List) {
	h.all = slices.Clone(list)
	h.now.Errors, h.now.Warnings = list.Count()
	// Errors first, since they are what keeps the page from being fresh.
	shown := make(diag.List, 0, min(len(list), maxShown))
	for _, severity := range []diag.Severity{diag.Error, diag.Warning} {
		for _, problem := range list {
			if problem.Severity == severity && len(shown) < maxShown {
				shown = append(shown, problem)
			}
		}
	}
	h.now.Problems = shown
}

// announce sends how things stand to every listener, and waits for none.
func (h *hub) announce(name string) {
	h.now.State++
	text := event(name, h.now)
	for listener := range h.listeners {
		select {
		case listener <- text:
		default:
			h.drop(listener)
		}
	}
}

// join adds a listener, for which the present state is already waiting. It
// reports false if there are too many, or the end has come.
func (h *hub) join() (listener chan string, ok bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed || len(h.listeners) >= maxListeners {
		return nil, false
	}
	if h.listeners == nil {
		h.listeners = make(map[chan string]bool)
	}
	listener = make(chan string, maxQueued)
	listener <- event("state", h.now)
	h.listeners[listener] = true
	return listener, true
}

func (h *hub) leave(listener chan string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.drop(listener)
}

// drop ends a listener's channel, once.
func (h *hub) drop(listener chan string) {
	if h.listeners[listener] {
		delete(h.listeners, listener)
		close(listener)
	}
}

// close lets every listener go, and takes no new ones.
func (h *hub) close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
	for listener := range h.listeners {
		h.drop(listener)
	}
}

// current is how things stand.
func (h *hub) current() state {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.now
}

// encode gives the state as one line of JSON.
func (s state) encode() []byte {
	if s.Problems == nil {
		s.Problems = diag.List{}
	}
	text, err := json.Marshal(s)
	if err != nil { // strings and numbers can always be written
		return []byte("{}")
	}
	return text
}

// event is one server-sent event (HTML Living Standard, 9.2.5).
func event(name string, s state) string {
	return fmt.Sprintf("event: %s\ndata: %s\n\n", name, s.encode())
}
