package image

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"image"
	"image/draw"
	"image/png"
	"io"
	"strings"
	"unicode"

	"golang.org/x/image/font"

	"bulletin/internal/content"
	"bulletin/internal/output"
	"bulletin/internal/site"
	"bulletin/internal/slug"
	"bulletin/internal/theme"
)

// iconVersion is the salt of the keys of icons.
var iconVersion = output.KeyOf("icon 1")

// icon is what an icon is made from: the publisher's mark, or letters on the
// brand colour.
type icon struct {
	// Mark is the SHA-256 of the mark's file; zero if there is none.
	Mark        [32]byte
	Orientation content.Orientation
	Letters     string
	Colours     theme.Shades
	// Sides are the lengths in pixels: of an .ico file it holds several.
	Sides []int
	// Share is how much of the side the mark may take. Solid icons are filled
	// to the edge, since telephones cut their corners off.
	Share float64
	Solid bool
}

// IconJobs gives the site's icons and its web app manifest
// (https://www.w3.org/TR/appmanifest/). A file of the site with the name of one
// takes its place.
func (m *Maker) IconJobs(s *site.Site) []output.Job {
	shape := icon{Letters: initials(s), Colours: shades(s)}
	mark, ok := s.Mark()
	if ok && len(mark.Sizes) > 0 {
		shape.Mark, shape.Orientation = mark.Sum, mark.Picture.Orientation
	} else {
		mark = nil
	}
	var jobs []output.Job
	add := func(name string, share float64, solid bool, sides ...int) {
		v := shape
		v.Share, v.Solid, v.Sides = share, solid, sides
		if s.Replaces("/" + name) {
			return
		}
		jobs = append(jobs, output.New(name, iconVersion, v, func(w io.Writer, v icon) error {
			var parts [][]byte
			for _, side := range v.Sides {
				data, err := m.drawIcon(v, mark, side)
				if err != nil {
					return err
				}
				parts = append(parts, data)
			}
			data := parts[0]
			if strings.HasSuffix(name, ".ico") {
				data = ico(v.Sides, parts)
			}
			_, err := w.Write(data)
			return err
		}))
	}
	add(site.FileFavicon, 1, false, 16, 32, 48)
	add(site.FileIcon, 1, false, 192)
	add(site.FileLargeIcon, safeShare, true, 512)
	add(site.FileTouchIcon, 0.8, true, 180)
	if !s.Replaces("/" + site.FileManifest) {
		jobs = append(jobs, output.New(site.FileManifest, iconVersion, manifestOf(s, shape.Colours), func(w io.Writer, v manifest) error {
			encoder := json.NewEncoder(w)
			encoder.SetIndent("", "  ")
			return encoder.Encode(v)
		}))
	}
	return jobs
}

// safeShare is the side of the largest square in the circle that is seen of a
// maskable icon, whose radius is 40 % of the icon's side.
const safeShare = 0.56

// drawIcon draws an icon of a side, in pixels.
func (m *Maker) drawIcon(v icon, mark *site.File, side int) ([]byte, error) {
	c := canvas{image.NewRGBA(image.Rect(0, 0, side, side))}
	var err error
	if mark != nil {
		if v.Solid {
			c.fill(c.Rect, theme.Colour{R: 255, G: 255, B: 255})
		}
		err = m.drawMark(c, mark, int(float64(side)*v.Share))
	} else {
		c.fill(c.Rect, v.Colours.Brand)
		err = c.letters(v.Letters, float64(side)*min(v.Share, 0.75))
	}
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = png.Encode(&b, c.RGBA)
	return b.Bytes(), err
}

// drawMark puts the mark into the middle, no larger than it is.
func (m *Maker) drawMark(c canvas, mark *site.File, room int) error {
	p, done, err := m.decoded(mark)
	if err != nil {
		return err
	}
	defer done()
	width, height := mark.Picture.Width, mark.Picture.Height
	if longest := max(width, height); longest > room {
		width, height = max(1, width*room/longest), max(1, height*room/longest)
	}
	small := p.scaled(width, height).upright()
	at := c.Rect.Max.Sub(small.Rect.Max).Div(2)
	draw.Draw(c.RGBA, small.Rect.Add(at), small, image.Point{}, draw.Over)
	return nil
}

