package theme

import (
	"errors"
	"fmt"
	"html/template"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"text/template/parse"
	"unicode/utf8"

	"bulletin/internal/diag"
)

// sources are the texts of the template files by path, to count columns in.
type sources map[string]string

// located matches the beginning of the errors of Go's template packages.
var located = regexp.MustCompile(`(?s)^(?:html/)?template: ?(.+?):(\d+)(?::(\d+))?: (.*)$`)

// pos reads a position such as article.html:12:5 from the start of an error
// text, and gives the rest. Go counts columns in bytes from 0.
func (s sources) pos(text string) (diag.Pos, string, bool) {
	m := located.FindStringSubmatch(text)
	if m == nil {
		return diag.Pos{}, text, false
	}
	pos := diag.Pos{File: "layouts/" + m[1]}
	pos.Line, _ = strconv.Atoi(m[2])
	if m[3] != "" {
		offset, _ := strconv.Atoi(m[3])
		pos.Col = s.column(m[1], pos.Line, offset)
	}
	return pos, m[4], true
}

// column turns a byte offset within a line into a column, counted in
// characters from 1.
func (s sources) column(name string, line, offset int) int {
	lines := strings.Split(s[name], "\n")
	if line < 1 || line > len(lines) {
		return offset + 1
	}
	text := lines[line-1]
	return utf8.RuneCountInString(text[:min(offset, len(text))]) + 1
}

// nodePos gives the position of a node.
func (s sources) nodePos(n parse.Node) diag.Pos {
	where, _ := (*parse.Tree)(nil).ErrorContext(n)
	pos, _, _ := s.pos("template: " + where + ": ")
	return pos
}

func missingLayout(name string) diag.Problem {
	return diag.Errorf(diag.Pos{File: "layouts/" + name}, "layout-template", "", "there is no layout %s", name)
}

var (
	noFunction = regexp.MustCompile(`^function "(.*)" not defined$`)
	noVariable = regexp.MustCompile(`^undefined variable "(.*)"$`)
	nilPointer = regexp.MustCompile(`nil pointer evaluating \*?\w+\.(\w+)\.(\w+)$`)
	executing  = regexp.MustCompile(`(?s)^executing ".*?" at <(.*?)>: (.*)$`)
)

const openedHint = "Every {{if}}, {{range}}, {{with}}, {{block}} and {{define}} needs an {{end}} of its own."

// syntaxProblem says in plain words what the template parser did not
// understand in the named file.
func (s sources) syntaxProblem(name string, err error) diag.Problem {
	pos, message, ok := s.pos(err.Error())
	if !ok {
		pos = diag.Pos{File: "layouts/" + name}
	}
	message = strings.TrimPrefix(message, "template: ")
	text, hint := "this template cannot be read: "+message, ""
	switch {
	case noFunction.MatchString(message):
		text, hint = functionText(noFunction.FindStringSubmatch(message)[1])
	case noVariable.MatchString(message):
		text = fmt.Sprintf("there is no variable %s here", noVariable.FindStringSubmatch(message)[1])
		hint = "A variable is made with {{$name := .Title}} and lasts until the {{end}} around it."
	case message == "unexpected EOF":
		text, hint = "an {{end}} is missing", openedHint
	case strings.HasPrefix(message, "unexpected {{end}}"):
		text, hint = "there is an {{end}} too many", openedHint
	case strings.HasPrefix(message, "unexpected {{else}}"):
		text, hint = "there is an {{else}} without an {{if}}, {{with}} or {{range}}", openedHint
	case strings.HasPrefix(message, "unclosed action"), strings.HasPrefix(message, "unclosed comment"):
		text, hint = "a {{ is never closed", "Write }} at its end."
	case strings.HasPrefix(message, "unterminated"):
		text, hint = "a quotation mark is never closed", "Texts in {{ }} stand between straight quotation marks on one line."
	case strings.Contains(message, "U+201C"), strings.Contains(message, "U+201D"), strings.Contains(message, "U+2018"), strings.Contains(message, "U+2019"):
		text, hint = "there is a curly quotation mark within {{ }}", `Write a straight one: "`
	case strings.HasPrefix(message, "multiple definition of template"):
		text, hint = strings.TrimPrefix(message, "multiple definition of template ")+" is defined twice in this file", "Give one of them another name."
	}
	return diag.Problem{Pos: pos, Severity: diag.Error, Rule: "layout-syntax", Text: text, Hint: hint}
}

