package theme

import (
	"fmt"
	"slices"
)

// Text has a contrast of at least 4.5 with its background (WCAG 2.2, criterion
// 1.4.3), and a little more for rounding; light text on dark paper is easier
// to read with more. Areas on dark paper stand out like parts of a user
// interface (criterion 1.4.11).
const textContrast, darkTextContrast, areaContrast = 4.6, 7, 3.1

// paper and ink are the background and the text of the built-in style sheet:
// newsprint, whatever the brand colour. Areas on dark paper have white text.
var (
	lightPaper, darkPaper = Colour{0xfd, 0xfc, 0xf8}, Colour{0x17, 0x16, 0x14}
	lightInk, white       = Colour{0x1c, 0x1a, 0x16}, Colour{0xff, 0xff, 0xff}
)

// defaultBrand is the brand colour of a site that sets none.
var defaultBrand = Colour{0x12, 0x58, 0x60}

// shades are the colours that follow from the brand colour in one scheme.
type shades struct {
	// brand is for text, lines and the focus, on paper and on tint.
	brand Colour
	// tint is the background of panels.
	tint Colour
	// fill is for areas such as the menu and buttons: the brand colour as it
	// was chosen, as near as can be. on is the text on it.
	fill, on Colour
}

// palette gives the shades of a brand colour on light and on dark paper.
func palette(brand Colour) (light, dark shades) {
	b := toOKLCH(brand)
	light.tint = oklch{0.955, min(b.c, 0.009), b.h}.colour()
	light.brand = b.until(-1, contrasts(textContrast, lightPaper, light.tint))
	fill := b
	if distance(brand, lightPaper) < 0.1 { // an area of it would not be seen
		fill = toOKLCH(light.brand)
	}
	light.fill, light.on = fill.area(lightPaper, lightInk)

	soft := oklch{b.l, min(b.c, 0.13), b.h} // strong colours glare on dark paper
	dark.tint = oklch{0.262, min(b.c, 0.016), b.h}.colour()
	dark.brand = soft.until(+1, contrasts(darkTextContrast, darkPaper, dark.tint))
	seen := toOKLCH(b.until(+1, contrasts(areaContrast, darkPaper)))
	dark.fill, dark.on = seen.area(white, darkPaper)
	return light, dark
}

// until gives the colour, made darker (-1) or lighter (+1) as far as is
// needed for it to be good, or to the end. Its hue stays.
func (o oklch) until(direction float64, good func(Colour) bool) Colour {
	const step = 0.005
	for {
		c := o.colour()
		if o.l += direction * step; good(c) || o.l < 0 || o.l > 1 {
			return c
		}
	}
}

// contrasts tells the colours that have a contrast with all others.
func contrasts(least float64, others ...Colour) func(Colour) bool {
	return func(c Colour) bool {
		return !slices.ContainsFunc(others, func(other Colour) bool { return Contrast(c, other) < least })
	}
}

// area gives the colour for use under text, and the better of two colours for
// that text, the first of which is light and the second dark.
func (o oklch) area(light, dark Colour) (fill, on Colour) {
	c := o.colour()
	if Contrast(c, light) >= Contrast(c, dark) {
		return o.until(-1, contrasts(textContrast, light)), light
	}
	return o.until(+1, contrasts(textContrast, dark)), dark
}

// OnPaper gives the shades of a brand colour that texts and areas have on light
// paper. Both are the colour itself where it can be read and seen.
func OnPaper(brand Colour) (text, area Colour) {
	light, _ := palette(brand)
	return light.brand, light.fill
}

// PaperContrast gives the contrast of a colour with light paper.
func PaperContrast(c Colour) float64 { return Contrast(c, lightPaper) }

// css writes the palette as custom properties.
func css(brand Colour) string {
	properties := func(s shades) string {
		return fmt.Sprintf("--brand: %s; --tint: %s; --fill: %s; --on: %s;", s.brand, s.tint, s.fill, s.on)
	}
	light, dark := palette(brand)
	return fmt.Sprintf(":root { %s }\n@media (prefers-color-scheme: dark) { :root { %s } }\n", properties(light), properties(dark))
}
