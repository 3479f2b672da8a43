package host

import (
	"fmt"
	"strings"
)

// Cloudflare Pages reads no more than this of its two files
// (https://developers.cloudflare.com/pages/configuration/headers/ and
// .../redirects/): rules with headers, redirects, characters of a line, and
// those of a redirect. Netlify has no such limits.
const (
	maxHeaderRules  = 100
	maxRedirects    = 2000
	maxHeaderLine   = 2000
	maxRedirectLine = 1000
)

// netlifyHeaders writes _headers. If several rules hold for an address, both
// hosts join their values, so that no header is in two rules. How long pages
// are kept is left to the host, which asks browsers to look each time.
func netlifyHeaders(v view) string {
	var b strings.Builder
	rules := 0
	rule := func(path string, headers ...header) {
		if rules++; rules > maxHeaderRules {
			return
		}
		b.WriteString("\n" + path + "\n")
		for _, h := range headers {
			if line := "  " + h.Name + ": " + h.Value; len(line) <= maxHeaderLine {
				b.WriteString(line + "\n")
			}
		}
	}
	b.WriteString("# For Netlify and Cloudflare Pages. Written by bulletin; a file content/_headers replaces it.\n")
	base := escaped(v.Base)
	rule(base+"*", v.Headers...)
	cors := header{"Access-Control-Allow-Origin", "*"}
	rule(base+"*.ics", header{"Content-Type", ContentType("calendar.ics")}, cors)
	rule(base+"*.xml", header{"Content-Type", ContentType("feed.xml")}, cors)
	rule(base+"*.json", cors)
	rule(base+"*.opml", header{"Content-Type", ContentType("feeds.opml")}, cors)
	for _, path := range v.Hashed {
		rule(base+escaped(path), header{"Cache-Control", kept})
	}
	return b.String()
}

// netlifyRedirects writes _redirects. Addresses are percent-encoded, so that
// they hold neither white space nor what begins a comment or a placeholder.
func netlifyRedirects(v view) string {
	var b strings.Builder
	lines := 0
	for _, r := range v.Redirects {
		line := fmt.Sprintf("%s %s 301\n", escaped(r.From), escaped(r.To))
		if lines++; len(line) <= maxRedirectLine && lines <= maxRedirects {
			b.WriteString(line)
		}
	}
	return b.String()
}
