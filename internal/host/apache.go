package host

import (
	"fmt"
	"regexp"
	"strings"
)

// apache writes .htaccess for Apache 2.4. It uses only what "AllowOverride
// FileInfo" allows, since a server answers with nothing but errors where a
// file says more than it may.
func apache(v view) string {
	var b strings.Builder
	b.WriteString("# For Apache. Written by bulletin; a file content/.htaccess replaces it.\n\n")
	fmt.Fprintf(&b, "ErrorDocument 404 %s\n\n", quoted(v.Base+"404.html"))
	for _, t := range byType() {
		fmt.Fprintf(&b, "AddType %s %s\n", quoted(t.kind), strings.Join(t.endings, " "))
	}
	for _, name := range named() {
		fmt.Fprintf(&b, "<Files %s>\nForceType %s\n</Files>\n", quoted(name), quoted(ContentType(name)))
	}
	b.WriteString("\n<IfModule mod_headers.c>\n")
	for _, h := range v.Headers {
		fmt.Fprintf(&b, "Header always set %s %s\n", h.Name, quoted(h.Value))
	}
	fmt.Fprintf(&b, "<Files \"email.html\">\nHeader always set Content-Security-Policy %s\n</Files>\n", quoted(v.Letter))
	fmt.Fprintf(&b, "<FilesMatch %s>\nHeader set Access-Control-Allow-Origin \"*\"\n</FilesMatch>\n", quoted(shared))
	fmt.Fprintf(&b, "Header set Cache-Control %s\n", quoted(fresh))
	fmt.Fprintf(&b, "<IfModule mod_setenvif.c>\nSetEnvIf Request_URI %s bulletin_kept\nHeader set Cache-Control %s env=bulletin_kept\n</IfModule>\n",
		quoted(hashedBelow(v.Base)), quoted(kept))
	b.WriteString("</IfModule>\n\n<IfModule mod_alias.c>\n")
	fmt.Fprintf(&b, "RedirectMatch 404 %s\n", quoted("^"+regexp.QuoteMeta(v.Base)+"(.*/)?"+strings.TrimPrefix(hidden, "/")))
	for _, r := range v.Redirects {
		// Apache encodes the target itself.
		fmt.Fprintf(&b, "RedirectMatch 301 %s %s\n", quoted(exactly(r.From)), quoted(r.To))
	}
	b.WriteString("</IfModule>\n")
	return b.String()
}
