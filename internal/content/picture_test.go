package content

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"strings"
	"testing"
)

// exif makes Exif data with an orientation, after an entry of another tag.
func exif(order binary.AppendByteOrder, orientation uint16) []byte {
	b := []byte("MM\x00*")
	if order.String() == binary.LittleEndian.String() {
		b = []byte("II*\x00")
	}
	b = order.AppendUint32(b, 8)
	b = order.AppendUint16(b, 2)
	for _, entry := range [][2]uint16{{0x010f, 7}, {tagOrientation, orientation}} {
		b = order.AppendUint16(b, entry[0])
		b = order.AppendUint16(b, typeShort)
		b = order.AppendUint32(b, 1)
		b = order.AppendUint16(b, entry[1])
		b = order.AppendUint16(b, 0)
	}
	return order.AppendUint32(b, 0)
}

// jpegWith draws a JPEG of 6 by 4 pixels with segments before its pixels.
func jpegWith(t testing.TB, segments ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 6, 4)), nil); err != nil {
		t.Fatal(err)
	}
	out := bytes.Clone(b.Bytes()[:2])
	for _, s := range segments {
		out = append(out, 0xff, s[0])
		out = binary.BigEndian.AppendUint16(out, uint16(len(s)+1))
		out = append(out, s[1:]...)
	}
	return append(out, b.Bytes()[2:]...)
}

func pngChunk(name string, data []byte) []byte {
	body := append([]byte(name), data...)
	out := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	return binary.BigEndian.AppendUint32(append(out, body...), crc32.ChecksumIEEE(body))
}

// pngWith draws a PNG of 6 by 4 pixels with chunks after its header.
func pngWith(t testing.TB, chunks ...[]byte) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewRGBA(image.Rect(0, 0, 6, 4))); err != nil {
		t.Fatal(err)
	}
	const header = 33
	return bytes.Join([][]byte{b.Bytes()[:header], bytes.Join(chunks, nil), b.Bytes()[header:]}, nil)
}

func gifOf(t testing.TB, frames int) []byte {
	t.Helper()
	var g gif.GIF
	for range frames {
		g.Image, g.Delay = append(g.Image, image.NewPaletted(image.Rect(0, 0, 6, 4), color.Palette{color.Black, color.White})), append(g.Delay, 1)
	}
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, &g); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// webpWith writes the chunks of a WebP file.
func webpWith(chunks ...string) []byte {
	body := "WEBP"
	for _, c := range chunks {
		body += c[:4] + string(binary.LittleEndian.AppendUint32(nil, uint32(len(c)-4))) + c[4:] + strings.Repeat("\x00", len(c)&1)
	}
	return []byte("RIFF" + string(binary.LittleEndian.AppendUint32(nil, uint32(len(body)))) + body)
}

func attached(file string, data []byte) *Attachment {
	return Attach(file, int64(len(data)), [32]byte{}, func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil })
}

func TestTheHeaderOfAPictureSaysHowItIsShown(t *testing.T) {
	turned := "\xe1" + exifName + string(exif(binary.BigEndian, 6))
	lossy, lossless := "VP8 \x00\x00\x00\x9d\x01\x2a\x06\x00\x04\x00", "VP8L\x2f\x05\xc0\x00\x00"
	extended := func(flags byte) string { return "VP8X" + string(flags) + "\x00\x00\x00\x05\x00\x00\x03\x00\x00" }
	for name, test := range map[string]struct {
		file string
		data []byte
		want Picture
		rule string
	}{
		"a JPEG":                         {"a.jpg", jpegWith(t), Picture{JPEG, 6, 4, 1, true}, ""},
		"one on its side":                {"a.jpg", jpegWith(t, "\xe0JFIF", turned), Picture{JPEG, 4, 6, 6, true}, ""},
		"with Exif from a PC":            {"a.JPG", jpegWith(t, "\xe1"+exifName+string(exif(binary.LittleEndian, 8))), Picture{JPEG, 4, 6, 8, true}, ""},
		"with XMP before it":             {"a.jpeg", jpegWith(t, "\xe1http://ns.adobe.com/xap/1.0/\x00x", turned), Picture{JPEG, 4, 6, 6, true}, ""},
		"with an orientation of no kind": {"a.jpg", jpegWith(t, "\xe1"+exifName+string(exif(binary.BigEndian, 9))), Picture{JPEG, 6, 4, 1, true}, ""},
		"a PNG":                          {"a.png", pngWith(t), Picture{PNG, 6, 4, 1, false}, ""},
		"a PNG on its side":              {"a.png", pngWith(t, pngChunk("tEXt", []byte("a\x00b")), pngChunk("eXIf", exif(binary.BigEndian, 5))), Picture{PNG, 4, 6, 5, false}, ""},
		"a JPEG that is called PNG":      {"a.png", jpegWith(t), Picture{JPEG, 6, 4, 1, true}, ""},
		"a PNG that moves":               {"a.png", pngWith(t, pngChunk("acTL", make([]byte, 8))), Picture{PNG, 6, 4, 1, false}, "picture-moves"},
		"a GIF":                          {"a.gif", gifOf(t, 1), Picture{GIF, 6, 4, 1, false}, ""},
		"a GIF that moves":               {"a.gif", gifOf(t, 3), Picture{GIF, 6, 4, 1, false}, "picture-moves"},
		"a WebP":                         {"a.webp", webpWith(lossy), Picture{WebP, 6, 4, 1, true}, ""},
		"a lossless one":                 {"a.webp", webpWith(lossless), Picture{WebP, 6, 4, 1, false}, ""},
		"one with alpha":                 {"a.webp", webpWith(extended(webpAlpha), "ALPHx", lossy), Picture{WebP, 6, 4, 1, false}, ""},
		"one on its side as well":        {"a.webp", webpWith(extended(webpExif), lossy, "EXIF"+string(exif(binary.LittleEndian, 6))), Picture{WebP, 4, 6, 6, true}, ""},
		"a drawing":                      {"a.svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg" width="60mm" viewBox="0 0 30 20"/>`), Picture{SVG, 227, 151, 1, false}, ""},
		"a drawing of any size":          {"a.svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg" width="100%"/>`), Picture{SVG, 0, 0, 1, false}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			a := attached("content/"+test.file, test.data)
			if a.Picture == nil || *a.Picture != test.want {
				t.Errorf("got %+v with %v, want %+v", a.Picture, a.Problems, test.want)
			}
			if rule := firstRule(a); rule != test.rule {
				t.Errorf("the problem is %q, want %q", rule, test.rule)
			}
		})
	}
}

