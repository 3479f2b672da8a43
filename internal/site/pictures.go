package site

import (
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"

	"bulletin/internal/content"
	"bulletin/internal/diag"
	"bulletin/internal/header"
)

// PictureWidths are the widths, in pixels, in which pictures are published for
// pages to choose from, as far as they are smaller than the picture.
var PictureWidths = []int{400, 800, 1200, 1600}

// MaxPictureWidth is the width, in pixels, of the largest copy, which stands at
// the file's own address.
const MaxPictureWidth = 2000

// Size is a picture in one of the sizes that it is published in.
type Size struct {
	// Path and Address are where it is published, as those of a [File] are.
	Path, Address string
	// Width and Height are in pixels.
	Width, Height int
}

// use is a place where an entry or the settings show a picture.
type use struct {
	pos       diag.Pos
	published bool
}

// pictures gives the paths of the pictures that an entry shows.
func pictures(e *content.Entry) []header.Text {
	list := []header.Text{e.Image.File}
	for _, i := range e.Gallery {
		list = append(list, i.File)
	}
	if e.Newsletter != nil {
		list = append(list, e.Newsletter.From.Image)
	}
	for _, doc := range docs(e) {
		for _, i := range doc.Images {
			list = append(list, header.Text{Value: i.Dest, Pos: i.Pos})
		}
	}
	return slices.DeleteFunc(list, func(t header.Text) bool { return t.Value == "" })
}

// show notes where pictures are shown, and plans the sizes of each: those that
// pages choose from only if one is shown on a page, so that none of a picture
// that only unpublished entries show is in the output.
func (s *Site) show(all []*Entry) {
	for _, e := range all {
		for _, t := range pictures(e.Entry) {
			if f, ok := s.attachment(e.File, t.Value); ok {
				f.uses = append(f.uses, use{t.Pos, e.Published})
			}
		}
	}
	for _, file := range s.settingsFiles() {
		if f, ok := s.files[file]; ok {
			f.uses = append(f.uses, use{s.Config.Publisher.Logo.Pos, true})
		}
	}
	for _, f := range s.files {
		f.Sizes = f.plan(slices.ContainsFunc(f.uses, func(u use) bool { return u.published }))
	}
}

// Pos gives the place to name in a problem of a picture: the first where it is
// shown, or else the file itself.
func (f *File) Pos() diag.Pos {
	if len(f.uses) > 0 {
		return f.uses[0].pos
	}
	return diag.Pos{File: f.File}
}

// renamed gives the name under which the copies of a picture are published:
// its own, unless they are of another kind.
func renamed(name string, p *content.Picture) string {
	if p == nil {
		return name
	}
	ext := path.Ext(name)
	switch {
	case strings.EqualFold(ext, ".jfif"), strings.EqualFold(ext, ".webp") && p.Photo:
		return strings.TrimSuffix(name, ext) + ".jpg"
	case strings.EqualFold(ext, ".webp"):
		return strings.TrimSuffix(name, ext) + ".png"
	}
	return name
}

// plan gives the sizes of a picture in pixels, the smallest first; none for
// other files and for drawings, which fit everywhere.
func (f *File) plan(shown bool) []Size {
	p := f.Picture
	if p == nil || p.Format == content.SVG {
		return nil
	}
	var sizes []Size
	ext := ".png"
	if p.Photo {
		ext = ".jpg"
	}
	stem := strings.TrimSuffix(f.Path, path.Ext(f.Path))
	for _, width := range PictureWidths {
		if shown && width < p.Width {
			sizes = append(sizes, sized(fmt.Sprintf("%s-%dw%s", stem, width, ext), width, p))
		}
	}
	return append(sizes, sized(f.Path, min(p.Width, MaxPictureWidth), p))
}

// sized gives a size by its width.
func sized(file string, width int, p *content.Picture) Size {
	height := max(1, (p.Height*width+p.Width/2)/p.Width)
	return Size{Path: file, Address: (&url.URL{Path: "/" + file}).EscapedPath(), Width: width, Height: height}
}

// Largest gives the largest size of a picture, or that which a drawing asks
// for.
func (f *File) Largest() Size {
	if n := len(f.Sizes); n > 0 {
		return f.Sizes[n-1]
	}
	size := Size{Path: f.Path, Address: f.Address}
	if f.Picture != nil {
		size.Width, size.Height = f.Picture.Width, f.Picture.Height
	}
	return size
}

// Fitting gives the smallest size that is at least as wide as wanted, in
// pixels, or else the largest there is.
func (f *File) Fitting(width int) Size {
	for _, size := range f.Sizes {
		if size.Width >= width {
			return size
		}
	}
	return f.Largest()
}

// SrcSet lists all sizes for the attribute srcset of an img element; "" if
// there is only one. address writes an address of the site.
func (f *File) SrcSet(address func(string) string) string {
	if len(f.Sizes) < 2 {
		return ""
	}
	var b strings.Builder
	for i, size := range f.Sizes {
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "%s %dw", strings.ReplaceAll(address(size.Address), ",", "%2C"), size.Width)
	}
	return b.String()
}

// checkPictures reports what is wrong with pictures wherever they are shown,
// and other files that are named as pictures.
func (s *Site) checkPictures(problems *diag.List) {
	for _, name := range sortedKeys(s.files) {
		f := s.files[name]
		if !content.IsPicture(f.File) {
			for _, u := range f.uses {
				problems.Add(diag.Errorf(u.pos, "picture-kind", "name a picture (JPEG, PNG, GIF, WebP or SVG); other files belong under `downloads`",
					"`%s` is not a picture", path.Base(f.File)))
			}
		}
		for _, p := range f.Problems {
			if p.Line > 0 || len(f.uses) == 0 {
				problems.Add(p)
				continue
			}
			for _, u := range f.uses {
				p.Pos = u.pos
				problems.Add(p)
			}
		}
	}
}

// claimSizes claims the addresses of the copies of pictures, of unpublished
// ones too: on the day of publication it would be too late to learn of a clash.
func (s *Site) claimSizes(owners map[string]header.Text, problems *diag.List) {
	for _, name := range sortedKeys(s.files) {
		f := s.files[name]
		for _, size := range f.plan(len(f.uses) > 0) {
			if size.Path != f.Path {
				report(owners, size.Path, size.Address, header.Text{Value: f.File, Pos: f.Pos()}, problems)
			}
		}
	}
}
