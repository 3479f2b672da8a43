package header

import (
	"strings"
	"unicode/utf8"
)

// readPlain reads a text that is written in the forms of YAML that nearly all
// front matters keep to, many times as fast as the YAML library, which reads
// all others:
//
//	key: some words
//	key: "words in quotation marks"
//	key: [one, "two"]
//	key: {name: A name, role: A role}
//	key:
//	  - one
//	  - name: A name
//	    role: A role
//
// It reports false for whatever else it meets: a comment, a value over several
// lines, an escape, an empty value, a fault. What it does read, the library
// reads alike.
func readPlain(data []byte) (*node, bool) {
	p := plainReader{text: string(data)}
	if !p.isPlain() {
		return nil, false
	}
	p.nodes = make([]node, 0, p.estimate())
	p.next()
	root, ok := p.block(0)
	return root, ok && p.line == ""
}

// maxPlainDepth bounds the nesting of what is read as plain.
const maxPlainDepth = 6

// plainReader is the state of readPlain.
type plainReader struct {
	// text is what follows the line that is read.
	text string
	// line is the line that is read, without spaces at its end; "" is the end
	// of the text. number counts lines from 1, and indent the spaces at its
	// start.
	line           string
	number, indent int
	depth          int
	// nodes are those that are not given out yet.
	nodes []node
}

// isPlain reports whether the text has only characters that mean themselves
// everywhere in a line, in YAML's eyes.
func (p *plainReader) isPlain() bool {
	for i := 0; i < len(p.text); i++ {
		switch c := p.text[i]; {
		case c >= ' ' && c < 0x7f, c == '\n':
		case c < ' ', c == 0x7f, c == 0xef:
			return false // controls, and the block with the byte order mark
		case c == 0xc2 && i+1 < len(p.text) && p.text[i+1] < 0xa0:
			return false // controls of two bytes, one of which ends lines
		case c == 0xe2 && (strings.HasPrefix(p.text[i:], "\u2028") || strings.HasPrefix(p.text[i:], "\u2029")):
			return false // they end lines
		}
	}
	return utf8.ValidString(p.text)
}

// estimate gives a number of nodes that is enough for most texts.
func (p *plainReader) estimate() int {
	return 2 + 2*strings.Count(p.text, "\n") + 2*strings.Count(p.text, ", ") + strings.Count(p.text, "[") + 3*strings.Count(p.text, "{")
}

// next goes on to the next line that is not empty.
func (p *plainReader) next() {
	p.line = ""
	for p.line == "" && p.text != "" {
		p.line, p.text, _ = strings.Cut(p.text, "\n")
		p.line = strings.TrimRight(p.line, " ")
		p.number++
	}
	p.indent = 0
	for p.indent < len(p.line) && p.line[p.indent] == ' ' {
		p.indent++
	}
}

// node makes a node that begins at a byte of the line.
func (p *plainReader) node(kind Kind, value string, at int) *node {
	if len(p.nodes) == cap(p.nodes) {
		p.nodes = make([]node, 0, 16)
	}
	p.nodes = append(p.nodes, node{kind: kind, value: value, line: p.number, col: utf8.RuneCountInString(p.line[:at]) + 1})
	return &p.nodes[len(p.nodes)-1]
}

// block reads the list or map whose first item or key is in the line, after as
// many bytes.
func (p *plainReader) block(at int) (*node, bool) {
	if p.depth++; p.depth > maxPlainDepth || at >= len(p.line) {
		return nil, false
	}
	defer func() { p.depth-- }()
	if p.line[at] == '-' {
		return p.list(at)
	}
	return p.entries(at)
}

// list reads items that stand after hyphens with the given indent.
func (p *plainReader) list(indent int) (*node, bool) {
	n := p.node(List, "", indent)
	for p.line != "" && p.indent == indent && p.line[indent] == '-' {
		at := p.skipSpaces(indent + 1)
		if at == indent+1 || at >= len(p.line) {
			return nil, false
		}
		var item *node
		var ok bool
		if p.keyEnd(at) > 0 {
			p.indent = at // as if the hyphen were not there
			item, ok = p.block(at)
		} else {
			item, ok = p.inline(at)
		}
		if !ok {
			return nil, false
		}
		n.content = append(n.content, item)
	}
	return n, p.indent <= indent
}

// entries reads keys with the given indent.
func (p *plainReader) entries(indent int) (*node, bool) {
	n := p.node(Map, "", indent)
	for p.line != "" && p.indent == indent {
		end := p.keyEnd(indent)
		if end <= 0 {
			// After a list with the indent of its key, another key follows;
			// otherwise it is a fault.
			return nil, false
		}
		key := p.node(Scalar, p.line[indent:end], indent)
		var value *node
		var ok bool
		if at := p.skipSpaces(end + 1); at < len(p.line) {
			value, ok = p.inline(at)
		} else {
			value, ok = p.below(indent)
		}
		if !ok {
			return nil, false
		}
		n.content = append(n.content, key, value)
	}
	return n, p.indent <= indent
}

