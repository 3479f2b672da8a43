package main

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"maps"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// checkPublished reads every output with a reader of its kind, and fails the
// test for what runs, fetches, redirects or is more than it should be. A file
// of a kind that is not known here must hold nothing of the hostile texts.
func checkPublished(t *testing.T, published map[string]string) {
	t.Helper()
	checks := map[string]func(t *testing.T, name, text string){
		".html": checkHTML, ".xml": checkXML, ".opml": checkXML, ".json": checkJSON, ".ics": checkICS, ".eml": checkMessage, ".webmanifest": checkWebManifest,
	}
	for _, name := range slices.Sorted(maps.Keys(published)) {
		text, check := published[name], checks[path.Ext(name)]
		switch {
		case path.Base(name) == "email.html":
			check = checkMail
		case path.Base(name) == "email.txt":
			check = checkText
		case name == "robots.txt":
			check = checkRobots
		case name == "_redirects":
			check = checkRedirects
		case text == "x" || text == pixel || strings.HasPrefix(text, "%PDF-"):
			continue // as the writer brought it
		case check == nil:
			check = checkOther
		}
		check(t, name, text)
		if t.Failed() {
			t.Logf("%s: %.4000q", name, text)
			return
		}
	}
}

// Elements that the built-in layouts never write.
var strangeElements = []string{"iframe", "frame", "object", "embed", "applet", "base", "form", "input", "button", "svg", "math", "style", "template", "noscript", "textarea", "video", "audio", "animate", "details", "plaintext", "xmp"}

// checkHTML holds for a page.
func checkHTML(t *testing.T, name, text string) { checkMarkup(t, name, text, strangeElements, true) }

// checkMail holds for the page of an e-mail, which has styles, but no scripts.
func checkMail(t *testing.T, name, text string) {
	allowed := []string{"style", "template"}
	checkMarkup(t, name, text, slices.DeleteFunc(slices.Clone(strangeElements), func(s string) bool { return slices.Contains(allowed, s) }), false)
	if strings.Contains(text, "<script") {
		t.Errorf("%s runs something", name)
	}
}

func checkMarkup(t *testing.T, name, text string, strange []string, page bool) {
	t.Helper()
	if strings.Contains(text, "ZgotmplZ") {
		t.Errorf("%s: a value came where it cannot stand", name)
	}
	z := html.NewTokenizer(strings.NewReader(text))
	for {
		switch z.Next() {
		case html.ErrorToken:
			if !errors.Is(z.Err(), io.EOF) {
				t.Errorf("%s: %v", name, z.Err())
			}
			return
		case html.StartTagToken, html.SelfClosingTagToken:
			token := z.Token()
			if slices.Contains(strange, token.Data) {
				t.Errorf("%s has %s", name, token)
			}
			if token.Data == "script" {
				checkScript(t, name, token, z)
			}
			for _, a := range token.Attr {
				checkAttribute(t, name, token, a, page)
			}
		}
	}
}

// checkScript holds for a script: it is a file of the site, or data.
func checkScript(t *testing.T, name string, token html.Token, z *html.Tokenizer) {
	t.Helper()
	var inside string
	if z.Next() == html.TextToken {
		inside = string(z.Raw())
	}
	switch {
	case attr(token, "type") == "application/ld+json":
		if !json.Valid([]byte(inside)) || strings.ContainsAny(inside, "<>\u2028\u2029") {
			t.Errorf("%s: the data %q", name, inside)
		}
	case inside != "" || !regexp.MustCompile(`^/(updates/)?assets/[\w.-]+\.js$`).MatchString(attr(token, "src")):
		t.Errorf("%s runs %s%s", name, token, inside)
	}
}

