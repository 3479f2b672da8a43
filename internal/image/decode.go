package image

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/draw"
	"image/gif"
	"image/jpeg"
	"image/png"

	"golang.org/x/image/webp"

	"bulletin/internal/content"
)

// picture is a picture that was decoded, as it is stored in its file.
type picture struct {
	image       image.Image
	orientation content.Orientation
	opaque      bool
	gray        bool
	colours     *profile
}

// decode decodes a picture; of one that moves, the first frame.
func decode(data []byte, known *content.Picture) (*picture, error) {
	var decoded image.Image
	var err error
	r := bytes.NewReader(data)
	switch known.Format {
	case content.JPEG:
		decoded, err = jpeg.Decode(r)
	case content.PNG:
		decoded, err = png.Decode(r)
	case content.GIF:
		decoded, err = firstFrame(data)
	case content.WebP:
		decoded, err = webp.Decode(r)
	}
	if err != nil {
		return nil, err
	}
	p := &picture{image: decoded, orientation: known.Orientation, colours: profileOf(data, known.Format)}
	width, height := p.upright(decoded.Bounds().Dx(), decoded.Bounds().Dy())
	if width != known.Width || height != known.Height {
		return nil, errors.New("its header and its pixels differ in size")
	}
	switch i := decoded.(type) {
	case *image.Gray, *image.Gray16:
		p.gray, p.opaque = true, true
	case interface{ Opaque() bool }:
		p.opaque = i.Opaque()
	}
	return p, nil
}

// firstFrame gives the first frame of a GIF in its place on the screen that
// the file describes.
func firstFrame(data []byte) (image.Image, error) {
	c, err := gif.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	frame, err := gif.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	screen := image.Rect(0, 0, c.Width, c.Height)
	if frame.Bounds() == screen {
		return frame, nil
	}
	whole := image.NewNRGBA(screen)
	draw.Draw(whole, frame.Bounds(), frame, frame.Bounds().Min, draw.Src)
	return whole, nil
}

// upright gives a size as it is when the picture is upright.
func (p *picture) upright(width, height int) (int, int) {
	if p.orientation.Swaps() {
		return height, width
	}
	return width, height
}

// rows reads a picture row by row, each as bytes of red, green, blue and
// alpha, which is not multiplied into the colours.
func (p *picture) rows() func(y int) []uint8 {
	bounds := p.image.Bounds()
	width := bounds.Dx()
	switch i := p.image.(type) {
	case *image.NRGBA:
		return func(y int) []uint8 { return i.Pix[y*i.Stride : y*i.Stride+4*width] }
	case *image.Paletted:
		return paletteRows(i)
	}
	strip := image.Rect(0, 0, width, 1)
	if p.opaque {
		row := image.NewRGBA(strip)
		return func(y int) []uint8 {
			draw.Draw(row, strip, p.image, bounds.Min.Add(image.Pt(0, y)), draw.Src)
			return row.Pix
		}
	}
	row := image.NewNRGBA(strip)
	return func(y int) []uint8 {
		draw.Draw(row, strip, p.image, bounds.Min.Add(image.Pt(0, y)), draw.Src)
		return row.Pix
	}
}

func paletteRows(i *image.Paletted) func(y int) []uint8 {
	var palette [256][4]uint8
	for n, c := range i.Palette {
		plain := color.NRGBAModel.Convert(c).(color.NRGBA)
		palette[n] = [4]uint8{plain.R, plain.G, plain.B, plain.A}
	}
	width := i.Bounds().Dx()
	row := make([]uint8, 4*width)
	return func(y int) []uint8 {
		for x, n := range i.Pix[y*i.Stride : y*i.Stride+width] {
			copy(row[4*x:4*x+4], palette[n][:])
		}
		return row
	}
}
