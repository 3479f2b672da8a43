package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"bulletin"
	"bulletin/internal/build"
	"bulletin/internal/content"
	"bulletin/internal/site"
	"bulletin/internal/ukdate"
)

const (
	// longestSubject is how many characters of a subject inboxes show.
	longestSubject = 60
	// longestList is how many entries of a list are named in a new issue. More
	// articles than that are no news, and too many for one e-mail.
	longestList = 30
)

// issueLists is what the template of newsletters is filled with besides.
type issueLists struct {
	// Subject is set if the title is too long for one.
	Subject   string
	EventDays int
	// TooMany is the number of new articles, if they are not listed because
	// there are so many.
	TooMany int
	// Lists are what the issue would list; they are not Known while the content
	// has problems.
	Lists []issueList
	Known bool
}

// issueList is a list of an issue in lines, and how many entries are not named.
type issueList struct {
	Title string
	Lines []string
	More  int
}

// beginIssue writes the file of the next issue of the newsletter and gives its
// path.
func beginIssue(source, title, siteTitle string, today time.Time) (string, error) {
	name, err := nameOf(title)
	if err != nil {
		return "", err
	}
	month, isMonth := monthIn(title)
	heading := title
	if month != "" {
		name = month
	}
	if isMonth {
		heading = strings.TrimPrefix(siteTitle+", "+title, ", ")
	}
	report, next, err := build.New(bulletin.Layouts).NextIssue(build.Options{
		Source: source, Output: "public", Clock: func() time.Time { return today },
	})
	if err != nil {
		return "", failure(err)
	}
	s := issueLists{EventDays: next.EventDays}
	if utf8.RuneCountInString(heading) > longestSubject {
		s.Subject = yamlText(cutOff(title, longestSubject))
	}
	if next.Lists != nil {
		s.list(*next.Lists)
	}
	file, err := create(source, filepath.Join("content", "newsletters"), name, "newsletter",
		starter{Title: yamlText(heading), Date: ukdate.Date(today), Issue: nextNumber(month, next.Issues, today), issueLists: s})
	if err == nil && !s.Known {
		errs, _ := report.Problems.Count()
		fmt.Fprintf(os.Stderr, "bulletin: the file does not say what the issue would list, because the content has %s; bulletin build names them\n", count(errs, "problem", "problems"))
	}
	return file, err
}

// monthIn gives the month that a title is or ends with, as 2025-09, and
// whether the title is nothing else.
func monthIn(title string) (month string, only bool) {
	words := strings.Fields(title)
	for _, part := range []string{title, strings.Join(words[max(0, len(words)-2):], " ")} {
		if v, err := ukdate.Parse(part); err == nil && v.Precision == ukdate.Month {
			return fmt.Sprintf("%d-%02d", v.Year, v.Month), part == title
		}
	}
	return "", false
}

// counter is a number such as 12, No. 7 or 2025/3.
var counter = regexp.MustCompile(`^(|.*\D)(\d{1,3})$`)

// nextNumber gives the number of the next issue. Where issues are counted it is
// the one after the newest; else it is the month in the title, or the month
// after the newest issue's, or this month.
func nextNumber(month string, issues []*site.Entry, today time.Time) string {
	newest := ""
	taken := map[string]bool{}
	for _, e := range issues {
		if number := e.Newsletter.Issue.Value; number != "" {
			newest, taken[number] = number, true
		}
	}
	last, err := time.Parse("2006-01", newest)
	parts := counter.FindStringSubmatch(newest)
	for i := 1; ; i++ {
		var number string
		switch {
		case err != nil && parts != nil:
			n, _ := strconv.Atoi(parts[2])
			number = fmt.Sprintf("%s%0*d", parts[1], len(parts[2]), n+i)
		case month != "":
			return month
		case err == nil:
			number = last.AddDate(0, i, 0).Format("2006-01")
		default:
			return today.Format("2006-01")
		}
		if !taken[number] {
			return number
		}
	}
}

// cutOff shortens a text to so many characters, between two words if it can be.
func cutOff(text string, most int) string {
	runes := []rune(text)
	if len(runes) <= most {
		return text
	}
	cut := string(runes[:most-1])
	if at := strings.LastIndexByte(cut, ' '); at > 0 {
		cut = cut[:at]
	}
	return cut + "…"
}

// list puts what an issue lists into lines.
func (s *issueLists) list(lists site.Issue) {
	s.Known = true
	if len(lists.New) > longestList {
		s.TooMany = len(lists.New)
	}
	title := "New since the last issue"
	if lists.First {
		title = "New, as this is the first issue"
	}
	addList(s, title, lists.New, func(e *site.Entry) []string { return []string{linkTo(e)} })
	addList(s, "Events ahead", lists.Events, func(e *site.Entry) []string { return []string{e.WhenText() + ":", linkTo(e)} })
	addList(s, "Deadlines in the next month", lists.Deadlines, func(d site.Deadline) []string {
		return []string{"by " + dayOf(d.By) + ":", linkTo(d.Entry)}
	})
	addList(s, "Promised and still to follow; listed until to_follow is taken out of the file", lists.Promises, func(e *site.Entry) []string {
		what := comment(e.ToFollow.What.Value)
		if e.ToFollow.By.Set() {
			what += ", by " + dayOf(e.ToFollow.By)
		}
		return []string{what + ":", linkTo(e)}
	})
}

// addList adds a list unless it is empty.
func addList[T any](s *issueLists, title string, items []T, lines func(T) []string) {
	if len(items) == 0 {
		return
	}
	list := issueList{Title: title, More: max(0, len(items)-longestList)}
	for _, item := range items[:min(len(items), longestList)] {
		list.Lines = slices.Concat(list.Lines, lines(item))
	}
	s.Lists = append(s.Lists, list)
}

// dayOf says a date in words, or a month.
func dayOf(m content.Moment) string {
	if m.Precision == ukdate.Month {
		return ukdate.MonthYear(m.Time)
	}
	return ukdate.Long(m.Time)
}

// linkTo gives the line that makes an entry's card in an issue: a link, from
// the folder of newsletters.
func linkTo(e *site.Entry) string {
	path := "../" + strings.TrimPrefix(e.File, content.Root)
	if strings.ContainsAny(path, " ()") {
		path = "<" + path + ">"
	}
	title := strings.NewReplacer(`\`, `\\`, "[", `\[`, "]", `\]`, "`", "\\`", "<", `\<`).Replace(comment(e.Title.Value))
	return "[" + title + "](" + path + ")"
}

// comment makes a text fit for one line of a YAML comment.
func comment(text string) string {
	text = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, text)
	return strings.Join(strings.Fields(text), " ")
}
