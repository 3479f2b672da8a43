package check

import (
	"bytes"
	"compress/zlib"
	"encoding/hex"
	"html"
	"io"
	"regexp"
	"strings"
	"unicode/utf16"
)

var (
	// pdfAuthor is the entry of the information dictionary (ISO 32000-1, 14.3.3):
	// a string, a string in hexadecimal, or a reference to one.
	pdfAuthor = regexp.MustCompile(`/Author\s*(?:\(((?:[^()\\]|\\(?s:.))*)\)|<([0-9A-Fa-f\s]*)>|(\d{1,7}) \d{1,5} R)`)
	// xmpCreator is the same in XMP metadata (ISO 16684-1, 8.3).
	xmpCreator = regexp.MustCompile(`<dc:creator>\s*<rdf:(?:Seq|Bag)>\s*<rdf:li[^>]*>([^<]+)</rdf:li>`)
	pdfString  = regexp.MustCompile(`^\s*(?:\(((?:[^()\\]|\\(?s:.))*)\)|<([0-9A-Fa-f\s]*)>)`)
	// objectStream is a stream of several objects, which is compressed.
	objectStream = regexp.MustCompile(`/ObjStm\b[^>]*>>\s*stream\r?\n`)
)

// pdfAuthors gives the authors that a PDF names, the last version of the
// document first. What is damaged or encrypted names none.
func pdfAuthors(data []byte) []string {
	const (
		most   = 20      // of the names in a part, and of the streams
		opened = 1 << 20 // bytes of a stream
	)
	var names []string
	parts := [][]byte{data}
	for _, at := range objectStream.FindAllIndex(data, most) {
		if z, err := zlib.NewReader(bytes.NewReader(data[at[1]:])); err == nil {
			text, _ := io.ReadAll(io.LimitReader(z, opened)) // as far as it goes
			parts = append(parts, text)
		}
	}
	for _, part := range parts {
		for _, m := range pdfAuthor.FindAllSubmatch(part, most) {
			if len(m[3]) > 0 {
				m = pdfObject(data, string(m[3]))
			}
			if m != nil {
				names = append(names, pdfText(m[1], m[2]))
			}
		}
		for _, m := range xmpCreator.FindAllSubmatch(part, most) {
			names = append(names, html.UnescapeString(string(m[1])))
		}
	}
	return names
}

// pdfObject finds the string that is an object of its own.
func pdfObject(data []byte, number string) [][]byte {
	for _, start := range []string{"\n", "\r"} {
		if _, after, ok := bytes.Cut(data, []byte(start+number+" 0 obj")); ok {
			return pdfString.FindSubmatch(after[:min(len(after), 2000)])
		}
	}
	return nil
}

// pdfText decodes a string (ISO 32000-1, 7.3.4 and 7.9.2.2), which is written
// in brackets or in hexadecimal.
func pdfText(literal, hexadecimal []byte) string {
	text := unescapePDF(literal)
	if len(hexadecimal) > 0 {
		figures := strings.Join(strings.Fields(string(hexadecimal)), "")
		text, _ = hex.DecodeString(figures[:len(figures)&^1])
	}
	if wide, ok := bytes.CutPrefix(text, []byte{0xfe, 0xff}); ok {
		units := make([]uint16, 0, len(wide)/2)
		for ; len(wide) >= 2; wide = wide[2:] {
			units = append(units, uint16(wide[0])<<8|uint16(wide[1]))
		}
		return string(utf16.Decode(units))
	}
	if utf8Text, ok := bytes.CutPrefix(text, []byte{0xef, 0xbb, 0xbf}); ok {
		return string(utf8Text)
	}
	runes := make([]rune, len(text)) // PDFDocEncoding is Latin 1 for letters
	for i, c := range text {
		runes[i] = rune(c)
	}
	return string(runes)
}

// unescapePDF resolves the escapes of a string in brackets.
func unescapePDF(raw []byte) []byte {
	var text []byte
	for i := 0; i < len(raw); i++ {
		if raw[i] != '\\' || i+1 == len(raw) {
			text = append(text, raw[i])
			continue
		}
		i++
		if raw[i] < '0' || raw[i] > '7' {
			text = append(text, raw[i])
			continue
		}
		code := 0
		for n := 0; n < 3 && i < len(raw) && raw[i] >= '0' && raw[i] <= '7'; n++ {
			code = code<<3 | int(raw[i]-'0')
			i++
		}
		i--
		text = append(text, byte(code))
	}
	return text
}
