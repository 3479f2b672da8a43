package theme

import (
	"bytes"
	"fmt"
	"html/template"
	"reflect"
	"strings"
	"testing"
)

// A specimen has a field of each type that views have, and of some that they
// have not.
type specimen struct {
	person
	Title, URL, Empty string
	Markup            template.HTML
	Script            template.JS
	Safe              template.URL
	Set               template.Srcset
	Style             template.CSS
	Number, Zero      int
	Yes, No           bool
	Half              float64
	Day               weekday
	Words             []string
	Tags              []tag
	None              []tag
	Friend, Nobody    *person
	Tree              []branch
	Any               any
	Labels            map[string]string
}

type person struct {
	Name string
	Born *weekday
}

// Greeting has a receiver, and so do words that a layout cannot see as fields.
func (p person) Greeting() string { return "Hello " + p.Name }

type weekday struct{ Text string }

func (d weekday) String() string { return "the " + d.Text }

type branch struct {
	Name     string
	Branches []branch
}

func sampleSpecimen(text string) specimen {
	return specimen{
		person: person{Name: text, Born: &weekday{text}}, Title: text, URL: text, Markup: template.HTML("<b>" + text), Script: `{"a": 1}`, Safe: template.URL(text), Set: template.Srcset(text),
		Style: "a{}", Number: 7, Yes: true, Half: 0.5, Day: weekday{"2 < 3"}, Words: []string{text, "b"}, Tags: []tag{{"one"}, {text}, {""}},
		Friend: &person{Name: "Ann"}, Any: text, Labels: map[string]string{"a": text},
		Tree: []branch{{text, []branch{{"inner", nil}}}, {"leaf", nil}},
	}
}

// both gives what a program and what html/template make of a view. A program
// that gave up has made nothing.
func both(t testing.TB, th *Theme, name string, view any) (fast string, ok bool, slow string, err error) {
	t.Helper()
	l := th.layouts[name]
	x := runs.Get().(*run)
	defer x.free()
	ok = l.program(reflect.TypeOf(view)).run(x, reflect.ValueOf(view)) == done
	page := capped{room: maxPage}
	err = l.set.ExecuteTemplate(&page, l.entry, view)
	return string(x.out), ok, page.String(), err
}

func loadSpecimen(t testing.TB, text string) (*Theme, bool) {
	th, problems := Load(builtin(map[string]string{"story.html": text}), map[string]any{"story.html": specimen{}, "list.html": story{}})
	return th, !problems.HasErrors()
}

