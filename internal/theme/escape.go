package theme

import (
	"bytes"
	"fmt"
	"html/template"
	"reflect"
	"strconv"
	"strings"
)

// The escapers that html/template puts at the end of an action follow from the
// place in the markup where it stands. Those here write the same bytes, for
// texts in the usual places; html/template itself shows all others.

// content is what a text is known to be.
type content uint8

const (
	plainText content = iota
	safeHTML
	safeJS
	safeURL
	safeSrcset
)

// escaper adds a text to a page in the form that is right for its place.
type escaper func(page []byte, text string) []byte

// escaperFor gives the escaper that does what those named do, one after the
// other; nil if there is none.
func escaperFor(names string, what content) escaper {
	switch names {
	case "_html_template_htmlescaper ":
		if what == safeHTML {
			return appendRaw
		}
		return appendEscaped
	case "_html_template_attrescaper ", "_html_template_rcdataescaper ":
		if what != safeHTML {
			return appendEscaped
		}
	case "_html_template_urlfilter _html_template_urlnormalizer _html_template_attrescaper ":
		if what == safeURL {
			return appendURL
		}
		return appendFilteredURL
	case "_html_template_urlfilter _html_template_attrescaper ": // <meta http-equiv="refresh">
		if what == safeURL {
			return appendEscaped
		}
		return appendFiltered
	case "_html_template_urlnormalizer _html_template_attrescaper ":
		return appendURL
	case "_html_template_urlescaper _html_template_attrescaper ":
		if what != safeURL {
			return appendURLPart
		}
		return appendURL
	case "_html_template_jsvalescaper ":
		if what == safeJS {
			return appendRaw
		}
	case "_html_template_cssvaluefilter ":
		if what == plainText {
			return inStyle.append
		}
	case "_html_template_srcsetescaper _html_template_attrescaper ":
		if what == plainText {
			return inSrcset.append
		}
		if what == safeSrcset {
			return appendEscaped
		}
	}
	return nil
}

// print gives the step that writes a value through the named escapers.
func (u *unit) print(e expression, escapers string) step {
	if u.failed || e.typ == nil {
		u.fail()
		return nil
	}
	text, what := texts(e)
	escape := escaperFor(escapers, what)
	if text == nil || escape == nil {
		u.fail()
		return nil
	}
	return func(x *run, dot reflect.Value) outcome {
		s, ok := text(x, dot)
		if !ok {
			return gaveUp
		}
		if x.out = escape(x.out, s); len(x.out) > maxPage {
			return gaveUp
		}
		return done
	}
}

// texts gives a value as the text that html/template makes of it; nil if it is
// of a type that is seldom shown.
func texts(e expression) (func(*run, reflect.Value) (string, bool), content) {
	base, value := indirect(e.typ), pointedTo(e)
	switch base {
	case reflect.TypeFor[template.HTML]():
		return asString(value), safeHTML
	case reflect.TypeFor[template.JS]():
		return asString(value), safeJS
	case reflect.TypeFor[template.URL]():
		return asString(value), safeURL
	case reflect.TypeFor[template.Srcset]():
		return asString(value), safeSrcset
	case reflect.TypeFor[template.CSS](), reflect.TypeFor[template.HTMLAttr](), reflect.TypeFor[template.JSStr]():
		return nil, plainText
	case reflect.TypeFor[string]():
		return asString(value), plainText
	}
	switch {
	case implements[error](base) || implements[fmt.Formatter](base):
		return nil, plainText
	case base.Implements(reflect.TypeFor[fmt.Stringer]()):
		return asWords(value), plainText
	case implements[fmt.Stringer](base):
		return nil, plainText // only by its address, which a value may lack
	case base.Kind() == reflect.String:
		return asString(value), plainText
	case base.Kind() == reflect.Int:
		return asNumber(value), plainText
	}
	return nil, plainText
}

// implements reports whether a type or a pointer to it has the methods of I.
func implements[I any](t reflect.Type) bool {
	return reflect.PointerTo(t).Implements(reflect.TypeFor[I]())
}

// pointedTo gives the value that an expression's pointers lead to.
func pointedTo(e expression) func(*run, reflect.Value) (reflect.Value, bool) {
	if e.typ.Kind() != reflect.Pointer {
		return e.value
	}
	return follow(e, nil)
}

func asString(value func(*run, reflect.Value) (reflect.Value, bool)) func(*run, reflect.Value) (string, bool) {
	return func(x *run, dot reflect.Value) (string, bool) {
		v, ok := value(x, dot)
		if !ok {
			return "", false
		}
		return v.String(), true
	}
}