func firstRule(a *Attachment) string {
	if len(a.Problems) == 0 {
		return ""
	}
	return a.Problems[0].Rule
}

func TestWhatCannotBePublishedIsRefused(t *testing.T) {
	header := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, 9000), 9000)
	bomb := append([]byte("\x89PNG\r\n\x1a\n"), pngChunk("IHDR", append(header, 8, 2, 0, 0, 0))...)
	for name, test := range map[string]struct {
		file string
		data []byte
		rule string
	}{
		"a picture with 81 million pixels": {"a.png", bomb, "picture-size"},
		"a WebP with 268 million":          {"a.webp", webpWith("VP8L\x2f\xff\xff\xff\x0f"), "picture-size"},
		"a WebP that moves":                {"a.webp", webpWith("VP8X\x02\x00\x00\x00\x05\x00\x00\x03\x00\x00"), "picture-moves"},
		"a drawing of 2 MB":                {"a.svg", bytes.Repeat([]byte(" "), 2<<20), "picture-size"},
		"a text":                           {"a.jpg", []byte("Dear all"), "picture-broken"},
		"nothing":                          {"a.gif", nil, "picture-broken"},
		"the beginning of a WebP":          {"a.webp", webpWith("VP8 ")[:20], "picture-broken"},
		"a picture from a telephone":       {"IMG_1.HEIC", []byte("x"), "picture-kind"},
		"a scan":                           {"a.tif", []byte("x"), "picture-kind"},
	} {
		t.Run(name, func(t *testing.T) {
			a := attached("content/"+test.file, test.data)
			if a.Picture != nil || firstRule(a) != test.rule {
				t.Errorf("got %+v with %v, want %s", a.Picture, a.Problems, test.rule)
			}
		})
	}
}

