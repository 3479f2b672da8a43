package email

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"bulletin/internal/diag"
	"bulletin/internal/theme"
)

// titles are those of all entries that the sample's issue shows.
var titles = []string{
	"Regional Update – September 2025",
	"Young people in care ask managers to mind their words", "Children and hoarding: hidden harm, lasting impact",
	"£1.6 million for children’s services in the region", "Perthyn ar waith", "Inspiring Future Leaders: last places in Cohort 3",
	"Ofsted judges Shropshire’s children’s services “outstanding”",
	"SEND drop-in for parents and carers", "Case audit moderation day", "Regional Safeguarding Network Annual Conference",
}

func TestGoldenEmails(t *testing.T) {
	made := sample(t)
	for _, file := range []string{FileHTML, FileText, FileDraft} {
		golden(t, "sample."+file, made[issueDir+file])
	}
}

func TestAnEmailStaysWhatWasSent(t *testing.T) {
	files := sampleFiles(t)
	files["content/newsletters/2025-09.md"] = []byte(strings.Replace(string(files["content/newsletters/2025-09.md"]), "](../articles/later.md) follows", "](../events/far.md) follows", 1))
	sent, _ := emails(t, files, time.Date(2025, 9, 1, 7, 0, 0, 0, time.UTC), nil)
	later, _ := emails(t, files, sampleNow, nil)
	for _, file := range []string{FileHTML, FileText, FileDraft} {
		if sent[issueDir+file] == "" || sent[issueDir+file] != later[issueDir+file] {
			t.Errorf("%s has changed, or there was none", file)
		}
	}
}

func TestNothingUnderEmbargoIsInAnEmail(t *testing.T) {
	for name, text := range sample(t) {
		if strings.Contains(text, "canary") || strings.Contains(text, "later.md") || strings.Contains(text, "/later/") {
			t.Errorf("%s tells of what came later", name)
		}
	}
}

func TestIssuesWithoutAnEmail(t *testing.T) {
	files := sampleFiles(t)
	issue := string(files["content/newsletters/2025-09.md"])
	files["content/newsletters/2025-09.md"] = []byte(strings.Replace(issue, "issue: 2025-09", "withdrawn: It was wrong", 1))
	files["content/newsletters/2027-01.md"] = []byte(strings.Replace(issue, "Monday 1 September 2025 8am", "1 January 2027", 1))
	files["content/newsletters/2027-01.md"] = []byte(strings.Replace(string(files["content/newsletters/2027-01.md"]), "id: newsletters/2025/09 & more", "", 1))
	made, _ := emails(t, files, sampleNow, nil)
	if len(made) != 3 || made["newsletters/2025-08/"+FileHTML] == "" {
		t.Errorf("there are e-mails of issues that were withdrawn or are not published: %d files", len(made))
	}
}

// samplePage parses the sample's email.html.
func samplePage(t *testing.T) *html.Node {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(sample(t)[issueDir+FileHTML]))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestAllPartsHoldEveryTitle(t *testing.T) {
	made := sample(t)
	shown := strings.Join(strings.Fields(text(samplePage(t))), " ")
	plain := strings.Join(strings.Fields(made[issueDir+FileText]), " ")
	for _, title := range titles {
		if !strings.Contains(shown, title) {
			t.Errorf("email.html lacks %q", title)
		}
		if !strings.Contains(plain, title) {
			t.Errorf("email.txt lacks %q", title)
		}
	}
	for _, unlisted := range []string{"A small correction", "An event that is too far away"} {
		if strings.Contains(shown, unlisted) || strings.Contains(plain, unlisted) {
			t.Errorf("%q is in the e-mail", unlisted)
		}
	}
}

func TestPageIsWhatMailProgramsKnow(t *testing.T) {
	doc := samplePage(t)
	known := map[atom.Atom]bool{}
	for _, a := range []atom.Atom{
		atom.Html, atom.Head, atom.Meta, atom.Title, atom.Style, atom.Body, atom.Main, atom.Div, atom.Table, atom.Thead, atom.Tbody, atom.Tr, atom.Td, atom.Th,
		atom.Caption, atom.H1, atom.H2, atom.H3, atom.P, atom.A, atom.B, atom.Strong, atom.Em, atom.Span, atom.Br, atom.Img, atom.Ul, atom.Ol, atom.Li, atom.Blockquote, atom.Sup, atom.Code,
	} {
		known[a] = true
	}
	data, level := 0, 0
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if !known[n.DataAtom] {
			t.Errorf("there is a <%s>", n.Data)
		}
		role, _ := attribute(n, "role")
		switch n.DataAtom {
		case atom.Table:
			if role != "presentation" {
				data++
			}
		case atom.Img:
			if alt, ok := attribute(n, "alt"); !ok || alt == "" {
				t.Error("a picture has no alternative")
			}
			value, _ := attribute(n, "width")
			if width, err := strconv.Atoi(value); err != nil || width > contentWidth {
				t.Errorf("a picture is %q pixels wide", value)
			}
		case atom.H1, atom.H2, atom.H3:
			next := int(n.Data[1] - '0')
			if next > level+1 {
				t.Errorf("%s follows h%d", n.Data, level)
			}
			level = next
		case atom.Td:
			if style, _ := attribute(n, "style"); !strings.Contains(style, "font-family") {
				t.Error("a cell has no style")
			}
		}
		for _, a := range n.Attr {
			if (a.Key == "href" || a.Key == "src") && a.Val != "{{unsubscribe}}" && !absolute(a.Val) || a.Key == "loading" || strings.HasPrefix(a.Key, "on") {
				t.Errorf("there is %s=%q", a.Key, a.Val)
			}
		}
	}
	if data != 1 {
		t.Errorf("%d tables of data, want the one of the letter", data)
	}
	for _, style := range elements(doc, atom.Style) {
		if !strings.HasPrefix(strings.TrimSpace(text(style)), "@media") {
			t.Errorf("a style element has more than @media: %s", text(style))
		}
	}
	if size := len(sample(t)[issueDir+FileHTML]); size > Limit/2 {
		t.Errorf("a usual issue has %d bytes", size)
	}
}

