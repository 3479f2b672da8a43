// Package host writes what tells a server how to publish the site: which
// headers to send, what files are, how long they may be kept, and where old
// addresses lead.
//
// The site works on any static server without it. With it, browsers hold
// every page to the strictest policy that it stands under (Content-Security-
// Policy, https://www.w3.org/TR/CSP3/), and keep what never changes.
//
//	_headers, _redirects    for Netlify and Cloudflare Pages, which read them by themselves
//	.htaccess               for Apache, which reads it by itself where it may
//	.hosting/nginx.conf     to be included in the server block of the site
//	.hosting/Caddyfile      to be imported into the site's block
//
// A site's own file of one of the first three names, in content/, takes the
// place of ours. The folder .hosting is part of the output, so that a server
// can include its files from there; they say nothing that the site does not,
// and each tells its server not to show hidden files.
package host

import (
	"io"
	"net/url"
	"path"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"bulletin/internal/output"
	"bulletin/internal/site"
	"bulletin/internal/theme"
)

// The files, below the output folder.
const (
	FileHeaders   = "_headers"
	FileRedirects = "_redirects"
	FileApache    = ".htaccess"
	FileNginx     = ".hosting/nginx.conf"
	FileCaddy     = ".hosting/Caddyfile"
)

// version is the salt of the files' keys. It changes with the makers in this
// package.
var version = output.KeyOf("host 1")

// How long browsers may keep what is published, in seconds.
const (
	// fresh is for pages, feeds and all that keeps its name when it changes.
	fresh = "public, max-age=300"
	// kept is for what has a hash in its name: a year.
	kept = "public, max-age=31536000, immutable"
)

// view is what the files are made from.
type view struct {
	// Base is the path that the site is published under, "/" or "/updates/",
	// not escaped.
	Base string
	// Headers are sent with everything; Letter is the policy for e-mails, which
	// stand under one of their own.
	Headers []header
	Letter  string
	// Hashed are the paths of assets with a hash in their names.
	Hashed    []string
	Redirects []redirect
}

// header is a header of every answer. Its value has no line breaks, quotation
// marks, backslashes, "$" or "{".
type header struct{ Name, Value string }

// redirect leads from an old path to a new one. Both are whole paths on the
// server and not escaped.
type redirect struct{ From, To string }

// Jobs gives the files. assets are those that the theme publishes.
func Jobs(s *site.Site, assets []theme.Asset) []output.Job {
	policy := PolicyOf(s.Config)
	v := view{Base: unescaped(s.Config.Base), Headers: headers(s.Config, policy), Letter: policy.letter().String()}
	for _, a := range assets {
		if hashed.MatchString(a.Path) {
			v.Hashed = append(v.Hashed, a.Path)
		}
	}
	for _, r := range s.Redirects {
		to := v.Base + strings.TrimPrefix(r.To.Address, "/")
		for _, from := range spellings(r.From) {
			if from = v.Base + strings.TrimPrefix(from, "/"); plain(from) && simple(to) {
				v.Redirects = append(v.Redirects, redirect{from, to})
			}
		}
	}
	var jobs []output.Job
	for _, f := range []struct {
		path  string
		write func(view) string
	}{{FileHeaders, netlifyHeaders}, {FileRedirects, netlifyRedirects}, {FileApache, apache}, {FileNginx, nginx}, {FileCaddy, caddy}} {
		if replaced(s, f.path) || f.path == FileRedirects && len(v.Redirects) == 0 {
			continue
		}
		jobs = append(jobs, output.New(f.path, version, v, func(w io.Writer, v view) error {
			_, err := io.WriteString(w, f.write(v))
			return err
		}))
	}
	return jobs
}

// spellings gives an old address with and without its final slash, unless it
// is that of a file.
func spellings(from string) []string {
	bare := strings.TrimSuffix(from, "/")
	if bare == "" || path.Ext(from) != "" {
		return []string{from}
	}
	return []string{bare, bare + "/"}
}

// hashed matches the paths of assets that never change.
var hashed = regexp.MustCompile(theme.HashedName)

// replaced reports whether the site brings a file of its own for a path.
func replaced(s *site.Site, path string) bool {
	for _, f := range s.Files {
		if f.Path == path {
			return true
		}
	}
	return false
}

// unescaped gives a path as it reads without percent encoding.
func unescaped(p string) string {
	if plain, err := url.PathUnescape(p); err == nil {
		return plain
	}
	return p
}

// plain reports whether a path can stand in a line of a file at all.
func plain(path string) bool {
	return utf8.ValidString(path) && !strings.ContainsFunc(path, unicode.IsControl)
}

// simple reports whether a path can be where a redirect leads. Those of entries
// can; one with a character that is special in some file would only come of a
// strange address of the whole site, whose redirect pages then have to do.
func simple(path string) bool {
	return plain(path) && !strings.ContainsAny(path, " \"'`$%&;<>?#\\{}")
}

// escaped writes a path for a Location header or a line of _redirects. What is
// special in one of the files (":" begins a placeholder there, "$" a variable)
// is percent-encoded, too.
func escaped(path string) string {
	return strings.NewReplacer(":", "%3A", "$", "%24", "&", "%26", "'", "%27").Replace((&url.URL{Path: path}).EscapedPath())
}

// quoted writes a text for Apache and nginx, in whose quotation marks a
// backslash stands before a quotation mark and before itself.
func quoted(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text) + `"`
}

// exactly gives a regular expression for one path.
func exactly(path string) string { return "^" + regexp.QuoteMeta(path) + "$" }

// hashedBelow gives a regular expression for the assets that never change.
func hashedBelow(base string) string {
	return "^" + regexp.QuoteMeta(base) + "assets/.+" + theme.HashedName
}

// shared is a regular expression for the files that programs of other sites
// may read: feeds and calendars.
const shared = `\.(xml|json|ics|opml)$`

// hidden is a regular expression for files that servers are not to show.
const hidden = `/\.(?!well-known/)`
