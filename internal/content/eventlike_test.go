package content

import (
	"testing"

	"bulletin/internal/config"
)

func TestAnEventInTheTextOfAnArticleIsReported(t *testing.T) {
	c, problems := config.Read(map[string][]byte{config.File: []byte("title: T\nurl: https://site.example\n")})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	const head = "---\ntitle: A\nsummary: S.\ndate: 2025-09-01\n---\n"
	for name, tt := range map[string]struct {
		text string
		at   string
	}{
		"a day and a time":         {head + "Come.\n\nJoin us on Tuesday 23rd September 2025, 10:00am–12:00pm on Zoom.\n", "content/articles/a.md:8:20"},
		"another way to write it":  {head + "On 9 October 2025 at 9.30am in the hall.\n", "content/articles/a.md:6:4"},
		"a link to the event":      {head + "Join us on 23 September 2025, 10am: [the webinar](../events/webinar.md).\n", ""},
		"a day that had passed":    {head + "We met on 8 July 2025, 10am.\n", ""},
		"a day without a time":     {head + "Our week begins on 22 June 2026.\n", ""},
		"an opportunity's closing": {"---\ntitle: A\nsummary: S.\ndate: 2025-09-01\nkind: opportunity\ncloses: 26 September 2025 5pm\n---\nApply by 26 September 2025, 5pm.\n", ""},
		"an example of code":       {head + "```\nstart: 23 September 2025 10am\n```\n", ""},
	} {
		_, problems := Parse(c, nil, "content/articles/a.md", []byte(tt.text))
		got := ""
		for _, p := range problems {
			if p.Rule != "event-in-text" {
				t.Errorf("%s: %v", name, p)
				continue
			}
			got = p.Pos.String()
		}
		if got != tt.at {
			t.Errorf("%s: reported at %q, want %q", name, got, tt.at)
		}
	}
}
