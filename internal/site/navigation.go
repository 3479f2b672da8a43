package site

import (
	"strings"

	"bulletin/internal/content"
	"bulletin/internal/diag"
	"bulletin/internal/header"
	"bulletin/internal/markdown"
)

// NavItem is an entry of the main menu.
type NavItem struct {
	Title string
	// Address is below the site's address, or a whole one.
	Address string
}

// names are the titles of the lists, as the main menu shows them.
var names = map[string]string{
	"/": "Home", "/articles/": "News", "/events/": "Events", "/events/past/": "Past events", "/newsletters/": "Newsletters",
	"/places/": "Places", "/topics/": "Topics", "/organisations/": "Organisations", "/people/": "People", "/series/": "Series",
	"/subscribe/": "Subscribe", Accessibility: "Accessibility", Privacy: "Privacy",
}

// ListTitle gives the title of a list that bulletin makes, by its address.
func ListTitle(address string) string { return names[address] }

// navigate makes the main menu. Without one in the settings it has the lists
// that are not empty and the pages of the top level.
func (s *Site) navigate(problems *diag.List) {
	if len(s.Config.Navigation) == 0 {
		s.defaultNavigation()
		return
	}
	for _, item := range s.Config.Navigation {
		page := strings.TrimPrefix(item.Page.Value, content.Root)
		t := s.Resolve(item.Page.Pos.File, page)
		if t.Kind == Nowhere && !strings.HasPrefix(page, "/") {
			t = s.Resolve(item.Page.Pos.File, "/"+page)
		}
		n := NavItem{Title: item.Title.Value, Address: t.Address}
		switch t.Kind {
		case ToEntry:
			n.Title = either(n.Title, t.Entry.Title.Value)
		case ToAddress:
			n.Title = either(n.Title, s.titleOf(t.Address))
		case External:
			if !markdown.IsSafeLink(page) {
				problems.Add(diag.Errorf(item.Page.Pos, "url", "write the path of a page, such as `about.md`, or a whole address, such as `https://www.example.org/`", "`%s` cannot stand in the menu", page))
				continue
			}
			n.Title = either(n.Title, strings.TrimPrefix(strings.TrimPrefix(page, "https://"), "http://"))
		case ToFile:
			n.Title = either(n.Title, t.File.File)
		case Unpublished:
			problems.Add(s.unpublished(item.Page, t, "until then it is left out of the menu"))
			continue
		case Unknown:
			continue
		default:
			problems.Add(s.nowhere(header.Text{Value: page, Pos: item.Page.Pos}))
			continue
		}
		s.Navigation = append(s.Navigation, n)
	}
}

// titleOf gives the title of a page that bulletin makes.
func (s *Site) titleOf(address string) string {
	for _, t := range Taxonomies {
		for _, term := range s.Terms[t] {
			if term.Address == address {
				return term.Name
			}
		}
	}
	return either(names[address], strings.Trim(address, "/"))
}

func either(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func (s *Site) defaultNavigation() {
	add := func(address string, wanted bool) {
		if wanted {
			s.Navigation = append(s.Navigation, NavItem{Title: names[address], Address: address})
		}
	}
	add("/articles/", len(s.Articles) > 0)
	add("/events/", len(s.Upcoming)+len(s.Past) > 0)
	add("/newsletters/", len(s.Newsletters) > 0)
	add("/places/", len(s.Terms[Places]) > 0)
	for _, e := range s.Pages {
		if strings.Count(e.Address, "/") == 2 {
			s.Navigation = append(s.Navigation, NavItem{Title: e.Title.Value, Address: e.Address})
		}
	}
}

// Path gives an address of the site as a path on its server.
func (s *Site) Path(address string) string {
	if !strings.HasPrefix(address, "/") {
		return address
	}
	if s.Config.Base == "/" {
		return address // the same, without a copy
	}
	return s.Config.Base + address[1:]
}

// Absolute gives an address of the site as a whole address.
func (s *Site) Absolute(address string) string {
	if !strings.HasPrefix(address, "/") {
		return address
	}
	return s.Config.URL + address[1:]
}
