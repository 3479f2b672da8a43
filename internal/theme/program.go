package theme

import (
	"html/template"
	"reflect"
	"sync"
	"text/template/parse"
)

// A page is made by a program: the templates of its layout as html/template
// has rewritten them, with an escaper at the end of every action, compiled for
// the type of the view. The names of fields are looked up once and not for
// each page, and nothing is allocated for an action, which makes pages in a
// tenth of the time that executing the templates takes.
//
// A program writes what html/template would, or gives up. It does at once
// where a template has something in it that programs do not know, such as
// printf: then html/template shows this template, and only this one. And it
// does while it runs where html/template would stop with an error, such as a
// part of something that is not there: then html/template makes the whole page
// again, and reports what is wrong.

// program is a template for a dot of one type.
type program struct {
	steps []step
	vars  int // how many variables it has, the dot's own included
	// foreign tells that html/template shows it.
	foreign bool
}

// step writes a part of a page.
type step func(x *run, dot reflect.Value) outcome

// outcome says how a step ended.
type outcome uint8

const (
	done outcome = iota
	leaveLoop
	nextRound
	gaveUp
)

// maxDepth is how deep templates may show each other before a program gives up.
const maxDepth = 1000

// run is the making of one page.
type run struct {
	out []byte
	// vars are the variables of all templates on the way to the present one,
	// whose own begin at first.
	vars   []reflect.Value
	first  int
	depth  int
	rounds int // see countSteps
}

// runs are used again, because pages are of similar size.
var runs = sync.Pool{New: func() any { return new(run) }}

// reusable is the size in bytes up to which the memory of a run is kept.
const reusable = 1 << 20

// free gives the run back, without what it leads to.
func (x *run) free() {
	clear(x.vars[:cap(x.vars)])
	if cap(x.out) <= reusable {
		*x = run{out: x.out[:0], vars: x.vars[:0]}
		runs.Put(x)
	}
}

// Write implements io.Writer for what html/template shows.
func (x *run) Write(p []byte) (int, error) {
	if len(p) == 0 && !x.count() {
		return 0, errTooBusy
	}
	if len(x.out)+len(p) > maxPage {
		return 0, errTooLong
	}
	x.out = append(x.out, p...)
	return len(p), nil
}

// count notes that a template begins or a loop goes round, and reports whether
// it may.
func (x *run) count() bool {
	x.rounds++
	return x.rounds <= maxSteps
}

// all takes the steps one after the other.
func (x *run) all(steps []step, dot reflect.Value) outcome {
	for _, s := range steps {
		if o := s(x, dot); o != done {
			return o
		}
	}
	return done
}

// run writes the template for dot.
func (p *program) run(x *run, dot reflect.Value) outcome {
	if x.depth == maxDepth {
		return gaveUp
	}
	x.depth++
	before := x.first
	x.first = len(x.vars)
	x.vars = append(x.vars, dot)
	for range p.vars - 1 {
		x.vars = append(x.vars, reflect.Value{})
	}
	o := x.all(p.steps, dot)
	x.vars = x.vars[:x.first]
	x.first = before
	x.depth--
	return o
}

// program gives the program of the layout for a view of the given type.
func (l *layout) program(view reflect.Type) *program {
	if known, ok := l.programs.Load(view); ok {
		return known.(*program)
	}
	c := compiler{set: l.set, trees: l.trees, functions: l.functions, known: map[called]*program{}}
	p, _ := l.programs.LoadOrStore(view, c.program(l.entry, view))
	return p.(*program)
}

// escaped gives the templates of a set after html/template has rewritten them.
func escaped(set *template.Template) map[string]*parse.Tree {
	trees := map[string]*parse.Tree{}
	for _, t := range set.Templates() {
		if t.Tree != nil {
			trees[t.Name()] = t.Tree
		}
	}
	return trees
}

// execute gives the step by which html/template shows a template.
func execute(set *template.Template, name string) step {
	return func(x *run, dot reflect.Value) outcome {
		// As a reflect.Value, what has an address keeps it, and with it those of
		// its methods that need one.
		if err := set.ExecuteTemplate(x, name, dot); err != nil {
			return gaveUp
		}
		return done
	}
}