func TestPageSaysWhatItIs(t *testing.T) {
	text := sample(t)[issueDir+FileHTML]
	for _, want := range []string{
		`role="article"`, `lang="en-GB" dir="ltr"`, `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" lang="cy"`,
		`href="{{unsubscribe}}"`, `<a href="https://update.example.org/news/newsletters/2025-09/"`, "<!--[if mso]>", `aria-label="Book a place: Case audit moderation day"`,
		"Example House, 1 Example Street, Birmingham", `content="light dark"`, `href="https://book.example.org/hoarding?a=1&amp;b=2"`, `alt="Portrait of Meera Chaudhry"`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("missing: %s", want)
		}
	}
}

func TestRightToLeftLanguagesGoThatWay(t *testing.T) {
	files := sampleFiles(t)
	files["content/newsletters/2025-09.md"] = []byte(strings.Replace(string(files["content/newsletters/2025-09.md"]), "issue: 2025-09", "issue: 2025-09\nlanguage: ur", 1))
	made, _ := emails(t, files, sampleNow, nil)
	text := made[issueDir+FileHTML]
	for _, want := range []string{`lang="ur" dir="rtl"`, "padding-left:16px", "border-right:4px solid"} {
		if !strings.Contains(text, want) {
			t.Errorf("missing: %s", want)
		}
	}
}

func TestTextHasNoMarkupAndShortLines(t *testing.T) {
	text := sample(t)[issueDir+FileText]
	if m := regexp.MustCompile(`\*\*|\]\(|</?\w|&\w+;|^#|\x00|[ \t]\n|\n\n\n\n`).FindString(text); m != "" {
		t.Errorf("there is %q", m)
	}
	links := strings.Count(text, "\n[")
	for i, line := range strings.Split(text, "\n") {
		if utf8.RuneCountInString(line) > textWidth && !strings.HasPrefix(line, "[") {
			t.Errorf("line %d is too long: %s", i+1, line)
		}
	}
	for n := 1; n <= links; n++ {
		if strings.Count(text, fmt.Sprintf("\n[%d] https://", n)) != 1 || strings.Count(text, fmt.Sprintf(" [%d]", n)) < 1 {
			t.Errorf("link %d is not both in the text and in the list", n)
		}
	}
	if !strings.Contains(text, "\nUnsubscribe: {{unsubscribe}}\n") {
		t.Error("the placeholder is not as it was written")
	}
}

func TestWaysToUnsubscribeReachTheReaderUntouched(t *testing.T) {
	for setting, want := range map[string]struct{ href, header string }{
		`"{{unsubscribe}}"`:                        {"{{unsubscribe}}", ""},
		`"*|UNSUB|*"`:                              {"*|UNSUB|*", ""},
		`"%%unsubscribe_url%%"`:                    {"%%unsubscribe_url%%", ""},
		`"[unsubscribe link]"`:                     {"[unsubscribe link]", ""},
		"https://lists.example.org/leave?l=1&u=ö":  {"https://lists.example.org/leave?l=1&amp;u=ö", "<https://lists.example.org/leave?l=1&u=%C3%B6>"},
		"mailto:leave@example.org?subject=Goodbye": {"mailto:leave@example.org?subject=Goodbye", "<mailto:leave@example.org?subject=Goodbye>"},
	} {
		files := sampleFiles(t)
		files["content/site.yaml"] = []byte(strings.Replace(string(files["content/site.yaml"]), `"{{unsubscribe}}"`, setting, 1))
		made, problems := emails(t, files, sampleNow, nil)
		if problems.HasErrors() {
			t.Errorf("%s: %v", setting, problems)
		}
		if !strings.Contains(made[issueDir+FileHTML], `href="`+want.href+`"`) {
			t.Errorf("%s: not in the page", setting)
		}
		if !strings.Contains(made[issueDir+FileText], "\nUnsubscribe: "+strings.ReplaceAll(want.href, "&amp;", "&")+"\n") {
			t.Errorf("%s: not in the text", setting)
		}
		if got := message(t, made[issueDir+FileDraft]).Header.Get("List-Unsubscribe"); got != want.header {
			t.Errorf("%s: List-Unsubscribe is %q, want %q", setting, got, want.header)
		}
	}
}

