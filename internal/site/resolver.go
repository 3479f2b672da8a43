package site

import (
	"net/url"
	"strings"

	"bulletin/internal/content"
	"bulletin/internal/markdown"
)

// Resolver resolves the links of an entry's texts for one way of showing
// them. It is a [markdown.Resolver].
type Resolver struct {
	Site  *Site
	Entry *content.Entry
	// Address writes an address of the site: [Site.Path] for pages,
	// [Site.Absolute] for what is read elsewhere.
	Address func(string) string
	// Page is put before fragments, where the text is not shown on its own
	// page; empty on the page itself.
	Page string
	// Embed writes the card of an entry; nil leaves a plain link.
	Embed func(*Entry) string
	// Sizes says how wide pictures are shown, as the attribute sizes of an img
	// element does, for which pages offer them in several sizes. If it is
	// empty, there is only one, of [PlainWidth].
	Sizes string
}

// PlainWidth is the width, in pixels, of pictures where only one size can be
// offered: enough for 600 pixels of CSS on screens with four for each.
const PlainWidth = 1200

// Link resolves a link. One that leads to an unpublished entry keeps only its
// words.
func (r Resolver) Link(l markdown.Link) markdown.Target {
	t := r.Site.Resolve(r.Entry.File, l.Dest)
	switch t.Kind {
	case External:
		return markdown.Target{Href: l.Dest}
	case OnPage:
		return markdown.Target{Href: r.Page + t.Address}
	case ToFile:
		note := ""
		if t.File.Picture == nil && !strings.Contains(l.Text, t.File.Details()) {
			note = "(" + t.File.Details() + ")"
		}
		return markdown.Target{Href: r.Address(t.Address), Note: note}
	case ToEntry, ToAddress:
		return markdown.Target{Href: r.Address(t.Address)}
	}
	return markdown.Target{Drop: true}
}

// Card writes the card of an entry for a paragraph that is only a link to it.
// Of one that was withdrawn only the link stays: the notice on its page must
// come before anything that it said.
func (r Resolver) Card(l markdown.Link) (string, bool) {
	t := r.Site.Resolve(r.Entry.File, l.Dest)
	switch {
	case t.Kind == Unpublished:
		return "", true
	case t.Kind == ToEntry && r.Embed != nil && !t.Entry.Withdrawn.Set():
		return r.Embed(t.Entry), true
	}
	return "", false
}

// Image resolves a picture.
func (r Resolver) Image(i markdown.Image) markdown.Picture {
	t := r.Site.Resolve(r.Entry.File, i.Dest)
	if t.Kind != ToFile {
		return markdown.Picture{}
	}
	shown, largest := t.File.Fitting(PlainWidth), t.File.Largest()
	if r.Sizes == "" {
		return markdown.Picture{Src: r.Address(shown.Address), Width: shown.Width, Height: shown.Height}
	}
	p := markdown.Picture{Src: r.Address(shown.Address), Width: largest.Width, Height: largest.Height, SrcSet: t.File.SrcSet(r.Address)}
	if p.SrcSet != "" {
		p.Sizes = r.Sizes
	}
	return p
}

// Fragment gives the address of a part of the text itself.
func (r Resolver) Fragment(id string) string { return r.Page + (&url.URL{Fragment: id}).String() }
