package header

import (
	"bytes"
	"fmt"
	"unicode"
	"unicode/utf8"

	"bulletin/internal/diag"
)

var (
	bomUTF8    = []byte("\xef\xbb\xbf")
	bomUTF16LE = []byte("\xff\xfe")
	bomUTF16BE = []byte("\xfe\xff")
)

// Clean makes the bytes of a file into text that every later stage can rely
// on: valid UTF-8, lines that end in \n, no byte order mark and no control
// characters but tab and newline. What was removed or wrong is reported; lines
// keep their numbers.
//
// A byte order mark, control characters and those that turn the order of
// letters round are removed with a warning. Windows and old Mac line ends are
// simply read. Bytes that are not UTF-8 are an error, because nobody can know
// which letters were meant; so are NUL bytes, which only damaged files have,
// and those in UTF-16 without a byte order mark.
func Clean(file string, data []byte) ([]byte, diag.List) {
	var problems diag.List
	if bytes.HasPrefix(data, bomUTF16LE) || bytes.HasPrefix(data, bomUTF16BE) {
		problems.Add(diag.Errorf(diag.Pos{File: file, Line: 1, Col: 1}, "encoding",
			`in your editor choose "Save as" and the encoding "UTF-8"`,
			"this file is saved as UTF-16, which web pages do not use"))
		return nil, problems
	}
	if rest, ok := bytes.CutPrefix(data, bomUTF8); ok {
		data = rest
		problems.Add(diag.Warnf(diag.Pos{File: file, Line: 1, Col: 1}, "byte-order-mark",
			`it was left out; to be rid of this message, save the file as "UTF-8", not "UTF-8 with BOM"`,
			"the file begins with an invisible byte order mark"))
	}
	if !utf8.Valid(data) {
		problems.Add(invalidUTF8(file, data))
		return nil, problems
	}
	if bytes.IndexByte(data, 0) >= 0 {
		problems.Add(noText(file, data))
		return nil, problems
	}
	if bytes.IndexByte(data, '\r') >= 0 {
		data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
		data = bytes.ReplaceAll(data, []byte("\r"), []byte("\n"))
	}
	data, removed := stripControls(file, data)
	problems.Add(removed...)
	return data, problems
}

// noText reports the first NUL byte. In UTF-16, at least one byte of each usual
// letter is NUL.
func noText(file string, data []byte) diag.Problem {
	if bytes.Count(data, []byte{0}) >= len(data)/3 {
		return diag.Errorf(diag.Pos{File: file, Line: 1, Col: 1}, "encoding",
			`in your editor choose "Save as" and the encoding "UTF-8"; if it shows no text, put back an earlier copy of the file`,
			"this file is saved as UTF-16, which web pages do not use, or is no text at all")
	}
	before := data[:bytes.IndexByte(data, 0)]
	line := bytes.LastIndexByte(before, '\n') + 1
	pos := diag.Pos{File: file, Line: bytes.Count(before, []byte{'\n'}) + 1, Col: utf8.RuneCount(before[line:]) + 1}
	return diag.Errorf(pos, "encoding", "the file may be damaged: compare it with an earlier copy, and delete what is invisible here",
		"a NUL byte stands here, which no text has")
}

// invalidUTF8 reports the first byte that is not UTF-8, and how many there are.
func invalidUTF8(file string, data []byte) diag.Problem {
	pos := diag.Pos{File: file, Line: 1, Col: 1}
	var first diag.Pos
	count := 0
	for len(data) > 0 {
		r, size := utf8.DecodeRune(data)
		if r == utf8.RuneError && size == 1 {
			if count == 0 {
				first = pos
			}
			count++
		}
		pos.Col++
		if r == '\n' {
			pos.Line, pos.Col = pos.Line+1, 1
		}
		data = data[size:]
	}
	more := ""
	if count > 1 {
		more = fmt.Sprintf(" (and %d more like it)", count-1)
	}
	return diag.Errorf(first, "encoding",
		`the file was probably saved as "Windows-1252" or "ANSI": open it, check the letters, and save it as "UTF-8"`,
		"this character is not valid UTF-8%s", more)
}

// shownControls is how many control characters of a file are reported one by
// one.
const shownControls = 10

// stripControls removes control characters, such as the vertical tab that
// Word's Shift+Enter leaves behind, which is replaced by a space.
func stripControls(file string, data []byte) ([]byte, diag.List) {
	if !mayHoldControls(data) || bytes.IndexFunc(data, isControl) < 0 {
		return data, nil
	}
	var problems diag.List
	count := 0
	out := make([]byte, 0, len(data))
	pos := diag.Pos{File: file, Line: 1, Col: 1}
	for len(data) > 0 {
		r, size := utf8.DecodeRune(data)
		switch {
		case isControl(r):
			if count++; count <= shownControls {
				problems.Add(diag.Warnf(pos, "control-character",
					"it was left out; delete it here to be rid of this message",
					"an invisible control character (U+%04X) stands here", r))
			}
			if r == '\v' || r == '\f' || r == '\u0085' {
				out = append(out, ' ')
			}
		default:
			out = append(out, data[:size]...)
		}
		pos.Col++
		if r == '\n' {
			pos.Line, pos.Col = pos.Line+1, 1
		}
		data = data[size:]
	}
	if more := count - shownControls; more > 0 {
		last := &problems[len(problems)-1]
		last.Text += fmt.Sprintf(" (and %d more like it further down)", more)
	}
	return out, problems
}

// maybeControl are the bytes that controls begin with.
var maybeControl = func() (is [256]bool) {
	for b := range is {
		is[b] = b < ' ' && b != '\n' && b != '\t' || b == 0x7f || b == 0xc2 || b == 0xe2 || b == 0xef
	}
	return is
}()

// mayHoldControls looks at bytes only, which is quick: controls are ASCII, or
// begin with one of three bytes in UTF-8, of which one begins quotation marks
// and dashes too.
func mayHoldControls(data []byte) bool {
	for i, b := range data {
		switch {
		case !maybeControl[b]:
		case b != 0xe2:
			return true
		case bytes.HasPrefix(data[i:], []byte("\u202D")), bytes.HasPrefix(data[i:], []byte("\u202E")):
			return true
		}
	}
	return false
}

// isControl reports characters that no text should hold: C0 and C1 controls
// but tab and newline, the noncharacters that XML 1.0 forbids, and the two that
// have letters shown in another order than they are read in (U+202D and U+202E;
// no language needs them, and they can make one word look like another).
func isControl(r rune) bool {
	switch r {
	case '\n', '\t':
		return false
	case '\uFFFE', '\uFFFF', '\uFEFF', '\u202D', '\u202E':
		return true
	}
	return unicode.IsControl(r)
}