func TestProgramsWriteWhatHTMLTemplateWrites(t *testing.T) {
	tests := []struct {
		text string
		// compiled tells that html/template is not asked for any of it.
		compiled bool
	}{
		{"<p>{{.Title}} {{.Markup}} {{.Number}} {{.Day}} {{.Safe}}</p>", true},
		{`<p title="{{.Title}}" data-n={{.Number}}>`, false},
		{`<a href="{{.URL}}">x</a><a href="{{.Safe}}">x</a><a href="/a/{{.Title}}">x</a><a href="/?q={{.Title}}&amp;r={{.Safe}}#{{.Title}}">x</a>`, true},
		{`<a href="mailto:{{.Title}}">x</a><img src="{{.URL}}" alt="{{.Title}}" srcset="{{.Set}}"><img srcset="{{.URL}}">`, true},
		{`<meta http-equiv="refresh" content="0; url={{.URL}}"><meta http-equiv="refresh" content="0; url={{.Safe}}">`, true},
		{`<title>{{.Title}}</title><textarea>{{.Title}}</textarea>`, true},
		{`<script type="application/ld+json">{{.Script}}</script>`, true},
		{`<script>var a = {{.Title}}</script>`, false},
		{`<style>a{color:{{.Title}}}</style><p style="color:{{.Title}}">`, false},
		{`<style>a{color:{{.Title}}}</style>`, true},
		{`<p title="{{.Markup}}">`, false},
		{`<title>{{.Markup}}</title>`, false},
		{`{{.Style}}{{.Half}}{{.Any}}{{.Yes}}`, false},
		{`{{.Name}}{{.Born}}{{.Born.Text}}{{with .Born}}{{.}}{{end}}`, true},
		{`{{.Greeting}}`, false},
		{`{{if .Yes}}a{{end}}{{if .No}}b{{else}}c{{end}}{{if .Empty}}d{{else if .Number}}e{{end}}{{if .Zero}}f{{end}}{{if .Friend}}g{{end}}{{if .Nobody}}h{{end}}{{if .None}}i{{end}}{{if .Day}}j{{end}}`, true},
		{`{{if .Half}}a{{end}}{{if .Labels}}b{{end}}`, true},
		{`{{if and .Yes .Number}}a{{end}}{{if or .No .None .Title}}b{{end}}{{if not .Yes}}c{{else}}d{{end}}{{if and .Yes (or .No (not .Empty))}}e{{end}}`, true},
		{`{{or .Empty .Title}}{{and .Title .Name}}{{with or .Empty .Title}}{{.}}{{end}}`, true},
		{`{{with or .Title .Number}}{{.}}{{end}}`, false},
		{`{{if eq .Title "x"}}a{{end}}{{if ne .Number 7}}b{{end}}{{if eq .Number 7}}c{{end}}{{if eq .Number 1 7}}d{{end}}`, false},
		{`{{if eq .Title "x"}}a{{end}}{{if ne .Number 7}}b{{end}}{{if eq .Number 7}}c{{end}}{{if lt .Number 8}}d{{end}}{{if le .Number 6}}e{{end}}{{if gt .Title "b"}}f{{end}}{{if ge .Number 7}}g{{end}}{{len .Tags}}{{len .Title}}`, true},
		{`{{range .Tags}}[{{.Label}}{{$.Title}}]{{else}}none{{end}}{{range .None}}x{{else}}none{{end}}`, true},
		{`{{range $i, $t := .Tags}}{{if $i}}, {{end}}{{$t.Label}}{{end}}{{range $t := .Words}}{{$t}}{{.}}{{end}}`, true},
		{`{{range 3}}.{{end}}{{range .Number}}{{.}}{{end}}{{range $n := 2}}{{$n}}{{end}}{{range .Zero}}x{{else}}zero{{end}}`, true},
		{`{{range .Tags}}{{if eq .Label "one"}}{{continue}}{{end}}{{.Label}}{{break}}{{end}}`, true},
		{`{{range limit 2 .Tags}}{{.Label}}{{end}}{{len (limit 9 .Tags)}}{{join .Words ", "}}{{(index .Tags 0).Label}}`, false},
		{`{{range limit 2 .Tags}}{{.Label}}{{end}}{{len (limit 9 .Tags)}}{{join .Words ", "}}{{len (limit -1 .Tags)}}{{range slice .Tags 1}}{{.Label}}{{end}}{{len (slice .Words 2)}}`, true},
		{`{{$a := .Title}}{{$b := "x"}}{{if .Yes}}{{$b = "y"}}{{$a := "inner"}}{{$a}}{{end}}{{$a}}{{$b}}{{with $c := .Friend}}{{$c.Name}}{{$a}}{{end}}`, true},
		{`{{range .Labels}}{{.}}{{end}}{{.Labels.a}}`, false},
		{`{{printf "%s!" .Title}}`, false},
		{`{{define "b"}}<li>{{.Name}}{{range .Branches}}{{template "b" .}}{{end}}{{end}}{{range .Tree}}{{template "b" .}}{{end}}`, true},
		{`{{define "c"}}[{{$x := .}}{{$x}}]{{end}}{{$x := "outer"}}{{template "c" .Title}}{{template "c" "it"}}{{$x}}`, true},
		{`{{define "d"}}{{printf "%d" .}}{{end}}<p>{{.Title}}{{template "d" .Number}}`, false},
		{`{{define "e"}}{{.}}{{end}}<p title="{{template "e" .Title}}">{{template "e" .Title}}<a href="{{template "e" .URL}}">`, false},
		{`{{template "strip"}}{{define "f"}}{{if .}}x{{else}}y{{end}}{{end}}{{template "f"}}`, true},
		{`{{.Friend.Name}}{{with .Nobody}}{{.Name}}{{end}}{{$.Friend.Name}}{{(.Friend).Name}}`, true},
	}
	for _, test := range tests {
		th, ok := loadSpecimen(t, test.text)
		if !ok {
			t.Errorf("%s: the layout has problems", test.text)
			continue
		}
		for _, text := range []string{"", "x", `<a href="x" 'y' & +`, "javascript:alert(1)", "https://x.example/ä b?c=d%20e%zz", "\x00é\xff☃(\"')", "a.png 1x, b c.png 2x"} {
			fast, ok, slow, err := both(t, th, "story.html", sampleSpecimen(text))
			if err != nil || !ok || fast != slow {
				t.Errorf("%s with %q:\n     program: %v %q\nhtml/template: %v %q", test.text, text, ok, fast, err, slow)
			}
		}
		if got := compiled(th, "story.html", specimen{}); got != test.compiled {
			t.Errorf("%s: compiled: %v", test.text, got)
		}
	}
}

// compiled reports whether all that the layout shows was compiled.
func compiled(th *Theme, name string, view any) bool {
	l := th.layouts[name]
	c := compiler{set: l.set, trees: l.trees, functions: l.functions, known: map[called]*program{}}
	c.program(l.entry, reflect.TypeOf(view))
	for _, p := range c.known {
		if p.foreign {
			return false
		}
	}
	return true
}

