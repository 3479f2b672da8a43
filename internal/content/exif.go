package content

import "encoding/binary"

// Exif is what a camera noted in a picture (CIPA DC-008). It is laid out as
// TIFF 6.0 is: directories of tags, which are found by their offset.
type Exif struct {
	// Order is that of the bytes of its numbers.
	Order binary.ByteOrder
	data  []byte
}

// ReadExif reads the beginning of Exif data; false if it is none.
func ReadExif(data []byte) (Exif, bool) {
	if len(data) < 8 {
		return Exif{}, false
	}
	switch string(data[:4]) {
	case "II*\x00":
		return Exif{binary.LittleEndian, data}, true
	case "MM\x00*":
		return Exif{binary.BigEndian, data}, true
	}
	return Exif{}, false
}

// First gives the offset of the first directory.
func (x Exif) First() uint32 { return x.Order.Uint32(x.data[4:]) }

// Tag gives the twelve bytes of a tag in the directory at an offset: tag, type,
// count and value, or the offset of the value. It is false if the tag is not
// there or the data is damaged.
func (x Exif) Tag(directory uint32, tag uint16) ([]byte, bool) {
	at, size := uint64(directory), uint64(len(x.data))
	if at+2 > size {
		return nil, false
	}
	count := uint64(x.Order.Uint16(x.data[at:]))
	for i := range count {
		entry := at + 2 + 12*i
		if entry+12 > size {
			return nil, false
		}
		if x.Order.Uint16(x.data[entry:]) == tag {
			return x.data[entry : entry+12], true
		}
	}
	return nil, false
}

// Bytes gives n bytes of the data from an offset; false if there are not as
// many.
func (x Exif) Bytes(offset uint32, n int) ([]byte, bool) {
	if uint64(offset)+uint64(n) > uint64(len(x.data)) {
		return nil, false
	}
	return x.data[offset : int(offset)+n], true
}
