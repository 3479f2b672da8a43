package check_test

import (
	"bytes"
	"context"
	"regexp"
	"testing"

	"bulletin/internal/check"
)

// lineEnds finds what editors take for the end of a line.
var lineEnds = regexp.MustCompile(`\r\n|\r|\n`)

// FuzzCheck holds that no text stops a check, that every finding has its place
// in the file, and that the same text has the same findings.
func FuzzCheck(f *testing.F) {
	for _, c := range proseCases {
		f.Add(c.text)
	}
	for _, r := range check.Rules() {
		f.Add(r.Fires)
		f.Add(r.Passes)
	}
	f.Fuzz(func(t *testing.T, text string) {
		site := map[string]string{
			"content/site.yaml":                    settings,
			"content/registers/organisations.yaml": "- name: Walsall Alliance\n  aka: [Board of Walsall, WA]\n- aka: [Nobody]\n",
			"content/articles/a.md":                article + text,
			"content/events/a.md":                  "---\ntitle: A\nsummary: B\nstart: 4 March 2024\nvenue: C\n---\n" + text,
		}
		var reports [2]bytes.Buffer
		for i := range reports {
			r, err := check.Run(context.Background(), input(site, nil))
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range r.Problems {
				if lines := len(lineEnds.FindAllString(site[p.File], -1)) + 1; p.Line > lines || p.Line < 0 || p.Col < 0 {
					t.Errorf("%v is at no place of the file", p)
				}
			}
			for _, write := range []func() error{
				func() error { return r.WriteText(&reports[i]) },
				func() error { return r.WriteGitHub(&reports[i]) },
				func() error { return r.WriteSARIF(&reports[i]) },
			} {
				if err := write(); err != nil {
					t.Fatal(err)
				}
			}
		}
		if !bytes.Equal(reports[0].Bytes(), reports[1].Bytes()) {
			t.Error("two checks of the same text differ")
		}
	})
}
