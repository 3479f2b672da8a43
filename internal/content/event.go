package content

import (
	"errors"
	"strings"
	"time"

	"bulletin/internal/config"
	"bulletin/internal/diag"
	"bulletin/internal/header"
	"bulletin/internal/recur"
	"bulletin/internal/ukdate"
)

// The states of events, as `status` names them.
const (
	Scheduled   = "scheduled"
	Provisional = "provisional"
	Postponed   = "postponed"
	Rescheduled = "rescheduled"
	Cancelled   = "cancelled"
	MovedOnline = "moved-online"
	Full        = "full"
)

// The states of booking, as `availability` names them.
const (
	Open        = "open"
	Limited     = "limited"
	WaitingList = "waiting-list"
)

func (r *reader) readEvent(e *Entry) {
	ev := &Event{
		TimeNote: r.Text("time_note"), Cost: r.Text("cost"), StatusNote: r.Text("status_note"),
		Host: r.Text("host"), Audience: r.Text("audience"), Capacity: r.Int("capacity"),
		Status:    r.Choice("status", Scheduled, Provisional, Postponed, Rescheduled, Cancelled, MovedOnline, Full),
		Speakers:  r.people(r.Value("speakers")),
		Venue:     r.venue(r.Value("venue")),
		Online:    r.online(r.Value("online")),
		Programme: r.programme(),
	}
	if r.Has("availability") {
		ev.Availability = r.Choice("availability", Open, Limited, Full, WaitingList)
	}
	r.readTimes(ev)
	ev.Previously = r.date("previous_start")
	if !r.Has("venue") && !r.Has("online") {
		r.Problem(diag.Errorf(r.Pos(), "missing-key", "write `venue: Town Hall, Walsall` or `online: Microsoft Teams`; if it is not settled, `venue: To be confirmed`",
			"`venue` or `online` is missing: readers need to know where the event is"))
	}
	if strings.EqualFold(ev.Cost.Value, "free") {
		ev.Cost.Value = "Free"
	}
	ev.Register = r.register(ev)
	ev.Register.Written = r.Has("register")
	outcome := r.Map("outcome")
	ev.Outcome = Outcome{Attendance: outcome.Text("attendance"), Report: outcome.Text("report")}
	e.Event = ev
}

// readTimes reads when the event takes place: its zone, start, end and how it
// recurs.
func (r *reader) readTimes(ev *Event) {
	if t := r.Text("timezone"); t.Value != "" {
		zone, ok := config.Zone(t.Value)
		if !ok {
			r.Problem(diag.Errorf(t.Pos, "timezone", "write a name of the time zone database, such as `timezone: Europe/Brussels`", "`%s` is not a time zone", t.Value))
		} else {
			r.zone = zone
		}
	}
	ev.Zone = r.zone
	start := r.Required("start", "it is when the event begins; a day, a month or `tbc` will do", "23 September 2025 10:00am")
	switch strings.ToLower(strings.TrimSuffix(start.Value, ".")) {
	case "":
	case "tbc", "tba", "to be confirmed", "date to be confirmed":
		ev.Start.TBC = true
	default:
		written := r.Date("start")
		ev.Start.Moment = r.moment(written)
		if written.HasEnd && !r.Has("end") {
			ev.End = r.clockEnd(ev, written.End, start.Pos)
		}
	}
	r.readEnd(ev)
	r.readRepeats(ev)
}

func (r *reader) readEnd(ev *Event) {
	end := r.Text("end")
	if end.Value == "" {
		return
	}
	if clock, err := ukdate.ParseClock(end.Value); err == nil {
		if !ev.Start.Set() || ev.Start.Precision != ukdate.Minute {
			if ev.Start.Set() {
				r.Problem(diag.Errorf(end.Pos, "end", "write the time in `start` too, or a date as `end`", "the event ends at a time but starts on a whole day"))
			}
			return
		}
		ev.End = r.clockEnd(ev, clock, end.Pos)
		return
	}
	ev.End = r.date("end")
	if !ev.End.Set() || !ev.Start.Set() {
		if ev.Start.TBC && ev.End.Set() {
			r.Problem(diag.Errorf(end.Pos, "end", "remove `end`, or write the date as `start`", "the event has an end, but its start is to be confirmed"))
			ev.End = Moment{}
		}
		return
	}
	if !ev.End.End().After(ev.Start.Time) || ev.End.Time.Before(ev.Start.Time) && ev.End.Precision >= ev.Start.Precision {
		r.Problem(diag.Errorf(end.Pos, "end-before-start", "correct `start` or `end`", "the event ends (%s) before it starts (%s)", end.Value, ev.Start.text()))
		ev.End = Moment{}
	}
}

