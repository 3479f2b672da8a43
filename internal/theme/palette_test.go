package theme

import (
	"math"
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
		{black, white, 21}, {white, black, 21}, {white, white, 1},
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
	for _, m := range regexp.MustCompile(`--(\w+): (#\w+);`).FindAllStringSubmatch(text, -1) {
		found[m[1]], _ = ParseColour(m[2])
	}
	return found
}

func TestEveryTextCanBeReadOnEveryBackground(t *testing.T) {
	_, light, dark := sheet(t)
	brands := map[string]Colour{"none": defaultBrand}
	for r := 0; r <= 255; r += 51 {
		for g := 0; g <= 255; g += 51 {
			for b := 0; b <= 255; b += 51 {
				c := Colour{uint8(r), uint8(g), uint8(b)}
				brands[c.String()] = c
			}
		}
	}
	for name, brand := range brands {
		l, d := palette(brand)
		light["brand"], light["tint"], dark["brand"], dark["tint"] = l.brand, l.tint, d.brand, d.tint
		for scheme, colours := range map[string]map[string]Colour{"light": light, "dark": dark} {
			for _, pair := range [][2]string{
				{"ink", "paper"}, {"muted", "paper"}, {"alert", "paper"}, {"brand", "paper"}, {"paper", "brand"},
				{"ink", "tint"}, {"muted", "tint"}, {"alert", "tint"}, {"brand", "tint"},
			} {
				if got := Contrast(colours[pair[0]], colours[pair[1]]); got < 4.5 {
					t.Errorf("brand %s, %s: %s on %s has a contrast of %.2f", name, scheme, pair[0], pair[1], got)
				}
			}
		}
	}
}

func TestStyleSheetHasTheDefaultPalette(t *testing.T) {
	_, light, dark := sheet(t)
	if light["paper"] != lightPaper || dark["paper"] != darkPaper {
		t.Error("the paper of the style sheet is not that of the palette")
	}
	l, d := palette(defaultBrand)
	if (shades{light["brand"], light["tint"]}) != l || (shades{dark["brand"], dark["tint"]}) != d {
		t.Errorf("the style sheet should have\n%s", css(defaultBrand))
	}
}

func TestStyleSheetIsSmallAndAsksNoOtherHost(t *testing.T) {
	text, _, _ := sheet(t)
	if len(text) > 14<<10 {
		t.Errorf("the style sheet has %d bytes", len(text))
	}
	for _, bad := range []string{"url(", "@import", "@font-face", "!important"} {
		if strings.Contains(text, bad) {
			t.Errorf("the style sheet has %s", bad)
		}
	}
}