// TestProgramsGiveUp has what html/template stops at with an error, which says
// more than a program could.
func TestProgramsGiveUp(t *testing.T) {
	for _, text := range []string{
		`{{.Nobody.Name}}`, `{{with .Friend}}{{.Born.Text}}{{end}}`, `{{define "x"}}{{template "x" .}}{{end}}{{template "x" .}}`, `{{(index .Tags 9).Label}}`, `{{len (slice .Tags 9)}}`,
		`{{define "x"}}{{printf "%s" .Nobody.Name}}{{end}}{{template "x" .}}`,
	} {
		th, ok := loadSpecimen(t, text)
		if !ok {
			t.Fatalf("%s: the layout has problems", text)
		}
		if _, ok, _, err := both(t, th, "story.html", sampleSpecimen("x")); ok || err == nil {
			t.Errorf("%s: the program ended well: %v; html/template: %v", text, ok, err)
		}
		if err := th.Render(&bytes.Buffer{}, "story.html", sampleSpecimen("x")); err == nil {
			t.Errorf("%s: no error", text)
		}
	}
}

// FuzzPrograms compares programs with html/template, for any layout and any
// text in the view.
func FuzzPrograms(f *testing.F) {
	for _, text := range []string{
		"<p title='{{.Title}}'>{{.Title}}{{.Markup}}", `<a href="{{.URL}}?{{.Title}}#{{.Title}}">`, "{{range $i, $t := .Tags}}{{$i}}{{$t.Label}}{{end}}", "<title>{{.Title}}",
		"{{with or .Empty .Title}}{{.}}{{end}}", "{{$x := .Words}}{{len $x}}{{$x = .Words}}", "<a href='{{.Safe}}' title={{.Title}}>", `{{define "x"}}{{.}}{{end}}{{template "x" .Title}}`,
		"{{if eq .Title .Name}}a{{else if ne .Number 3}}b{{end}}", "{{range limit 1 .Tree}}{{.Name}}{{range .Branches}}{{.Name}}{{end}}{{end}}", "{{join .Words .Title}}",
	} {
		for _, value := range []string{`"x" <b> & '+`, "javascript:x", "/a?b=c%zz", "\x00\xff"} {
			f.Add(text, value)
		}
	}
	f.Fuzz(func(t *testing.T, text, value string) {
		if strings.Contains(text, "range") && strings.ContainsAny(text, "0123456789") {
			t.Skip("counting takes as long as it takes")
		}
		th, ok := loadSpecimen(t, text)
		if !ok {
			return
		}
		fast, ok, slow, err := both(t, th, "story.html", sampleSpecimen(value))
		if ok && (err != nil || fast != slow) {
			t.Errorf("program: %q\nhtml/template: %v %q", fast, err, slow)
		}
	})
}

// FuzzEscapers compares escapers with html/template's, for any text.
func FuzzEscapers(f *testing.F) {
	var layout strings.Builder
	for _, field := range []string{"Title", "Safe", "Script", "Number"} {
		fmt.Fprintf(&layout, `<p title="{{.%[1]s}}">{{.%[1]s}}</p><a href="{{.%[1]s}}">x</a><a href="/{{.%[1]s}}">x</a><a href="/?q={{.%[1]s}}">x</a><textarea>{{.%[1]s}}</textarea><br>`, field)
	}
	layout.WriteString(`<meta http-equiv="refresh" content="0; url={{.URL}}">{{.Markup}}<style>a{color:{{.Title}}}</style><img srcset="{{.Title}}"><img srcset="{{.Set}}"><script type="application/ld+json">{{.Script}}</script>`)
	th, ok := loadSpecimen(f, layout.String())
	if !ok || !compiled(th, "story.html", specimen{}) {
		f.Fatal("the layout is not compiled")
	}
	for _, text := range []string{"", `<&>"'+`, "javascript:a", "HTTPS://x", "a/b:c", "%41%4", "é\xff\x00", "url(x)", "expression(1)", "#12af09", "a.png 2x, b.png"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		view := sampleSpecimen(text)
		view.Script = template.JS(text)
		if fast, ok, slow, err := both(t, th, "story.html", view); !ok || err != nil || fast != slow {
			t.Errorf("program: %v %q\nhtml/template: %v %q", ok, fast, err, slow)
		}
	})
}

func BenchmarkRender(b *testing.B) {
	th, ok := loadSpecimen(b, `{{define "main"}}<h1>{{.Title}}</h1><a href="{{.URL}}">{{.Name}}</a>{{range .Tags}}<p title="{{.Label}}">{{.Label}}</p>{{end}}{{end}}`)
	if !ok {
		b.Fatal("the layout has problems")
	}
	view := sampleSpecimen("https://example.org/a?b=c")
	for _, way := range []string{"program", "html-template"} {
		b.Run(way, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				var page bytes.Buffer
				err := error(nil)
				if way == "program" {
					err = th.Render(&page, "story.html", view)
				} else {
					l := th.layouts["story.html"]
					err = l.set.ExecuteTemplate(&page, l.entry, view)
				}
				if err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
