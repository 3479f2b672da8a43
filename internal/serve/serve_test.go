package serve

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"bulletin/internal/diag"
	"bulletin/internal/host"
)

const patience = 10 * time.Second

// site makes an output folder with the given files.
func site(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "public")
	for name, text := range files {
		write(t, filepath.Join(dir, name), text)
	}
	return dir
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// begin serves a folder on a free port until the test ends.
func begin(t *testing.T, options Options, adapt ...func(*Server)) *Server {
	t.Helper()
	s := New(options)
	s.pause = func(context.Context) {}
	for _, change := range adapt {
		change(s)
	}
	if err := s.Listen(0); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx) }()
	t.Cleanup(func() {
		cancel()
		select {
		case err := <-ended:
			if err != nil {
				t.Errorf("Serve: %v", err)
			}
		case <-time.After(patience):
			t.Error("Serve did not return when its context ended")
		}
	})
	return s
}

// answer is a response with its body read.
type answer struct {
	*http.Response
	body string
}

// request sends one request, given as "GET /path" and sent just so.
func request(t *testing.T, s *Server, line string, headers ...string) answer {
	t.Helper()
	conn, err := net.Dial("tcp", s.listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	conn.SetDeadline(time.Now().Add(patience))
	host := s.listener.Addr().String()
	if len(headers) > 0 && headers[0] == "Host" {
		host, headers = headers[1], headers[2:]
	}
	fmt.Fprintf(conn, "%s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n", line, host)
	for i := 0; i < len(headers); i += 2 {
		fmt.Fprintf(conn, "%s: %s\r\n", headers[i], headers[i+1])
	}
	fmt.Fprint(conn, "\r\n")
	method, _, _ := strings.Cut(line, " ")
	response, err := http.ReadResponse(bufio.NewReader(conn), &http.Request{Method: method})
	if err != nil {
		t.Fatalf("%.100s: %v", line, err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatalf("%.100s: %v", line, err)
	}
	return answer{response, string(body)}
}

const home = "<!doctype html><html><body><h1>Home</h1></body></html>"

func TestFilesAreServedUnderTheirAddresses(t *testing.T) {
	s := begin(t, Options{Base: "/", Dir: site(t, map[string]string{
		"index.html":               home,
		"articles/index.html":      "<body>Articles</body>",
		"404.html":                 "<body>Not here</body>",
		"about us/index.html":      "<body>About</body>",
		"empty/picture.png":        "png",
		".well-known/security.txt": "Contact",
		"ŵ/index.html":             "<body>Welsh</body>",
		"_headers":                 "/*",
		"Report: final.txt":        "final",
	})})
	s.Built([]string{"index.html"})
	for _, test := range []struct {
		path     string
		status   int
		want     string
		location string
	}{
		{"/", 200, "Home", ""},
		{"/index.html", 200, "Home", ""},
		{"/articles/", 200, "Articles", ""},
		{"/articles", 301, "", "/articles/"},
		{"/articles?page=2", 301, "", "/articles/?page=2"},
		{"/about%20us", 301, "", "/about%20us/"},
		{"/about%20us/", 200, "About", ""},
		{"/%C5%B5/", 200, "Welsh", ""},
		{"/empty/", 404, "Not here", ""},
		{"/nothing", 404, "Not here", ""},
		{"/articles/index.html/", 404, "Not here", ""},
		{"/.well-known/security.txt", 200, "Contact", ""},
		{"/_headers", 200, "/*", ""},
		{"/Report:%20final.txt", 200, "final", ""},
	} {
		got := request(t, s, "GET "+test.path)
		if got.StatusCode != test.status || !strings.Contains(got.body, test.want) || got.Header.Get("Location") != test.location {
			t.Errorf("%s: %s, location %q: %s", test.path, got.Status, got.Header.Get("Location"), got.body)
		}
	}
}

func TestASiteMayLiveBelowAPath(t *testing.T) {
	s := begin(t, Options{Base: "updates", Dir: site(t, map[string]string{
		"index.html": home, "a/index.html": "<body>A</body>", "404.html": "<body>Not here</body>",
	})})
	s.Built(nil)
	if !strings.HasSuffix(s.URL(), "/updates/") {
		t.Errorf("URL is %s", s.URL())
	}
	for _, test := range []struct {
		path     string
		status   int
		location string
	}{
		{"/updates/", 200, ""},
		{"/updates/a/", 200, ""},
		{"/updates/a", 301, "/updates/a/"},
		{"/updates", 301, "/updates/"},
		{"/", 301, "/updates/"},
		{"/a/", 404, ""},
		{"/updatesa/", 404, ""},
		{"/_bulletin/reload.js", 200, ""},
	} {
		got := request(t, s, "GET "+test.path)
		if got.StatusCode != test.status || got.Header.Get("Location") != test.location {
			t.Errorf("%s: %s, location %q", test.path, got.Status, got.Header.Get("Location"))
		}
	}
	s.SetBase("/news/2025/")
	if got := request(t, s, "GET /news/2025/a/"); got.StatusCode != 200 {
		t.Errorf("after SetBase: %s", got.Status)
	}
}

func TestOnlyPagesGetTheScript(t *testing.T) {
	files := map[string]string{
		"index.html": home, "feed.xml": "<rss></rss></body>", "style.css": "</body>{}", "mail.eml": "</body>",
	}
	s := begin(t, Options{Base: "/", Dir: site(t, files)})
	s.Built(nil)
	for name, text := range files {
		got := request(t, s, "GET /"+name)
		if name == "index.html" {
			tag := `<script src="/_bulletin/reload.js" data-build="` + s.hub.current().Build + `" data-page="` + likeness([]byte(home)) + `" defer></script>` + "\n"
			text = strings.Replace(text, "</body>", tag+"</body>", 1)
		}
		if got.body != text {
			t.Errorf("%s: %s", name, got.body)
		}
		for header, want := range map[string]string{
			"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff",
			"Access-Control-Allow-Origin": "", "Content-Length": strconv.Itoa(len(text)),
		} {
			if got.Header.Get(header) != want {
				t.Errorf("%s: %s is %q, want %q", name, header, got.Header.Get(header), want)
			}
		}
		head := request(t, s, "HEAD /"+name)
		if head.body != "" || head.StatusCode != 200 || head.ContentLength != int64(len(text)) {
			t.Errorf("HEAD %s: %s, length %d, body %q", name, head.Status, head.ContentLength, head.body)
		}
	}
	if data, err := os.ReadFile(filepath.Join(s.dir, "index.html")); err != nil || string(data) != home {
		t.Errorf("the output was changed: %s %v", data, err)
	}
}

func TestTheScriptGoesBeforeTheEndOfTheBody(t *testing.T) {
	for page, want := range map[string]string{
		"":                           "TAG",
		"text":                       "textTAG",
		"a</body></html>":            "aTAG</body></html>",
		"a</BODY >":                  "aTAG</BODY >",
		"a</body":                    "a</bodyTAG",
		"</body></p></body></html>":  "</body></p>TAG</body></html>",
		"a</bodyguard></body\n></a>": "a</bodyguard>TAG</body\n></a>",
		"</":                         "</TAG",
	} {
		tag := `<script src="/_bulletin/reload.js" data-build="b" data-page="` + likeness([]byte(page)) + `" defer></script>` + "\n"
		if got := string(inject([]byte(page), "b", "")); got != strings.Replace(want, "TAG", tag, 1) {
			t.Errorf("%q became %q, want %q", page, got, want)
		}
	}
}

func TestPagesAreAlikeThatDifferInTheNamesOfStyleSheetsAlone(t *testing.T) {
	page := `<link rel="stylesheet" href="/assets/bulletin.0123456789.css"><p>One</p>`
	for other, want := range map[string]bool{
		strings.Replace(page, "0123456789", "abcdefabcd", 1): true,
		strings.Replace(page, "bulletin", "other", 1):        false,
		strings.Replace(page, "One", "Two", 1):               false,
		strings.Replace(page, ".css", ".js", 1):              false,
	} {
		if got := likeness([]byte(page)) == likeness([]byte(other)); got != want {
			t.Errorf("alike: %v, want %v: %s", got, want, other)
		}
	}
}

func TestAPartOfAFileCanBeAskedFor(t *testing.T) {
	s := begin(t, Options{Base: "/", Dir: site(t, map[string]string{"talk.mp3": "0123456789"})})
	got := request(t, s, "GET /talk.mp3", "Range", "bytes=2-4")
	if got.StatusCode != 206 || got.body != "234" || got.Header.Get("Content-Range") != "bytes 2-4/10" {
		t.Errorf("%s %q %q", got.Status, got.body, got.Header.Get("Content-Range"))
	}
}

func TestBeforeTheFirstBuildAPageSaysHowThingsStand(t *testing.T) {
	dir := site(t, nil)
	s := begin(t, Options{Base: "/", Dir: dir})
	expect := func(claim string, status int, want ...string) {
		t.Helper()
		got := request(t, s, "GET /articles/")
		if got.StatusCode != status {
			t.Errorf("%s: %s", claim, got.Status)
		}
		for _, text := range append(want, `src="/_bulletin/reload.js"`) {
			if !strings.Contains(got.body, text) {
				t.Errorf("%s: %q is missing in %s", claim, text, got.body)
			}
		}
	}
	expect("nothing is built", 503, "The site is being built", `data-bulletin-state="0"`)

	problem := diag.Errorf(diag.Pos{File: "content/<a>.md", Line: 4, Col: 2}, "x", "write <this>", "unknown <script>")
	s.Problems(diag.List{problem})
	expect("the first build failed", 503, "Once 1 thing is mended", "content/&lt;a&gt;.md<span>:4:2</span>",
		"unknown &lt;script&gt;", "write &lt;this&gt;", `data-bulletin-state="1"`)

	write(t, filepath.Join(dir, "articles", "index.html"), "<body>Articles of an earlier run</body>")
	expect("a page of an earlier run is there", 200, "Articles of an earlier run")

	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	s.Built([]string{"index.html"})
	expect("the output folder is gone", 503, "The built pages are gone")

	write(t, filepath.Join(dir, "index.html"), home)
	expect("there is no page, and no 404.html", 404, "There is no page at this address")

	write(t, filepath.Join(dir, "404.html"), "<body>Our own</body>")
	expect("there is no page", 404, "Our own")
}

func TestAFileThatIsBeingReplacedIsLookedForOnceMore(t *testing.T) {
	dir := site(t, map[string]string{"index.html": home})
	s := begin(t, Options{Base: "/", Dir: dir}, func(s *Server) {
		s.pause = func(context.Context) { write(t, filepath.Join(dir, "a", "index.html"), "<body>Now</body>") }
	})
	s.Built(nil)
	if got := request(t, s, "GET /a/"); got.StatusCode != 200 || !strings.Contains(got.body, "Now") {
		t.Errorf("%s: %s", got.Status, got.body)
	}
}

func TestPagesAreCompleteWhileTheyAreReplaced(t *testing.T) {
	page := func(n int) string {
		return fmt.Sprintf("<body>%s</body><!-- end -->", strings.Repeat(strconv.Itoa(n%10), 1<<16))
	}
	dir := site(t, map[string]string{"index.html": page(0)})
	s := begin(t, Options{Base: "/", Dir: dir})
	s.Built(nil)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for n := range 200 {
			fresh := filepath.Join(dir, ".fresh")
			if os.WriteFile(fresh, []byte(page(n)), 0o644) != nil || os.Rename(fresh, filepath.Join(dir, "index.html")) != nil {
				t.Error("could not replace the page")
				return
			}
		}
	}()
	for running := true; running; {
		select {
		case <-done:
			running = false
		default:
		}
		got := request(t, s, "GET /")
		text := strings.TrimPrefix(got.body, "<body>")
		if got.StatusCode != 200 || !strings.HasSuffix(text, "<!-- end -->") || strings.Trim(text[:1<<16], text[:1]) != "" {
			t.Fatalf("%s: %d bytes, beginning %.20q", got.Status, len(got.body), got.body)
		}
	}
}

func TestAPortThatCannotBeHadIsExplained(t *testing.T) {
	first := begin(t, Options{Base: "/"})
	taken := first.listener.Addr().(*net.TCPAddr)
	if !taken.IP.IsLoopback() {
		t.Errorf("the server listens on %v", taken)
	}
	for port, want := range map[int]string{taken.Port: "used by another program", -1: "no port -1", 65536: "no port 65536"} {
		if err := New(Options{}).Listen(port); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("port %d: %v", port, err)
		}
	}
	second := begin(t, Options{Base: "/"})
	if first.URL() == second.URL() {
		t.Errorf("two servers listen on %s", first.URL())
	}
}

