package e2e

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// hosts are servers that read one of the files that are made for them.
var hosts = []struct {
	name, command string
	// config is the server's own configuration, in the form of [fmt.Sprintf]
	// with its folder, the root of its documents, its port and the built site.
	config string
	args   func(dir string) []string
}{
	{"nginx", "nginx", nginxConfig, func(dir string) []string {
		return []string{"-p", dir, "-e", filepath.Join(dir, "error.log"), "-c", filepath.Join(dir, "config")}
	}},
	{"apache", "apache2", apacheConfig, func(dir string) []string {
		return []string{"-d", dir, "-f", filepath.Join(dir, "config"), "-DFOREGROUND"}
	}},
	{"caddy", "caddy", caddyConfig, func(dir string) []string {
		return []string{"run", "--adapter", "caddyfile", "--config", filepath.Join(dir, "config")}
	}},
}

const (
	nginxConfig = `daemon off; master_process off; pid %[1]s/pid; error_log %[1]s/error.log;
events { }
http {
	access_log off; client_body_temp_path %[1]s/t1; proxy_temp_path %[1]s/t2; fastcgi_temp_path %[1]s/t3; uwsgi_temp_path %[1]s/t4; scgi_temp_path %[1]s/t5;
	server { listen 127.0.0.1:%[3]d; root %[2]s; include %[4]s/.hosting/nginx.conf; }
}
`
	apacheConfig = `ServerRoot %[1]s
PidFile %[1]s/pid
ErrorLog %[1]s/error.log
Listen 127.0.0.1:%[3]d
ServerName 127.0.0.1
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
LoadModule dir_module /usr/lib/apache2/modules/mod_dir.so
LoadModule mime_module /usr/lib/apache2/modules/mod_mime.so
LoadModule alias_module /usr/lib/apache2/modules/mod_alias.so
LoadModule headers_module /usr/lib/apache2/modules/mod_headers.so
LoadModule setenvif_module /usr/lib/apache2/modules/mod_setenvif.so
TypesConfig /dev/null
DirectoryIndex index.html
DocumentRoot %[2]s
<Directory %[2]s>
AllowOverride FileInfo
Require all granted
</Directory>
`
	caddyConfig = `{
	admin off
	auto_https off
	storage file_system %[1]s
}
http://127.0.0.1:%[3]d {
	root * %[2]s
	import %[4]s/.hosting/Caddyfile
	file_server
}
`
)

// hostedSite has old addresses that would do harm in the files of a server if
// they were written as they are.
var hostedSite = map[string]string{
	"content/site.yaml": "title: Hosted\nurl: https://www.example.org\nhosting: {allow: {images: [https://images.example.org]}}\n",
	"content/events/drop-in.md": "---\ntitle: Drop-in\nsummary: Come in.\nstart: 2025-10-07 10:00\nvenue: Library\nregister: none\n" +
		"aliases:\n  - /old/\n  - /old%20page.html\n  - /caf%C3%A9/\n  - /a+b(c)[d]{e}$f^g|hi.j/\n  - /x%22;}evil%20{/\n  - \"/x`{$HOME}`/\"\n  - /q%3Fx=1/\n" +
		"  - /${PATH}%25{ENV:PATH}/\n  - /hash%23tag/\n  - /%3Cb%3E'/\n---\nText\n",
	"content/newsletters/1.md":   "---\ntitle: One\nissue: 1\ndate: 2025-08-10\n---\nText\n",
	"content/papers/minutes.pdf": "%PDF-1.7\n",
	"layouts/assets/keep.txt":    "kept\n",
}

// oldAddresses are the aliases as a browser asks for them.
var oldAddresses = []string{
	"old/", "old", "old%20page.html", "caf%C3%A9/", "a+b(c)%5Bd%5D%7Be%7D$f%5Eg%7Chi.j/", "x%22;%7Devil%20%7B/", "x%60%7B$HOME%7D%60/", "q%3Fx=1/",
	"$%7BPATH%7D%25%7BENV:PATH%7D/", "hash%23tag/", "%3Cb%3E'/",
}

