package email

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// inlined gives the body of a page whose styles were written into it, and the
// style elements that are left.
func inlined(t testing.TB, css, body string) (string, string) {
	t.Helper()
	doc, err := html.Parse(strings.NewReader("<!doctype html><html><head><style>" + css + "</style></head><body>" + body + "</body></html>"))
	if err != nil {
		t.Fatal(err)
	}
	new(inliner).inline(doc)
	var b strings.Builder
	for c := elements(doc, atom.Body)[0].FirstChild; c != nil; c = c.NextSibling {
		if err := html.Render(&b, c); err != nil {
			t.Fatal(err)
		}
	}
	var left strings.Builder
	for _, style := range elements(doc, atom.Style) {
		left.WriteString(text(style))
	}
	return b.String(), strings.TrimSpace(left.String())
}

func TestStylesAreWrittenIntoElements(t *testing.T) {
	tests := []struct{ name, css, body, want, left string }{
		{"a type", "p{color:red}", "<p>a</p>", `<p style="color:red">a</p>`, ""},
		{"a class, a child, a list of selectors", ".a > b, i{color:red}", `<p class="a"><b>a</b><u><b>b</b></u><i>c</i></p>`,
			`<p class="a"><b style="color:red">a</b><u><b>b</b></u><i style="color:red">c</i></p>`, ""},
		{"the later of equals wins", "p{color:red}p{color:blue}", "<p>a</p>", `<p style="color:blue">a</p>`, ""},
		{"a class weighs more than a type, whatever the order", ".a{color:red}p{color:blue}", `<p class="a">a</p>`, `<p class="a" style="color:red">a</p>`, ""},
		{"an id weighs more than classes", "#x{color:red}.a.b.c{color:blue}", `<p id="x" class="a b c">a</p>`, `<p id="x" class="a b c" style="color:red">a</p>`, ""},
		{"two types weigh more than one", "div p{color:red}p{color:blue}", `<div><p>a</p></div>`, `<div><p style="color:red">a</p></div>`, ""},
		{"important wins, and is not written", "p{color:red!important}.a{color:blue}", `<p class="a">a</p>`, `<p class="a" style="color:red">a</p>`, ""},
		{"the attribute wins", "p{color:red;margin:0}", `<p style="color: blue">a</p>`, `<p style="margin:0;color:blue">a</p>`, ""},
		{"but not over what is important", "p{color:red !important}", `<p style="color:blue">a</p>`, `<p style="color:red">a</p>`, ""},
		{"a longhand after a shorthand stays after it", "p{margin:0}p.a{margin-top:9px}", `<p class="a">a</p>`, `<p class="a" style="margin:0;margin-top:9px">a</p>`, ""},
		{"a shorthand overrides the longhands before it", "p{margin-top:9px;color:red}p.a{margin:0}", `<p class="a">a</p>`, `<p class="a" style="color:red;margin:0">a</p>`, ""},
		{"border leaves the radius and the collapsing", "p{border-top:1px solid red;border-radius:3px;border-collapse:collapse}p.a{border:0}", `<p class="a">a</p>`,
			`<p class="a" style="border-radius:3px;border-collapse:collapse;border:0">a</p>`, ""},
		{"border-width covers one side's", "p{border-left-width:1px}p.a{border-width:0}", `<p class="a">a</p>`, `<p class="a" style="border-width:0">a</p>`, ""},
		{"font covers the height of lines", "p{line-height:2}p.a{font:12px Arial}", `<p class="a">a</p>`, `<p class="a" style="font:12px Arial">a</p>`, ""},
		{"a fallback within one rule stays", "p{width:90%;width:calc(100% - 9px)}", `<p>a</p>`, `<p style="width:90%;width:calc(100% - 9px)">a</p>`, ""},
		{"a repetition does not", "p{color:red;color:red}", `<p>a</p>`, `<p style="color:red">a</p>`, ""},
		{"quotes and entities", `p{font-family:"A & B",'C'}`, `<p>a</p>`, `<p style="font-family:&#34;A &amp; B&#34;,&#39;C&#39;">a</p>`, ""},
		{"what follows from the document is written", "p:first-child{color:red}p:not(.a):last-child{color:blue}", `<p>a</p><p class="a">b</p><p>c</p>`,
			`<p style="color:red">a</p><p class="a">b</p><p style="color:blue">c</p>`, ""},
		{"what waits for the reader is kept", "a:hover,a::after,p{color:red !important}", `<p><a>a</a></p>`, `<p style="color:red"><a>a</a></p>`, "a:hover,a::after{color:red !important}"},
		{"so is :root, and what no one knows", ":root{color:red}p:-x-y{color:red}", `<p>a</p>`, `<p>a</p>`, ":root{color:red}\np:-x-y{color:red}"},
		{"a colon in an attribute is none", `a[href="x:hover"]{color:red}`, `<a href="x:hover">a</a>`, `<a href="x:hover" style="color:red">a</a>`, ""},
		{"media queries are kept", "p{margin:0}@media (max-width:600px){p{color:red!important;margin:0}}", `<p>a</p>`, `<p style="margin:0">a</p>`,
			"@media (max-width:600px){\np{color:red !important;margin:0}\n}"},
		{"comments and what is no CSS are passed over", "/* a */p{;color:red;;x;y z;color;margin:0}}b{color:blue}", `<p>a</p>`, `<p style="color:red;margin:0">a</p>`, ""},
		{"nothing applies", "b{color:red}", `<p>a</p>`, `<p>a</p>`, ""},
		{"an empty attribute goes", "", `<p style=" ">a</p>`, `<p>a</p>`, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, left := inlined(t, test.css, test.body)
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(want, got):\n%s", diff)
			}
			if diff := cmp.Diff(test.left, left); diff != "" {
				t.Errorf("what is left (want, got):\n%s", diff)
			}
		})
	}
}

