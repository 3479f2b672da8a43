package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"bulletin/internal/build"
)

var savedSite = flag.String("site", "", "a generated site in this `folder` for BenchmarkSave, which edits it")

// BenchmarkSave measures how long it takes from the save of an article, at some
// instant while the preview runs, until the served page is the new one:
//
//	go test ./internal/build -run TestGenerate -generate /tmp/site -entries 10000
//	go test ./cmd/bulletin -run NONE -bench Save -benchtime 60x -site /tmp/site
func BenchmarkSave(b *testing.B) {
	if *savedSite == "" {
		b.Skip("no folder is named by -site")
	}
	files, err := filepath.Glob(filepath.Join(*savedSite, "content/articles/*/*.md"))
	if err != nil || len(files) == 0 {
		b.Fatalf("there are no articles in %s: %v", *savedSite, err)
	}
	ctx, cancel := context.WithCancel(b.Context())
	p := newPreview(build.Options{Source: *savedSite, Output: "public", Clock: time.Now}, false, "")
	printed, said := io.Pipe()
	p.out, p.errors = said, io.Discard
	ended := make(chan error, 1)
	go func() { ended <- p.run(ctx, 0, false) }()
	ready := make(chan struct{})
	go func() {
		for text := make([]byte, 4096); ; {
			n, err := printed.Read(text)
			if err != nil {
				return
			}
			if bytes.Contains(text[:n], []byte("Preview at")) {
				close(ready)
			}
		}
	}()
	<-ready
	random := rand.New(rand.NewPCG(3, 3))
	var took []time.Duration
	for n := range b.N {
		time.Sleep(time.Duration(random.IntN(4000)) * time.Millisecond) // writers do not save in step
		took = append(took, saveAndWait(b, p.server.URL(), files[random.IntN(len(files))], n))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "p95-ms")
	b.ReportMetric(float64(took[len(took)-1].Microseconds())/1000, "max-ms")
	cancel()
	if err := <-ended; err != nil {
		b.Fatal(err)
	}
}

// saveAndWait edits a file, and waits until its page shows the edit.
func saveAndWait(b *testing.B, site, file string, n int) time.Duration {
	b.Helper()
	rest, _ := strings.CutPrefix(filepath.ToSlash(file), filepath.ToSlash(*savedSite)+"/content")
	page := strings.TrimSuffix(site, "/") + strings.TrimSuffix(rest, ".md") + "/"
	text, err := os.ReadFile(file)
	if err != nil {
		b.Fatal(err)
	}
	mark := fmt.Sprintf("Mark %d of %d.", n, time.Now().UnixNano())
	began := time.Now()
	if err := os.WriteFile(file, fmt.Appendf(text, "\n%s\n", mark), 0o644); err != nil {
		b.Fatal(err)
	}
	for time.Since(began) < time.Minute {
		response, err := http.Get(page)
		if err != nil {
			b.Fatal(err)
		}
		served, err := io.ReadAll(response.Body)
		response.Body.Close()
		if err != nil {
			b.Fatal(err)
		}
		if bytes.Contains(served, []byte(mark)) {
			return time.Since(began)
		}
		time.Sleep(time.Millisecond)
	}
	b.Fatalf("%s does not show the edit", page)
	return 0
}

// TestAnEditDoesNotWaitForTheBuildThatTidiesUp: an edit that comes while the
// site is built after others is shown at once, and the build is made up for.
func TestAnEditDoesNotWaitForTheBuildThatTidiesUp(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "content/site.yaml", "title: Site\nurl: https://example.org/\n")
	put(t, dir, "content/about.md", "---\ntitle: About\nsummary: S\n---\nWords.\n")
	p := newPreview(build.Options{Source: dir, Output: "public", Clock: time.Now}, false, "")
	var said bytes.Buffer
	p.out, p.errors = &said, &said
	p.build(t.Context(), true)
	page := func() string {
		data, err := os.ReadFile(filepath.Join(dir, "public/about/index.html"))
		if err != nil {
			t.Fatalf("%v; it said: %s", err, &said)
		}
		return string(data)
	}
	hints := make(chan string, 1)
	p.latest = time.Now().Add(time.Hour)
	for n, waiting := range []bool{true, false, true} {
		text := fmt.Sprintf("Words of edit %d.", n)
		put(t, dir, "content/about.md", "---\ntitle: About\nsummary: S\n---\n"+text+"\n")
		if waiting {
			hints <- filepath.Join(dir, "content/about.md")
		}
		p.tidyUp(t.Context(), hints)
		if !strings.Contains(page(), text) {
			t.Errorf("the page does not show edit %d; it said: %s", n, &said)
		}
		if waiting == p.tidy.IsZero() {
			t.Errorf("after edit %d, another build is due: %v", n, !p.tidy.IsZero())
		}
	}
	p.latest = time.Now()
	hints <- filepath.Join(dir, "content/about.md")
	p.tidyUp(t.Context(), hints)
	if len(hints) == 0 || !p.tidy.IsZero() {
		t.Error("a build that was put off for long is put off again")
	}
}
