package build

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"bulletin"
)

// BenchmarkPrograms builds the generated site with bulletin, and with Hugo a
// site that is equivalent: the same entries, a page each, paginated lists, terms
// with feeds, an .ics for each event, with three related entries a page and
// without. Hugo makes fewer kinds of output: no Atom, JSON or calendars of
// lists, no archives, no e-mails. HUGO names its program; without it there is
// nothing to compare with. Next to the time of a build stand processor time and
// the most memory of a process.
func BenchmarkPrograms(b *testing.B) {
	hugo := os.Getenv("HUGO")
	if hugo == "" {
		b.Skip("set HUGO to the path of a hugo program to compare with it")
	}
	program := filepath.Join(b.TempDir(), "bulletin")
	if out, err := exec.CommandContext(b.Context(), "go", "build", "-o", program, "bulletin/cmd/bulletin").CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	for name, lists := range map[string]bool{"bulletin": true, "bulletin-without-lists": false} {
		dir := b.TempDir()
		generate(b, dir, programEntries)
		if !lists {
			withoutLists(b, dir)
		}
		b.Run(name, func(b *testing.B) {
			b.Setenv("XDG_CACHE_HOME", b.TempDir())
			benchmarkCommand(b, dir, program, "build", "--now", epoch.Format("2006-01-02 15:04"))
		})
	}
	for name, related := range map[string]string{"hugo-related": hugoRelated, "hugo-unrelated": ""} {
		dir := b.TempDir()
		generateHugo(b, dir, related)
		b.Run(name, func(b *testing.B) { benchmarkCommand(b, dir, hugo) })
	}
}

// withoutLists takes out what issues list by themselves, up to a hundred entries
// each, which Hugo's have not.
func withoutLists(b *testing.B, dir string) {
	files, err := filepath.Glob(filepath.Join(dir, "content/newsletters/*.md"))
	if err != nil {
		b.Fatal(err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			b.Fatal(err)
		}
		if err := os.WriteFile(file, autoLists.ReplaceAll(text, nil), 0o644); err != nil {
			b.Fatal(err)
		}
	}
}

var autoLists = regexp.MustCompile(`(?m)^auto: .*\n`)

// programEntries is the size of the site that the programs build.
const programEntries = 10_000

// benchmarkCommand runs a command that builds dir/public from nothing.
func benchmarkCommand(b *testing.B, dir, program string, args ...string) {
	var cpu time.Duration
	var peak int64
	for b.Loop() {
		b.StopTimer()
		if err := os.RemoveAll(filepath.Join(dir, "public")); err != nil {
			b.Fatal(err)
		}
		cmd := exec.CommandContext(b.Context(), program, args...)
		cmd.Dir = dir
		b.StartTimer()
		if out, err := cmd.CombinedOutput(); err != nil {
			b.Fatalf("%v\n%s", err, out)
		}
		cpu += cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
		peak = max(peak, cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss)
	}
	b.ReportMetric(cpu.Seconds()/float64(b.N), "cpu-s/op")
	b.ReportMetric(float64(peak)/1024, "peak-MiB")
}

// generateHugo writes the entries of the generated site, and layouts that make
// of them what the built-in theme makes, as a site of Hugo's. related is the
// layout of the related entries.
func generateHugo(t testing.TB, dir, related string) {
	t.Helper()
	own := t.TempDir()
	generate(t, own, programEntries)
	for file, text := range contents(t, filepath.Join(own, "content")) {
		if strings.HasSuffix(file, ".md") {
			text = hugoStart.ReplaceAllString(text, "start: ${1}T$2:00")
			write(t, dir, "content/"+file, strings.ReplaceAll(text, ".md)", "/)"))
		}
	}
	css, err := bulletin.Layouts.ReadFile("layouts/assets/bulletin.css")
	if err != nil {
		t.Fatal(err)
	}
	write(t, dir, "static/assets/bulletin.css", string(css))
	for file, text := range hugoSite {
		write(t, dir, file, text)
	}
	write(t, dir, "layouts/_partials/related.html", related)
}

// hugoStart finds the start of an event, which Hugo reads in one form only.
var hugoStart = regexp.MustCompile(`(?m)^start: (\S+) (\S+)$`)

const hugoRelated = `{{ with site.RegularPages.Related . | first 3 }}<section class="related"><h2>Related</h2>{{ range . }}{{ partial "card.html" . }}{{ end }}</section>{{ end }}
`