func TestTheStateIsAlwaysJSON(t *testing.T) {
	s := begin(t, Options{Base: "/"})
	got := request(t, s, "GET /_bulletin/state")
	var now map[string]any
	if err := json.NewDecoder(bytes.NewBufferString(got.body)).Decode(&now); err != nil {
		t.Fatal(err)
	}
	if list, ok := now["problems"].([]any); !ok || len(list) != 0 {
		t.Errorf("problems: %v, want an empty list", now["problems"])
	}
}

func TestPagesStandUnderThePolicyOfTheSite(t *testing.T) {
	s := begin(t, Options{Base: "/", Dir: site(t, map[string]string{
		"index.html": home, "404.html": home, "style.css": "p{}", "newsletters/1/email.html": home,
	})})
	s.SetPolicy(host.Policy{{Name: "default-src", Sources: []string{"'none'"}}, {Name: "connect-src", Sources: []string{"'none'"}}, {Name: "img-src", Sources: []string{"'self'"}}})
	s.Built(nil)
	const policy = "default-src 'none'; connect-src 'self'; img-src 'self'"
	for path, want := range map[string]string{"/": policy, "/no/such/page/": policy, "/style.css": "", "/newsletters/1/email.html": ""} {
		if got := request(t, s, "GET "+path).Header.Get("Content-Security-Policy"); got != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
}
