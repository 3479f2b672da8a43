package check_test

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bulletin/internal/check"
)

// elsewhere is a server that answers for every other site.
type elsewhere struct {
	*httptest.Server
	lock  sync.Mutex
	asked []string
}

func newElsewhere(t *testing.T) *elsewhere {
	e := &elsewhere{}
	e.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		e.lock.Lock()
		e.asked = append(e.asked, r.Method+" "+r.Host+r.URL.Path)
		e.lock.Unlock()
		switch host := strings.Split(r.Host, ":")[0]; {
		case host == "gone.test":
			http.NotFound(w, r)
		case host == "moved.test":
			http.Redirect(w, r, "http://here.test"+r.URL.Path, http.StatusMovedPermanently)
		case host == "login.test":
			http.Redirect(w, r, "http://here.test/login", http.StatusFound)
		case host == "circle.test":
			http.Redirect(w, r, r.URL.Path, http.StatusFound)
		case host == "shy.test":
			w.WriteHeader(http.StatusForbidden)
		case host == "headless.test" && r.Method == http.MethodHead:
			w.WriteHeader(http.StatusNotFound)
		}
	}))
	t.Cleanup(e.Close)
	return e
}

// RoundTrip asks the server, whatever the site.
func (e *elsewhere) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Hostname() == "dead.test" {
		return nil, &net.DNSError{Err: "no such host", Name: "dead.test", IsNotFound: true}
	}
	server, err := url.Parse(e.URL)
	if err != nil {
		return nil, err
	}
	asked := r.Clone(r.Context())
	asked.Host, asked.URL.Host, asked.URL.Scheme = r.URL.Host, server.Host, server.Scheme
	response, err := http.DefaultTransport.RoundTrip(asked)
	if err == nil {
		response.Request = r
	}
	return response, err
}

func visitor(transport http.RoundTripper) *check.Visitor {
	return &check.Visitor{Transport: transport, Clock: func() time.Time { return now }, Timeout: 10 * time.Second, Servers: 4}
}

func visitorOfExamples(t *testing.T, rule *check.Rule) *check.Visitor {
	if !rule.Online {
		return nil
	}
	return visitor(newElsewhere(t))
}

func TestLinksToOtherSitesAreAskedFor(t *testing.T) {
	e := newElsewhere(t)
	text := "[a](http://here.test/a) [b](http://gone.test/b#part) [c](http://moved.test/c) [d](http://login.test/) [e](http://circle.test/) [f](http://shy.test/) " +
		"[g](http://headless.test/) [h](http://dead.test/) [i](https://www.example.com/) [j](http://here.test/a#other) [k](mailto:a@example.org)"
	r := look(t, files(text), visitor(e))
	var got []string
	for _, p := range r.Problems {
		got = append(got, p.Rule+" "+p.Text+" > "+p.Hint)
	}
	want := []string{
		"external-link http://gone.test/b: the page is not there any more (404) > find where the page is now, or take the link out",
		"moved-link http://moved.test/c has moved for good > write http://here.test/c",
		"external-link http://circle.test/: it redirects in a circle > find where the page is now, or take the link out",
		"external-link http://dead.test/: no server answers there > find where the page is now, or take the link out",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	times := map[string]int{}
	for _, asked := range e.asked {
		times[asked]++
	}
	if times["HEAD here.test/a"] != 1 || times["GET here.test/a"] != 0 || times["GET headless.test/"] != 1 {
		t.Errorf("the server was asked %v", e.asked)
	}
}

func TestAnswersAreRememberedForAWeek(t *testing.T) {
	e := newElsewhere(t)
	v := visitor(e)
	v.Cache = filepath.Join(t.TempDir(), "deep", "links.json")
	asks := func() int {
		before := len(e.asked)
		look(t, files("[a](http://here.test/a) and [b](http://gone.test/b)"), v)
		return len(e.asked) - before
	}
	if n := asks(); n != 3 {
		t.Errorf("the first time there are %d requests", n)
	}
	if n := asks(); n != 2 {
		t.Errorf("the second time there are %d requests; only what was amiss is asked for again", n)
	}
	v.Clock = func() time.Time { return now.AddDate(0, 0, 8) }
	if n := asks(); n != 3 {
		t.Errorf("a week later there are %d requests", n)
	}
}

func TestOfflineIsSaidOnce(t *testing.T) {
	v := visitor(roundTripper(func(*http.Request) (*http.Response, error) { return nil, errors.New("network is unreachable") }))
	r := look(t, files("[a](http://here.test/a) and [b](http://there.test/b)"), v)
	if len(r.Problems) != 0 || len(r.Notes) != 1 || !strings.Contains(r.Notes[0], "online") {
		t.Errorf("the problems are %v and the notes %q", r.Problems, r.Notes)
	}
}

func TestVisitsStopWhenTold(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := check.Run(ctx, input(files("[a](http://here.test/a)"), visitor(newElsewhere(t)))); !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v", err)
	}
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }
