package header

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"bulletin/internal/diag"
)

// maxRepairs bounds how often a text with faults is read again to find the
// next fault.
const maxRepairs = 25

// maxYAML is the largest settings file or register, in bytes.
const maxYAML = 1 << 20

// YAML reads a settings file or register. The data has been through [Clean].
// The value can be read whatever the problems are; they come out of
// [Value.Finish].
func YAML(file string, data []byte) Value {
	d := newDocument(file, 0)
	if len(data) > maxYAML {
		d.problems.Add(diag.Errorf(diag.Pos{File: file, Line: 1, Col: 1}, "file-too-large", "split the file, or remove what is not needed",
			"the file has %d KiB; at most %d are read", len(data)>>10, maxYAML>>10))
		return Value{doc: d}
	}
	if root, ok := readPlain(data); ok {
		return Value{doc: d, node: d.check(root, 0)}
	}
	return Value{doc: d, node: d.load(data)}
}

// parse reads the lines of a front matter; offset is the number of lines above
// its first.
func parse(file string, raw []byte, offset int) *Fields {
	d := newDocument(file, offset)
	return d.fields(d.load(raw))
}

// fields gives the fields of a front matter.
func (d *document) fields(root *node) *Fields {
	if root != nil && root.kind != Map {
		d.problems.Add(diag.Errorf(d.pos(root), "front-matter", "write one \"key: value\" a line, such as \"title: Your title\"; mind the space after the colon",
			"the front matter is no list of keys and values"))
		root, d.broken["title"] = nil, true
	}
	return Value{doc: d, node: root}.Fields()
}

// document is the text that values point into.
type document struct {
	file     string
	offset   int
	problems diag.List
	// broken holds the top-level keys that were set aside because YAML could
	// not read them: they are wrong, not missing.
	broken map[string]bool
	// maps are all maps that were read, so that their unknown keys are found.
	maps []*Fields
}

// newDocument begins a document whose first line has offset lines above it.
func newDocument(file string, offset int) *document {
	const usualMaps = 8
	return &document{file: file, offset: offset, broken: map[string]bool{}, maps: make([]*Fields, 0, usualMaps)}
}

func (d *document) pos(n *node) diag.Pos {
	return diag.Pos{File: d.file, Line: n.line + d.offset, Col: n.col}
}

// load reads the text; what cannot be read is reported and set aside, so that
// the rest is still looked at.
func (d *document) load(data []byte) *node {
	var lines [][]byte // of data, once it has to be repaired
	for range maxRepairs {
		if saysNothing(data) {
			return nil
		}
		var root yaml.Node
		err := yaml.Load(data, &root)
		if err == nil {
			if len(root.Content) == 0 {
				return nil
			}
			return d.check(nodeOf(root.Content[0]), 0)
		}
		if lines == nil {
			lines = bytes.SplitAfter(bytes.Clone(data), []byte("\n"))
		}
		if !d.repair(lines, err) {
			return nil
		}
		data = bytes.Join(lines, nil)
	}
	return nil
}

// saysNothing tells that a text has only empty lines and comments.
func saysNothing(text []byte) bool {
	for line := range bytes.Lines(text) {
		if line = bytes.TrimSpace(line); len(line) > 0 && line[0] != '#' {
			return false
		}
	}
	return true
}

var (
	// A key in a list item is one of ours, in small letters: other words before
	// a colon belong to a text.
	keyAndValue = regexp.MustCompile(`^([ \t]*(?:- +)+[a-z_]+:[ \t]+|[ \t]*[^ \t:#"'\[\]{},-][^:]*:[ \t]+)(\S.*?)\s*$`)
	listItem    = regexp.MustCompile(`^([ \t]*- +)(\S.*?)\s*$`)
)

// repair reports a fault of the text in plain English and changes the lines so
// that reading can go on: a value that lacks quotation marks gets them, any
// other faulty entry is set aside.
func (d *document) repair(lines [][]byte, err error) bool {
	line, col, message := place(err)
	if line < 1 || line > len(lines) {
		line = min(max(line, 1), len(lines))
	}
	text := string(lines[line-1])
	pos := diag.Pos{File: d.file, Line: line + d.offset, Col: max(col, 1)}
	if d.addSpace(lines, line, message) {
		return true
	}
	if prefix, value, ok := unquoted(text, message); ok {
		quoted := `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(value) + `"`
		pos.Col = len([]rune(prefix)) + 1
		rule, what := "unquoted-colon", "a text with a colon in it needs quotation marks"
		if !strings.Contains(value, ": ") {
			rule, what = "unquoted-text", fmt.Sprintf("a text that begins with %q needs quotation marks", firstRune(value))
		}
		d.problems.Add(diag.Errorf(pos, rule, "write "+strings.TrimSpace(strings.TrimLeft(prefix, " -"))+" "+quoted, "%s", what))
		lines[line-1] = []byte(prefix + quoted + "\n")
		return true
	}
	if strings.Contains(message, "mapping values") {
		pos.Col = len(text) - len(strings.TrimLeft(text, " \t")) + 1
	}
	what, hint := plainYAML(message, text)
	d.problems.Add(diag.Errorf(pos, "yaml", hint, "%s", what))
	return d.setAside(lines, line)
}

