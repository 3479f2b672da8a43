package markdown

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	tagPattern = regexp.MustCompile(`<(/?)([a-z][a-z0-9]*)((?: [a-z-]+="[^"<>]*")*)>`)
	idPattern  = regexp.MustCompile(` id="([^"]*)"`)
)

// ids gives how often each id is used.
func ids(html string) map[string]int {
	found := map[string]int{}
	for _, m := range idPattern.FindAllStringSubmatch(html, -1) {
		found[m[1]]++
	}
	return found
}

// phrasing are elements that hold text only.
var phrasing = []string{"p", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "a", "em", "strong", "del", "code", "pre", "abbr", "sup", "span", "b"}

var blocks = []string{"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "thead", "tbody",
	"tr", "th", "td", "div", "figure", "figcaption", "blockquote", "aside", "section", "pre", "hr"}

// wellFormed checks that the tags of a document are closed in order, that no
// block stands in text and no link in a link, and that ids are unique.
func wellFormed(t *testing.T, html string) {
	t.Helper()
	html = regexp.MustCompile(`<article.*?</article>`).ReplaceAllString(html, "")
	var open []string
	at := 0
	for _, m := range tagPattern.FindAllStringSubmatchIndex(html, -1) {
		if strings.Contains(html[at:m[0]], "<") {
			t.Errorf("a loose < in %q", html[at:m[0]])
			return
		}
		at = m[1]
		closing, tag := m[3] > m[2], html[m[4]:m[5]]
		switch {
		case closing:
			if len(open) == 0 || open[len(open)-1] != tag {
				t.Errorf("</%s> closes %v, before %.60q", tag, open, html[m[0]:])
				return
			}
			open = open[:len(open)-1]
		case slices.Contains(blocks, tag) && slices.ContainsFunc(open, func(o string) bool { return slices.Contains(phrasing, o) }):
			t.Errorf("<%s> stands within %v", tag, open)
		case tag == "a" && slices.Contains(open, "a"):
			t.Errorf("a link within a link: %.60q", html[m[0]:])
		}
		if !closing && tag != "br" && tag != "hr" && tag != "img" {
			open = append(open, tag)
		}
	}
	if len(open) > 0 || strings.Contains(html[at:], "<") {
		t.Errorf("not closed: %v, %q", open, html[at:])
	}
	for id, n := range ids(html) {
		if n > 1 {
			t.Errorf("id %q is used %d times", id, n)
		}
	}
}
