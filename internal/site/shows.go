package site

import "slices"

// Shows reports whether the page of an entry names another one, by its title at
// least, other than in what an issue lists by itself.
func (s *Site) Shows(e, other *Entry) bool {
	for _, neighbour := range []*Entry{e.Newer, e.Older, e.SeriesNewer, e.SeriesOlder, e.AboutEvent} {
		if neighbour == other {
			return true
		}
	}
	return slices.Contains(e.Related, other) || slices.Contains(e.Translations, other) || slices.Contains(e.Reports, other) || s.Embeds(e, other)
}

// Embeds reports whether a text of an entry shows another one as a card.
func (s *Site) Embeds(e, other *Entry) bool {
	for _, doc := range docs(e.Entry) {
		for _, l := range doc.Links {
			if l.Card && s.Resolve(e.File, l.Dest).Entry == other {
				return true
			}
		}
	}
	return false
}

// InNavigation reports whether the main menu leads to the entry.
func (s *Site) InNavigation(e *Entry) bool {
	return slices.ContainsFunc(s.Navigation, func(n NavItem) bool { return n.Address == e.Address })
}

// Lists reports whether an issue lists an entry by itself.
func (i Issue) Lists(e *Entry) bool {
	return slices.Contains(i.New, e) || slices.Contains(i.Promises, e) ||
		slices.ContainsFunc(i.Events, func(other *Entry) bool { return other.File == e.File }) ||
		slices.ContainsFunc(i.Deadlines, func(d Deadline) bool { return d.Entry == e })
}
