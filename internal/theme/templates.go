package theme

import (
	"errors"
	"fmt"
	"html/template"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"text/template/parse"

	"bulletin/internal/diag"
)

// functions are what layouts can call beside Go's own, and those of Go that
// are bounded here.
var functions = template.FuncMap{
	"limit": limit, "join": join, "asset": (*Theme)(nil).asset,
	"print": bounded(fmt.Sprint, 1), "printf": printf, "println": bounded(fmt.Sprintln, 1),
	"html": bounded(template.HTMLEscaper, 5), "js": bounded(template.JSEscaper, 6), "urlquery": bounded(template.URLQueryEscaper, 3),
}

// functions gives the functions that layouts call, with this theme's assets.
func (t *Theme) functions() template.FuncMap {
	all := maps.Clone(functions)
	all["asset"] = t.asset
	return all
}

// builtins are the other functions of Go's templates, for the parser.
var builtins = map[string]any{
	"and": 0, "call": 0, "index": 0, "len": 0, "not": 0, "or": 0, "slice": 0,
	"eq": 0, "ge": 0, "gt": 0, "le": 0, "lt": 0, "ne": 0,
}

// limit gives the first n items of a list, or all if there are fewer.
func limit(n int, list any) (any, error) {
	v := reflect.ValueOf(list)
	if v.Kind() != reflect.Slice {
		return nil, errors.New("limit needs a list")
	}
	return v.Slice(0, max(0, min(n, v.Len()))).Interface(), nil
}

var htmlComment = regexp.MustCompile(`(?s)<!--.*?-->`)

// blank tells that a template's text shows nothing: only white space and
// comments.
func blank(list *parse.ListNode) bool {
	for _, n := range list.Nodes {
		text, ok := n.(*parse.TextNode)
		if !ok || strings.TrimSpace(htmlComment.ReplaceAllString(string(text.Text), "")) != "" {
			return false
		}
	}
	return true
}

// reachable gives the templates that entry can show, itself included, and a
// problem for each that does not exist.
func reachable(trees map[string]*parse.Tree, entry string, src sources) (map[string]*parse.Tree, diag.List) {
	var problems diag.List
	reach := map[string]*parse.Tree{}
	var visit func(name string)
	visit = func(name string) {
		reach[name] = trees[name]
		walk(trees[name].Root, func(n parse.Node) {
			call, ok := n.(*parse.TemplateNode)
			switch {
			case !ok || reach[call.Name] != nil:
			case trees[call.Name] == nil:
				problems.Add(missingTemplate(src.nodePos(call), call.Name, slices.Sorted(maps.Keys(trees))))
			default:
				visit(call.Name)
			}
		})
	}
	visit(entry)
	return reach, problems
}

func missingTemplate(pos diag.Pos, name string, known []string) diag.Problem {
	hint := "There are: " + strings.Join(known, ", ") + "."
	if near := diag.Nearest(name, known); near != "" {
		hint = fmt.Sprintf("Did you mean {{template %q .}}?", near)
	} else if bare := strings.TrimSuffix(strings.TrimPrefix(name, "partials/"), ".html"); slices.Contains(known, bare) {
		hint = fmt.Sprintf("Write {{template %q .}}.", bare)
	}
	return diag.Errorf(pos, "layout-template", hint, "there is no partial or block %q", name)
}

// walk calls f for every statement node under n.
func walk(n parse.Node, f func(parse.Node)) {
	branch := func(b *parse.BranchNode) {
		walk(b.List, f)
		if b.ElseList != nil {
			walk(b.ElseList, f)
		}
	}
	f(n)
	switch n := n.(type) {
	case *parse.ListNode:
		for _, child := range n.Nodes {
			walk(child, f)
		}
	case *parse.IfNode:
		branch(&n.BranchNode)
	case *parse.RangeNode:
		branch(&n.BranchNode)
	case *parse.WithNode:
		branch(&n.BranchNode)
	}
}
