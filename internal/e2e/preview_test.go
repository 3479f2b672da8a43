package e2e

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// preview is a small site of its own, shown by bulletin watch.
type preview struct {
	t    *testing.T
	dir  string
	port int
	base string

	watch *exec.Cmd
	said  *transcript
}

// transcript keeps what a program prints, to show it when a test fails.
type transcript struct {
	mu   sync.Mutex
	text strings.Builder
}

func (s *transcript) Write(text []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(text)
}

func (s *transcript) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

// article is where the article stands that the tests change, and address
// where it is shown.
const (
	article = "content/articles/lantern-walk.md"
	address = "articles/lantern-walk/"
)

// text gives the article with a title, as it is saved.
func text(title string) string {
	return fmt.Sprintf("---\ntitle: %s\nsummary: A walk with lanterns.\ndate: 2025-09-01\n---\n\nBring a lantern.\n", title)
}

// startPreview begins a site and watches it.
func startPreview(t *testing.T) *preview {
	t.Helper()
	needBrowser(t)
	p := &preview{t: t, dir: filepath.Join(t.TempDir(), "site"), port: freePort(t), said: &transcript{}}
	if out, err := exec.Command(program, "init", p.dir).CombinedOutput(); err != nil {
		t.Fatalf("beginning a site: %v\n%s", err, out)
	}
	p.save(article, text("Lantern walk"))
	t.Cleanup(func() {
		p.stop()
		if t.Failed() {
			t.Logf("bulletin watch said:\n%s", p.said)
		}
	})
	p.start()
	return p
}

func freePort(t *testing.T) int {
	t.Helper()
	listener, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().(*net.TCPAddr).Port
}

var announced = regexp.MustCompile(`http://\S+`)

// start runs bulletin watch until it says where the preview is.
func (p *preview) start() {
	p.t.Helper()
	p.watch = exec.Command(program, "watch", "--port", strconv.Itoa(p.port))
	p.watch.Dir = p.dir
	p.watch.Stderr = p.said
	out, err := p.watch.StdoutPipe()
	if err != nil {
		p.t.Fatal(err)
	}
	if err := p.watch.Start(); err != nil {
		p.t.Fatal(err)
	}
	addresses := make(chan string, 1)
	go func() {
		lines := bufio.NewScanner(out)
		for lines.Scan() {
			fmt.Fprintln(p.said, lines.Text())
			if address := announced.FindString(lines.Text()); address != "" {
				addresses <- address
			}
		}
	}()
	select {
	case p.base = <-addresses:
	case <-time.After(patience):
		p.t.Fatal("bulletin watch does not say where the preview is")
	}
}

// stop ends bulletin watch as Ctrl+C does.
func (p *preview) stop() {
	if p.watch == nil || p.watch.Process == nil || p.watch.ProcessState != nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	context.AfterFunc(ctx, func() {
		if ctx.Err() == context.DeadlineExceeded {
			p.watch.Process.Kill()
		}
	})
	p.watch.Process.Signal(os.Interrupt)
	p.watch.Wait()
}

// save writes a file of the site.
func (p *preview) save(name, text string) {
	p.t.Helper()
	file := filepath.Join(p.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		p.t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		p.t.Fatal(err)
	}
}

// replace saves a file as careful editors do: under another name, which is
// then given the file's.
func (p *preview) replace(name, text string) {
	p.t.Helper()
	p.save(name+"~", text)
	p.rename(name+"~", name)
}

// rename moves a file or folder within the site.
func (p *preview) rename(from, to string) {
	p.t.Helper()
	err := os.Rename(filepath.Join(p.dir, filepath.FromSlash(from)), filepath.Join(p.dir, filepath.FromSlash(to)))
	if err != nil {
		p.t.Fatal(err)
	}
}

// remove takes a file of the site away.
func (p *preview) remove(name string) {
	p.t.Helper()
	if err := os.Remove(filepath.Join(p.dir, filepath.FromSlash(name))); err != nil {
		p.t.Fatal(err)
	}
}

// open shows a page of the site in a new tab. The tab is marked, so that a
// reload can be told from a change without one.
func (p *preview) open(address string) *tab {
	p.t.Helper()
	tab := newTab(p.t)
	if err := tab.visit(p.base + address); err != nil {
		p.t.Fatal(err)
	}
	p.mark(tab)
	return tab
}

// openAll opens the article in n tabs.
func (p *preview) openAll(n int) []*tab {
	p.t.Helper()
	tabs := make([]*tab, n)
	for i := range tabs {
		tabs[i] = p.open(address)
	}
	return tabs
}

// mark marks the page that a tab shows now.
func (p *preview) mark(tab *tab) {
	p.t.Helper()
	if _, err := evaluate[bool](tab, "window.marked = true"); err != nil {
		p.t.Fatal(err)
	}
}

// expect waits until something is so in a tab.
func (p *preview) expect(tab *tab, expression string) {
	p.t.Helper()
	if err := tab.eventually(expression); err != nil {
		p.t.Fatal(err)
	}
}

// expectTitle waits until the main heading of a tab is this.
func (p *preview) expectTitle(tab *tab, title string) {
	p.t.Helper()
	p.expect(tab, fmt.Sprintf("document.querySelector('h1')?.innerText === %q", title))
}

// What the overlay with the problems shows; its shadow tree is open.
const (
	overlay      = "document.querySelector('bulletin-problems')"
	overlayIsUp  = overlay + "?.hidden === false && " + overlay + ".shadowRoot.querySelector('.panel')?.checkVisibility() === true"
	overlayIsOff = overlay + " === null"
)

// overlaySays is true when the overlay is up and has these words in it.
func overlaySays(words string) string {
	return fmt.Sprintf("%s && %s.shadowRoot.textContent.includes(%q)", overlayIsUp, overlay, words)
}

// contentOf gives the text of a file of the site; none if there is no such
// file.
func (p *preview) contentOf(name string) string {
	text, err := os.ReadFile(filepath.Join(p.dir, filepath.FromSlash(name)))
	if err != nil {
		return ""
	}
	return string(text)
}
