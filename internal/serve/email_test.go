package serve

import (
	"strings"
	"testing"

	"bulletin/internal/host"
)

const letter = `<html><head><title>Dates &amp; deadlines</title><style>@media (prefers-color-scheme: dark) { p { color: #fff } }
@media screen and (Prefers-Color-Scheme:light){ p { color: #000 } }</style></head>` +
	`<body><p>Letter</p><img src="https://example.org/up/logo.png"><a href="https://example.org/upper/">Else</a></body></html>`

func issueSite(t *testing.T) *Server {
	t.Helper()
	s := begin(t, Options{Base: "/up/", URL: "https://example.org/up/", Dir: site(t, map[string]string{
		"index.html":                      home,
		"newsletters/index.html":          home,
		"newsletters/2025-08/index.html":  home,
		"newsletters/2025-08/email.html":  letter,
		"newsletters/2025-08/email.txt":   "Letter <b>as text</b>",
		"newsletters/2025-08/email.eml":   "X-Unsent: 1",
		"newsletters/large/email.html":    strings.Repeat("x", large+600),
		"newsletters/large/index.html":    home,
		"newsletters/.hidden/email.html":  "CANARY",
		"newsletters/2025-08/another.txt": "CANARY",
	})})
	s.Built([]string{"index.html"})
	return s
}

func TestAnEMailIsShownAtTwoWidthsInLightAndDarkBesideItsText(t *testing.T) {
	s := issueSite(t)
	got := request(t, s, "GET /_bulletin/email/newsletters/2025-08/")
	if got.StatusCode != 200 || got.Header.Get("Content-Type") != host.HTML {
		t.Fatalf("%s, %s", got.Status, got.Header.Get("Content-Type"))
	}
	for _, want := range []string{
		"<h1>Dates &amp; deadlines</h1>", "<dd>0 KB; Gmail", "Letter &lt;b&gt;as text&lt;/b&gt;",
		`class="light" src="light.html" width="640"`, `class="dark" src="dark.html" width="640"`,
		`class="light" src="light.html" width="360"`, `class="dark" src="dark.html" width="360"`,
		`href="/up/newsletters/2025-08/email.html"`, `href="/up/newsletters/2025-08/email.txt"`, `href="/up/newsletters/2025-08/email.eml"`,
		`href="/up/newsletters/2025-08/"`, `src="/_bulletin/reload.js"`,
	} {
		if !strings.Contains(got.body, want) {
			t.Errorf("the preview lacks %s:\n%s", want, got.body)
		}
	}
	if strings.Contains(got.body, "<style") || strings.Contains(got.body, " style=") {
		t.Error("the preview has styles that its policy forbids")
	}
}

func TestAFrameIsLightOrDarkWhateverTheScreen(t *testing.T) {
	s := issueSite(t)
	for scheme, want := range map[string][]string{
		"dark":  {"@media (min-width: 0) { p { color: #fff }", "@media screen and (max-width: 0){ p { color: #000 }"},
		"light": {"@media (max-width: 0) { p { color: #fff }", "@media screen and (min-width: 0){ p { color: #000 }"},
	} {
		got := request(t, s, "GET /_bulletin/email/newsletters/2025-08/"+scheme+".html")
		for _, want := range append(want, `src="/up/logo.png"`, `href="https://example.org/upper/"`) {
			if got.StatusCode != 200 || !strings.Contains(got.body, want) {
				t.Errorf("%s: %s lacks %s:\n%s", scheme, got.Status, want, got.body)
			}
		}
		if strings.Contains(got.body, "<script") || !strings.Contains(got.Header.Get("Content-Security-Policy"), "frame-ancestors 'self'") {
			t.Errorf("%s: a frame has a script, or may stand in any page:\n%s", scheme, got.body)
		}
	}
}

func TestOnlyPagesOfIssuesLinkToTheirEMail(t *testing.T) {
	s := issueSite(t)
	for path, want := range map[string]bool{
		"/up/newsletters/2025-08/": true, "/up/newsletters/large/": true,
		"/up/": false, "/up/newsletters/": false, "/up/newsletters/2025-08/email.html": false,
	} {
		link := `<a href="/_bulletin/email` + strings.TrimPrefix(path, "/up") + `">`
		if got := request(t, s, "GET "+path); strings.Contains(got.body, link) != want || strings.Contains(got.body, "_bulletin/email") != want {
			t.Errorf("%s: %s, link to the e-mail should be there: %t:\n%s", path, got.Status, want, got.body)
		}
	}
}

func TestASizeThatIsReportedStandsOut(t *testing.T) {
	got := request(t, issueSite(t), "GET /_bulletin/email/newsletters/large/")
	if !strings.Contains(got.body, `<dd class="much">101 KB;`) || strings.Contains(got.body, "email.txt") {
		t.Errorf("%s", got.body)
	}
}

func TestPreviewsOfEMailsAreGuardedLikeAllElse(t *testing.T) {
	s := issueSite(t)
	for _, page := range []string{"", "light.html", "dark.html"} {
		line := "GET /_bulletin/email/newsletters/2025-08/" + page
		for _, header := range [][2]string{{"Host", "evil.example"}, {"Origin", "http://evil.example"}, {"Sec-Fetch-Site", "cross-site"}} {
			if got := request(t, s, line, header[0], header[1]); got.StatusCode != 403 {
				t.Errorf("%s with %s: %s", line, header, got.Status)
			}
		}
		if got := request(t, s, line, "Sec-Fetch-Site", "same-origin"); got.StatusCode != 200 {
			t.Errorf("%s: %s", line, got.Status)
		}
	}
	for _, path := range []string{
		"newsletters/2025-09/", "newsletters/2025-08", "newsletters/2025-08/another.txt", "newsletters/.hidden/", "newsletters/.hidden/light.html",
		"", "../../etc/", "..%2f..%2f", "newsletters/2025-08/../.hidden/", "%00/", "/newsletters/2025-08/",
	} {
		if got := request(t, s, "GET /_bulletin/email/"+path); got.StatusCode != 404 || strings.Contains(got.body, "CANARY") {
			t.Errorf("%s: %s: %s", path, got.Status, got.body)
		}
	}
}
