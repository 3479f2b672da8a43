package image

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"golang.org/x/image/font"

	"bulletin/internal/site"
	"bulletin/internal/theme"
)

func TestTitlesAreWrappedAndNeverTooLong(t *testing.T) {
	f, err := face(bold, 50)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"", "One", "Empowering Black and Global Majority social workers", strings.Repeat("Llanfairpwllgwyngyll", 9), strings.Repeat("a b ", 400)} {
		lines := wrap(f, text, 400)
		if got, want := strings.Join(lines, ""), strings.ReplaceAll(text, " ", ""); strings.ReplaceAll(got, " ", "") != want {
			t.Errorf("%q becomes %q", text, got)
		}
		for _, line := range append(lines, shortened(f, text, 400)) {
			if font.MeasureString(f, line).Ceil() > 400 {
				t.Errorf("%q is too long", line)
			}
		}
	}
	if got := shortened(f, "Children, young people and families", 400); !strings.HasSuffix(got, "…") || !strings.HasPrefix(got, "Children") {
		t.Errorf("got %q", got)
	}
}

func TestWhatTheFontsLackIsLeftOutOrNotDrawn(t *testing.T) {
	for text, want := range map[string]string{
		"Perthyn ar waith – dŵr, tŷ": "Perthyn ar waith – dŵr, tŷ", "Join us 🎉 today": "Join us today", "Dw\u0302r": "Dŵr", "Ελλάδα и Россия": "Ελλάδα и Россия",
		"تعلق": "", "Belonging تعلق": "", "漢字": "", "🎉": "",
	} {
		if got, ok := drawable(text); got != want || ok != (want != "") {
			t.Errorf("%q is drawn as %q (%v), want %q", text, got, ok, want)
		}
	}
}

