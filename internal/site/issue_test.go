package site

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bulletin/internal/config"
	"bulletin/internal/content"
	"bulletin/internal/diag"
)

// assemble makes the site of some files below content/ at an instant, which
// is written like 2025-09-01 or with a time of day in UTC.
func assemble(t testing.TB, files map[string]string, now string) *Site {
	t.Helper()
	c, problems := config.Read(map[string][]byte{config.File: []byte("title: T\nurl: https://example.org\n")})
	in := Input{Config: c, Now: instant(t, now)}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		e, more := content.Parse(c, nil, content.Root+name, []byte(files[name]))
		problems.Add(more...)
		in.Entries = append(in.Entries, e)
	}
	s, _ := Assemble(in)
	if problems.HasErrors() {
		t.Fatal(problems)
	}
	return s
}

func instant(t testing.TB, text string) time.Time {
	t.Helper()
	if len(text) == len(time.DateOnly) {
		text += " 12:00"
	}
	at, err := time.Parse("2006-01-02 15:04", text)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// article, event and issue write files with the least that they need.
func article(date string, more ...string) string {
	return "---\ntitle: T\nsummary: S\ndate: " + date + "\n" + strings.Join(more, "\n") + "\n---\nText.\n"
}

func event(start string, more ...string) string {
	return "---\ntitle: T\nsummary: S\nvenue: V\nregister: none\nstart: " + start + "\n" + strings.Join(more, "\n") + "\n---\nText.\n"
}

func issue(date, auto string, letter ...string) string {
	return "---\ntitle: T\ndate: " + date + "\nauto: {" + auto + "}\n---\n" + strings.Join(letter, "\n\n") + "\n"
}

// fileNames gives the files of entries without folder and ending.
func fileNames(entries []*Entry) string {
	var list []string
	for _, e := range entries {
		name := e.File[strings.LastIndex(e.File, "/")+1:]
		list = append(list, strings.TrimSuffix(name, ".md"))
	}
	return strings.Join(list, " ")
}

// listed gives the lists of an issue in words.
func listed(t *testing.T, s *Site, file string) string {
	t.Helper()
	e, ok := s.ByFile(content.Root + file)
	if !ok {
		t.Fatalf("%s is not published", file)
	}
	i := s.Issues()[e]
	var due []*Entry
	for _, d := range i.Deadlines {
		due = append(due, d.Entry)
	}
	var parts []string
	for _, list := range []struct {
		name    string
		entries []*Entry
	}{{"new", i.New}, {"events", i.Events}, {"deadlines", due}, {"promises", i.Promises}} {
		if len(list.entries) > 0 {
			parts = append(parts, list.name+": "+fileNames(list.entries))
		}
	}
	return strings.Join(parts, "; ")
}

func TestNewArticlesAreThoseSinceTheLastIssueThatListedAny(t *testing.T) {
	files := map[string]string{
		"articles/old.md":       article("2024-05-01"),
		"articles/july.md":      article("2025-07-10"),
		"articles/moment.md":    article("2025-09-01 08:00"),
		"articles/later.md":     article("2025-09-01 08:01"),
		"articles/september.md": article("2025-09-20"),
		"articles/shown.md":     article("2025-09-21"),
		"articles/expired.md":   article("2025-09-22", "expires: 25 September 2025"),
		"articles/gone.md":      article("2025-09-23", "withdrawn: It was wrong"),
		"articles/draft.md":     article("2025-09-23", "draft: true"),
		"articles/october.md":   article("2025-10-20"),
		"newsletters/1.md":      issue("2025-06-01", "articles: none"),
		"newsletters/2.md":      issue("2025-09-01 08:00", "articles: since-last"),
		"newsletters/3.md":      issue("2025-09-25 08:00", "articles: none", "A letter between.", "[It](../articles/shown.md)", "See [this](../articles/september.md)."),
		"newsletters/4.md":      issue("2025-10-01 08:00", "articles: since-last"),
		"newsletters/5.md":      issue("2025-11-01 08:00", "articles: since-last", "[It](../articles/october.md)"),
	}
	s := assemble(t, files, "2026-01-01")
	for file, want := range map[string]string{
		"1": "",                     // lists none
		"2": "new: moment july",     // since issue 1, as none had listed any
		"3": "",                     // lists none
		"4": "new: september later", // since issue 2, without what 3 showed
		"5": "",                     // its letter shows it
	} {
		if got := listed(t, s, "newsletters/"+file+".md"); got != want {
			t.Errorf("issue %s lists %q, want %q", file, got, want)
		}
	}
}

func TestFirstIssueHasEverythingBeforeIt(t *testing.T) {
	s := assemble(t, map[string]string{
		"articles/a.md": article("2001-01-01"), "articles/b.md": article("2025-08-01"),
		"newsletters/1.md": issue("2025-09-01", "articles: since-last"),
	}, "2025-09-02")
	if got := listed(t, s, "newsletters/1.md"); got != "new: b a" {
		t.Error(got)
	}
	for _, i := range s.Issues() {
		if !i.First {
			t.Error("the only issue is not the first")
		}
	}
}

func TestPinnedAndSkippedEntries(t *testing.T) {
	files := map[string]string{
		"articles/a.md": article("2025-08-01"), "articles/b.md": article("2025-08-02"), "articles/c.md": article("2025-08-03"),
		"articles/d.md": article("2025-09-10"),
		"events/far.md": event("2026-03-03"), "events/near.md": event("2025-09-20"), "events/no.md": event("2025-09-21"),
		"newsletters/1.md": issue("2025-09-01", "articles: since-last, events: 30 days, pin: [/articles/a.md, /events/far.md], skip: [/articles/c.md, ../events/no.md]"),
		"newsletters/2.md": issue("2025-10-01", "articles: since-last, pin: [/articles/b.md, /articles/a.md]"),
		"newsletters/3.md": issue("2025-11-01", "pin: /articles/b.md"),
	}
	s := assemble(t, files, "2026-01-01")
	for file, want := range map[string]string{
		"1": "new: a; events: near far", // b is new in the first issue that pins it
		"2": "new: b d",
		"3": "",
	} {
		if got := listed(t, s, "newsletters/"+file+".md"); got != want {
			t.Errorf("issue %s lists %q, want %q", file, got, want)
		}
	}
	// Before issue 2 was out, nobody could know what it pins.
	if got := listed(t, assemble(t, files, "2025-09-15"), "newsletters/1.md"); got != "new: a b; events: near far" {
		t.Errorf("while it was the last, issue 1 listed %q", got)
	}
}

func TestEventsAheadAreSeenFromTheDateOfTheIssue(t *testing.T) {
	s := assemble(t, map[string]string{
		"events/over.md":     event("2025-08-31"),
		"events/now.md":      event("2025-08-30", "end: 2025-09-02"),
		"events/last-day.md": event("2025-09-11 18:00"),
		"events/too-late.md": event("2025-09-12 09:00"),
		"events/embargo.md":  event("2025-09-05", "date: 2025-09-02"),
		"events/shown.md":    event("2025-09-06"),
		"events/tbc.md":      event("tbc"),
		"events/monthly.md":  event("2025-01-07 10:00", "end: 11:00", "repeats: {every: month, on: first Tuesday}"),
		"newsletters/1.md":   issue("2025-09-01 08:00", "events: 10 days", "[It](../events/shown.md)"),
	}, "2026-05-05")
	if got := listed(t, s, "newsletters/1.md"); got != "events: now monthly last-day" {
		t.Error(got)
	}
	for _, i := range s.Issues() {
		if got := i.Events[1].WhenText(); got != "Tuesday 2 September 2025, 10am to 11am" {
			t.Errorf("the monthly event is listed for %s", got)
		}
	}
	if e, _ := s.ByFile("content/events/monthly.md"); !e.Occurrence.Start.After(s.Now) {
		t.Error("listing an event has changed it")
	}
}

func TestDeadlinesEndBeforeTheNextIssueIsRead(t *testing.T) {
	opportunity := func(date, closes string, more ...string) string {
		return article(date, append(more, "kind: opportunity", "closes: "+closes)...)
	}
	files := map[string]string{
		"articles/over.md":  opportunity("2025-07-01", "2025-08-31"),
		"articles/today.md": opportunity("2025-07-01", "2025-09-01"),
		"articles/hour.md":  opportunity("2025-07-01", "2025-09-01 07:00"),
		"articles/soon.md":  opportunity("2025-07-01", "2025-09-10"),
		"articles/next.md":  opportunity("2025-07-01", "2025-10-01"),
		"articles/fresh.md": opportunity("2025-09-20", "2025-10-01"),
		"articles/later.md": opportunity("2025-07-01", "2025-10-02"),
		"articles/skip.md":  opportunity("2025-07-01", "2025-09-10"),
		"events/book.md":    event("2025-09-20", "date: 2025-07-01"), /* register: none */
		"events/held.md":    strings.Replace(event("2025-09-20"), "register: none", "register: {by: 2025-09-12, contact: us}", 1),
		"newsletters/1.md":  issue("2025-09-01 08:00", "deadlines: before-next, skip: /articles/skip.md"),
		"newsletters/2.md":  issue("2025-10-01 08:00", "deadlines: before-next"),
	}
	s := assemble(t, files, "2026-01-01")
	if got := listed(t, s, "newsletters/1.md"); got != "deadlines: today soon held next" {
		t.Errorf("issue 1: %s", got)
	}
	if got := listed(t, s, "newsletters/2.md"); got != "deadlines: fresh later" {
		t.Errorf("issue 2: %s", got)
	}
	// As long as there is no next issue, a month is looked ahead.
	if got := listed(t, assemble(t, files, "2025-09-02"), "newsletters/1.md"); got != "deadlines: today soon held next" {
		t.Errorf("issue 1 alone: %s", got)
	}
}

func TestAMonthLaterIsInTheNextMonth(t *testing.T) {
	for from, want := range map[string]string{"2025-09-01": "2025-10-01", "2025-01-31": "2025-02-28", "2024-01-30": "2024-02-29", "2025-12-31": "2026-01-31"} {
		if got := monthLater(instant(t, from)).Format(time.DateOnly); got != want {
			t.Errorf("a month after %s is %s, want %s", from, got, want)
		}
	}
}

func TestPromisesStayUntilTheyAreKept(t *testing.T) {
	promise := func(by string) string { return "to_follow: {what: More" + by + "}" }
	s := assemble(t, map[string]string{
		"articles/undated.md": article("2025-01-01", promise("")),
		"articles/march.md":   article("2025-01-01", promise(", by: 31 March 2026")),
		"events/overdue.md":   event("2025-01-01", promise(", by: 1 February 2025")),
		"articles/later.md":   article("2025-09-02", promise("")),
		"newsletters/1.md":    issue("2025-08-01", "promises: open"),
		"newsletters/2.md":    strings.Replace(issue("2025-09-01", "events: 5 days"), "auto:", promise("")+"\nauto:", 1),
		"newsletters/3.md":    issue("2025-09-02 00:00", "events: 5 days, promises: none"),
	}, "2026-01-01")
	for file, want := range map[string]string{"1": "promises: overdue march undated", "2": "promises: overdue march undated", "3": ""} {
		if got := listed(t, s, "newsletters/"+file+".md"); got != want {
			t.Errorf("issue %s lists %q, want %q", file, got, want)
		}
	}
}

func TestTranslationOfAnIssueListsTheSame(t *testing.T) {
	s := assemble(t, map[string]string{
		"articles/a.md": article("2025-08-01"), "articles/b.md": article("2025-09-10"),
		"newsletters/1.md":  issue("2025-09-01", "articles: since-last"),
		"newsletters/1c.md": strings.Replace(issue("2025-09-03", ""), "auto:", "language: cy\ntranslation_of: 1.md\nauto:", 1),
		"newsletters/2.md":  issue("2025-10-01", "articles: since-last"),
	}, "2026-01-01")
	for file, want := range map[string]string{"1": "new: a", "1c": "new: a", "2": "new: b"} {
		if got := listed(t, s, "newsletters/"+file+".md"); got != want {
			t.Errorf("issue %s lists %q, want %q", file, got, want)
		}
	}
}

// TestEachArticleIsNewInExactlyOneIssue goes through random sequences of
// issues and publications, which may coincide.
func TestEachArticleIsNewInExactlyOneIssue(t *testing.T) {
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 4))
		day := func() string {
			return instant(t, "2025-01-01").Add(time.Duration(r.IntN(120)) * 6 * time.Hour).Format("2006-01-02 15:04")
		}
		files, last := map[string]string{}, ""
		for i := range r.IntN(6) + 1 {
			date := day()
			last = max(last, date)
			auto := "articles: since-last"
			if r.IntN(3) == 0 {
				auto += fmt.Sprintf(", pin: /articles/%d.md", r.IntN(20))
			}
			files[fmt.Sprintf("newsletters/%d.md", i)] = issue(date, auto)
		}
		dates := map[string]string{}
		for i := range 20 {
			name := fmt.Sprint(i)
			dates[name] = day()
			files["articles/"+name+".md"] = article(dates[name])
		}
		count := map[string]int{}
		for e, i := range assemble(t, files, "2026-01-01").Issues() {
			for _, a := range i.New {
				count[fileNames([]*Entry{a})]++
				if a.Date.Time.After(e.Date.Time) {
					t.Errorf("seed %d: %s of %s is new in an issue of %s", seed, a.File, a.Date.Time, e.Date.Time)
				}
			}
		}
		for name, date := range dates {
			want := 1
			if date > last {
				want = 0
			}
			if count[name] != want {
				t.Errorf("seed %d: article %s of %s is new in %d issues; the last is of %s", seed, name, date, count[name], last)
			}
		}
	}
}

