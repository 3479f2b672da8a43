package content_test

import (
	"io/fs"
	"net/url"
	"path"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bulletin/internal/config"
	"bulletin/internal/content"
)

// FuzzParse reads any file as an entry of each kind: what comes of it is whole,
// and what is wrong with it has a place in the file.
func FuzzParse(f *testing.F) {
	const head = "---\ntitle: T\nsummary: S\ndate: 1 September 2025\n"
	for _, s := range []string{
		head + "kind: report\nnumbered: true\n---\n1.1 One.\n\n1.2 Two, as [1.1](#p1-1).\n\n3. Detail\n\na) item\n",
		head + "start: 14 October 2025 10:00am\nend: 12 noon\nvenue: {name: Hall, map: \"https://example.org/\"}\nregister: {by: 1/10/2025}\n---\n",
		head + "start: tbc\nonline: \"https://x/\\r\\n\"\nrepeats: {every: month, on: first Tuesday, except: [4 November 2025]}\n---\n",
		head + "programme:\n- {day: 14 October 2025, time: 10-11, title: A, speakers: [B, {name: C, role: D}]}\nstart: October 2025\n---\n",
		head + "issue: 1\nfrom: {name: A, image: a.png}\nauto: {articles: since-last, events: 60 days, deadlines: before-next, pin: [/a.md]}\n---\n[card](a.md)\n",
		head + "aliases: [/a/, \"/b%20c\", \"//x\", \"/../y\", \"/*\"]\nslug: a-b\nlanguage: cy\nplaces: [A, \"B, C\"]\ndetails: {A: b}\n---\n",
		head + "image: {file: a.png, alt: A, credit: \"<b>\"}\ngallery: [{file: b.png, decorative: true, alt: \"\"}]\ndownloads: [a.pdf, {url: \"https://x/y.pdf\"}]\n---\n",
		head + "updated: [{date: 2/9/2025, note: N}]\nexpires: 2026\nto_follow: {what: W, by: May 2026}\nwithdrawn: gone\ndraft: yes\n---\n",
		head + "contact: {email: \"a?bcc=b@c.d\", phone: +44 1632 960000}\nnotes_to_editors: [One, \"Two\\n[x](javascript:y)\"]\n---\n",
		"", "---\n", "---\ntitle: [", "\ufeff---\r\ntitle: T\r\n---\r\n", "title: T\n", "---\ntitle: T\n---\n---\n",
	} {
		f.Add(s, uint8(len(s)))
	}
	c, _ := config.Read(map[string][]byte{config.File: []byte("title: T\nurl: https://example.org\n")})
	files := []string{"content/articles/a.md", "content/events/2025/a b.md", "content/newsletters/index.md", "content/a/index.md", "content/ŵ.md"}
	f.Fuzz(func(t *testing.T, text string, which uint8) {
		file := files[int(which)%len(files)]
		e, problems := content.Parse(c, nil, file, []byte(text))
		lines := strings.Count(text, "\n") + strings.Count(text, "\r") + 1
		for _, p := range problems {
			if p.File != file || p.Line < 1 || p.Line > lines || p.Col < 1 || p.Text == "" || p.Rule == "" {
				t.Errorf("incomplete problem, of %d lines: %#v", lines, p)
			}
		}
		if e == nil {
			if !problems.HasErrors() {
				t.Error("nothing was read and nothing reported")
			}
			return
		}
		_, again := content.Parse(c, nil, file, []byte(text))
		if diff := cmp.Diff(problems, again); diff != "" {
			t.Errorf("read twice, the problems differ:\n%s", diff)
		}
		checkEntry(t, e)
		if !problems.HasErrors() && (e.Title.Value == "" || e.Kind == content.KindArticle && e.Summary.Value == "") {
			t.Errorf("without a problem, the title is %q and the summary %q", e.Title, e.Summary)
		}
	})
}

// checkEntry holds for every entry that was read, whatever its problems are.
func checkEntry(t *testing.T, e *content.Entry) {
	t.Helper()
	if e.Address != path.Clean(e.Address)+"/" && e.Address != "/" || !strings.HasPrefix(e.Address, "/") || strings.ContainsAny(e.Address, " \"'<>\\%?#*:") {
		t.Errorf("the address is %q", e.Address)
	}
	if e.ID.Value == "" || e.Body == nil {
		t.Errorf("the id is %q, the body %v", e.ID, e.Body)
	}
	for _, a := range e.Aliases {
		if !strings.HasPrefix(a.Value, "/") || strings.HasPrefix(a.Value, "//") || strings.ContainsAny(a.Value, "*\\\r\n") || !fs.ValidPath(strings.Trim(path.Clean(a.Value), "/")) && a.Value != "/" {
			t.Errorf("%q passes as an old address", a.Value)
		}
	}
	addresses := []string{}
	for _, d := range e.Downloads {
		addresses = append(addresses, d.URL.Value)
	}
	if ev := e.Event; ev != nil {
		addresses = append(addresses, ev.Venue.Map.Value, ev.Online.URL.Value, ev.Register.URL.Value)
		if ev.End.Set() && !ev.End.End().After(ev.Start.Time) {
			t.Errorf("the event ends at %v and starts at %v", ev.End.End(), ev.Start.Time)
		}
		if ev.Zone == nil {
			t.Error("the event has no zone")
		}
	}
	for _, a := range addresses {
		if u, err := url.Parse(a); err != nil || a != "" && (!config.IsWebAddress(a) || u.Host == "") {
			t.Errorf("%q passes as an address", a)
		}
	}
	if email := e.Contact.Email.Value; email != "" && !config.IsEmail(email) {
		t.Errorf("%q passes as an e-mail address", email)
	}
}
