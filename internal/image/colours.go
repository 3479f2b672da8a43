package image

import (
	"cmp"
	"image"
	"image/color"
	"maps"
	"slices"
)

// mostColours is how many colours the palette of a PNG or GIF can have.
const mostColours = 256

// countColours looks whether a picture has few enough colours for a palette:
// drawings and pictures of screens do, and are much smaller with one.
type colourCount struct {
	seen map[uint32]struct{}
	many bool
	last uint32
}

// add counts the colours of a row of red, green, blue and alpha.
func (c *colourCount) add(row []uint8) {
	if c.seen == nil {
		c.seen = map[uint32]struct{}{}
	}
	for i := 0; i+4 <= len(row) && !c.many; i += 4 {
		colour := packed(row[i], row[i+1], row[i+2], row[i+3])
		if colour == c.last && len(c.seen) > 0 {
			continue
		}
		c.last = colour
		c.seen[colour] = struct{}{}
		c.many = len(c.seen) > mostColours
	}
}

// colours gives the colours in order; nil if there are too many.
func (c *colourCount) colours() []uint32 {
	if c.many {
		return nil
	}
	return slices.Sorted(maps.Keys(c.seen))
}

// packed gives a colour as one number; all that are transparent are one.
func packed(r, g, b, a uint8) uint32 {
	if a == 0 {
		return 0
	}
	return uint32(r)<<24 | uint32(g)<<16 | uint32(b)<<8 | uint32(a)
}

// withPalette gives a picture with the palette of the one that it was made
// from, and, as far as there is room, with the shades between those that came
// with another size. What is left takes the nearest colour.
func withPalette(i *image.NRGBA, few []uint32) *image.Paletted {
	count := map[uint32]int{}
	for at := 0; at < len(i.Pix); at += 4 {
		count[packed(i.Pix[at], i.Pix[at+1], i.Pix[at+2], i.Pix[at+3])]++
	}
	numbers := map[uint32]uint8{}
	var chosen []uint32
	choose := func(colour uint32) {
		if _, known := numbers[colour]; !known && len(chosen) < mostColours {
			numbers[colour] = uint8(len(chosen))
			chosen = append(chosen, colour)
		}
	}
	for _, colour := range few {
		if count[colour] > 0 {
			choose(colour)
		}
	}
	others := slices.SortedFunc(maps.Keys(count), func(a, b uint32) int {
		return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a, b))
	})
	for _, colour := range others {
		choose(colour)
	}
	for _, colour := range others {
		if _, known := numbers[colour]; !known {
			numbers[colour] = nearest(colour, chosen)
		}
	}
	palette := make(color.Palette, len(chosen))
	for n, c := range chosen {
		palette[n] = color.NRGBA{uint8(c >> 24), uint8(c >> 16), uint8(c >> 8), uint8(c)}
	}
	to := image.NewPaletted(i.Rect, palette)
	for at := range to.Pix {
		to.Pix[at] = numbers[packed(i.Pix[4*at], i.Pix[4*at+1], i.Pix[4*at+2], i.Pix[4*at+3])]
	}
	return to
}

// nearest gives the number of the colour that is least different.
func nearest(colour uint32, among []uint32) uint8 {
	best, least := 0, 1<<30
	for n, other := range among {
		difference := 0
		for shift := 0; shift < 32; shift += 8 {
			d := int(uint8(colour>>shift)) - int(uint8(other>>shift))
			difference += d * d
		}
		if difference < least {
			best, least = n, difference
		}
	}
	return uint8(best)
}
