package feed

import (
	"fmt"
	"io"
	"strings"
	"testing"
)

// BenchmarkFormats writes 20 items with 8 kB of content each.
func BenchmarkFormats(b *testing.B) {
	c := sample()
	model := c.Items[0]
	c.Items = nil
	for i := range 20 {
		item := *model
		item.ID = fmt.Sprintf("articles/%d.md", i)
		item.Content = strings.Repeat(`<p>A paragraph with <a href="https://updates.example.org/a/?b=1&amp;c=2">a link</a>.</p>`+"\n", 92)
		c.Items = append(c.Items, &item)
	}
	for _, format := range writers {
		b.Run(format.name, func(b *testing.B) {
			b.SetBytes(int64(len(render(b, format.write, c))))
			b.ReportAllocs()
			for b.Loop() {
				if err := format.write(io.Discard, c); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
