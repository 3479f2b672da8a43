package content

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"io"
	"path"

	"bulletin/internal/diag"
)

// isWebP reports whether a file begins as one of WebP (RFC 9649 section 2.4).
func isWebP(start []byte) bool {
	return len(start) >= 16 && string(start[:4]) == "RIFF" && string(start[8:12]) == "WEBP"
}

// The flags of the extended format (RFC 9649 section 2.7).
const (
	webpAnimated = 0x02
	webpExif     = 0x08
	webpAlpha    = 0x10
)

// readWebP reads the beginning of a WebP file, and its Exif, which comes last.
func readWebP(file string, r *bufio.Reader) (*Picture, diag.List) {
	p := &Picture{Format: WebP, Orientation: Upright}
	var head [8]byte
	var flags byte
	extended := false
	if _, err := r.Discard(12); err != nil {
		return nil, diag.List{broken(file, cause(err))}
	}
	for {
		if _, err := io.ReadFull(r, head[:]); err != nil {
			break
		}
		length := int64(binary.LittleEndian.Uint32(head[4:]))
		start, _ := r.Peek(int(min(10, length)))
		switch name := string(head[:4]); {
		case name == "VP8X" && len(start) == 10:
			extended, flags = true, start[0]
		case name == "VP8 " && len(start) == 10 && string(start[3:6]) == "\x9d\x01\x2a":
			p.Width, p.Height = int(binary.LittleEndian.Uint16(start[6:]))&0x3fff, int(binary.LittleEndian.Uint16(start[8:]))&0x3fff
			p.Photo = flags&webpAlpha == 0
		case name == "VP8L" && len(start) >= 5 && start[0] == 0x2f:
			bits := binary.LittleEndian.Uint32(start[1:])
			p.Width, p.Height = int(bits&0x3fff)+1, int(bits>>14&0x3fff)+1
		case name == "EXIF" && length <= maxExif:
			data := make([]byte, length)
			if _, err := io.ReadFull(r, data); err == nil {
				p.Orientation = exifOrientation(bytes.TrimPrefix(data, []byte(exifName)))
			}
			length &= 1
		}
		if flags&webpAnimated != 0 {
			return nil, diag.List{diag.Errorf(diag.Pos{File: file}, "picture-moves", "publish a video, which readers can stop, or save one frame as JPEG or PNG",
				"the picture `%s` moves, and nobody could stop it (WCAG 2.2.2)", path.Base(file))}
		}
		if p.Width > 0 && (!extended || flags&webpExif == 0 || p.Orientation != Upright) {
			break
		}
		if _, err := io.CopyN(io.Discard, r, length+length&1); err != nil {
			break
		}
	}
	if problem, ok := tooLarge(file, p.Width, p.Height); ok {
		return nil, diag.List{problem}
	}
	if p.Orientation.Swaps() {
		p.Width, p.Height = p.Height, p.Width
	}
	return p, nil
}
