package content

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"bulletin/internal/config"
	"bulletin/internal/diag"
	"bulletin/internal/header"
)

func TestNewsletterListsByItself(t *testing.T) {
	tests := []struct {
		auto  string
		want  Auto
		rules string
	}{
		{"{}", Auto{}, ""},
		{"{articles: since-last}", Auto{ArticlesSinceLast: true, Promises: true}, ""},
		{"{articles: since last, promises: none}", Auto{ArticlesSinceLast: true}, ""},
		{"{articles: none, events: none, deadlines: none}", Auto{}, ""},
		{"{events: 60 days, deadlines: before-next}", Auto{EventDays: 60, DeadlinesBeforeNext: true, Promises: true}, ""},
		{"{promises: open}", Auto{Promises: true}, ""},
		{"{pin: /articles/a.md, skip: [b.md, c.md]}", Auto{Pin: []header.Text{{Value: "/articles/a.md"}}, Skip: []header.Text{{Value: "b.md"}, {Value: "c.md"}}}, ""},
		{"{articles: since, events: 900 days, promise: open}", Auto{}, "unknown-key unknown-value unknown-value"},
		{"{pin: {a: b}}", Auto{}, "wrong-type"},
	}
	c, _ := config.Read(map[string][]byte{config.File: []byte("title: T\nurl: https://example.org\n")})
	for _, test := range tests {
		text := "---\ntitle: T\ndate: 1 September 2025\nauto: " + test.auto + "\n---\nText.\n"
		e, problems := Parse(c, nil, "content/newsletters/1.md", []byte(text))
		if diff := cmp.Diff(test.want, e.Newsletter.Auto, cmpopts.IgnoreTypes(diag.Pos{})); diff != "" {
			t.Errorf("auto: %s (want, got):\n%s", test.auto, diff)
		}
		var rules []string
		for _, p := range problems {
			rules = append(rules, p.Rule)
		}
		slices.Sort(rules)
		if got := strings.Join(rules, " "); got != test.rules {
			t.Errorf("auto: %s: problems %q, want %q", test.auto, got, test.rules)
		}
	}
}
