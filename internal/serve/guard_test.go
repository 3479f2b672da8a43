package serve

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

func TestNothingOutsideTheOutputIsServed(t *testing.T) {
	const canary = "CANARY"
	dir := site(t, map[string]string{
		"index.html":           home,
		"a/index.html":         "<body>A</body>",
		".bulletin/keys.json":  canary,
		".htpasswd":            canary,
		"a/.hidden/index.html": canary,
		"a/.well-known/x.txt":  canary,
	})
	outside := filepath.Dir(dir)
	write(t, filepath.Join(outside, "secret.txt"), canary)
	write(t, filepath.Join(outside, "secrets", "index.html"), canary)
	for link, target := range map[string]string{
		"link.txt": "../secret.txt", "absolute.txt": filepath.Join(outside, "secret.txt"), "folder": "../secrets",
	} {
		if err := os.Symlink(target, filepath.Join(dir, link)); err != nil {
			t.Fatal(err)
		}
	}
	s := begin(t, Options{Base: "/", Dir: dir})
	s.Built(nil)
	for _, path := range []string{
		"/../secret.txt", "/a/../../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/%2e%2e%2fsecret.txt",
		"/a/%2e%2e/%2e%2e/secret.txt", "/%252e%252e/secret.txt", "/%252e%252e%252fsecret.txt", "/..%5csecret.txt",
		"/..%5c..%5csecret.txt", "/a/..%5c..%5csecret.txt", "/%00/../secret.txt", "/index.html%00.txt", "/secret.txt%00",
		"/%c0%ae%c0%ae/secret.txt", "/./../secret.txt", "//secret.txt", "/a//../../secret.txt", "/" + outside + "/secret.txt",
		"/%2f" + outside + "/secret.txt", "/link.txt", "/absolute.txt", "/folder/", "/folder", "/folder/index.html",
		"/.bulletin/keys.json", "/.bulletin/", "/.bulletin", "/%2ebulletin/keys.json", "/a/../.bulletin/keys.json",
		"/.BULLETIN/keys.json", "/.htpasswd", "/a/.hidden/", "/a/.well-known/x.txt", "//evil.example", "//evil.example/..",
		"/%2f%2fevil.example", "/" + strings.Repeat("a/", 4000), "/" + strings.Repeat("a", 5000),
	} {
		got := request(t, s, "GET "+path)
		if got.StatusCode != 404 || strings.Contains(got.body, canary) || got.Header.Get("Location") != "" {
			t.Errorf("%.60s: %s, location %q: %.100s", path, got.Status, got.Header.Get("Location"), got.body)
		}
	}
}

func TestOnlyReadingIsAllowed(t *testing.T) {
	s := begin(t, Options{Base: "/", Dir: site(t, map[string]string{"index.html": home})})
	for _, line := range []string{"POST /", "PUT /", "DELETE /", "OPTIONS /", "OPTIONS *", "TRACE /", "PATCH /", "get /"} {
		got := request(t, s, line)
		if got.StatusCode != 405 || got.Header.Get("Allow") != "GET, HEAD" {
			t.Errorf("%s: %s, allow %q", line, got.Status, got.Header.Get("Allow"))
		}
	}
}

