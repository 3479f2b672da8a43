package theme

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"text/template/parse"

	"bulletin/internal/diag"
)

// fieldChecker looks up every field that templates name in the types that they
// will be given, so that a misspelt one is found before a page needs it. Where
// a type is not known until the page is made (an interface), nothing is said.
type fieldChecker struct {
	trees    map[string]*parse.Tree
	theme    *Theme
	vars     []variable
	seen     map[called]bool
	asked    map[string]Asset
	problems diag.List
}

// ruleAsset is the rule of problems with the function asset.
const ruleAsset = "layout-asset"

type variable struct {
	name string
	typ  reflect.Type
}

// called is a template with the type of its dot.
type called struct {
	name string
	dot  reflect.Type
}

// nothing is the type of the dot in a template that was called without one.
type nothing struct{}

var nothingType = reflect.TypeFor[nothing]()

// checkFields checks entry and the templates that it shows for a dot of the
// given type. It gives the assets that they ask for, sorted.
func checkFields(trees map[string]*parse.Tree, entry string, dot reflect.Type, t *Theme) (asked []Asset, problems diag.List) {
	c := fieldChecker{trees: trees, theme: t, seen: map[called]bool{}, asked: map[string]Asset{}}
	c.template(entry, dot)
	for _, name := range slices.Sorted(maps.Keys(c.asked)) {
		asked = append(asked, c.asked[name])
	}
	return asked, c.problems
}

func (c *fieldChecker) template(name string, dot reflect.Type) {
	if key := (called{name, dot}); !c.seen[key] {
		c.seen[key] = true
		outer := c.vars
		c.vars = []variable{{"$", dot}}
		c.node(c.trees[name].Root, dot)
		c.vars = outer
	}
}

func (c *fieldChecker) node(n parse.Node, dot reflect.Type) {
	switch n := n.(type) {
	case *parse.ListNode:
		if n == nil {
			return
		}
		for _, child := range n.Nodes {
			c.node(child, dot)
		}
	case *parse.ActionNode:
		c.pipe(n.Pipe, dot, true)
	case *parse.IfNode:
		c.branch(n.BranchNode, dot, func() reflect.Type {
			c.pipe(n.Pipe, dot, true)
			return dot
		})
	case *parse.WithNode:
		c.branch(n.BranchNode, dot, func() reflect.Type { return c.pipe(n.Pipe, dot, true) })
	case *parse.RangeNode:
		c.branch(n.BranchNode, dot, func() reflect.Type { return c.rangeOver(n.Pipe, dot) })
	case *parse.TemplateNode:
		inner := nothingType
		if n.Pipe != nil {
			inner = c.pipe(n.Pipe, dot, true)
		}
		c.template(n.Name, inner)
	}
}

// branch checks the two lists of a branch; open evaluates the pipeline and
// gives the dot of the first.
func (c *fieldChecker) branch(b parse.BranchNode, dot reflect.Type, open func() reflect.Type) {
	mark := len(c.vars)
	inner := open()
	c.node(b.List, inner)
	c.node(b.ElseList, dot)
	c.vars = c.vars[:mark]
}

// rangeOver declares the variables of a range and gives the type of its dot.
func (c *fieldChecker) rangeOver(p *parse.PipeNode, dot reflect.Type) reflect.Type {
	var key, element reflect.Type
	if t := indirect(c.pipe(p, dot, false)); t != nil {
		switch t.Kind() {
		case reflect.Slice, reflect.Array:
			key, element = reflect.TypeFor[int](), t.Elem()
		case reflect.Map:
			key, element = t.Key(), t.Elem()
		case reflect.Int:
			key, element = t, t
		}
	}
	for i, v := range p.Decl {
		t := element
		if len(p.Decl) == 2 && i == 0 {
			t = key
		}
		c.vars = append(c.vars, variable{v.Ident[0], t})
	}
	return element
}

// pipe gives the type of a pipeline's value, or nil if it is not known, and
// declares the variables in it if asked to.
func (c *fieldChecker) pipe(p *parse.PipeNode, dot reflect.Type, declare bool) reflect.Type {
	var t reflect.Type
	for _, command := range p.Cmds {
		t = c.command(command, dot)
	}
	if !declare {
		return t
	}
	for _, v := range p.Decl {
		if !p.IsAssign {
			c.vars = append(c.vars, variable{v.Ident[0], t})
			continue
		}
		for i := len(c.vars) - 1; i >= 0; i-- {
			if c.vars[i].name == v.Ident[0] {
				if c.vars[i].typ != t {
					c.vars[i].typ = nil
				}
				break
			}
		}
	}
	return t
}

