package theme

import (
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"regexp"
	"strings"
	"testing"
)

func TestParseColour(t *testing.T) {
	tests := []struct {
		text string
		want string // "" if it is no colour
	}{
		{"#0f5c63", "#0f5c63"}, {"#0F5C63 ", "#0f5c63"}, {"0f5c63", "#0f5c63"}, {"#fa0", "#ffaa00"}, {"fa0", "#ffaa00"},
		{"rgb(15, 92, 99)", "#0f5c63"}, {"RGB(15 92 99)", "#0f5c63"}, {"Teal", "#008080"}, {"grey", "#808080"},
		{"", ""}, {"#", ""}, {"#12345", ""}, {"#12345g", ""}, {"#1234567", ""}, {"rgb(1,2)", ""}, {"rgb(1,2,256)", ""}, {"blurple", ""},
		{"-12345", ""}, {"+fffff", ""}, {"0x1234", ""}, {"é", ""},
	}
	for _, test := range tests {
		c, ok := ParseColour(test.text)
		if ok != (test.want != "") || ok && c.String() != test.want {
			t.Errorf("ParseColour(%q) = %v, %v; want %q", test.text, c, ok, test.want)
		}
	}
}

func TestContrastIsThatOfWCAG(t *testing.T) {
	tests := []struct {
		a, b Colour
		want float64
	}{
		{Colour{}, white, 21}, {white, Colour{}, 21}, {white, white, 1},
		{Colour{0x76, 0x76, 0x76}, white, 4.54}, {Colour{0x77, 0x77, 0x77}, white, 4.48}, {Colour{255, 0, 0}, white, 4.00},
	}
	for _, test := range tests {
		if got := Contrast(test.a, test.b); math.Abs(got-test.want) > 0.005 {
			t.Errorf("Contrast(%v, %v) = %.3f, want %.2f", test.a, test.b, got, test.want)
		}
	}
}

// sheet is the built-in style sheet and the colours that it has for itself.
func sheet(t *testing.T) (text string, light, dark map[string]Colour) {
	t.Helper()
	data, err := os.ReadFile("../../layouts/assets/bulletin.css")
	if err != nil {
		t.Fatal(err)
	}
	text = string(data)
	before, after, ok := strings.Cut(text, "@media (prefers-color-scheme: dark)")
	if !ok {
		t.Fatal("the style sheet has no dark colours")
	}
	after, _, _ = strings.Cut(after, "\n}\n")
	return text, properties(before), properties(after)
}

func properties(text string) map[string]Colour {
	found := map[string]Colour{}
	for _, m := range regexp.MustCompile(`--(\w+): (#\w+)`).FindAllStringSubmatch(text, -1) {
		found[m[1]], _ = ParseColour(m[2])
	}
	return found
}

// pairs are the colours that the style sheet puts on one another, with the
// contrast that WCAG 2.2 asks for: 4.5 for text (1.4.3), 3 for what shows the
// focus and the bounds of a control (1.4.11).
var pairs = []struct {
	front, back string
	least       float64
}{
	{"ink", "paper", 4.5}, {"muted", "paper", 4.5}, {"alert", "paper", 4.5}, {"brand", "paper", 4.5},
	{"ink", "tint", 4.5}, {"muted", "tint", 4.5}, {"alert", "tint", 4.5}, {"brand", "tint", 4.5},
	{"on", "fill", 4.5}, {"paper", "ink", 4.5},
}

