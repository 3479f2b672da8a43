package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// patienceOfTests is how long a script waits for what must happen.
const patienceOfTests = 30 * time.Second

type previewKey struct{}

// previewed is the bulletin watch that a script has started.
type previewed struct {
	cmd            *exec.Cmd
	stdout, stderr *output
	// url is the address that the command printed, without a path.
	url string
	// events are those of the reload stream; closed when it ends.
	events chan event
	// ended is closed when the command has ended, with this error.
	ended chan struct{}
	err   error
}

// event is a server-sent event.
type event struct{ name, data string }

// output collects what a command prints, and says when a line with an address
// is there.
type output struct {
	mu      sync.Mutex
	text    bytes.Buffer
	address chan string
	told    bool
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.text.Write(p)
	if _, after, found := strings.Cut(o.text.String(), "Preview at "); found && !o.told {
		if address, _, ended := strings.Cut(after, " "); ended {
			o.told = true
			o.address <- address
		}
	}
	return len(p), nil
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String()
}

// startPreview starts bulletin watch, waits until it has printed its address,
// whose port $PORT then is, and listens to its reload stream:
//
//	preview [args...]
func startPreview(ts *testscript.TestScript, neg bool, args []string) {
	p := ts.Value(previewKey{}).(*previewed)
	if neg || p.cmd != nil {
		ts.Fatalf("usage: preview [args...], once")
	}
	p.stdout, p.stderr = &output{address: make(chan string, 1)}, &output{address: make(chan string, 1)}
	p.cmd = exec.Command("bulletin", append([]string{"watch"}, args...)...)
	p.cmd.Dir, p.cmd.Stdout, p.cmd.Stderr = ts.MkAbs("."), p.stdout, p.stderr
	ts.Check(p.cmd.Start())
	p.ended = make(chan struct{})
	go func() {
		p.err = p.cmd.Wait()
		close(p.ended)
	}()
	ctx, cancel := context.WithCancel(context.Background())
	ts.Defer(func() {
		cancel()
		p.cmd.Process.Kill()
		<-p.ended
	})
	select {
	case address := <-p.stdout.address:
		u, err := url.Parse(address)
		ts.Check(err)
		p.url = "http://" + u.Host
		ts.Setenv("PORT", u.Port())
	case <-p.ended:
		ts.Fatalf("the preview has ended:\n%s%s", p.stdout, p.stderr)
	case <-time.After(patienceOfTests):
		ts.Fatalf("no address was printed:\n%s%s", p.stdout, p.stderr)
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, p.url+"/_bulletin/reload", nil)
	ts.Check(err)
	response, err := http.DefaultClient.Do(request)
	ts.Check(err)
	p.events = make(chan event, 100)
	go listen(response.Body, p.events)
	if first := p.next(ts, "state"); first.name != "state" {
		ts.Fatalf("the stream begins with %q", first.name)
	}
	fmt.Fprint(ts.Stdout(), p.stdout)
}

// listen reads the events of a stream (HTML Living Standard, 9.2.6).
func listen(body io.ReadCloser, events chan<- event) {
	defer close(events)
	defer body.Close()
	var e event
	lines := bufio.NewScanner(body)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		field, value, _ := strings.Cut(lines.Text(), ": ")
		switch {
		case field == "event":
			e.name = value
		case field == "data":
			e.data = value
		case lines.Text() == "" && e.name != "":
			events <- e
			e = event{}
		}
	}
}

// next waits for an event of a name.
func (p *previewed) next(ts *testscript.TestScript, name string) event {
	deadline := time.After(patienceOfTests)
	for {
		select {
		case e, open := <-p.events:
			if !open {
				ts.Fatalf("the reload stream has ended:\n%s%s", p.stdout, p.stderr)
			}
			if e.name == name {
				return e
			}
		case <-deadline:
			ts.Fatalf("the event %q did not come:\n%s%s", name, p.stdout, p.stderr)
		}
	}
}

// await waits for an event of the reload stream, and prints what it says:
//
//	await reload|problems
func await(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: await EVENT")
	}
	fmt.Fprintln(ts.Stdout(), ts.Value(previewKey{}).(*previewed).next(ts, args[0]).data)
}

// get fetches a page of the preview, and prints it. With !, there must be no
// such page (404), or nothing built yet (503):
//
//	[!] get /PATH
func get(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 1 {
		ts.Fatalf("usage: [!] get /PATH")
	}
	response, err := http.Get(ts.Value(previewKey{}).(*previewed).url + args[0])
	ts.Check(err)
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	ts.Check(err)
	want := []int{http.StatusOK}
	if neg {
		want = []int{http.StatusNotFound, http.StatusServiceUnavailable}
	}
	if !slices.Contains(want, response.StatusCode) {
		ts.Fatalf("%s: %s", args[0], response.Status)
	}
	ts.Stdout().Write(body)
}

// interrupt stops the preview as Ctrl+C does. It must end well and soon; what
// it has printed can be looked at.
func interrupt(ts *testscript.TestScript, neg bool, args []string) {
	p := ts.Value(previewKey{}).(*previewed)
	if neg || len(args) != 0 || p.cmd == nil {
		ts.Fatalf("usage: interrupt, after preview")
	}
	ts.Check(p.cmd.Process.Signal(os.Interrupt))
	select {
	case <-p.ended:
		ts.Check(p.err)
	case <-time.After(patienceOfTests):
		ts.Fatalf("the command does not end:\n%s%s", p.stdout, p.stderr)
	}
	fmt.Fprint(ts.Stdout(), p.stdout)
	fmt.Fprint(ts.Stderr(), p.stderr)
}

// embargo writes an instant that is near, in place of the word INSTANT:
//
//	embargo FILE
func embargo(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: embargo FILE")
	}
	soon := time.Now().Add(6 * time.Second).UTC().Format(time.RFC3339)
	text := strings.ReplaceAll(ts.ReadFile(args[0]), "INSTANT", soon)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o644))
}
