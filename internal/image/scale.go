package image

import (
	"math"

	"bulletin/internal/content"
)

// light is a picture in linear light, as which it has to be scaled so that
// fine patterns keep their brightness. It has three samples for each pixel, or
// four with alpha, which is multiplied into the colours; 65,535 is full light.
//
// All arithmetic is in whole numbers, so that the same picture gives the same
// bytes on every machine.
type light struct {
	width, height int
	channels      int
	samples       []uint16
	// few are the colours of the picture if it has few; see [countColours].
	few []uint32

	orientation content.Orientation
	gray        bool
}

// full is a sample of full light, and unit a weight of one.
const (
	full = 65535
	unit = 1 << 14
)

// row gives the samples of a row.
func (l *light) row(y int) []uint16 {
	n := l.width * l.channels
	return l.samples[y*n : (y+1)*n]
}

// scaled gives the picture in a size, which is that of the upright picture.
func (p *picture) scaled(width, height int) *light {
	width, height = p.upright(width, height)
	bounds := p.image.Bounds()
	l := &light{width: bounds.Dx(), height: bounds.Dy(), channels: 4, orientation: p.orientation, gray: p.gray}
	if p.opaque {
		l.channels = 3
	}
	rows, count := p.rows(), colourCount{}
	linear := make([]uint16, l.width*l.channels)
	out := resample(l, width, height, func(y int) []uint16 {
		row := rows(y)
		count.add(row)
		p.colours.linear(linear, row, l.channels)
		return linear
	})
	p.colours.convert(out)
	if p.colours.standard() {
		out.few = count.colours()
	}
	return out
}

// resized gives the picture in another size.
func (l *light) resized(width, height int) *light {
	if width == l.width && height == l.height {
		return l
	}
	return resample(l, width, height, l.row)
}

// resample scales a picture with the filter of Catmull and Rom. Of the picture
// only its description is used: row gives its rows, each of which is asked for
// once, in order, so that a large picture need not be in memory in linear
// light.
func resample(from *light, width, height int, row func(y int) []uint16) *light {
	n := from.channels
	to := *from
	to.width, to.height, to.samples = width, height, make([]uint16, width*height*n)
	across, down := taps(from.width, width), taps(from.height, height)
	most := 0
	for _, t := range down {
		most = max(most, len(t.weights))
	}
	// ring holds those rows, scaled across, that the next ones need.
	ring := make([][]uint16, most)
	for i := range ring {
		ring[i] = make([]uint16, width*n)
	}
	sums := make([]int32, width*n)
	read := 0
	for y, t := range down {
		for ; read < t.first+len(t.weights); read++ {
			scaleAcross(ring[read%most], row(read), across, n)
		}
		clear(sums)
		for i, weight := range t.weights {
			source := ring[(t.first+i)%most]
			for x, s := range source[:len(sums)] {
				sums[x] += weight * int32(s)
			}
		}
		scaled := to.row(y)
		for x := range scaled {
			scaled[x] = sample(sums[x])
		}
	}
	return &to
}

// scaleAcross scales a row.
func scaleAcross(to, from []uint16, across []tap, channels int) {
	if channels == 3 {
		for x, t := range across {
			var r, g, b int32
			at := 3 * t.first
			for _, w := range t.weights {
				s := from[at : at+3 : at+3]
				r += w * int32(s[0])
				g += w * int32(s[1])
				b += w * int32(s[2])
				at += 3
			}
			d := to[3*x : 3*x+3 : 3*x+3]
			d[0], d[1], d[2] = sample(r), sample(g), sample(b)
		}
		return
	}
	for x, t := range across {
		var r, g, b, a int32
		at := 4 * t.first
		for _, w := range t.weights {
			s := from[at : at+4 : at+4]
			r += w * int32(s[0])
			g += w * int32(s[1])
			b += w * int32(s[2])
			a += w * int32(s[3])
			at += 4
		}
		d := to[4*x : 4*x+4 : 4*x+4]
		d[0], d[1], d[2], d[3] = sample(r), sample(g), sample(b), sample(a)
	}
}

// sample gives a weighted sum as a sample.
func sample(sum int32) uint16 {
	return uint16(min(max((sum+unit/2)>>14, 0), full))
}

// tap says what one sample is made from: those from first on, by their
// weights, which add up to unit. The filter's weights are at most 1.3 units in
// absolute numbers, so that sums fit 32 bits.
type tap struct {
	first   int
	weights []int32
}

// taps gives the taps that scale from one length to another.
func taps(from, to int) []tap {
	list := make([]tap, to)
	if from == to {
		for i := range list {
			list[i] = tap{i, []int32{unit}}
		}
		return list
	}
	ratio := float64(from) / float64(to)
	spread := math.Max(ratio, 1)
	const support = 2
	for i := range list {
		// Conversions keep machines from fusing operations, which would round
		// differently.
		centre := float64((float64(i)+0.5)*ratio) - 0.5
		first := max(0, int(math.Ceil(centre-float64(support*spread))))
		last := min(from-1, int(math.Floor(centre+float64(support*spread))))
		weights := make([]float64, last-first+1)
		sum := 0.0
		for j := range weights {
			weights[j] = catmullRom(math.Abs(float64(first+j)-centre) / spread)
			sum += weights[j]
		}
		list[i] = tap{first, rounded(weights, sum)}
	}
	return list
}

// rounded gives weights in whole numbers that add up to unit; what is missing
// goes to the heaviest.
func rounded(weights []float64, sum float64) []int32 {
	list := make([]int32, len(weights))
	left, heaviest := int32(unit), 0
	for i, w := range weights {
		list[i] = int32(math.Round(w / sum * unit))
		left -= list[i]
		if list[i] > list[heaviest] {
			heaviest = i
		}
	}
	list[heaviest] += left
	return list
}

// catmullRom is the cubic of Catmull and Rom (B = 0, C = 1/2 in Mitchell and
// Netravali's family) at a distance from its centre.
func catmullRom(x float64) float64 {
	x2 := float64(x * x)
	x3 := float64(x2 * x)
	switch {
	case x < 1:
		return float64(1.5*x3) - float64(2.5*x2) + 1
	case x < 2:
		return float64(-0.5*x3) + float64(2.5*x2) - float64(4*x) + 2
	}
	return 0
}
