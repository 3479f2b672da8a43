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
	c := s.candidates()
	scores := make([]int, len(c.byRank))
	var scored []int
	for _, e := range s.Entries {
		if e.Kind == content.KindPage || !e.Listed {
			continue
		}
		for _, term := range e.Terms {
			weight := max(rare/max(term.direct, 1), 1)
			for _, rank := range c.ofTerm[term] {
				if scores[rank] == 0 {
					scored = append(scored, rank)
				}
				scores[rank] += weight
			}
		}
		for _, rank := range best(scored, scores, func(rank int) bool {
			return c.byRank[rank] == e || slices.Contains(e.Translations, c.byRank[rank])
		}) {
			e.Related = append(e.Related, c.byRank[rank])
		}
		for _, rank := range scored {
			scores[rank] = 0
		}
		scored = scored[:0]
	}
}

// candidates are the entries that may be related to others, by rank: the
// newest first.
type candidates struct {
	byRank []*Entry
	ofTerm map[*Term][]int
}

// candidates takes of each term those among its newest entries that have the
// term itself, and not only a place in it.
func (s *Site) candidates() candidates {
	c := candidates{ofTerm: map[*Term][]int{}}
	of := map[*Term][]*Entry{}
	ranks := map[*Entry]int{}
	for _, t := range Taxonomies {
		for _, term := range s.Terms[t] {
			for _, e := range term.Entries[:min(len(term.Entries), relatedWindow)] {
				if e.Kind == content.KindPage || e.Kind == content.KindNewsletter || !slices.Contains(e.Terms, term) {
					continue
				}
				of[term] = append(of[term], e)
				if _, known := ranks[e]; !known {
					ranks[e] = 0
					c.byRank = append(c.byRank, e)
				}
			}
		}
	}
	slices.SortFunc(c.byRank, newestFirst)
	for rank, e := range c.byRank {
		ranks[e] = rank
	}
	for term, entries := range of {
		for _, e := range entries {
			c.ofTerm[term] = append(c.ofTerm[term], ranks[e])
		}
	}
	return c
}

// best gives the ranks with the highest scores, without sorting them all, and
// without those that are left out.
func best(ranks, scores []int, out func(rank int) bool) []int {
	top := make([]int, 0, relatedLimit+1)
	better := func(a, b int) int { return cmp.Or(cmp.Compare(scores[b], scores[a]), cmp.Compare(a, b)) }
	for _, rank := range ranks {
		if len(top) == relatedLimit && better(rank, top[relatedLimit-1]) > 0 || out(rank) {
			continue
		}
		at, _ := slices.BinarySearchFunc(top, rank, better)
		top = slices.Insert(top, at, rank)
		top = top[:min(len(top), relatedLimit)]
	}
	return top
}
