package serve

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"bulletin/internal/diag"
)

// tab is a client that listens to the stream, as a browser's tab does.
type tab struct {
	t        *testing.T
	lines    *bufio.Scanner
	response *http.Response
	cancel   context.CancelFunc
}

func listenTo(t *testing.T, s *Server) *tab {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	t.Cleanup(cancel)
	r, err := http.NewRequestWithContext(ctx, "GET", "http://"+s.listener.Addr().String()+"/_bulletin/reload", nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := (&http.Transport{}).RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { response.Body.Close() })
	if kind := response.Header.Get("Content-Type"); response.StatusCode == 200 && kind != "text/event-stream" {
		t.Fatalf("the stream is called %s", kind)
	}
	lines := bufio.NewScanner(response.Body)
	lines.Buffer(nil, 1<<20)
	return &tab{t, lines, response, cancel}
}

// next gives the next event's name and data.
func (tab *tab) next() (name string, now state) {
	tab.t.Helper()
	for tab.lines.Scan() {
		if rest, ok := strings.CutPrefix(tab.lines.Text(), "event: "); ok {
			name = rest
		}
		if rest, ok := strings.CutPrefix(tab.lines.Text(), "data: "); ok {
			if err := json.Unmarshal([]byte(rest), &now); err != nil {
				tab.t.Fatalf("%s: %v", rest, err)
			}
		}
		if tab.lines.Text() == "" && name != "" {
			return name, now
		}
	}
	tab.t.Fatalf("the stream ended: %v", tab.lines.Err())
	return "", state{}
}

func problem(severity diag.Severity, n int) diag.Problem {
	return diag.Problem{Pos: diag.Pos{File: "content/a.md", Line: n}, Severity: severity, Rule: "rule", Text: "text\nof two lines"}
}

func TestEventsComeInOrderToEveryTab(t *testing.T) {
	s := begin(t, Options{Base: "/"})
	tabs := []*tab{listenTo(t, s), listenTo(t, s)}
	for _, tab := range tabs {
		if name, now := tab.next(); name != "state" || now.Build != "" || len(now.Problems) != 0 {
			t.Fatalf("on connection: %s %+v", name, now)
		}
	}
	bad := diag.List{problem(diag.Error, 1), problem(diag.Warning, 2)}
	s.Problems(bad)
	s.Problems(bad) // the same again is no news
	s.Built([]string{"index.html"})
	s.Built(nil) // nothing written, nothing mended: no news
	s.Built([]string{"style.1.css", "index.html", "style.2.css"})
	s.Problems(bad[1:])
	s.Built(nil) // nothing written: the warning is gone
	s.Problems(bad)
	s.Built(nil) // nothing written, but mended

	var builds []string
	for _, tab := range tabs {
		previous, number := "", 0
		for i, want := range []struct {
			name             string
			styles           bool
			errors, warnings int
		}{
			{"problems", false, 1, 1},
			{"reload", false, 0, 0},
			{"reload", true, 0, 0},
			{"problems", true, 0, 1},
			{"problems", true, 0, 0},
			{"problems", true, 1, 1},
			{"reload", false, 0, 0},
		} {
			name, now := tab.next()
			if name != want.name || now.Styles != want.styles || now.Errors != want.errors || now.Warnings != want.warnings ||
				len(now.Problems) != want.errors+want.warnings {
				t.Fatalf("event %d is %s %+v, want %+v", i, name, now, want)
			}
			if name == "reload" && (now.Previous != previous || now.Build == previous) {
				t.Errorf("event %d: build %q after %q", i, now.Build, previous)
			}
			if now.State <= number {
				t.Errorf("event %d: state %d after %d", i, now.State, number)
			}
			previous, number = now.Build, now.State
		}
		builds = append(builds, previous)
	}
	if builds[0] != builds[1] {
		t.Errorf("the tabs know different builds: %v", builds)
	}
}

