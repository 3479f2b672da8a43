package theme

import (
	"cmp"
	"reflect"
	"strconv"
	"text/template/parse"
)

// expression is a value that is known when a page is made.
type expression struct {
	// typ is nil if the type depends on the view: then only the value's truth
	// can be asked for.
	typ reflect.Type
	// value gives the value; false if html/template would stop with an error.
	value func(x *run, dot reflect.Value) (reflect.Value, bool)
}

// constant gives the expression of a value that is the same on all pages.
func constant(v reflect.Value) expression {
	return expression{v.Type(), func(*run, reflect.Value) (reflect.Value, bool) { return v, true }}
}

// pipeline gives the value of a pipeline of one command, and sets its variable.
func (u *unit) pipeline(p *parse.PipeNode, dot reflect.Type) expression {
	if len(p.Cmds) != 1 || len(p.Decl) > 1 {
		return u.fail()
	}
	e := u.command(p.Cmds[0], dot)
	if len(p.Decl) == 0 {
		return e
	}
	name, slot := p.Decl[0].Ident[0], 0
	if e.typ == nil {
		return u.fail()
	}
	if p.IsAssign {
		v, ok := u.find(name)
		if !ok || v.typ != e.typ {
			return u.fail()
		}
		slot = v.slot
	} else {
		slot = u.declare(name, e.typ)
	}
	value := e.value
	return expression{e.typ, func(x *run, dot reflect.Value) (reflect.Value, bool) {
		v, ok := value(x, dot)
		x.vars[x.first+slot] = v
		return v, ok
	}}
}

func (u *unit) command(c *parse.CommandNode, dot reflect.Type) expression {
	if name, ok := c.Args[0].(*parse.IdentifierNode); ok {
		return u.function(name.Ident, c.Args[1:], dot)
	}
	if len(c.Args) > 1 {
		return u.fail()
	}
	return u.operand(c.Args[0], dot)
}

func (u *unit) operand(n parse.Node, dot reflect.Type) expression {
	switch n := n.(type) {
	case *parse.DotNode:
		return expression{dot, func(_ *run, dot reflect.Value) (reflect.Value, bool) { return dot, true }}
	case *parse.FieldNode:
		e := expression{dot, func(_ *run, dot reflect.Value) (reflect.Value, bool) { return dot, true }}
		return u.fields(e, n.Ident)
	case *parse.VariableNode:
		v, ok := u.find(n.Ident[0])
		if !ok {
			return u.fail()
		}
		slot := v.slot
		e := expression{v.typ, func(x *run, _ reflect.Value) (reflect.Value, bool) { return x.vars[x.first+slot], true }}
		return u.fields(e, n.Ident[1:])
	case *parse.ChainNode:
		return u.fields(u.operand(n.Node, dot), n.Field)
	case *parse.PipeNode:
		return u.pipeline(n, dot)
	case *parse.IdentifierNode:
		return u.function(n.Ident, nil, dot)
	case *parse.BoolNode:
		return constant(reflect.ValueOf(n.True))
	case *parse.StringNode:
		return constant(reflect.ValueOf(n.Text))
	case *parse.NumberNode:
		if i, err := strconv.ParseInt(n.Text, 0, strconv.IntSize); err == nil { // 010 is octal
			return constant(reflect.ValueOf(int(i)))
		}
	}
	return u.fail()
}

// fields follows names from an expression.
func (u *unit) fields(e expression, names []string) expression {
	for _, name := range names {
		t := indirect(e.typ)
		if t == nil || t.Kind() != reflect.Struct {
			return u.fail()
		}
		if _, method := reflect.PointerTo(t).MethodByName(name); method {
			return u.fail()
		}
		f, ok := t.FieldByName(name)
		if !ok || !f.IsExported() || throughPointer(t, f.Index) || f.Type.Kind() == reflect.Interface {
			return u.fail()
		}
		e = expression{f.Type, follow(e, f.Index)}
	}
	return e
}

// throughPointer reports whether a field is reached through a pointer to an
// embedded struct, which may be nil.
func throughPointer(t reflect.Type, index []int) bool {
	for _, i := range index[:len(index)-1] {
		if t = t.Field(i).Type; t.Kind() == reflect.Pointer {
			return true
		}
	}
	return false
}

// follow gives a field of an expression's value, or of what that points to.
func follow(e expression, index []int) func(*run, reflect.Value) (reflect.Value, bool) {
	value := e.value
	return func(x *run, dot reflect.Value) (reflect.Value, bool) {
		v, ok := value(x, dot)
		for ; ok && v.Kind() == reflect.Pointer; v = v.Elem() {
			if v.IsNil() {
				return v, false
			}
		}
		if !ok {
			return v, false
		}
		for _, i := range index {
			v = v.Field(i)
		}
		return v, true
	}
}

