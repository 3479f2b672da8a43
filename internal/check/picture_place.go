package check

import (
	"bytes"
	"slices"
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

// exifHasPlace reports whether Exif data has a latitude that is not zero. Data
// that is damaged says nothing.
func exifHasPlace(data []byte) bool {
	x, ok := content.ReadExif(data)
	if !ok {
		return false
	}
	directory, ok := x.Tag(x.First(), tagGPS)
	if !ok {
		return false
	}
	latitude, ok := x.Tag(x.Order.Uint32(directory[8:]), tagLatitude)
	if !ok {
		return false
	}
	const three = 3 * 8 // degrees, minutes and seconds, each a fraction
	fractions, ok := x.Bytes(x.Order.Uint32(latitude[8:]), three)
	if !ok {
		return false
	}
	for numerator := range slices.Chunk(fractions, 8) {
		if x.Order.Uint32(numerator) != 0 {
			return true
		}
	}
	return false
}
