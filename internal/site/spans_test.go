package site

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// TestSpansBetweenAreThoseThatTouch compares the tree with looking at every
// span.
func TestSpansBetweenAreThoseThatTouch(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 5))
	day := func(n int) time.Time { return time.Unix(int64(n)*86400, 0) }
	for n := range 40 {
		var all []span[int]
		for i := range n {
			start := r.IntN(60)
			all = append(all, span[int]{day(start), day(start + r.IntN(20)*r.IntN(2)), i})
		}
		tree := newSpans(slices.Clone(all))
		for range 50 {
			at, until := day(r.IntN(70)), day(r.IntN(70))
			var want []int
			for _, s := range all {
				if s.start.Before(until) && s.over.After(at) {
					want = append(want, s.of)
				}
			}
			got := tree.between(at, until)
			slices.Sort(got)
			if !slices.Equal(got, want) {
				t.Fatalf("of %d, from %v to %v: %v, want %v", n, at, until, got, want)
			}
		}
	}
}