func TestATabThatComesLateLearnsHowThingsStand(t *testing.T) {
	s := begin(t, Options{Base: "/"})
	s.Built([]string{"index.html"})
	s.Problems(diag.List{problem(diag.Error, 7)})
	name, now := listenTo(t, s).next()
	if name != "state" || now.Build == "" || now.Errors != 1 || now.Problems[0].Line != 7 {
		t.Errorf("%s %+v", name, now)
	}
	other := begin(t, Options{Base: "/"})
	other.Built([]string{"index.html"})
	if _, after := listenTo(t, other).next(); after.Build == now.Build {
		t.Errorf("two runs of the server have a build of one name, %s", now.Build)
	}
}

func TestOnlyTheFirstProblemsAreSentErrorsBeforeWarnings(t *testing.T) {
	var h hub
	var list diag.List
	for n := range maxShown {
		list.Add(problem(diag.Warning, n), problem(diag.Error, n))
	}
	h.problems(list)
	now := h.current()
	if now.Errors != maxShown || now.Warnings != maxShown || len(now.Problems) != maxShown {
		t.Errorf("%d errors, %d warnings, %d shown", now.Errors, now.Warnings, len(now.Problems))
	}
	if slices.ContainsFunc(now.Problems, func(p diag.Problem) bool { return p.Severity != diag.Error }) {
		t.Error("a warning is shown before an error")
	}
}

func TestASilentStreamBeats(t *testing.T) {
	s := begin(t, Options{Base: "/"}, func(s *Server) { s.heartbeat = time.Millisecond })
	tab := listenTo(t, s)
	for beats := 0; beats < 3; {
		if !tab.lines.Scan() {
			t.Fatal("the stream ended")
		}
		if strings.HasPrefix(tab.lines.Text(), ":") {
			beats++
		}
	}
}

func TestListenersAreBoundedAndReleased(t *testing.T) {
	s := begin(t, Options{Base: "/"})
	var tabs []*tab
	for range maxListeners {
		tab := listenTo(t, s)
		tab.next()
		tabs = append(tabs, tab)
	}
	refused := listenTo(t, s)
	if refused.response.StatusCode != 503 || refused.response.Header.Get("Retry-After") == "" {
		t.Errorf("one listener too many: %s", refused.response.Status)
	}
	for _, tab := range tabs {
		tab.cancel()
	}
	for deadline := time.Now().Add(patience); ; runtime.Gosched() {
		s.hub.mu.Lock()
		left := len(s.hub.listeners)
		s.hub.mu.Unlock()
		if left == 0 {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("%d listeners that have gone are still held", left)
		}
	}
	listenTo(t, s).next()
}

func TestAListenerThatReadsNothingHoldsNobodyUp(t *testing.T) {
	s := begin(t, Options{Base: "/"})
	stuck, err := net.Dial("tcp", s.listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer stuck.Close()
	fmt.Fprintf(stuck, "GET /_bulletin/reload HTTP/1.1\r\nHost: %s\r\n\r\n", s.listener.Addr())
	// The first line shows that it is among the listeners.
	if _, err := bufio.NewReaderSize(stuck, 16).ReadString('\n'); err != nil {
		t.Fatal(err)
	}
	quick := listenTo(t, s)
	quick.next()

	// Far more than the sockets between the two can hold.
	long := strings.Repeat("x", 100_000)
	for n := range 300 {
		s.Problems(diag.List{diag.Errorf(diag.Pos{File: "a.md", Line: n + 1}, "rule", "", "%s", long)})
		if _, now := quick.next(); now.Problems[0].Line != n+1 {
			t.Fatalf("event %d: %+v", n, now)
		}
	}
	s.hub.mu.Lock()
	defer s.hub.mu.Unlock()
	if len(s.hub.listeners) != 1 {
		t.Errorf("%d listeners are held, want only the one that reads", len(s.hub.listeners))
	}
}

func TestStreamsEndWithTheServer(t *testing.T) {
	s := New(Options{Base: "/"})
	if err := s.Listen(0); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx) }()
	tab := listenTo(t, s)
	tab.next()
	cancel()
	for tab.lines.Scan() {
	}
	if err := tab.lines.Err(); err != nil && err != io.EOF {
		t.Errorf("the stream broke off: %v", err)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if _, err := net.Dial("tcp", s.listener.Addr().String()); err == nil {
		t.Error("the port is still taken")
	}
	if _, ok := s.hub.join(); ok {
		t.Error("a listener was taken in after the end")
	}
}
