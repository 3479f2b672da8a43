package check

import (
	"bytes"
	"encoding/binary"
	"strings"

	"bulletin/internal/config"
	"bulletin/internal/content"
	"bulletin/internal/diag"
)

var picturePlace = &Rule{
	Name: "picture-place",
	Protects: "A telephone notes in a picture where it was taken: a home, a school, a refuge. What is published is a copy without such notes, " +
		"but the file itself goes wherever your folder goes.",
	Law:    "UK GDPR, Article 5(1)(c)",
	Level:  config.LevelWarning,
	Fires:  "-- content/images/garden.jpg --\n" + placeNotes + "\n-- content/about.md --\n---\ntitle: About\n---\n![Children in a garden](images/garden.jpg)\n",
	Passes: "-- content/images/garden.jpg --\nno notes\n-- content/about.md --\n---\ntitle: About\n---\n![Children in a garden](images/garden.jpg)\n",
	Cure:   "Save it again without its place: “Remove properties and personal information” in Windows, “Adjust location” in Photos on a Mac.",
	Site: func(w *Whole) {
		const (
			head = 1 << 20  // bytes; JPEG and PNG begin with their notes
			most = 16 << 20 // bytes; WebP ends with them
		)
		for _, f := range w.Files {
			if !content.IsPicture(f.File) || strings.HasSuffix(strings.ToLower(f.File), ".svg") {
				continue
			}
			limit := int64(head)
			if strings.HasSuffix(strings.ToLower(f.File), ".webp") {
				limit = most
			}
			if tellsPlace(w.read(f.File, limit)) {
				w.Report(diag.Pos{File: f.File}, "", "this picture notes where it was taken")
			}
		}
	},
}

// placeNotes are the notes of a picture, as XMP writes them.
const placeNotes = `<rdf:Description exif:GPSLatitude="52,35.1N" exif:GPSLongitude="1,58.9W"/>`

// exifMarks are what comes right before Exif data in JPEG, and with four bytes
// between in PNG and WebP.
var exifMarks = []struct {
	mark []byte
	skip int
}{{[]byte("Exif\x00\x00"), 0}, {[]byte("eXIf"), 0}, {[]byte("EXIF"), 4}}

// tellsPlace reports whether a picture's file has a latitude in its Exif
// (CIPA DC-008, section 4.6.6) or in its XMP.
func tellsPlace(data []byte) bool {
	if bytes.Contains(data, []byte("exif:GPSLatitude=")) || bytes.Contains(data, []byte("<exif:GPSLatitude>")) {
		return true
	}
	for _, m := range exifMarks {
		rest := data
		for {
			at := bytes.Index(rest, m.mark)
			if at < 0 {
				break
			}
			rest = rest[at+len(m.mark):]
			if len(rest) > m.skip && exifHasPlace(rest[m.skip:]) {
				return true
			}
		}
	}
	return false
}

// The tags of Exif that lead to a place.
const (
	tagGPS      = 0x8825
	tagLatitude = 2
)

// exifHasPlace reports whether Exif data, which is laid out as TIFF 6.0 is, has
// a latitude that is not zero. Data that is damaged says nothing.
func exifHasPlace(data []byte) bool {
	if len(data) < 8 {
		return false
	}
	var order binary.ByteOrder = binary.LittleEndian
	switch string(data[:4]) {
	case "II*\x00":
	case "MM\x00*":
		order = binary.BigEndian
	default:
		return false
	}
	at, ok := tagValue(data, order, order.Uint32(data[4:]), tagGPS)
	if !ok {
		return false
	}
	at, ok = tagValue(data, order, at, tagLatitude)
	const three = 3 * 8 // degrees, minutes and seconds, each a fraction
	if !ok || uint64(at)+three > uint64(len(data)) {
		return false
	}
	for i := uint32(0); i < three; i += 8 {
		if order.Uint32(data[at+i:]) != 0 {
			return true
		}
	}
	return false
}

// tagValue gives the value of a tag in the directory at an offset.
func tagValue(data []byte, order binary.ByteOrder, offset uint32, tag uint16) (uint32, bool) {
	at, size := uint64(offset), uint64(len(data))
	if at+2 > size {
		return 0, false
	}
	count := uint64(order.Uint16(data[at:]))
	for i := range count {
		entry := at + 2 + 12*i
		if entry+12 > size {
			return 0, false
		}
		if order.Uint16(data[entry:]) == tag {
			return order.Uint32(data[entry+8:]), true
		}
	}
	return 0, false
}
