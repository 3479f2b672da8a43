package header

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"bulletin/internal/diag"
	"bulletin/internal/ukdate"
)

// Fields reads the keys of one map. Reading a key makes it known; the keys
// that nobody read are the unknown ones, which [Fields.Finish] reports.
type Fields struct {
	value Value
	// known are the keys that were read, in that order, some of them several
	// times; nothing, if there is no map to read them from.
	known []string
	// missing are the problems of keys that have to be there and are not.
	missing map[string]diag.Problem
	// refused tells that something else than a group of keys was written.
	refused bool
	// meant tells for keys of other programs, or of other kinds of entries,
	// what to write here.
	meant map[string]string
}

// usualKeys is how many keys are read from a front matter, more or less.
const usualKeys = 64

// Fields reads the value as a map of known keys. Anything else is reported,
// and then read as a map without keys.
func (v Value) Fields() *Fields {
	f := &Fields{value: v, refused: v.Kind() == Scalar || v.Kind() == List}
	if v.doc != nil {
		v.doc.maps = append(v.doc.maps, f)
	}
	if v.node != nil && v.name == "" {
		f.known = make([]string, 0, usualKeys)
	}
	return f
}

// Value gives the value of a key.
func (f *Fields) Value(key string) Value {
	if f.value.node != nil {
		f.known = append(f.known, key)
	}
	name := key
	if f.value.name != "" {
		name = f.value.name + "." + key
	}
	return Value{doc: f.value.doc, node: f.node(key), name: name}
}

func (f *Fields) node(key string) *node {
	if f.value.node == nil || f.refused {
		return nil
	}
	content := f.value.node.content
	for i := 0; i+1 < len(content); i += 2 {
		if content[i].value == key {
			return content[i+1]
		}
	}
	return nil
}

// Pos gives the place of the map.
func (f *Fields) Pos() diag.Pos { return f.value.Pos() }

// Has reports whether something is written for the key, or was, in words that
// could not be read and have been reported.
func (f *Fields) Has(key string) bool {
	return f.Value(key).Kind() != Absent || f.broken(key)
}

func (f *Fields) broken(key string) bool {
	return f.value.name == "" && f.value.doc != nil && f.value.doc.broken[key]
}

// Text reads a key that takes text.
func (f *Fields) Text(key string) Text { return f.Value(key).Text() }

// Texts reads a key that takes a list of texts.
func (f *Fields) Texts(key string) []Text { return f.Value(key).Texts() }

// Bool reads a key that takes true or false.
func (f *Fields) Bool(key string) bool { return f.Value(key).Bool() }

// Int reads a key that takes a whole number.
func (f *Fields) Int(key string) int { return f.Value(key).Int() }

// Map reads a key that takes a group of known keys.
func (f *Fields) Map(key string) *Fields { return f.Value(key).Fields() }

// Maps reads a key that takes a list of groups of known keys.
func (f *Fields) Maps(key string) []*Fields {
	var maps []*Fields
	for _, item := range f.Value(key).List() {
		maps = append(maps, item.Fields())
	}
	return maps
}

// Required reads a key that must be there; what says what the key is for.
func (f *Fields) Required(key, what, example string) Text {
	t := f.Text(key)
	if t.Value != "" || f.refused || f.Has(key) && !t.Set() {
		return t
	}
	pos := f.Pos()
	if t.Set() {
		pos = t.Pos
	}
	if f.missing == nil {
		f.missing = map[string]diag.Problem{}
	}
	f.missing[key] = diag.Errorf(pos, "missing-key", "write `"+key+": "+example+"`", "`%s` is missing: %s", key, what)
	return t
}

// Choice reads a key that takes one of the given words; the first is the
// default. Letter case does not count, and spaces may stand for hyphens.
func (f *Fields) Choice(key string, words ...string) string {
	t := f.Text(key)
	if t.Value == "" {
		return words[0]
	}
	word := strings.ReplaceAll(strings.ToLower(t.Value), " ", "-")
	if slices.Contains(words, word) {
		return word
	}
	hint := "write one of: " + strings.Join(words, ", ")
	if near := diag.Nearest(word, words); near != "" {
		hint = "did you mean `" + near + "`? Possible are: " + strings.Join(words, ", ")
	}
	f.Problem(diag.Errorf(t.Pos, "unknown-value", hint, "`%s` cannot be `%s`", f.Value(key).name, shorten(t.Value)))
	return words[0]
}