func TestOnlyItsOwnNamesAreAnswered(t *testing.T) {
	s := begin(t, Options{Base: "/", Dir: site(t, map[string]string{"index.html": home})})
	_, port, _ := net.SplitHostPort(s.listener.Addr().String())
	for host, status := range map[string]int{
		"127.0.0.1:" + port: 200, "localhost:" + port: 200, "LocalHost:" + port: 200, "[::1]:" + port: 200,
		"127.0.0.1": 403, "localhost": 403, "localhost:1": 403, "evil.example": 403, "evil.example:" + port: 403,
		"localhost.evil.example:" + port: 403, "127.0.0.1.evil.example:" + port: 403, "127.0.0.2:" + port: 403,
		"localhost:" + port + ":" + port: 403,
	} {
		for _, path := range []string{"/", "/_bulletin/reload.js", "/nothing"} {
			got := request(t, s, "GET "+path, "Host", host)
			if refused := got.StatusCode == 403; refused != (status == 403) || refused && strings.Contains(got.body, "<") {
				t.Errorf("%s of %s: %s: %s", path, host, got.Status, got.body)
			}
		}
	}
	for _, raw := range []string{
		"GET / HTTP/1.0\r\n\r\n", "OPTIONS * HTTP/1.1\r\nHost: evil.example\r\n\r\n", "GET http://evil.example/ HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nConnection: close\r\n\r\n",
	} {
		conn, err := net.Dial("tcp", s.listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprint(conn, raw)
		line, err := bufio.NewReader(conn).ReadString('\n')
		if conn.Close(); err != nil || !strings.Contains(line, " 403 ") {
			t.Errorf("%q was answered with %q (%v)", raw, line, err)
		}
	}
}

// TestNoRequestHidesAnother sends requests of whose length there may be two
// opinions (RFC 9112 section 11.2): each has one answer at most, after which
// the connection is closed.
func TestNoRequestHidesAnother(t *testing.T) {
	s := begin(t, Options{Base: "/", Dir: site(t, map[string]string{"index.html": home})})
	host := "Host: " + s.listener.Addr().String() + "\r\n"
	hidden := "GET /hidden/ HTTP/1.1\r\n" + host + "\r\n"
	for name, head := range map[string]string{
		"two lengths":        "GET / HTTP/1.1\r\n" + host + "Content-Length: 0\r\nContent-Length: 6\r\n\r\n",
		"length and chunks":  "POST / HTTP/1.1\r\n" + host + "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
		"chunks of a GET":    "GET / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
		"a space before :":   "GET / HTTP/1.1\r\n" + host + "Transfer-Encoding : chunked\r\n\r\n",
		"an unknown coding":  "GET / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked, identity\r\n\r\n",
		"a body of GET":      "GET / HTTP/1.1\r\n" + host + fmt.Sprintf("Content-Length: %d\r\n\r\n", len(hidden)) + hidden,
		"two hosts":          "GET / HTTP/1.1\r\n" + host + "Host: evil.example\r\n\r\n",
		"a host with a user": "GET / HTTP/1.1\r\n" + strings.Replace(host, "Host: ", "Host: x@", 1) + "\r\n",
		"an upgrade":         "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
		"no version":         "GET /\r\n\r\n",
	} {
		conn, err := net.Dial("tcp", s.listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		conn.SetDeadline(time.Now().Add(patience))
		fmt.Fprint(conn, head+hidden)
		said, err := io.ReadAll(conn)
		conn.Close()
		if err != nil && !strings.Contains(err.Error(), "reset") {
			t.Errorf("%s: %v", name, err)
		}
		if n := strings.Count(string(said), "HTTP/1.1 "); n > 1 || strings.Contains(string(said), "404") {
			t.Errorf("%s has %d answers:\n%.500s", name, n, said)
		}
	}
}

func TestOtherSitesCannotReadTheNews(t *testing.T) {
	s := begin(t, Options{Base: "/", Dir: site(t, nil)})
	own := strings.TrimSuffix(s.URL(), "/")
	for _, test := range []struct {
		name, value string
		want        int
	}{
		{"Origin", own, 200},
		{"Origin", "http://evil.example", 403},
		{"Origin", "null", 403},
		{"Origin", strings.Replace(own, "127.0.0.1", "localhost", 1), 403},
		{"Origin", strings.Replace(own, "http:", "https:", 1), 403},
		{"Sec-Fetch-Site", "same-origin", 200},
		{"Sec-Fetch-Site", "none", 200},
		{"Sec-Fetch-Site", "same-site", 403},
		{"Sec-Fetch-Site", "cross-site", 403},
	} {
		for _, line := range []string{"GET /_bulletin/state", "GET /_bulletin/reload.js", "HEAD /_bulletin/reload"} {
			if got := request(t, s, line, test.name, test.value); got.StatusCode != test.want {
				t.Errorf("%s with %s: %s: %s, want %d", line, test.name, test.value, got.Status, test.want)
			}
		}
	}
}

func TestOtherSitesCannotReadThePages(t *testing.T) {
	s := begin(t, Options{Base: "/", Dir: site(t, map[string]string{"index.html": home, "feed.xml": "<rss/>"})})
	s.Built(nil)
	for _, test := range []struct {
		claim   string
		headers []string
		want    int
	}{
		{"typed in", []string{"Sec-Fetch-Site", "none", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "document"}, 200},
		{"from a page of the site", []string{"Sec-Fetch-Site", "same-origin", "Sec-Fetch-Mode", "cors"}, 200},
		{"a program that is no browser", nil, 200},
		{"a link that somebody followed", []string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "document"}, 200},
		{"read by a script", []string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "cors", "Origin", "http://evil.example"}, 403},
		{"read by a script of an older browser", []string{"Origin", "http://evil.example"}, 403},
		{"loaded blindly", []string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "no-cors"}, 403},
		{"loaded by another port of this computer", []string{"Sec-Fetch-Site", "same-site", "Sec-Fetch-Mode", "no-cors", "Sec-Fetch-Dest", "image"}, 403},
		{"framed", []string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "iframe"}, 403},
	} {
		for _, path := range []string{"/", "/feed.xml", "/nothing/"} {
			got := request(t, s, "GET "+path, test.headers...)
			refused := got.StatusCode == 403
			if refused != (test.want == 403) || refused && strings.Contains(got.body, "<") {
				t.Errorf("%s, %s: %s", test.claim, path, got.Status)
			}
			if got.Header.Get("Access-Control-Allow-Origin") != "" || got.Header.Get("X-Frame-Options") != "SAMEORIGIN" || got.Header.Get("Cross-Origin-Resource-Policy") != "same-origin" {
				t.Errorf("%s, %s: headers %v", test.claim, path, got.Header)
			}
		}
	}
}

