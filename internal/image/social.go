package image

import (
	"image"
	"image/png"
	"io"

	"bulletin/internal/output"
	"bulletin/internal/page"
	"bulletin/internal/site"
	"bulletin/internal/theme"
	"bulletin/internal/ukdate"
)

// socialVersion is the salt of the keys of social pictures.
var socialVersion = output.KeyOf("social picture 1")

// social is what a social picture is made from.
type social struct {
	Title, Site string
	// Line stands above the title: the kind and the date.
	Line    string
	Colours theme.Shades
}

// SocialJobs gives the pictures that other sites show with a link to an entry,
// if the settings ask for them.
func SocialJobs(s *site.Site) []output.Job {
	if !s.Config.SocialPictures {
		return nil
	}
	shades := shades(s)
	var jobs []output.Job
	for _, e := range s.Entries {
		v := social{Title: e.Title.Value, Site: s.Config.Title.Value, Line: socialLine(s, e), Colours: shades}
		address, _ := s.SocialPicture(e)
		jobs = append(jobs, output.New(address[1:], socialVersion, v, func(w io.Writer, v social) error {
			c, err := v.draw()
			if err != nil {
				return err
			}
			// A palette makes it a third as large.
			return png.Encode(w, withPalette(&image.NRGBA{Pix: c.Pix, Stride: c.Stride, Rect: c.Rect}, nil))
		}))
	}
	return jobs
}

// shades gives the shades of the site's brand colour.
func shades(s *site.Site) theme.Shades {
	brand, _ := page.Brand(s.Config)
	return theme.ShadesOf(brand)
}

// socialLine says what an entry is, and when it takes place or was published.
func socialLine(s *site.Site, e *site.Entry) string {
	when := ""
	switch {
	case e.Event != nil:
		when = e.WhenText()
	case e.Date.Set():
		when = ukdate.Date(e.Date.Time.In(s.Config.Location))
	}
	if label := e.Label(); label != "" && when != "" {
		return label + " · " + when
	}
	return e.Label() + when
}

// The picture's size is the one that other sites ask for, and its measures are
// in pixels.
const (
	socialWidth, socialHeight = site.SocialWidth, site.SocialHeight

	socialEdge = 80  // on the left and the right
	socialBand = 20  // of the brand colour, at the top
	socialRoom = 300 // for the title
	socialText = socialWidth - 2*socialEdge
)

var (
	socialPaper = theme.Colour{R: 0xfd, G: 0xfc, B: 0xf8}
	socialInk   = theme.Colour{R: 0x1c, G: 0x1a, B: 0x16}
)

// titleSizes are the sizes of a title, in pixels: the largest that has room for
// it is used.
var titleSizes = []float64{88, 76, 66, 58, 50}

// draw draws the picture. A title that cannot be drawn gives its place to the
// site's.
func (v social) draw() (canvas, error) {
	c := newCanvas(socialWidth, socialHeight, socialPaper)
	c.fill(image.Rect(0, 0, socialWidth, socialBand), v.Colours.Brand)
	title, ok := drawable(v.Title)
	name, named := drawable(v.Site)
	if !ok {
		title, name, named = name, "", false
	}
	if line, ok := drawable(v.Line); ok {
		f, err := face(bold, 34)
		if err != nil {
			return c, err
		}
		c.write(f, socialEdge, 118, v.Colours.Brand, shortened(f, line, socialText))
	}
	if err := c.title(title); err != nil {
		return c, err
	}
	c.fill(image.Rect(socialEdge, 520, socialWidth-socialEdge, 524), v.Colours.Brand)
	if named {
		f, err := face(regular, 38)
		if err != nil {
			return c, err
		}
		c.write(f, socialEdge, 580, socialInk, shortened(f, name, socialText))
	}
	return c, nil
}

// title writes the title as large as there is room for it.
func (c canvas) title(text string) error {
	for i, size := range titleSizes {
		f, err := face(bold, size)
		if err != nil {
			return err
		}
		lines, step := wrap(f, text, socialText), int(size*1.16)
		most := socialRoom / step
		if len(lines) > most && i < len(titleSizes)-1 {
			continue
		}
		for n, line := range lines[:min(most, len(lines))] {
			if n == most-1 && len(lines) > most {
				line = shortened(f, line+" …", socialText)
			}
			c.write(f, socialEdge, 170+int(size)+n*step, socialInk, line)
		}
		return nil
	}
	return nil
}
