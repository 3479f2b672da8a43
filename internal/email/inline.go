package email

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// inliner writes the styles of pages into their elements. It is used for all
// e-mails of a site, which have the same style sheet: that is read once, and so
// is each style that follows from it. The zero inliner is ready for use by many
// goroutines.
type inliner struct {
	cascades sync.Map // text of the style elements -> *cascade
}

// inline writes the rules of a document's style elements into the style
// attributes of the elements that they select, since many mail programs know
// no others. It gives the CSS that stays in style elements: @media and other
// at-rules, and selectors such as a:hover. These come after the attributes in
// a mail program's cascade, so they need !important to have an effect; for
// that same reason !important is dropped where it is written into attributes.
//
// Selectors weigh as they do in a browser (CSS Cascading, section 6.4). A
// style element with a media attribute is left as it is.
func (in *inliner) inline(doc *html.Node) (kept string) {
	var styles []*html.Node
	var texts []string
	for _, style := range elements(doc, atom.Style) {
		if _, ok := attribute(style, "media"); ok || style.FirstChild == nil {
			kept += text(style)
			continue
		}
		styles, texts = append(styles, style), append(texts, text(style))
	}
	c := in.cascade(texts)
	for i, style := range styles {
		rest := c.kept[i]
		kept += rest
		if strings.TrimSpace(rest) == "" {
			remove(style)
			continue
		}
		style.FirstChild.Data = "\n" + rest
		for style.LastChild != style.FirstChild {
			style.RemoveChild(style.LastChild)
		}
	}
	c.applyWithin(doc, &c.outer)
	return kept
}

// cascade gives the cascade of the texts of some style elements.
func (in *inliner) cascade(texts []string) *cascade {
	key := strings.Join(texts, "\x00")
	if known, ok := in.cascades.Load(key); ok {
		return known.(*cascade)
	}
	c, _ := in.cascades.LoadOrStore(key, newCascade(texts))
	return c.(*cascade)
}

// cascade is the rules of a page's style elements. Most of them ask only for the
// type and the classes of an element and of those around it. E-mails, which
// come of one layout, have few such places: which of these rules select is
// found out once for each. The others are tried on each element.
type cascade struct {
	rules []rule
	// byType and byClass have the rules that only a place decides about, by what
	// the last part of their selectors names.
	byType, byClass map[string][]int
	others          []int
	kept            []string // by style element
	styles          sync.Map // rules and former style -> the attribute's value

	mu    sync.Mutex
	outer place
}

// place is where elements stand that have the same type and classes, within
// elements of which the same is true.
type place struct {
	within map[[2]string]*place // by the type and the value of class
	// matching are the numbers of the rules that select here, in order, and style
	// is what follows from them alone.
	matching []int
	style    string
}

func newCascade(texts []string) *cascade {
	c := &cascade{byType: map[string][]int{}, byClass: map[string][]int{}}
	for _, text := range texts {
		rules, kept := parseSheet(text)
		c.rules, c.kept = append(c.rules, rules...), append(c.kept, kept)
	}
	for i, r := range c.rules {
		switch kind, class := ending(r.selector.String()); {
		case class != "":
			c.byClass[class] = append(c.byClass[class], i)
		case kind != "":
			c.byType[kind] = append(c.byType[kind], i)
		default:
			c.others = append(c.others, i)
		}
	}
	return c
}

// ending gives the type or a class that every element has which a selector
// selects; neither if the selector has anything but types, classes and
// elements around them in it.
func ending(selector string) (kind, class string) {
	simple := func(r rune) bool {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || strings.ContainsRune("-_. >", r)
	}
	if strings.ContainsFunc(selector, func(r rune) bool { return !simple(r) }) {
		return "", ""
	}
	last := selector[strings.LastIndexAny(selector, " >")+1:]
	kind, classes, _ := strings.Cut(last, ".")
	class, _, _ = strings.Cut(classes, ".")
	return strings.ToLower(kind), class
}

// place gives the place of an element within another.
func (c *cascade) place(around *place, n *html.Node) *place {
	class, _ := attribute(n, "class")
	element := [2]string{n.Data, class}
	c.mu.Lock()
	defer c.mu.Unlock()
	p, ok := around.within[element]
	if !ok {
		p = &place{matching: c.matching(n)}
		p.style = c.style(p.matching, "")
		if around.within == nil {
			around.within = map[[2]string]*place{}
		}
		around.within[element] = p
	}
	return p
}

// matching gives the numbers of the rules that select an element for its
// place, in order.
func (c *cascade) matching(n *html.Node) []int {
	candidates := slices.Clone(c.byType[n.Data])
	value, _ := attribute(n, "class")
	for class := range strings.FieldsSeq(value) {
		candidates = append(candidates, c.byClass[class]...)
	}
	slices.Sort(candidates)
	candidates = slices.Compact(candidates)
	return slices.DeleteFunc(candidates, func(i int) bool { return !c.rules[i].selector.Match(n) })
}

