package site_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"bulletin/internal/config"
	"bulletin/internal/content"
	"bulletin/internal/site"
)

// now is the instant of the sites of these tests; tomorrow is under embargo.
var now = time.Date(2025, time.October, 1, 9, 0, 0, 0, time.UTC)

// assemble makes the site of some files below content/ and gives it with its
// problems. Markdown files get the keys that an article needs.
func assemble(t *testing.T, files map[string]string) (*site.Site, []string) {
	t.Helper()
	c, _ := config.Read(map[string][]byte{config.File: []byte("title: T\nurl: https://example.org\n")})
	in := site.Input{Config: c, Now: now}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		file := content.Root + name
		if !content.IsEntry(file) {
			in.Attachments = append(in.Attachments, &content.Attachment{File: file})
			continue
		}
		keys, body, _ := strings.Cut(files[name], "|")
		e, problems := content.Parse(c, nil, file, []byte("---\ntitle: T\nsummary: S\n"+keys+"\n---\n"+body+"\n"))
		if problems.HasErrors() {
			t.Fatal(problems)
		}
		in.Entries = append(in.Entries, e)
	}
	s, problems := site.Assemble(in)
	var found []string
	for _, p := range problems {
		found = append(found, fmt.Sprintf("%s %s", p.File, p.Rule))
	}
	return s, found
}

const (
	today    = "date: 1 September 2025"
	tomorrow = "date: 2 October 2025"
)

func paths(s *site.Site) string {
	var list []string
	for _, f := range s.Files {
		list = append(list, f.Path)
	}
	return strings.Join(list, " ")
}

// TestFilesOfUnpublishedEntriesAreNotPublished, however the entry names them.
func TestFilesOfUnpublishedEntriesAreNotPublished(t *testing.T) {
	for name, tt := range map[string]struct {
		files map[string]string
		want  string
	}{
		"beside it, by its name":     {map[string]string{"articles/a.md": tomorrow, "articles/a.pdf": "", "articles/b.md": today}, ""},
		"in its folder":              {map[string]string{"articles/a/index.md": tomorrow, "articles/a/x/y.pdf": ""}, ""},
		"linked":                     {map[string]string{"articles/a.md": tomorrow + "|[x](x.pdf)", "articles/x.pdf": "", "articles/b.md": today}, ""},
		"linked to a page of it":     {map[string]string{"articles/a.md": tomorrow + "|[x](x.pdf#page=2)", "articles/x.pdf": "", "articles/b.md": today}, ""},
		"linked with a query":        {map[string]string{"articles/a.md": tomorrow + "|[x](x.pdf?v=2)", "articles/x.pdf": "", "articles/b.md": today}, ""},
		"linked with an escape":      {map[string]string{"articles/a.md": tomorrow + "|[x](x%20y.pdf)", "articles/x y.pdf": "", "articles/b.md": today}, ""},
		"linked from the top":        {map[string]string{"articles/a.md": tomorrow + "|[x](/files/x%20y.pdf#p)", "files/x y.pdf": "", "b.md": ""}, ""},
		"named in the front matter":  {map[string]string{"articles/a.md": tomorrow + "\ndownloads: [{file: x.pdf}]", "articles/x.pdf": "", "articles/b.md": today}, ""},
		"in a folder of such only":   {map[string]string{"articles/new/a.md": tomorrow, "articles/new/x.pdf": "", "articles/b.md": today}, ""},
		"below a folder of such":     {map[string]string{"articles/new/a.md": tomorrow, "articles/new/pictures/x.png": "", "articles/b.md": today}, ""},
		"used by a published one":    {map[string]string{"articles/a.md": tomorrow + "|[x](x.pdf)", "articles/x.pdf": "", "articles/b.md": today + "|[x](x.pdf)"}, "articles/x.pdf"},
		"used by nobody":             {map[string]string{"articles/a.md": tomorrow, "articles/b.md": today, "articles/x.pdf": ""}, "articles/x.pdf"},
		"elsewhere, used by nobody":  {map[string]string{"articles/a.md": tomorrow, "files/x.pdf": ""}, "files/x.pdf"},
		"of a page at the top level": {map[string]string{"a.md": tomorrow, "files/x.pdf": ""}, "files/x.pdf"},
	} {
		t.Run(name, func(t *testing.T) {
			s, problems := assemble(t, tt.files)
			if got := paths(s); got != tt.want || problems != nil {
				t.Errorf("published are %q, want %q; problems: %v", got, tt.want, problems)
			}
		})
	}
}

