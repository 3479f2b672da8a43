package theme

import (
	"fmt"
	"slices"
)

// The brand colour's least contrast with the paper and the tint. WCAG 1.4.3
// asks for 4.5; light text on dark paper is easier to read with more.
const lightContrast, darkContrast = 4.6, 7

// paper and ink are the background and the text of the built-in style sheet.
var (
	lightPaper, darkPaper = Colour{0xfd, 0xfc, 0xf8}, Colour{0x17, 0x16, 0x14}
	black, white          = Colour{}, Colour{255, 255, 255}
)

// defaultBrand is the brand colour of a site that sets none.
var defaultBrand = Colour{0x12, 0x58, 0x60}

// shades are the colours that follow from the brand colour in one scheme.
type shades struct {
	// brand is for links, rules and, under text in the colour of the paper,
	// for areas. tint is the background of panels.
	brand, tint Colour
}

// palette gives the shades of a brand colour on light and on dark paper. The
// brand colour is darkened or lightened as far as needed, so that it can be
// read on the paper and on the tint, and the paper's colour on it.
func palette(brand Colour) (light, dark shades) {
	light.tint = mix(lightPaper, legible(brand, black, lightContrast, lightPaper), 0.07)
	light.brand = legible(brand, black, lightContrast, lightPaper, light.tint)
	dark.tint = mix(darkPaper, legible(brand, white, darkContrast, darkPaper), 0.10)
	dark.brand = legible(brand, white, darkContrast, darkPaper, dark.tint)
	return light, dark
}

// legible moves c towards end until it has the wanted contrast with all
// backgrounds.
func legible(c, end Colour, wanted float64, backgrounds ...Colour) Colour {
	for share := 0.0; share < 1; share += 0.02 {
		moved := mix(c, end, share)
		if !slices.ContainsFunc(backgrounds, func(b Colour) bool { return Contrast(moved, b) < wanted }) {
			return moved
		}
	}
	return end
}

// css writes the palette as custom properties.
func css(brand Colour) string {
	light, dark := palette(brand)
	return fmt.Sprintf(`:root { --brand: %s; --tint: %s; }
@media (prefers-color-scheme: dark) { :root { --brand: %s; --tint: %s; } }
`, light.brand, light.tint, dark.brand, dark.tint)
}
