package markdown

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// openTags counts the tags that were reported and are not closed yet, so that
// a pair of tags is one problem.
type openTags struct{ open map[string]int }

// insteadOf says what to write instead of a tag.
var insteadOf = map[string]string{
	"br":     `end the line with a backslash (\) for a new line, or leave a line empty for a new paragraph`,
	"table":  "write a Markdown table: | Name | Role |, then |---|---|, then a line for each row",
	"img":    "write ![what the picture shows](picture.jpg)",
	"iframe": "link to it instead: [Watch the film](https://...)", "video": "link to it instead: [Watch the film](https://...)",
	"audio": "link to it instead: [Listen](https://...)", "embed": "link to it instead", "object": "link to it instead",
	"a": "write [the link's text](address)", "b": "write **bold**", "strong": "write **bold**",
	"i": "write *italic*", "em": "write *italic*", "u": "delete the tags; underlined text is taken for a link",
	"h1": "write ## in front of the heading", "h2": "write ## in front of the heading", "h3": "write ### in front of the heading",
	"h4": "write #### in front of the heading", "h5": "write ##### in front of the heading", "h6": "write ###### in front of the heading",
	"ul": `start each item with "- " on a line of its own`, "ol": `start each item with "1. " on a line of its own`,
	"li": `start each item with "- " on a line of its own`, "p": "delete the tags; an empty line starts a new paragraph",
	"div": "delete the tags; nothing is needed in their place", "span": "delete the tags; nothing is needed in their place",
	"font": "delete the tags; the site's theme sets the type", "center": "delete the tags; the site's theme sets the layout",
	"style": "delete it; the site's theme sets the look", "script": "delete it; pages work without scripts",
	"link": "delete it; the site's theme sets the look", "meta": "delete it; the head of the page comes from the front matter",
	"hr": "write --- on a line of its own, with an empty line before it", "blockquote": `start each line of the quotation with "> "`,
	"sup": "delete the tags: write 23rd as it is, and a footnote as [^1]", "sub": "delete the tags: write CO₂ with the small figure itself",
	"del": "write ~~struck out~~", "s": "write ~~struck out~~", "strike": "write ~~struck out~~",
	"code": "write `code` between backquotes", "pre": "put the text between lines of ```",
	"figure": `write ![what it shows](picture.jpg "The caption") in a paragraph of its own`,
	"abbr":   "delete the tags; the glossary explains abbreviations", "dl": "write the term on a line, and below it \": \" and what it means",
	"details": "write a heading and the text below it", "aside": "start the text with > [!NOTE]",
	"form": "link to the form instead", "input": "link to the form instead", "button": "write a link instead",
}

// parts are tags that only stand within others.
var parts = map[string]bool{"tr": true, "td": true, "th": true, "thead": true, "tbody": true, "tfoot": true, "caption": true,
	"col": true, "colgroup": true, "li": true, "dt": true, "dd": true, "source": true, "track": true, "param": true,
	"figcaption": true, "summary": true, "option": true, "legend": true, "label": true}

var voids = map[string]bool{"br": true, "hr": true, "img": true, "input": true, "meta": true, "link": true, "col": true,
	"embed": true, "source": true, "track": true, "param": true, "wbr": true, "area": true, "base": true}

// reportTag notes a tag as a problem, unless it belongs to one that was.
func (r *reading) reportTag(tag []byte, offset int) {
	name, closing := tagName(tag)
	if r.open == nil {
		r.open = map[string]int{}
	}
	switch {
	case closing && r.open[name] > 0:
		r.open[name]--
		return
	case parts[name] && len(r.open) > 0:
		return
	case !closing && !voids[name] && name != "" && !bytes.HasSuffix(tag, []byte("/>")):
		r.open[name]++
	}
	hint := insteadOf[name]
	switch {
	case name == "":
		hint = `delete it; if the sign < itself is meant, write \<`
	case hint == "":
		hint = `delete the tags; if the signs < and > themselves are meant, write \< and \>`
	}
	shown := "<" + name + ">"
	if closing {
		shown = "</" + name + ">"
	} else if name == "" {
		shown = shortened(string(tag))
	}
	r.problem(offset, "raw-html", hint, "HTML such as %s is not published", shown)
}

