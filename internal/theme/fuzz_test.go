package theme

import (
	"regexp"
	"testing"
)

var hexColour = regexp.MustCompile(`^#[0-9a-f]{6}$`)

// FuzzColour takes any text for the brand colour: what is a colour can be read,
// in every shade, where it is used (WCAG 2.2, criterion 1.4.3), and nothing
// else comes into the style sheet.
func FuzzColour(f *testing.F) {
	for _, s := range []string{"#0f5c63", "#FFF", "#000000", "rgb(1, 2, 3)", "teal", "#ffff00", "rebeccapurple", "red; } body { x: y", "#12345", "rgb(300,0,0)", "", "#808080"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, ok := ParseColour(text)
		if !ok {
			return
		}
		if again, ok := ParseColour(c.String()); !ok || again != c || !hexColour.MatchString(c.String()) {
			t.Errorf("%q is %s, and that %s, %v", text, c, again, ok)
		}
		s := ShadesOf(&c)
		for name, pair := range map[string][2]Colour{
			"brand on white": {s.Brand, white}, "brand on paper": {s.Brand, lightPaper}, "brand on tint": {s.Brand, s.Tint},
			"dark brand on dark paper": {s.DarkBrand, darkPaper}, "dark brand on dark tint": {s.DarkBrand, s.DarkTint},
		} {
			if got := Contrast(pair[0], pair[1]); got < 4.5 {
				t.Errorf("%q: %s (%s, %s) has a contrast of %.2f", text, name, pair[0], pair[1], got)
			}
			for _, colour := range pair {
				if !hexColour.MatchString(colour.String()) {
					t.Errorf("%q: %s", text, colour)
				}
			}
		}
	})
}