// applyWithin writes rules into the style attributes of all elements within a
// node.
func (c *cascade) applyWithin(node *html.Node, around *place) {
	for n := node.FirstChild; n != nil; n = n.NextSibling {
		if n.Type == html.ElementNode {
			p := c.place(around, n)
			c.apply(n, p)
			c.applyWithin(n, p)
		}
	}
}

// apply writes the rules that select an element into its style attribute.
func (c *cascade) apply(n *html.Node, p *place) {
	matching := p.matching
	for _, i := range c.others {
		if c.rules[i].selector.Match(n) {
			at, _ := slices.BinarySearch(matching, i)
			matching = slices.Insert(slices.Clip(matching), at, i)
		}
	}
	style := p.style
	own, _ := attribute(n, "style")
	if own != "" || len(matching) > len(p.matching) {
		style = c.styleOf(matching, own)
	}
	switch {
	case style != "":
		setAttribute(n, "style", style)
	case own != "" || len(matching) > 0:
		removeAttribute(n, "style")
	}
}

// styleOf gives the style that follows from some rules and from what the
// attribute said before.
func (c *cascade) styleOf(matching []int, own string) string {
	var key []byte
	for _, i := range matching {
		key = append(strconv.AppendInt(key, int64(i), 10), ' ')
	}
	key = append(key, own...)
	known, ok := c.styles.Load(string(key))
	if !ok {
		known, _ = c.styles.LoadOrStore(string(key), c.style(matching, own))
	}
	return known.(string)
}

// applied is a declaration as it applies to one element.
type applied struct {
	declaration
	// inline is 1 for what the attribute said before.
	inline      int
	specificity cascadia.Specificity
	// rule is the number of the rule that it comes from.
	rule int
}

// style makes out what styleOf gives.
func (c *cascade) style(matching []int, own string) string {
	var list []applied
	for _, i := range matching {
		for _, d := range c.rules[i].declarations {
			list = append(list, applied{d, 0, c.rules[i].selector.Specificity(), i})
		}
	}
	for _, d := range parseStyle(own) {
		list = append(list, applied{d, 1, cascadia.Specificity{}, len(c.rules)})
	}
	slices.SortStableFunc(list, func(a, b applied) int {
		return cmp.Or(compareBool(a.important, b.important), cmp.Compare(a.inline, b.inline), slices.Compare(a.specificity[:], b.specificity[:]))
	})
	return styleText(list)
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// styleText writes declarations, the weakest first, without those that later
// ones override. Two of one rule stand beside each other: the first is there
// for programs that do not understand the second.
func styleText(list []applied) string {
	var kept []applied
	for _, d := range list {
		kept = slices.DeleteFunc(kept, func(k applied) bool {
			return (k.rule != d.rule || k.declaration == d.declaration) && covers(d.property, k.property)
		})
		kept = append(kept, d)
	}
	parts := make([]string, len(kept))
	for i, d := range kept {
		parts[i] = d.String()
	}
	return strings.Join(parts, ";")
}

// shorthands are the properties that set others, beside those whose names
// begin with their own and a hyphen.
var shorthands = map[string][]string{
	"margin": nil, "padding": nil, "background": nil, "list-style": nil, "text-decoration": nil, "outline": nil,
	"border-top": nil, "border-right": nil, "border-bottom": nil, "border-left": nil,
	"font": {"line-height"}, "overflow": nil,
	"border-width":  {"border-top-width", "border-right-width", "border-bottom-width", "border-left-width"},
	"border-style":  {"border-top-style", "border-right-style", "border-bottom-style", "border-left-style"},
	"border-color":  {"border-top-color", "border-right-color", "border-bottom-color", "border-left-color"},
	"border-radius": {"border-top-left-radius", "border-top-right-radius", "border-bottom-right-radius", "border-bottom-left-radius"},
	"border":        nil,
}

// independent are properties whose names look as if a shorthand set them.
var independent = map[string]bool{
	"border-collapse": true, "border-spacing": true, "border-radius": true, "outline-offset": true, "overflow-wrap": true,
	"border-top-left-radius": true, "border-top-right-radius": true, "border-bottom-right-radius": true, "border-bottom-left-radius": true,
}

// covers reports whether setting one property leaves nothing of another.
func covers(property, other string) bool {
	if property == other {
		return true
	}
	more, shorthand := shorthands[property]
	if !shorthand {
		return false
	}
	return slices.Contains(more, other) || strings.HasPrefix(other, property+"-") && !independent[other]
}