func attr(token html.Token, key string) string {
	for _, a := range token.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

var refresh = regexp.MustCompile(`^0; url=/([^/\\"'].*)?$`)

func checkAttribute(t *testing.T, name string, token html.Token, a html.Attribute, page bool) {
	t.Helper()
	switch key := a.Key; {
	case strings.HasPrefix(key, "on"), page && key == "style", slices.Contains([]string{"srcdoc", "formaction", "ping", "background", "xlink:href", "autofocus", "contenteditable"}, key):
		t.Errorf("%s: %s", name, token)
	case key == "style" && strings.ContainsAny(a.Val, "()@\\"):
		t.Errorf("%s: %s", name, token)
	case key == "http-equiv" && !strings.EqualFold(a.Val, "refresh"):
		t.Errorf("%s: %s", name, token)
	case key == "content" && attr(token, "http-equiv") != "":
		if !refresh.MatchString(a.Val) {
			t.Errorf("%s leads on to %q", name, a.Val)
		}
	case key == "src" || key == "srcset" || key == "poster":
		if page && (!strings.HasPrefix(a.Val, "/") || strings.HasPrefix(a.Val, "//")) || !page && !strings.HasPrefix(a.Val, "https://example.org/") && !strings.HasPrefix(a.Val, "cid:") {
			t.Errorf("%s fetches %q", name, a.Val)
		}
	case key == "href" || key == "action" || key == "cite" || key == "data":
		if fault := addressFault(a.Val); fault != "" {
			t.Errorf("%s: %s %s", name, token, fault)
		}
		if token.Data == "link" && !slices.Contains([]string{"canonical", "alternate", "prev", "next"}, attr(token, "rel")) {
			checkFetched(t, name, token, a.Val)
		}
	}
}

// checkFetched holds for what a page loads by a link element.
func checkFetched(t *testing.T, name string, token html.Token, address string) {
	t.Helper()
	known := slices.Contains([]string{"icon", "apple-touch-icon", "mask-icon", "stylesheet", "preload", "manifest", "search"}, attr(token, "rel"))
	if !known || !strings.HasPrefix(address, "/") || strings.HasPrefix(address, "//") {
		t.Errorf("%s: %s", name, token)
	}
}

// addressFault says what is wrong with an address as a browser reads it
// (https://url.spec.whatwg.org/#concept-basic-url-parser): it drops white space
// at both ends, and tabs and line ends everywhere.
func addressFault(address string) string {
	seen := strings.Map(func(r rune) rune {
		if r == '\t' || r == '\n' || r == '\r' {
			return -1
		}
		return r
	}, strings.TrimFunc(address, func(r rune) bool { return r <= ' ' }))
	if seen != address {
		return "is read otherwise than it is written"
	}
	if strings.HasPrefix(seen, "//") || strings.HasPrefix(seen, `/\`) || strings.HasPrefix(seen, `\`) {
		return "leads to another host than it seems"
	}
	scheme, _, found := strings.Cut(seen, ":")
	if !found || strings.ContainsAny(scheme, "/?#") {
		return ""
	}
	if !slices.Contains([]string{"http", "https", "mailto", "tel", "sms", "webcal", "tag", "urn"}, strings.ToLower(scheme)) {
		return "has the scheme " + scheme
	}
	if u, err := url.Parse(seen); err != nil || u.User != nil || strings.HasPrefix(scheme, "http") && u.Host == "" {
		return "is no whole address"
	}
	return ""
}

// Elements of feeds, lists of feeds and the site map, by local name.
var feedElements = strings.Fields(`rss channel title link description language copyright managingEditor webMaster pubDate lastBuildDate category generator docs image url width height
	item guid enclosure author source ttl creator encoded content thumbnail feed id updated published subtitle logo icon rights entry summary name uri email
	opml head body outline urlset loc lastmod dateCreated ownerName alternate docs cloud`)

// checkXML holds for a feed, the list of feeds and the site map.
func checkXML(t *testing.T, name, text string) {
	decoder := xml.NewDecoder(strings.NewReader(text))
	var open []xml.StartElement
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			return
		}
		switch token := token.(type) {
		case xml.StartElement:
			open = append(open, token.Copy())
			if !slices.Contains(feedElements, token.Name.Local) {
				t.Errorf("%s has the element %s", name, token.Name.Local)
			}
			for _, a := range token.Attr {
				if slices.Contains([]string{"href", "url", "src", "xmlUrl", "htmlUrl"}, a.Name.Local) {
					checkWebAddress(t, name, a.Value)
				}
			}
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			if len(open) > 0 {
				checkElement(t, name, open[len(open)-1], string(token))
			}
		case xml.Directive:
			t.Errorf("%s has <!%s>", name, token)
		case xml.ProcInst:
			if token.Target != "xml" && !(token.Target == "xml-stylesheet" && bytes.Contains(token.Inst, []byte(`href="/`))) {
				t.Errorf("%s has <?%s %s?>", name, token.Target, token.Inst)
			}
		}
	}
}

