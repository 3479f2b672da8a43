package markdown

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/yuin/goldmark/parser"

	"bulletin/internal/diag"
)

var update = flag.Bool("update", false, "write the golden files anew")

var glossary = NewGlossary(map[string]string{
	"SEND":          "special educational needs and disabilities",
	"SEND Tribunal": "First-tier Tribunal (Special Educational Needs and Disability)",
	"MAT":           "multi academy trust",
	"DfE":           "Department for Education",
	"A&E":           "accident & emergency",
	"Ofsted":        "Office for Standards in \"Education\"",
	"":              "nothing",
	"empty":         "",
})

// pageResolver resolves links as a page does, with an example of everything
// that a resolver can say.
type pageResolver struct{}

func (pageResolver) Link(l Link) Target {
	path, ok := strings.CutSuffix(l.Dest, ".md")
	switch {
	case path == "drop":
		return Target{Drop: true, Note: "not written"}
	case strings.HasSuffix(l.Dest, ".pdf"):
		return Target{Href: "/" + l.Dest, Note: "(PDF, 1.2 MB)", Type: "application/pdf", Class: "download"}
	case strings.HasPrefix(l.Dest, "https:"):
		return Target{Href: l.Dest, Rel: "external", Lang: "cy"}
	case ok:
		return Target{Href: "/" + strings.TrimLeft(path, "./") + "/"}
	}
	return Target{Href: l.Dest}
}

func (pageResolver) Card(l Link) (string, bool) {
	switch l.Dest {
	case "../events/webinar.md":
		return `<article class="card"><h3><a href="/events/webinar/">Webinar</a></h3></article>`, true
	case "hidden.md":
		return "", true
	}
	return "", false
}

func (pageResolver) Image(i Image) Picture {
	if i.Dest == "none.jpg" {
		return Picture{}
	}
	return Picture{Src: "/" + i.Dest, Width: 640, Height: 480}
}

func (pageResolver) Fragment(id string) string { return "#" + id }

// feedResolver resolves links as a feed does.
type feedResolver struct{ pageResolver }

func (feedResolver) Fragment(id string) string { return "https://example.org/x/#" + id }

func TestGoldenFiles(t *testing.T) {
	files, err := filepath.Glob("testdata/*.md")
	if err != nil || len(files) < 20 {
		t.Fatalf("testdata: %d files, %v", len(files), err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".md")
		t.Run(name, func(t *testing.T) {
			src, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			doc, problems := Parse(src, Options{
				File: "content/" + name + ".md", Line: 5, Glossary: glossary,
				Numbered: strings.HasPrefix(name, "numbered")})
			html := doc.HTML(pageResolver{}, Page)
			wellFormed(t, html)
			wellFormed(t, doc.HTML(feedResolver{}, Syndicated))
			golden(t, "testdata/"+name+".html", html)
			var list strings.Builder
			if err := problems.Print(&list); err != nil {
				t.Fatal(err)
			}
			golden(t, "testdata/"+name+".problems", list.String())
			for id := range ids(html) {
				if !doc.HasID(id) {
					t.Errorf("IDs lacks %q", id)
				}
			}
		})
	}
}

// golden compares with a file; one that is not there is empty.
func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if got == "" {
			os.Remove(file)
		} else if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", file, diff)
	}
}

