package host

import (
	"fmt"
	"regexp"
	"strings"
)

// nginx writes what is included in a server block. Headers are added in one
// place alone, since a location that adds one drops all others; what differs
// between files is in variables.
func nginx(v view) string {
	var b strings.Builder
	b.WriteString("# For nginx. Written by bulletin. In the server block of the site:\n#\n#     root /path/to/public;\n#     include /path/to/public/.hosting/nginx.conf;\n#\n# and reload nginx after a build that adds a redirect.\n\n")
	choose := func(name, usual, pattern, other string) {
		fmt.Fprintf(&b, "set $bulletin_%s %s;\nif ($uri ~ %s) {\n    set $bulletin_%s %s;\n}\n", name, quoted(usual), quoted(pattern), name, quoted(other))
	}
	choose("cache", fresh, hashedBelow(v.Base), kept)
	choose("policy", v.Headers[0].Value, `/email\.html$`, v.Letter)
	choose("origin", "", shared, "*")
	end := ""
	if v.Base != "/" {
		fmt.Fprintf(&b, "\nlocation ^~ %s {\n", quoted(v.Base))
		end = "}\n"
	}
	fmt.Fprintf(&b, "\nindex index.html;\nerror_page 404 %s;\nabsolute_redirect off;\ncharset utf-8;\n", quoted(v.Base+"404.html"))
	b.WriteString("add_header Content-Security-Policy $bulletin_policy always;\n")
	for _, h := range v.Headers[1:] {
		fmt.Fprintf(&b, "add_header %s %s always;\n", h.Name, quoted(h.Value))
	}
	b.WriteString("add_header Cache-Control $bulletin_cache;\nadd_header Access-Control-Allow-Origin $bulletin_origin;\n\ntypes {\n")
	var texts []string
	for _, t := range byType() {
		kind, charset, _ := strings.Cut(t.kind, ";")
		var endings []string
		for _, ending := range t.endings {
			endings = append(endings, strings.TrimPrefix(ending, "."))
		}
		fmt.Fprintf(&b, "    %s %s;\n", kind, strings.Join(endings, " "))
		if charset != "" && kind != "text/html" { // which nginx has by itself
			texts = append(texts, kind)
		}
	}
	fmt.Fprintf(&b, "}\ndefault_type application/octet-stream;\ncharset_types %s;\n\n", strings.Join(texts, " "))
	for _, name := range named() {
		fmt.Fprintf(&b, "location ~ %s {\n    types { }\n    default_type %s;\n}\n", quoted("/"+regexp.QuoteMeta(name)+"$"), quoted(ContentType(name)))
	}
	fmt.Fprintf(&b, "location ~ %s {\n    return 404;\n}\n", quoted(hidden))
	for _, r := range v.Redirects {
		fmt.Fprintf(&b, "location = %s {\n    return 301 %s;\n}\n", quoted(r.From), quoted(escaped(r.To)))
	}
	return b.String() + end
}
