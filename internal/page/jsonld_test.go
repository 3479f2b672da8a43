package page

import (
	"bytes"
	"encoding/json"
	"html/template"
	"testing"

	"bulletin/internal/content"
)

// awkward is a text with what JSON and HTML have to have escaped.
const awkward = "A \"b\" </script> & \\ c\n\t\u2028 ŵ € 😀 \x01"

func TestStructuredDataIsWrittenAsEncodingJSONWritesMaps(t *testing.T) {
	place := []Link{{awkward, "/places/a/"}, {"Walsall", "/places/walsall/"}}
	people := []Person{{Name: awkward, Role: "Head", Organisation: awkward}, {Name: "B"}}
	common := Common{Title: awkward, Summary: "S", URL: "/a/", Canonical: "https://example.org/a/", Language: "en-GB", Breadcrumbs: []Link{{"Home", "/"}, {awkward, "/b/"}},
		Share: Share{Published: "2025-09-23", Modified: "2025-09-24", Image: "https://example.org/a.jpg"}}
	article := Entry{Common: common, Places: place, People: people}
	venue := &Venue{Name: awkward, Address: "1 High Street", Postcode: "WS1 1AA"}
	online := &Online{Platform: "Zoom", URL: "https://example.org/?a&b"}
	ends := Date{ISO: "2025-09-23T12:00:00+01:00"}
	when := When{Start: Date{ISO: "2025-09-23T10:00:00+01:00"}, End: &ends}
	facts := eventFacts{Free: true, URL: "https://example.org/book", ValidThrough: "2025-09-20", Availability: "https://schema.org/InStock", Capacity: 40}
	for _, publisher := range []Publisher{{}, {Name: awkward}, {Name: "P", Logo: &Image{URL: "/logo.png"}}} {
		c := newChrome(chromeView{Site: Site{Title: awkward, Description: "D", Language: "en-GB", Publisher: publisher}, Origin: "https://example.org", Home: "https://example.org/"})
		for name, data := range map[string]template.JS{
			"breadcrumbs":            c.breadcrumbs(&common),
			"site":                   c.webSite(),
			"article":                c.newsArticle(&article, content.Report),
			"newsletter":             c.newsArticle(&article, ""),
			"bare article":           c.newsArticle(&Entry{}, "news"),
			"event":                  c.eventData(&Event{Entry: article, When: when, Venue: venue, Online: online, Host: awkward, Speakers: people}, facts),
			"event in a place":       c.eventData(&Event{Entry: article, When: when, Venue: &Venue{Name: "Hall"}}, eventFacts{Free: true}),
			"event that moved":       c.eventData(&Event{Entry: article, When: when, Venue: venue, Status: &Status{Name: content.MovedOnline}}, eventFacts{URL: "https://example.org/book"}),
			"event without a place":  c.eventData(&Event{Entry: article, When: when}, eventFacts{}),
			"event without speakers": c.eventData(&Event{Entry: Entry{Common: common}, When: When{Start: ends}, Online: &Online{Platform: "Zoom"}}, eventFacts{}),
		} {
			var value any
			if err := json.Unmarshal([]byte(data), &value); err != nil {
				t.Errorf("%s: %v in %s", name, err, data)
				continue
			}
			if want, err := json.Marshal(value); err != nil || !bytes.Equal(want, []byte(data)) {
				t.Errorf("%s is %s, and should be %s", name, data, want)
			}
		}
	}
}

func FuzzJSONText(f *testing.F) {
	f.Add(awkward, "b\xff")
	f.Add("\xe2\x80", "\xa8")
	f.Fuzz(func(t *testing.T, a, b string) {
		want, err := json.Marshal(a + b)
		if got := appendJSON(nil, a, b); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%q and %q give %s, want %s", a, b, got, want)
		}
	})
}
