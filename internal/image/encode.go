package image

import (
	"bytes"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"math"
	"strings"
)

// quality is that of the JPEG encoder, of 100: above it, files grow faster
// than eyes can follow.
const quality = 82

// encode writes the picture in a size, which is that of the upright picture.
// kind is the ending of the file's name.
func (l *light) encode(kind string, width, height int) ([]byte, error) {
	if l.orientation.Swaps() {
		width, height = height, width
	}
	i := l.resized(width, height).upright()
	var b bytes.Buffer
	var err error
	switch strings.ToLower(kind) {
	case ".png":
		encoder := png.Encoder{CompressionLevel: png.BestCompression}
		if l.few != nil {
			err = encoder.Encode(&b, withPalette(i, l.few))
		} else {
			err = encoder.Encode(&b, plain(i, l.gray, l.channels == 3))
		}
	case ".gif":
		err = gif.Encode(&b, withPalette(i, l.few), nil)
	default:
		onWhite(i)
		err = jpeg.Encode(&b, plain(i, l.gray, true), &jpeg.Options{Quality: quality})
	}
	return b.Bytes(), err
}

// plain gives the picture as the encoders know best what to do with it.
func plain(i *image.NRGBA, gray, opaque bool) image.Image {
	switch {
	case gray:
		to := image.NewGray(i.Rect)
		for at := range to.Pix {
			to.Pix[at] = i.Pix[4*at]
		}
		return to
	case opaque:
		return &image.RGBA{Pix: i.Pix, Stride: i.Stride, Rect: i.Rect}
	}
	return i
}

// onWhite puts a picture on white paper, for formats without transparency.
func onWhite(i *image.NRGBA) {
	for at := 0; at < len(i.Pix); at += 4 {
		p := i.Pix[at : at+4]
		if p[3] == 255 {
			continue
		}
		for c := range 3 {
			share := int32(p[3])
			p[c] = toSRGB[(int32(fromSRGB[p[c]])*share+full*(255-share)+127)/255]
		}
		p[3] = 255
	}
}

// upright gives the picture in sRGB, turned as it is to be seen.
func (l *light) upright() *image.NRGBA {
	width, height := l.width, l.height
	if l.orientation.Swaps() {
		width, height = height, width
	}
	to := image.NewNRGBA(image.Rect(0, 0, width, height))
	for y := range l.height {
		row := l.row(y)
		at, step := l.place(y, to.Stride)
		for x := range l.width {
			pixel(to.Pix[at:at+4:at+4], row[x*l.channels:(x+1)*l.channels])
			at += step
		}
	}
	return to
}

// place gives where the pixels of a row go: the place of the first in bytes,
// and how far the next is from it.
func (l *light) place(y, stride int) (first, step int) {
	const n = 4
	right, bottom := n*(l.width-1), (l.height-1-y)*stride
	switch l.orientation {
	case 2:
		return y*stride + right, -n
	case 3:
		return bottom + right, -n
	case 4:
		return bottom, n
	case 5:
		return n * y, stride
	case 6:
		return n * (l.height - 1 - y), stride
	case 7:
		return (l.width-1)*stride + n*(l.height-1-y), -stride
	case 8:
		return (l.width-1)*stride + n*y, -stride
	}
	return y * stride, n
}

// pixel writes a pixel of linear light in sRGB.
func pixel(to []uint8, from []uint16) {
	if len(from) == 3 {
		to[0], to[1], to[2], to[3] = toSRGB[from[0]], toSRGB[from[1]], toSRGB[from[2]], 255
		return
	}
	alpha := int64(from[3])
	to[3] = uint8((alpha*255 + full/2) / full)
	if to[3] == 0 {
		return
	}
	for c := range 3 {
		to[c] = toSRGB[min((int64(from[c])*full+alpha/2)/alpha, full)]
	}
}

// fromSRGB and toSRGB are the transfer function of sRGB (IEC 61966-2-1) and
// its inverse.
var (
	fromSRGB [256]uint16
	toSRGB   [full + 1]uint8
)

func init() {
	for i := range fromSRGB {
		fromSRGB[i] = uint16(math.Round(srgbToLinear(float64(i)/255) * full))
	}
	next := 0
	for code := range 255 {
		// The middle between two codes parts them.
		middle := int(full * srgbToLinear((float64(code)+0.5)/255))
		for ; next <= middle; next++ {
			toSRGB[next] = uint8(code)
		}
	}
	for ; next <= full; next++ {
		toSRGB[next] = 255
	}
}

func srgbToLinear(v float64) float64 {
	if v <= 0.04045 {
		return v / 12.92
	}
	return math.Pow((v+0.055)/1.055, 2.4)
}