// Date is a date as it was written.
type Date struct {
	ukdate.Value
	Text Text
}

// Set reports whether a date was written that could be read.
func (d Date) Set() bool { return d.Text.Set() }

// Date reads a key that takes a date, in one of the forms of package ukdate.
func (f *Fields) Date(key string) Date { return f.Value(key).Date() }

// Date reads the value as a date.
func (v Value) Date() Date {
	t := v.Text()
	if t.Value == "" {
		return Date{}
	}
	value, err := ukdate.Parse(t.Value)
	if err != nil {
		v.doc.problems.Add(DateProblem(t.Pos, err))
		return Date{}
	}
	return Date{Value: value, Text: t}
}

// Problem adds a problem that a later look at the values found.
func (f *Fields) Problem(p diag.Problem) {
	if f.value.doc != nil {
		f.value.doc.problems.Add(p)
	}
}

// Meant tells what to write instead of keys that people know from elsewhere.
func (f *Fields) Meant(meant map[string]string) { f.meant = meant }

// Finish reports the keys that nobody read and gives all problems of the
// document. Call it once, after the last key was read.
func (f *Fields) Finish() diag.List { return f.value.Finish() }

// Finish is [Fields.Finish] for a document that is no map.
func (v Value) Finish() diag.List {
	d := v.doc
	if d == nil {
		return nil
	}
	for _, m := range d.maps {
		if m.refused {
			m.reportRefused()
			continue
		}
		m.reportUnknown()
		for _, p := range m.missing {
			m.Problem(p)
		}
	}
	d.problems.Sort()
	return d.problems
}

func (f *Fields) reportUnknown() {
	if f.value.node == nil {
		return
	}
	content := f.value.node.content
	for i := 0; i+1 < len(content); i += 2 {
		key := content[i]
		if slices.Contains(f.known, key.value) {
			continue
		}
		f.Problem(diag.Errorf(f.value.doc.pos(key), "unknown-key", f.advice(key.value), "unknown key `%s`", shorten(clean(key.value))))
	}
}

// knownKeys gives the keys that were read, each once.
func (f *Fields) knownKeys() []string {
	var keys []string
	for _, key := range f.known {
		if !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	return keys
}

// shownKeys is how many keys an example of a group shows.
const shownKeys = 3

// reportRefused reports that a group of keys was wanted, and shows one.
func (f *Fields) reportRefused() {
	var example strings.Builder
	example.WriteString("write it like this, with the keys that you need:\n" + f.value.name + ":")
	indent := "  "
	if f.value.item {
		indent = "  - "
	}
	known := f.knownKeys()
	for _, key := range known[:min(shownKeys, len(known))] {
		example.WriteString("\n" + indent + key + ": ...")
		indent = strings.Repeat(" ", len(indent))
	}
	f.value.wrongType("a group of keys", example.String())
}

// advice gives the hint for an unknown key. The key that was meant is not
// reported as missing besides.
func (f *Fields) advice(key string) string {
	folded := strings.ToLower(strings.TrimSpace(key))
	known := f.knownKeys()
	if near := diag.Nearest(folded, known); near != "" {
		delete(f.missing, near)
		return "did you mean `" + near + "`?"
	}
	if hint := f.meant[folded]; hint != "" {
		delete(f.missing, strings.Trim(strings.TrimPrefix(hint, "write "), "`"))
		return hint
	}
	slices.SortFunc(known, func(a, b string) int { return cmp.Compare(a, b) })
	return "the keys that can stand here are: " + strings.Join(known, ", ")
}

// DateProblem makes a problem of an error of package ukdate or of a package
// whose errors carry a rule, a text and a hint likewise.
func DateProblem(pos diag.Pos, err error) diag.Problem {
	var e *ukdate.Error
	if errors.As(err, &e) {
		return diag.Errorf(pos, e.Rule, e.Hint, "%s", e.Text)
	}
	return diag.Errorf(pos, ukdate.RuleNotADate, "write it like 23 September 2025", "%v", err)
}