// hugoSite are the settings and layouts of the equivalent site.
var hugoSite = map[string]string{
	"hugo.yaml": `baseURL: https://updates.example.org/
title: Example update
locale: en-GB
buildFuture: true
pagination: {pagerSize: 20}
taxonomies: {place: places, topic: topics, organisation: organisations}
outputFormats: {Calendar: {baseName: event, mediaType: text/calendar, isPlainText: true}}
related:
  includeNewer: true
  threshold: 1
  indices: [{name: topics, weight: 100}, {name: places, weight: 80}, {name: organisations, weight: 60}]
cascade: [{target: {path: /events/**, kind: page}, outputs: [html, calendar]}]
`,
	"layouts/baseof.html": `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ .Title }} - {{ site.Title }}</title>
{{ with .Summary }}<meta name="description" content="{{ . | plainify }}">{{ end }}
<link rel="canonical" href="{{ .Permalink }}">
<meta property="og:title" content="{{ .Title }}"><meta property="og:url" content="{{ .Permalink }}">
{{ range .AlternativeOutputFormats }}<link rel="alternate" type="{{ .MediaType.Type }}" href="{{ .Permalink }}">{{ end }}
<link rel="stylesheet" href="/assets/bulletin.css">
</head>
<body>
<a class="skip" href="#main">Skip to the main content</a>
<header class="masthead"><a href="/">{{ site.Title }}</a><nav aria-label="Main"><ul><li><a href="/articles/">Articles</a></li><li><a href="/events/">Events</a></li><li><a href="/newsletters/">Newsletters</a></li><li><a href="/places/">Places</a></li></ul></nav></header>
<main id="main">{{ block "main" . }}{{ end }}</main>
<footer><p>{{ site.Title }}</p><ul><li><a href="/about/">About</a></li><li><a href="/index.xml">RSS</a></li></ul></footer>
</body>
</html>
`,
	"layouts/_partials/card.html": `<article class="card"><h3><a href="{{ .RelPermalink }}">{{ .Title }}</a></h3><p><time datetime="{{ .Date.Format "2006-01-02" }}">{{ .Date.Format "2 January 2006" }}</time></p><p>{{ .Summary | plainify }}</p>{{ with .Params.places }}<ul>{{ range . }}<li><a href="/places/{{ . | urlize }}/">{{ . }}</a></li>{{ end }}</ul>{{ end }}</article>
`,
	"layouts/page.html": `{{ define "main" }}<article>
<header><p>{{ .Section }}</p><h1>{{ .Title }}</h1><p class="summary">{{ .Params.summary }}</p><p><time datetime="{{ .Date.Format "2006-01-02" }}">{{ .Date.Format "2 January 2006" }}</time></p></header>
{{ with .Params.start }}<dl><dt>When</dt><dd>{{ . }}</dd><dt>Where</dt><dd>{{ $.Params.venue }}</dd><dt>Cost</dt><dd>{{ $.Params.cost }}</dd><dt>Book</dt><dd><a href="{{ $.Params.register.url }}">Book a place</a></dd></dl>{{ end }}
<nav aria-label="Contents">{{ .TableOfContents }}</nav>
{{ .Content }}
<ul class="tags">{{ range slice "places" "topics" "organisations" }}{{ $kind := . }}{{ range index $.Params . }}<li><a href="/{{ $kind }}/{{ . | urlize }}/">{{ . }}</a></li>{{ end }}{{ end }}</ul>
{{ partial "related.html" . }}
<nav aria-label="More">{{ with .PrevInSection }}<a rel="prev" href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}{{ with .NextInSection }}<a rel="next" href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</nav>
</article>{{ end }}
`,
	"layouts/page.calendar.ics": `BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//example.org//hugo//EN
BEGIN:VEVENT
UID:{{ .File.Path }}@updates.example.org
DTSTAMP:{{ .Date.Format "20060102T150405Z" }}
SUMMARY:{{ .Title }}
DESCRIPTION:{{ .Params.summary }}
URL:{{ .Permalink }}
DTSTART;TZID=Europe/London:{{ (time .Params.start).Format "20060102T150405" }}
LOCATION:{{ .Params.venue }}
END:VEVENT
END:VCALENDAR
`,
	"layouts/home.html": `{{ define "main" }}<h1>{{ .Title }}</h1><h2>Latest</h2>{{ range first 10 (where site.RegularPages "Section" "articles") }}{{ partial "card.html" . }}{{ end }}<h2>Events</h2>{{ range first 6 (where site.RegularPages "Section" "events") }}{{ partial "card.html" . }}{{ end }}<h2>Newsletters</h2>{{ range first 3 (where site.RegularPages "Section" "newsletters") }}{{ partial "card.html" . }}{{ end }}{{ end }}
`,
	"layouts/list.html": `{{ define "main" }}<h1>{{ .Title }}</h1>{{ $p := .Paginate .RegularPages }}{{ range $p.Pages }}{{ partial "card.html" . }}{{ end }}<nav aria-label="Pages">{{ if $p.HasPrev }}<a rel="prev" href="{{ $p.Prev.URL }}">Newer</a>{{ end }} Page {{ $p.PageNumber }} of {{ $p.TotalPages }} {{ if $p.HasNext }}<a rel="next" href="{{ $p.Next.URL }}">Older</a>{{ end }}</nav>{{ end }}
`,
	"layouts/taxonomy.html": `{{ define "main" }}<h1>{{ .Title }}</h1><ul>{{ range .Data.Terms.Alphabetical }}<li><a href="{{ .Page.RelPermalink }}">{{ .Page.Title }}</a> {{ .Count }}</li>{{ end }}</ul>{{ end }}
`,
	"layouts/rss.xml": `{{ printf "<?xml version=\"1.0\" encoding=\"utf-8\"?>" | safeHTML }}
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>{{ .Title }} - {{ site.Title }}</title><link>{{ .Permalink }}</link><description>{{ .Title }}</description>{{ with .OutputFormats.Get "RSS" }}<atom:link href="{{ .Permalink }}" rel="self" type="application/rss+xml"/>{{ end }}
{{ range first 20 (cond .IsHome site.RegularPages .RegularPages) }}<item><title>{{ .Title }}</title><link>{{ .Permalink }}</link><guid>{{ .Permalink }}</guid><pubDate>{{ .Date.Format "Mon, 02 Jan 2006 15:04:05 -0700" }}</pubDate><description>{{ .Content | transform.XMLEscape | safeHTML }}</description></item>
{{ end }}</channel></rss>
`,
}