func TestServersSendTheHeadersAndRedirectsThatAreWrittenForThem(t *testing.T) {
	for _, h := range hosts {
		for _, base := range []string{"/", "/updates/"} {
			t.Run(h.name+base, func(t *testing.T) {
				command, err := findServer(h.command)
				if err != nil {
					lacking(t, err.Error())
				}
				root := t.TempDir()
				dir := filepath.Join(root, filepath.FromSlash(base))
				buildHosted(t, dir, base)
				port := freePort(t)
				run := t.TempDir()
				config := fmt.Sprintf(h.config, run, root, port, strings.TrimSuffix(dir, "/"))
				if err := os.WriteFile(filepath.Join(run, "config"), []byte(config), 0o644); err != nil {
					t.Fatal(err)
				}
				startServer(t, command, h.args(run), port)
				checkHosted(t, fmt.Sprintf("http://127.0.0.1:%d", port), base, dir)
			})
		}
	}
}

// findServer finds a command that may be in a folder for administrators.
func findServer(name string) (string, error) {
	if command, err := exec.LookPath(name); err == nil {
		return command, nil
	}
	return exec.LookPath(filepath.Join("/usr/sbin", name))
}

func buildHosted(t *testing.T, dir, base string) {
	t.Helper()
	source := t.TempDir()
	for name, text := range hostedSite {
		file := filepath.Join(source, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	build := exec.Command(program, "build", "--source", source, "--output", dir, "--now", "2025-09-15T12:00:00+01:00", "--base-url", "https://www.example.org"+base)
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

// startServer runs a server until the end of the test, and waits until it
// answers.
func startServer(t *testing.T, command string, args []string, port int) {
	t.Helper()
	var says strings.Builder
	server := exec.Command(command, args...)
	server.Stdout, server.Stderr = &says, &says
	server.Env = append(os.Environ(), "XDG_CONFIG_HOME="+t.TempDir(), "XDG_DATA_HOME="+t.TempDir()) // where Caddy keeps things
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Wait() }()
	t.Cleanup(func() {
		server.Process.Signal(os.Interrupt)
		select {
		case <-ended:
		case <-time.After(patience):
			server.Process.Kill()
			<-ended
		}
	})
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(glance) {
		if c, err := net.Dial("tcp4", fmt.Sprintf("127.0.0.1:%d", port)); err == nil {
			c.Close()
			return
		}
		select {
		case err := <-ended:
			ended <- err
			t.Fatalf("the server ended: %v\n%s", err, &says)
		default:
		}
	}
	t.Fatalf("the server does not answer:\n%s", &says)
}

// checkHosted asks a server for files of every sort.
func checkHosted(t *testing.T, server, base, dir string) {
	t.Helper()
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	ask := func(path string) (*http.Response, string) {
		t.Helper()
		answer, err := client.Get(server + path)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		text, err := io.ReadAll(answer.Body)
		if err != nil {
			t.Fatal(err)
		}
		return answer, string(text)
	}
	_, home := ask(base)
	sheet := regexp.MustCompile(`/[a-z/]*assets/bulletin\.[0-9a-f]+\.css`).FindString(home)
	const short, year = "public, max-age=300", "public, max-age=31536000, immutable"
	for _, want := range []struct {
		path                          string
		status                        int
		kind, cache, origin, contains string
	}{
		{base, 200, "text/html; charset=utf-8", short, "", "<h1"},
		{sheet, 200, "text/css; charset=utf-8", year, "", ""},
		{base + "assets/keep.txt", 200, "text/plain; charset=utf-8", short, "", "kept"},
		{base + "feed.xml", 200, "application/xml; charset=utf-8", short, "*", "<rss"},
		{base + "events/atom.xml", 200, "application/xml; charset=utf-8", short, "*", "<feed"},
		{base + "feed.json", 200, "application/feed+json; charset=utf-8", short, "*", "jsonfeed.org"},
		{base + "calendar.ics", 200, "text/calendar; charset=utf-8", short, "*", "BEGIN:VCALENDAR"},
		{base + "subscribe/feeds.opml", 200, "text/x-opml; charset=utf-8", short, "*", "<opml"},
		{base + "newsletters/1/email.eml", 200, "message/rfc822", short, "", "MIME-Version"},
		{base + "newsletters/1/email.html", 200, "text/html; charset=utf-8", short, "", "style="},
		{base + "papers/minutes.pdf", 200, "application/pdf", short, "", "%PDF"},
		{base + "no/such/page/", 404, "text/html; charset=utf-8", "", "", "Page not found"},
		{base + "no/such.ics", 404, "text/html; charset=utf-8", "", "", "Page not found"},
		{base + "assets/bulletin.0000000000.css", 404, "text/html; charset=utf-8", "", "", "Page not found"},
		{base + ".bulletin/manifest", 404, "text/html; charset=utf-8", "", "", "Page not found"},
		{base + ".htaccess", 0, "", "", "", ""},
		{base + ".hosting/nginx.conf", 404, "", "", "", ""},
	} {
		answer, text := ask(want.path)
		get := answer.Header.Get
		if want.status != 0 && answer.StatusCode != want.status || want.status == 0 && answer.StatusCode < 400 {
			t.Errorf("%s: status %d, want %d", want.path, answer.StatusCode, want.status)
			continue
		}
		if want.kind != "" && !strings.EqualFold(get("Content-Type"), want.kind) && get("Content-Type")+"; charset=utf-8" != want.kind {
			t.Errorf("%s: type %q, want %q", want.path, get("Content-Type"), want.kind)
		}
		if want.cache != "" && get("Cache-Control") != want.cache || strings.Contains(get("Cache-Control"), "immutable") && want.cache != year {
			t.Errorf("%s: may be kept %q, want %q", want.path, get("Cache-Control"), want.cache)
		}
		if want.status == 200 && get("Access-Control-Allow-Origin") != want.origin {
			t.Errorf("%s: other sites may read it: %q", want.path, get("Access-Control-Allow-Origin"))
		}
		if !strings.Contains(text, want.contains) {
			t.Errorf("%s: got %.200q", want.path, text)
		}
		checkProtected(t, want.path, answer)
	}
	for _, old := range oldAddresses {
		answer, _ := ask(base + old)
		location, err := url.Parse(answer.Header.Get("Location"))
		if answer.StatusCode != http.StatusMovedPermanently || err != nil || location.Path != base+"events/drop-in/" || location.RawQuery != "" {
			t.Errorf("%s%s: status %d, leads to %q", base, old, answer.StatusCode, answer.Header.Get("Location"))
		}
	}
	for _, other := range []string{"olds/", "old/x", "oldxpage.html", "evil/"} {
		if answer, _ := ask(base + other); answer.StatusCode != http.StatusNotFound {
			t.Errorf("%s%s: status %d", base, other, answer.StatusCode)
		}
	}
}

// checkProtected checks the headers that every answer has.
func checkProtected(t *testing.T, path string, answer *http.Response) {
	t.Helper()
	policies := answer.Header.Values("Content-Security-Policy")
	if len(policies) != 1 || !strings.HasPrefix(policies[0], "default-src 'none'; ") {
		t.Errorf("%s: policy %q", path, policies)
		return
	}
	letter := strings.HasSuffix(path, "/email.html")
	if strings.Contains(policies[0], "'unsafe-inline'") != letter || !strings.Contains(policies[0], "frame-ancestors 'none'") ||
		!strings.Contains(policies[0], "img-src 'self' https://images.example.org") {
		t.Errorf("%s: policy %q", path, policies)
	}
	for name, want := range map[string]string{
		"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin",
		"Strict-Transport-Security": "max-age=31536000",
	} {
		if got := answer.Header.Values(name); len(got) != 1 || got[0] != want {
			t.Errorf("%s: %s is %q", path, name, got)
		}
	}
	if got := answer.Header.Get("Permissions-Policy"); !strings.Contains(got, "geolocation=()") {
		t.Errorf("%s: Permissions-Policy is %q", path, got)
	}
}
