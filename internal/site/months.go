package site

import (
	"fmt"
	"slices"
	"time"
)

// Month is what takes place in one month.
type Month struct {
	// First is the first day of the month in the site's zone.
	First   time.Time
	Address string
	// Days are those on which something begins, in order.
	Days []Day
	// Undated are the events of which only the month is known.
	Undated []Happening
}

// Day is what begins on one day, in order of time.
type Day struct {
	Date       time.Time
	Happenings []Happening
}

// Happening is one occurrence of an event.
type Happening struct {
	Entry      *Entry
	Occurrence Occurrence
}

// Months gives the months in which listed events take place, the earliest
// first. Of a recurring event it knows the occurrences ahead that the event's
// page lists, or else the last one.
func (s *Site) Months() []Month {
	zone := s.Config.Location
	byMonth := map[time.Time]*Month{}
	for _, e := range slices.Concat(s.Upcoming, s.Past) {
		occurrences := e.Next
		if len(occurrences) == 0 && !e.Occurrence.Start.IsZero() {
			occurrences = []Occurrence{e.Occurrence}
		}
		for _, o := range occurrences {
			start := o.Start.In(zone)
			first := time.Date(start.Year(), start.Month(), 1, 0, 0, 0, 0, zone)
			m := byMonth[first]
			if m == nil {
				m = &Month{First: first, Address: fmt.Sprintf("/events/month/%s/", first.Format("2006-01"))}
				byMonth[first] = m
			}
			m.add(Happening{e, o}, start)
		}
	}
	months := make([]Month, 0, len(byMonth))
	for _, m := range byMonth {
		slices.SortFunc(m.Days, func(a, b Day) int { return a.Date.Compare(b.Date) })
		for _, d := range m.Days {
			slices.SortStableFunc(d.Happenings, firstHappening)
		}
		slices.SortStableFunc(m.Undated, firstHappening)
		months = append(months, *m)
	}
	slices.SortFunc(months, func(a, b Month) int { return a.First.Compare(b.First) })
	return months
}

func (m *Month) add(h Happening, start time.Time) {
	if h.Entry.Event.Start.MonthOnly() {
		m.Undated = append(m.Undated, h)
		return
	}
	date := time.Date(start.Year(), start.Month(), start.Day(), 0, 0, 0, 0, start.Location())
	for i := range m.Days {
		if m.Days[i].Date.Equal(date) {
			m.Days[i].Happenings = append(m.Days[i].Happenings, h)
			return
		}
	}
	m.Days = append(m.Days, Day{Date: date, Happenings: []Happening{h}})
}

// firstHappening orders what takes place on one day by time, then address.
func firstHappening(a, b Happening) int {
	if c := a.Occurrence.Start.Compare(b.Occurrence.Start); c != 0 {
		return c
	}
	return newestFirst(a.Entry, b.Entry)
}

// Ahead reports whether anything in the month is not over.
func (m Month) Ahead() bool {
	for _, d := range m.Days {
		for _, h := range d.Happenings {
			if !h.Entry.Over {
				return true
			}
		}
	}
	for _, h := range m.Undated {
		if !h.Entry.Over {
			return true
		}
	}
	return false
}
