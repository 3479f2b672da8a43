package markdown

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestProseIsWhatWasTypedAndWhere(t *testing.T) {
	source := strings.Join([]string{
		"## A heading", "",
		"Plain \\*text\\* &amp; **bold  words** with", "a [link](x.md) and `code`.", "",
		"- item", "  - inner “item”", "",
		"> quoted", "> — Somebody, role", "",
		"![what it shows](a.png)", "",
		"| Name | Role |", "|---|---|", "| Ann | Chair |", "",
		"```", "fenced", "```",
	}, "\n")
	doc, problems := Parse([]byte(source), Options{File: "f.md", Line: 5, Prose: true})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	var got []string
	for _, b := range doc.Prose {
		got = append(got, fmt.Sprintf("%d list=%t quoted=%t %q", b.Kind, b.InList, b.Quoted, b.Text))
	}
	want := []string{
		fmt.Sprintf("%d list=false quoted=false %q", HeadingBlock, "A heading"),
		fmt.Sprintf("%d list=false quoted=false %q", Paragraph, "Plain *text* & bold  words with a link and code."),
		fmt.Sprintf("%d list=true quoted=false %q", Paragraph, "item"),
		fmt.Sprintf("%d list=true quoted=false %q", Paragraph, "inner “item”"),
		fmt.Sprintf("%d list=false quoted=true %q", Paragraph, "quoted"),
		fmt.Sprintf("%d list=false quoted=true %q", Attribution, "Somebody, role"),
		fmt.Sprintf("%d list=false quoted=false %q", Figure, "what it shows"),
		fmt.Sprintf("%d list=false quoted=false %q", HeadCell, "Name"),
		fmt.Sprintf("%d list=false quoted=false %q", HeadCell, "Role"),
		fmt.Sprintf("%d list=false quoted=false %q", Cell, "Ann"),
		fmt.Sprintf("%d list=false quoted=false %q", Cell, "Chair"),
		fmt.Sprintf("%d list=false quoted=false %q", CodeBlock, "fenced\n"),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	p := doc.Prose[1]
	for word, pos := range map[string]string{"Plain": "f.md:7:1", "text": "f.md:7:9", "& ": "f.md:7:16", "words": "f.md:7:30", "link": "f.md:8:4", "code": "f.md:8:21"} {
		if got := p.Pos(strings.Index(p.Text, word)).String(); got != pos {
			t.Errorf("%q stands at %s, not %s", word, got, pos)
		}
	}
	at := strings.Index(p.Text, "code")
	if !p.Within(at, at+4, Code) || p.Within(at-1, at+4, Code) {
		t.Error("the mark of the code is not where its text is")
	}
}

func TestDocumentsKeepNoProseUnlessAsked(t *testing.T) {
	if doc, _ := Parse([]byte("Text"), Options{}); doc.Prose != nil {
		t.Errorf("it keeps %v", doc.Prose)
	}
}

func TestCommentsLeaveNoTrace(t *testing.T) {
	for _, c := range [][2]string{
		{"A line <!-- a note -->\nand more <!-- another -->", "A line\nand more"},
		{"<!-- a note -->\n\nText", "Text"},
		{"<!-- a note -->\nText", "Text"},
		{"## Heading <!-- a note -->\n\nText", "## Heading\n\nText"},
		{"[A card](page.md) <!-- a note -->", "[A card](page.md)"},
		{"![alt](a.png \"Caption\") <!-- a note -->", "![alt](a.png \"Caption\")"},
		{"- item <!-- a note -->\n- other", "- item\n- other"},
		{"| A | B |\n|---|---|\n| a <!-- a note --> | b |", "| A | B |\n|---|---|\n| a | b |"},
		{"> quoted\n> — Name, role <!-- a note -->", "> quoted\n> — Name, role"},
		{"Term <!-- a note -->\n: meaning <!-- a note -->", "Term\n: meaning"},
		{"**bold** <!-- a note --> and *more*", "**bold** and *more*"},
		{"3.1 Text <!-- a note -->\n\n3.2 More", "3.1 Text\n\n3.2 More"},
	} {
		with, problems := Parse([]byte(c[0]), Options{Numbered: true})
		without, _ := Parse([]byte(c[1]), Options{Numbered: true})
		if len(problems) > 0 {
			t.Errorf("%q has problems: %v", c[0], problems)
		}
		if diff := cmp.Diff(without.HTML(plainResolver{}, Page), with.HTML(plainResolver{}, Page)); diff != "" {
			t.Errorf("%q (-without comment +with)\n%s", c[0], diff)
		}
		if diff := cmp.Diff(without.Plain(plainResolver{}, &References{}, 70), with.Plain(plainResolver{}, &References{}, 70)); diff != "" {
			t.Errorf("plain text of %q (-without comment +with)\n%s", c[0], diff)
		}
		if diff := cmp.Diff(without.Text, with.Text); diff != "" {
			t.Errorf("text of %q (-without comment +with)\n%s", c[0], diff)
		}
	}
}

func TestProseKnowsTheFirstLineOfAFile(t *testing.T) {
	doc, _ := Parse([]byte("One two"), Options{File: "f.md", Line: 1, Prose: true})
	if got := doc.Prose[0].Pos(4).String(); got != "f.md:1:5" {
		t.Errorf("it stands at %s", got)
	}
}