func TestAnExposedServerAnswersToAddressesButNotToOtherNames(t *testing.T) {
	s := begin(t, Options{Base: "/", Dir: site(t, map[string]string{"index.html": home}), Host: "0.0.0.0"})
	port := s.names.port
	if !s.Exposed() || s.URL() != "http://127.0.0.1:"+port+"/" {
		t.Errorf("exposed %v, %s", s.Exposed(), s.URL())
	}
	own, err := os.Hostname()
	if err != nil {
		t.Fatal(err)
	}
	for host, want := range map[string]int{
		"192.0.2.7:" + port: 200, "[2001:db8::1]:" + port: 200, "localhost:" + port: 200, own + ":" + port: 200,
		"evil.example:" + port: 403, "192.0.2.7": 403, "192.0.2.7.evil.example:" + port: 403, "192.0.2.7:1": 403,
	} {
		if got := request(t, s, "GET /", "Host", host); got.StatusCode != want {
			t.Errorf("%s: %s, want %d", host, got.Status, want)
		}
	}
	for _, host := range []string{"", "127.0.0.1", "localhost"} {
		if begin(t, Options{Base: "/", Host: host}).Exposed() {
			t.Errorf("the server on %q is exposed", host)
		}
	}
	if err := New(Options{Host: "192.0.2.7"}).Listen(0); err == nil || !strings.Contains(err.Error(), "this computer has no address 192.0.2.7") {
		t.Errorf("%v", err)
	}
}

// TestASlowClientIsLetGo asks bit by bit, and never to the end.
func TestASlowClientIsLetGo(t *testing.T) {
	s := begin(t, Options{Base: "/", Dir: site(t, map[string]string{"index.html": home})}, func(s *Server) { s.headerFor = 50 * time.Millisecond })
	for _, beginning := range []string{"", "G", "GET / HTTP/1.1\r\n", "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "} {
		conn, err := net.Dial("tcp", s.listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprint(conn, beginning)
		conn.SetReadDeadline(time.Now().Add(patience))
		if _, err := io.Copy(io.Discard, conn); err != nil && !strings.Contains(err.Error(), "reset") {
			t.Errorf("%q is waited for: %v", beginning, err)
		}
		conn.Close()
	}
}

func TestAHeaderWithoutEndIsRefused(t *testing.T) {
	s := begin(t, Options{Base: "/", Dir: site(t, map[string]string{"index.html": home})})
	conn, err := net.Dial("tcp", s.listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	conn.SetDeadline(time.Now().Add(patience))
	go fmt.Fprint(conn, "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Long: "+strings.Repeat("x", 1<<20)+"\r\n\r\n")
	if line, _ := bufio.NewReader(conn).ReadString('\n'); !strings.Contains(line, " 431 ") {
		t.Errorf("the answer is %q", line)
	}
}

func TestAPipeInTheOutputDoesNotHoldARequest(t *testing.T) {
	dir := site(t, map[string]string{"index.html": home})
	makePipe(t, filepath.Join(dir, "pipe.html"))
	s := begin(t, Options{Base: "/", Dir: dir})
	s.Built(nil)
	if got := request(t, s, "GET /pipe.html"); got.StatusCode != 404 {
		t.Errorf("%s", got.Status)
	}
}

func TestOnlySoManyConnectionsAreOpen(t *testing.T) {
	s := begin(t, Options{Base: "/", Dir: site(t, map[string]string{"index.html": home})})
	dial := func() net.Conn {
		t.Helper()
		conn, err := net.Dial("tcp", s.listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { conn.Close() })
		return conn
	}
	var idle []net.Conn
	for range maxConnections {
		idle = append(idle, dial())
	}
	one := make([]byte, 1)
	above := dial()
	above.SetReadDeadline(time.Now().Add(patience))
	if _, err := above.Read(one); err != io.EOF && !strings.Contains(fmt.Sprint(err), "reset") {
		t.Errorf("a connection above the limit: %v", err)
	}
	for _, conn := range idle {
		conn.Close()
	}
	for deadline := time.Now().Add(patience); ; {
		response, err := http.Get(s.URL())
		if err == nil {
			response.Body.Close()
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("nobody is answered after the others have gone: %v", err)
		}
		runtime.Gosched()
	}
}
