// Package header reads front matter and settings: YAML text becomes values of
// which each knows the line and column where it was written.
//
// It is strict, because a misspelt key that is silently passed over costs a
// writer an afternoon, and it never stops at the first problem: text that
// YAML cannot read is reported, set aside, and the rest is read on.
//
// Every scalar is read as the text that was typed. YAML's own guesses, by which
// "cost: no" is false and "0658372" a number without its zero, do not happen.
package header

import (
	"bufio"
	"bytes"
	"strings"
	"sync"

	"github.com/adrg/frontmatter"
	"go.yaml.in/yaml/v4"

	"bulletin/internal/diag"
)

// MaxSize is the largest front matter in bytes. Real ones have about 1 KiB.
const MaxSize = 64 << 10

// Doc is a Markdown file taken apart.
type Doc struct {
	// Fields are the keys of the front matter; they can be read even when the
	// file has none.
	Fields *Fields
	// Body is the Markdown below the front matter, and BodyLine the number of
	// its first line in the file.
	Body     []byte
	BodyLine int
}

// Split takes a file apart into front matter and body. The data has been
// through [Clean]. A nil Doc means that nothing in the file could be read; the
// problems say why. Otherwise they come out of [Fields.Finish].
func Split(file string, data []byte) (*Doc, diag.List) {
	var problems diag.List
	if len(bytes.TrimSpace(data)) == 0 {
		problems.Add(diag.Errorf(diag.Pos{File: file, Line: 1, Col: 1}, "empty-file",
			"begin it like this:\n---\ntitle: Your title\n---\nor delete the file", "the file is empty"))
		return nil, problems
	}
	first, begins, open := findOpening(data)
	if !open {
		problems.Add(missing(file, data))
		return nil, problems
	}
	ends, size, end, found := findClosing(file, data, first, &problems)
	if !found || problems.HasErrors() {
		return nil, problems
	}
	if root, ok := readPlain(data[begins:ends]); ok {
		d := newDocument(file, first)
		return &Doc{Fields: d.fields(d.check(root, 0)), Body: data[size:], BodyLine: end + 1}, nil
	}
	raw, err := between(data[:size])
	if err != nil {
		problems.Add(diag.Errorf(diag.Pos{File: file, Line: 1, Col: 1}, "front-matter", "", "the front matter cannot be read: %v", err))
		return nil, problems
	}
	if line := swallowed(raw); line > 0 {
		problems.Add(unclosed(file, first, first+line))
		return nil, problems
	}
	body := data[size:]
	return &Doc{Fields: parse(file, raw, first), Body: body, BodyLine: end + 1}, nil
}

// readers are for between, which would make one for each file.
var readers = sync.Pool{New: func() any { return bufio.NewReader(nil) }}

// between gives what stands between the two lines of hyphens of a front matter.
func between(text []byte) (raw []byte, err error) {
	format := frontmatter.NewFormat("---", "---", func(data []byte, _ any) error {
		raw = data
		return nil
	})
	r := readers.Get().(*bufio.Reader)
	r.Reset(bytes.NewReader(text))
	_, err = frontmatter.Parse(r, nil, format)
	r.Reset(nil)
	readers.Put(r)
	return raw, err
}

// findOpening gives the number of the line that opens the front matter, and
// where the next begins: the first line with text on it, if that is three
// hyphens.
func findOpening(data []byte) (line, begins int, ok bool) {
	for text := range bytes.Lines(data) {
		line++
		begins += len(text)
		if trimmed := bytes.TrimSpace(text); len(trimmed) > 0 {
			return line, begins, string(trimmed) == "---"
		}
	}
	return line, begins, false
}

