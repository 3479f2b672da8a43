package output

import (
	"crypto/sha256"
	"fmt"
	"io"
	"reflect"
	"sync"
	"time"
)

// plan is how values of one type are encoded.
type plan struct {
	id     [16]byte // stands for the type: its name, and those of its parts
	encode func(*encoder, reflect.Value)
}

// plans holds the finished plan of each type met so far.
var plans sync.Map // reflect.Type -> *plan

func planFor(t reflect.Type) *plan {
	if p, ok := plans.Load(t); ok {
		return p.(*plan)
	}
	c := compiler{}
	p := c.plan(t, t.String())
	for t, p := range c {
		plans.LoadOrStore(t, p)
	}
	return p
}

// compiler holds the plans that are in the making: a type may contain itself.
type compiler map[reflect.Type]*plan

// plan makes the plan for t; where says in which type and field t was met.
func (c compiler) plan(t reflect.Type, where string) *plan {
	if p, ok := c[t]; ok {
		return p
	}
	p := &plan{id: typeID(t)}
	c[t] = p
	if p.encode = ownEncoding(t); p.encode == nil {
		p.encode = c.encoding(t, where)
	}
	return p
}

// ownEncoding gives the encoding of types whose parts are not looked at, or
// nil.
func ownEncoding(t reflect.Type) func(*encoder, reflect.Value) {
	switch {
	case keyed(t):
		return encodeKeyed
	case t.Kind() == reflect.Struct && t.ConvertibleTo(reflect.TypeFor[time.Time]()):
		return encodeTime
	case t == reflect.TypeFor[time.Location]():
		return encodeLocation
	}
	return nil
}

func (c compiler) encoding(t reflect.Type, where string) func(*encoder, reflect.Value) {
	switch t.Kind() {
	case reflect.Bool:
		return encodeBool
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return encodeInt
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return encodeUint
	case reflect.Float32, reflect.Float64:
		return encodeFloat
	case reflect.Complex64, reflect.Complex128:
		return encodeComplex
	case reflect.String:
		return encodeString
	case reflect.Interface:
		return encodeInterface
	case reflect.Pointer:
		return watched(t, encodePointer(c.plan(t.Elem(), where)))
	case reflect.Slice:
		if plainByte(t.Elem()) {
			return watched(t, encodeBytes)
		}
		return watched(t, encodeSlice(c.plan(t.Elem(), where)))
	case reflect.Array:
		if plainByte(t.Elem()) {
			return encodeByteArray
		}
		return encodeArray(c.plan(t.Elem(), where))
	case reflect.Map:
		return watched(t, encodeMap(c.plan(t.Key(), where), c.plan(t.Elem(), where)))
	case reflect.Struct:
		return c.fields(t, where)
	}
	panic(fmt.Sprintf("output: a view holds only data, but %s is a %s", where, t.Kind()))
}

// fields leaves out fields called "_", which nothing can read.
func (c compiler) fields(t reflect.Type, where string) func(*encoder, reflect.Value) {
	var fields []field
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Name != "_" {
			fields = append(fields, field{i, !f.IsExported(), c.plan(f.Type, where+"."+f.Name)})
		}
	}
	return encodeStruct(fields)
}

func plainByte(t reflect.Type) bool { return t.Kind() == reflect.Uint8 && !keyed(t) }

// keyed reports whether a t, taken by its address, has a Key method of its
// own rather than one promoted from an embedded field. Pointers and interfaces
// are followed first.
func keyed(t reflect.Type) bool {
	switch {
	case t.Kind() == reflect.Pointer || t.Kind() == reflect.Interface || !hasKey(t):
		return false
	case t.Kind() != reflect.Struct:
		return true
	}
	for i := range t.NumField() {
		if f := t.Field(i); f.Anonymous && hasKey(f.Type) {
			return false
		}
	}
	return true
}

func hasKey(t reflect.Type) bool {
	keyed := reflect.TypeFor[Keyed]()
	return t.Implements(keyed) || reflect.PointerTo(t).Implements(keyed)
}

// mayLoop reports whether data of type t can lead back to itself: t leads to
// itself, or to an interface, which may hold anything.
func mayLoop(t reflect.Type) bool {
	seen := map[reflect.Type]bool{}
	var reaches func(from reflect.Type) bool
	follow := func(to reflect.Type) bool {
		return to == t || to.Kind() == reflect.Interface || reaches(to)
	}
	reaches = func(from reflect.Type) bool {
		if seen[from] || ownEncoding(from) != nil {
			return false
		}
		seen[from] = true
		switch from.Kind() {
		case reflect.Pointer, reflect.Slice, reflect.Array:
			return follow(from.Elem())
		case reflect.Map:
			return follow(from.Key()) || follow(from.Elem())
		case reflect.Struct:
			for i := range from.NumField() {
				if follow(from.Field(i).Type) {
					return true
				}
			}
		}
		return false
	}
	return reaches(t)
}

func typeID(t reflect.Type) (id [16]byte) {
	h := sha256.New()
	describe(h, t, map[reflect.Type]bool{})
	copy(id[:], h.Sum(nil))
	return id
}

// describe writes a type's full name and, so that a new version of a struct
// is a new type, what it is made of.
func describe(w io.Writer, t reflect.Type, seen map[reflect.Type]bool) {
	fmt.Fprintf(w, "%d %q %q", t.Kind(), t.PkgPath(), t.Name())
	if t.Name() != "" {
		if seen[t] {
			return
		}
		seen[t] = true
	}
	switch t.Kind() {
	case reflect.Array:
		fmt.Fprintf(w, "[%d]", t.Len())
		describe(w, t.Elem(), seen)
	case reflect.Slice, reflect.Pointer:
		describe(w, t.Elem(), seen)
	case reflect.Map:
		describe(w, t.Key(), seen)
		describe(w, t.Elem(), seen)
	case reflect.Struct:
		fmt.Fprintf(w, "{%d", t.NumField())
		for i := range t.NumField() {
			fmt.Fprintf(w, " %q ", t.Field(i).Name)
			describe(w, t.Field(i).Type, seen)
		}
	}
}
