package host

import "testing"

func TestFilesAreCalledWhatTheyAre(t *testing.T) {
	for name, want := range map[string]string{
		"index.html":                    "text/html; charset=utf-8",
		"feed.xml":                      "application/xml; charset=utf-8",
		"places/walsall/atom.xml":       "application/xml; charset=utf-8",
		"feed.json":                     "application/feed+json; charset=utf-8",
		"feeds.opml":                    "text/x-opml; charset=utf-8",
		"sitemap.xml":                   "application/xml; charset=utf-8",
		"events/calendar.ics":           "text/calendar; charset=utf-8",
		"newsletters/2025-08/email.eml": "message/rfc822",
		"newsletters/2025-08/email.txt": "text/plain; charset=utf-8",
		"site.webmanifest":              "application/manifest+json",
		"style.css":                     "text/css; charset=utf-8",
		"PICTURE.JPG":                   "image/jpeg",
		"paper.pdf":                     "application/pdf",
		"minutes.docx":                  "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
		"_redirects":                    "text/plain; charset=utf-8",
		"unheard.of":                    "application/octet-stream",
	} {
		if got := ContentType(name); got != want {
			t.Errorf("%s is called %s, want %s", name, got, want)
		}
	}
}
