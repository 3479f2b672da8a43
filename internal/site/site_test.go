package site

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bulletin/internal/config"
	"bulletin/internal/content"
	"bulletin/internal/diag"
)

// noon is the instant as of which the tests look at their sites.
var noon = time.Date(2025, 9, 15, 12, 0, 0, 0, time.UTC)

// modelOf makes the site of some files as of noon; files that are neither
// Markdown nor settings are attachments.
func modelOf(t *testing.T, files map[string]string) (*Site, diag.List) {
	t.Helper()
	settings := map[string][]byte{config.File: []byte("title: Site\nurl: https://site.example/base\n")}
	for name, text := range files {
		if name == config.File || strings.HasPrefix(name, config.Registers) {
			settings[name] = []byte(text)
		}
	}
	c, problems := config.Read(settings)
	in := Input{Config: c, Now: noon, Broken: map[string]bool{}}
	for name, text := range files {
		switch {
		case settings[name] != nil:
		case content.IsEntry(name):
			e, more := content.Parse(c, nil, name, []byte(text))
			problems.Add(more...)
			if e == nil {
				in.Broken[name] = true
				continue
			}
			in.Entries = append(in.Entries, e)
		default:
			in.Attachments = append(in.Attachments, &content.Attachment{File: name, Size: int64(len(text)), Sum: sha256.Sum256([]byte(text))})
		}
	}
	s, more := Assemble(in)
	problems.Add(more...)
	problems.Sort()
	return s, problems
}

// articleOf writes an article with a title, a day in 2025 and further lines of
// front matter.
func articleOf(title, day, more, body string) string {
	return fmt.Sprintf("---\ntitle: %s\nsummary: About it.\ndate: 2025-%s\n%s---\n%s\n", title, day, more, body)
}

func addresses(entries []*Entry) []string {
	list := []string{}
	for _, e := range entries {
		list = append(list, e.Address)
	}
	return list
}

