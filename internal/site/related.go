package site

import (
	"cmp"
	"slices"

	"bulletin/internal/content"
)

const (
	// relatedLimit is how many related entries a page shows.
	relatedLimit = 3
	// relatedWindow is how many of a term's newest entries are looked at, so
	// that the work grows with the number of entries and not with its square.
	relatedWindow = 40
	// rare is the weight of a term that no other entry has.
	rare = 1 << 20
)

// relate finds for each entry those that share the most terms with it. A
// shared term weighs the more the fewer entries have it; among equals the
// newest comes first.
func (s *Site) relate() {
	scores := map[*Entry]int{}
	var candidates []*Entry
	for _, e := range s.Entries {
		if e.Kind == content.KindPage || !e.Listed {
			continue
		}
		clear(scores)
		candidates = candidates[:0]
		for _, t := range Taxonomies {
			for _, term := range e.Terms[t] {
				weight := rare / max(term.direct, 1)
				for _, other := range term.Entries[:min(len(term.Entries), relatedWindow)] {
					if other == e || other.Kind == content.KindPage || other.Kind == content.KindNewsletter || slices.Contains(e.Translations, other) || !slices.Contains(other.Terms[t], term) {
						continue
					}
					if _, seen := scores[other]; !seen {
						candidates = append(candidates, other)
					}
					scores[other] += weight
				}
			}
		}
		e.Related = best(candidates, scores)
	}
}

// best gives the candidates with the highest scores, without sorting them all.
func best(candidates []*Entry, scores map[*Entry]int) []*Entry {
	top := make([]*Entry, 0, relatedLimit+1)
	better := func(a, b *Entry) int { return cmp.Or(cmp.Compare(scores[b], scores[a]), newestFirst(a, b)) }
	for _, c := range candidates {
		if len(top) == relatedLimit && better(c, top[relatedLimit-1]) > 0 {
			continue
		}
		at, _ := slices.BinarySearchFunc(top, c, better)
		top = slices.Insert(top, at, c)
		top = top[:min(len(top), relatedLimit)]
	}
	return top
}
