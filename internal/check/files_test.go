package check_test

import (
	"archive/zip"
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"testing"
)

const pageOf = "---\ntitle: About\n---\n[The plan](plan%s)\n"

// withFile makes a site with a page that links to a file of some kind.
func withFile(kind, data string) map[string]string {
	return map[string]string{
		"content/site.yaml":             settings + "publisher: {name: Meera Publishing House}\n",
		"content/registers/people.yaml": "- name: Priya Nair\n",
		"content/about.md":              fmt.Sprintf(pageOf, kind),
		"content/plan" + kind:           data,
	}
}

// zipped makes an archive with one file.
func zipped(name, text string) string {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	f, err := w.Create(name)
	if err == nil {
		_, err = f.Write([]byte(text))
	}
	if err != nil || w.Close() != nil {
		panic("an archive in memory can be written")
	}
	return b.String()
}

// compressed makes a stream of objects of a PDF.
func compressed(text string) string {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	_, _ = w.Write([]byte(text)) // into memory
	_ = w.Close()
	return "%PDF-1.5\n1 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode >>\nstream\n" + b.String() + "\nendstream\nendobj\n"
}

const core = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties xmlns:cp="a" xmlns:dc="b"><dc:creator>%s</dc:creator><cp:lastModifiedBy>%s</cp:lastModifiedBy></cp:coreProperties>`

// documentCases are documents, and the author that is found in each.
var documentCases = []struct{ name, kind, data, want string }{
	{"a string", ".pdf", "%PDF-1.7\n<< /Author (Meera Chaudhry) >>", "Meera Chaudhry"},
	{"a string with escapes", ".pdf", "%PDF-1.7\n<< /Author (Zo\\353 O'Neill) >>", "Zoë O'Neill"},
	{"sixteen bits in hexadecimal", ".PDF", "%PDF-1.7\n<< /Author <FEFF004D0065006500720061 0020004E006F0077> >>", "Meera Now"},
	{"a reference", ".pdf", "%PDF-1.7\n<< /Author 12 0 R >>\n12 0 obj\n(Chaudhry, Meera)\nendobj", "Chaudhry, Meera"},
	{"a reference to nothing", ".pdf", "%PDF-1.7\n<< /Author 12 0 R >>", ""},
	{"XMP", ".pdf", "<dc:creator><rdf:Seq><rdf:li>Meera Chaudhry</rdf:li></rdf:Seq></dc:creator>", "Meera Chaudhry"},
	{"a compressed stream", ".pdf", compressed("12 0 << /Author (Meera Chaudhry) >>"), "Meera Chaudhry"},
	{"a compressed stream that is cut", ".pdf", compressed("12 0 << /Author (Meera Chaudhry) >>")[:90], ""},
	{"a body", ".pdf", "<< /Author (Walsall Council) >>", ""},
	{"a program", ".pdf", "<< /Author (Microsoft Office User) >>", ""},
	{"a log-in name", ".pdf", "<< /Author (mchaudhry) >>", ""},
	{"somebody of the register", ".pdf", "<< /Author (Priya Nair) >>", ""},
	{"the publisher", ".pdf", "<< /Author (Meera Publishing House) >>", ""},
	{"Office", ".docx", zipped("docProps/core.xml", fmt.Sprintf(core, "Walsall Council", "Meera Chaudhry")), "Meera Chaudhry"},
	{"Office without names", ".xlsx", zipped("docProps/core.xml", fmt.Sprintf(core, "", "")), ""},
	{"OpenDocument", ".odt", zipped("meta.xml", `<meta:initial-creator xmlns:meta="a">Meera Chaudhry</meta:initial-creator>`), "Meera Chaudhry"},
	{"no archive", ".pptx", "PK\x03\x04", ""},
	{"a text of that name", ".txt", "/Author (Meera Chaudhry)", ""},
}

func TestTheAuthorsOfDocumentsAreFound(t *testing.T) {
	for _, c := range documentCases {
		found := of(look(t, withFile(c.kind, c.data), nil), "document-author")
		want := "this document names a person as its author: " + c.want
		switch {
		case c.want == "" && len(found) > 0:
			t.Errorf("%s: the findings are %v", c.name, found)
		case c.want != "" && (len(found) != 1 || found[0].Text != want || found[0].File != "content/plan"+c.kind):
			t.Errorf("%s: the findings are %v; want %q", c.name, found, want)
		}
	}
}

// gps makes Exif data with a latitude of some degrees.
func gps(order binary.AppendByteOrder, degrees uint32) string {
	b := []byte("II*\x00")
	if order == binary.AppendByteOrder(binary.BigEndian) {
		b = []byte("MM\x00*")
	}
	entry := func(tag, kind uint16, count, value uint32) {
		b = order.AppendUint16(order.AppendUint16(b, tag), kind)
		b = order.AppendUint32(order.AppendUint32(b, count), value)
	}
	b = order.AppendUint16(order.AppendUint32(b, 8), 1)
	entry(0x8825, 4, 1, 26)
	b = order.AppendUint16(order.AppendUint32(b, 0), 1)
	entry(2, 5, 3, 44)
	b = order.AppendUint32(b, 0)
	for _, n := range []uint32{degrees, 1, 0, 1, 0, 1} {
		b = order.AppendUint32(b, n)
	}
	return string(b)
}

func TestPicturesThatTellTheirPlaceAreFound(t *testing.T) {
	for _, c := range []struct {
		name, kind, data string
		want             int
	}{
		{"a telephone’s", ".jpg", "\xff\xd8\xff\xe1\x00\x60Exif\x00\x00" + gps(binary.BigEndian, 52), 1},
		{"a camera’s", ".JPEG", "\xff\xd8\xff\xe1\x00\x60Exif\x00\x00" + gps(binary.LittleEndian, 52), 1},
		{"a PNG", ".png", "\x89PNG\r\n\x1a\n\x00\x00\x00\x44eXIf" + gps(binary.BigEndian, 52), 1},
		{"a WebP", ".webp", "RIFF\x00\x00\x00\x00WEBPEXIF\x44\x00\x00\x00" + gps(binary.LittleEndian, 52), 1},
		{"a place that was taken out", ".jpg", "Exif\x00\x00" + gps(binary.BigEndian, 0), 0},
		{"notes that are cut", ".jpg", "Exif\x00\x00" + gps(binary.BigEndian, 52)[:40], 0},
		{"no notes", ".jpg", "\xff\xd8\xff\xd9", 0},
		{"a drawing", ".svg", "<svg><desc>exif:GPSLatitude=</desc></svg>", 0},
	} {
		if found := of(look(t, withFile(c.kind, c.data), nil), "picture-place"); len(found) != c.want {
			t.Errorf("%s: the findings are %v", c.name, found)
		}
	}
}

// FuzzFiles holds that no file stops a check.
func FuzzFiles(f *testing.F) {
	for _, c := range documentCases {
		f.Add(c.data)
	}
	f.Add("Exif\x00\x00" + gps(binary.BigEndian, 52))
	f.Add("EXIF\x44\x00\x00\x00" + gps(binary.LittleEndian, 52))
	f.Fuzz(func(t *testing.T, data string) {
		for _, kind := range []string{".pdf", ".docx", ".odt", ".jpg", ".png", ".webp"} {
			look(t, withFile(kind, data), nil)
		}
	})
}
