package theme

import (
	"bytes"
	"errors"
	"regexp"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"bulletin/internal/diag"
)

// A story is what the layouts of these tests are given.
type story struct {
	Title, URL string
	Content    string
	Author     *author
	Tags       []tag
}

type author struct{ Name string }

type tag struct{ Label string }

var views = map[string]any{"story.html": story{}, "list.html": story{}, "partials/card.html": tag{}}

var sample = story{Title: "Bells & <b>ells", URL: "/x/", Tags: []tag{{"one"}, {"two"}, {"three"}}}

// builtin is a small theme; files of the given map replace those in it.
func builtin(site map[string]string) fstest.MapFS {
	files := map[string]string{
		"base.html":           "<!doctype html><title>{{.Title}}</title>{{template \"strip\" .}}<main>{{block \"main\" .}}plain{{end}}</main>",
		"story.html":          "{{/* A story. */}}\n{{define \"main\"}}<h1>{{.Title}}</h1>{{range .Tags}}{{template \"card\" .}}{{end}}{{end}}\n",
		"list.html":           "{{define \"main\"}}list{{end}}",
		"partials/card.html":  "<i>{{.Label}}</i>",
		"partials/strip.html": "<nav>strip</nav>",
	}
	for name, text := range site {
		files[name] = text
	}
	tree := fstest.MapFS{}
	for name, text := range files {
		tree[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return tree
}

func load(t *testing.T, site map[string]string) *Theme {
	t.Helper()
	th, problems := Load(builtin(site), views)
	if len(problems) > 0 {
		t.Fatalf("problems: %v", problems)
	}
	return th
}

func render(t *testing.T, th *Theme, name string, view any) string {
	t.Helper()
	var b bytes.Buffer
	if err := th.Render(&b, name, view); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(b.String())
}

func TestWhichFileMakesAPage(t *testing.T) {
	const frame = "<!doctype html><title>Bells &amp; &lt;b&gt;ells</title><nav>strip</nav><main>%</main>"
	in := func(main string) string { return strings.Replace(frame, "%", main, 1) }
	cards := "<i>one</i><i>two</i><i>three</i>"
	title := "Bells &amp; &lt;b&gt;ells"
	tests := []struct {
		claim string
		site  map[string]string
		want  string
	}{
		{"a built-in layout fills the block of base.html", nil, in("<h1>" + title + "</h1>" + cards)},
		{"a layout of blocks is wrapped", map[string]string{"story.html": `{{define "main"}}mine{{end}}`}, in("mine")},
		{"a byte order mark and Windows line ends change nothing",
			map[string]string{"story.html": "\ufeff{{define \"main\"}}mine{{end}}\r\n"}, in("mine")},
		{"comments outside of the blocks change nothing",
			map[string]string{"story.html": `<!-- ours --> {{/* ours */}}{{define "main"}}mine{{end}}`}, in("mine")},
		{"a whole document is the whole page",
			map[string]string{"story.html": `<!doctype html><title>{{.Title}}</title><h1>X {{.Title}}</h1>`},
			"<!doctype html><title>" + title + "</title><h1>X " + title + "</h1>"},
		{"a fragment is the whole page", map[string]string{"story.html": `<h1>{{.Title}}</h1>`}, "<h1>" + title + "</h1>"},
		{"a whole document may define and show blocks of its own",
			map[string]string{"story.html": `{{define "x"}}[{{.Title}}]{{end}}<p>{{template "x" .}}`}, "<p>[" + title + "]"},
		{"a layout may ask for base.html",
			map[string]string{"story.html": `{{template "base.html" .}}{{define "main"}}asked{{end}}`}, in("asked")},
		{"a layout replaces a partial for itself",
			map[string]string{"story.html": `{{define "main"}}m{{end}}{{define "strip"}}<hr>{{end}}`},
			strings.Replace(in("m"), "<nav>strip</nav>", "<hr>", 1)},
		{"a partial alone is replaced", map[string]string{"partials/card.html": "<u>{{.Label}}</u>"},
			in("<h1>" + title + "</h1>" + strings.NewReplacer("<i>", "<u>", "</i>", "</u>").Replace(cards))},
		{"an empty partial shows nothing", map[string]string{"partials/strip.html": "\n"},
			strings.Replace(in("<h1>"+title+"</h1>"+cards), "<nav>strip</nav>", "\n", 1)},
		{"base.html alone is replaced", map[string]string{"base.html": `<p>{{template "main" .}}`}, "<p><h1>" + title + "</h1>" + cards},
		{"any other file can be shown by its name",
			map[string]string{"box.html": "<p>box", "story.html": `{{define "main"}}{{template "box.html" .}}{{end}}`}, in("<p>box")},
		{"limit and join", map[string]string{"story.html": `{{range limit 2 .Tags}}{{.Label}},{{end}}{{len (limit 9 .Tags)}}`}, "one,two,3"},
	}
	for _, test := range tests {
		t.Run(test.claim, func(t *testing.T) {
			got := render(t, load(t, test.site), "story.html", sample)
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestTextsAreEscapedWhereTheyStand(t *testing.T) {
	th := load(t, map[string]string{"story.html": `<a href="{{.URL}}" title="{{.Title}}">{{.Content}}</a>`})
	got := render(t, th, "story.html", story{Title: `"x" onclick=`, URL: "javascript:alert(1)", Content: "<script>"})
	want := `<a href="#ZgotmplZ" title="&#34;x&#34; onclick=">&lt;script&gt;</a>`
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestFragmentHasNoWhiteSpaceAroundIt(t *testing.T) {
	th := load(t, map[string]string{"partials/card.html": "\n<i>{{.Label}}</i>\n"})
	got, err := th.Fragment("partials/card.html", tag{"a<b"})
	if err != nil || got != "<i>a&lt;b</i>" {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestRenderWritesNothingOnError(t *testing.T) {
	th := load(t, map[string]string{"story.html": `before {{.Author.Name}}`})
	var b bytes.Buffer
	err := th.Render(&b, "story.html", story{})
	var p diag.Problem
	if !errors.As(err, &p) || b.Len() > 0 {
		t.Errorf("error %v, wrote %q", err, b.String())
	}
	if err := th.Render(&b, "story.html", story{Author: &author{"Ann"}}); err != nil || b.String() != "before Ann" {
		t.Errorf("error %v, wrote %q", err, b.String())
	}
}

func TestRunningLayoutsHaveProblemsNotPanics(t *testing.T) {
	tests := []struct{ claim, text, want string }{
		{"a part of nothing", "<p>é {{.Author.Name}}",
			"layouts/story.html:1:15: {{.Author.Name}} asks for a part of something that this page does not have"},
		{"an index too high", "\n{{index .Tags 7}}", "layouts/story.html:2:3: the layout stops at {{index .Tags 7}}"},
		{"a template that shows itself", `{{define "x"}}{{template "x" .}}{{end}}{{template "x" .}}`, "repeats itself without end"},
		{"a page without end", `{{range 99999999}}{{printf "%999d" .}}{{end}}`, "layouts/story.html:1:1: a page that this layout makes would be larger than 16 MB"},
		{"a loop that writes nothing", `{{range 999999999999}}{{end}}`, "layouts/story.html:1:1: the layout repeats itself without end"},
		{"a loop that begins again", `{{range 999999999999}}{{continue}}{{end}}`, "repeats itself without end"},
		{"loops in each other", `{{range 99999}}{{range 99999}}{{if .}}{{end}}{{end}}{{end}}`, "repeats itself without end"},
		{"a template that shows itself twice", `{{define "x"}}{{if lt (len .) 40}}{{$y := print . "y"}}{{template "x" $y}}{{template "x" $y}}{{end}}{{end}}{{template "x" ""}}`, "repeats itself without end"},
		{"a text that doubles", `{{$x := "12345678"}}{{range 60}}{{$x = print $x $x}}{{end}}`, "this text would be larger than 1024 KB"},
		{"a text that doubles in a line", `{{$x := "12345678"}}{{range 60}}{{$x = println $x $x}}{{end}}`, "this text would be larger than 1024 KB"},
		{"a text that doubles in a format", `{{$x := "12345678"}}{{range 60}}{{$x = printf "%[1]s%[1]s" $x}}{{end}}`, "this text would be larger than 1024 KB"},
		{"an escape that is escaped", `{{$x := "\\\\"}}{{range 60}}{{$x = js $x}}{{end}}`, "this text would be larger than 1024 KB"},
		{"a wide number", `{{printf "%99999d" 1}}`, "three digits at most"},
	}
	for _, test := range tests {
		t.Run(test.claim, func(t *testing.T) {
			th := load(t, map[string]string{"story.html": test.text})
			err := th.Render(&bytes.Buffer{}, "story.html", sample)
			var p diag.Problem
			if !errors.As(err, &p) || !strings.Contains(p.String(), test.want) {
				t.Errorf("got  %v\nwant %s", err, test.want)
			}
		})
	}
}

func TestJoinedTextIsBounded(t *testing.T) {
	if got, err := join([]string{"a", "b"}, ", "); err != nil || got != "a, b" {
		t.Errorf("%q %v", got, err)
	}
	if _, err := join([]string{"a", "b"}, strings.Repeat("x", maxText)); !errors.Is(err, errTextSize) {
		t.Errorf("%v", err)
	}
}

func TestSaltFollowsWhatALayoutCanReach(t *testing.T) {
	before := load(t, nil)
	tests := []struct {
		file, text  string
		story, list bool // whether the salt changes
	}{
		{"story.html", `{{define "main"}}new{{end}}`, true, false},
		{"partials/card.html", "<b>{{.Label}}</b>", true, false},
		{"partials/strip.html", "new", true, true},
		{"partials/unused.html", "new", false, false},
		{"assets/new.css", "a{}", false, false},
		{"list.html", "{{/* only a comment */}}{{define \"main\"}}list{{end}}", false, false},
	}
	for _, test := range tests {
		after := load(t, map[string]string{test.file: test.text})
		if got := after.Salt("story.html") != before.Salt("story.html"); got != test.story {
			t.Errorf("%s: story changed: %v", test.file, got)
		}
		if got := after.Salt("list.html") != before.Salt("list.html"); got != test.list {
			t.Errorf("%s: list changed: %v", test.file, got)
		}
	}
}

func TestJobHasAKeyOfViewAndLayout(t *testing.T) {
	th := load(t, nil)
	a := Job(th, "x/index.html", "story.html", sample)
	same := Job(load(t, nil), "x/index.html", "story.html", sample)
	view := Job(th, "x/index.html", "story.html", story{Title: "other"})
	layout := Job(th, "x/index.html", "list.html", sample)
	if a.Path() != "x/index.html" || a.Key() != same.Key() {
		t.Error("the same view and layout give another job")
	}
	if a.Key() == view.Key() || a.Key() == layout.Key() {
		t.Error("another view or layout gives the same key")
	}
}

func TestManyCanRenderAtOnce(t *testing.T) {
	th := load(t, nil)
	want := render(t, load(t, nil), "story.html", sample)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			var b bytes.Buffer
			if err := th.Render(&b, "story.html", sample); err != nil || strings.TrimSpace(b.String()) != want {
				t.Errorf("got %q, %v", b.String(), err)
			}
		})
	}
	wg.Wait()
}

func TestAssetsAreListedAndLayoutsAreNot(t *testing.T) {
	th := load(t, map[string]string{
		"assets/bulletin.css": "a {}\n", "assets/img/mark.svg": "<svg/>", "assets/page.html": "<p>as it is {{", "assets/.DS_Store": "x",
		"assets/map.svg": "<svg/>", "story.html": `{{define "main"}}<img src="/{{asset "map.svg"}}">{{end}}`,
	})
	var got []string
	for _, a := range th.Assets(nil) {
		got = append(got, a.Path+" "+string(a.Data))
	}
	want := []string{
		"assets/bulletin.7df2d3ac85.css a {}\n", "assets/img/mark.svg <svg/>", "assets/map.d4dc566691.svg <svg/>", "assets/map.svg <svg/>",
		"assets/page.html <p>as it is {{",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if page := render(t, th, "story.html", sample); !strings.Contains(page, `<img src="/assets/map.d4dc566691.svg">`) {
		t.Errorf("the layout shows %s", page)
	}
}

func TestTheStyleSheetHasTheBrandColourAndAnotherName(t *testing.T) {
	th := load(t, map[string]string{"assets/bulletin.css": "a { color: var(--brand); }\n"})
	brand := Colour{0xa8, 0, 0x30}
	plain, branded := th.Assets(nil)[0], th.Assets(&brand)[0]
	if data := string(branded.Data); !strings.HasPrefix(data, "a{color:var(--brand)}:root{") || !strings.Contains(data, "--brand:#a80030;") {
		t.Errorf("style sheet with a brand colour: %s", data)
	}
	if !strings.Contains(string(plain.Data), "--brand:"+defaultBrand.String()) {
		t.Errorf("the brand colour stayed in the theme: %s", plain.Data)
	}
	if plain.Path == branded.Path || AssetPath([]Asset{branded}, Stylesheet) != branded.Path {
		t.Errorf("both are at %s", plain.Path)
	}
	for _, a := range []Asset{plain, branded} {
		if !regexp.MustCompile(HashedName).MatchString(a.Path) {
			t.Errorf("%s does not look as if it never changed", a.Path)
		}
	}
}

func TestAnAssetThatChangesMakesThePagesThatAskForItAnew(t *testing.T) {
	files := map[string]string{"assets/map.svg": "<svg/>", "assets/other.svg": "<svg/>", "story.html": `{{define "main"}}<img src="/{{asset "map.svg"}}">{{end}}`}
	before := load(t, files)
	files["assets/other.svg"] = "<svg></svg>"
	if load(t, files).Salt("story.html") != before.Salt("story.html") {
		t.Error("a page depends on an asset that it does not ask for")
	}
	files["assets/map.svg"] = "<svg></svg>"
	if load(t, files).Salt("story.html") == before.Salt("story.html") {
		t.Error("a page does not depend on an asset that it asks for")
	}
}

func TestAStyleSheetWithoutThePaletteIsPublishedAsItIs(t *testing.T) {
	const own = "/* ours */\na { color: var(--brandish) }\n"
	th := load(t, map[string]string{"assets/bulletin.css": own})
	if data := string(th.Assets(&defaultBrand)[0].Data); data != own {
		t.Errorf("%q becomes %q", own, data)
	}
}

func FuzzLoadAndRender(f *testing.F) {
	for _, text := range []string{
		`{{define "main"}}{{.Title}}{{end}}`, "{{.Titel}}", "{{with .Author}}{{.Name}}{{end}}", "<a href='{{.URL}}'>{{range $i, $t := .Tags}}{{$t.Label}}{{end}}",
		"<script>{{.Title}}</script>", "{{template \"base\" .}}", "{{block \"x\" .}}{{end}}", "{{$x := .Tags}}{{(index $x 0).Label}}", "{{/*", "{{if}}",
		`{{printf "%s" .Title | len}}`, "{{define \"x\"}}{{template \"x\" .}}{{end}}{{template \"x\" .}}", "{{break}}{{.}}", "{{nil}}{{true.x}}{{1.0.x}}",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if strings.Contains(text, "range") && strings.ContainsAny(text, "0123456789") {
			t.Skip("counting takes as long as it takes")
		}
		th, problems := Load(builtin(map[string]string{"story.html": text}), views)
		for _, p := range problems {
			if !strings.HasPrefix(p.File, "layouts/") || p.Text == "" || p.Rule == "" {
				t.Errorf("incomplete problem: %+v", p)
			}
		}
		if problems.HasErrors() {
			return
		}
		var p diag.Problem
		if err := th.Render(&bytes.Buffer{}, "story.html", sample); err != nil && !errors.As(err, &p) {
			t.Errorf("not a problem: %v", err)
		}
	})
}