func (c *fieldChecker) command(command *parse.CommandNode, dot reflect.Type) reflect.Type {
	types := make([]reflect.Type, len(command.Args))
	for i, arg := range command.Args {
		types[i] = c.operand(arg, dot)
	}
	name, ok := command.Args[0].(*parse.IdentifierNode)
	if !ok {
		return types[0]
	}
	switch {
	case name.Ident == "asset":
		c.asset(command)
		return reflect.TypeFor[string]()
	case name.Ident == "limit" && len(types) == 3:
		return types[2]
	case name.Ident == "index" && len(types) == 3:
		if t := indirect(types[1]); t != nil && (t.Kind() == reflect.Slice || t.Kind() == reflect.Map) {
			return t.Elem()
		}
	}
	return nil
}

// asset looks up the file that a layout asks for. Its name must be written in
// the layout, so that what a page depends on is known before it is made.
func (c *fieldChecker) asset(command *parse.CommandNode) {
	pos := c.theme.sources.nodePos(command.Args[0])
	var name *parse.StringNode
	if len(command.Args) == 2 {
		name, _ = command.Args[1].(*parse.StringNode)
	}
	if name == nil {
		c.problems.Add(diag.Errorf(pos, ruleAsset, `Write it like {{asset "map.svg"}}.`, "asset takes the name of one file in layouts/assets/, in quotation marks"))
		return
	}
	file := "assets/" + name.Text
	if hint := instead[file]; hint != "" {
		c.problems.Add(diag.Errorf(pos, ruleAsset, hint, "%s cannot be asked for by name", name.Text))
		return
	}
	var known []string
	for _, a := range c.theme.assets {
		if a.Name == file {
			c.asked[file] = a.hashed()
			return
		}
		if instead[a.Name] == "" {
			known = append(known, strings.TrimPrefix(a.Name, "assets/"))
		}
	}
	hint := "Put the file into layouts/assets/."
	if near := diag.Nearest(name.Text, known); near != "" {
		hint = fmt.Sprintf("Did you mean {{asset %q}}?", near)
	}
	c.problems.Add(diag.Errorf(pos, ruleAsset, hint, "there is no file layouts/%s", file))
}

func (c *fieldChecker) operand(n parse.Node, dot reflect.Type) reflect.Type {
	switch n := n.(type) {
	case *parse.DotNode:
		return dot
	case *parse.FieldNode:
		return c.fields(dot, n.Ident, n)
	case *parse.VariableNode:
		for i := len(c.vars) - 1; i >= 0; i-- {
			if c.vars[i].name == n.Ident[0] {
				return c.fields(c.vars[i].typ, n.Ident[1:], n)
			}
		}
	case *parse.ChainNode:
		return c.fields(c.operand(n.Node, dot), n.Field, n)
	case *parse.PipeNode:
		return c.pipe(n, dot, true)
	case *parse.StringNode:
		return reflect.TypeFor[string]()
	}
	return nil
}

// fields follows names from a type and reports the first that is not there.
func (c *fieldChecker) fields(t reflect.Type, names []string, n parse.Node) reflect.Type {
	for _, name := range names {
		if t == nil {
			return nil
		}
		if m, ok := t.MethodByName(name); ok && m.Type.NumOut() > 0 {
			t = m.Type.Out(0)
			continue
		}
		t = indirect(t)
		switch t.Kind() {
		case reflect.Interface:
			return nil
		case reflect.Map:
			t = t.Elem()
			continue
		case reflect.Struct:
			if f, ok := t.FieldByName(name); ok && f.IsExported() {
				t = f.Type
				continue
			}
		}
		c.problems.Add(noField(c.theme.sources.nodePos(n), name, t))
		return nil
	}
	return t
}

// indirect gives what a pointer points to.
func indirect(t reflect.Type) reflect.Type {
	for t != nil && t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t
}

func noField(pos diag.Pos, name string, t reflect.Type) diag.Problem {
	known := fieldNames(t)
	text, hint := fmt.Sprintf("there is no .%s here", name), ""
	switch near := diag.Nearest(name, known); {
	case t == nothingType:
		hint = `The partial was shown without a value: write {{template "name" .}} with the full stop.`
	case near != "":
		text += fmt.Sprintf(" (in %s)", t.Name())
		hint = fmt.Sprintf("Did you mean .%s?", near)
	case len(known) > 0:
		text += fmt.Sprintf(" (in %s)", t.Name())
		hint = fmt.Sprintf("%s has: %s.", t.Name(), strings.Join(known, ", "))
	case t.Kind() == reflect.Slice:
		hint = "This is a list: use {{range}} to go through it."
	default:
		hint = "This is a plain value, without parts."
	}
	return diag.Errorf(pos, "layout-field", hint, "%s", text)
}

// fieldNames lists what a struct offers to layouts, those of the structs
// embedded in it included, sorted.
func fieldNames(t reflect.Type) []string {
	if t.Kind() != reflect.Struct {
		return nil
	}
	var names []string
	for _, f := range reflect.VisibleFields(t) {
		if f.IsExported() && !f.Anonymous {
			names = append(names, f.Name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}
