package content

import (
	"bufio"
	"bytes"
	"errors"
	"image"
	"image/color"
	_ "image/gif"  // so that DecodeConfig knows them
	_ "image/jpeg" // likewise
	_ "image/png"  // likewise
	"io"
	"path"
	"strings"

	"bulletin/internal/diag"
)

// Format is what a picture's file holds, whatever its name says.
type Format string

// The formats of pictures that can be published.
const (
	JPEG Format = "jpeg"
	PNG  Format = "png"
	GIF  Format = "gif"
	WebP Format = "webp"
	SVG  Format = "svg"
)

// Picture is what the beginning of a picture's file says.
type Picture struct {
	Format Format
	// Width and Height are in pixels, as the picture is shown: upright. They
	// are zero for an SVG drawing that does not say.
	Width, Height int
	// Orientation is how the picture is stored.
	Orientation Orientation
	// Photo is set for what is better kept as JPEG: it is one already, or its
	// PNG is as large as only those of photographs are.
	Photo bool
}

// The largest pictures that are read. A picture of a few kilobytes can hold so
// many pixels that no computer has the memory for them.
const (
	// MaxPixels is width times height.
	MaxPixels = 64_000_000
	// MaxSide is the width, or the height, in pixels.
	MaxSide = 30_000
	// MaxPictureSize is in bytes, and MaxDrawingSize that of SVG.
	MaxPictureSize = 64 << 20
	MaxDrawingSize = 1 << 20
)

// pictureFiles are the endings of pictures, and which of them are read.
var pictureFiles = map[string]bool{
	".jpg": true, ".jpeg": true, ".jfif": true, ".png": true, ".gif": true, ".webp": true, ".svg": true,
	".apng": false, ".avif": false, ".bmp": false, ".heic": false, ".heif": false, ".jp2": false, ".jxl": false, ".svgz": false, ".tif": false, ".tiff": false,
}

// IsPicture reports whether a file is a picture, by the ending of its name.
func IsPicture(file string) bool {
	_, ok := pictureFiles[strings.ToLower(path.Ext(file))]
	return ok
}

// refusedFile gives the problem of a picture that is not even opened.
func refusedFile(file string, size int64) (diag.Problem, bool) {
	ext := strings.ToLower(path.Ext(file))
	limit := int64(MaxPictureSize)
	if ext == ".svg" {
		limit = MaxDrawingSize
	}
	switch {
	case !pictureFiles[ext]:
		return diag.Errorf(diag.Pos{File: file}, "picture-kind", "save it as JPEG (photographs) or PNG (drawings); to offer the file as it is, put it into a ZIP file",
			"`%s` is a kind of picture that cannot be made ready for the web", path.Base(file)), true
	case size > limit:
		return diag.Errorf(diag.Pos{File: file}, "picture-size", "save it smaller: 2,000 pixels are wide enough",
			"the picture `%s` has more than %d MB", path.Base(file), limit>>20), true
	}
	return diag.Problem{}, false
}

func broken(file, why string) diag.Problem {
	return diag.Errorf(diag.Pos{File: file}, "picture-broken", "open it in a program for pictures and save it again as JPEG or PNG",
		"the picture `%s` cannot be shown: %s", path.Base(file), why)
}

// noPicture reports a file that only bears the name of a picture. It holds
// nothing that a camera noted, so it is published as it is, like any other
// file.
func noPicture(file string) diag.Problem {
	return diag.Warnf(diag.Pos{File: file}, "picture-broken", "open it in a program for pictures and save it again as JPEG or PNG",
		"the picture `%s` cannot be shown: it is no JPEG, PNG, GIF, WebP or SVG, whatever its name says", path.Base(file))
}

// isContainer reports the beginning of a picture in a format that is not read,
// and in which cameras keep notes: HEIF and AVIF (ISO/IEC 14496-12, a box named
// ftyp), JPEG XL and JPEG 2000 (a box of twelve bytes), and TIFF.
func isContainer(start []byte) bool {
	return len(start) >= 12 && (string(start[4:8]) == "ftyp" || bytes.HasPrefix(start, []byte("\x00\x00\x00\x0c"))) ||
		bytes.HasPrefix(start, []byte("\xff\x0a")) || bytes.HasPrefix(start, []byte("II*\x00")) || bytes.HasPrefix(start, []byte("MM\x00*"))
}

// readPicture reads the beginning of a picture.
func readPicture(file string, size int64, r io.Reader) (*Picture, diag.List) {
	var head bytes.Buffer
	limited := io.LimitReader(r, MaxPictureSize)
	if strings.EqualFold(path.Ext(file), ".svg") {
		return readDrawing(file, limited)
	}
	tee := bufio.NewReader(io.TeeReader(limited, &head))
	start, _ := tee.Peek(16)
	if isWebP(start) {
		return readWebP(file, tee)
	}
	c, format, err := image.DecodeConfig(tee)
	switch {
	case errors.Is(err, image.ErrFormat) && !isContainer(start):
		return nil, diag.List{noPicture(file)}
	case err != nil:
		return nil, diag.List{broken(file, cause(err))}
	}
	if p, ok := tooLarge(file, c.Width, c.Height); ok {
		return nil, diag.List{p}
	}
	p := &Picture{Format: Format(format), Width: c.Width, Height: c.Height, Orientation: Upright}
	whole := bufio.NewReader(io.MultiReader(&head, limited))
	var animated bool
	switch p.Format {
	case JPEG:
		p.Photo, p.Orientation = true, jpegOrientation(whole)
	case PNG:
		p.Orientation, animated = pngNotes(whole)
		p.Photo = c.ColorModel == color.RGBAModel && float64(size) > photoDensity*float64(c.Width)*float64(c.Height)
	case GIF:
		animated = gifMoves(whole)
	}
	if p.Orientation.Swaps() {
		p.Width, p.Height = p.Height, p.Width
	}
	if animated {
		return p, diag.List{moving(file)}
	}
	return p, nil
}

// photoDensity is how many bytes for each pixel tell a photograph that was
// saved as PNG from a drawing or the picture of a screen.
const photoDensity = 0.8

// tooLarge reports a picture with more pixels than are read.
func tooLarge(file string, width, height int) (diag.Problem, bool) {
	switch {
	case width <= 0 || height <= 0:
		return broken(file, "it has no pixels"), true
	case width > MaxSide || height > MaxSide || width*height > MaxPixels:
		return diag.Errorf(diag.Pos{File: file}, "picture-size", "save it smaller: 2,000 pixels are wide enough",
			"the picture `%s` has %d × %d pixels; the most that can be read are %d million, and no more than 30,000 on a side", path.Base(file), width, height, MaxPixels/1_000_000), true
	}
	return diag.Problem{}, false
}

// moving reports a picture that moves.
func moving(file string) diag.Problem {
	return diag.Warnf(diag.Pos{File: file}, "picture-moves", "publish a video, which readers can stop, or a still picture",
		"the picture `%s` moves; only its first frame is shown, because nobody could stop it (WCAG 2.2.2)", path.Base(file))
}

// cause says in plain words what is wrong with a picture.
func cause(err error) string {
	switch {
	case errors.Is(err, image.ErrFormat):
		return "it is in another format than its name says"
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return "its end is missing"
	}
	return "its file is damaged (" + err.Error() + ")"
}