// TestAnIssueStaysWhatItWas builds random sites on the date of each issue and
// later: what was sent is what the web shows, but for the deadlines up to an
// issue that had not come out.
func TestAnIssueStaysWhatItWas(t *testing.T) {
	for seed := range uint64(12) {
		r := rand.New(rand.NewPCG(seed, 7))
		base := instant(t, "2025-01-01")
		day := func(days int) string {
			return base.Add(time.Duration(r.IntN(days*4)) * 6 * time.Hour).Format("2006-01-02 15:04")
		}
		files := map[string]string{}
		for i := range 6 {
			auto := []string{"articles: since-last, events: 20 days, deadlines: before-next", "events: 9 days", "articles: since-last"}[r.IntN(3)]
			files[fmt.Sprintf("newsletters/%d.md", i)] = issue(day(90), auto, fmt.Sprintf("[It](../articles/%d.md)", r.IntN(12)))
		}
		for i := range 12 {
			files[fmt.Sprintf("articles/%d.md", i)] = article(day(90), "kind: opportunity", "closes: "+day(200), "expires: "+day(250))
			files[fmt.Sprintf("events/%d.md", i)] = event(day(120), "date: "+day(90))
			files[fmt.Sprintf("events/r%d.md", i)] = event(day(60), "repeats: {every: week}")
		}
		end := assemble(t, files, "2026-01-01")
		for e, after := range end.Issues() {
			then := assemble(t, files, e.Date.Time.UTC().Format("2006-01-02 15:04"))
			same, _ := then.ByFile(e.File)
			before := then.Issues()[same]
			for _, pair := range [][2][]*Entry{{before.New, after.New}, {before.Events, after.Events}} {
				if diff := cmp.Diff(fileNames(pair[0]), fileNames(pair[1])); diff != "" {
					t.Errorf("seed %d, %s (then, later):\n%s", seed, e.File, diff)
				}
			}
			for i, was := range before.Events {
				if was.WhenText() != after.Events[i].WhenText() {
					t.Errorf("seed %d, %s: %s is on %s and later on %s", seed, e.File, was.File, was.WhenText(), after.Events[i].WhenText())
				}
			}
		}
	}
}

