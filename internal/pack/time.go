package pack

import (
	"reflect"
	"sync"
	"time"
)

// zone is a time zone as it is written: by its name, or, where that does not
// lead to it, by the name and the offset in seconds that a time in it has.
type zone struct {
	location *time.Location
	name     string
	fixed    bool
	offset   int
}

// A zone begins with one of these.
const (
	zoneSame  = iota // the last that was written
	zoneNamed        // its name follows
	zoneFixed        // its name and offset follow
)

// locations holds the zones that were looked up by their names; nil for those
// that there are not.
var locations sync.Map // string -> *time.Location

func location(name string) *time.Location {
	if l, ok := locations.Load(name); ok {
		return l.(*time.Location)
	}
	l, err := time.LoadLocation(name)
	if err != nil {
		l = nil
	}
	kept, _ := locations.LoadOrStore(name, l)
	return kept.(*time.Location)
}

// zoneOf tells how to write the zone of a time.
func zoneOf(t time.Time) zone {
	z := zone{location: t.Location(), name: t.Location().String()}
	if z.location == time.UTC {
		return z
	}
	if named := location(z.name); named != nil {
		name, offset := t.Zone()
		if n, o := t.In(named).Zone(); n == name && o == offset {
			return z
		}
	}
	z.fixed = true
	z.name, z.offset = t.Zone()
	return z
}

func (w *writer) inZone(t time.Time) {
	if t.Location() == w.zone.location && !w.zone.fixed {
		w.uint(zoneSame)
		return
	}
	w.zone = zoneOf(t)
	if w.zone.fixed {
		w.uint(zoneFixed)
		w.text(w.zone.name)
		w.int(int64(w.zone.offset))
		return
	}
	w.uint(zoneNamed)
	w.text(w.zone.name)
}

func (r *reader) inZone() *time.Location {
	switch r.uint() {
	case zoneSame:
	case zoneNamed:
		r.zone.location = location(r.text())
	case zoneFixed:
		name := r.text()
		r.zone.location = time.FixedZone(name, int(r.int()))
	default:
		r.damage()
	}
	if r.zone.location == nil {
		r.damage()
		return time.UTC
	}
	return r.zone.location
}

// The seconds of a time count from the year 1, as those of its zero do.
var epoch = time.Time{}.Unix()

func writeTime(w *writer, v reflect.Value) {
	t := v.Addr().Interface().(*time.Time)
	w.int(t.Unix() - epoch)
	w.uint(uint64(t.Nanosecond()))
	w.inZone(*t)
}

func readTime(r *reader, v reflect.Value) {
	seconds, nanoseconds := r.int(), r.uint()
	t := time.Unix(seconds+epoch, int64(nanoseconds%1e9)).In(r.inZone())
	*v.Addr().Interface().(*time.Time) = t
}

// A zone alone is written as that of an instant in it.
func writeLocation(w *writer, v reflect.Value) {
	l := v.Interface().(*time.Location)
	if l == nil {
		w.bytes = append(w.bytes, 0)
		return
	}
	w.bytes = append(w.bytes, 1)
	w.inZone(time.Unix(0, 0).In(l))
}

func readLocation(r *reader, v reflect.Value) {
	if r.byte() != 0 {
		v.Set(reflect.ValueOf(r.inZone()))
	}
}