// brands are brand colours from all over the screen's range, and the ones
// that are hard.
func brands() []Colour {
	list := []Colour{defaultBrand, {255, 255, 0}, {254, 255, 254}, {1, 1, 1}, {118, 118, 118}, {57, 255, 20}, {255, 16, 240}, {0, 255, 255}, lightPaper, darkPaper}
	for r := 0; r <= 255; r += 51 {
		for g := 0; g <= 255; g += 51 {
			for b := 0; b <= 255; b += 51 {
				list = append(list, Colour{uint8(r), uint8(g), uint8(b)})
			}
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 400 {
		n := random.Uint32()
		list = append(list, Colour{uint8(n >> 16), uint8(n >> 8), uint8(n)})
	}
	return list
}

func TestEveryPairOfColoursHasContrastWithAnyBrandColour(t *testing.T) {
	_, light, dark := sheet(t)
	for _, brand := range brands() {
		l, d := palette(brand)
		maps.Copy(light, l.named())
		maps.Copy(dark, d.named())
		for scheme, colours := range map[string]map[string]Colour{"light": light, "dark": dark} {
			for _, pair := range pairs {
				if got := Contrast(colours[pair.front], colours[pair.back]); got < pair.least {
					t.Errorf("brand %s, %s: %s on %s has a contrast of %.2f", brand, scheme, pair.front, pair.back, got)
				}
			}
		}
		if got := Contrast(d.fill, darkPaper); got < 3 {
			t.Errorf("brand %s: areas have a contrast of %.2f with dark paper", brand, got)
		}
		if got := distance(l.fill, lightPaper); got < 0.1 {
			t.Errorf("brand %s: areas in %s are not seen on light paper", brand, l.fill)
		}
	}
}

func (s shades) named() map[string]Colour {
	return map[string]Colour{"brand": s.brand, "tint": s.tint, "fill": s.fill, "on": s.on}
}

func TestStyleSheetPutsOnlyKnownColoursOnOneAnother(t *testing.T) {
	text, _, _ := sheet(t)
	known := map[string]bool{"currentColor": true, "inherit": true, "transparent": true, "none": true}
	for _, pair := range pairs {
		known["var(--"+pair.front+")"], known["var(--"+pair.back+")"] = true, true
	}
	used := regexp.MustCompile(`[{;]\s*(color|background|background-color|outline-color): ([^;}]+?)\s*[;}]`).FindAllStringSubmatch(text, -1)
	if len(used) < 20 {
		t.Fatalf("only %d colours are found in the style sheet", len(used))
	}
	for _, use := range used {
		if !known[use[2]] {
			t.Errorf("the style sheet has %s: %s, whose contrast is not tested", use[1], use[2])
		}
	}
	if literal := regexp.MustCompile(`[^-\w]#[0-9a-f]{3,8}\b`).FindAllString(text, -1); len(literal) != strings.Count(text, ": #") {
		t.Errorf("colours stand elsewhere than in custom properties: %v", literal)
	}
}

func TestColoursComeBackFromOKLCH(t *testing.T) {
	for _, c := range brands() {
		if got := toOKLCH(c).colour(); got != c {
			t.Errorf("%s comes back as %s", c, got)
		}
	}
}

func TestOKLCHIsThatOfCSS(t *testing.T) {
	// From the examples of CSS Color Module Level 4 and its test suite.
	tests := []struct {
		rgb     Colour
		l, c, h float64 // h in degrees
	}{
		{Colour{255, 0, 0}, 0.628, 0.258, 29.23}, {Colour{0, 255, 0}, 0.866, 0.295, 142.5}, {Colour{0, 0, 255}, 0.452, 0.313, 264.05},
		{Colour{0, 128, 0}, 0.52, 0.177, 142.5}, {white, 1, 0, 0}, {Colour{}, 0, 0, 0},
	}
	for _, test := range tests {
		o := toOKLCH(test.rgb)
		h := math.Mod(o.h*180/math.Pi+360, 360)
		if math.Abs(o.l-test.l) > 0.001 || math.Abs(o.c-test.c) > 0.001 || test.c > 0 && math.Abs(h-test.h) > 0.05 {
			t.Errorf("%s is oklch(%.4f %.4f %.2f), want oklch(%g %g %g)", test.rgb, o.l, o.c, h, test.l, test.c, test.h)
		}
	}
}

func TestAColourThatNoScreenShowsKeepsItsLightnessAndHue(t *testing.T) {
	for _, wild := range []oklch{{0.4, 0.35, 1}, {0.9, 0.3, 4.5}, {0.62, 0.4, 3.3}} {
		got := toOKLCH(wild.colour())
		if math.Abs(got.l-wild.l) > 0.01 || got.c > wild.c || got.c > 0.02 && math.Abs(math.Remainder(got.h-wild.h, 2*math.Pi)) > 0.06 {
			t.Errorf("%v becomes %v", wild, got)
		}
	}
}

func TestABrandColourThatIsReadableStaysAsItIs(t *testing.T) {
	for _, text := range []string{"#155e63", "#003078", "#7a1f4b"} {
		c, _ := ParseColour(text)
		if words, area := OnPaper(c); words != c || area != c {
			t.Errorf("%s is shown as %s and %s", text, words, area)
		}
	}
	yellow := Colour{0xff, 0xdd, 0x00}
	light, _ := palette(yellow)
	if light.brand == yellow || light.fill != yellow || light.on != lightInk {
		t.Errorf("yellow is shown as text in %s, and as an area in %s under %s", light.brand, light.fill, light.on)
	}
}

func TestStyleSheetHasThePaperAndInkOfThePalette(t *testing.T) {
	_, light, dark := sheet(t)
	if light["paper"] != lightPaper || dark["paper"] != darkPaper || light["ink"] != lightInk {
		t.Errorf("the style sheet has %v on light and %v on dark paper", light, dark)
	}
}

func TestStyleSheetIsSmallAndAsksNoOtherHost(t *testing.T) {
	text, _, _ := sheet(t)
	if published := compact(text + css(defaultBrand)); len(published) > 14<<10 {
		t.Errorf("the style sheet is published with %d bytes", len(published))
	}
	for _, bad := range []string{"url(", "@import", "@font-face", "!important"} {
		if strings.Contains(text, bad) {
			t.Errorf("the style sheet has %s", bad)
		}
	}
}

func TestFeedsCanBeReadInBrowsers(t *testing.T) {
	data, err := os.ReadFile("../../layouts/assets/feed.css")
	if err != nil {
		t.Fatal(err)
	}
	before, after, _ := strings.Cut(string(data), "@media (prefers-color-scheme: dark)")
	after, _, _ = strings.Cut(after, "\n}\n")
	for scheme, colours := range map[string]map[string]Colour{"light": properties(before), "dark": properties(after)} {
		for _, pair := range [][2]string{{"ink", "paper"}, {"muted", "paper"}, {"brand", "paper"}, {"ink", "tint"}} {
			a, ok := colours[pair[0]]
			b, too := colours[pair[1]]
			if got := Contrast(a, b); !ok || !too || got < 4.5 {
				t.Errorf("%s: %s on %s has a contrast of %.2f", scheme, pair[0], pair[1], got)
			}
		}
	}
	for _, bad := range []string{"url(", "@import", "@font-face"} {
		if strings.Contains(string(data), bad) {
			t.Errorf("the style sheet has %s", bad)
		}
	}
}
