package page

import (
	"encoding/json"
	"html/template"
	"strconv"
	"sync"
	"unicode/utf8"
)

// item writes an item of structured data (https://schema.org) as JSON. Keys are
// written in alphabetical order, as encoding/json writes those of maps, and texts
// as it writes them: <, > and & are escapes, so that no text can end the script
// element that the item stands in.
type item struct {
	json []byte
	// comma tells that something stands before the next value on its level.
	comma bool
}

// items are used again: each page has several.
var items = sync.Pool{New: func() any { return new(item) }}

// newItem begins a top-level item.
func newItem(kind string) *item {
	w := items.Get().(*item)
	w.json, w.comma = w.json[:0], false
	w.open()
	w.put("@context", "https://schema.org")
	w.put("@type", kind)
	return w
}

// done ends the item and gives it. It is not used any more.
func (w *item) done() template.JS {
	w.close()
	written := template.JS(w.json)
	items.Put(w)
	return written
}

// open begins an object and close ends it; begin and end do so with a list.
func (w *item) open()  { w.bracket('{') }
func (w *item) begin() { w.bracket('[') }

func (w *item) bracket(c byte) {
	w.next()
	w.json = append(w.json, c)
	w.comma = false
}

func (w *item) close() { w.json, w.comma = append(w.json, '}'), true }
func (w *item) end()   { w.json, w.comma = append(w.json, ']'), true }

// next parts what follows from what stands before it.
func (w *item) next() {
	if w.comma {
		w.json = append(w.json, ',')
	}
	w.comma = true
}

// key writes a key, which needs no escapes.
func (w *item) key(key string) {
	w.next()
	w.json = append(w.json, '"')
	w.json = append(w.json, key...)
	w.json = append(w.json, `":`...)
	w.comma = false
}

// raw writes a key with a value that is JSON.
func (w *item) raw(key, value string) {
	w.key(key)
	w.json = append(w.json, value...)
	w.comma = true
}

// put writes a key with a text.
func (w *item) put(key string, parts ...string) {
	w.key(key)
	w.json = appendJSON(w.json, parts...)
	w.comma = true
}

// text writes a key with a text, unless that is empty.
func (w *item) text(key, value string) {
	if value != "" {
		w.put(key, value)
	}
}

func (w *item) number(key string, n int) { w.raw(key, strconv.Itoa(n)) }

// object begins an object of a type as the value of a key.
func (w *item) object(key, kind string) {
	w.key(key)
	w.typed(kind)
}

// typed begins an object of a type.
func (w *item) typed(kind string) {
	w.open()
	w.put("@type", kind)
}

// appendJSON writes the parts of a text as one JSON string.
func appendJSON(b []byte, parts ...string) []byte {
	start := len(b)
	b = append(b, '"')
	for _, s := range parts {
		if !meansItself(s) {
			return appendMarshalled(b[:start], parts)
		}
		b = append(b, s...)
	}
	return append(b, '"')
}

// appendMarshalled has encoding/json write a text.
func appendMarshalled(b []byte, parts []string) []byte {
	var whole string
	for _, s := range parts {
		whole += s
	}
	written, err := json.Marshal(whole)
	if err != nil {
		return append(b, `""`...) // not for a text
	}
	return append(b, written...)
}

// needsEscape are the bytes that encoding/json writes in another way.
var needsEscape = func() (is [utf8.RuneSelf]bool) {
	for c := range is {
		is[c] = c < ' '
	}
	for _, c := range `"\<>&` {
		is[c] = true
	}
	return is
}()

// meansItself reports whether a text can stand in a JSON string as it is.
func meansItself(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c < utf8.RuneSelf {
			if needsEscape[c] {
				return false
			}
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError || r == '\u2028' || r == '\u2029' {
			return false
		}
		i += size - 1
	}
	return true
}
