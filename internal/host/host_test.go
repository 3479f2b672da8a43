package host

import (
	"regexp"
	"strings"
	"testing"

	"bulletin/internal/config"
	"bulletin/internal/diag"
	"bulletin/internal/theme"
)

// settings reads a settings file.
func settings(t *testing.T, more string) (*config.Config, diag.List) {
	t.Helper()
	return config.Read(map[string][]byte{config.File: []byte("title: Site\nurl: https://www.example.org/updates/\n" + more)})
}

func TestPagesMayLoadFromTheSiteAlone(t *testing.T) {
	c, problems := settings(t, "")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	want := "default-src 'none'; base-uri 'none'; font-src 'self'; form-action 'none'; frame-ancestors 'none'; " +
		"img-src 'self'; manifest-src 'self'; media-src 'self'; script-src 'self'; style-src 'self'"
	if got := PolicyOf(c).String(); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	want = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; img-src 'self'; style-src 'unsafe-inline'"
	if got := PolicyOf(c).letter().String(); got != want {
		t.Errorf("letters:\ngot  %s\nwant %s", got, want)
	}
}

func TestTheSettingsAllowOtherHosts(t *testing.T) {
	c, problems := settings(t, "hosting:\n  https_only: 0 days\n  allow:\n    images: [https://images.example.org, https://*.example.com]\n"+
		"    frames: [https://video.example.org/embed/]\n    connections: [https://api.example.org:8443]\n    forms: [https://lists.example.org]\n")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	policy := PolicyOf(c).String()
	for _, want := range []string{
		"; img-src 'self' https://images.example.org https://*.example.com;", "; frame-src https://video.example.org/embed/;",
		"; connect-src https://api.example.org:8443;", "; form-action https://lists.example.org;", "; script-src 'self';",
	} {
		if !strings.Contains(policy+";", want) {
			t.Errorf("missing %s in %s", want, policy)
		}
	}
	for _, h := range headers(c, PolicyOf(c)) {
		if h.Name == "Strict-Transport-Security" {
			t.Errorf("0 days of HTTPS alone: %s", h.Value)
		}
	}
}

func TestNothingButTheAddressesOfHostsCanBeAllowed(t *testing.T) {
	for _, source := range []string{
		"'unsafe-inline'", "*", "https:", "data:", "http://example.org", "https://example.org; script-src *", "https://example.org\\nX: y",
		"https://example.org,https://example.com", "https://", "https://exa mple.org", "https://example.org/?x", `https://example.org/\"`, "example.org",
		"https://example.org/$x", "https://" + strings.Repeat("a", 120) + ".example",
	} {
		c, problems := settings(t, "hosting: {allow: {scripts: [\""+source+"\"]}}\n")
		if len(problems) != 1 || problems[0].Rule != "hosting-source" || problems[0].Line != 3 {
			t.Errorf("%s: %v", source, problems)
		}
		if policy := PolicyOf(c).String(); !strings.Contains(policy, "script-src 'self';") {
			t.Errorf("%s came through: %s", source, policy)
		}
	}
	if _, problems := settings(t, "hosting: {https_only: for ever}\n"); len(problems) != 1 || !strings.Contains(problems[0].Text, "hosting.https_only") {
		t.Error(problems)
	}
}

func TestThePolicyOfTheMostThatCanBeAllowedFitsOneLine(t *testing.T) {
	var all []string
	for range 40 {
		all = append(all, "https://"+strings.Repeat("a", 26)+".example.org")
	}
	c, problems := settings(t, "hosting: {allow: {images: ["+strings.Join(all, ", ")+"]}}\n")
	if len(problems) != 1 {
		t.Errorf("%d problems: %v", len(problems), problems)
	}
	if n := len("  Content-Security-Policy: " + PolicyOf(c).String()); n > maxHeaderLine {
		t.Errorf("the line has %d characters", n)
	}
}

