package host

import (
	"io/fs"
	"net/url"
	"strings"
	"testing"

	"bulletin/internal/config"
	"bulletin/internal/content"
	"bulletin/internal/site"
)

// FuzzRedirects takes any text for an old address: what is accepted is one file
// within the site, and one line of the redirect file that means that address
// alone.
func FuzzRedirects(f *testing.F) {
	for _, s := range []string{"/old/", "/old.html", "/a b", "/100%", "/caf%C3%A9/", "/*", "/:splat/", "/a:b", "/a 301\n/* https://b.example/", "//b.example", "/\\b", "/%2F%2Fb", "/.bulletin/x", "/a/../b", "/a//b", "/", "/a%00", "/%5Cb", "/\u2028", "/a!"} {
		f.Add(s)
	}
	c, _ := config.Read(map[string][]byte{config.File: []byte("title: T\nurl: https://example.org\n")})
	f.Fuzz(func(t *testing.T, alias string) {
		quoted := `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\r", `\r`).Replace(alias) + `"`
		e, problems := content.Parse(c, nil, "content/articles/a.md", []byte("---\ntitle: T\nsummary: S\ndate: 2025-09-01\naliases: ["+quoted+"]\n---\n"))
		if problems.HasErrors() || e == nil || len(e.Aliases) == 0 {
			return
		}
		from := e.Aliases[0].Value
		file := site.RedirectFile(from)
		if !fs.ValidPath(file) || strings.HasPrefix(strings.ToLower(file), ".bulletin/") {
			t.Errorf("%q is written to %q", from, file)
		}
		line := escaped(from)
		if len(strings.Fields(line)) != 1 || strings.ContainsAny(line, "*\r\n#?\"<>\\") || strings.Contains(line, "/:") || !strings.HasPrefix(line, "/") || strings.HasPrefix(line, "//") {
			t.Errorf("%q is the line %q", from, line)
		}
		if back, err := url.PathUnescape(line); err != nil || back != from {
			t.Errorf("%q is %q, which means %q (%v)", from, line, back, err)
		}
	})
}