func checkElement(t *testing.T, name string, e xml.StartElement, text string) {
	t.Helper()
	kind := ""
	for _, a := range e.Attr {
		if a.Name.Local == "type" {
			kind = a.Value
		}
	}
	switch {
	case strings.TrimSpace(text) == "":
	case e.Name.Local == "encoded" || e.Name.Local == "content" && kind == "html":
		checkFragment(t, name, text)
	case slices.Contains([]string{"link", "loc", "url", "uri", "logo", "icon"}, e.Name.Local):
		checkWebAddress(t, name, text)
	}
}

func checkWebAddress(t *testing.T, name, address string) {
	t.Helper()
	if u, err := url.Parse(address); err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host != "example.org" && u.Host != "www.sitemaps.org" || addressFault(address) != "" {
		t.Errorf("%s has the address %q", name, address)
	}
}

// checkFragment holds for the HTML of an item of a feed.
func checkFragment(t *testing.T, name, text string) {
	t.Helper()
	checkMarkup(t, name, text, append([]string{"script", "link", "meta"}, strangeElements...), false)
}

// checkJSON holds for a JSON Feed.
func checkJSON(t *testing.T, name, text string) {
	var feed struct {
		Version string
		Items   []struct {
			ID          string `json:"id"`
			URL         string `json:"url"`
			Image       string `json:"image"`
			ContentHTML string `json:"content_html"`
			Attachments []struct{ URL string }
		}
	}
	if err := json.Unmarshal([]byte(text), &feed); err != nil || feed.Version == "" {
		t.Errorf("%s: %v", name, err)
	}
	for _, item := range feed.Items {
		checkWebAddress(t, name, item.URL)
		checkFragment(t, name, item.ContentHTML)
		if item.Image != "" {
			checkWebAddress(t, name, item.Image)
		}
		for _, a := range item.Attachments {
			checkWebAddress(t, name, a.URL)
		}
	}
}

// checkWebManifest holds for what a browser is told of a site that is put on a
// home screen (https://www.w3.org/TR/appmanifest/).
func checkWebManifest(t *testing.T, name, text string) {
	var manifest struct {
		ID       string `json:"id"`
		StartURL string `json:"start_url"`
		Scope    string `json:"scope"`
		Icons    []struct{ Src string }
	}
	if err := json.Unmarshal([]byte(text), &manifest); err != nil {
		t.Errorf("%s: %v", name, err)
	}
	addresses := []string{manifest.ID, manifest.StartURL, manifest.Scope}
	for _, icon := range manifest.Icons {
		addresses = append(addresses, icon.Src)
	}
	for _, a := range addresses {
		if a != "" && (addressFault(a) != "" || strings.Contains(a, ":")) {
			t.Errorf("%s leads to %q", name, a)
		}
	}
}

// sameOutline fails the test where the pages of entries of two sites have other
// elements or attributes: then a text was more than a text.
func sameOutline(t *testing.T, got, want map[string]string) {
	t.Helper()
	compared := 0
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if path.Base(name) != "index.html" || !regexp.MustCompile(`^(articles|events|newsletters|pages)/[a-z-]*\d+/`).MatchString(name) {
			continue
		}
		compared++
		a, b := outline(got[name]), outline(want[name])
		for i := range max(len(a), len(b)) {
			if i >= len(a) || i >= len(b) || a[i] != b[i] {
				t.Errorf("%s: element %d is %q, of a harmless text %q", name, i, a[i:min(i+3, len(a))], b[i:min(i+3, len(b))])
				return
			}
		}
	}
	if compared < len(want)/10 {
		t.Errorf("only %d pages were compared", compared)
	}
}

// outline gives the tags of a page with the names of their attributes.
func outline(page string) []string {
	var tags []string
	z := html.NewTokenizer(strings.NewReader(page))
	for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
		if kind == html.TextToken || kind == html.CommentToken {
			continue
		}
		token := z.Token()
		tag := kind.String() + " " + token.Data
		for _, a := range token.Attr {
			tag += " " + a.Key
		}
		tags = append(tags, tag)
	}
	return tags
}
