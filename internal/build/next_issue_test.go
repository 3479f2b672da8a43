package build

import (
	"testing"

	"bulletin"
)

// TestTheNextIssueIsToldWhatItWillList asks what an issue of today would list,
// on a day with an issue already, and with the content in disorder.
func TestTheNextIssueIsToldWhatItWillList(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "content/site.yaml", "title: Site\nurl: https://example.org\n")
	write(t, dir, "content/articles/old.md", "---\ntitle: Old\nsummary: S\ndate: 2025-08-01\n---\nText\n")
	write(t, dir, "content/articles/new.md", "---\ntitle: New\nsummary: S\ndate: 2025-08-20\n---\nText\n")
	write(t, dir, "content/newsletters/1.md", "---\ntitle: One\nissue: 1\ndate: 2025-08-10\nauto: {articles: since-last, events: 30 days}\n---\nText\n")
	builder := New(bulletin.Layouts)
	next := func() NextIssue {
		t.Helper()
		_, next, err := builder.NextIssue(at(dir, "public", epoch))
		if err != nil {
			t.Fatal(err)
		}
		return next
	}
	got := next()
	if got.Lists == nil || len(got.Lists.New) != 1 || got.Lists.New[0].Title.Value != "New" || got.Lists.First || got.EventDays != 30 || len(got.Issues) != 1 {
		t.Errorf("%+v", got)
	}
	write(t, dir, "content/newsletters/2.md", "---\ntitle: Two\nissue: 2\ndate: "+epoch.Format("2006-01-02")+"\nauto: {articles: since-last}\n---\nText\n")
	if got = next(); got.Lists == nil || len(got.Lists.New) != 0 || len(got.Issues) != 2 {
		t.Errorf("after an issue of the same day: %+v", got)
	}
	write(t, dir, "content/articles/bad.md", "---\ntitle: Bad\n---\n")
	if got = next(); got.Lists != nil || len(got.Issues) != 2 {
		t.Errorf("with problems: %+v", got)
	}
}
