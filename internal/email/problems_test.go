package email

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bulletin/internal/site"
)

func TestProblems(t *testing.T) {
	tests := []struct{ name, file, old, fresh, want string }{
		{"none but that of the sample", "newsletters/2025-09.md", "x", "x", ""},
		{"a long subject", "newsletters/2025-09.md", `subject: "New`, `subject: "A subject that inboxes cut off because of its length: New`, "warning 12 email-subject"},
		{"a long title as the subject", "newsletters/2025-08.md", "title: Regional Update – August 2025", "title: " + strings.Repeat("ŵords ", 11), "warning 2 email-subject"},
		{"a title of sixty characters", "newsletters/2025-08.md", "title: Regional Update – August 2025", "title: " + strings.Repeat("ŵ", 60), ""},
		{"a long preheader", "newsletters/2025-09.md", "preheader: ", "preheader: " + strings.Repeat("long ", 20), "warning 13 email-preheader"},
		{"an address within one office", "newsletters/2025-09.md", "Kind regards", "[Plan](http://intranet/plan) [Q](https://10.0.0.7/) [R](https://files.corp/r)", "warning 65 email-address, warning 65 email-address, warning 65 email-address"},
		{"a picture that few programs show", "newsletters/2025-09.md", "](../images/wide.png", "](../images/drawing.svg", "warning 49 email-picture"},
		{"a sender that is none", "site.yaml", "from: Regional Update <update@example.org>", "from: Regional Update", "error 12 email"},
		{"an answer to nobody", "site.yaml", "reply_to: hello@example.org", "reply_to: us", "error 13 email"},
		{"the publisher as the sender", "site.yaml", "from: Regional Update <update@example.org>\n", "\n", ""},
		{"no way to unsubscribe", "site.yaml", `"{{unsubscribe}}"`, "write to us", "error 14 url"},
		{"a mailbox without its scheme", "site.yaml", `"{{unsubscribe}}"`, "leave@example.org", "error 14 url"},
		{"a placeholder that HTML would change", "site.yaml", `"{{unsubscribe}}"`, `"<%= unsubscribe %>"`, "error 14 url"},
		{"an event that is over", "newsletters/2025-09.md", "[Young people ask managers to mind their words](../articles/words.md)", "[Over](../events/over.md)", "warning 35 issue-past-event"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			files := sampleFiles(t)
			files["content/images/drawing.svg"] = []byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`)
			files["content/events/over.md"] = []byte("---\ntitle: Over\nsummary: S\nstart: 1 August 2025\nvenue: V\nregister: none\n---\nText.\n")
			name := "content/" + test.file
			text := string(files[name])
			if test.old != "x" && !strings.Contains(text, test.old) {
				t.Fatalf("the sample lacks %q", test.old)
			}
			files[name] = []byte(strings.Replace(text, test.old, test.fresh, 1))
			s, _ := assemble(t, files, sampleNow)
			var got []string
			for _, p := range Problems(s) {
				if p.Rule == "issue-embargo" {
					continue // the sample links to an article that came later
				}
				if p.File != name || p.Hint == "" {
					t.Errorf("no hint, or another file: %v", p)
				}
				got = append(got, fmt.Sprintf("%s %d %s", p.Severity, p.Line, p.Rule))
			}
			if diff := cmp.Diff(test.want, strings.Join(got, ", ")); diff != "" {
				t.Errorf("(want, got):\n%s", diff)
			}
		})
	}
}

func TestUnreachable(t *testing.T) {
	for address, want := range map[string]bool{
		"http://localhost:8080/": true, "https://server/": true, "https://a.internal": true, "http://192.168.1.1/": true, "http://[::1]/": true, "http://printer.local./": true,
		"https://example.org/": false, "https://93.184.216.34/": false, "mailto:a@localhost": false, "../a.md": false, "https://local.example.org/": false,
	} {
		if got := unreachable(address); got != want {
			t.Errorf("unreachable(%q) = %v", address, got)
		}
	}
}

func BenchmarkOneIssue(b *testing.B) {
	files := sampleFiles(b)
	s, _ := assemble(b, files, sampleNow)
	th := builtin(b, nil)
	b.Run("jobs of two issues", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if jobs, _ := Jobs(s, th, nil); len(jobs) != 6 {
				b.Fatal(len(jobs))
			}
		}
	})
	m := maker{s: s, theme: th, issues: s.Issues(), colours: colours(s), open: func(*site.File, site.Size) (io.ReadCloser, error) { return nil, nil }}
	m.issue = s.Newsletters[0]
	m.at = m.issue.Date.Time
	view := pageView{View: m.view(), Letter: m.letter(), File: "x", Unsubscribe: "{{unsubscribe}}"}
	p := press{theme: th}
	b.Run("page", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := p.html(view, nil); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func TestTheWayToUnsubscribeIsAPageAMailboxOrAPlaceholder(t *testing.T) {
	for way, want := range map[string]bool{
		"{{unsubscribe}}": true, "*|UNSUB|*": true, "[unsubscribe]": true, "%unsubscribe_url%": true, "https://example.org/leave?id={{id}}": true,
		"javascript:alert(1)//{{x}}": false, "JaVaScRiPt:{{x}}": false, "\tjavascript:{{x}}": false, "data:text/html,{{x}}": false,
		"//other.example/{{x}}": false, "{{x}}\r\nBcc: b@example.org": false, `{{x}}" onclick="x`: false, "{{x}}<script>": false,
	} {
		if got := isPlaceholder(way); got != want {
			t.Errorf("%q: %v", way, got)
		}
	}
}
