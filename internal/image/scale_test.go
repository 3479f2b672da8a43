package image

import (
	"encoding/binary"
	"image"
	"image/color"
	"image/draw"
	"math"
	"strings"
	"testing"

	xdraw "golang.org/x/image/draw"

	"bulletin/internal/content"
)

// ready gives a decoded picture.
func ready(i image.Image, o content.Orientation) *picture {
	opaque := true
	if n, ok := i.(*image.NRGBA); ok {
		opaque = n.Opaque()
	}
	return &picture{image: i, orientation: o, opaque: opaque}
}

func TestEveryOrientationIsMadeUpright(t *testing.T) {
	const stored = "ABC/DEF"
	for o, want := range map[content.Orientation]string{
		1: "ABC/DEF", 2: "CBA/FED", 3: "FED/CBA", 4: "DEF/ABC", 5: "AD/BE/CF", 6: "DA/EB/FC", 7: "FC/EB/DA", 8: "CF/BE/AD",
	} {
		i := image.NewNRGBA(image.Rect(0, 0, 3, 2))
		for y, row := range strings.Split(stored, "/") {
			for x, letter := range row {
				i.SetNRGBA(x, y, color.NRGBA{uint8(letter), 0, 0, 255})
			}
		}
		p := ready(i, o)
		width, height := p.upright(3, 2)
		got := p.scaled(width, height).upright()
		var rows []string
		for y := range got.Rect.Dy() {
			row := ""
			for x := range got.Rect.Dx() {
				row += string(rune(got.NRGBAAt(x, y).R))
			}
			rows = append(rows, row)
		}
		if got := strings.Join(rows, "/"); got != want {
			t.Errorf("orientation %d: %s becomes %s, want %s", o, stored, got, want)
		}
	}
}

func TestAnEvenColourStaysTheSameInEverySize(t *testing.T) {
	for _, c := range []color.NRGBA{{21, 94, 99, 255}, {255, 255, 255, 255}, {1, 2, 3, 255}, {200, 100, 50, 128}, {0, 0, 0, 0}} {
		i := image.NewNRGBA(image.Rect(0, 0, 97, 61))
		draw.Draw(i, i.Rect, image.NewUniform(c), image.Point{}, draw.Src)
		for _, size := range []image.Point{{97, 61}, {50, 31}, {3, 2}, {1, 1}} {
			small := ready(i, content.Upright).scaled(size.X, size.Y).upright()
			for at := 0; at < len(small.Pix); at += 4 {
				if got := small.NRGBAAt(at/4%size.X, at/4/size.X); got != c {
					t.Fatalf("%v becomes %v in %v", c, got, size)
				}
			}
		}
	}
}

// TestFinePatternsKeepTheirBrightness holds a pattern of black and white
// against the grey of half the light, which is 188 in sRGB; scaled as if codes
// were light, it would be 128.
func TestFinePatternsKeepTheirBrightness(t *testing.T) {
	i := image.NewGray(image.Rect(0, 0, 400, 400))
	for at := range i.Pix {
		if (at%400+at/400)%2 == 0 {
			i.Pix[at] = 255
		}
	}
	small := ready(i, content.Upright).scaled(100, 100).upright()
	if got := small.NRGBAAt(50, 50); got.R < 187 || got.R > 189 {
		t.Errorf("half the light is %v, want 188", got)
	}
}

// TestScalingAgreesWithAnotherImplementation holds the result against that of
// x/image/draw, to which the picture is given in linear light.
func TestScalingAgreesWithAnotherImplementation(t *testing.T) {
	smooth := image.NewRGBA(image.Rect(0, 0, 331, 203))
	xdraw.BiLinear.Scale(smooth, smooth.Rect, waves(40, 25), image.Rect(0, 0, 40, 25), draw.Src, nil)
	for at := range smooth.Pix { // far from black and white, where overshooting is cut off
		if at%4 < 3 {
			smooth.Pix[at] = smooth.Pix[at]/2 + 60
		}
	}
	linear := image.NewRGBA64(smooth.Rect)
	for y := range 203 {
		for x := range 331 {
			c := smooth.RGBAAt(x, y)
			linear.SetRGBA64(x, y, color.RGBA64{fromSRGB[c.R], fromSRGB[c.G], fromSRGB[c.B], full})
		}
	}
	want := image.NewRGBA64(image.Rect(0, 0, 120, 77))
	xdraw.CatmullRom.Scale(want, want.Rect, linear, linear.Rect, draw.Src, nil)
	got := ready(smooth, content.Upright).scaled(120, 77)
	for y := range 77 {
		for x := range 120 {
			c := want.RGBA64At(x, y)
			for n, v := range []uint16{c.R, c.G, c.B} {
				if d := int(got.row(y)[3*x+n]) - int(v); d > 60 || d < -60 {
					t.Fatalf("at %d, %d the light is %v, want %v", x, y, got.row(y)[3*x:3*x+3], c)
				}
			}
		}
	}
}

