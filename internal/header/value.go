package header

import (
	"strings"
	"unicode"

	"bulletin/internal/diag"
)

// Kind says what was written as a value.
type Kind int

// The kinds of values.
const (
	// Absent: the key is not there, or nothing follows its colon.
	Absent Kind = iota
	// Scalar: text, a number, a date, yes or no; all are read as text.
	Scalar
	// List: items after hyphens or between square brackets.
	List
	// Map: keys with values of their own.
	Map
)

// String names the kind in the words of the manual.
func (k Kind) String() string {
	return [...]string{"nothing", "a text", "a list", "a group of keys"}[k]
}

// Value is something written in a front matter or settings file.
type Value struct {
	doc  *document
	node *node
	// name is the path of keys that leads here, for messages.
	name string
	// item tells that this is an item of a list of that name.
	item bool
}

// Text is a text with the place where it was written.
type Text struct {
	// Value has no control characters, and no white space around it.
	Value string
	Pos   diag.Pos
}

// Set reports whether something was written.
func (t Text) Set() bool { return t.Pos.Line > 0 }

// String gives the text itself.
func (t Text) String() string { return t.Value }

// Kind tells what was written.
func (v Value) Kind() Kind {
	if v.node == nil {
		return Absent
	}
	return v.node.kind
}

// Pos gives the place of the value, or of its file when it is absent.
func (v Value) Pos() diag.Pos {
	if v.node == nil {
		if v.doc == nil {
			return diag.Pos{}
		}
		return diag.Pos{File: v.doc.file, Line: 1, Col: 1}
	}
	return v.doc.pos(v.node)
}

// Text reads the value as text. White space around it is dropped, and lines of
// a folded text are joined.
func (v Value) Text() Text {
	switch v.Kind() {
	case Absent:
		return Text{}
	case Scalar:
		return Text{Value: clean(v.node.value), Pos: v.Pos()}
	}
	v.wrongType("a text", write(v.name+": some words"))
	return Text{}
}

// Lines gives the line of the file on which each line of [Value.Text] is
// written: that on which the value begins, unless the file has the same lines.
func (v Value) Lines() []int {
	if v.Kind() != Scalar {
		return nil
	}
	lines := make([]int, strings.Count(v.Text().Value, "\n")+1)
	for i := range lines {
		lines[i] = v.Pos().Line
		if v.node.literal {
			blank := v.node.value[:len(v.node.value)-len(strings.TrimLeftFunc(v.node.value, unicode.IsSpace))]
			lines[i] += 1 + strings.Count(blank, "\n") + i
		}
	}
	return lines
}

// clean drops what a quoted YAML text can bring in by escapes, and trims.
func clean(s string) string {
	if isClean(s) {
		return s
	}
	s = strings.Map(func(r rune) rune {
		if isControl(r) {
			return -1
		}
		return r
	}, s)
	return strings.TrimFunc(s, unicode.IsSpace)
}

// isClean reports texts that clean leaves as they are; it may miss some.
func isClean(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] >= 0x7f {
			return false
		}
	}
	return s == "" || s[0] != ' ' && s[len(s)-1] != ' '
}

// Bool reads true or false; yes and no are understood too.
func (v Value) Bool() bool {
	if v.Kind() == Absent {
		return false
	}
	if v.Kind() == Scalar {
		switch strings.ToLower(v.node.value) {
		case "true", "yes", "on":
			return true
		case "false", "no", "off":
			return false
		}
	}
	v.wrongType("true or false", write(v.name+": true"))
	return false
}

// Int reads a whole number of at least zero; thousands may have a comma.
func (v Value) Int() int {
	if v.Kind() == Absent {
		return 0
	}
	if v.Kind() == Scalar {
		digits := strings.ReplaceAll(v.node.value, ",", "")
		if n, ok := parseInt(digits); ok {
			return n
		}
	}
	v.wrongType("a whole number", write(v.name+": 120"))
	return 0
}

func parseInt(s string) (n int, ok bool) {
	if s == "" || len(s) > 9 {
		return 0, false
	}
	for _, r := range s {
		if r < '0' || r > '9' {
			return 0, false
		}
		n = n*10 + int(r-'0')
	}
	return n, true
}

// List gives the items of a list. A single text counts as a list of one.
func (v Value) List() []Value {
	switch v.Kind() {
	case Absent:
		return nil
	case List:
		items := make([]Value, 0, len(v.node.content))
		for _, n := range v.node.content {
			if item := (Value{doc: v.doc, node: n, name: v.name, item: true}); item.Kind() != Absent {
				items = append(items, item)
			}
		}
		return items
	}
	return []Value{v}
}

// Texts reads a list of texts; a single text counts as a list of one.
func (v Value) Texts() []Text {
	var texts []Text
	for _, item := range v.List() {
		if item.Kind() != Scalar {
			item.wrongType("a list of texts", write(v.name+": [one, two]")+"; a text with a colon in it needs quotation marks")
			continue
		}
		if t := item.Text(); t.Value != "" {
			texts = append(texts, t)
		}
	}
	return texts
}

// Entry is a key of a free map with its value.
type Entry struct {
	Key   Text
	Value Value
}

// Entries reads a map whose keys the writer chooses, in the order of the file.
func (v Value) Entries() []Entry {
	if v.Kind() == Absent {
		return nil
	}
	if v.Kind() != Map {
		v.wrongType("a group of keys", "write it like this:\n"+v.name+":\n  Label: text")
		return nil
	}
	var entries []Entry
	for i := 0; i+1 < len(v.node.content); i += 2 {
		key, value := v.node.content[i], v.node.content[i+1]
		entries = append(entries, Entry{
			Key:   Text{Value: clean(key.value), Pos: v.doc.pos(key)},
			Value: Value{doc: v.doc, node: value, name: v.name + "." + key.value},
		})
	}
	return entries
}

// wrongType reports a value that is not of the kind that its key takes.
func (v Value) wrongType(want, hint string) {
	got := v.Kind().String()
	if v.Kind() == Scalar {
		got = "`" + shorten(v.node.value) + "`"
	}
	v.doc.problems.Add(diag.Errorf(v.Pos(), "wrong-type", hint, "`%s` takes %s, not %s", v.name, want, got))
}

func write(example string) string { return "write `" + example + "`" }

func shorten(s string) string {
	if runes := []rune(s); len(runes) > 40 {
		return string(runes[:39]) + "…"
	}
	return s
}

// Problem adds a problem that a later look at the value found.
func (v Value) Problem(p diag.Problem) { v.doc.problems.Add(p) }