// tagName gives the name of "<name ...>" or "</name>", in small letters.
func tagName(tag []byte) (name string, closing bool) {
	tag = bytes.TrimPrefix(tag, []byte("<"))
	tag, closing = bytes.CutPrefix(tag, []byte("/"))
	end := 0
	for end < len(tag) && (isLetter(tag[end]) || end > 0 && (isDigit(tag[end]) || tag[end] == '-')) {
		end++
	}
	return strings.ToLower(string(tag[:end])), closing
}

// isComment reports whether a node is a comment within a line.
func isComment(src []byte, n ast.Node) bool {
	raw, ok := n.(*ast.RawHTML)
	return ok && bytes.HasPrefix(raw.Segments.Value(src), []byte("<!--"))
}

// removeComments takes the comments out of a line, together with the spaces
// before them where others follow, so that they leave no trace.
func removeComments(src []byte, parent ast.Node) {
	for n := parent.FirstChild(); n != nil; {
		next := n.NextSibling()
		if isComment(src, n) {
			before, _ := n.PreviousSibling().(*ast.Text)
			after, _ := next.(*ast.Text)
			if before != nil && (next == nil || after != nil && (after.Segment.IsEmpty() || src[after.Segment.Start] == ' ')) {
				before.Segment = before.Segment.TrimRightSpace(src)
			}
			parent.RemoveChild(parent, n)
		}
		n = next
	}
}

func (w *writer) rawHTML(n *ast.RawHTML) {
	source := n.Segments.Value(w.src)
	w.reportTag(source, n.Segments.At(0).Start)
	w.words(string(source))
}

func (w *writer) htmlBlock(n *ast.HTMLBlock) {
	if n.Lines().Len() == 0 {
		return
	}
	source := n.Lines().Value(w.src)
	if n.HasClosure() {
		closure := n.ClosureLine
		source = append(source, closure.Value(w.src)...)
	}
	first := n.Lines().At(0)
	offset := first.Start + len(source) - len(bytes.TrimLeftFunc(source, isSpace)) - first.Padding
	if n.HTMLBlockType == ast.HTMLBlockType2 {
		source = withoutComments(source)
		if len(bytes.TrimFunc(source, isSpace)) == 0 {
			return
		}
		w.problem(offset, "raw-html", "put the comment on lines of its own", "there is text on the same line as a comment")
	} else {
		w.reportTags(source, offset)
	}
	w.html("<p>")
	w.words(string(bytes.TrimFunc(source, isSpace)))
	w.html("</p>\n")
	w.gap()
}

// reportTags notes the first tag of a block as a problem, and remembers the
// others so that their ends are no problem later.
func (r *reading) reportTags(source []byte, offset int) {
	reported := false
	for at := bytes.IndexByte(source, '<'); at >= 0 && at < len(source); {
		tag := source[at:]
		end := bytes.IndexByte(tag, '>') + 1
		if end == 0 {
			end = len(tag)
		}
		tag = tag[:end]
		name, closing := tagName(tag)
		switch {
		case !reported:
			before := len(r.problems)
			r.reportTag(tag, offset+at)
			reported = len(r.problems) > before
		case closing && r.open[name] > 0:
			r.open[name]--
		case !closing && !voids[name] && name != "" && !bytes.HasSuffix(tag, []byte("/>")):
			r.open[name]++
		}
		next := bytes.IndexByte(source[at+end:], '<')
		if next < 0 {
			return
		}
		at += end + next
	}
}

func withoutComments(source []byte) []byte {
	var kept []byte
	for {
		start := bytes.Index(source, []byte("<!--"))
		if start < 0 {
			return append(kept, source...)
		}
		kept = append(kept, source[:start]...)
		end := bytes.Index(source[start+4:], []byte("-->"))
		if end < 0 {
			return kept
		}
		source = source[start+4+end+3:]
	}
}
