package content

import (
	"bufio"
	"encoding/binary"
	"io"
)

// Orientation says how a picture is stored: what has to be done to it so that
// it is upright. The numbers are those of the tag Orientation of Exif (JEITA
// CP-3451, section 4.6.4).
type Orientation uint8

// Upright needs nothing to be done. The others are, in this order: mirrored
// from left to right, turned by 180°, mirrored from top to bottom, mirrored
// along the diagonal from top left, to be turned clockwise, mirrored along the
// other diagonal, and to be turned counter-clockwise.
const Upright Orientation = 1

// Swaps reports whether width and height change places.
func (o Orientation) Swaps() bool { return o >= 5 }

// The markers of JPEG that matter here (ITU-T T.81, table B.1).
const (
	markerSOI  = 0xd8
	markerSOS  = 0xda
	markerEOI  = 0xd9
	markerAPP1 = 0xe1
)

// exifName begins the part of a JPEG that holds Exif.
const exifName = "Exif\x00\x00"

// jpegOrientation finds the orientation in the segments before the pixels.
func jpegOrientation(r *bufio.Reader) Orientation {
	var head [4]byte
	if _, err := io.ReadFull(r, head[:2]); err != nil || head[0] != 0xff || head[1] != markerSOI {
		return Upright
	}
	for {
		if _, err := io.ReadFull(r, head[:]); err != nil || head[0] != 0xff {
			return Upright
		}
		for head[1] == 0xff { // fill bytes
			copy(head[1:], head[2:])
			b, err := r.ReadByte()
			if err != nil {
				return Upright
			}
			head[3] = b
		}
		length := int(binary.BigEndian.Uint16(head[2:])) - 2
		if length < 0 || head[1] == markerSOS || head[1] == markerEOI {
			return Upright
		}
		if head[1] != markerAPP1 {
			if _, err := r.Discard(length); err != nil {
				return Upright
			}
			continue
		}
		segment := make([]byte, length)
		if _, err := io.ReadFull(r, segment); err != nil {
			return Upright
		}
		if len(segment) > len(exifName) && string(segment[:len(exifName)]) == exifName {
			return exifOrientation(segment[len(exifName):])
		}
	}
}

// tagOrientation is the number of the tag in Exif, and typeShort that of the
// type of its value.
const (
	tagOrientation = 0x0112
	typeShort      = 3
)

// exifOrientation reads the orientation in the first directory of Exif data.
// Data that is damaged says nothing.
func exifOrientation(data []byte) Orientation {
	x, ok := ReadExif(data)
	if !ok {
		return Upright
	}
	field, ok := x.Tag(x.First(), tagOrientation)
	if !ok {
		return Upright
	}
	value := x.Order.Uint16(field[8:])
	if x.Order.Uint16(field[2:]) != typeShort || x.Order.Uint32(field[4:]) != 1 || value < 1 || value > 8 {
		return Upright
	}
	return Orientation(value)
}

// maxExif is the most, in bytes, that is read of a chunk with Exif.
const maxExif = 1 << 20

// pngNotes tells how a PNG is stored, and whether it is an animated one, by
// the chunks before the pixels (PNG, third edition, sections 11.3.2.4 and
// 11.3.3.2).
func pngNotes(r *bufio.Reader) (o Orientation, animated bool) {
	o = Upright
	if _, err := r.Discard(8); err != nil {
		return o, false
	}
	for {
		var head [8]byte
		if _, err := io.ReadFull(r, head[:]); err != nil {
			return o, animated
		}
		length := binary.BigEndian.Uint32(head[:])
		name := string(head[4:])
		switch {
		case name == "IDAT":
			return o, animated
		case name == "acTL":
			animated = true
		case name == "eXIf" && length <= maxExif:
			data := make([]byte, length)
			if _, err := io.ReadFull(r, data); err != nil {
				return o, animated
			}
			o, length = exifOrientation(data), 0
		}
		if _, err := io.CopyN(io.Discard, r, int64(length)+4); err != nil {
			return o, animated
		}
	}
}

// The blocks of GIF (GIF89a, sections 20, 23 and 27).
const (
	gifImage     = 0x2c
	gifExtension = 0x21
)

// gifMoves reports whether a GIF has more than one frame.
func gifMoves(r *bufio.Reader) bool {
	var head [13]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return false
	}
	table := func(flags byte) error {
		if flags&0x80 == 0 {
			return nil
		}
		_, err := r.Discard(3 << (flags&7 + 1))
		return err
	}
	blocks := func() error {
		for {
			n, err := r.ReadByte()
			if err != nil || n == 0 {
				return err
			}
			if _, err := r.Discard(int(n)); err != nil {
				return err
			}
		}
	}
	if table(head[10]) != nil {
		return false
	}
	for frames := 0; ; {
		kind, err := r.ReadByte()
		if err != nil {
			return false
		}
		switch kind {
		case gifExtension:
			_, err = r.ReadByte()
		case gifImage:
			if frames++; frames > 1 {
				return true
			}
			var place [9]byte
			if _, err = io.ReadFull(r, place[:]); err == nil {
				err = table(place[8])
			}
			if err == nil {
				_, err = r.ReadByte() // the size of codes
			}
		default:
			return false
		}
		if err != nil || blocks() != nil {
			return false
		}
	}
}
