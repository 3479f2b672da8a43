package host

import (
	"fmt"
	"slices"
	"strings"

	"bulletin/internal/config"
)

// Policy is a Content-Security-Policy: what pages may load, and from where.
type Policy []Directive

// Directive allows one sort of thing from its sources.
type Directive struct {
	Name    string
	Sources []string
}

// PolicyOf gives the policy that the site's pages stand under: everything
// comes from the site itself, nothing is inline, no other site may show the
// pages in a frame. The settings can allow other hosts.
func PolicyOf(c *config.Config) Policy {
	own, none := []string{"'self'"}, []string{"'none'"}
	p := Policy{
		{"default-src", none}, {"base-uri", none}, {"connect-src", none}, {"font-src", own}, {"form-action", none}, {"frame-ancestors", none},
		{"frame-src", none}, {"img-src", own}, {"manifest-src", own}, {"media-src", own}, {"script-src", own}, {"style-src", own},
	}
	for _, allowed := range c.Hosting.Allow {
		for _, source := range allowed.Sources {
			p = p.With(allowed.Directive, source.Value)
		}
	}
	return p
}

// With gives the policy with one more source for a directive.
func (p Policy) With(directive, source string) Policy {
	p = slices.Clone(p)
	for i, d := range p {
		if d.Name == directive {
			sources := slices.DeleteFunc(slices.Clone(d.Sources), func(s string) bool { return s == "'none'" || s == source })
			p[i].Sources = append(sources, source)
		}
	}
	return p
}

// String gives the policy as the header has it. What is the same as
// default-src is left out.
func (p Policy) String() string {
	var parts []string
	for _, d := range p {
		fetched := strings.HasSuffix(d.Name, "-src") && d.Name != "default-src"
		if fetched && slices.Equal(d.Sources, p[0].Sources) {
			continue
		}
		parts = append(parts, d.Name+" "+strings.Join(d.Sources, " "))
	}
	return strings.Join(parts, "; ")
}

// letter gives the policy for e-mails as they lie in the output: their styles
// are inline, as mail programs need them, and they have no scripts.
func (p Policy) letter() Policy {
	out := Policy{{"default-src", []string{"'none'"}}}
	for _, d := range p {
		switch d.Name {
		case "base-uri", "form-action", "frame-ancestors", "img-src":
			out = append(out, d)
		}
	}
	return append(out, Directive{"style-src", []string{"'unsafe-inline'"}})
}

// permissions are what no page of the site asks a browser for.
var permissions = []string{"accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer", "microphone", "midi", "payment", "usb"}

// headers gives the headers of every answer.
func headers(c *config.Config, p Policy) []header {
	list := []header{
		{"Content-Security-Policy", p.String()},
		{"Cross-Origin-Opener-Policy", "same-origin"},
		{"Permissions-Policy", strings.Join(permissions, "=(), ") + "=()"},
		{"Referrer-Policy", "same-origin"},
		{"X-Content-Type-Options", "nosniff"},
	}
	if days := c.Hosting.HTTPSOnly; days > 0 && strings.HasPrefix(c.URL, "https://") {
		list = append(list, header{"Strict-Transport-Security", fmt.Sprintf("max-age=%d", days*24*60*60)})
	}
	return list
}
