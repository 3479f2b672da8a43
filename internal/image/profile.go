package image

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"io"
	"math"

	"bulletin/internal/content"
)

// profile is what a picture's ICC profile says of its colours, as far as it is
// one for screens and cameras: a curve for each of red, green and blue, and
// which colours these are (ICC.1:2022, annex F.3). A nil profile is sRGB.
type profile struct {
	curves [3][256]uint16
	// matrix leads to the linear light of sRGB; in units of 1/4096.
	matrix [3][3]int64
}

// standard reports whether the colours are those of sRGB.
func (p *profile) standard() bool { return p == nil }

// linear turns a row of red, green, blue and alpha into linear light.
func (p *profile) linear(to []uint16, row []uint8, channels int) {
	red, green, blue := &fromSRGB, &fromSRGB, &fromSRGB
	if p != nil {
		red, green, blue = &p.curves[0], &p.curves[1], &p.curves[2]
	}
	if channels == 3 {
		for i, j := 0, 0; i+4 <= len(row); i, j = i+4, j+3 {
			to[j], to[j+1], to[j+2] = red[row[i]], green[row[i+1]], blue[row[i+2]]
		}
		return
	}
	for i := 0; i+4 <= len(row); i += 4 {
		alpha := uint32(row[i+3])
		to[i] = uint16((uint32(red[row[i]])*alpha + 127) / 255)
		to[i+1] = uint16((uint32(green[row[i+1]])*alpha + 127) / 255)
		to[i+2] = uint16((uint32(blue[row[i+2]])*alpha + 127) / 255)
		to[i+3] = uint16(alpha * 257)
	}
}

// convert turns the linear light of the profile into that of sRGB. What a
// screen of sRGB cannot show becomes the nearest that it can.
func (p *profile) convert(l *light) {
	if p == nil || l.gray {
		return
	}
	for i := 0; i < len(l.samples); i += l.channels {
		s := l.samples[i : i+3]
		r, g, b := int64(s[0]), int64(s[1]), int64(s[2])
		for c := range s {
			sum := p.matrix[c][0]*r + p.matrix[c][1]*g + p.matrix[c][2]*b
			s[c] = uint16(min(max((sum+2048)>>12, 0), full))
		}
	}
}

// maxProfile is the most, in bytes, that is read of a profile. Those of
// cameras have a few hundred or thousand.
const maxProfile = 1 << 20

// profileOf gives the profile of a picture's colours; nil if there is none, if
// it is sRGB, or if it is none of this kind.
func profileOf(data []byte, format content.Format) *profile {
	switch format {
	case content.JPEG:
		return parseProfile(jpegProfile(data))
	case content.PNG:
		return parseProfile(pngProfile(data))
	case content.WebP:
		return parseProfile(webpProfile(data))
	}
	return nil
}

// jpegProfile joins the parts of a profile in APP2 segments (ICC.1:2022, annex
// B.4), which stand in order.
func jpegProfile(data []byte) []byte {
	const name = "ICC_PROFILE\x00"
	var joined []byte
	for at := 2; at+4 <= len(data) && data[at] == 0xff && data[at+1] != 0xda; {
		if data[at+1] == 0xff {
			at++
			continue
		}
		end := at + 2 + int(binary.BigEndian.Uint16(data[at+2:]))
		if end > len(data) || end < at+4 {
			return nil
		}
		part, ok := bytes.CutPrefix(data[at+4:end], []byte(name))
		if data[at+1] == 0xe2 && ok && len(part) > 2 && len(joined)+len(part) <= maxProfile {
			joined = append(joined, part[2:]...)
		}
		at = end
	}
	return joined
}

// pngProfile unpacks the chunk iCCP (PNG, third edition, section 11.3.2.3).
func pngProfile(data []byte) []byte {
	for at := 8; at+12 <= len(data); {
		length := int64(binary.BigEndian.Uint32(data[at:]))
		end := int64(at) + 12 + length
		name := string(data[at+4 : at+8])
		if end > int64(len(data)) || name == "IDAT" {
			return nil
		}
		if name == "iCCP" {
			_, packed, _ := bytes.Cut(data[at+8:end-4], []byte{0})
			if len(packed) == 0 {
				return nil
			}
			r, err := zlib.NewReader(bytes.NewReader(packed[1:]))
			if err != nil {
				return nil
			}
			unpacked, err := io.ReadAll(io.LimitReader(r, maxProfile))
			if err != nil {
				return nil
			}
			return unpacked
		}
		at = int(end)
	}
	return nil
}

// webpProfile gives the chunk ICCP, which comes before the pixels (RFC 9649
// section 2.7.1.4).
func webpProfile(data []byte) []byte {
	for at := 12; at+8 <= len(data); {
		length := int64(binary.LittleEndian.Uint32(data[at+4:]))
		end := int64(at) + 8 + length
		if end > int64(len(data)) {
			return nil
		}
		if string(data[at:at+4]) == "ICCP" && length <= maxProfile {
			return data[at+8 : end]
		}
		at = int(end + length&1)
	}
	return nil
}

