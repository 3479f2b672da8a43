// Package pack writes plain data as bytes and reads it back, for what one run
// of the program leaves to the next. It is made for many small values with
// mostly empty fields: reading ten thousand entries takes a few hundredths of a
// second.
//
// Plain data are booleans, numbers, strings, times and time zones, and structs,
// arrays, slices and pointers of these; fields need not be exported. A type that
// leads to itself is none, nor is one with a map, an interface, a function or a
// channel in it. A field with the tag `pack:"-"` is left out.
//
// Nothing in the bytes says what they are of: who reads them has to know that
// the same program wrote them, and that they are whole.
package pack

import (
	"encoding/binary"
	"errors"
	"fmt"
	"reflect"
)

// ErrDamaged says that bytes are not what Append writes.
var ErrDamaged = errors.New("this was not written for this type, or is damaged")

// Append writes what a pointer leads to behind b. It panics at a type that is
// no plain data, which the first test of it finds.
func Append(b []byte, from any) []byte {
	v := reflect.ValueOf(from).Elem()
	w := writer{bytes: b}
	codecFor(v.Type()).write(&w, v)
	return w.bytes
}

// Read reads what Append wrote at the beginning of s into what a pointer leads
// to, which has its zero value before, and gives what follows. Strings that are
// read are parts of s and keep it in memory.
func Read(s string, into any) (rest string, err error) {
	v := reflect.ValueOf(into).Elem()
	r := reader{rest: s}
	codecFor(v.Type()).read(&r, v)
	if r.damaged {
		return "", fmt.Errorf("reading a %s: %w", v.Type(), ErrDamaged)
	}
	return r.rest, nil
}

// writer writes one value. So that the name of a file need not be written with
// each position in it, the first long text is remembered, and the last zone.
type writer struct {
	bytes  []byte
	common string
	zone   zone
}

// reader reads one value. After the first damage all that it reads is empty.
type reader struct {
	rest    string
	damaged bool
	common  string
	zone    zone
}

// long is the length from which a text is worth remembering.
const long = 8

// A text begins with one of these, or else with its length after them.
const (
	textCommon = iota
	textLengths
)

func (w *writer) uint(n uint64) { w.bytes = binary.AppendUvarint(w.bytes, n) }
func (w *writer) int(n int64)   { w.bytes = binary.AppendVarint(w.bytes, n) }

func (w *writer) text(s string) {
	if len(s) >= long {
		if s == w.common {
			w.uint(textCommon)
			return
		}
		if w.common == "" {
			w.common = s
		}
	}
	w.uint(uint64(len(s)) + textLengths)
	w.bytes = append(w.bytes, s...)
}

func (r *reader) damage() {
	r.damaged, r.rest = true, ""
}

func (r *reader) byte() byte {
	if r.rest == "" {
		r.damage()
		return 0
	}
	b := r.rest[0]
	r.rest = r.rest[1:]
	return b
}

func (r *reader) uint() uint64 {
	var n uint64
	for shift := 0; ; shift += 7 {
		b := r.byte()
		if shift == 63 && b > 1 {
			r.damage()
			return 0
		}
		n |= uint64(b&0x7f) << shift
		if b < 0x80 {
			return n
		}
	}
}

func (r *reader) int() int64 {
	n := r.uint()
	return int64(n>>1) ^ -int64(n&1)
}

// raw takes n bytes.
func (r *reader) raw(n int) string {
	if n > len(r.rest) {
		r.damage()
		return ""
	}
	s := r.rest[:n]
	r.rest = r.rest[n:]
	return s
}

func (r *reader) text() string {
	n := r.uint()
	if n == textCommon {
		return r.common
	}
	if n -= textLengths; n > uint64(len(r.rest)) {
		r.damage()
		return ""
	}
	s := r.raw(int(n))
	if r.common == "" && len(s) >= long {
		r.common = s
	}
	return s
}
