package e2e

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"
	"unicode"
)

// hostileFolder has the texts, and the site in whose fields they stand, that
// the tests of the command publish too.
const hostileFolder = "../../cmd/bulletin/testdata/hostile"

// reportTo is where the browser reports what a policy refused.
const reportTo = "/policy-report"

// Policies of a careful host; e-mails are allowed the styles that they bring.
const (
	pagePolicy = "default-src 'none'; script-src 'self'; img-src 'self'; style-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; " +
		"frame-ancestors 'none'; require-trusted-types-for 'script'; report-uri " + reportTo
	emailPolicy = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; report-uri " + reportTo
)

// TestNothingRunsInABrowser publishes a site with a hostile text in every field
// and opens a page of each kind, with every text in it: the browser refuses
// nothing, nothing runs, and no page opens a dialog or leads away.
func TestNothingRunsInABrowser(t *testing.T) {
	s, reports := hostile(t)
	tab := newTab(t)
	visited := 0
	for _, address := range slices.Concat(s.pages, s.mails) {
		if !hostileSample.MatchString(address) {
			continue
		}
		visited++
		if err := tab.visit(s.base + address); err != nil {
			t.Fatal(err)
		}
		found, err := evaluate[string](tab, probe("hostile"))
		if err != nil {
			t.Fatalf("%s: %v", address, err)
		}
		requests, console := tab.noted()
		for _, r := range requests {
			if !strings.HasPrefix(r, s.server.URL+"/") {
				found += " asks for " + r
			}
		}
		if found != "" || len(console) > 0 || reports.Load() > 0 {
			t.Fatalf("%s: %s %q, %d reports of the policy", address, found, console, reports.Load())
		}
	}
	if visited < 150 {
		t.Errorf("only %d pages were visited", visited)
	}
}

// hostileSample are the pages that are visited: all entries of which each copy
// holds other texts, and the lists that show them all.
var hostileSample = regexp.MustCompile(`^$|^404\.html$|^(articles|events|newsletters|places|topics|organisations|people|series|subscribe|accessibility|about)/$|^(articles|events)/\d+/$|^newsletters/\d*[05]/(email\.html)?$|^articles/withdrawn-\d*0/$|^pages/\d*0/$`)

// TestTheBrowserReportsWhatItRefuses holds that the test above can fail.
func TestTheBrowserReportsWhatItRefuses(t *testing.T) {
	needBrowser(t)
	var reports atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == reportTo {
			reports.Add(1)
			return
		}
		w.Header().Set("Content-Security-Policy", pagePolicy)
		w.Header().Set("Content-Type", "text/html")
		io.WriteString(w, "<!doctype html><title>a</title><p><script>window.__pwned=1</script><img src=/x onerror=alert(1)>")
	}))
	defer server.Close()
	tab := newTab(t)
	if err := tab.visit(server.URL + "/"); err != nil {
		t.Fatal(err)
	}
	if err := tab.eventually("true"); err != nil {
		t.Fatal(err)
	}
	if found, err := evaluate[string](tab, probe("hostile")); err != nil || found == "" {
		t.Errorf("the page is found harmless: %v", err)
	}
	for end := time.Now().Add(patience); reports.Load() == 0 && time.Now().Before(end); {
		if err := tab.eventually("true"); err != nil {
			t.Fatal(err)
		}
	}
	if _, console := tab.noted(); len(console) == 0 || reports.Load() == 0 {
		t.Errorf("console %q, %d reports", console, reports.Load())
	}
}