// text gives the start as it is read aloud.
func (s Start) text() string {
	switch s.Precision {
	case ukdate.Month:
		return ukdate.MonthYear(s.Time)
	case ukdate.Day:
		return ukdate.Date(s.Time)
	}
	return ukdate.DateTime(s.Time)
}

// lastNight is the latest hour at which an end that is earlier than the start
// is taken to be in the night after, rather than a slip.
const lastNight = 6

// clockEnd gives the end of an event of which only the time of day is written.
func (r *reader) clockEnd(ev *Event, c ukdate.Clock, pos diag.Pos) Moment {
	if !ev.Start.Set() {
		return Moment{}
	}
	y, m, d := ev.Start.Time.Date()
	value := ukdate.Value{Year: y, Month: m, Day: d, Precision: ukdate.Day}.At(c)
	h, min, _ := ev.Start.Time.Clock()
	if !(ukdate.Clock{Hour: h, Minute: min}).Before(c) {
		if c.Hour >= lastNight {
			r.Problem(diag.Errorf(pos, "end-before-start", "correct `start` or `end`; an event that ends on another day needs the date in `end`",
				"the event ends (%s) before it starts (%s)", c.Text(), ev.Start.text()))
			return Moment{}
		}
		value = value.AddDays(1)
	}
	t, err := value.In(r.zone)
	if err != nil {
		r.Problem(header.DateProblem(pos, err))
		return Moment{}
	}
	return Moment{Time: t, Precision: ukdate.Minute, Pos: pos}
}

// readRepeats reads how the event recurs: a group of words, or an RRULE.
func (r *reader) readRepeats(ev *Event) {
	v := r.Value("repeats")
	if v.Kind() == header.Absent {
		return
	}
	var fields *header.Fields
	var every, on header.Text
	var until header.Date
	var except []time.Time
	if v.Kind() != header.Scalar {
		fields = v.Fields()
		every, on, until = fields.Required("every", "it says how often", "month"), fields.Text("on"), fields.Date("until")
		for _, item := range fields.Value("except").List() {
			if m := r.moment(item.Date()); m.Set() {
				except = append(except, m.Time)
			}
		}
		if every.Value == "" {
			return
		}
	}
	if !ev.Start.Set() || ev.Start.MonthOnly() {
		if ev.Start.Set() || ev.Start.TBC {
			r.Problem(diag.Errorf(v.Pos(), "repeats", "write the first date as `start`", "an event that repeats needs a first date"))
		}
		return
	}
	start := ev.Start.Time
	var rule *recur.Rule
	var err error
	if v.Kind() == header.Scalar {
		rule, err = recur.Parse(v.Text().Value, start, ev.Start.AllDay())
	} else {
		rule, err = recur.FromWords(every.Value, on.Value, r.moment(until).Time, except, start, ev.Start.AllDay())
	}
	if err != nil {
		r.Problem(repeatProblem(v, fields, err))
		return
	}
	ev.Repeats = rule
}

// repeatProblem makes a problem of an error of package recur, at the key that
// it names.
func repeatProblem(v header.Value, fields *header.Fields, err error) diag.Problem {
	var e *recur.Error
	if !errors.As(err, &e) {
		return diag.Errorf(v.Pos(), "repeats", "write for example `repeats: {every: month, on: first Tuesday}`", "%v", err)
	}
	pos := v.Pos()
	if fields != nil && e.Key != "" && fields.Has(e.Key) {
		pos = fields.Value(e.Key).Pos()
	}
	return diag.Errorf(pos, e.Rule, e.Hint, "%s", e.Text)
}