// below reads the value that stands below a key with the given indent.
func (p *plainReader) below(indent int) (*node, bool) {
	p.next()
	if p.line == "" || p.indent < indent || p.indent == indent && p.line[indent] != '-' {
		return nil, false // an empty value
	}
	return p.block(p.indent)
}

func (p *plainReader) skipSpaces(at int) int {
	for at < len(p.line) && p.line[at] == ' ' {
		at++
	}
	return at
}

// keyEnd gives the place of the colon after the key that begins at a byte of
// the line, or 0 if none does.
func (p *plainReader) keyEnd(at int) int {
	const longest = 100 // the library reads ten times as much
	for i := at; i < len(p.line) && i < at+longest; i++ {
		switch c := p.line[i]; {
		case isLetter(c):
		case i == at:
			return 0
		case c == ':' && (i+1 == len(p.line) || p.line[i+1] == ' '):
			if p.line[i-1] == ' ' {
				return 0
			}
			return i
		case c == ' ', c == '_', c == '-', c == '(', c == ')', isDigit(c):
		default:
			return 0
		}
	}
	return 0
}

// inline reads the value that fills the rest of the line.
func (p *plainReader) inline(at int) (*node, bool) {
	var n *node
	var end int
	var ok bool
	switch p.line[at] {
	case '[':
		n, end, ok = p.flowList(at)
	case '{':
		n, end, ok = p.flowMap(at)
	default:
		n, end, ok = p.scalar(at, false)
	}
	if !ok || end != len(p.line) {
		return nil, false
	}
	indent := p.indent
	p.next()
	return n, p.indent <= indent // what is indented further belongs to the value
}

// flowList reads a list between square brackets, of which the first is at a byte
// of the line, and gives the place after it.
func (p *plainReader) flowList(at int) (n *node, end int, ok bool) {
	n = p.node(List, "", at)
	if at = p.skipSpaces(at + 1); at < len(p.line) && p.line[at] == ']' {
		return n, at + 1, true
	}
	for at < len(p.line) {
		item, end, ok := p.scalar(at, true)
		if !ok {
			return nil, 0, false
		}
		n.content = append(n.content, item)
		if at, ok = p.separated(end, ']'); ok {
			return n, at, true
		}
	}
	return nil, 0, false
}

// flowMap reads a group between curly brackets likewise.
func (p *plainReader) flowMap(at int) (n *node, end int, ok bool) {
	n = p.node(Map, "", at)
	at = p.skipSpaces(at + 1)
	for at < len(p.line) {
		end := p.keyEnd(at)
		if end <= 0 {
			return nil, 0, false
		}
		key := p.node(Scalar, p.line[at:end], at)
		if at = p.skipSpaces(end + 1); at >= len(p.line) {
			return nil, 0, false
		}
		value, end, ok := p.scalar(at, true)
		if !ok {
			return nil, 0, false
		}
		n.content = append(n.content, key, value)
		if at, ok = p.separated(end, '}'); ok {
			return n, at, true
		}
	}
	return nil, 0, false
}

// separated gives the place after the bracket that closes a list or group, with
// true, or that of the item that follows a comma; one after the line's end if
// there is neither.
func (p *plainReader) separated(at int, closing byte) (int, bool) {
	at = p.skipSpaces(at)
	switch {
	case at >= len(p.line):
	case p.line[at] == closing:
		return at + 1, true
	case p.line[at] == ',':
		return p.skipSpaces(at + 1), false
	}
	return len(p.line), false
}

// scalar reads the text at a byte of the line and gives the place after it. In
// a list or group between brackets it ends before a comma or bracket.
func (p *plainReader) scalar(at int, inBrackets bool) (n *node, end int, ok bool) {
	switch c := p.line[at]; {
	case c == '"' || c == '\'':
		length := strings.IndexByte(p.line[at+1:], c)
		if length < 0 {
			return nil, 0, false
		}
		value := p.line[at+1 : at+1+length]
		end = at + length + 2
		if c == '"' && strings.IndexByte(value, '\\') >= 0 || end < len(p.line) && p.line[end] == c {
			return nil, 0, false // an escape
		}
		return p.node(Scalar, value, at), end, true
	case !isLetter(c) && !isDigit(c) && c != '/' && c != '(' && c < utf8.RuneSelf:
		return nil, 0, false
	}
	end = at
	for ; end < len(p.line); end++ {
		switch c := p.line[end]; {
		case c == ':' && (end+1 == len(p.line) || !isLetter(p.line[end+1]) && !isDigit(p.line[end+1]) && p.line[end+1] != '/'):
			return nil, 0, false
		case c == '#' && p.line[end-1] == ' ':
			return nil, 0, false
		case inBrackets && (c == ',' || c == ']' || c == '}'):
			value := strings.TrimRight(p.line[at:end], " ")
			return p.node(Scalar, value, at), end, !isNull(value)
		case inBrackets && (c == '[' || c == '{' || c == '?'):
			return nil, 0, false
		}
	}
	value := p.line[at:]
	return p.node(Scalar, value, at), end, !isNull(value)
}

// isNull reports the words that YAML takes for nothing.
func isNull(word string) bool { return word == "null" || word == "Null" || word == "NULL" }

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
