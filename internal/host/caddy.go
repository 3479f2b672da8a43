package host

import (
	"fmt"
	"regexp"
	"strings"
)

// caddy writes what is imported into the block of a site. Of directives of
// one kind, Caddy follows those without a simple path in the order in which
// they stand: what is special comes after what is usual.
func caddy(v view) string {
	var b strings.Builder
	b.WriteString("# For Caddy. Written by bulletin. In the block of the site:\n#\n#     root * /path/to/public\n#     import /path/to/public/.hosting/Caddyfile\n#     file_server\n#\n# and reload Caddy after a build that adds a redirect.\n\n")
	below := "^" + regexp.QuoteMeta(v.Base)
	match := func(name, pattern string) { fmt.Fprintf(&b, "@bulletin_%s path_regexp %s\n", name, raw(pattern)) }
	set := func(name, header, value string) {
		fmt.Fprintf(&b, "header @bulletin_%s %s %s\n", name, header, raw(value))
	}
	match("all", below)
	for _, h := range v.Headers {
		set("all", h.Name, h.Value)
	}
	set("all", "Cache-Control", fresh)
	match("kept", hashedBelow(v.Base))
	set("kept", "Cache-Control", kept)
	match("letter", below+`(.*/)?email\.html$`)
	set("letter", "Content-Security-Policy", v.Letter)
	match("shared", below+".*"+shared)
	set("shared", "Access-Control-Allow-Origin", "*")
	for _, t := range byType() {
		name := strings.TrimPrefix(t.endings[0], ".")
		match(name, below+`.*\.(`+strings.ReplaceAll(strings.TrimPrefix(strings.Join(t.endings, "|"), "."), "|.", "|")+`)$`)
		set(name, "Content-Type", t.kind)
	}
	for i, name := range named() {
		match(fmt.Sprintf("named%d", i), below+"(.*/)?"+regexp.QuoteMeta(name)+"$")
		set(fmt.Sprintf("named%d", i), "Content-Type", ContentType(name))
	}
	// Go's regular expressions cannot look ahead.
	match("hidden", below+`(.*/)?\.([^w]|w[^e])`)
	b.WriteString("error @bulletin_hidden 404\n")
	for i, r := range v.Redirects {
		match(fmt.Sprintf("old%d", i), exactly(r.From))
		fmt.Fprintf(&b, "redir @bulletin_old%d %s permanent\n", i, raw(escaped(r.To)))
	}
	b.WriteString("handle_errors {\n")
	match("lost", below)
	b.WriteString("rewrite @bulletin_lost " + raw(escaped(v.Base)+"404.html") + "\n")
	set("lost", "Content-Type", ContentType("404.html"))
	set("lost", "Cache-Control", fresh)
	b.WriteString("file_server @bulletin_lost\n}\n")
	return b.String()
}

// raw writes a regular expression or an address in the quotation marks in which
// Caddy reads everything as it stands: all but what ends them, and "{$", which
// begins the name of a variable even there. Neither is in an address.
func raw(text string) string {
	return "`" + strings.NewReplacer("`", `\x60`, `\{`, `\x7b`).Replace(text) + "`"
}
