package output

import (
	"encoding/binary"
	"math"
	"reflect"
	"slices"
	"time"
	"unsafe"
)

// encoder writes values so that each can be told from every other: a value
// begins with its type's fingerprint; what follows is of fixed size, or its
// length goes before it.
type encoder struct {
	bytes []byte
	open  map[reference]int // how the present place was reached; see enter
}

// reference is something that may lead back to itself.
type reference struct {
	kind reflect.Type
	at   unsafe.Pointer
	len  int
}

// What a reference leads to.
const (
	toNothing = iota
	toValue
	toItself // followed by the number of references that lie between
)

// value encodes the type and the content of v, which is addressable.
func (e *encoder) value(v reflect.Value) {
	p := planFor(v.Type())
	e.bytes = append(e.bytes, p.id[:]...)
	p.encode(e, v)
}

func (e *encoder) uint(n uint64) { e.bytes = binary.AppendUvarint(e.bytes, n) }

func (e *encoder) text(s string) {
	e.uint(uint64(len(s)))
	e.bytes = append(e.bytes, s...)
}

// enter reports whether the content of r is to be encoded, and says so in the
// encoding; it is not if r is what the present place was reached by. If enter
// reports true, leave must follow.
func (e *encoder) enter(r reference) bool {
	if at, ok := e.open[r]; ok {
		e.bytes = append(e.bytes, toItself)
		e.uint(uint64(len(e.open) - at))
		return false
	}
	if e.open == nil {
		e.open = make(map[reference]int)
	}
	e.open[r] = len(e.open)
	e.bytes = append(e.bytes, toValue)
	return true
}

func (e *encoder) leave(r reference) { delete(e.open, r) }

func encodeBool(e *encoder, v reflect.Value) {
	if v.Bool() {
		e.bytes = append(e.bytes, 1)
	} else {
		e.bytes = append(e.bytes, 0)
	}
}

func encodeInt(e *encoder, v reflect.Value)    { e.bytes = binary.AppendVarint(e.bytes, v.Int()) }
func encodeUint(e *encoder, v reflect.Value)   { e.uint(v.Uint()) }
func encodeString(e *encoder, v reflect.Value) { e.text(v.String()) }

func encodeFloat(e *encoder, v reflect.Value) {
	e.bytes = binary.BigEndian.AppendUint64(e.bytes, math.Float64bits(v.Float()))
}

func encodeComplex(e *encoder, v reflect.Value) {
	c := v.Complex()
	e.bytes = binary.BigEndian.AppendUint64(e.bytes, math.Float64bits(real(c)))
	e.bytes = binary.BigEndian.AppendUint64(e.bytes, math.Float64bits(imag(c)))
}

// encodeKeyed asks the value for its own key.
func encodeKeyed(e *encoder, v reflect.Value) {
	key := v.Addr().Interface().(Keyed).Key()
	e.bytes = append(e.bytes, key[:]...)
}

// encodeTime leaves the monotonic reading out, which is no part of what a
// maker can print.
func encodeTime(e *encoder, v reflect.Value) {
	t := v.Addr().Convert(reflect.TypeFor[*time.Time]()).Interface().(*time.Time)
	zone, offset := t.Zone()
	e.bytes = binary.AppendVarint(e.bytes, t.Unix())
	e.uint(uint64(t.Nanosecond()))
	e.bytes = binary.AppendVarint(e.bytes, int64(offset))
	e.text(zone)
	e.text(t.Location().String())
}

// encodeLocation takes a time zone by its name: its rules are the same for all
// who use the name, and what they make of a time is encoded with the time.
func encodeLocation(e *encoder, v reflect.Value) {
	e.text(v.Addr().Interface().(*time.Location).String())
}

func encodeBytes(e *encoder, v reflect.Value) {
	e.uint(uint64(v.Len()))
	e.bytes = append(e.bytes, v.Bytes()...)
}

func encodeByteArray(e *encoder, v reflect.Value) {
	e.bytes = append(e.bytes, v.Bytes()...)
}

// watched adds to an encoding of pointers, slices or maps what they need: nil
// is told from empty, and those whose type allows it are watched for leading
// back to themselves.
func watched(t reflect.Type, encode func(*encoder, reflect.Value)) func(*encoder, reflect.Value) {
	loops := mayLoop(t)
	return func(e *encoder, v reflect.Value) {
		switch {
		case v.IsNil():
			e.bytes = append(e.bytes, toNothing)
		case !loops:
			e.bytes = append(e.bytes, toValue)
			encode(e, v)
		default:
			r := reference{t, v.UnsafePointer(), 1}
			if t.Kind() == reflect.Slice {
				r.len = v.Len()
			}
			if e.enter(r) {
				encode(e, v)
				e.leave(r)
			}
		}
	}
}

func encodePointer(elem *plan) func(*encoder, reflect.Value) {
	return func(e *encoder, v reflect.Value) { elem.encode(e, v.Elem()) }
}

func encodeInterface(e *encoder, v reflect.Value) {
	if v.IsNil() {
		e.bytes = append(e.bytes, toNothing)
		return
	}
	e.bytes = append(e.bytes, toValue)
	e.value(addressable(v.Elem()))
}

func encodeArray(elem *plan) func(*encoder, reflect.Value) {
	return func(e *encoder, v reflect.Value) {
		for i := range v.Len() {
			elem.encode(e, v.Index(i))
		}
	}
}

func encodeSlice(elem *plan) func(*encoder, reflect.Value) {
	return func(e *encoder, v reflect.Value) {
		e.uint(uint64(v.Len()))
		for i := range v.Len() {
			elem.encode(e, v.Index(i))
		}
	}
}

// encodeMap puts the entries in the order of their encodings, value included:
// keys that are pointers may differ and yet lead to the same content.
func encodeMap(key, elem *plan) func(*encoder, reflect.Value) {
	return func(e *encoder, v reflect.Value) {
		e.uint(uint64(v.Len()))
		start := len(e.bytes)
		ends := make([]int, 0, v.Len())
		for iter := v.MapRange(); iter.Next(); {
			key.encode(e, addressable(iter.Key()))
			elem.encode(e, addressable(iter.Value()))
			ends = append(ends, len(e.bytes))
		}
		e.sort(start, ends)
	}
}

// sort orders the parts of the encoding that begin at start and end at ends.
func (e *encoder) sort(start int, ends []int) {
	copied := slices.Clone(e.bytes[start:])
	parts := make([][]byte, len(ends))
	from := 0
	for i, end := range ends {
		parts[i] = copied[from : end-start]
		from = end - start
	}
	slices.SortFunc(parts, slices.Compare)
	e.bytes = e.bytes[:start]
	for _, part := range parts {
		e.bytes = append(e.bytes, part...)
	}
}

// addressable gives a copy of v that has an address, as plans need it.
func addressable(v reflect.Value) reflect.Value {
	c := reflect.New(v.Type()).Elem()
	c.Set(v)
	return c
}

// field is a field of a struct and how to encode it.
type field struct {
	index  int
	hidden bool // unexported
	plan   *plan
}

func encodeStruct(fields []field) func(*encoder, reflect.Value) {
	return func(e *encoder, v reflect.Value) {
		for _, f := range fields {
			fv := v.Field(f.index)
			if f.hidden {
				// reflect reads unexported fields but does not call their
				// methods (Key) or hand them out (time.Time) unless they are
				// reached by their address.
				fv = reflect.NewAt(fv.Type(), unsafe.Pointer(fv.UnsafeAddr())).Elem()
			}
			f.plan.encode(e, fv)
		}
	}
}