// hostile are paths that would end their line or their quotation marks, or be
// taken for patterns or variables, if they were written as they are.
var hostile = []string{
	"/a b/", "/a\"; } evil {/", "/a' evil/", "/a`evil`/", `/a\`, `/a\"x/`, "/${PATH}/", "/{$HOME}/", "/{http.request.uri}/", "/%{ENV:X}/", "/:x/*", "/a#b/", "/a?b=c/", "/(.*)/$1/", "/é/ŵ/",
	"/<If>/", "/a;b/", "/a{/", "/$/",
}

func TestHostileAddressesStayWithinTheirPlace(t *testing.T) {
	v := view{Base: "/", Headers: []header{{"Content-Security-Policy", "default-src 'none'"}}}
	shape := map[string]string{}
	files := map[string]func(view) string{FileRedirects: netlifyRedirects, FileApache: apache, FileNginx: nginx, FileCaddy: caddy}
	for name, write := range files {
		v.Redirects = []redirect{{"/old/", "/new/"}}
		shape[name] = write(v)
	}
	for _, path := range hostile {
		v.Redirects = []redirect{{path, "/new/"}}
		for name, write := range files {
			got, mark := write(v), map[string]string{
				FileRedirects: `(?m)^[!-~]+ [!-~]+ 301$`,
				FileApache:    `(?m)^RedirectMatch 301 "([^"\\]|\\["\\]|\\[^"])*" "([^"\\]|\\["\\]|\\[^"])*"$`,
				FileNginx:     `(?m)^location = "([^"\\]|\\["\\])*" \{\n    return 301 "[^"\\$ ]*";\n\}$`,
				FileCaddy:     "(?m)^@bulletin_old0 path_regexp `[^`]*`\nredir @bulletin_old0 `[^`{]*` permanent$",
			}[name]
			place := regexp.MustCompile(mark)
			if n := len(place.FindAllString(got, -1)); n != 1 {
				t.Errorf("%s: %q is in %d places:\n%s", name, path, n, got[max(0, len(got)-300):])
			}
			if before, after := place.ReplaceAllLiteralString(shape[name], ""), place.ReplaceAllLiteralString(got, ""); before != after {
				t.Errorf("%s: %q changed what is around it", name, path)
			}
			// In the name of a location nginx reads none.
			if name != FileNginx && (strings.Contains(got, "{$") || strings.Contains(got, "${")) {
				t.Errorf("%s: %q reads a variable", name, path)
			}
		}
	}
}

func TestRedirectsLeadToSimpleAddressesAlone(t *testing.T) {
	for _, path := range hostile {
		if special := strings.ContainsAny(path, "$%?#\\\"'`{};<> "); simple(path) && special {
			t.Errorf("%q could be written as it is", path)
		}
	}
	if !simple("/updates/events/dŵr-2025_1.b/") {
		t.Error("an entry's address could not be written")
	}
}

func TestControlCharactersAreInNoFile(t *testing.T) {
	for _, path := range []string{"/a\nb/", "/a\rb/", "/a\x00b/", "/a\u2028b/\n", "/a\xffb/"} {
		if plain(path) {
			t.Errorf("%q could be written", path)
		}
	}
}

func TestTheFilesOfSharedHostsStayWithinTheirLimits(t *testing.T) {
	v := view{Base: "/", Headers: []header{{"Content-Security-Policy", "default-src 'none'"}}}
	for range 3000 {
		v.Redirects = append(v.Redirects, redirect{"/old/", "/new/"})
		v.Hashed = append(v.Hashed, "assets/a.0123456789.css")
	}
	if n := strings.Count(netlifyRedirects(v), "\n"); n != maxRedirects {
		t.Errorf("%d redirects", n)
	}
	if n := strings.Count(netlifyHeaders(v), "\n/"); n != maxHeaderRules {
		t.Errorf("%d rules", n)
	}
	v.Redirects = []redirect{{"/" + strings.Repeat("é", 500), "/new/"}}
	if got := netlifyRedirects(v); got != "" {
		t.Errorf("a line of %d characters", len(got))
	}
}

func TestWhatHasAHashInItsNameIsKept(t *testing.T) {
	below := regexp.MustCompile(hashedBelow("/updates/"))
	for path, want := range map[string]bool{
		"/updates/assets/bulletin.0123456789.css": true, "/updates/assets/img/map.abcdefabcd.svg": true,
		"/updates/assets/bulletin.css": false, "/updates/assets/a.0123456789": false, "/assets/bulletin.0123456789.css": false,
		"/updates/papers/report.2025101112.pdf": false, "/updates/assets/a.0123456789.css/": false,
	} {
		if below.MatchString(path) != want {
			t.Errorf("%s is kept: %v", path, !want)
		}
	}
	if !strings.HasSuffix(theme.HashedName, "$") {
		t.Error("the pattern has no end")
	}
}