func TestASiteCanReplaceTheLayout(t *testing.T) {
	own := map[string]string{
		"email.html":                "<html><head><style>p{color:{{.Colours.Brand}}}</style></head><body><p>{{.Title}}</p>{{.Content}}{{.Site.Title}}</body></html>",
		"partials/email-embed.html": "<p class=own>{{.Title}}</p>",
	}
	made, problems := emails(t, sampleFiles(t), sampleNow, own)
	if problems.HasErrors() {
		t.Fatal(problems)
	}
	for _, want := range []string{`<p style="color:#8a1538">Regional Update – September 2025</p>`, `<p style="color:#8a1538">Children and hoarding`} {
		if !strings.Contains(made[issueDir+FileHTML], want) {
			t.Errorf("missing: %s", want)
		}
	}
}

func TestLayoutsThatMailProgramsReject(t *testing.T) {
	for body, rule := range map[string]string{
		`<script>x</script>`: "email-element",
		`<link rel="stylesheet" href="https://example.org/">`: "email-element",
		`<form></form>`: "email-element",
		`<style>@import "https://example.org/a.css";</style>`:    "email-element",
		`<p style="background:url(https://example.org/a)">a</p>`: "email-element",
		`<img src="https://example.org/a.png">`:                  "image-alt",
		`<a href="/news/">a</a>`:                                 "email-address",
		`<img src="a.png" alt="">`:                               "email-address",
		`<a href="//example.org/">a</a>`:                         "email-address",
		strings.Repeat("<div>", 600):                             "email-html",
	} {
		made, problems := emails(t, sampleFiles(t), sampleNow, map[string]string{"email.html": "<html><body>{{.Title}}" + body + "</body></html>"})
		if len(made) != 0 || !has(problems, layoutFile, rule) {
			t.Errorf("%.40s: %v", body, problems)
		}
	}
}

// has reports whether a problem that stops the build has the rule and file,
// and says what to do.
func has(problems diag.List, file, rule string) bool {
	for _, p := range problems {
		if p.Rule == rule && p.File == file && p.Severity == diag.Error && p.Hint != "" {
			return true
		}
	}
	return false
}

func TestTooLargeAnEmailNamesItsLargestParts(t *testing.T) {
	files := sampleFiles(t)
	for i := range 90 {
		files[fmt.Sprintf("content/articles/more-%d.md", i)] = []byte("---\ntitle: One of very many\nsummary: " + strings.Repeat("More of it. ", 20) + "\ndate: 20 August 2025\n---\nText.\n")
	}
	made, problems := emails(t, files, sampleNow, nil)
	if len(made) == 0 || problems.HasErrors() {
		t.Fatalf("%d files, problems: %v", len(made), problems)
	}
	reported := false
	for _, p := range problems {
		if p.Rule != "email-size" {
			continue
		}
		reported = p.File == "content/newsletters/2025-09.md" && p.Hint != ""
		if !regexp.MustCompile(`has 1\d\d KB; .* are “New since the last issue” \(\d+ KB\), “Dates to keep” \(\d+ KB\), “Events ahead”`).MatchString(p.Text) {
			t.Error(p.Text)
		}
	}
	if !reported {
		t.Errorf("the size is not reported: %v", problems)
	}
}

func TestTextsCanBeReadOnTheirBackgrounds(t *testing.T) {
	brand := theme.Colour{R: 0xff, G: 0xee, B: 0x00}
	for _, s := range []theme.Shades{theme.ShadesOf(nil), theme.ShadesOf(&brand)} {
		colour := func(text string) theme.Colour {
			c, ok := theme.ParseColour(text)
			if !ok {
				t.Fatalf("no colour: %s", text)
			}
			return c
		}
		white := colour("#ffffff")
		for _, pair := range [][2]theme.Colour{
			{s.Brand, white}, {s.Brand, s.Tint}, {white, s.Brand}, {colour("#57524a"), white}, {colour("#57524a"), s.Tint}, {colour("#1c1a16"), s.Tint}, {colour("#9c1c14"), white},
			{s.DarkBrand, colour("#1f1d1a")}, {s.DarkBrand, colour("#12110f")}, {colour("#171614"), s.DarkBrand}, {colour("#b5afa3"), colour("#1f1d1a")},
			{colour("#b5afa3"), colour("#12110f")}, {colour("#ebe7de"), s.DarkTint}, {colour("#ffa196"), colour("#1f1d1a")},
		} {
			if got := theme.Contrast(pair[0], pair[1]); got < 4.5 {
				t.Errorf("%s on %s has a contrast of %.2f", pair[0], pair[1], got)
			}
		}
	}
}