func TestIssuesThatMislead(t *testing.T) {
	files := map[string]string{
		"articles/in-time.md": article("2025-08-30"),
		"articles/late.md":    article("2025-09-03"),
		"articles/draft.md":   article("2025-08-01", "draft: true"),
		"events/over.md":      event("2025-08-20"),
		"events/over-too.md":  event("2025-08-21"),
		"events/ahead.md":     event("2025-09-20"),
		"newsletters/1.md": issue("2025-09-01 08:00", "pin: [/articles/nothing.md, /events/over-too.md, /articles/in-time.md, /articles/late.md], skip: [../articles/in-time.md, /newsletters/]",
			"[In time](../articles/in-time.md)", "[Late](../articles/late.md)", "A [draft](../articles/draft.md), a [late one](../articles/late.md).",
			"[Over](../events/over.md)", "We met at [this](../events/over.md).", "[Ahead](../events/ahead.md)"),
	}
	rules := func(now string) string {
		var list []string
		for _, p := range assemble(t, files, now).CheckIssues() {
			if p.Line == 0 || p.Hint == "" && p.Severity == diag.Warning {
				t.Errorf("no position or no hint: %v", p)
			}
			list = append(list, fmt.Sprintf("%d %s", p.Line, p.Rule))
		}
		return strings.Join(list, "\n")
	}
	paths := "4 broken-link\n4 issue-past-event\n4 issue-embargo\n4 pin-and-skip\n4 wrong-kind\n"
	if diff := cmp.Diff(paths+"8 issue-embargo\n10 issue-embargo\n10 issue-embargo\n12 issue-past-event", rules("2025-08-31")); diff != "" {
		t.Errorf("the day before (want, got):\n%s", diff)
	}
	// What is said of links to unpublished entries anyway is not said twice.
	paths = strings.Replace(paths, "4 issue-embargo\n", "", 1)
	if diff := cmp.Diff(paths+"12 issue-past-event", rules("2025-09-02")); diff != "" {
		t.Errorf("the day after (want, got):\n%s", diff)
	}
	if got := rules("2025-12-01"); !strings.Contains(got, "8 issue-embargo") {
		t.Errorf("months later, the e-mail still lacks the article:\n%s", got)
	}
}
