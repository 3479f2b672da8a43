package theme

import (
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"text/template/parse"
)

// A layout is a program, and a slip in one must not keep a build busy for ever
// or fill the memory. What it writes is bounded by maxPage; here are the bounds
// of what it does without writing.
const (
	// maxSteps is how many times one page may show templates and go through
	// loops: many times what the largest list needs.
	maxSteps = 400_000
	// maxText is the most that a function may give, in bytes.
	maxText = 1 << 20
)

var (
	errTooBusy  = errors.New("the page is never finished")
	errTextSize = fmt.Errorf("this text would be larger than %d KB", maxText>>10)
	errWidth    = errors.New(`the numbers in a format such as "%5d" can have three digits at most`)
)

// countSteps adds a text of no length to the beginning of a template and of
// each loop in it. Writing it shows nothing, but is seen by [capped].
func countSteps(tree *parse.Tree) {
	step := func(list *parse.ListNode) {
		list.Nodes = append([]parse.Node{&parse.TextNode{NodeType: parse.NodeText, Pos: list.Pos}}, list.Nodes...)
	}
	var loops []*parse.ListNode
	walk(tree.Root, func(n parse.Node) {
		if loop, ok := n.(*parse.RangeNode); ok {
			loops = append(loops, loop.List)
		}
	})
	for _, list := range append(loops, tree.Root) {
		step(list)
	}
}

// bounded refuses what could make f give more than maxText, if each byte of a
// text becomes up to growth.
func bounded(f func(...any) string, growth int) func(...any) (string, error) {
	return func(args ...any) (string, error) {
		if size(args)*growth > maxText {
			return "", errTextSize
		}
		return f(args...), nil
	}
}

// size is that of all texts among args, in bytes.
func size(args []any) int {
	n := 0
	for _, arg := range args {
		if v := reflect.ValueOf(arg); v.Kind() == reflect.String {
			n += v.Len()
		}
	}
	return n
}

var wide = regexp.MustCompile(`[0-9]{4}|\*`)

// printf is fmt.Sprintf, bounded: each % may show all texts again.
func printf(format string, args ...any) (string, error) {
	switch {
	case wide.MatchString(format):
		return "", errWidth
	case len(format)+strings.Count(format, "%")*size(args) > maxText:
		return "", errTextSize
	}
	return fmt.Sprintf(format, args...), nil
}

// join is strings.Join, bounded.
func join(texts []string, between string) (string, error) {
	n := len(texts) * len(between)
	for _, text := range texts {
		n += len(text)
	}
	if n > maxText {
		return "", errTextSize
	}
	return strings.Join(texts, between), nil
}