// unquoted recognises a value that YAML refuses only for want of quotation
// marks, and gives what stands before it.
func unquoted(line, message string) (prefix, value string, ok bool) {
	m := keyAndValue.FindStringSubmatch(line)
	if m == nil {
		m = listItem.FindStringSubmatch(line)
	}
	if m == nil {
		return "", "", false
	}
	prefix, value = m[1], m[2]
	if strings.ContainsRune(`"'|>[{`, rune(value[0])) {
		return "", "", false
	}
	colon := strings.Contains(message, "mapping values are not allowed") && strings.Contains(value, ": ")
	symbol := strings.Contains(message, "cannot start any token") && strings.ContainsRune("@%`", rune(value[0])) ||
		strings.Contains(message, "unknown anchor") || strings.Contains(message, "block sequence entries are not allowed") ||
		value[0] == '*' || value[0] == '&' || value[0] == '!'
	return prefix, value, colon || symbol
}

// keyWithoutSpace is a key whose value follows the colon at once; what begins
// with two slashes is the rest of a web address.
var keyWithoutSpace = regexp.MustCompile(`^([ \t]*(?:- +)*)([a-z_]+):([^\s/:]\S*.*?)\s*$`)

// addSpace recognises that the space after a key's colon was left out, in the
// faulty line or the one above it, which YAML reads together; reports that, and
// adds the space.
func (d *document) addSpace(lines [][]byte, line int, message string) bool {
	if !strings.Contains(message, "mapping values are not allowed") && !strings.Contains(message, "could not find expected ':'") {
		return false
	}
	for i := line - 1; i >= max(line-2, 0); i-- {
		m := keyWithoutSpace.FindStringSubmatch(string(lines[i]))
		if m == nil {
			continue
		}
		pos := diag.Pos{File: d.file, Line: i + 1 + d.offset, Col: len([]rune(m[1]+m[2])) + 2}
		d.problems.Add(diag.Errorf(pos, "missing-space", "write `"+m[2]+": "+m[3]+"`", "a space is missing after the colon"))
		lines[i] = []byte(m[1] + m[2] + ": " + m[3] + "\n")
		return true
	}
	return false
}

func firstRune(s string) string {
	for _, r := range s {
		return string(r)
	}
	return ""
}

// setAside blanks the top-level entry that the line belongs to.
func (d *document) setAside(lines [][]byte, line int) bool {
	top := func(i int) bool {
		l := lines[i]
		return len(bytes.TrimSpace(l)) > 0 && !bytes.ContainsRune([]byte(" \t-#]}"), rune(l[0]))
	}
	start := line - 1
	for start > 0 && !top(start) {
		start--
	}
	end := start + 1
	for end < len(lines) && (end < line || !top(end)) {
		end++
	}
	changed := false
	for i := start; i < end; i++ {
		if key, _, found := bytes.Cut(lines[i], []byte(":")); found {
			d.broken[strings.TrimSpace(string(key))] = true
		}
		if len(bytes.TrimSpace(lines[i])) > 0 {
			lines[i], changed = []byte("\n"), true
		}
	}
	return changed
}

// place takes line, column and message out of the YAML library's error.
func place(err error) (line, col int, message string) {
	var one *yaml.LoadError
	if many := (*yaml.LoadErrors)(nil); errors.As(err, &many) && len(many.Errors) > 0 {
		one = many.Errors[0]
	} else if !errors.As(err, &one) {
		return 1, 1, err.Error()
	}
	mark := one.Mark
	// A fault that is noticed late is shown where its text begins.
	late := strings.Contains(one.Message, "end of stream") || strings.Contains(one.Message, "find expected")
	if context := one.ContextMark; context.Line > 0 && late {
		mark = context
	}
	return mark.Line, mark.Column, one.Message
}

