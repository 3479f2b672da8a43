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
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode {
			c.apply(n)
		}
	}
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

// cascade is the rules of a page's style elements. To find those that select
// an element, only those are tried whose last part names its type or one of
// its classes, or is not that simple.
type cascade struct {
	rules           []rule
	byType, byClass map[string][]int
	others          []int
	kept            []string // by style element
	styles          sync.Map // rules and former style -> the attribute's value
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
// combinators in it.
func ending(selector string) (kind, class string) {
	simple := func(r rune) bool {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || strings.ContainsRune("-_. >+~", r)
	}
	if strings.ContainsFunc(selector, func(r rune) bool { return !simple(r) }) {
		return "", ""
	}
	last := selector[strings.LastIndexAny(selector, " >+~")+1:]
	kind, classes, _ := strings.Cut(last, ".")
	class, _, _ = strings.Cut(classes, ".")
	return strings.ToLower(kind), class
}

// matching gives the numbers of the rules that select an element, in order.
func (c *cascade) matching(n *html.Node) []int {
	candidates := slices.Concat(c.others, c.byType[n.Data])
	value, _ := attribute(n, "class")
	for class := range strings.FieldsSeq(value) {
		candidates = append(candidates, c.byClass[class]...)
	}
	slices.Sort(candidates)
	candidates = slices.Compact(candidates)
	return slices.DeleteFunc(candidates, func(i int) bool { return !c.rules[i].selector.Match(n) })
}

// apply writes the rules that select an element into its style attribute.
func (c *cascade) apply(n *html.Node) {
	matching := c.matching(n)
	own, _ := attribute(n, "style")
	if len(matching) == 0 && own == "" {
		return
	}
	var key []byte
	for _, i := range matching {
		key = append(strconv.AppendInt(key, int64(i), 10), ' ')
	}
	key = append(key, own...)
	known, ok := c.styles.Load(string(key))
	if !ok {
		known, _ = c.styles.LoadOrStore(string(key), c.style(matching, own))
	}
	if style := known.(string); style != "" {
		setAttribute(n, "style", style)
	} else {
		removeAttribute(n, "style")
	}
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

// style gives the style that follows from some rules, and from what the
// attribute said before.
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
