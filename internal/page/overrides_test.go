package page

import (
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"bulletin/internal/theme"
)

// withSite gives the built-in theme with a site's own files in it.
func withSite(t *testing.T, site map[string]string) *theme.Theme {
	t.Helper()
	tree, built := fstest.MapFS{}, os.DirFS("../../layouts")
	err := fs.WalkDir(built, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(built, name)
		tree[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range site {
		tree[name] = &fstest.MapFile{Data: []byte(text)}
	}
	th, problems := theme.Load(tree, allViews())
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return th
}

func TestEveryViewHasTheFieldsThatAllViewsShare(t *testing.T) {
	const whole = `<!doctype html><title>{{.Title}}</title><p>{{.Summary}}|{{.URL}}|{{.Site.Title}}{{.Content}}`
	for name, view := range samples() {
		if strings.HasPrefix(name, "partials/") {
			continue
		}
		page := render(t, withSite(t, map[string]string{name: whole}), name, view)
		if !strings.HasPrefix(page, "<!doctype html><title>") || !strings.Contains(page, "|West Midlands Update") || strings.Contains(page, "skip-link") {
			t.Errorf("%s: got %s", name, page)
		}
	}
}

func TestASiteCanReplaceParts(t *testing.T) {
	tests := []struct {
		claim, file, text string
		want, gone        string
	}{
		{"the main part of a layout", "article.html", `{{define "main"}}<h1>Own {{.Title}}</h1><p>{{.Date}}</p>{{end}}`,
			"<h1>Own Inspiring conference drives change to Walsall’s education landscape</h1><p>14 October 2025</p>", `class="entry`},
		{"the head of a layout", "article.html", `{{define "head"}}<meta name="x" content="{{.Kind}}">{{end}}{{define "main"}}<h1>x</h1>{{end}}`,
			`<meta name="x" content="opportunity">`, "\x00"},
		{"the footer of all pages", "partials/footer.html", `<footer>{{join .Site.Publisher.Address ", "}}</footer>`,
			"<footer>Civic Centre, St Peter’s Square, Wolverhampton, WV1 1SH</footer>", "site-footer"},
		{"the footer of one layout", "article.html", `{{define "main"}}<h1>x</h1>{{end}}{{define "footer"}}<footer>own</footer>{{end}}`,
			"<footer>own</footer>", "site-footer"},
		{"the frame", "base.html", `<!doctype html><html lang="{{.Language}}"><title>{{.HeadTitle}}</title>{{template "main" .}}</html>`,
			`<article class="entry article-opportunity">`, "masthead"},
		{"a small partial", "partials/time.html", `<b>{{.Text}}</b>`, "<b>14 October 2025</b>", `<time datetime="2025-10-14">14 October`},
	}
	for _, test := range tests {
		t.Run(test.claim, func(t *testing.T) {
			page := render(t, withSite(t, map[string]string{test.file: test.text}), "article.html", sampleArticle())
			if !strings.Contains(page, test.want) {
				t.Errorf("missing: %s", test.want)
			}
			if strings.Contains(page, test.gone) {
				t.Errorf("still there: %s", test.gone)
			}
		})
	}
}
