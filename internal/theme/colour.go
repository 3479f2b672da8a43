package theme

import (
	"fmt"
	"strconv"
	"strings"
)

// Colour is an sRGB colour without transparency.
type Colour struct {
	R, G, B uint8
}

// String gives the colour as CSS has it, "#0f5c63".
func (c Colour) String() string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }

// named are the colour names of HTML 4, and orange.
var named = map[string]Colour{
	"aqua": {0, 255, 255}, "black": {0, 0, 0}, "blue": {0, 0, 255}, "fuchsia": {255, 0, 255},
	"gray": {128, 128, 128}, "green": {0, 128, 0}, "grey": {128, 128, 128}, "lime": {0, 255, 0},
	"maroon": {128, 0, 0}, "navy": {0, 0, 128}, "olive": {128, 128, 0}, "orange": {255, 165, 0},
	"purple": {128, 0, 128}, "red": {255, 0, 0}, "silver": {192, 192, 192}, "teal": {0, 128, 128},
	"white": {255, 255, 255}, "yellow": {255, 255, 0},
}

// ParseColour reads a colour as brand guidelines give it: "#0f5c63", "#0fc",
// both also without "#" (in YAML, an unquoted # begins a comment),
// "rgb(15, 92, 99)" or one of the basic names, such as "teal". It reports
// whether the text is a colour.
func ParseColour(s string) (Colour, bool) {
	s = strings.ToLower(strings.TrimSpace(s))
	if c, ok := named[s]; ok {
		return c, true
	}
	if inner, ok := strings.CutPrefix(s, "rgb("); ok {
		return parseRGB(strings.TrimSuffix(inner, ")"))
	}
	s = strings.TrimPrefix(s, "#")
	if len(s) == 3 {
		s = string([]byte{s[0], s[0], s[1], s[1], s[2], s[2]})
	}
	n, err := strconv.ParseUint(s, 16, 32)
	if err != nil || len(s) != 6 {
		return Colour{}, false
	}
	return Colour{uint8(n >> 16), uint8(n >> 8), uint8(n)}, true
}

func parseRGB(s string) (Colour, bool) {
	var parts [3]uint8
	fields := strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ' ' })
	if len(fields) != len(parts) {
		return Colour{}, false
	}
	for i, f := range fields {
		n, err := strconv.ParseUint(f, 10, 8)
		if err != nil {
			return Colour{}, false
		}
		parts[i] = uint8(n)
	}
	return Colour{parts[0], parts[1], parts[2]}, true
}

// Contrast gives the contrast ratio of two colours, from 1 to 21, as WCAG 2.2
// defines it. Text needs at least 4.5 (criterion 1.4.3).
func Contrast(a, b Colour) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// luminance is WCAG's relative luminance, from 0 to 1.
func luminance(c Colour) float64 {
	return 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B)
}