// hostile builds the hostile site, and serves it with policies whose reports
// are counted.
func hostile(t *testing.T) (*site, *atomic.Int32) {
	t.Helper()
	needBrowser(t)
	source := t.TempDir()
	writeHostile(t, source)
	s := &site{name: "hostile", under: "/updates/", dir: filepath.Join(source, "public")}
	reports := new(atomic.Int32)
	s.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == reportTo {
			reports.Add(1)
			return
		}
		files := http.StripPrefix("/updates", s)
		if strings.HasSuffix(r.URL.Path, "/email.html") {
			files.ServeHTTP(&underPolicy{w, emailPolicy}, r)
			return
		}
		files.ServeHTTP(&underPolicy{w, pagePolicy}, r)
	}))
	t.Cleanup(s.server.Close)
	s.base = s.server.URL + "/updates/"
	build := exec.Command(program, "build", "--source", source, "--now", "2025-10-01T10:00:00+01:00", "--base-url", s.base)
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("building the hostile site: %v\n%s", err, out)
	}
	if err := s.list(); err != nil {
		t.Fatal(err)
	}
	return s, reports
}

// underPolicy answers under another policy than that of the site's server.
type underPolicy struct {
	http.ResponseWriter
	policy string
}

func (w *underPolicy) WriteHeader(status int) {
	w.Header().Set("Content-Security-Policy", w.policy)
	w.ResponseWriter.WriteHeader(status)
}

func (w *underPolicy) Write(data []byte) (int, error) {
	w.Header().Set("Content-Security-Policy", w.policy)
	return w.ResponseWriter.Write(data)
}

// writeHostile writes the site: site.txtar says how.
func writeHostile(t *testing.T, dir string) {
	t.Helper()
	var texts []string
	for line := range strings.Lines(hostileFile(t, "payloads.txt")) {
		if text, err := strconv.Unquote(strings.TrimSpace(line)); err == nil {
			texts = append(texts, text)
		}
	}
	put := func(name, text string) {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, []byte(text), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	logo, err := os.ReadFile(filepath.Join(repository, "content", "images", "region-landscape.png"))
	if err != nil {
		t.Fatal(err)
	}
	put("content/logo.png", string(logo))
	put("content/paper.pdf", "%PDF-1.4\n")
	for _, part := range strings.Split("\n"+hostileFile(t, "site.txtar"), "\n-- ")[1:] {
		name, template, _ := strings.Cut(part+"\n", " --\n")
		if strings.Contains(name, "#") {
			for i := range texts {
				put(strings.ReplaceAll(name, "#", strconv.Itoa(i)), fillHostile(template, texts, i))
			}
			continue
		}
		var b strings.Builder
		for line := range strings.Lines(template) {
			each, repeated := strings.CutPrefix(line, "«each»")
			for i := range texts {
				if repeated || i == 0 {
					b.WriteString(fillHostile(each, texts, i))
				}
			}
		}
		put(name, b.String())
	}
}

func hostileFile(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(hostileFolder, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

var hostilePlace = regexp.MustCompile(`«(\w)»`)

// fillHostile fills copy number i of a file or line.
func fillHostile(template string, texts []string, i int) string {
	next := i
	quoted := func(text string) string {
		data, _ := json.Marshal(text) // every text can be written
		return string(data)
	}
	return hostilePlace.ReplaceAllStringFunc(template, func(place string) string {
		switch place {
		case "«i»":
			return strconv.Itoa(i)
		case "«d»":
			return time.Date(2025, 9, 1, 8, i, 0, 0, time.UTC).Format("2006-01-02 15:04")
		}
		text := texts[next%len(texts)]
		switch next++; place {
		case "«n»":
			return quoted(fmt.Sprintf("%s p%d", text, (next-1)%len(texts)))
		case "«f»":
			return quoted(`"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text) + `" <update@example.org>`)
		case "«q»":
			return quoted(escapedMarkdown(text))
		case "«e»":
			return escapedMarkdown(text)
		case "«c»":
			return onOneLine(text)
		}
		return quoted(text)
	})
}

// escapedMarkdown writes a text so that Markdown shows it as it is.
func escapedMarkdown(text string) string {
	var b strings.Builder
	for _, r := range onOneLine(text) {
		if r < unicode.MaxASCII && (unicode.IsPunct(r) || unicode.IsSymbol(r)) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

func onOneLine(text string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, text))
}