func TestStyleElementsWithAMediaAttributeStay(t *testing.T) {
	doc, err := html.Parse(strings.NewReader(`<style media="print">p{color:red}</style><p>a</p>`))
	if err != nil {
		t.Fatal(err)
	}
	if kept := new(inliner).inline(doc); kept != "p{color:red}" || len(elements(doc, atom.Style)) != 1 {
		t.Errorf("kept: %q", kept)
	}
}

// FuzzInline writes any CSS into a page that has something of everything.
func FuzzInline(f *testing.F) {
	for _, css := range []string{"p{color:red}", "@media (a){p{b:c}}", "a:hover{b:c}", "}{;:!@", `p{a:"\`, "@font-face{a:b}", "p{a:b;p{c:d}}", ":not(", "[a='", "/*", "<!--p{a:b}-->", "p{--a:b}", "<//**/style>"} {
		f.Add(css, "color:red")
	}
	const body = `<p class="a" id="b" style="STYLE">a <a href="https://a.example">b</a></p><table><tbody><tr><td>c</td></tr></tbody></table>`
	f.Fuzz(func(t *testing.T, css, style string) {
		if strings.Contains(strings.ToLower(css), "</style") {
			return
		}
		page := strings.Replace(body, "STYLE", html.EscapeString(style), 1)
		got, left := inlined(t, css, page)
		if strings.Contains(strings.ToLower(left), "</style") {
			t.Errorf("the style element ends itself: %q", left)
		}
		before, err := html.Parse(strings.NewReader(page))
		if err != nil {
			t.Fatal(err)
		}
		after, err := html.Parse(strings.NewReader(got))
		if err != nil {
			t.Fatal(err)
		}
		for _, doc := range []*html.Node{before, after} {
			for n := range doc.Descendants() {
				removeAttribute(n, "style")
			}
		}
		var a, b strings.Builder
		if html.Render(&a, before) != nil || html.Render(&b, after) != nil || a.String() != b.String() {
			t.Errorf("more than styles has changed:\n%s\n%s", a.String(), b.String())
		}
	})
}