// asWords asks a value for its own words.
func asWords(value func(*run, reflect.Value) (reflect.Value, bool)) func(*run, reflect.Value) (string, bool) {
	return func(x *run, dot reflect.Value) (string, bool) {
		v, ok := value(x, dot)
		if !ok {
			return "", false
		}
		return fmt.Sprint(v.Interface()), true
	}
}

func asNumber(value func(*run, reflect.Value) (reflect.Value, bool)) func(*run, reflect.Value) (string, bool) {
	return func(x *run, dot reflect.Value) (string, bool) {
		v, ok := value(x, dot)
		if !ok {
			return "", false
		}
		return strconv.FormatInt(v.Int(), 10), true
	}
}

func appendRaw(page []byte, text string) []byte { return append(page, text...) }

// entities are what stands for a byte in text and in quoted attributes.
var entities = [256]string{0: "\uFFFD", '"': "&#34;", '&': "&amp;", '\'': "&#39;", '+': "&#43;", '<': "&lt;", '>': "&gt;"}

// hasEntity tells for which bytes there is an entity. It is small enough to be
// at hand all the time.
var hasEntity = func() (has [256]bool) {
	for c, entity := range entities {
		has[c] = entity != ""
	}
	return has
}()

func appendEscaped(page []byte, text string) []byte {
	written := 0
	for i := range len(text) {
		if hasEntity[text[i]] {
			page = append(page, text[written:i]...)
			page = append(page, entities[text[i]]...)
			written = i + 1
		}
	}
	return append(page, text[written:]...)
}

// unreserved and reserved are the bytes of an address that have no meaning of
// their own and those that may (RFC 3986, sections 2.2 and 2.3), without those
// that could end an attribute.
var unreserved, reserved = set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"), set("!#$&*+,/:;=?@[]")

// asItIs are those of both that appendURL does not write as entities.
var asItIs = func() (is [256]bool) {
	for c := range is {
		is[c] = unreserved[c] || reserved[c] && entities[c] == ""
	}
	return is
}()

func set(characters string) (is [256]bool) {
	for i := range len(characters) {
		is[characters[i]] = true
	}
	return is
}

// appendURL writes an address into a quoted attribute.
func appendURL(page []byte, address string) []byte {
	written := 0
	for i := range len(address) {
		c := address[i]
		if asItIs[c] || c == '%' && i+2 < len(address) && isHex(address[i+1]) && isHex(address[i+2]) {
			continue
		}
		page = append(page, address[written:i]...)
		if written = i + 1; reserved[c] {
			page = append(page, entities[c]...)
		} else {
			page = appendPercent(page, c)
		}
	}
	return append(page, address[written:]...)
}

// harmful is what html/template writes in the place of an address whose scheme
// could do harm.
const harmful = "#ZgotmplZ"

// harmless reports whether an address is relative or of a scheme that only
// opens a page or a message.
func harmless(address string) bool {
	scheme, _, ok := strings.Cut(address, ":")
	return !ok || strings.Contains(scheme, "/") || strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https") || strings.EqualFold(scheme, "mailto")
}

// appendFilteredURL writes an address, unless its scheme could do harm.
func appendFilteredURL(page []byte, address string) []byte {
	if !harmless(address) {
		return append(page, harmful...)
	}
	return appendURL(page, address)
}

// appendFiltered is the same where an address is not encoded.
func appendFiltered(page []byte, address string) []byte {
	if !harmless(address) {
		return append(page, harmful...)
	}
	return appendEscaped(page, address)
}

// appendURLPart writes a text into the query or the fragment of an address.
func appendURLPart(page []byte, text string) []byte {
	for i := range len(text) {
		if c := text[i]; unreserved[c] {
			page = append(page, c)
		} else {
			page = appendPercent(page, c)
		}
	}
	return page
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

func appendPercent(page []byte, c byte) []byte {
	const digits = "0123456789abcdef"
	return append(page, '%', digits[c>>4], digits[c&15])
}

// place is a template of one action in some place, by which html/template
// escapes texts that are seldom shown there.
type place struct {
	before, after string
	set           *template.Template
}

func newPlace(before, after string) place {
	return place{before, after, template.Must(template.New("").Parse(before + "{{.}}" + after))}
}

var (
	inStyle  = newPlace("<style>a{color:", "}</style>")
	inSrcset = newPlace(`<img srcset="`, `">`)
)

func (p place) append(page []byte, text string) []byte {
	var b bytes.Buffer
	if err := p.set.Execute(&b, text); err != nil {
		return page // not while only memory is written to
	}
	return append(page, b.Bytes()[len(p.before):b.Len()-len(p.after)]...)
}