// findClosing gives the number of the line that closes the front matter that
// was opened at line first, and how many bytes there are up to its start and to
// its end.
func findClosing(file string, data []byte, first int, problems *diag.List) (start, end, line int, ok bool) {
	size, guess := 0, 0
	for text := range bytes.Lines(data) {
		line++
		start = end
		end += len(text)
		if line <= first {
			continue
		}
		trimmed := bytes.TrimSpace(text)
		if string(trimmed) == "---" {
			indent := len(text) - len(bytes.TrimLeft(text, " \t"))
			if indent == 0 {
				if size > MaxSize {
					problems.Add(diag.Errorf(diag.Pos{File: file, Line: first, Col: 1}, "front-matter-too-large",
						"move long texts below the closing line of hyphens", "the front matter has %d KiB; at most %d are read", (size+1023)>>10, MaxSize>>10))
				}
				return start, end, line, true
			}
			problems.Add(diag.Errorf(diag.Pos{File: file, Line: line, Col: indent + 1}, "stray-delimiter",
				"use another text here, such as ***; if it was to end the front matter, remove the spaces before it",
				"an indented line of three hyphens stands inside the front matter"))
		}
		if guess == 0 && !looksLikeYAML(trimmed, text) {
			guess = line
		}
		size += len(text)
	}
	if guess == 0 {
		guess = line
	}
	problems.Add(unclosed(file, first, guess))
	return 0, 0, 0, false
}

// unclosed reports a front matter, begun in line first, without an end; the
// text seems to begin in the given line.
func unclosed(file string, first, line int) diag.Problem {
	return diag.Errorf(diag.Pos{File: file, Line: line, Col: 1}, "unclosed-front-matter", "write a line with just --- below the last key",
		"the front matter that begins in line %d has no closing line of three hyphens", first)
}

// swallowed finds the empty line of a front matter, from 1, below which the text
// of the page begins: when its end is missing, a line of hyphens further down is taken
// for it. 0 means that it is a front matter throughout.
func swallowed(raw []byte) int {
	line, blank := 0, false
	for text := range bytes.Lines(raw) {
		line++
		trimmed := bytes.TrimSpace(text)
		if blank && len(trimmed) > 0 && !looksLikeYAML(trimmed, text) && isProse(string(trimmed)) {
			var node yaml.Node
			if yaml.Load(raw, &node) == nil {
				return 0 // a text of several lines in quotation marks
			}
			return line - 1
		}
		blank = len(trimmed) == 0
	}
	return 0
}

// isProse tells a sentence or heading from a key with a value.
func isProse(line string) bool {
	const longestKey = 4 // words
	key, _, found := strings.Cut(line, ":")
	return !strings.ContainsRune("]}\"'", rune(line[0])) && (!found || len(strings.Fields(key)) > longestKey)
}

// looksLikeYAML tells lines that may belong to a front matter from the first
// line of a text.
func looksLikeYAML(trimmed, line []byte) bool {
	if len(trimmed) == 0 {
		return false
	}
	if trimmed[0] == '#' && !bytes.HasPrefix(trimmed, []byte("##")) || line[0] == ' ' || line[0] == '\t' || trimmed[0] == '-' {
		return true
	}
	colon := bytes.IndexByte(trimmed, ':')
	return colon >= 0 && !bytes.ContainsAny(trimmed[:colon], " \t")
}

// missing reports a file without front matter, and knows the ways in which
// editors and people spoil the opening line.
func missing(file string, data []byte) diag.Problem {
	line := 0
	var text string
	for l := range bytes.Lines(data) {
		line++
		if text = strings.TrimSpace(string(l)); text != "" {
			break
		}
	}
	pos := diag.Pos{File: file, Line: line, Col: 1}
	if onlyDashes := strings.Trim(text, "-–—― ") == ""; onlyDashes {
		return diag.Errorf(pos, "no-front-matter", "type three hyphens, ---, and nothing else on this line; word processors turn them into a long dash",
			"this line does not open a front matter")
	}
	switch text {
	case "+++", ";;;", "---toml", "---json", "---yaml":
		return diag.Errorf(pos, "no-front-matter", "write YAML between two lines of three hyphens", "this kind of front matter is not read: %s", text)
	}
	return diag.Errorf(pos, "no-front-matter", "begin the file like this:\n---\ntitle: Your title\n---",
		"the file has no front matter, so it has no title")
}
