package pack

import (
	"fmt"
	"math"
	"reflect"
	"sync"
	"time"
	"unsafe"
)

// codec is how values of one type are written and read.
type codec struct {
	write func(*writer, reflect.Value)
	read  func(*reader, reflect.Value)
}

// codecs holds the codec of each type met so far.
var codecs sync.Map // reflect.Type -> codec

func codecFor(t reflect.Type) codec {
	if c, ok := codecs.Load(t); ok {
		return c.(codec)
	}
	c := compile(t, nil)
	codecs.Store(t, c)
	return c
}

// compile makes the codec of a type; within are the types that it is part of.
func compile(t reflect.Type, within []reflect.Type) codec {
	switch t {
	case reflect.TypeFor[time.Time]():
		return codec{writeTime, readTime}
	case reflect.TypeFor[*time.Location]():
		return codec{writeLocation, readLocation}
	}
	for _, outer := range within {
		if outer == t {
			panic(fmt.Sprintf("pack: a %s leads to itself", t))
		}
	}
	within = append(within, t)
	switch t.Kind() {
	case reflect.Bool:
		return codec{
			func(w *writer, v reflect.Value) {
				b := byte(0)
				if v.Bool() {
					b = 1
				}
				w.bytes = append(w.bytes, b)
			},
			func(r *reader, v reflect.Value) { v.SetBool(r.byte() != 0) },
		}
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return codec{func(w *writer, v reflect.Value) { w.int(v.Int()) }, func(r *reader, v reflect.Value) { v.SetInt(r.int()) }}
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return codec{func(w *writer, v reflect.Value) { w.uint(v.Uint()) }, func(r *reader, v reflect.Value) { v.SetUint(r.uint()) }}
	case reflect.Float32, reflect.Float64:
		return codec{
			func(w *writer, v reflect.Value) { w.uint(math.Float64bits(v.Float())) },
			func(r *reader, v reflect.Value) { v.SetFloat(math.Float64frombits(r.uint())) },
		}
	case reflect.String:
		return codec{func(w *writer, v reflect.Value) { w.text(v.String()) }, func(r *reader, v reflect.Value) { v.SetString(r.text()) }}
	case reflect.Pointer:
		return pointerCodec(t.Elem(), compile(t.Elem(), within))
	case reflect.Slice:
		return sliceCodec(t, compile(t.Elem(), within))
	case reflect.Array:
		return arrayCodec(t, compile(t.Elem(), within))
	case reflect.Struct:
		return structCodec(t, within)
	}
	panic(fmt.Sprintf("pack: a %s is no plain data", t))
}

func pointerCodec(t reflect.Type, elem codec) codec {
	return codec{
		func(w *writer, v reflect.Value) {
			if v.IsNil() {
				w.bytes = append(w.bytes, 0)
				return
			}
			w.bytes = append(w.bytes, 1)
			elem.write(w, v.Elem())
		},
		func(r *reader, v reflect.Value) {
			if r.byte() != 0 {
				v.Set(reflect.New(t))
				elem.read(r, v.Elem())
			}
		},
	}
}

// sliceCodec tells a nil slice from an empty one.
func sliceCodec(t reflect.Type, elem codec) codec {
	return codec{
		func(w *writer, v reflect.Value) {
			if v.IsNil() {
				w.uint(0)
				return
			}
			w.uint(uint64(v.Len()) + 1)
			for i := range v.Len() {
				elem.write(w, v.Index(i))
			}
		},
		func(r *reader, v reflect.Value) {
			n := r.uint()
			if n == 0 {
				return
			}
			if n--; n > uint64(len(r.rest)) {
				r.damage()
				return
			}
			v.Set(reflect.MakeSlice(t, int(n), int(n)))
			for i := 0; i < int(n) && !r.damaged; i++ {
				elem.read(r, v.Index(i))
			}
		},
	}
}

func arrayCodec(t reflect.Type, elem codec) codec {
	if t.Elem().Kind() == reflect.Uint8 {
		return codec{
			func(w *writer, v reflect.Value) { w.bytes = append(w.bytes, v.Bytes()...) },
			func(r *reader, v reflect.Value) { copy(v.Bytes(), r.raw(v.Len())) },
		}
	}
	return codec{
		func(w *writer, v reflect.Value) {
			for i := range v.Len() {
				elem.write(w, v.Index(i))
			}
		},
		func(r *reader, v reflect.Value) {
			for i := range v.Len() {
				elem.read(r, v.Index(i))
			}
		},
	}
}

// field is a field of a struct.
type field struct {
	codec
	index  int
	hidden bool // unexported
}

// of gives the field of a struct, which has an address. What reflect does not
// let be set or handed out is reached by its address.
func (f *field) of(v reflect.Value) reflect.Value {
	fv := v.Field(f.index)
	if f.hidden {
		fv = reflect.NewAt(fv.Type(), unsafe.Pointer(fv.UnsafeAddr())).Elem()
	}
	return fv
}

// structCodec writes the fields that are not empty, each after its number; 0
// ends them.
func structCodec(t reflect.Type, within []reflect.Type) codec {
	var fields []field
	for i := range t.NumField() {
		if f := t.Field(i); f.Tag.Get("pack") != "-" {
			fields = append(fields, field{compile(f.Type, within), i, !f.IsExported()})
		}
	}
	return codec{
		func(w *writer, v reflect.Value) {
			for i := range fields {
				if fv := fields[i].of(v); !fv.IsZero() {
					w.uint(uint64(i) + 1)
					fields[i].write(w, fv)
				}
			}
			w.uint(0)
		},
		func(r *reader, v reflect.Value) {
			for {
				n := r.uint()
				if n == 0 {
					return
				}
				if n > uint64(len(fields)) {
					r.damage()
					return
				}
				f := &fields[n-1]
				f.read(r, f.of(v))
			}
		},
	}
}
