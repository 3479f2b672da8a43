package check_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"bulletin/internal/check"
	"bulletin/internal/config"
	"bulletin/internal/content"
	"bulletin/internal/diag"
	"bulletin/internal/markdown"
	"bulletin/internal/site"
)

// now is when the examples of rules are looked at.
var now = time.Date(2025, 10, 1, 9, 0, 0, 0, time.UTC)

const (
	settings = "title: T\nurl: https://www.example.org\n"
	article  = "---\ntitle: A title\nsummary: What it says.\ndate: 4 March 2024\n---\n"
)

// files gives the site of an example: a txtar archive, or the body of an
// article. The file "public" lists what the last build wrote.
func files(example string) map[string]string {
	site := map[string]string{"content/site.yaml": settings}
	if !strings.HasPrefix(example, "-- ") {
		site["content/articles/a.md"] = article + example + "\n"
		return site
	}
	for _, f := range txtar.Parse([]byte(example)).Files {
		site[f.Name] = string(f.Data)
	}
	return site
}

// look checks a site.
func look(t *testing.T, site map[string]string, visitor *check.Visitor) *check.Report {
	t.Helper()
	r, err := check.Run(context.Background(), input(site, visitor))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func input(texts map[string]string, visitor *check.Visitor) check.Input {
	in := check.Input{Files: map[string][]byte{}, Written: strings.Fields(texts["public"]), Output: "public", Visitor: visitor}
	for name, text := range texts {
		if name != "public" {
			in.Files[name] = []byte(text)
		}
	}
	in.Open = func(name string) (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(in.Files[name])), nil }
	c, problems := config.Read(in.Files)
	assembled := site.Input{Config: c, Now: now}
	for _, name := range slices.Sorted(maps.Keys(in.Files)) {
		if config.IsSetting(name) {
			continue
		}
		if !content.IsEntry(name) {
			open := func() (io.ReadCloser, error) { return in.Open(name) }
			assembled.Attachments = append(assembled.Attachments, content.Attach(name, int64(len(in.Files[name])), sha256.Sum256(in.Files[name]), open))
			continue
		}
		e, more := content.ParseProse(c, markdown.NewGlossary(c.Glossary), name, in.Files[name])
		problems.Add(more...)
		if e != nil {
			assembled.Entries = append(assembled.Entries, e)
		}
	}
	s, more := site.Assemble(assembled)
	problems.Add(more...)
	in.Site, in.Problems = s, problems
	return in
}

// of gives the findings of a rule.
func of(r *check.Report, rule string) []diag.Problem {
	var list []diag.Problem
	for _, p := range r.Problems {
		if p.Rule == rule {
			list = append(list, p)
		}
	}
	return list
}

func TestEachRuleReportsItsExampleAndNotTheOther(t *testing.T) {
	for _, rule := range check.Rules() {
		t.Run(rule.Name, func(t *testing.T) {
			visitor := visitorOfExamples(t, rule)
			fires := of(look(t, files(rule.Fires), visitor), rule.Name)
			if len(fires) == 0 {
				t.Errorf("it does not report\n%s", rule.Fires)
			}
			for _, p := range fires {
				if p.Hint == "" || p.Text == "" || p.Severity != diag.Severity(rule.Level) || p.File == "" {
					t.Errorf("the finding is incomplete: %+v", p)
				}
			}
			for _, p := range of(look(t, files(rule.Passes), visitor), rule.Name) {
				t.Errorf("it reports %v of\n%s", p, rule.Passes)
			}
		})
	}
}

func TestEachRuleSaysWhatItIsFor(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range check.BuildProblems {
		if seen[p.Name] || p.About == "" {
			t.Errorf("the problem %s is there twice, or says nothing", p.Name)
		}
		seen[p.Name] = true
	}
	for _, r := range check.Rules() {
		if seen[r.Name] || r.Protects == "" || r.Cure == "" || r.Fires == "" || r.Passes == "" {
			t.Errorf("the rule %s is incomplete, or its name is taken", r.Name)
		}
		seen[r.Name] = true
		if r.Level != config.LevelError && r.Level != config.LevelWarning && r.Level != config.LevelOff {
			t.Errorf("the rule %s has the level %q", r.Name, r.Level)
		}
		if r.Entry != nil && r.Site != nil {
			t.Errorf("the rule %s looks at entries and at the site", r.Name)
		}
	}
}

// proseCase is a text that is right, or wrong in its own way: each line of want
// is "line:col rule", and nothing else of these rules may be reported.
type proseCase struct{ name, rules, text, want string }

func TestProse(t *testing.T) { testProse(t, proseCases) }

func testProse(t *testing.T, cases []proseCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, p := range look(t, files(c.text), nil).Problems {
				if slices.Contains(strings.Fields(c.rules), p.Rule) {
					got = append(got, fmt.Sprintf("%d:%d %s", p.Line-strings.Count(article, "\n"), p.Col, p.Rule))
				}
			}
			if want := strings.Fields(c.want); strings.Join(got, "\n") != c.want {
				t.Errorf("of\n%s\ngot\n%s\nwant\n%s", c.text, strings.Join(got, "\n"), strings.Join(want, " "))
			}
		})
	}
}