func TestAPlaceHasTheEntriesOfThePlacesInIt(t *testing.T) {
	s, problems := modelOf(t, map[string]string{
		"content/registers/places.yaml": "- name: Region\n- {name: County, part_of: Region}\n- {name: Town, part_of: County, aka: [The Town]}\n- Empty\n",
		"content/articles/a.md":         articleOf("A", "01-01", "places: [the town]\n", ""),
		"content/articles/b.md":         articleOf("B", "01-02", "places: [County, Region]\n", ""),
	})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for name, want := range map[string][]string{"Town": {"/articles/a/"}, "County": {"/articles/b/", "/articles/a/"}, "Region": {"/articles/b/", "/articles/a/"}} {
		term, ok := s.Term(Places, name)
		if !ok {
			t.Fatalf("%s has no page", name)
		}
		if diff := cmp.Diff(want, addresses(term.Entries)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	if _, ok := s.Term(Places, "Empty"); ok {
		t.Error("a place that nothing is about has a page")
	}
	if town, _ := s.Term(Places, "Town"); town.Parent == nil || town.Parent.Name != "County" || town.Name != "Town" {
		t.Errorf("Town is %+v", town)
	}
}

func TestRelatedEntriesShareTheRarestTerms(t *testing.T) {
	files := map[string]string{
		"content/articles/me.md":   articleOf("Me", "01-01", "topics: [Common, Rare]\n", ""),
		"content/articles/rare.md": articleOf("Rare", "01-02", "topics: [Rare]\n", ""),
	}
	for i := range 30 {
		files[fmt.Sprintf("content/articles/common-%02d.md", i)] = articleOf("Common", fmt.Sprintf("02-%02d", i%28+1), "topics: [Common]\n", "")
	}
	s, problems := modelOf(t, files)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	me, _ := s.ByFile("content/articles/me.md")
	want := []string{"/articles/rare/", "/articles/common-27/", "/articles/common-26/"}
	if diff := cmp.Diff(want, addresses(me.Related)); diff != "" {
		t.Errorf("related (-want +got):\n%s", diff)
	}
}

func TestLinksLeadToEntriesFilesAndListsOrNowhere(t *testing.T) {
	s, _ := modelOf(t, map[string]string{
		"content/articles/2025/here.md":          articleOf("Here", "01-01", "", "## Part\n"),
		"content/articles/2025/there/index.md":   articleOf("There", "01-01", "slug: elsewhere\n", "## Booking\n"),
		"content/articles/2025/there/My map.png": "png",
		"content/articles/hidden.md":             articleOf("Hidden", "12-31", "", ""),
		"content/articles/broken.md":             "---\n",
		"content/events/e.md":                    "---\ntitle: E\nsummary: S.\nstart: 2025-10-01\nvenue: V\nregister: none\n---\n",
		"content/about.md":                       "---\ntitle: About\n---\n",
	})
	const from = "content/articles/2025/here.md"
	for dest, want := range map[string]string{
		"there/index.md":               "3 /articles/2025/elsewhere/",
		"./there/":                     "3 /articles/2025/elsewhere/",
		"there/index.md#booking":       "3 /articles/2025/elsewhere/#booking",
		"../../events/e.md#booking":    "3 /events/e/#page-booking",
		"/events/e.md":                 "3 /events/e/",
		"/events/e/":                   "3 /events/e/",
		"../../about.md?print=1#x":     "3 /about/?print=1#x",
		"there/My%20map.png":           "4 /articles/2025/elsewhere/My%20map.png",
		"there/My map.png":             "4 /articles/2025/elsewhere/My%20map.png",
		"/events/":                     "5 /events/",
		"/events":                      "5 /events/",
		"#part":                        "2 #part",
		"https://example.org/x":        "1 https://example.org/x",
		"mailto:a@example.org":         "1 mailto:a@example.org",
		"../hidden.md":                 "6 ",
		"../broken.md":                 "7 ",
		"nothing.md":                   "0 ",
		"/nothing/":                    "0 ",
		"../../../../../../etc/passwd": "0 ",
		"%zz":                          "0 ",
	} {
		target := s.Resolve(from, dest)
		if got := fmt.Sprintf("%d %s", target.Kind, target.Address); got != want {
			t.Errorf("%s leads to %q, want %q", dest, got, want)
		}
	}
}

func TestFilesOfUnpublishedEntriesAreNotPublished(t *testing.T) {
	s, _ := modelOf(t, map[string]string{
		"content/articles/hidden/index.md":      articleOf("Hidden", "12-31", "image: {file: ../shared.png, alt: A}\n", ""),
		"content/articles/hidden/picture.png":   "1",
		"content/articles/hidden/deep/more.pdf": "2",
		"content/articles/shared.png":           "3",
		"content/articles/both.png":             "4",
		"content/articles/other.md":             articleOf("Other", "01-01", "image: {file: both.png, alt: B}\n", ""),
		"content/articles/draft.md":             articleOf("Draft", "01-01", "draft: true\nimage: {file: both.png, alt: B}\n", ""),
		"content/articles/draft.pdf":            "5",
		"content/verify.txt":                    "6",
	})
	var got []string
	for _, f := range s.Files {
		got = append(got, f.Path)
	}
	if want := []string{"articles/both.png", "verify.txt"}; !slices.Equal(got, want) {
		t.Errorf("published %q, want %q", got, want)
	}
}

func TestArchivedAndWithdrawnEntriesAreInNoList(t *testing.T) {
	s, problems := modelOf(t, map[string]string{
		"content/articles/now.md":       articleOf("Now", "09-01", "topics: [T]\nseries: S\n", ""),
		"content/articles/expired.md":   articleOf("Expired", "09-02", "topics: [T, Only]\nseries: S\nexpires: 14 September 2025\n", ""),
		"content/articles/lasts.md":     articleOf("Lasts", "09-03", "topics: [T]\nexpires: 15 September 2025\n", ""),
		"content/articles/withdrawn.md": articleOf("Withdrawn", "09-04", "topics: [T]\nwithdrawn: It was wrong.\n", ""),
	})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if want, got := []string{"/articles/lasts/", "/articles/now/"}, addresses(s.Articles); !slices.Equal(got, want) {
		t.Errorf("listed %q, want %q", got, want)
	}
	if len(s.Entries) != 4 {
		t.Errorf("%d entries have a page, want 4", len(s.Entries))
	}
	if _, ok := s.Term(Topics, "Only"); ok {
		t.Error("a topic of archived entries only has a page")
	}
	term, _ := s.Term(Topics, "T")
	if len(term.Entries) != 2 {
		t.Errorf("the topic lists %q", addresses(term.Entries))
	}
}

func TestMonthsListEachOccurrenceOnItsDay(t *testing.T) {
	s, problems := modelOf(t, map[string]string{
		"content/events/weekly.md":  "---\ntitle: Weekly\nsummary: S.\nstart: 2025-09-23 10:00\nend: 11:00\nonline: Zoom\nregister: none\nrepeats: {every: week, until: 7 October 2025}\n---\n",
		"content/events/january.md": "---\ntitle: Past\nsummary: S.\nstart: 2025-01-30\nvenue: V\n---\n",
		"content/events/month.md":   "---\ntitle: Month\nsummary: S.\nstart: October 2025\nvenue: V\nregister: none\n---\n",
		"content/events/tbc.md":     "---\ntitle: TBC\nsummary: S.\nstart: tbc\nvenue: V\n---\n",
	})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	var got []string
	for _, m := range s.Months() {
		for _, d := range m.Days {
			for _, h := range d.Happenings {
				got = append(got, m.Address+" "+d.Date.Format("2")+" "+h.Entry.Title.Value)
			}
		}
		for _, h := range m.Undated {
			got = append(got, m.Address+" - "+h.Entry.Title.Value)
		}
	}
	want := []string{
		"/events/month/2025-01/ 30 Past",
		"/events/month/2025-09/ 23 Weekly", "/events/month/2025-09/ 30 Weekly",
		"/events/month/2025-10/ 7 Weekly", "/events/month/2025-10/ - Month",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("months (-want +got):\n%s", diff)
	}
}

func TestDeadlinesComeCloseAndPass(t *testing.T) {
	event := func(more string) string {
		return "---\ntitle: E\nsummary: S.\nstart: 2025-10-30 10:00\nvenue: V\n" + more + "---\n"
	}
	for name, tt := range map[string]struct {
		file  string
		state State
		ok    bool
	}{
		"open":                     {event("register: {url: \"https://x.example/\", by: 23 September 2025}\n"), Open, true},
		"close":                    {event("register: {url: \"https://x.example/\", by: 22 September 2025}\n"), Open, true},
		"closes soon":              {event("register: {url: \"https://x.example/\", by: 21 September 2025}\n"), ClosesSoon, true},
		"the day lasts to its end": {event("register: {url: \"https://x.example/\", by: 15 September 2025}\n"), ClosesSoon, true},
		"closed":                   {event("register: {url: \"https://x.example/\", by: 14 September 2025}\n"), Closed, true},
		"none needed":              {event("register: none\n"), "", false},
		"nothing said":             {event(""), "", false},
		"cancelled":                {event("register: {contact: Me}\nstatus: cancelled\n"), Closed, true},
		"without a deadline":       {event("register: {contact: Me}\n"), Open, true},
	} {
		s, _ := modelOf(t, map[string]string{"content/events/e.md": tt.file})
		e, _ := s.ByFile("content/events/e.md")
		if state, _, ok := s.Deadline(e); state != tt.state || ok != tt.ok {
			t.Errorf("%s: %q, %v; want %q, %v", name, state, ok, tt.state, tt.ok)
		}
	}
}