func TestDrawingsCanNeitherActNorFetch(t *testing.T) {
	for _, inner := range []string{
		`<script>alert(1)</script>`, `<a xmlns:x="http://www.w3.org/1999/xlink" x:href="javascript:alert(1)"><text>x</text></a>`,
		`<rect onclick="x()"/>`, `<rect ONLOAD="x()"/>`, `<foreignObject/>`, `<x:iframe xmlns:x="http://www.w3.org/1999/xhtml"/>`,
		`<image href="https://example.com/a.png"/>`, `<image href="//example.com/a.png"/>`, `<image href=" https://example.com/"/>`,
		`<use href="other.svg#x"/>`, `<image href="data:image/svg+xml;base64,x"/>`, `<feImage href="a.png"/>`,
		`<style>@import "https://example.com/a.css";</style>`, `<style>@imp<!-- -->ort url(#x)</style>`, `<style><![CDATA[a{fill:url( "https://e.com")}]]></style>`,
		`<style>a{background:\75rl(x)}</style>`, `<rect style="fill:url('https://example.com/#x')"/>`, `<rect fill="url(//e.com)"/>`,
		`<rect cursor="image-set('a.png' 1x)"/>`, `<animate attributeName="href" to="javascript:x"/>`, `<set attributeName="onclick" to="x()"/>`,
		`<g xml:base="https://example.com/"/>`, `<?xml-stylesheet href="https://example.com/"?>`, `<handler/>`,
	} {
		svg := `<svg xmlns="http://www.w3.org/2000/svg">` + inner + `</svg>`
		if a := attached("content/a.svg", []byte(svg)); a.Picture != nil || firstRule(a) != "svg-unsafe" {
			t.Errorf("%s is published: %v", inner, a.Problems)
		}
	}
	for _, whole := range []string{
		`<!DOCTYPE svg [<!ENTITY x "y">]><svg xmlns="http://www.w3.org/2000/svg"/>`, `<svg/>`, `<html xmlns="http://www.w3.org/1999/xhtml"/>`,
		`<svg xmlns="http://www.w3.org/2000/svg"><g></svg>`, ``, `<svg xmlns="http://www.w3.org/2000/svg">&x;</svg>`, `<?xml version="1.0" encoding="utf-7"?><svg/>`,
	} {
		if a := attached("content/a.svg", []byte(whole)); a.Picture != nil || len(a.Problems) == 0 {
			t.Errorf("%s is published", whole)
		}
	}
	for _, inner := range []string{
		`<a href="https://example.org/"><text>Example</text></a>`, `<use href="#a"/>`, `<rect fill="url(#a)" style="stroke: url('#b')"/>`,
		`<style>.a { fill: rgb(1, 2, 3); filter: url(#f) }</style>`, `<image href="data:image/png;base64,iVBO"/>`, `<metadata><x xmlns="urn:x" y="z"/></metadata>`,
	} {
		svg := "\xef\xbb\xbf" + `<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">` +
			`<svg xmlns="http://www.w3.org/2000/svg">` + inner + `</svg>`
		if a := attached("content/a.svg", []byte(svg)); a.Picture == nil || len(a.Problems) > 0 {
			t.Errorf("%s is refused: %v", inner, a.Problems)
		}
	}
}

// TestDrawingsOfCopiesOfCopiesAreRefused tries drawings of a few lines that
// come to thousands of millions of elements, and others that do not.
func TestDrawingsOfCopiesOfCopiesAreRefused(t *testing.T) {
	doubling := func(levels int, backwards bool) string {
		text := `<rect id="p0"/>`
		for i := range levels {
			next := fmt.Sprintf(`<g id="p%d"><use href="#p%d"/><use xlink:href=" #p%d"/></g>`, i+1, i, i)
			if backwards {
				text = next + text
			} else {
				text += next
			}
		}
		return text
	}
	for name, c := range map[string]struct {
		inner   string
		refused bool
	}{
		"doubled 12 times":            {doubling(12, false), false},
		"doubled 60 times":            {doubling(60, false), true},
		"doubled, the last first":     {doubling(60, true), true},
		"doubled within definitions":  {"<defs>" + doubling(60, false) + "</defs>", true},
		"a part of itself":            {`<g id="a"><use href="#a"/><use href="#a"/></g>`, false},
		"two that are in each other":  {`<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/><use href="#a"/></g>`, false},
		"nested without a copy":       {strings.Repeat("<g>", 5000) + strings.Repeat("</g>", 5000), false},
		"nested with names":           {strings.Repeat(`<g id="a">`, 5000) + strings.Repeat("</g>", 5000), false},
		"one part, copied many times": {`<g id="a">` + strings.Repeat("<g/>", 2000) + "</g>" + strings.Repeat(`<use href="#a"/>`, 2000), true},
		"a copy of nothing":           {strings.Repeat(`<use href="#nothing"/>`, 1000), false},
	} {
		svg := `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">` + c.inner + `</svg>`
		a := attached("content/a.svg", []byte(svg))
		if refused := firstRule(a) == "svg-unsafe"; refused != c.refused || !refused && a.Picture == nil {
			t.Errorf("%s: %v", name, a.Problems)
		}
	}
}

func FuzzPictures(f *testing.F) {
	f.Add("a.jpg", jpegWith(f, "\xe1"+exifName+string(exif(binary.LittleEndian, 8))))
	f.Add("a.png", pngWith(f, pngChunk("eXIf", exif(binary.BigEndian, 5)), pngChunk("acTL", nil)))
	f.Add("a.gif", gifOf(f, 2))
	f.Add("a.webp", webpWith("VP8X\x18\x00\x00\x00\x05\x00\x00\x03\x00\x00", "VP8L\x2f\x05\xc0\x00\x00", "EXIF"+string(exif(binary.BigEndian, 3))))
	f.Add("a.svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg" width="1e99"><style>a{}</style></svg>`))
	f.Fuzz(func(t *testing.T, file string, data []byte) {
		a := attached(file, data)
		p := a.Picture
		if IsPicture(file) && p == nil && len(a.Problems) == 0 {
			t.Error("a picture that cannot be published is no problem")
		}
		if p != nil && (p.Orientation < 1 || p.Orientation > 8 || p.Width < 0 || p.Width > MaxSide || p.Height < 0 || p.Height > MaxSide || p.Width*p.Height > MaxPixels && p.Format != SVG) {
			t.Errorf("got %+v", p)
		}
	})
}
