package markdown

import (
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"

	"bulletin/internal/diag"
)

var calloutTypes = []string{"NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"}

// calloutTitle is the first line of a callout, "[!NOTE] Title": its text is
// the title.
type calloutTitle struct {
	ast.BaseBlock
	kind string // of calloutTypes
}

var kindCalloutTitle = ast.NewNodeKind("CalloutTitle")

func (*calloutTitle) Kind() ast.NodeKind              { return kindCalloutTitle }
func (n *calloutTitle) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// takeCalloutTitle takes the marker line off the first paragraph of a
// quotation.
func (r *reading) takeCalloutTitle(node *ast.Paragraph) {
	quote, ok := node.Parent().(*ast.Blockquote)
	if !ok || quote.FirstChild() != node {
		return
	}
	line, offset := r.line(node, 0)
	name, title, ok := cutCallout(string(line))
	if !ok {
		return
	}
	kind := strings.ToUpper(name)
	if !slices.Contains(calloutTypes, kind) {
		hint := "write one of [!NOTE], [!TIP], [!IMPORTANT], [!WARNING] or [!CAUTION]"
		kind = "NOTE"
		if nearest := diag.Nearest(name, calloutTypes); nearest != "" {
			hint, kind = "write [!"+nearest+"]", nearest
		}
		r.problem(offset, "unknown-callout", hint, "there is no callout of the type “%s”", name)
	}
	heading := &calloutTitle{kind: kind}
	heading.SetPos(offset)
	if title != "" {
		start := offset + len(line) - len(title)
		heading.Lines().Append(text.NewSegment(start, start+len(title)))
	}
	quote.InsertBefore(quote, node, heading)
	rest := node.Lines().Len() - 1
	node.Lines().SetSliced(1, rest+1)
	if rest == 0 {
		quote.RemoveChild(quote, node)
	}
}

// cutCallout reads "[!NAME] title".
func cutCallout(line string) (name, title string, ok bool) {
	inner, ok := strings.CutPrefix(line, "[!")
	if !ok {
		return "", "", false
	}
	name, title, ok = strings.Cut(inner, "]")
	if !ok || name == "" || strings.ContainsAny(name, "[(!") || title != "" && title[0] != ' ' && title[0] != '\t' {
		return "", "", false
	}
	return strings.TrimSpace(name), strings.TrimSpace(title), true
}

func (w *writer) callout(quote *ast.Blockquote, title *calloutTitle) {
	word := title.kind[:1] + strings.ToLower(title.kind[1:])
	label := word
	if custom := fold(w.plain(title)); custom != "" {
		label = word + ": " + custom
	}
	w.html(`<aside class="callout callout-`, strings.ToLower(title.kind), `" role="note" aria-label="`)
	w.escape(label)
	w.html("\">\n<p class=\"callout-title\">")
	if label == word {
		w.words(word)
	} else {
		w.html(`<span class="callout-type">`)
		w.words(word + ":")
		w.html("</span> ")
		w.gap()
		w.inlines(title)
	}
	w.html("</p>\n")
	w.gap()
	for n := title.NextSibling(); n != nil; n = n.NextSibling() {
		w.block(n)
	}
	w.html("</aside>\n")
}
