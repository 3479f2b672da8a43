package page

import (
	"fmt"
	"time"
	"unicode"
	"unicode/utf8"

	"bulletin/internal/content"
	"bulletin/internal/ukdate"
)

// day gives the view of a day in the site's zone.
func (m *maker) day(t time.Time) Date {
	t = t.In(m.s.Config.Location)
	return Date{ISO: t.Format(time.DateOnly), Text: ukdate.Date(t), Short: ukdate.Short(t)}
}

// dayOf gives the view of a moment's day; nil if it was not written.
func (m *maker) dayOf(moment content.Moment) *Date {
	if !moment.Set() {
		return nil
	}
	d := m.day(moment.Time)
	return &d
}

// by gives the view of a deadline: a day, or a day and a time of day.
func (m *maker) by(moment content.Moment) Date {
	if moment.Precision != ukdate.Minute {
		return m.day(moment.Time)
	}
	t := moment.Time
	return Date{ISO: t.Format(time.RFC3339), Text: ukdate.Date(t) + ", " + ukdate.Time(t), Short: ukdate.Short(t)}
}

// count says a number of things in words.
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// upperFirst begins a text with a capital letter.
func upperFirst(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[size:]
}
