package page

import (
	"bulletin/internal/content"
	"bulletin/internal/site"
)

// How wide the built-in layouts show pictures, for the attribute sizes of img
// elements: browsers choose one before they know the style sheet.
const (
	leadSizes    = "(min-width: 48rem) 45rem, 100vw"
	textSizes    = "(min-width: 44rem) 40rem, 100vw"
	gallerySizes = "(min-width: 48rem) 15rem, (min-width: 32rem) 45vw, 100vw"
	faceSizes    = "6rem"
	logoSizes    = "8rem"
)

// shareWidth is the width, in pixels, of the picture that other sites show with
// a link; they ask for 1,200.
const shareWidth = 1200

// image gives the view of a picture; nil if there is none to show.
func (m *maker) image(e *site.Entry, i content.Image, sizes string) *Image {
	f, ok := m.s.FileAt(e.Entry, i.File.Value)
	if !i.Set() || !ok {
		return nil
	}
	picture := show(m.s, f, sizes)
	picture.Alt, picture.Caption, picture.Credit = i.Alt.Value, i.Caption.Value, i.Credit.Value
	return &picture
}

// show gives the view of a picture in all its sizes.
func show(s *site.Site, f *site.File, sizes string) Image {
	largest := f.Largest()
	v := Image{URL: s.Path(f.Fitting(site.PlainWidth).Address), Width: largest.Width, Height: largest.Height, SrcSet: f.SrcSet(s.Path)}
	if v.SrcSet != "" {
		v.Sizes, v.Large = sizes, s.Path(largest.Address)
	}
	return v
}

// logo gives the view of the publisher's mark; nil if there is none.
func logo(s *site.Site) *Image {
	mark := s.Config.Publisher.Logo
	if !mark.Set() {
		return nil
	}
	t := s.Resolve(mark.Pos.File, mark.Value)
	if t.Kind != site.ToFile {
		return nil
	}
	v := show(s, t.File, logoSizes)
	v.Alt = s.Config.Publisher.Name.Value
	return &v
}

// icon gives the picture that browsers show beside the title: a drawing of the
// publisher's mark, or else the one that is made.
func icon(s *site.Site) string {
	if mark, ok := s.Mark(); ok && len(mark.Sizes) == 0 {
		return s.Path(mark.Address)
	}
	return s.Path("/" + site.FileIcon)
}

// share fills in the picture that other sites show with a link to an entry: the
// one that is drawn for it, or else its own. None of them shows drawings.
func (m *maker) share(e *site.Entry, v *Share) {
	if address, ok := m.s.SocialPicture(e); ok {
		v.Image, v.Alt = m.s.Absolute(address), e.Title.Value+" – "+m.site.Title
		v.Width, v.Height = site.SocialWidth, site.SocialHeight
		return
	}
	f, ok := m.s.FileAt(e.Entry, e.Image.File.Value)
	if !e.Image.Set() || !ok || len(f.Sizes) == 0 {
		return
	}
	size := f.Fitting(shareWidth)
	v.Image, v.Alt, v.Width, v.Height = m.s.Absolute(size.Address), e.Image.Alt.Value, size.Width, size.Height
}