// venue reads where the event is: a name, which the register of venues may
// know more about, or a group.
func (r *reader) venue(v header.Value) Venue {
	var venue Venue
	if v.Kind() == header.Absent {
		return venue
	}
	if v.Kind() == header.Scalar {
		venue.Name = v.Text()
	} else {
		f := v.Fields()
		venue = Venue{Name: f.Required("name", "it says where the event is", "Town Hall, Walsall"), Address: f.Text("address"), Postcode: f.Text("postcode"), Access: f.Text("access"), Map: config.WebAddress(f, "map")}
	}
	record, ok := r.config.Venues.Find(venue.Name.Value)
	if !ok {
		return venue
	}
	venue.Name.Value = record.Name.Value
	for _, f := range []struct{ to, from *header.Text }{
		{&venue.Address, &record.Address}, {&venue.Postcode, &record.Postcode}, {&venue.Access, &record.Access}, {&venue.Map, &record.Map},
	} {
		if !f.to.Set() {
			*f.to = *f.from
		}
	}
	return venue
}

func (r *reader) online(v header.Value) Online {
	if v.Kind() == header.Scalar {
		t := v.Text()
		if !looksLikeAddress(t.Value) {
			return Online{Platform: t}
		}
		if !config.IsWebAddress(t.Value) {
			r.Problem(config.NoWebAddress("online", t))
			return Online{}
		}
		return Online{URL: t}
	}
	if v.Kind() == header.Absent {
		return Online{}
	}
	f := v.Fields()
	o := Online{Platform: f.Text("platform"), URL: config.WebAddress(f, "url")}
	if !o.Platform.Set() && !o.URL.Set() && !f.Has("url") {
		f.Required("platform", "it says how people join", "Microsoft Teams")
	}
	return o
}

// looksLikeAddress reports whether a text is meant as a web address.
func looksLikeAddress(s string) bool {
	s = strings.ToLower(s)
	return strings.HasPrefix(s, "https:") || strings.HasPrefix(s, "http:")
}

// register reads how to book: a group, or none.
func (r *reader) register(ev *Event) Register {
	v := r.Value("register")
	if v.Kind() == header.Absent {
		return Register{}
	}
	if v.Kind() == header.Scalar {
		t := v.Text()
		switch {
		case strings.EqualFold(t.Value, "none"):
			return Register{None: true}
		case config.IsWebAddress(t.Value):
			return Register{URL: t}
		case looksLikeAddress(t.Value):
			r.Problem(config.NoWebAddress("register", t))
			return Register{}
		}
		r.Problem(diag.Errorf(t.Pos, "wrong-type", "write `register: none` if nobody needs to book, or\nregister:\n  url: https://www.example.org/book\n  by: 22 September 2025",
			"`register` cannot be `%s`", t.Value))
		return Register{}
	}
	f := v.Fields()
	reg := Register{URL: config.WebAddress(f, "url"), Contact: f.Text("contact"), By: r.moment(f.Date("by")), Note: f.Text("note")}
	if reg.By.Set() && ev.Start.Set() && !ev.Start.MonthOnly() && ev.Repeats == nil && reg.By.Time.After(ev.Start.Time) {
		r.Problem(diag.Errorf(reg.By.Pos, "deadline-after-start", "correct `by` or `start`", "booking closes (%s) after the event has started (%s)", ukdate.Date(reg.By.Time), ev.Start.text()))
	}
	return reg
}

func (r *reader) programme() []Session {
	var sessions []Session
	for _, f := range r.Maps("programme") {
		s := Session{Day: f.Text("day"), Time: f.Text("time"), Text: f.Text("text"), Speakers: r.people(f.Value("speakers"))}
		s.Title = f.Required("title", "it names the session", "Welcome")
		if date, err := ukdate.Parse(s.Day.Value); s.Day.Set() && err == nil {
			if t, err := date.In(r.zone); err == nil {
				s.Date = Moment{Time: t, Precision: date.Precision, Pos: s.Day.Pos}
			}
		} else if e := (*ukdate.Error)(nil); s.Day.Set() && errors.As(err, &e) && e.Rule == ukdate.RuleWeekday {
			r.Problem(header.DateProblem(s.Day.Pos, err))
		}
		if s.Title.Value != "" {
			sessions = append(sessions, s)
		}
	}
	return sessions
}