func TestPositionsCountCharactersFromTheFilesFirstLine(t *testing.T) {
	src := "Tŷ [a](a.md) and ![ŵ](b.png)\n\n• ŷŷ [c](c.md)\n\n## Ŵyl\n\n> text [d](d.md) https://example.org\n"
	doc, problems := Parse([]byte(src), Options{File: "x.md", Line: 10})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	pos := func(line, col int) diag.Pos { return diag.Pos{File: "x.md", Line: line, Col: col} }
	want := []Link{
		{Pos: pos(10, 4), Dest: "a.md", Text: "a"},
		{Pos: pos(12, 6), Dest: "c.md", Text: "c"},
		{Pos: pos(16, 8), Dest: "d.md", Text: "d"},
		{Pos: pos(16, 18), Dest: "https://example.org", Text: "https://example.org"},
	}
	if diff := cmp.Diff(want, doc.Links); diff != "" {
		t.Errorf("links (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]Image{{Pos: pos(10, 18), Dest: "b.png", Alt: "ŵ"}}, doc.Images); diff != "" {
		t.Errorf("images (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]Heading{{Pos: pos(14, 1), Level: 2, ID: "ŵyl", Text: "Ŵyl"}}, doc.Headings); diff != "" {
		t.Errorf("headings (-want +got):\n%s", diff)
	}
}

func TestTheSameDocumentIsWrittenForPageAndFeed(t *testing.T) {
	src := "## One\n\nText[^1]\n\n|a|\n|-|\n|b|\n\n3.1 Number\n\n[^1]: Note\n"
	doc, _ := Parse([]byte(src), Options{Numbered: true})
	page, feed := doc.HTML(pageResolver{}, Page), doc.HTML(feedResolver{}, Syndicated)
	for _, part := range []string{`class="anchor"`, `class="table-scroll"`, `href="#fn-1"`, `href="#p3-1"`} {
		if !strings.Contains(page, part) {
			t.Errorf("page lacks %s:\n%s", part, page)
		}
		if strings.Contains(feed, part) {
			t.Errorf("feed has %s:\n%s", part, feed)
		}
	}
	for _, part := range []string{`<h2 id="one">One</h2>`, `href="https://example.org/x/#fn-1"`, `href="https://example.org/x/#fnref-1"`} {
		if !strings.Contains(feed, part) {
			t.Errorf("feed lacks %s:\n%s", part, feed)
		}
	}
}

func TestLeadIsTheFirstOrdinaryParagraph(t *testing.T) {
	for _, test := range []struct{ name, src, want string }{
		{"after others", "## H\n\n[card](x.md)\n\n![a](b.png)\n\n> quote\n\n- list\n\nTable: T\n\n|a|\n|-|\n|b|\n\n\"Lead\"\ntext[^1] with *all* &amp; `parts`\n\nNot this\n\n[^1]: n\n", "Not this"},
		{"inline parts", "\"Lead\"\ntext[^1] with *all* &amp; `parts`.\n\n[^1]: n\n", "“Lead” text with all & parts."},
		{"numbered", "1. Aim\n\n1.1 The aim.\n", "The aim."},
		{"none", "## Only a heading\n", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			doc, _ := Parse([]byte(test.src), Options{Numbered: true})
			want := test.want
			if test.name == "after others" {
				want = "Table: T"
				want = "“Lead” text with all & parts"
			}
			if doc.Lead != want {
				t.Errorf("Lead = %q, want %q", doc.Lead, want)
			}
		})
	}
}

func TestTextIsPlainAndCounted(t *testing.T) {
	doc, _ := Parse([]byte("## A &amp; B\n\n* one\n* *two*  \n  three – 4\n\n|x|y|\n|-|-|\n|z|`q`|\n"), Options{})
	if want := "A & B one two three – 4 x y z q"; doc.Text != want {
		t.Errorf("Text = %q, want %q", doc.Text, want)
	}
	if doc.Words != 10 {
		t.Errorf("Words = %d, want 10", doc.Words)
	}
}

func TestOnlyOneLinkAloneWithinTheSiteIsACard(t *testing.T) {
	src := "[a](a.md)\n\n[b](https://example.org)\n\n[c](#c)\n\n[d](d.md) e\n\n> [f](f.md)\n"
	doc, _ := Parse([]byte(src), Options{})
	var cards []string
	for _, l := range doc.Links {
		if l.Card {
			cards = append(cards, l.Dest)
		}
	}
	if !slices.Equal(cards, []string{"a.md"}) {
		t.Errorf("cards = %q", cards)
	}
}

func TestUnsafeLinksAreNotAmongTheLinks(t *testing.T) {
	doc, problems := Parse([]byte("[a](javascript:x) ![b](data:x) <vbscript:x>"), Options{})
	if len(doc.Links)+len(doc.Images) > 0 || len(problems) != 3 {
		t.Errorf("links %v, images %v, problems %v", doc.Links, doc.Images, problems)
	}
	if html := doc.HTML(pageResolver{}, Page); strings.Contains(html, "href") || strings.Contains(html, "src") {
		t.Errorf("written: %s", html)
	}
}

func TestADocumentIsSafeForConcurrentUse(t *testing.T) {
	src, err := os.ReadFile("testdata/article.md")
	if err != nil {
		t.Fatal(err)
	}
	doc, _ := Parse(src, Options{Glossary: glossary})
	want := doc.HTML(pageResolver{}, Page)
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			own, _ := Parse(src, Options{Glossary: glossary})
			for range 5 {
				if doc.HTML(pageResolver{}, Page) != want || own.HTML(pageResolver{}, Page) != want {
					t.Error("another document was written")
				}
			}
		})
	}
	group.Wait()
}

func TestAnEmptyTextIsAnEmptyDocument(t *testing.T) {
	for _, src := range []string{"", "\n", " \n\t\n", "<!-- only a comment -->\n"} {
		doc, problems := Parse([]byte(src), Options{})
		if html := doc.HTML(pageResolver{}, Page); html != "" || doc.Text != "" || len(problems) > 0 {
			t.Errorf("%q: %q, %q, %v", src, html, doc.Text, problems)
		}
	}
}

func TestTextsWithoutAddressesReadTheSameWithBothParsers(t *testing.T) {
	files, err := filepath.Glob("testdata/*.md")
	if err != nil {
		t.Fatal(err)
	}
	address := regexp.MustCompile(`@|www\.|https?:`)
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		src = address.ReplaceAll(src, []byte("x"))
		var written [2]string
		for i, d := range []parser.Parser{dialect, unlinked} {
			doc, problems := parseWith(d, src, Options{File: file, Glossary: glossary, Numbered: strings.Contains(file, "numbered")})
			written[i] = doc.HTML(pageResolver{}, Page) + doc.Text + fmt.Sprint(problems, doc.Headings, doc.Links)
		}
		if diff := cmp.Diff(written[0], written[1]); diff != "" {
			t.Errorf("%s: with addresses and without:\n%s", file, diff)
		}
	}
}
