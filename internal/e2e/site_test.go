package e2e

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// site is the sample site as it stands at one instant, on a static server.
type site struct {
	name  string
	now   string
	under string // the path below which it is published
	once  func() error

	server *httptest.Server
	dir    string // the built files
	base   string // the address of the home page
	// headers are those that the site asks hosts to send with everything.
	headers http.Header
	// pages are the HTML files without those that only lead elsewhere, and
	// redirects are those; mails are the newsletters as they are sent, which
	// have rules of their own. All are addresses below base.
	pages, redirects, mails []string
	seen                    func() ([]sight, error)
}

// The sample site at two instants: in September 2025 most of its events are
// ahead; in March 2026 everything has been published, and it stands in a
// folder of a larger site.
var (
	autumn = newSite("autumn", "2025-09-15T12:00:00+01:00", "/")
	spring = newSite("spring", "2026-03-09T12:00:00Z", "/updates/")
	sites  = []*site{autumn, spring}
)

func newSite(name, now, under string) *site {
	s := &site{name: name, now: now, under: under}
	s.once = sync.OnceValue(s.build)
	s.seen = sync.OnceValues(s.look)
	return s
}

// open builds and serves the site, once for all tests.
func (s *site) open(t *testing.T) *site {
	t.Helper()
	if err := s.once(); err != nil {
		t.Fatal(err)
	}
	return s
}

// build builds the site for the address that it is then served at.
func (s *site) build() error {
	s.dir = filepath.Join(workspace, s.name)
	s.serve()
	build := exec.Command(program, "build", "--source", repository, "--output", s.dir, "--now", s.now, "--base-url", s.base)
	if out, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("building the sample site at %s: %w\n%s", s.now, err, out)
	}
	if err := s.readHeaders(); err != nil {
		return err
	}
	return s.list()
}

// readHeaders reads the first rule of the file _headers.
func (s *site) readHeaders() error {
	text, err := os.ReadFile(filepath.Join(s.dir, "_headers"))
	if err != nil {
		return err
	}
	_, rule, _ := strings.Cut(string(text), "\n"+s.under+"*\n")
	rule, _, _ = strings.Cut(rule, "\n\n")
	s.headers = http.Header{}
	for line := range strings.Lines(rule) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		s.headers.Set(name, value)
	}
	if !strings.HasPrefix(s.headers.Get("Content-Security-Policy"), "default-src 'none'; ") {
		return fmt.Errorf("no strict policy in _headers:\n%s", text)
	}
	return nil
}

// serve starts a static server for the site.
func (s *site) serve() {
	s.server = httptest.NewServer(http.StripPrefix(strings.TrimSuffix(s.under, "/"), s))
	atEnd.add(s.server.Close)
	s.base = s.server.URL + s.under
}

// list finds the pages of the site.
func (s *site) list() error {
	return fs.WalkDir(os.DirFS(s.dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".html" {
			return err
		}
		text, err := os.ReadFile(filepath.Join(s.dir, filepath.FromSlash(name)))
		address := strings.TrimSuffix(name, "index.html")
		switch {
		case path.Base(name) == "email.html":
			s.mails = append(s.mails, address)
		case bytes.Contains(text, []byte(`http-equiv="refresh"`)):
			s.redirects = append(s.redirects, address)
		default:
			s.pages = append(s.pages, address)
		}
		return err
	})
}

// ServeHTTP answers as a careful static server does, with the headers that the
// site asks for: with a file, with the index.html of a folder, or with
// 404.html. Texts are compressed.
func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	for header := range s.headers {
		w.Header().Set(header, s.headers.Get(header))
	}
	name := strings.TrimPrefix(path.Clean("/"+r.URL.Path), "/")
	if name == "" || strings.HasSuffix(r.URL.Path, "/") {
		name = path.Join(name, "index.html")
	}
	text, err := fs.ReadFile(os.DirFS(s.dir), name)
	if err != nil {
		lost, _ := os.ReadFile(filepath.Join(s.dir, "404.html")) // or nothing
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(http.StatusNotFound)
		w.Write(lost)
		return
	}
	kind, ok := contentTypes[path.Ext(name)]
	if ok {
		w.Header().Set("Content-Type", kind)
	}
	if !strings.HasPrefix(kind, "text/") || !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		w.Write(text)
		return
	}
	w.Header().Set("Content-Encoding", "gzip")
	packed := gzip.NewWriter(w)
	packed.Write(text)
	packed.Close()
}

