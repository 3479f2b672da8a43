package page

import (
	"bytes"
	"io"
	"maps"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"bulletin/internal/email"
	"bulletin/internal/output"
	"bulletin/internal/theme"
)

// allViews are those of every room, so that no layout seems to be unused.
func allViews() map[string]any {
	views := Views()
	maps.Copy(views, email.Views())
	return views
}

// builtin is the built-in theme; it must load without a single problem.
func builtin(t *testing.T) *theme.Theme {
	t.Helper()
	th, problems := theme.Load(os.DirFS("../../layouts"), allViews())
	for _, p := range problems {
		t.Error(p)
	}
	if t.Failed() {
		t.FailNow()
	}
	return th
}

func render(t *testing.T, th *theme.Theme, name string, view any) string {
	t.Helper()
	var b bytes.Buffer
	if err := th.Render(&b, name, view); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return b.String()
}

// bareCommon is all that a page of a new site can be sure to have.
var bareCommon = Common{
	Title: "Bare", HeadTitle: "Bare", URL: "/bare/", Language: "en-GB",
	Site: Site{Title: "Site", Links: SiteLinks{Home: "/", Subscribe: "/subscribe/", Accessibility: "/accessibility/", Stylesheet: "/assets/bulletin.css"}},
}

// eachPage calls f for the page that each layout makes of its full sample and
// of a view with hardly anything in it.
func eachPage(t *testing.T, f func(t *testing.T, page string)) {
	th := builtin(t)
	full := samples()
	for _, name := range slices.Sorted(maps.Keys(Views())) {
		if strings.HasPrefix(name, "partials/") {
			continue
		}
		bare := reflect.New(reflect.TypeOf(Views()[name])).Elem()
		bare.FieldByName("Common").Set(reflect.ValueOf(bareCommon))
		switch view := bare.Addr().Interface().(type) {
		case *Event:
			view.When.Start.Text, view.Leaf.Middle = "Date to be confirmed", "TBC"
		case *Term:
			view.Vocabulary = Link{"Places", "/places/"}
		case *Redirect:
			view.Target = Link{"New", "/new/"}
		}
		t.Run(name+" full", func(t *testing.T) { f(t, render(t, th, name, full[name])) })
		t.Run(name+" bare", func(t *testing.T) { f(t, render(t, th, name, bare.Interface())) })
	}
}

var (
	headings   = regexp.MustCompile(`<h([1-6])\b`)
	ids        = regexp.MustCompile(` id="([^"]*)"`)
	labels     = regexp.MustCompile(` aria-labelledby="([^"]*)"`)
	emptyParts = regexp.MustCompile(`<(p|ul|ol|li|dl|dd|dt|h[1-6]|figcaption|section|nav|a|b|span|div)\b[^>]*>\s*</(\w+)>`)
	scripts    = regexp.MustCompile(`<script\b([^>]*)>`)
	loads      = regexp.MustCompile(`<(?:img|script|iframe|source|video|audio)\b[^>]* src="([^"]*)"|<link rel="(?:stylesheet|icon|preload)"[^>]* href="([^"]*)"`)
)

func TestEveryPageHasOneMainHeadingAndSkipsNoLevel(t *testing.T) {
	eachPage(t, func(t *testing.T, page string) {
		last, ones := 0, 0
		for _, m := range headings.FindAllStringSubmatch(page, -1) {
			level := int(m[1][0] - '0')
			if level == 1 {
				ones++
			}
			if level > last+1 {
				t.Errorf("h%d follows h%d", level, last)
			}
			last = level
		}
		if ones != 1 {
			t.Errorf("%d main headings", ones)
		}
	})
}

func TestEveryPageStandsUnderAStrictSecurityPolicy(t *testing.T) {
	eachPage(t, func(t *testing.T, page string) {
		if strings.Contains(page, " style=") || strings.Contains(page, "<style") || regexp.MustCompile(` on\w+="`).MatchString(page) {
			t.Error("there are inline styles or event handlers")
		}
		for _, m := range scripts.FindAllStringSubmatch(page, -1) {
			if m[1] != ` type="application/ld+json"` && m[1] != ` src="/assets/clock.js" defer` {
				t.Errorf("there is a script that is not the theme's own file: %s", m[0])
			}
		}
		for _, m := range loads.FindAllStringSubmatch(page, -1) {
			if address := m[1] + m[2]; strings.Contains(address, "//") {
				t.Errorf("the page loads %s", address)
			}
		}
	})
}