func functionText(name string) (text, hint string) {
	known := slices.Sorted(maps.Keys(functions))
	known = append(known, slices.Sorted(maps.Keys(builtins))...)
	text = fmt.Sprintf("there is no function called %s", name)
	switch near := diag.Nearest(name, known); {
	case name != "" && strings.ToUpper(name[:1]) == name[:1]:
		hint = fmt.Sprintf("Write a full stop before the name of a field: .%s", name)
	case near != "":
		hint = fmt.Sprintf("Did you mean %s?", near)
	default:
		hint = "The functions are: " + strings.Join(known, ", ") + "."
	}
	return text, hint
}

// markupTexts explain what html/template cannot make sense of.
var markupTexts = map[template.ErrorCode][2]string{
	template.ErrEndContext: {"the markup ends in the middle of a tag, an attribute, a comment or a script",
		"Look for a missing quotation mark, > or closing tag."},
	template.ErrBranchEnd: {"the branches of this {{if}}, {{with}} or {{range}} leave the markup in different states",
		"Each branch must close the quotation marks and tags that it opens, and only those."},
	template.ErrRangeLoopReentry: {"this {{range}} ends in another state of the markup than it began",
		"Its content must close the quotation marks and tags that it opens, and only those."},
	template.ErrAmbigContext: {"it is not clear what an address is made of here",
		"Write the whole address in one {{ }}, or put {{if}} around the whole attribute."},
	template.ErrPartialEscape: {"a text ends with half an escape", ""},
	template.ErrPredefinedEscaper: {"escaping is done by itself and must not be asked for",
		"Leave out html, js and urlquery."},
}

// markupProblem says what is wrong with the markup of a template.
func (s sources) markupProblem(trees map[string]*parse.Tree, err *template.Error) diag.Problem {
	var pos diag.Pos
	if err.Node != nil {
		pos = s.nodePos(err.Node)
	} else if tree := trees[err.Name]; tree != nil {
		pos = diag.Pos{File: "layouts/" + tree.ParseName, Line: err.Line}
	} else {
		pos = diag.Pos{File: "layouts"}
	}
	text, hint := "the markup cannot be understood: "+err.Description, ""
	if known, ok := markupTexts[err.ErrorCode]; ok {
		text, hint = known[0], known[1]
	}
	return diag.Problem{Pos: pos, Severity: diag.Error, Rule: "layout-markup", Text: text, Hint: hint}
}

// runtimeProblem says why a layout stopped while it made a page.
func (s sources) runtimeProblem(l *layout, err error) diag.Problem {
	pos, message, ok := s.pos(err.Error())
	if !ok {
		pos, message = diag.Pos{File: "layouts/" + l.path}, err.Error()
	}
	what := ""
	if m := executing.FindStringSubmatch(message); m != nil {
		what, message = m[1], m[2]
	}
	p := diag.Problem{Pos: pos, Severity: diag.Error, Rule: "layout-run"}
	m := nilPointer.FindStringSubmatch(err.Error())
	switch {
	case errors.Is(err, errTooLong):
		p.Text = fmt.Sprintf("a page that this layout makes would be larger than %d MB", maxPage>>20)
		p.Hint = "Either the layout repeats itself without end, or a text that it shows has to be split into several."
	case errors.Is(err, errTooBusy), strings.Contains(message, "exceeded maximum template depth"):
		p.Text, p.Hint = "the layout repeats itself without end", "A template must not show itself, unless for parts of what it was given."
	case strings.Contains(message, "nil pointer evaluating"):
		p.Text = fmt.Sprintf("{{%s}} asks for a part of something that this page does not have", what)
		p.Hint = "Put it between {{with ...}} and {{end}}, which show nothing where there is nothing."
		if m != nil {
			p.Hint = fmt.Sprintf("Put it between {{with ...}} and {{end}}, and write .%s there.", m[2])
		}
	case what != "":
		p.Text = fmt.Sprintf("the layout stops at {{%s}}: %s", what, message)
	default:
		p.Text = "the layout stops: " + message
	}
	return p
}
