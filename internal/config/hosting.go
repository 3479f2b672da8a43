package config

import (
	"regexp"

	"bulletin/internal/diag"
	"bulletin/internal/header"
)

// Hosting is what the servers that publish the site are told of it.
type Hosting struct {
	// Allow are the other hosts that pages may load from.
	Allow []Allowed
	// HTTPSOnly is for how many days browsers are to ask for the site by HTTPS
	// alone, counted from each visit; 0 says nothing of it.
	HTTPSOnly int
}

// Allowed are the hosts that may send one sort of thing.
type Allowed struct {
	// Directive is the sort as a Content-Security-Policy names it, "img-src".
	Directive string
	// Sources are hosts such as "https://images.example.org".
	Sources []header.Text
}

// DefaultHTTPSOnly is in days.
const DefaultHTTPSOnly = 365

// allowances are the keys of hosting.allow with the directives that they mean.
var allowances = []struct{ key, directive string }{
	{"connections", "connect-src"}, {"fonts", "font-src"}, {"forms", "form-action"}, {"frames", "frame-src"}, {"framed_by", "frame-ancestors"},
	{"images", "img-src"}, {"media", "media-src"}, {"scripts", "script-src"}, {"styles", "style-src"},
}

// hostSource is the shape of what can be allowed: a host by HTTPS, with a
// port and a folder if need be. Nothing in it can end a part of a header.
var hostSource = regexp.MustCompile(`^https://(\*\.)?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*(:[0-9]{1,5})?(/[A-Za-z0-9._~/-]*)?$`)

// maxSources bounds the length of the policy, which is one line of a file
// that some hosts cut off at 2,000 characters.
const maxSources = 30

func (c *Config) readHosting(f *header.Fields) {
	c.Hosting.HTTPSOnly = days(f, "hosting", "https_only", DefaultHTTPSOnly)
	allow := f.Map("allow")
	count := 0
	for _, a := range allowances {
		var sources []header.Text
		for _, t := range allow.Texts(a.key) {
			count++
			switch {
			case !hostSource.MatchString(t.Value) || len(t.Value) > 100:
				f.Problem(diag.Errorf(t.Pos, "hosting-source", "write the address of a host, such as `https://images.example.org`; scripts and styles of your own belong into files in layouts/assets/",
					"pages cannot be allowed to load from `%s`", t.Value))
			case count == maxSources+1:
				f.Problem(diag.Errorf(t.Pos, "hosting-source", "allow `https://*.example.org` for all hosts of one organisation", "pages can be allowed to load from %d hosts at most", maxSources))
			default:
				sources = append(sources, t)
			}
		}
		if len(sources) > 0 {
			c.Hosting.Allow = append(c.Hosting.Allow, Allowed{a.directive, sources})
		}
	}
}
