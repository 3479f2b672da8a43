package page

import (
	"io"
	"slices"
	"strings"

	"bulletin/internal/output"
)

// draft is what the job of a page is made from: its view without those parts
// that are the same on all pages, that other pages have too, or that take work
// to make. These are here as what they are made from. So a page costs little
// until it is known that it has changed; and since the rest of its view is made
// from the draft alone, its key still stands for all of it.
type draft[V, L any] struct {
	Chrome *chrome
	View   V
	Later  L
}

// nothing is what is left for later of a view that is complete.
type nothing struct{}

// add adds the job of a page at an address of the site. complete puts into the
// view what was left for later.
func add[V, L any](m *maker, layout, address string, view V, later L, complete func(*V, L, *chrome) error) {
	path := strings.TrimPrefix(address, "/")
	if path == "" || strings.HasSuffix(path, "/") {
		path += "index.html"
	}
	t := m.theme
	d := draft[V, L]{m.chrome, view, later}
	m.jobs = append(m.jobs, output.New(path, t.Salt(layout), d, func(w io.Writer, d draft[V, L]) error {
		view := d.View
		d.Chrome.surround(any(&view).(interface{ shared() *Common }).shared())
		if complete != nil {
			if err := complete(&view, d.Later, d.Chrome); err != nil {
				return err
			}
		}
		return t.Render(w, layout, view)
	}))
}

// addWhole adds the job of a page whose view is complete.
func addWhole[V any](m *maker, layout, address string, view V) {
	add[V, nothing](m, layout, address, view, nothing{}, nil)
}

// chrome is what all pages have in common. It is keyed once for all of them.
type chrome struct {
	chromeView
	key output.Key
}

// chromeView is what a chrome's key is made from.
type chromeView struct {
	Site Site
	Menu []menuItem
	// Origin is the part of the site's address before its path, and Home the
	// whole address.
	Origin, Home string
}

func newChrome(v chromeView) *chrome { return &chrome{v, output.KeyOf(v)} }

// Key stands for what is the same on all pages.
func (c *chrome) Key() output.Key { return c.key }

// surround puts into a view what is the same on all pages.
func (c *chrome) surround(v *Common) {
	address := v.address
	v.Site = c.Site
	v.Navigation = slices.Grow(v.Navigation, len(c.Menu))
	for _, item := range c.Menu {
		link := NavLink{Link: item.link}
		if item.address == address {
			link.Current = "page"
		} else if item.address != "/" && strings.HasSuffix(item.address, "/") && strings.HasPrefix(address, item.address) {
			link.Current = "true"
		}
		v.Navigation = append(v.Navigation, link)
	}
}

// withBreadcrumbs completes a view of which nothing but that is left for later.
func withBreadcrumbs[V any](v *V, _ nothing, c *chrome) error {
	common := any(v).(interface{ shared() *Common }).shared()
	common.JSONLD = append(common.JSONLD, c.breadcrumbs(common))
	return nil
}

// shared gives the part that all views have.
func (c *Common) shared() *Common { return c }

// embedLayout shows a card within a text.
const embedLayout = "partials/embed.html"
