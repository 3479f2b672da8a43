package image

import (
	"image"
	"image/color"
	"image/draw"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"bulletin/internal/slug"
	"bulletin/internal/theme"
)

// The fonts that come with the program: Latin with the letters of Welsh, Greek
// and Cyrillic.
var (
	regular = sync.OnceValues(func() (*opentype.Font, error) { return opentype.Parse(goregular.TTF) })
	bold    = sync.OnceValues(func() (*opentype.Font, error) { return opentype.Parse(gobold.TTF) })
)

// canvas is a picture that is drawn.
type canvas struct{ *image.RGBA }

func newCanvas(width, height int, ground theme.Colour) canvas {
	c := canvas{image.NewRGBA(image.Rect(0, 0, width, height))}
	c.fill(c.Rect, ground)
	return c
}

func (c canvas) fill(area image.Rectangle, with theme.Colour) {
	draw.Draw(c.RGBA, area, ink(with), image.Point{}, draw.Src)
}

func ink(c theme.Colour) image.Image { return image.NewUniform(color.RGBA{c.R, c.G, c.B, 255}) }

// face gives a font in a size, which is in pixels. A face is not for several
// goroutines at once.
func face(load func() (*opentype.Font, error), size float64) (font.Face, error) {
	loaded, err := load()
	if err != nil {
		return nil, err
	}
	return opentype.NewFace(loaded, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingNone})
}

// write writes a line that begins at a place on its baseline.
func (c canvas) write(f font.Face, x, y int, with theme.Colour, text string) {
	d := font.Drawer{Dst: c.RGBA, Src: ink(with), Face: f, Dot: fixed.P(x, y)}
	d.DrawString(text)
}

// drawable gives a text as the fonts can draw it. They lack emoji and other
// signs, which are left out; a text with letters that they lack, or that is
// written from right to left, cannot be drawn.
func drawable(text string) (string, bool) {
	loaded, err := bold()
	if err != nil {
		return "", false
	}
	var b strings.Builder
	for _, r := range slug.NFC(text) {
		glyph, err := loaded.GlyphIndex(nil, r)
		switch {
		case err == nil && glyph != 0:
			b.WriteRune(r)
		case unicode.IsSpace(r):
			b.WriteByte(' ')
		case unicode.In(r, unicode.L, unicode.M, unicode.N):
			return "", false
		}
	}
	return strings.Join(strings.Fields(b.String()), " "), b.Len() > 0
}

// wrap breaks a text into lines of no more than a width, in pixels; a word
// that is longer is broken too.
func wrap(f font.Face, text string, width int) []string {
	fits := func(s string) bool { return font.MeasureString(f, s).Ceil() <= width }
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		joined := strings.TrimPrefix(line+" "+word, " ")
		if fits(joined) {
			line = joined
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		line = ""
		for _, r := range word {
			if !fits(line+string(r)) && line != "" {
				lines = append(lines, line)
				line = ""
			}
			line += string(r)
		}
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

// shortened cuts a text so that it fits a width, in pixels, and says so.
func shortened(f font.Face, text string, width int) string {
	if font.MeasureString(f, text).Ceil() <= width {
		return text
	}
	letters := []rune(text)
	for len(letters) > 0 {
		letters = letters[:len(letters)-1]
		cut := strings.TrimRight(string(letters), " ,.;:–-") + "…"
		if font.MeasureString(f, cut).Ceil() <= width {
			return cut
		}
	}
	return ""
}
