package markdown

import (
	"bytes"
	"slices"
	"sort"
	"unicode/utf8"

	"bulletin/internal/diag"
)

// positions turns byte offsets of a text into places in its file.
type positions struct {
	src   []byte
	file  string
	first int   // the line of the file on which the text starts
	lines []int // of the file, for each of the text, or nil; see Options.Lines

	starts []int // offset of each line's first byte
	// The last answer, from which the next on the same line is counted on:
	// a line with thousands of links must not be counted from its start for each.
	offset, line, column int
}

func (p *positions) at(offset int) diag.Pos {
	offset = max(0, min(offset, len(p.src)))
	if p.starts == nil {
		p.starts = lineStarts(p.src)
		p.column = 1
	}
	line := sort.SearchInts(p.starts, offset+1) - 1
	if line != p.line || offset < p.offset {
		p.offset, p.line, p.column = p.starts[line], line, 1
	}
	p.column += utf8.RuneCount(p.src[p.offset:offset])
	p.offset = offset
	return diag.Pos{File: p.file, Line: p.inFile(line), Col: p.column}
}

// inFile gives the line of the file for a line of the text, counted from 0.
func (p *positions) inFile(line int) int {
	if len(p.lines) > 0 {
		return p.lines[min(line, len(p.lines)-1)]
	}
	return max(p.first, 1) + line
}

func lineStarts(src []byte) []int {
	starts := make([]int, 1, 1+bytes.Count(src, []byte{'\n'}))
	for at := 0; ; {
		length := bytes.IndexByte(src[at:], '\n')
		if length < 0 {
			return starts
		}
		at += length + 1
		starts = append(starts, at)
	}
}

func containsSorted(list []string, s string) bool {
	_, ok := slices.BinarySearch(list, s)
	return ok
}
