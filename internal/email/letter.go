package email

import (
	"crypto/sha256"
	"html/template"
	"io"
	"path"
	"strconv"

	"bulletin/internal/content"
	"bulletin/internal/markdown"
	"bulletin/internal/output"
	"bulletin/internal/site"
	"bulletin/internal/theme"
)

// resolver resolves what an issue links to as it stood when the issue came out:
// what was published later is no link, and has no card, ever.
type resolver struct {
	site.Resolver
	maker *maker
}

// late reports whether a path leads to an entry that was published after the
// issue came out.
func (r resolver) late(dest string) bool {
	t := r.Site.Resolve(r.Entry.File, dest)
	return t.Entry != nil && t.Entry.Date.Time.After(r.maker.at)
}

// Link resolves a link.
func (r resolver) Link(link markdown.Link) markdown.Target {
	if r.late(link.Dest) {
		return markdown.Target{Drop: true}
	}
	return r.Resolver.Link(link)
}

// Card writes the card of an entry.
func (r resolver) Card(link markdown.Link) (string, bool) {
	if r.late(link.Dest) {
		return "", true
	}
	return r.Resolver.Card(link)
}

// Image resolves a picture and notes that the e-mail shows it.
func (r resolver) Image(image markdown.Image) markdown.Picture {
	p := r.Resolver.Image(image)
	if f, ok := r.Site.FileAt(r.Entry, image.Dest); ok {
		r.maker.shows(f, f.Fitting(site.PlainWidth))
	}
	return p
}

// letter is the text of an issue with all that its e-mail makes of it: where
// its links lead, which pictures and cards it shows. It is written, as HTML and
// as plain text, when the e-mail is made.
type letter struct {
	theme *theme.Theme
	doc   *markdown.Doc
	letterView
	key output.Key
}

// letterView is what a letter's key is made from.
type letterView struct {
	Doc     [sha256.Size]byte
	Answers markdown.Answers
	// Cards are those that stand in the place of links, whose answers are their
	// numbers. Embed stands for their layout.
	Cards []Card
	Embed output.Key
}

// letter gives the text of the issue.
func (m *maker) letter() *letter {
	doc := m.issue.Body
	l := &letter{theme: m.theme, doc: doc, letterView: letterView{Doc: doc.Sum(), Embed: m.theme.Salt(embedPartial)}}
	l.Answers = doc.Ask(resolver{site.Resolver{
		Site: m.s, Entry: m.issue.Entry, Address: m.s.Absolute, Page: m.s.Absolute(m.issue.Address),
		Embed: func(e *site.Entry) string {
			l.Cards = append(l.Cards, m.card(e))
			return strconv.Itoa(len(l.Cards) - 1)
		},
	}, m})
	l.key = output.KeyOf(l.letterView)
	return l
}

// Key stands for the letter and for all that it shows.
func (l *letter) Key() output.Key { return l.key }

// resolver gives the letter's answers, with the cards as card writes them.
func (l *letter) resolver(card func(Card) string) markdown.Resolver {
	return l.doc.Answered(&l.Answers, func(number string) string {
		n, err := strconv.Atoi(number)
		if err != nil {
			return "" // the entry was not published when the issue came out
		}
		return card(l.Cards[n])
	})
}

// html writes the letter for email.html.
func (l *letter) html() (template.HTML, error) {
	var failed error
	html := l.doc.HTML(l.resolver(func(c Card) string {
		html, err := l.theme.Fragment(embedPartial, c)
		if err != nil {
			failed = err
		}
		return string(html)
	}), markdown.Syndicated)
	return template.HTML(html), failed
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
