package markdown

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

func TestAnswersAreFoundAlikeWithAnIndexAndWithout(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	pick := func(from ...string) string { return from[random.IntN(len(from))] }
	for range 1000 {
		var a Answers
		var d Doc
		for n := range random.IntN(few / 3) {
			target := Target{Href: fmt.Sprint("/", n)}
			a.Links = append(a.Links, LinkAnswer{Dest: pick("a", "b"), Text: pick("", "x", "y"), Instead: n%3 == 0, Card: fmt.Sprint(n), Target: target})
			a.Pictures = append(a.Pictures, PictureAnswer{Dest: pick("a", "b"), Picture: Picture{Src: target.Href}})
			d.own, a.Fragments = append(d.own, fmt.Sprint("id", n)), append(a.Fragments, fmt.Sprint("#", n))
		}
		plain, indexed := d.Answered(&a, nil), d.Answered(&a, nil)
		indexed.(*answered).index()
		for _, dest := range []string{"a", "b", "c"} {
			for _, text := range []string{"", "x", "y", "z"} {
				l := Link{Dest: dest, Text: text}
				card, ok := plain.Card(l)
				if wantCard, want := indexed.Card(l); card != wantCard || ok != want || plain.Link(l) != indexed.Link(l) {
					t.Fatalf("the answers to %q with the words %q differ among %+v", dest, text, a.Links)
				}
			}
			if i := (Image{Dest: dest}); plain.Image(i) != indexed.Image(i) {
				t.Fatalf("the answers to %q differ among %+v", dest, a.Pictures)
			}
		}
		for _, id := range append(d.own, "other") {
			if plain.Fragment(id) != indexed.Fragment(id) {
				t.Fatalf("the answers to %q differ among %+v", id, a.Fragments)
			}
		}
	}
}