// inked gives the smallest area that holds all that differs from the ground.
func inked(i image.Image, ground color.Color) image.Rectangle {
	var area image.Rectangle
	for y := range i.Bounds().Dy() {
		for x := range i.Bounds().Dx() {
			if color.RGBAModel.Convert(i.At(x, y)) != color.RGBAModel.Convert(ground) {
				area = area.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return area
}

func TestSocialPicturesStayWithinTheirEdges(t *testing.T) {
	for _, title := range []string{"Short", strings.Repeat("A long title that goes on ", 20), strings.Repeat("W", 300), "تعلق"} {
		v := social{Title: title, Site: strings.Repeat("Regional update ", 20), Line: "Event · " + strings.Repeat("Tuesday ", 40), Colours: theme.ShadesOf(nil)}
		c, err := v.draw()
		if err != nil {
			t.Fatal(err)
		}
		paper := color.RGBA{socialPaper.R, socialPaper.G, socialPaper.B, 255}
		text := inked(crop(c.RGBA, image.Rect(0, socialBand, socialWidth, socialHeight)), paper)
		if text.Min.X < socialEdge-4 || text.Max.X > socialWidth-socialEdge+4 || text.Max.Y > socialHeight-socialBand-20 {
			t.Errorf("%.20q is written in %v", title, text)
		}
		if room := inked(crop(c.RGBA, image.Rect(0, 140, socialWidth, 518)), paper); room.Empty() {
			t.Errorf("%.20q: there is no title", title)
		}
	}
}

// crop copies a part of a picture, so that it begins at 0, 0.
func crop(i *image.RGBA, area image.Rectangle) image.Image {
	out := image.NewRGBA(image.Rect(0, 0, area.Dx(), area.Dy()))
	for y := range area.Dy() {
		copy(out.Pix[y*out.Stride:(y+1)*out.Stride], i.Pix[i.PixOffset(area.Min.X, area.Min.Y+y):])
	}
	return out
}

// made builds the icons of a site into a folder.
func made(t *testing.T, settings string, pictures map[string][]byte) (dir string, s *site.Site) {
	t.Helper()
	var opened atomic.Int64
	s, dir = pictured(t, settings, pictures), t.TempDir()
	maker := makerOf(pictures, &opened)
	if problems := commit(t, dir, append(maker.IconJobs(s), maker.Jobs(s)...)); len(problems) > 0 {
		t.Fatal(problems)
	}
	return dir, s
}

func open(t *testing.T, file string) image.Image {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	i, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return i
}

func TestIconsShowTheLogoOrTheInitials(t *testing.T) {
	logo := image.NewNRGBA(image.Rect(0, 0, 300, 200))
	for at := range logo.Pix {
		logo.Pix[at] = [4]uint8{200, 0, 0, 255}[at%4]
	}
	red, teal := color.RGBA{200, 0, 0, 255}, color.RGBA{0x11, 0x55, 0x5f, 255}
	for name, test := range map[string]struct {
		settings string
		logo     image.Image
		middle   color.Color // of the touch icon's left edge
		red      bool
	}{
		"the logo on white":       {"publisher: {name: A B, logo: articles/logo.png}\n", logo, color.White, true},
		"initials":                {"publisher: {name: The West Midlands}\ncolour: \"#11555f\"\n", logo, teal, false},
		"initials for a banner":   {"publisher: {name: West, logo: articles/logo.png}\ncolour: \"#11555f\"\n", logo.SubImage(image.Rect(0, 0, 300, 60)), teal, false},
		"without a name to write": {"publisher: {name: تعلق}\ncolour: \"#11555f\"\n", logo, teal, false},
	} {
		t.Run(name, func(t *testing.T) {
			dir, _ := made(t, "title: Site\nurl: https://example.org\n"+test.settings, map[string][]byte{"logo.png": asPNG(t, test.logo)})
			for file, side := range map[string]int{site.FileIcon: 192, site.FileLargeIcon: 512, site.FileTouchIcon: 180} {
				i := open(t, filepath.Join(dir, file))
				if i.Bounds() != image.Rect(0, 0, side, side) {
					t.Errorf("%s has %v", file, i.Bounds())
				}
			}
			touch := open(t, filepath.Join(dir, site.FileTouchIcon))
			if got := color.RGBAModel.Convert(touch.At(2, 90)); got != color.RGBAModel.Convert(test.middle) {
				t.Errorf("the edge is %v, want %v", got, test.middle)
			}
			if got := color.RGBAModel.Convert(touch.At(90, 90)) == red; got != test.red {
				t.Errorf("the logo is in it: %v", got)
			}
			if area := inked(touch, test.middle); area.Empty() || area.Min.X < 10 || area.Max.X > 170 {
				t.Errorf("drawn in %v", area)
			}
		})
	}
}

func TestTheFaviconHoldsThreeSizes(t *testing.T) {
	dir, _ := made(t, "", nil)
	data, err := os.ReadFile(filepath.Join(dir, site.FileFavicon))
	if err != nil {
		t.Fatal(err)
	}
	if n := binary.LittleEndian.Uint16(data[4:]); n != 3 {
		t.Fatalf("there are %d", n)
	}
	for i, side := range []int{16, 32, 48} {
		entry := data[6+16*i:]
		at, length := binary.LittleEndian.Uint32(entry[12:]), binary.LittleEndian.Uint32(entry[8:])
		c, err := png.DecodeConfig(bytes.NewReader(data[at : at+length]))
		if err != nil || c.Width != side || int(entry[0]) != side {
			t.Errorf("icon %d: %+v, %v", i, c, err)
		}
	}
}

func TestALogoThatIsGoneDuringTheBuildIsAProblem(t *testing.T) {
	s := pictured(t, "title: Site\nurl: https://example.org\npublisher: {name: A, logo: articles/logo.png}\n", map[string][]byte{"logo.png": asPNG(t, waves(40, 40))})
	maker := New(func(*site.File) (io.ReadCloser, error) { return nil, os.ErrNotExist })
	if problems := commit(t, t.TempDir(), maker.IconJobs(s)); len(problems) == 0 || problems[0].Rule != "attachment-changed" {
		t.Errorf("got %v", problems)
	}
}
