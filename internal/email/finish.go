package email

import (
	"bytes"
	"cmp"
	"fmt"
	"html/template"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"bulletin/internal/diag"
	"bulletin/internal/site"
)

// Limit is the size in bytes from which on an e-mail is reported. Gmail shows
// only the first 102 KB of one, and hides the way to unsubscribe with the rest.
const Limit = 100_000

// layoutFile is the layout that e-mails are made with, as problems name it.
const layoutFile = "layouts/email.html"

// finishing says what differs between e-mails when their pages are finished.
type finishing struct {
	// file is the content file, for problems.
	file string
	// unsubscribe is the setting, which may be a placeholder that is no address.
	unsubscribe string
	// inline gives the address within the message of each picture that is sent
	// along, by its address on the web.
	inline map[string]string
	styles *inliner
}

// finish makes an e-mail of the page that a layout made: its styles go into
// its elements, which become those that mail programs know. An error is a
// diag.Problem.
func finish(page []byte, o finishing) ([]byte, error) {
	doc, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		return nil, diag.Errorf(diag.Pos{File: layoutFile}, "email-html", "look at the layout, and for lists within very many lists in "+o.file, "the e-mail cannot be read as HTML: %v", err)
	}
	adapt(doc)
	kept := o.styles.inline(doc)
	trim(doc, kept)
	restore(doc, o.unsubscribe)
	if p, ok := check(doc, kept, o.unsubscribe); ok {
		return nil, p
	}
	for _, img := range elements(doc, atom.Img) {
		src, _ := attribute(img, "src")
		if inline, ok := o.inline[src]; ok {
			setAttribute(img, "src", inline)
		}
	}
	var b bytes.Buffer
	b.Grow(2 * len(page)) // styles stand in each element
	if err := html.Render(&b, doc); err != nil {
		return nil, diag.Errorf(diag.Pos{File: layoutFile}, "email-html", "close the element that is named here", "the e-mail cannot be written as HTML: %v", err)
	}
	b.WriteByte('\n')
	return b.Bytes(), nil
}

// restore writes the way to unsubscribe as it stands in the settings. A
// placeholder such as {{unsubscribe}} has been percent-encoded as an address.
func restore(doc *html.Node, unsubscribe string) {
	encoded, ok := encodedAddress(unsubscribe)
	if !ok {
		return
	}
	for _, a := range elements(doc, atom.A) {
		if href, _ := attribute(a, "href"); href == encoded {
			setAttribute(a, "href", unsubscribe)
		}
	}
}

// hrefOnly is a layout of its own: a link to its view.
var hrefOnly = template.Must(template.New("").Parse(`<a href="{{.}}"></a>`))

// encodedAddress gives what layouts make of an address.
func encodedAddress(address string) (string, bool) {
	var b bytes.Buffer
	if address == "" || hrefOnly.Execute(&b, template.URL(address)) != nil {
		return "", false
	}
	nodes, err := html.ParseFragment(&b, nil)
	if err != nil || len(nodes) == 0 {
		return "", false
	}
	for n := range descendants(nodes[0]) {
		if n.DataAtom == atom.A {
			return attribute(n, "href")
		}
	}
	return attribute(nodes[0], "href")
}

// useless are elements that mail programs leave out, or for which they treat a
// message as harmful.
var useless = []atom.Atom{atom.Script, atom.Link, atom.Iframe, atom.Object, atom.Embed, atom.Form, atom.Video, atom.Audio, atom.Base, atom.Svg, atom.Canvas}

// check reports what must not be in an e-mail. All of it can only come from a
// layout: content is judged where it is read.
func check(doc *html.Node, css, unsubscribe string) (diag.Problem, bool) {
	report := func(rule, hint, format string, args ...any) (diag.Problem, bool) {
		return diag.Errorf(diag.Pos{File: layoutFile}, rule, hint, format, args...), true
	}
	if list := elements(doc, useless...); len(list) > 0 {
		return report("email-element", "take it out; styles belong into a style element", "an e-mail cannot have the element <%s>: mail programs leave it out", list[0].Data)
	}
	for n := range descendants(doc) {
		if n.Type != html.ElementNode {
			continue
		}
		style, _ := attribute(n, "style")
		if p, ok := outside(style); ok {
			return p, true
		}
		if _, ok := attribute(n, "alt"); n.DataAtom == atom.Img && !ok {
			src, _ := attribute(n, "src")
			return report("image-alt", `write alt="{{.Alt}}", or alt="" for a picture that adds nothing`, "the picture %s has no text alternative", src)
		}
		for _, a := range n.Attr {
			if (a.Key == "href" || a.Key == "src" || a.Key == "background") && a.Val != unsubscribe && !absolute(a.Val) {
				return report("email-address", "an e-mail has no address that others could be relative to; the addresses of the view are whole ones", "the address %q is not a whole one", a.Val)
			}
		}
	}
	return outside(css)
}

// outside reports a style that names a file to fetch.
func outside(css string) (diag.Problem, bool) {
	if !strings.ContainsAny(css, "@(") {
		return diag.Problem{}, false
	}
	for _, way := range []string{"@import", "@font-face", "url("} {
		if strings.Contains(strings.ToLower(css), way) {
			return diag.Errorf(diag.Pos{File: layoutFile}, "email-element", "take it out", "an e-mail cannot fetch what its style names with %s", way), true
		}
	}
	return diag.Problem{}, false
}

// absolute reports whether an address means the same in every program: it is a
// whole one, or leads to another place of the message.
func absolute(address string) bool {
	if strings.HasPrefix(address, "#") {
		return true
	}
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	switch u.Scheme {
	case "http", "https":
		return u.Host != ""
	case "mailto", "tel", "sms", "webcal":
		return true
	}
	return false
}

// checkSize reports a finished e-mail that is too large, with its largest
// parts. It stops nothing: readers of Gmail can still show the whole.
func checkSize(page []byte, file string) diag.List {
	if len(page) <= Limit {
		return nil
	}
	doc, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		return nil
	}
	parts := sections(doc)
	slices.SortStableFunc(parts, func(a, b section) int { return cmp.Compare(b.size, a.size) })
	var names []string
	for _, p := range parts[:min(3, len(parts))] {
		names = append(names, fmt.Sprintf("“%s” (%s)", p.title, site.SizeText(int64(p.size))))
	}
	return diag.List{diag.Warnf(diag.Pos{File: file}, "email-size",
		"shorten these parts, leave entries out with `skip`, or write fewer days for `events`; what is on the web page need not be in the letter",
		"the e-mail of this issue has %s; Gmail cuts off what is above 102 KB. Its largest parts are %s", site.SizeText(int64(len(page))), strings.Join(names, ", "))}
}

// section is a part of an e-mail, from a heading to the next.
type section struct {
	title string
	size  int
}

// sections measures the parts of an e-mail: what stands between two headings
// of the levels 1 and 2.
func sections(doc *html.Node) []section {
	list := []section{{title: "the beginning"}}
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		if n.DataAtom == atom.H1 || n.DataAtom == atom.H2 {
			list = append(list, section{title: strings.Join(strings.Fields(text(n)), " ")})
		}
		last := &list[len(list)-1]
		switch n.Type {
		case html.TextNode, html.CommentNode:
			last.size += len(n.Data)
		case html.ElementNode:
			last.size += 2*len(n.Data) + len("<></>")
			for _, a := range n.Attr {
				last.size += len(a.Key) + len(a.Val) + len(` =""`)
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(doc)
	return list
}