// contentTypes are those that hosts send.
var contentTypes = map[string]string{
	".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml", ".json": "application/json",
	".xml": "application/xml", ".opml": "text/x-opml", ".txt": "text/plain; charset=utf-8",
	".png": "image/png", ".jpg": "image/jpeg", ".pdf": "application/pdf", ".csv": "text/csv; charset=utf-8",
	".ics": "text/calendar; charset=utf-8",
}

// file gives the path of a built page or file.
func (s *site) file(address string) string {
	if address == "" || strings.HasSuffix(address, "/") {
		address += "index.html"
	}
	return filepath.Join(s.dir, filepath.FromSlash(address))
}

// has reports whether the site has this page.
func (s *site) has(address string) bool { return slices.Contains(s.pages, address) }

// samples are pages of the site of every kind, with what they stand for.
var samples = []struct {
	site    *site
	kind    string
	address string
}{
	{autumn, "home", ""},
	{spring, "home", ""},
	{autumn, "article with a table", "articles/2025/regional-grant/"},
	{autumn, "report with numbered paragraphs", "articles/2023/two-alliances-for-walsall/"},
	{autumn, "report with downloads and a gallery", "articles/2025/locality-working-conference/"},
	{autumn, "open opportunity", "articles/2025/inspiring-future-leaders/"},
	{spring, "archived opportunity", "articles/2025/autism-survey/"},
	{autumn, "withdrawn article", "articles/2024/school-transport-checklist/"},
	{spring, "press release", "articles/2025/belonging-in-action/"},
	{spring, "press release in Welsh", "articles/2025/perthyn-ar-waith/"},
	{autumn, "list of articles", "articles/"},
	{autumn, "archive of a year", "articles/archive/2025/"},
	{autumn, "timed event", "events/2025/children-and-hoarding/"},
	{autumn, "all-day event", "events/2025/regional-safeguarding-conference/"},
	{autumn, "event whose date is to be confirmed", "events/participation-conference/"},
	{autumn, "event of a month", "events/2024/education-exchange-launch/"},
	{autumn, "recurring event", "events/send-drop-in/"},
	{spring, "cancelled event", "events/2026/open-evening/"},
	{spring, "event of several days with a programme", "events/2026/co-production-week/"},
	{autumn, "list of events", "events/"},
	{autumn, "past events", "events/past/"},
	{autumn, "newsletter", "newsletters/2025-08/"},
	{autumn, "list of newsletters", "newsletters/"},
	{autumn, "page", "about/"},
	{autumn, "page of the manual", "guide/markdown/"},
	{spring, "page of the manual with long tables", "guide/front-matter/"},
	{autumn, "places", "places/"},
	{spring, "place", "places/walsall/"},
	{spring, "second page of a place", "places/west-midlands/page/2/"},
	{autumn, "topic", "topics/belonging/"},
	{autumn, "person", "people/vic-goddard/"},
	{autumn, "subscribe", "subscribe/"},
	{autumn, "accessibility statement", "accessibility/"},
	{autumn, "not found", "404.html"},
	{spring, "not found", "404.html"},
}

func TestTheSampleSiteHasAPageOfEveryKind(t *testing.T) {
	for _, sample := range samples {
		if s := sample.site.open(t); !s.has(sample.address) {
			t.Errorf("%s: no %s at /%s", s.name, sample.kind, sample.address)
		}
	}
}

func TestAnAddressThatLeadsNowhereGetsThePageThatSaysSo(t *testing.T) {
	s := spring.open(t)
	answer, text := fetch(t, s, s.base+"no/such/page/")
	if answer.StatusCode != http.StatusNotFound || !bytes.Contains(text, []byte("Page not found")) {
		t.Errorf("got status %d and %.100q", answer.StatusCode, text)
	}
}

// each runs a test on both sites, as subtests.
func each(t *testing.T, test func(*testing.T, *site)) {
	t.Helper()
	for _, s := range sites {
		t.Run(s.name, func(t *testing.T) { test(t, s.open(t)) })
	}
}

// problems joins what was found into one error, or none.
func problems(list []string) error {
	if len(list) == 0 {
		return nil
	}
	return errors.New(strings.Join(list, "\n"))
}