func TestIDsAreUniqueAndLabelsExist(t *testing.T) {
	eachPage(t, func(t *testing.T, page string) {
		seen := map[string]bool{}
		for _, m := range ids.FindAllStringSubmatch(page, -1) {
			if seen[m[1]] {
				t.Errorf("id %q is used twice", m[1])
			}
			seen[m[1]] = true
		}
		for _, m := range labels.FindAllStringSubmatch(page, -1) {
			if !seen[m[1]] {
				t.Errorf("no element has the id %q", m[1])
			}
		}
	})
}

func TestNothingIsLeftEmpty(t *testing.T) {
	eachPage(t, func(t *testing.T, page string) {
		for _, m := range emptyParts.FindAllStringSubmatch(page, -1) {
			column := strings.Contains(m[0], `class="entry-body"`) || strings.Contains(m[0], `class="front-`)
			if m[1] == m[2] && !column {
				t.Errorf("empty: %s", m[0])
			}
		}
	})
}

func TestThePageBeginsWithTheSkipLinkAndMarksWhereWeAre(t *testing.T) {
	page := render(t, builtin(t), "article.html", samples()["article.html"])
	body := page[strings.Index(page, "<body"):]
	if first := strings.Index(body, "<a "); !strings.HasPrefix(body[first:], `<a class="skip-link" href="#main">`) {
		t.Error("the first link is not the skip link")
	}
	for _, want := range []string{
		`<main id="main"`, `<nav class="breadcrumbs wrap" aria-label="Breadcrumb">`, `<a href="/articles/" aria-current="true">Articles</a>`,
		`<link rel="canonical" href="https://update.example/articles/2025/belonging/">`,
		`<link rel="alternate" type="application/rss&#43;xml" title="RSS: everything" href="/feed.xml">`,
		`<link rel="alternate" hreflang="cy" href="https://update.example/cy/">`,
		`<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"A \u003c/script\u003e B"}</script>`,
		`<time datetime="2025-10-14">14 October 2025</time>`, `(PDF, 1.2 MB)`, `<a href="tel:&#43;441632960556">`,
		`lang="cy"`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("missing: %s", want)
		}
	}
}

func TestRedirectsLeadOn(t *testing.T) {
	page := render(t, builtin(t), "redirect.html", samples()["redirect.html"])
	for _, want := range []string{
		`<meta http-equiv="refresh" content="0; url=/articles/2025/belonging/">`, `<meta name="robots" content="noindex">`,
		`<a href="/articles/2025/belonging/">Belonging</a>`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("missing: %s", want)
		}
	}
}

// hostile would run a script if it were shown without escaping anywhere.
const hostile = `"'></title></script><img src=x onerror=alert(1)>`

// poison puts the hostile text into every plain text in v.
func poison(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		if v.Type() == reflect.TypeFor[string]() {
			v.SetString(hostile)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() { // layouts see no others
				poison(v.Field(i))
			}
		}
	case reflect.Slice:
		fresh := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		reflect.Copy(fresh, v)
		for i := range fresh.Len() {
			poison(fresh.Index(i))
		}
		v.Set(fresh)
	case reflect.Pointer:
		if !v.IsNil() {
			fresh := reflect.New(v.Type().Elem())
			fresh.Elem().Set(v.Elem())
			poison(fresh.Elem())
			v.Set(fresh)
		}
	}
}

func TestTextsCannotBecomeMarkup(t *testing.T) {
	th := builtin(t)
	for name, view := range samples() {
		v := reflect.New(reflect.TypeOf(view)).Elem()
		v.Set(reflect.ValueOf(view))
		poison(v)
		if page := render(t, th, name, v.Interface()); strings.Contains(page, "<img src=x") || strings.Contains(page, `"'>`) {
			t.Errorf("%s lets markup through", name)
		}
	}
}

