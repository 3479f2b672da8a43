package config

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bulletin/internal/header"
)

// FuzzRead reads any settings and registers: every problem has a place within
// its file, and what is read can be published as it is.
func FuzzRead(f *testing.F) {
	const minimal = "title: T\nurl: https://example.org\n"
	for _, s := range [][2]string{
		{minimal, "- Walsall\n- {name: Dudley, part_of: Walsall}\n"},
		{"title: T\nurl: https://example.org//a/../b\ntimezone: Local\nlanguage: cy\n", "Walsall: {aka: [W], url: \"https://example.org\"}\n"},
		{minimal + "publisher: {name: P, email: a@example.org, address: [A, B], logo: l.png}\n", "- {name: A, part_of: B}\n- {name: B, part_of: A}\n"},
		{minimal + "feeds: {limit: 5, hub: \"javascript://x/\"}\nevents: {closes_soon: 14 days}\n", "- {name: Hall, address: A, postcode: B, access: C, map: \"data:x\"}\n"},
		{minimal + "navigation: [a.md, {title: B, page: \"javascript:x\"}]\n", "SEND: special educational needs\nDfE:\n"},
		{minimal + "newsletter: {from: A <a@example.org>, unsubscribe: \"{{x}}\", pictures: inline}\naccessibility: {reviewed: 1/2/2025}\n", "- {name: SEND, meaning: x}\n"},
		{"title: [\nurl: http://a\"b<c>/\n", "- - - a"}, {"", "a: &x [*x]"}, {"\ufefftitle: T", "? a\n: b"},
	} {
		f.Add(s[0], s[1], uint8(len(s[1])))
	}
	f.Fuzz(func(t *testing.T, settings, register string, which uint8) {
		name := Registers + registerNames[int(which)%len(registerNames)] + ".yaml"
		files := map[string][]byte{File: []byte(settings), name: []byte(register)}
		c, problems := Read(files)
		for _, p := range problems {
			lines := bytes.Count(files[p.File], []byte("\n")) + bytes.Count(files[p.File], []byte("\r")) + 1
			if files[p.File] == nil || p.Line < 1 || p.Line > lines || p.Col < 1 || p.Text == "" || p.Rule == "" || p.Hint == "" {
				t.Errorf("incomplete problem, of %d lines: %#v", lines, p)
			}
		}
		_, again := Read(files)
		if diff := cmp.Diff(problems, again); diff != "" {
			t.Errorf("read twice, the problems differ:\n%s", diff)
		}
		if !strings.HasPrefix(c.Base, "/") || strings.HasPrefix(c.Base, "//") || !strings.HasSuffix(c.Base, "/") || strings.ContainsAny(c.Base, " \"<>\\\r\n") {
			t.Errorf("the base is %q", c.Base)
		}
		if c.URL != "" && (!IsWebAddress(c.URL) || !strings.HasSuffix(c.URL, c.Base)) {
			t.Errorf("the address is %q, the base %q", c.URL, c.Base)
		}
		if !problems.HasErrors() && (c.Title.Value == "" || c.URL == "") {
			t.Errorf("without a problem, the title is %q and the address %q", c.Title, c.URL)
		}
		if c.Location == nil || !IsLanguage(c.Language) {
			t.Errorf("zone %v, language %q", c.Location, c.Language)
		}
		addresses := []header.Text{c.Feeds.Hub}
		for _, r := range []*Register{c.Places, c.Topics, c.Organisations, c.People, c.Venues} {
			for _, record := range r.Records {
				addresses = append(addresses, record.URL, record.Map)
				if found, ok := r.Find(record.Name.Value); !ok || found != record && !problems.HasErrors() {
					t.Errorf("%q is not found in its register", record.Name.Value)
				}
			}
		}
		for _, a := range addresses {
			if a.Value != "" && !IsWebAddress(a.Value) {
				t.Errorf("%q passes as an address", a.Value)
			}
		}
		if e := c.Publisher.Email.Value; e != "" && !IsEmail(e) {
			t.Errorf("%q passes as an e-mail address", e)
		}
	})
}
