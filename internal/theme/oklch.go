package theme

import "math"

// oklch is a colour in OKLCH, where equal steps look equally large: l is its
// lightness from 0 (black) to 1 (white), c its chroma from 0 (grey) to about
// 0.37, and h its hue in radians. A change of lightness leaves the hue as it
// looks, which mixing with black or white in sRGB does not.
//
// The space and its matrices are those of Björn Ottosson, "A perceptual color
// space for image processing" (2020), which CSS Color Module Level 4 uses for
// oklch().
type oklch struct {
	l, c, h float64
}

// toOKLCH converts a colour of the screen.
func toOKLCH(rgb Colour) oklch {
	r, g, b := linear(rgb.R), linear(rgb.G), linear(rgb.B)
	l := math.Cbrt(0.4122214708*r + 0.5363325363*g + 0.0514459929*b)
	m := math.Cbrt(0.2119034982*r + 0.6806995451*g + 0.1073969566*b)
	s := math.Cbrt(0.0883024619*r + 0.2817188376*g + 0.6299787005*b)
	a := 1.9779984951*l - 2.4285922050*m + 0.4505937099*s
	bb := 0.0259040371*l + 0.7827717662*m - 0.8086757660*s
	return oklch{0.2104542553*l + 0.7936177850*m - 0.0040720468*s, math.Hypot(a, bb), math.Atan2(bb, a)}
}

// rgb converts back to linear-light sRGB, whose channels are from 0 to 1 for
// what a screen can show.
func (o oklch) rgb() (r, g, b float64) {
	cube := func(x float64) float64 { return x * x * x }
	x, y := o.c*math.Cos(o.h), o.c*math.Sin(o.h)
	l := cube(o.l + 0.3963377774*x + 0.2158037573*y)
	m := cube(o.l - 0.1055613458*x - 0.0638541728*y)
	s := cube(o.l - 0.0894841775*x - 1.2914855480*y)
	return 4.0767416621*l - 3.3077115913*m + 0.2309699292*s,
		-1.2684380046*l + 2.6097574011*m - 0.3413193965*s,
		-0.0041960863*l - 0.7034186147*m + 1.7076147010*s
}

// shown reports whether a screen can show the colour.
func (o oklch) shown() bool {
	const rounding = 1e-4
	r, g, b := o.rgb()
	return min(r, g, b) >= -rounding && max(r, g, b) <= 1+rounding
}

// colour gives the nearest colour that a screen can show: of the same
// lightness and hue, with as much of the chroma as there is room for (CSS
// Color 4, section 13.2, maps colours in this way).
func (o oklch) colour() Colour {
	if !o.shown() {
		least, most := 0.0, o.c
		for range 24 {
			if o.c = (least + most) / 2; o.shown() {
				least = o.c
			} else {
				most = o.c
			}
		}
		o.c = least
	}
	r, g, b := o.rgb()
	return Colour{encoded(r), encoded(g), encoded(b)}
}

// distance tells how different two colours look: 0 for the same, 1 for black
// and white, and about 0.02 for two that are barely told apart.
func distance(one, other Colour) float64 {
	a, b := toOKLCH(one), toOKLCH(other)
	across := math.Hypot(a.c*math.Cos(a.h)-b.c*math.Cos(b.h), a.c*math.Sin(a.h)-b.c*math.Sin(b.h))
	return math.Hypot(a.l-b.l, across)
}

// linear gives the light of a channel of sRGB, from 0 to 1 (IEC 61966-2-1).
func linear(v uint8) float64 {
	s := float64(v) / 255
	if s <= 0.04045 {
		return s / 12.92
	}
	return math.Pow((s+0.055)/1.055, 2.4)
}

// encoded is the opposite of linear, for light from 0 to 1 and what rounding
// leaves beyond.
func encoded(light float64) uint8 {
	s := 12.92 * light
	if light > 0.0031308 {
		s = 1.055*math.Pow(light, 1/2.4) - 0.055
	}
	return uint8(math.Round(255 * max(0, min(1, s))))
}