// parseProfile reads a profile that has a curve and a colour for each of red,
// green and blue.
func parseProfile(data []byte) *profile {
	if len(data) < 132 || string(data[16:20]) != "RGB " || string(data[20:24]) != "XYZ " {
		return nil
	}
	var p profile
	var colours [3][3]float64 // the columns lead to XYZ
	for c, prefix := range []string{"r", "g", "b"} {
		xyz, ok := readXYZ(tag(data, prefix+"XYZ"))
		curve, known := readCurve(tag(data, prefix+"TRC"))
		if !ok || !known {
			return nil
		}
		for i := range xyz {
			colours[i][c] = xyz[i]
		}
		p.curves[c] = curve
	}
	for i := range 3 {
		for j := range 3 {
			sum := 0.0
			for k := range 3 {
				sum += float64(xyzToSRGB[i][k] * colours[k][j])
			}
			p.matrix[i][j] = int64(math.Round(sum * 4096))
		}
	}
	if p.isSRGB() {
		return nil
	}
	return &p
}

// xyzToSRGB leads from XYZ, as profiles have it (with white as D50), to the
// linear light of sRGB.
var xyzToSRGB = [3][3]float64{
	{3.1338561, -1.6168667, -0.4906146},
	{-0.9787684, 1.9161415, 0.0334540},
	{0.0719453, -0.2289914, 1.4052427},
}

// isSRGB reports whether nothing would be seen of a conversion.
func (p *profile) isSRGB() bool {
	for i, row := range p.matrix {
		for j, v := range row {
			want := int64(0)
			if i == j {
				want = 4096
			}
			if max(v-want, want-v) > 16 {
				return false
			}
		}
	}
	for _, curve := range p.curves {
		for i, v := range curve {
			if d := int(v) - int(fromSRGB[i]); d > 200 || d < -200 {
				return false
			}
		}
	}
	return true
}

// tag gives the data of a profile's tag.
func tag(data []byte, name string) []byte {
	count := min(int(binary.BigEndian.Uint32(data[128:])), 100)
	for i := range count {
		at := 132 + 12*i
		if at < 0 || at+12 > len(data) {
			return nil
		}
		if string(data[at:at+4]) != name {
			continue
		}
		start, size := uint64(binary.BigEndian.Uint32(data[at+4:])), uint64(binary.BigEndian.Uint32(data[at+8:]))
		if start+size > uint64(len(data)) {
			return nil
		}
		return data[start : start+size]
	}
	return nil
}

// fixed16 reads a number with 16 bits after the point.
func fixed16(b []byte) float64 { return float64(int32(binary.BigEndian.Uint32(b))) / 65536 }

func readXYZ(data []byte) (xyz [3]float64, ok bool) {
	if len(data) < 20 || string(data[:4]) != "XYZ " {
		return xyz, false
	}
	for i := range xyz {
		xyz[i] = fixed16(data[8+4*i:])
	}
	return xyz, true
}

// readCurve reads a curve that is a table, a power or, of the parametric ones
// (ICC.1:2022, table 68), one of the first four.
func readCurve(data []byte) (curve [256]uint16, ok bool) {
	if len(data) < 12 {
		return curve, false
	}
	var value func(x float64) float64
	switch string(data[:4]) {
	case "curv":
		value = tableCurve(data[12:], int(binary.BigEndian.Uint32(data[8:])))
	case "para":
		value = parametric(data[12:], int(binary.BigEndian.Uint16(data[8:])))
	}
	if value == nil {
		return curve, false
	}
	for i := range curve {
		v := value(float64(i) / 255)
		if math.IsNaN(v) {
			return curve, false
		}
		curve[i] = uint16(math.Round(min(max(v, 0), 1) * full))
	}
	return curve, true
}

func tableCurve(data []byte, count int) func(float64) float64 {
	switch {
	case count < 0 || count > 65536 || len(data) < 2*count:
		return nil
	case count == 0:
		return func(x float64) float64 { return x }
	case count == 1:
		gamma := float64(binary.BigEndian.Uint16(data)) / 256
		return func(x float64) float64 { return math.Pow(x, gamma) }
	}
	return func(x float64) float64 {
		place := x * float64(count-1)
		low := min(int(place), count-2)
		a, b := float64(binary.BigEndian.Uint16(data[2*low:])), float64(binary.BigEndian.Uint16(data[2*low+2:]))
		return (a + float64((b-a)*(place-float64(low)))) / full
	}
}

func parametric(data []byte, kind int) func(float64) float64 {
	counts := []int{1, 3, 4, 5}
	if kind < 0 || kind >= len(counts) || len(data) < 4*counts[kind] {
		return nil
	}
	// g, a, b, c, d as the standard calls them.
	v := [5]float64{1: 1}
	for i := range counts[kind] {
		v[i] = fixed16(data[4*i:])
	}
	g, a, b, c, d := v[0], v[1], v[2], v[3], v[4]
	return func(x float64) float64 {
		power := math.Pow(float64(a*x)+b, g)
		switch {
		case kind == 0:
			return math.Pow(x, g)
		case kind == 3 && x < d:
			return c * x
		case kind == 3:
			return power
		case float64(a*x)+b < 0: // below -b/a
			return v[3]
		}
		return power + v[3]
	}
}
