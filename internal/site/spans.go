package site

import (
	"slices"
	"time"
)

// spans are things that last for a time. They are kept in a tree, so that
// those of a few weeks are found among those of many years.
type spans[T any] struct {
	all []span[T] // by start
	// latest[i] is when the last of those below node i is over; the nodes are
	// the middles of ever smaller parts of all.
	latest []time.Time
}

// span lasts from start until over.
type span[T any] struct {
	start, over time.Time
	of          T
}

func newSpans[T any](all []span[T]) *spans[T] {
	slices.SortStableFunc(all, func(a, b span[T]) int { return a.start.Compare(b.start) })
	s := &spans[T]{all: all, latest: make([]time.Time, len(all))}
	s.build(0, len(all))
	return s
}

func (s *spans[T]) build(from, to int) (latest time.Time) {
	if from == to {
		return latest
	}
	middle := (from + to) / 2
	latest = s.all[middle].over
	for _, part := range []time.Time{s.build(from, middle), s.build(middle+1, to)} {
		if part.After(latest) {
			latest = part
		}
	}
	s.latest[middle] = latest
	return latest
}

// between gives those that start before until and are over after at, in the
// order of their starts.
func (s *spans[T]) between(at, until time.Time) []T {
	var found []T
	var visit func(from, to int)
	visit = func(from, to int) {
		middle := (from + to) / 2
		if from == to || !s.latest[middle].After(at) {
			return
		}
		visit(from, middle)
		if one := s.all[middle]; one.start.Before(until) {
			if one.over.After(at) {
				found = append(found, one.of)
			}
			visit(middle+1, to)
		}
	}
	visit(0, len(s.all))
	return found
}