func TestLinksDoNotDependOnHowAccentsAreStored(t *testing.T) {
	const composed, decomposed = "caf\u00e9", "cafe\u0301"
	for _, stored := range []string{composed, decomposed} {
		for _, written := range []string{composed, decomposed} {
			_, problems := assemble(t, map[string]string{
				"articles/" + stored + ".md":  today,
				"articles/" + stored + ".pdf": "",
				"articles/b.md":               today + "|[x](" + written + ".md) [y](" + written + ".pdf)",
			})
			if problems != nil {
				t.Errorf("%+q linked as %+q: %v", stored, written, problems)
			}
		}
	}
}

func TestTranslationsThatNameEachOtherAreLinkedOnce(t *testing.T) {
	s, problems := assemble(t, map[string]string{
		"articles/a.md": today + "\ntranslation_of: b.md",
		"articles/b.md": today + "\ntranslation_of: a.md\nlanguage: cy",
		"articles/c.md": today + "\ntranslation_of: a.md\nlanguage: ur",
	})
	if problems != nil {
		t.Fatal(problems)
	}
	for _, e := range s.Entries {
		var others []string
		for _, other := range e.Translations {
			others = append(others, other.File)
		}
		slices.Sort(others)
		if len(others) != 2 || slices.Contains(others, e.File) || others[0] == others[1] {
			t.Errorf("%s has the translations %v", e.File, others)
		}
	}
}

func TestClashesAreReportedOnce(t *testing.T) {
	for name, tt := range map[string]struct {
		files map[string]string
		want  string
	}{
		"file and folder":   {map[string]string{"articles/a.md": today, "articles/a/index.md": today}, "content/articles/a/index.md address-clash"},
		"slug and name":     {map[string]string{"articles/a.md": today, "articles/b.md": today + "\nslug: a"}, "content/articles/b.md address-clash"},
		"id and default id": {map[string]string{"articles/a.md": today + "\nid: articles/b", "articles/b.md": today}, "content/articles/a.md id-clash"},
		"two ids":           {map[string]string{"articles/a.md": today + "\nid: x", "articles/b.md": today + "\nid: x"}, "content/articles/b.md id-clash"},
		"a feed of a list":  {map[string]string{"articles/a.md": today, "articles/feed.xml": ""}, "content/articles/feed.xml address-clash"},
		"a feed of a term":  {map[string]string{"articles/a.md": today + "\nplaces: [Walsall]", "places/walsall/atom.xml": ""}, "content/places/walsall/atom.xml address-clash"},
		"alias and feed":    {map[string]string{"articles/a.md": today + "\naliases: [/feed.json]"}, "content/articles/a.md alias-clash"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, problems := assemble(t, tt.files); strings.Join(problems, ", ") != tt.want {
				t.Errorf("%v, want %s", problems, tt.want)
			}
		})
	}
}

func TestTheYearOfAnArticleIsThatOfTheSitesClock(t *testing.T) {
	s, _ := assemble(t, map[string]string{
		"articles/a.md": "date: 2024-12-31T23:30:00-05:00",
		"articles/b.md": "date: 2025-01-01T00:30:00Z",
		"articles/c.md": "date: 2024-12-31",
	})
	var years []string
	for _, y := range s.Years() {
		years = append(years, fmt.Sprintf("%d: %d", y.Year, len(y.Articles)))
	}
	if got := strings.Join(years, ", "); got != "2025: 2, 2024: 1" {
		t.Errorf("%s", got)
	}
}

func TestALinkToAnAddressOfTheSiteSuggestsTheFile(t *testing.T) {
	c, _ := config.Read(map[string][]byte{config.File: []byte("title: T\nurl: https://example.org\n")})
	for link, want := range map[string]string{
		"../events/a.html":       "did you mean `../events/a.md`?",
		"../events/a/":           "did you mean `../events/a.md`?",
		"../events/a":            "did you mean `../events/a.md`?",
		"../events/a/index.html": "did you mean `../events/a.md`?",
		"a.md":                   "did you mean `../events/a.md`?",
		"B.md":                   "did you mean `b.md`?",
	} {
		in := site.Input{Config: c, Now: now}
		for file, text := range map[string]string{
			"content/events/a.md":   "---\ntitle: T\nsummary: S\nstart: tbc\nvenue: V\n---\n",
			"content/articles/b.md": "---\ntitle: T\nsummary: S\ndate: 1 September 2025\n---\n[x](" + link + ")\n",
		} {
			e, _ := content.Parse(c, nil, file, []byte(text))
			in.Entries = append(in.Entries, e)
		}
		_, problems := site.Assemble(in)
		if len(problems) != 1 || problems[0].Hint != want {
			t.Errorf("%s: %v", link, problems)
		}
	}
}
