package theme

import (
	"html/template"
	"reflect"
	"text/template/parse"
)

// compiler makes the programs of one layout.
type compiler struct {
	set       *template.Template
	trees     map[string]*parse.Tree
	functions template.FuncMap
	known     map[called]*program
}

// program gives the program of the named template for a dot of the given type.
// Where a template cannot be compiled, it is that html/template shows it.
func (c *compiler) program(name string, dot reflect.Type) *program {
	key := called{name, dot}
	if p := c.known[key]; p != nil {
		return p
	}
	p := &program{}
	c.known[key] = p // a template may show itself
	tree := c.trees[name]
	u := unit{compiler: c, failed: tree == nil || tree.Root == nil}
	u.declare("$", dot)
	if !u.failed {
		p.steps = u.list(tree.Root, dot)
	}
	p.vars = u.slots
	if u.failed {
		*p = program{steps: []step{execute(c.set, name)}, vars: 1, foreign: true}
	}
	return p
}

// unit is one template as it is compiled.
type unit struct {
	*compiler
	scope []local // the variables that can be seen, the innermost last
	slots int     // how many variables there are in all
	// failed tells that there is something in it that programs do not know.
	failed bool
}

// local is a variable.
type local struct {
	name string
	slot int
	typ  reflect.Type
}

// fail notes that the template cannot be compiled.
func (u *unit) fail() expression {
	u.failed = true
	return expression{}
}

// declare adds a variable and gives its slot.
func (u *unit) declare(name string, typ reflect.Type) int {
	u.scope = append(u.scope, local{name, u.slots, typ})
	u.slots++
	return u.slots - 1
}

// find gives the innermost variable of a name.
func (u *unit) find(name string) (local, bool) {
	for i := len(u.scope) - 1; i >= 0; i-- {
		if u.scope[i].name == name {
			return u.scope[i], true
		}
	}
	return local{}, false
}

func (u *unit) list(n *parse.ListNode, dot reflect.Type) []step {
	if n == nil {
		return nil
	}
	var steps []step
	for _, child := range n.Nodes {
		if s := u.node(child, dot); s != nil {
			steps = append(steps, s)
		}
	}
	return steps
}

// node gives the step of a node; nil if there is nothing to do.
func (u *unit) node(n parse.Node, dot reflect.Type) step {
	switch n := n.(type) {
	case *parse.TextNode:
		return u.text(n.Text)
	case *parse.CommentNode:
		return nil
	case *parse.ActionNode:
		return u.action(n.Pipe, dot)
	case *parse.IfNode:
		return u.ifElse(n, dot)
	case *parse.WithNode:
		return u.with(n, dot)
	case *parse.RangeNode:
		return u.rangeOver(n, dot)
	case *parse.TemplateNode:
		return u.call(n, dot)
	case *parse.BreakNode:
		return func(*run, reflect.Value) outcome { return leaveLoop }
	case *parse.ContinueNode:
		return func(*run, reflect.Value) outcome { return nextRound }
	}
	u.fail()
	return nil
}

func (u *unit) text(text []byte) step {
	if len(text) == 0 {
		return func(x *run, _ reflect.Value) outcome {
			if !x.count() {
				return gaveUp
			}
			return done
		}
	}
	return func(x *run, _ reflect.Value) outcome {
		if x.out = append(x.out, text...); len(x.out) > maxPage {
			return gaveUp
		}
		return done
	}
}

// action sets a variable, or writes a value through its escapers.
func (u *unit) action(p *parse.PipeNode, dot reflect.Type) step {
	if len(p.Decl) > 0 {
		value := u.pipeline(p, dot).value
		return func(x *run, dot reflect.Value) outcome {
			if _, ok := value(x, dot); !ok {
				return gaveUp
			}
			return done
		}
	}
	var escapers string
	for _, command := range p.Cmds[1:] {
		name, ok := command.Args[0].(*parse.IdentifierNode)
		if !ok || len(command.Args) > 1 {
			u.fail()
			return nil
		}
		escapers += name.Ident + " "
	}
	return u.print(u.command(p.Cmds[0], dot), escapers)
}

func (u *unit) ifElse(n *parse.IfNode, dot reflect.Type) step {
	mark := len(u.scope)
	value := u.pipeline(n.Pipe, dot).value
	list, elseList := u.list(n.List, dot), u.list(n.ElseList, dot)
	u.scope = u.scope[:mark]
	return either(value, list, elseList, false)
}

