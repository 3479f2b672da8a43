package main

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"bulletin/internal/content"
	"bulletin/internal/header"
	"bulletin/internal/site"
)

func entry(file, title string) *site.Entry {
	return &site.Entry{Entry: &content.Entry{File: file, Title: header.Text{Value: title}}}
}

func TestTheNextNumberFollowsTheNewest(t *testing.T) {
	today := time.Date(2025, 10, 1, 10, 0, 0, 0, time.UTC)
	for _, test := range []struct{ month, newest, want string }{
		{"2025-09", "2025-08", "2025-09"},
		{"", "2025-08", "2025-09"},
		{"", "2025-12", "2026-01"},
		{"", "", "2025-10"},
		{"2025-09", "", "2025-09"},
		{"2025-09", "12", "13"},
		{"", "No. 099", "No. 100"},
		{"", "2025/9", "2025/10"},
		{"", "Spring 2025", "2025-10"}, // a year is no count
		{"2025-09", "Spring 2025", "2025-09"},
	} {
		issue := entry("content/newsletters/a.md", "A")
		issue.Newsletter = &content.Newsletter{Issue: header.Text{Value: test.newest}}
		if got := nextNumber(test.month, []*site.Entry{issue}, today); got != test.want {
			t.Errorf("after %q, in %q: %q, want %q", test.newest, test.month, got, test.want)
		}
	}
}

func TestNumbersInUseAreNotGivenAgain(t *testing.T) {
	var issues []*site.Entry
	for _, number := range []string{"3", "4", "2"} {
		e := entry("content/newsletters/"+number+".md", number)
		e.Newsletter = &content.Newsletter{Issue: header.Text{Value: number}}
		issues = append(issues, e)
	}
	if got := nextNumber("", issues, time.Time{}); got != "5" {
		t.Error(got)
	}
}

func TestTooManyNewArticlesAreNamedOnlyInPart(t *testing.T) {
	var lists site.Issue
	for i := range longestList + 2 {
		lists.New = append(lists.New, entry(fmt.Sprintf("content/articles/%d.md", i), "T"))
	}
	var s issueLists
	s.list(lists)
	if s.TooMany != longestList+2 || len(s.Lists) != 1 || len(s.Lists[0].Lines) != longestList || s.Lists[0].More != 2 {
		t.Errorf("%+v", s)
	}
}

func TestALineOfALinkIsOneLineAndALink(t *testing.T) {
	for title, want := range map[string]string{
		"Plain":             "[Plain](../articles/a.md)",
		"a]b[c\\":           `[a\]b\[c\\](../articles/a.md)`,
		"`code` <b>":        "[\\`code\\` \\<b>](../articles/a.md)",
		"two\nlines\u2028x": "[two lines x](../articles/a.md)",
		"bell\a\u0085none":  "[bell none](../articles/a.md)",
	} {
		if got := linkTo(entry("content/articles/a.md", title)); got != want {
			t.Errorf("%q: %s, want %s", title, got, want)
		}
	}
	if got := linkTo(entry("content/events/a (1)/index.md", "T")); !strings.HasSuffix(got, "(<../events/a (1)/index.md>)") {
		t.Error(got)
	}
}
