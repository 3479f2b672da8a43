package email

import (
	"html/template"
	"io"
	"path"

	"bulletin/internal/content"
	"bulletin/internal/markdown"
	"bulletin/internal/site"
)

// letter resolves what an issue links to as it stood when the issue came out:
// what was published later is no link, and has no card, ever.
type letter struct {
	site.Resolver
	maker *maker
}

// letter gives the resolver of the issue; card writes a card.
func (m *maker) letter(card func(*site.Entry) string) letter {
	return letter{site.Resolver{Site: m.s, Entry: m.issue.Entry, Address: m.s.Absolute, Page: m.s.Absolute(m.issue.Address), Embed: card}, m}
}

// late reports whether a path leads to an entry that was published after the
// issue came out.
func (l letter) late(dest string) bool {
	t := l.Site.Resolve(l.Entry.File, dest)
	return t.Entry != nil && t.Entry.Date.Time.After(l.maker.at)
}

// Link resolves a link.
func (l letter) Link(link markdown.Link) markdown.Target {
	if l.late(link.Dest) {
		return markdown.Target{Drop: true}
	}
	return l.Resolver.Link(link)
}

// Card writes the card of an entry.
func (l letter) Card(link markdown.Link) (string, bool) {
	if l.late(link.Dest) {
		return "", true
	}
	return l.Resolver.Card(link)
}

// Image resolves a picture and notes that the e-mail shows it.
func (l letter) Image(image markdown.Image) markdown.Picture {
	p := l.Resolver.Image(image)
	if f, ok := l.Site.FileAt(l.Entry, image.Dest); ok {
		l.maker.shows(f, f.Fitting(site.PlainWidth))
	}
	return p
}

// html writes the letter for email.html.
func (m *maker) html() template.HTML {
	return template.HTML(m.issue.Body.HTML(m.letter(func(e *site.Entry) string {
		html, err := m.theme.Fragment(embedPartial, m.card(e))
		if err != nil {
			m.fail(err)
		}
		return string(html)
	}), markdown.Syndicated))
}

// image gives the view of a picture; nil if there is none.
func (m *maker) image(i content.Image, most size) *Image {
	f, ok := m.s.FileAt(m.issue.Entry, i.File.Value)
	if !i.Set() || !ok {
		return nil
	}
	return m.picture(f, Image{Alt: i.Alt.Value, Caption: i.Caption.Value, Credit: i.Credit.Value}, most)
}

// size is a size in pixels.
type size struct{ width, height int }

// picture fills in where a picture is and how large it is shown: no larger
// than the given size.
func (m *maker) picture(f *site.File, v Image, most size) *Image {
	largest := f.Largest()
	v.Width, v.Height = largest.Width, largest.Height
	if v.Width > most.width {
		v.Width, v.Height = most.width, (v.Height*most.width+v.Width/2)/v.Width
	}
	if v.Height > most.height {
		v.Width, v.Height = (v.Width*most.height+v.Height/2)/v.Height, most.height
	}
	sharp := f.Fitting(2 * v.Width) // screens have two pixels for one of CSS
	m.shows(f, sharp)
	v.URL = m.s.Absolute(sharp.Address)
	return &v
}

// shows notes that the e-mail shows a picture in one of its sizes.
func (m *maker) shows(f *site.File, size site.Size) {
	address := m.s.Absolute(size.Address)
	for _, p := range m.pictures {
		if p.Address == address {
			return
		}
	}
	_, media := site.TypeOf(size.Path)
	open := m.open
	m.pictures = append(m.pictures, picture{
		Address: address, Name: path.Base(size.Path), Media: media, Sum: f.Sum, Width: size.Width,
		open: func() (io.ReadCloser, error) { return open(f, size) },
	})
}
