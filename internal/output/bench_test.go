package output

import (
	"context"
	"fmt"
	"html/template"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// article is a view such as a theme has.
type article struct {
	Title, Summary, URL string
	Content             template.HTML
	Date, Updated       time.Time
	Places, Topics      []link
	Previous, Next      *link
	Details             map[string]string
	Site                *shared
}

type link struct{ Title, URL string }

func sampleArticle(n int) article {
	return article{
		Title: fmt.Sprintf("Article %d", n), Summary: "What it is about, in a sentence or two.", URL: fmt.Sprintf("/articles/2025/article-%d/", n),
		Content: template.HTML(strings.Repeat("<p>A paragraph of some length, as articles have it.</p>\n", 150)),
		Date:    time.Date(2025, 1, 1, n%24, 0, 0, 0, time.UTC),
		Places:  []link{{"Walsall", "/places/walsall/"}, {"Dudley", "/places/dudley/"}}, Topics: []link{{"Housing", "/topics/housing/"}},
		Previous: &link{"Before", "/articles/before/"}, Next: &link{"After", "/articles/after/"},
		Details: map[string]string{"Ward(s)": "All", "Contact": "The office", "Status": "Public"},
		Site:    &shared{"site"},
	}
}

func BenchmarkKeyOf(b *testing.B) {
	for _, size := range []int{0, 8 << 10} {
		b.Run(fmt.Sprintf("content=%dKiB", size>>10), func(b *testing.B) {
			view := sampleArticle(1)
			view.Content = view.Content[:size]
			b.SetBytes(int64(size))
			b.ReportAllocs()
			for b.Loop() {
				KeyOf(&view)
			}
		})
	}
}

func sampleJobs(n int) []Job {
	jobs := make([]Job, n)
	for i := range jobs {
		jobs[i] = New(fmt.Sprintf("articles/%d/article-%d/index.html", 2000+i%20, i), Key{1}, sampleArticle(i), func(w io.Writer, v article) error {
			_, err := fmt.Fprintf(w, "<title>%s</title>%s", v.Title, v.Content)
			return err
		})
	}
	return jobs
}

func commit(b *testing.B, tree *Tree, jobs []Job) Result {
	plan, problems, err := tree.Plan(jobs)
	if err != nil || len(problems) > 0 {
		b.Fatal(problems, err)
	}
	result, problems, err := plan.Commit(context.Background(), nil)
	if err != nil || len(problems) > 0 {
		b.Fatal(problems, err)
	}
	return result
}

func BenchmarkCommit(b *testing.B) {
	const outputs = 15_000
	jobs := sampleJobs(outputs)
	b.Run("cold", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			commit(b, open(b, filepath.Join(b.TempDir(), "public")), jobs)
		}
	})
	tree := open(b, filepath.Join(b.TempDir(), "public"))
	commit(b, tree, jobs)
	b.Run("unchanged", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if got := commit(b, tree, jobs); got.Kept != outputs {
				b.Fatalf("%+v", got)
			}
		}
	})
	b.Run("one", func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			jobs[7] = text(jobs[7].path, fmt.Sprint(i))
			if got := commit(b, tree, jobs); got.Written != 1 {
				b.Fatalf("%+v", got)
			}
		}
	})
	b.Run("all new keys, same bytes", func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			for j := range jobs {
				jobs[j].key = KeyOf(i)
			}
			if got := commit(b, tree, jobs); got.Made != outputs || got.Written != 0 && i > 0 {
				b.Fatalf("%+v", got)
			}
		}
	})
}