// letters writes letters into the middle, as large as a square of the given
// side has room for; without any it draws the lines of a page.
func (c canvas) letters(text string, room float64) error {
	side := c.Rect.Dx()
	if text == "" {
		bar := max(1, side/10)
		for i := range 3 {
			y := side/4 + i*(side/2-bar)/2
			c.fill(image.Rect(side/4, y, side-side/4, y+bar), theme.Colour{R: 255, G: 255, B: 255})
		}
		return nil
	}
	f, err := face(bold, room)
	if err != nil {
		return err
	}
	if width := font.MeasureString(f, text).Ceil(); float64(width) > room {
		if f, err = face(bold, room*room/float64(width)); err != nil {
			return err
		}
	}
	bounds, advance := font.BoundString(f, text)
	x := (side - advance.Ceil()) / 2
	y := (side - (bounds.Max.Y + bounds.Min.Y).Round()) / 2
	c.write(f, x, y, theme.Colour{R: 255, G: 255, B: 255}, text)
	return nil
}

// small are words that give no initial.
var small = map[string]bool{"a": true, "and": true, "for": true, "in": true, "of": true, "on": true, "the": true, "y": true, "yr": true, "a'r": true}

// initials gives the first letters of the first two words of the publisher's
// name, or of the site's; none if the fonts lack them.
func initials(s *site.Site) string {
	name := s.Config.Publisher.Name.Value
	if name == "" {
		name = s.Config.Title.Value
	}
	letters := ""
	for _, word := range strings.FieldsFunc(slug.NFC(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '’' }) {
		if small[strings.ToLower(word)] || len([]rune(letters)) == 2 {
			continue
		}
		letters += strings.ToUpper(string([]rune(word)[:1]))
	}
	drawn, _ := drawable(letters)
	return drawn
}

// ico makes a file of several icons, as PNG each (the format ICO, as Windows
// has it since Vista).
func ico(sides []int, icons [][]byte) []byte {
	const head, entry = 6, 16
	b := []byte{0, 0, 1, 0, byte(len(icons)), 0}
	at := head + entry*len(icons)
	for i, data := range icons {
		b = append(b, byte(sides[i]), byte(sides[i]), 0, 0, 1, 0, 32, 0)
		b = binary.LittleEndian.AppendUint32(b, uint32(len(data)))
		b = binary.LittleEndian.AppendUint32(b, uint32(at))
		at += len(data)
	}
	return append(b, bytes.Join(icons, nil)...)
}

// manifest is a web app manifest.
type manifest struct {
	Name        string         `json:"name"`
	Description string         `json:"description,omitempty"`
	Language    string         `json:"lang"`
	StartURL    string         `json:"start_url"`
	Scope       string         `json:"scope"`
	Display     string         `json:"display"`
	Theme       string         `json:"theme_color"`
	Background  string         `json:"background_color"`
	Icons       []manifestIcon `json:"icons"`
}

type manifestIcon struct {
	Source  string `json:"src"`
	Sizes   string `json:"sizes"`
	Type    string `json:"type"`
	Purpose string `json:"purpose,omitempty"`
}

func manifestOf(s *site.Site, colours theme.Shades) manifest {
	c := s.Config
	return manifest{
		Name: c.Title.Value, Description: c.Description.Value, Language: c.Language, StartURL: s.Path("/"), Scope: s.Path("/"), Display: "browser",
		Theme: colours.Brand.String(), Background: socialPaper.String(),
		Icons: []manifestIcon{
			{Source: s.Path("/" + site.FileIcon), Sizes: "192x192", Type: "image/png"},
			{Source: s.Path("/" + site.FileLargeIcon), Sizes: "512x512", Type: "image/png", Purpose: "maskable"},
		},
	}
}