// function gives what a function makes of its arguments.
func (u *unit) function(name string, nodes []parse.Node, dot reflect.Type) expression {
	args := make([]expression, len(nodes))
	for i, n := range nodes {
		if args[i] = u.operand(n, dot); u.failed {
			return expression{}
		}
	}
	switch {
	case (name == "and" || name == "or") && len(args) > 0:
		return choice(args, name == "or")
	case name == "not" && len(args) == 1:
		value := args[0].value
		return expression{reflect.TypeFor[bool](), func(x *run, dot reflect.Value) (reflect.Value, bool) {
			v, ok := value(x, dot)
			return reflect.ValueOf(ok && !truth(v)), ok
		}}
	case comparisons[name] != nil && len(args) == 2:
		return u.compare(args[0], args[1], comparisons[name])
	case name == "len" && len(args) == 1 && args[0].typ != nil && hasLength(args[0].typ):
		value := args[0].value
		return expression{reflect.TypeFor[int](), func(x *run, dot reflect.Value) (reflect.Value, bool) {
			v, ok := value(x, dot)
			if !ok {
				return v, false
			}
			return reflect.ValueOf(v.Len()), true
		}}
	case name == "limit" && len(args) == 2 && kind(args[0]) == reflect.Int && kind(args[1]) == reflect.Slice:
		return first(args[0], args[1])
	case name == "slice" && len(args) == 2 && kind(args[0]) == reflect.Slice && kind(args[1]) == reflect.Int:
		return rest(args[0], args[1])
	}
	return u.ownFunction(name, args)
}

func hasLength(t reflect.Type) bool { return t.Kind() == reflect.String || t.Kind() == reflect.Slice }

func kind(e expression) reflect.Kind {
	if e.typ == nil {
		return reflect.Invalid
	}
	return e.typ.Kind()
}

// choice gives the first value whose truth is as wanted, or the last: "or" and
// "and" as Go's templates have them.
func choice(args []expression, wanted bool) expression {
	typ := args[0].typ
	for _, a := range args[1:] {
		if a.typ != typ {
			typ = nil
		}
	}
	return expression{typ, func(x *run, dot reflect.Value) (v reflect.Value, ok bool) {
		for _, a := range args {
			if v, ok = a.value(x, dot); !ok || truth(v) == wanted {
				return v, ok
			}
		}
		return v, true
	}}
}

// comparisons tell, for two values of which the first is less than (-1), as
// much as (0) or more than (1) the second, whether it is as it should be.
var comparisons = map[string]func(int) bool{
	"eq": func(n int) bool { return n == 0 }, "ne": func(n int) bool { return n != 0 },
	"lt": func(n int) bool { return n < 0 }, "le": func(n int) bool { return n <= 0 },
	"gt": func(n int) bool { return n > 0 }, "ge": func(n int) bool { return n >= 0 },
}

// compare gives the comparison of two texts or of two numbers.
func (u *unit) compare(a, b expression, is func(int) bool) expression {
	var order func(v, w reflect.Value) int
	switch {
	case kind(a) == reflect.String && kind(b) == reflect.String:
		order = func(v, w reflect.Value) int { return cmp.Compare(v.String(), w.String()) }
	case kind(a) == reflect.Int && kind(b) == reflect.Int:
		order = func(v, w reflect.Value) int { return cmp.Compare(v.Int(), w.Int()) }
	default:
		return u.fail()
	}
	return expression{reflect.TypeFor[bool](), func(x *run, dot reflect.Value) (reflect.Value, bool) {
		v, ok := a.value(x, dot)
		w, also := b.value(x, dot)
		if !ok || !also {
			return v, false
		}
		return reflect.ValueOf(is(order(v, w))), true
	}}
}

// first gives the first n items of a list, as the function limit does.
func first(n, list expression) expression {
	return expression{list.typ, func(x *run, dot reflect.Value) (reflect.Value, bool) {
		most, ok := n.value(x, dot)
		v, also := list.value(x, dot)
		if !ok || !also {
			return v, false
		}
		return v.Slice(0, max(0, min(int(most.Int()), v.Len()))), true
	}}
}

// rest gives a list without its first n items, as {{slice}} does.
func rest(list, n expression) expression {
	return expression{list.typ, func(x *run, dot reflect.Value) (reflect.Value, bool) {
		v, ok := list.value(x, dot)
		from, also := n.value(x, dot)
		if !ok || !also || from.Int() < 0 || from.Int() > int64(v.Len()) {
			return v, false
		}
		return v.Slice(int(from.Int()), v.Len()), true
	}}
}

// ownFunction calls one of the theme's own functions.
func (u *unit) ownFunction(name string, args []expression) expression {
	f := reflect.ValueOf(u.functions[name])
	if !f.IsValid() || f.Type().IsVariadic() || f.Type().NumIn() != len(args) || f.Type().Out(0).Kind() == reflect.Interface {
		return u.fail()
	}
	for i, a := range args {
		if a.typ == nil || !a.typ.AssignableTo(f.Type().In(i)) {
			return u.fail()
		}
	}
	return expression{f.Type().Out(0), func(x *run, dot reflect.Value) (reflect.Value, bool) {
		in := make([]reflect.Value, len(args))
		for i, a := range args {
			v, ok := a.value(x, dot)
			if !ok {
				return v, false
			}
			in[i] = v
		}
		return safely(f, in)
	}}
}

// safely calls a function, which may refuse its arguments.
func safely(f reflect.Value, in []reflect.Value) (v reflect.Value, ok bool) {
	defer func() {
		if recover() != nil {
			ok = false // html/template says what went wrong
		}
	}()
	out := f.Call(in)
	return out[0], len(out) == 1 || out[1].IsNil()
}

// truth is what {{if}} makes of a value of the kinds that views have.
func truth(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Bool:
		return v.Bool()
	case reflect.String, reflect.Slice, reflect.Map, reflect.Array:
		return v.Len() > 0
	case reflect.Pointer:
		return !v.IsNil()
	case reflect.Struct:
		return true
	case reflect.Float32, reflect.Float64:
		return v.Float() != 0 // minus zero is not IsZero
	case reflect.Invalid:
		return false
	}
	return !v.IsZero()
}
