package check

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"
)

// Visitor asks other servers whether their pages are there. It is polite: one
// request at a time to each of them, with a pause in between, and no page twice
// within a week.
type Visitor struct {
	// Transport makes the requests; nil is the usual one.
	Transport http.RoundTripper
	// Cache is the file that remembers answers; empty for none.
	Cache string
	// Clock tells the time, by which answers grow old.
	Clock func() time.Time
	// Timeout is for one request, and Pause between two to one server.
	Timeout, Pause time.Duration
	// Servers is how many servers are asked at a time.
	Servers int
}

// Verdict is what is known of an address elsewhere. Neither is set for one
// that answered, or that nothing certain is known of.
type Verdict struct {
	// Fault says what is wrong, in plain English.
	Fault string `json:"fault,omitempty"`
	// Moved is the address that the page has moved to for good.
	Moved string `json:"moved,omitempty"`

	unreachable bool
}

// visitAll asks for every address once. Notes say what people should know
// about the visits as a whole.
func (v *Visitor) visitAll(ctx context.Context, links []outward) (map[string]Verdict, []string, error) {
	known := v.readCache()
	byServer := map[string][]string{}
	verdicts := map[string]Verdict{}
	for _, l := range links {
		if _, seen := verdicts[l.visit]; seen {
			continue
		}
		answer, fresh := known[l.visit]
		verdicts[l.visit] = answer.Verdict
		if u, err := url.Parse(l.visit); err == nil && !fresh {
			byServer[u.Host] = append(byServer[u.Host], l.visit)
		}
	}
	asked := v.ask(ctx, byServer)
	if err := ctx.Err(); err != nil {
		return nil, nil, err
	}
	var notes []string
	if len(asked) > 0 && !slices.ContainsFunc(slices.Collect(maps.Values(asked)), func(a Verdict) bool { return !a.unreachable }) {
		notes = append(notes, "no other server could be reached, so links to other sites were not checked; is this computer online?")
		asked = nil
	}
	for address, verdict := range asked {
		verdicts[address] = verdict
		if verdict.Fault == "" {
			known[address] = answer{Verdict: verdict, Asked: v.Clock()}
		}
	}
	if err := v.writeCache(known); err != nil {
		notes = append(notes, fmt.Sprintf("the answers could not be kept for the next time: %v", err))
	}
	return verdicts, notes, nil
}

// ask visits the addresses of several servers at once, those of each one after
// the other.
func (v *Visitor) ask(ctx context.Context, byServer map[string][]string) map[string]Verdict {
	verdicts := map[string]Verdict{}
	var lock sync.Mutex
	var wait sync.WaitGroup
	next := make(chan string)
	for range max(1, v.Servers) {
		wait.Go(func() {
			for server := range next {
				for i, address := range byServer[server] {
					if i > 0 && !rest(ctx, v.Pause) {
						break
					}
					verdict := v.visit(ctx, address)
					lock.Lock()
					verdicts[address] = verdict
					lock.Unlock()
				}
			}
		})
	}
	for _, server := range slices.Sorted(maps.Keys(byServer)) {
		next <- server
	}
	close(next)
	wait.Wait()
	return verdicts
}

// rest waits, and reports whether there is a reason to go on.
func rest(ctx context.Context, pause time.Duration) bool {
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}

// visit asks for a page: first for its head only, which some servers refuse.
func (v *Visitor) visit(ctx context.Context, address string) Verdict {
	verdict, status := v.follow(ctx, http.MethodHead, address)
	if verdict.unreachable || status >= 400 {
		verdict, _ = v.follow(ctx, http.MethodGet, address)
	}
	return verdict
}

// follow makes a request and follows redirects.
func (v *Visitor) follow(ctx context.Context, method, address string) (Verdict, int) {
	const hops = 10
	at, forGood := address, true
	for range hops {
		response, err := v.request(ctx, method, at)
		if err != nil {
			return unreachable(err), 0
		}
		if response.StatusCode < 300 || response.StatusCode >= 400 || response.Header.Get("Location") == "" {
			verdict := judge(response.StatusCode)
			if verdict.Fault == "" && at != address && forGood && response.StatusCode < 300 {
				verdict.Moved = at
			}
			return verdict, response.StatusCode
		}
		if response.StatusCode != http.StatusMovedPermanently && response.StatusCode != http.StatusPermanentRedirect {
			forGood = false
		}
		next, err := response.Location()
		if err != nil || next.Scheme != "http" && next.Scheme != "https" {
			return Verdict{Fault: "it redirects to an address that cannot be read"}, response.StatusCode
		}
		at = next.String()
	}
	return Verdict{Fault: "it redirects in a circle"}, http.StatusLoopDetected
}

func (v *Visitor) request(ctx context.Context, method, address string) (*http.Response, error) {
	const enough = 64 << 10 // bytes, so that the connection can be used again
	ctx, cancel := context.WithTimeout(ctx, v.Timeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, method, address, nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("User-Agent", "bulletin-check (link checker)")
	transport := v.Transport
	if transport == nil {
		transport = http.DefaultTransport
	}
	response, err := transport.RoundTrip(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	_, err = io.CopyN(io.Discard, response.Body, enough)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	return response, nil
}

// judge says what a status means for readers. Servers that turn programs away
// (401, 403, 429 ...) may well let readers in.
func judge(status int) Verdict {
	switch {
	case status == http.StatusNotFound || status == http.StatusGone:
		return Verdict{Fault: fmt.Sprintf("the page is not there any more (%d)", status)}
	case status >= 500 && status < 600 && status != http.StatusServiceUnavailable:
		return Verdict{Fault: fmt.Sprintf("the server answers with an error (%d)", status)}
	}
	return Verdict{}
}

func unreachable(err error) Verdict {
	var certificate *tls.CertificateVerificationError
	if errors.As(err, &certificate) {
		return Verdict{Fault: "its certificate is not valid, and browsers will warn readers off"}
	}
	return Verdict{Fault: "no server answers there", unreachable: true}
}
