package email

import (
	"cmp"
	"slices"
	"strings"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// inlineStyles writes the rules of a document's style elements into the style
// attributes of the elements that they select, since many mail programs know
// no others. It gives the CSS that stays in style elements: @media and other
// at-rules, and selectors such as a:hover. These come after the attributes in
// a mail program's cascade, so they need !important to have an effect; for
// that same reason !important is dropped where it is written into attributes.
//
// Selectors weigh as they do in a browser (CSS Cascading, section 6.4). A
// style element with a media attribute is left as it is.
func inlineStyles(doc *html.Node) (kept string) {
	var rules []rule
	for _, style := range elements(doc, atom.Style) {
		if _, ok := attribute(style, "media"); ok || style.FirstChild == nil {
			kept += text(style)
			continue
		}
		more, rest := parseSheet(text(style))
		rules = append(rules, more...)
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
			inlineInto(n, rules)
		}
	}
	return kept
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

func inlineInto(n *html.Node, rules []rule) {
	var list []applied
	for i, r := range rules {
		if !r.selector.Match(n) {
			continue
		}
		for _, d := range r.declarations {
			list = append(list, applied{d, 0, r.selector.Specificity(), i})
		}
	}
	own, _ := attribute(n, "style")
	if len(list) == 0 && own == "" {
		return
	}
	for _, d := range parseStyle(own) {
		list = append(list, applied{d, 1, cascadia.Specificity{}, len(rules)})
	}
	slices.SortStableFunc(list, func(a, b applied) int {
		return cmp.Or(compareBool(a.important, b.important), cmp.Compare(a.inline, b.inline), slices.Compare(a.specificity[:], b.specificity[:]))
	})
	if style := styleText(list); style != "" {
		setAttribute(n, "style", style)
	} else {
		removeAttribute(n, "style")
	}
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