func TestSamplesFillEveryField(t *testing.T) {
	seen, filled := map[string]bool{}, map[string]bool{}
	var visit func(v reflect.Value)
	visit = func(v reflect.Value) {
		switch v.Kind() {
		case reflect.Pointer:
			if !v.IsNil() {
				visit(v.Elem())
			}
		case reflect.Slice:
			for i := range v.Len() {
				visit(v.Index(i))
			}
		case reflect.Struct:
			for i := range v.NumField() {
				name := v.Type().Name() + "." + v.Type().Field(i).Name
				seen[name] = true
				if !v.Field(i).IsZero() || v.Field(i).Kind() == reflect.Bool {
					filled[name] = true
				}
				visit(v.Field(i))
			}
		}
	}
	for _, view := range samples() {
		visit(reflect.ValueOf(view))
	}
	for _, name := range slices.Sorted(maps.Keys(seen)) {
		if !filled[name] {
			t.Errorf("no sample has %s", name)
		}
	}
}

func TestEventsSayHowToBook(t *testing.T) {
	tests := []struct {
		claim    string
		register Register
		want     string
	}{
		{"none needed", Register{}, "No booking needed"},
		{"closed", Register{Needed: true, Closed: true, URL: "https://book.example/"}, "Booking has closed"},
		{"a page", Register{Needed: true, URL: "https://book.example/"}, `<a class="button" href="https://book.example/">Book a place</a>`},
		{"an address", Register{Needed: true, Contact: "a@b.example", Email: "a@b.example"}, `Ask <a href="mailto:a@b.example">a@b.example</a>`},
		{"words", Register{Needed: true, Contact: "your network representative"}, `<span class="line">your network representative</span>`},
	}
	th := builtin(t)
	for _, test := range tests {
		t.Run(test.claim, func(t *testing.T) {
			event := sampleEvent()
			event.Register = &test.register
			page := render(t, th, "event.html", event)
			if !strings.Contains(page, test.want) {
				t.Errorf("missing: %s", test.want)
			}
			if open := strings.Contains(page, "Book a place"); open != (test.claim == "a page") {
				t.Errorf("the page offers booking: %v", open)
			}
		})
	}
}

func TestPastEventsAndPassedDeadlinesAskForNothing(t *testing.T) {
	th := builtin(t)
	event := sampleEvent()
	if page := render(t, th, "event.html", event); !strings.Contains(page, "Join online") {
		t.Error("an event to come has no link to join")
	}
	event.Past = true
	if page := render(t, th, "event.html", event); strings.Contains(page, "Join online") {
		t.Error("a past event has a link to join")
	}
	article := sampleArticle()
	article.Closes = &Deadline{What: "Apply", Date: *sampleDate, Passed: true}
	if page := render(t, th, "article.html", article); strings.Contains(page, "Apply by") {
		t.Error("a closed opportunity asks to apply")
	}
	list := List{Common: bareCommon, Groups: sampleGroups()[:1]}
	list.Groups[0].Cards[0].Deadline = article.Closes
	if page := render(t, th, "list.html", list); !strings.Contains(page, `Closed on <time datetime="2025-10-14">`) {
		t.Error("the card of a closed opportunity does not say so")
	}
}

func TestViewsHoldOnlyData(t *testing.T) {
	for _, view := range samples() {
		output.KeyOf(view) // panics if not
	}
}

func TestEmbeddedCardsAreOneElementWithoutHeadings(t *testing.T) {
	got, err := builtin(t).Fragment("partials/embed.html", sampleEventCard())
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(string(got), "<div ") || !strings.HasSuffix(string(got), "</div>") || headings.MatchString(string(got)) {
		t.Errorf("got %s", got)
	}
}

// TestBuiltInLayoutsAreCompiled holds what makes builds fast: where a layout
// has something in it that only html/template can show, each action of it costs
// several allocations.
func TestBuiltInLayoutsAreCompiled(t *testing.T) {
	th := withSite(t, nil)
	for name, view := range samples() {
		const most = 100
		allocs := testing.AllocsPerRun(5, func() {
			if err := th.Render(io.Discard, name, view); err != nil {
				t.Fatal(err)
			}
		})
		if allocs > most {
			t.Errorf("%s: %v allocations for a page; at most %d are expected of one that needs no html/template", name, allocs, most)
		}
	}
}
