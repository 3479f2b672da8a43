package email

import (
	"strings"

	"github.com/andybalholm/cascadia"
	"github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/css"
)

// declaration is "property: value".
type declaration struct {
	property, value string
	important       bool
}

// rule is a selector with what it declares.
type rule struct {
	selector     cascadia.Sel
	declarations []declaration
}

// inlinable are the pseudo-classes that follow from the document alone.
// Whatever else begins with a colon waits for the reader: it is kept.
var inlinable = map[string]bool{
	"not": true, "empty": true, "first-child": true, "last-child": true, "only-child": true, "nth-child": true, "nth-last-child": true,
	"first-of-type": true, "last-of-type": true, "only-of-type": true, "nth-of-type": true, "nth-last-of-type": true,
}

// parseSheet reads a style sheet. rules can be written into the elements that
// they select; kept is the text of all others, such as those for phones or for
// links that are pointed at. What is no CSS is passed over, as browsers do.
func parseSheet(text string) (rules []rule, kept string) {
	r := sheetReader{parser: css.NewParser(parse.NewInputString(text), false)}
	for {
		grammar, _, data := r.parser.Next()
		if grammar == css.ErrorGrammar && !r.parser.HasParseError() {
			break
		}
		r.take(grammar, data)
	}
	// Taking comments out must not put together what ends the element.
	return r.rules, strings.ReplaceAll(r.kept.String(), "</", "<\\/")
}

// sheetReader gathers the rules of a style sheet.
type sheetReader struct {
	parser *css.Parser
	rules  []rule
	kept   strings.Builder
	// within counts the at-rules around the present place, and nested the rules.
	within, nested int
	selectors      string
	declarations   []declaration
}

func (r *sheetReader) take(grammar css.GrammarType, name []byte) {
	switch grammar {
	case css.AtRuleGrammar:
		r.keep(string(name), " ", strings.TrimSpace(source(r.parser.Values())), ";\n")
	case css.BeginAtRuleGrammar:
		r.within++
		r.keep(string(name), " ", strings.TrimSpace(source(r.parser.Values())), "{\n")
	case css.EndAtRuleGrammar:
		r.within--
		r.keep("}\n")
	case css.TokenGrammar:
		r.keep(string(name))
	case css.BeginRulesetGrammar:
		r.nested++
		if r.nested == 1 {
			r.selectors, r.declarations = source(r.parser.Values()), nil
		}
	case css.DeclarationGrammar:
		if d := newDeclaration(string(name), r.parser.Values()); r.nested == 1 {
			r.declarations = append(r.declarations, d)
		} else if r.nested == 0 && r.within > 0 { // as in @font-face
			r.keep(d.full(), ";")
		}
	case css.EndRulesetGrammar:
		if r.nested == 1 {
			r.endRule()
		}
		r.nested = max(0, r.nested-1)
	}
}

func (r *sheetReader) keep(parts ...string) {
	for _, p := range parts {
		r.kept.WriteString(p)
	}
}

// endRule decides, for each selector of a rule, whether it is kept.
func (r *sheetReader) endRule() {
	var left []string
	for _, selector := range splitSelectors(r.selectors) {
		compiled, err := cascadia.Parse(selector)
		if r.within > 0 || err != nil || waits(selector) {
			left = append(left, selector)
			continue
		}
		r.rules = append(r.rules, rule{compiled, r.declarations})
	}
	if len(left) == 0 || len(r.declarations) == 0 {
		return
	}
	r.keep(strings.Join(left, ","), "{")
	for i, d := range r.declarations {
		if i > 0 {
			r.keep(";")
		}
		r.keep(d.full())
	}
	r.keep("}\n")
}

// waits reports whether a selector depends on what the reader does, or on a
// part of an element.
func waits(selector string) bool {
	for i, part := range strings.Split(unquoted(selector), ":") {
		name, _, _ := strings.Cut(part, "(")
		end := strings.IndexFunc(name, func(c rune) bool { return c != '-' && (c < 'a' || c > 'z') })
		if end >= 0 {
			name = name[:end]
		}
		if i > 0 && !inlinable[name] {
			return true
		}
	}
	return false
}

// unquoted leaves the attribute selectors and quoted texts out of a selector.
func unquoted(selector string) string {
	var b strings.Builder
	depth := 0
	for _, c := range selector {
		switch c {
		case '[':
			depth++
		case ']':
			depth--
		default:
			if depth <= 0 {
				b.WriteRune(c)
			}
		}
	}
	return b.String()
}

// splitSelectors splits at the commas that part selectors.
func splitSelectors(s string) []string {
	var list []string
	depth, start := 0, 0
	var quote byte
	for i := range len(s) {
		switch c := s[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '(' || c == '[':
			depth++
		case c == ')' || c == ']':
			depth--
		case c == ',' && depth == 0:
			list = append(list, s[start:i])
			start = i + 1
		}
	}
	return append(list, s[start:])
}

func newDeclaration(property string, values []css.Token) declaration {
	d := declaration{property: property}
	if n := len(values); n >= 2 && string(values[n-2].Data) == "!" && strings.EqualFold(string(values[n-1].Data), "important") {
		d.important = true
		values = values[:n-2]
	}
	d.value = strings.TrimSpace(source(values))
	return d
}

// String gives the declaration without its importance.
func (d declaration) String() string { return d.property + ":" + d.value }

// full gives the declaration as a style sheet has it. Outlook wants the space.
func (d declaration) full() string {
	if d.important {
		return d.String() + " !important"
	}
	return d.String()
}

func source(tokens []css.Token) string {
	var b strings.Builder
	for _, t := range tokens {
		b.Write(t.Data)
	}
	return b.String()
}

// parseStyle reads the value of a style attribute.
func parseStyle(text string) []declaration {
	p := css.NewParser(parse.NewInputString(text), true)
	var list []declaration
	for {
		grammar, _, data := p.Next()
		switch {
		case grammar == css.DeclarationGrammar:
			list = append(list, newDeclaration(string(data), p.Values()))
		case grammar == css.ErrorGrammar && !p.HasParseError():
			return list
		}
	}
}