func TestDrawingsKeepTheirColours(t *testing.T) {
	i := image.NewRGBA(image.Rect(0, 0, 64, 64))
	draw.Draw(i, i.Rect, image.White, image.Point{}, draw.Src)
	draw.Draw(i, image.Rect(8, 8, 40, 40), image.NewUniform(color.RGBA{21, 94, 99, 255}), image.Point{}, draw.Src)
	l := ready(i, content.Upright).scaled(64, 64)
	reduced := withPalette(l.upright(), l.few)
	if len(reduced.Palette) != 2 {
		t.Errorf("a drawing of 2 colours has %d", len(reduced.Palette))
	}
	for y := range 64 {
		for x := range 64 {
			if got := color.RGBAModel.Convert(reduced.At(x, y)); got != i.At(x, y) {
				t.Fatalf("at %d, %d: %v, want %v", x, y, got, i.At(x, y))
			}
		}
	}
	small := ready(i, content.Upright).scaled(31, 31)
	if reduced := withPalette(small.upright(), small.few); len(reduced.Palette) <= 2 {
		t.Error("a smaller drawing has jagged edges: there are no shades between its colours")
	}
}

func TestWhatIsTransparentStandsOnWhiteInJPEG(t *testing.T) {
	i := image.NewNRGBA(image.Rect(0, 0, 1, 1))
	i.SetNRGBA(0, 0, color.NRGBA{255, 0, 0, 0})
	if onWhite(i); i.NRGBAAt(0, 0) != (color.NRGBA{255, 255, 255, 255}) {
		t.Errorf("nothing becomes %v", i.NRGBAAt(0, 0))
	}
	i.SetNRGBA(0, 0, color.NRGBA{0, 0, 0, 128})
	if onWhite(i); i.NRGBAAt(0, 0).R < 187 || i.NRGBAAt(0, 0).R > 188 {
		t.Errorf("black of half the light becomes %v", i.NRGBAAt(0, 0))
	}
}

// displayP3 is a profile of the colours that telephones use: those of the
// standard SMPTE EG 432-1, adapted to D50, with the curve of sRGB.
func displayP3() []byte {
	number := func(v float64) []byte {
		return binary.BigEndian.AppendUint32(nil, uint32(int32(math.Round(v*65536))))
	}
	curve := []byte("para\x00\x00\x00\x00\x00\x03\x00\x00")
	for _, v := range []float64{2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045} {
		curve = append(curve, number(v)...)
	}
	tags := []struct {
		name string
		data []byte
	}{{"rTRC", curve}, {"gTRC", curve}, {"bTRC", curve}}
	for name, xyz := range map[string][3]float64{"rXYZ": {0.51512, 0.24120, -0.00105}, "gXYZ": {0.29198, 0.69225, 0.04189}, "bXYZ": {0.15710, 0.06657, 0.78407}} {
		data := []byte("XYZ \x00\x00\x00\x00")
		for _, v := range xyz {
			data = append(data, number(v)...)
		}
		tags = append(tags, struct {
			name string
			data []byte
		}{name, data})
	}
	p := make([]byte, 128)
	copy(p[16:], "RGB XYZ ")
	p = binary.BigEndian.AppendUint32(p, uint32(len(tags)))
	at := len(p) + 12*len(tags)
	var body []byte
	for _, tag := range tags {
		p = append(p, tag.name...)
		p = binary.BigEndian.AppendUint32(p, uint32(at+len(body)))
		p = binary.BigEndian.AppendUint32(p, uint32(len(tag.data)))
		body = append(body, tag.data...)
	}
	return append(p, body...)
}

// TestColoursOfOtherProfilesBecomeThoseOfSRGB takes colours of Display P3 that
// are known in sRGB: its full red is (234, 51, 35) there.
func TestColoursOfOtherProfilesBecomeThoseOfSRGB(t *testing.T) {
	p := parseProfile(displayP3())
	if p == nil {
		t.Fatal("the profile cannot be read")
	}
	for from, want := range map[color.NRGBA]color.NRGBA{
		{234, 51, 35, 255}: {255, 0, 0, 255}, {128, 128, 128, 255}: {128, 128, 128, 255}, {255, 255, 255, 255}: {255, 255, 255, 255}, {0, 0, 0, 255}: {0, 0, 0, 255},
	} {
		i := image.NewNRGBA(image.Rect(0, 0, 1, 1))
		i.SetNRGBA(0, 0, from)
		shown := ready(i, content.Upright)
		shown.colours = p
		got := shown.scaled(1, 1).upright().NRGBAAt(0, 0)
		for _, pair := range [][2]uint8{{got.R, want.R}, {got.G, want.G}, {got.B, want.B}} {
			if d := int(pair[0]) - int(pair[1]); d > 2 || d < -2 || want.R == want.G && (d > 1 || d < -1) {
				t.Errorf("%v becomes %v, want %v", from, got, want)
			}
		}
	}
}

func FuzzProfile(f *testing.F) {
	f.Add(displayP3())
	f.Add(displayP3()[:200])
	f.Fuzz(func(t *testing.T, data []byte) {
		p := parseProfile(data)
		row := make([]uint16, 3)
		p.linear(row, []uint8{1, 128, 255, 255}, 3)
		p.convert(&light{width: 1, height: 1, channels: 3, samples: row})
		for _, format := range []content.Format{content.JPEG, content.PNG, content.WebP} {
			profileOf(data, format)
		}
	})
}