func (u *unit) with(n *parse.WithNode, dot reflect.Type) step {
	mark := len(u.scope)
	e := u.pipeline(n.Pipe, dot)
	if e.typ == nil {
		u.fail()
		return nil
	}
	list, elseList := u.list(n.List, e.typ), u.list(n.ElseList, dot)
	u.scope = u.scope[:mark]
	return either(e.value, list, elseList, true)
}

// either goes on with list if the value is one that counts as true, which
// becomes the dot if moves says so, and otherwise with elseList.
func either(value func(*run, reflect.Value) (reflect.Value, bool), list, elseList []step, moves bool) step {
	return func(x *run, dot reflect.Value) outcome {
		v, ok := value(x, dot)
		switch {
		case !ok:
			return gaveUp
		case !truth(v):
			return x.all(elseList, dot)
		case moves:
			return x.all(list, v)
		}
		return x.all(list, dot)
	}
}

// rangeOver goes through a list, or so many times through nothing.
func (u *unit) rangeOver(n *parse.RangeNode, dot reflect.Type) step {
	mark := len(u.scope)
	if len(n.Pipe.Cmds) != 1 || n.Pipe.IsAssign {
		u.fail()
		return nil
	}
	e := u.command(n.Pipe.Cmds[0], dot)
	if e.typ == nil {
		u.fail()
		return nil
	}
	var element reflect.Type
	switch e.typ.Kind() {
	case reflect.Slice:
		element = e.typ.Elem()
	case reflect.Int:
		element = e.typ
	}
	if element == nil || element.Kind() == reflect.Interface || e.typ.Kind() == reflect.Int && len(n.Pipe.Decl) > 1 {
		u.fail()
		return nil
	}
	key, elem := -1, -1
	if len(n.Pipe.Decl) == 2 {
		key = u.declare(n.Pipe.Decl[0].Ident[0], reflect.TypeFor[int]())
	}
	if len(n.Pipe.Decl) > 0 {
		elem = u.declare(n.Pipe.Decl[len(n.Pipe.Decl)-1].Ident[0], element)
	}
	l := loop{value: e.value, key: key, elem: elem, list: u.list(n.List, element), count: e.typ.Kind() == reflect.Int}
	u.scope = u.scope[:mark]
	l.elseList = u.list(n.ElseList, dot)
	return l.step
}

// loop is a range.
type loop struct {
	value func(*run, reflect.Value) (reflect.Value, bool)
	// key and elem are the slots of the variables, or -1.
	key, elem      int
	list, elseList []step
	// count tells that the value is a number.
	count bool
}

func (l *loop) step(x *run, dot reflect.Value) outcome {
	v, ok := l.value(x, dot)
	if !ok {
		return gaveUp
	}
	n := 0
	if l.count {
		n = int(v.Int())
	} else {
		n = v.Len()
	}
	if n <= 0 {
		return x.all(l.elseList, dot)
	}
	for i := range n {
		var element reflect.Value
		if l.count {
			element = reflect.ValueOf(i)
		} else {
			element = v.Index(i)
		}
		if l.key >= 0 {
			x.vars[x.first+l.key] = reflect.ValueOf(i)
		}
		if l.elem >= 0 {
			x.vars[x.first+l.elem] = element
		}
		switch o := x.all(l.list, element); o {
		case leaveLoop:
			return done
		case gaveUp:
			return gaveUp
		}
	}
	return done
}

// call shows another template.
func (u *unit) call(n *parse.TemplateNode, dot reflect.Type) step {
	if u.trees[n.Name] == nil {
		u.fail() // one that html/template derived for a place such as an attribute
		return nil
	}
	if n.Pipe == nil {
		p := u.program(n.Name, nil)
		return func(x *run, _ reflect.Value) outcome { return p.run(x, reflect.Value{}) }
	}
	mark := len(u.scope)
	e := u.pipeline(n.Pipe, dot)
	u.scope = u.scope[:mark]
	if e.typ == nil {
		u.fail()
		return nil
	}
	value, p := e.value, u.program(n.Name, e.typ)
	return func(x *run, dot reflect.Value) outcome {
		v, ok := value(x, dot)
		if !ok {
			return gaveUp
		}
		return p.run(x, v)
	}
}
