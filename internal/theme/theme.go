// Package theme turns layouts and views into pages.
//
// A layout is a file in layouts/ for Go's html/template, which escapes every
// text for the place where it stands. A layout gets one view, a plain struct
// of package page, and nothing else: it can read no file, no environment
// variable and no clock, so that a page depends on its view and its layout
// alone.
//
// # Which file makes a page
//
// A file in the site's own layouts/ folder replaces the built-in one of that
// name; all others stay as they are. There are three sorts:
//
//   - A layout, such as article.html. If it holds only {{define}} blocks, they
//     fill the blocks of base.html:
//
//     {{define "main"}}<h1>{{.Title}}</h1>{{.Content}}{{end}}
//
//     If anything else stands outside of its {{define}} blocks, the file is
//     the whole page, and base.html is used only if the file asks for it with
//     {{template "base.html" .}}.
//
//   - A partial, such as partials/card.html, which any layout shows with
//     {{template "card" .}}. Any other .html file can be shown by its own
//     name: {{template "strip.html" .}}.
//
//   - Anything in assets/, which is published as it is under /assets/.
//
// bulletin.css, clock.js and icon.svg are published with a hash of their bytes
// in their names, as are those that a layout asks for with the function asset.
//
// # Functions
//
// Beside the ones that Go's templates have (and, or, not, eq, len, index,
// printf ...) there are three: {{limit 3 .Related}} gives the first three items
// of a list, {{join .Site.Publisher.Address ", "}} writes a list of texts with
// something between them, and {{.Site.Links.Home}}{{asset "map.svg"}} is the
// address of layouts/assets/map.svg.
package theme

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"reflect"
	"sync"
	"text/template/parse"

	"bulletin/internal/diag"
	"bulletin/internal/output"
)

// Theme is a site's layouts and assets, ready for use by many goroutines.
type Theme struct {
	layouts map[string]*layout
	// assets are the files of assets/ under their own names.
	assets []Asset
	// asked are those that layouts ask for: name to path with the hash.
	asked   map[string]string
	sources sources
}

// layout is what makes the pages of one view.
type layout struct {
	path  string
	entry string
	set   *template.Template
	salt  output.Key
	// trees are the templates of the set, with their escapers; programs are
	// what was made of them, by the type of the view.
	trees     map[string]*parse.Tree
	functions template.FuncMap
	programs  sync.Map
}

// maxPage is the most that one layout may write, in bytes.
const maxPage = 16 << 20

// Load reads the layouts folder: the site's own files laid over the built-in
// ones. The views are the zero values of the structs that layouts are given,
// by file name ("article.html", "partials/embed.html"); with their types,
// every field that a layout names is looked up now, so that a misspelt one is
// found even where no page shows it yet.
//
// The problems have positions such as layouts/article.html:12:5. With an error
// among them, the theme is not to be used.
func Load(layouts fs.FS, views map[string]any) (*Theme, diag.List) {
	l := loader{views: views, unreadable: map[string]bool{}, theme: &Theme{layouts: map[string]*layout{}, sources: sources{}, asked: map[string]string{}}}
	l.read(layouts)
	l.assemble()
	l.problems.Sort()
	return l.theme, l.problems
}

// Render writes the page that the named layout ("article.html") makes of a
// view. The error is a diag.Problem with the layout's line if the layout is
// at fault; nothing is written then.
func (t *Theme) Render(w io.Writer, name string, view any) error {
	l := t.layouts[name]
	if l == nil {
		return missingLayout(name)
	}
	x := runs.Get().(*run)
	defer x.free()
	if l.program(reflect.TypeOf(view)).run(x, reflect.ValueOf(view)) == done {
		_, err := w.Write(x.out)
		return err
	}
	page := capped{room: maxPage}
	if err := l.set.ExecuteTemplate(&page, l.entry, view); err != nil {
		return t.sources.runtimeProblem(l, err)
	}
	_, err := page.WriteTo(w)
	return err
}

// Fragment gives the markup that the named partial ("partials/embed.html")
// makes of a view, without white space around it. The partial must be one of
// those that Load was given a view for.
func (t *Theme) Fragment(name string, view any) (template.HTML, error) {
	var b bytes.Buffer
	if err := t.Render(&b, name, view); err != nil {
		return "", err
	}
	return template.HTML(bytes.TrimSpace(b.Bytes())), nil
}

// Salt identifies all that the named layout adds to its view: its own source
// and that of every template that it can reach.
func (t *Theme) Salt(name string) output.Key {
	if l := t.layouts[name]; l != nil {
		return l.salt
	}
	return output.Key{}
}

// Job makes the page at path from a view with the named layout.
func Job[V any](t *Theme, path, name string, view V) output.Job {
	return output.New(path, t.Salt(name), view, func(w io.Writer, v V) error {
		return t.Render(w, name, v)
	})
}

// capped is a buffer that accepts only so much, so seldom.
type capped struct {
	bytes.Buffer
	room  int
	steps int // see countSteps
}

var errTooLong = errors.New("the page grows without end")

func (c *capped) Write(p []byte) (int, error) {
	if len(p) == 0 {
		if c.steps++; c.steps > maxSteps {
			return 0, errTooBusy
		}
		return 0, nil
	}
	if c.Len()+len(p) > c.room {
		return 0, fmt.Errorf("%w: more than %d MB", errTooLong, maxPage>>20)
	}
	return c.Buffer.Write(p)
}