// plainYAML says in plain English what the YAML library's message means.
func plainYAML(message, line string) (what, hint string) {
	trimmed := strings.TrimSpace(line)
	switch {
	case strings.Contains(message, "max depth"):
		return fmt.Sprintf("values are nested more than %d levels deep here", maxDepth), "write it flatter"
	case strings.HasPrefix(line, "\t") || strings.Contains(message, "tab"):
		return "this line is indented with a tab", "indent with two spaces"
	case strings.Contains(message, "end of stream") && strings.ContainsAny(trimmed, `"'`), strings.Contains(message, "quoted scalar"):
		return "a quotation mark is opened here and not closed", "add the closing quotation mark; inside \"…\" write a quotation mark as \\\""
	case strings.Contains(message, "',' or ']'"):
		return "a list that begins with [ is not closed", "write [one, two] with a comma between the items and ] at the end"
	case strings.Contains(message, "',' or '}'"):
		return "a group that begins with { is not closed", "write {name: A name, role: A role} with } at the end; texts with a comma or colon need quotation marks"
	case strings.Contains(message, "multiple"):
		return "a second block of settings begins here", "keep a single block"
	case strings.Contains(message, "mapping values are not allowed"):
		return "a key is written where it does not belong", "start it in the same column as the keys above it; a text with a colon needs quotation marks"
	case strings.Contains(message, "'-' indicator"), strings.Contains(message, "expected key"):
		return "this entry does not line up with the ones above it", "keys of one block start in the same column, and so do the hyphens of one list"
	case strings.Contains(message, "could not find expected ':'"):
		return fmt.Sprintf("%q is no \"key: value\"", trimmed), "write the key, a colon and a space before the value"
	}
	return "this cannot be read as \"key: value\" (" + message + ")", "put the value in quotation marks"
}

// maxDepth bounds nesting; the deepest real entry has four levels.
const maxDepth = 16

// check reports what is correct YAML but not wanted: duplicate keys, aliases,
// tags, nesting without end. It gives the node without them.
func (d *document) check(n *node, depth int) *node {
	if depth > maxDepth {
		d.problems.Add(diag.Errorf(d.pos(n), "nesting", "write it flatter", "values are nested more than %d levels deep here", maxDepth))
		return nil
	}
	if n.alias {
		d.problems.Add(diag.Errorf(d.pos(n), "unquoted-text", "put the value in quotation marks, such as \"*"+n.value+"\"",
			"a text that begins with %q needs quotation marks", "*"))
		return nil
	}
	switch n.kind {
	case List:
		n.content = slices.DeleteFunc(n.content, func(item *node) bool { return d.check(item, depth+1) == nil })
	case Map:
		d.checkKeys(n, depth)
	case Scalar, Absent:
		if n.comment != "" {
			d.checkHash(n, n.value+" ")
		}
		if n.anchored || n.tagged {
			d.problems.Add(diag.Errorf(d.pos(n), "unquoted-text", "put the value in quotation marks", "a text that begins with %q needs quotation marks",
				map[bool]string{true: "&", false: "!"}[n.anchored]))
			return nil
		}
	}
	return n
}

// hashtag matches comments that were meant as text: a comment has a space after
// the hash.
var hashtag = regexp.MustCompile(`^#[\pL\pN]`)

// checkHash reports a text of which YAML takes the rest for a comment.
func (d *document) checkHash(n *node, before string) {
	if hashtag.MatchString(n.comment) {
		tag, _, _ := strings.Cut(n.comment, " ")
		d.problems.Add(diag.Errorf(d.pos(n), "unquoted-hash",
			fmt.Sprintf("write \"%s%s\"; if it is a note to yourself, put a space after the #", before, n.comment),
			"what stands from %s on is left out: a text with # in it needs quotation marks", shorten(tag)))
	}
}

func (d *document) checkKeys(n *node, depth int) {
	first := make(map[string]*node, len(n.content)/2)
	kept := n.content[:0]
	for i := 0; i+1 < len(n.content); i += 2 {
		key, value := n.content[i], n.content[i+1]
		if key.alias || key.kind == List || key.kind == Map {
			d.problems.Add(diag.Errorf(d.pos(key), "yaml", "a key is a single word before a colon", "a key cannot be a list or a group"))
			continue
		}
		if before, twice := first[key.value]; twice {
			d.problems.Add(diag.Errorf(d.pos(key), "duplicate-key", "keep one of the two",
				"the key %q is written twice; the first stands in line %d", key.value, before.line+d.offset))
			continue
		}
		first[key.value] = key
		if value.kind == Absent && !value.alias {
			d.checkHash(key, "")
		}
		if d.check(value, depth+1) == nil {
			d.broken[key.value] = true
			continue
		}
		kept = append(kept, key, value)
	}
	n.content = kept
}
