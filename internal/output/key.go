package output

import (
	"crypto/sha256"
	"encoding/hex"
	"reflect"
	"sync"
)

// Key is the fingerprint of a value: the first 16 bytes of the SHA-256 of an
// unambiguous encoding of it.
type Key [16]byte

// String gives the key in hexadecimal.
func (k Key) String() string { return hex.EncodeToString(k[:]) }

// Keyed is implemented by a value that knows its own key, such as a large part
// that many views share. The key must stand for everything that a maker can
// read from the value, and is best computed once with KeyOf, from a value of
// another type: KeyOf does not look behind the Key method.
//
// A Key method that a struct only has from an embedded field is not used,
// since it knows nothing of the struct's other fields.
type Keyed interface {
	Key() Key
}

// KeyOf gives the key of plain data. Two values have the same key only if they
// have the same type and content: all fields, exported or not, pointers and
// interfaces by what they lead to (an interface with the name of its dynamic
// type), maps in any order, times by instant and zone. A nil slice or map
// differs from an empty one, since a maker can tell them apart.
//
// Data that leads back to itself is allowed. A part that is reached along
// several ways is encoded each time, unless it is [Keyed].
//
// KeyOf panics if the type of v, or of something held in an interface, has a
// func, channel or unsafe.Pointer in it, even a nil one: these are no data, and
// the first test of such a view finds it.
func KeyOf(v any) Key {
	return sum(func(e *encoder) { e.value(reflect.ValueOf(&v).Elem()) })
}

// viewKey is the key of a job that is made from view, which is addressable.
func viewKey(salt Key, view reflect.Value) Key {
	return sum(func(e *encoder) {
		e.bytes = append(e.bytes, salt[:]...)
		e.value(view)
	})
}

// encoders are used again, because views may be large.
var encoders = sync.Pool{New: func() any { return new(encoder) }}

// reusable is the size in bytes up to which an encoder's memory is kept.
const reusable = 1 << 20

func sum(encode func(*encoder)) Key {
	e := encoders.Get().(*encoder)
	e.bytes = e.bytes[:0]
	encode(e)
	digest := sha256.Sum256(e.bytes)
	if cap(e.bytes) <= reusable {
		encoders.Put(e)
	}
	return Key(digest[:len(Key{})])
}
