package feed

import (
	"bytes"
	"encoding/json"
	"testing"
	"time"

	"github.com/mmcdole/gofeed/atom"
	"github.com/mmcdole/gofeed/rss"
)

// FuzzFormats holds that whatever a writer writes, every feed can be read and
// gives back the text.
func FuzzFormats(f *testing.F) {
	f.Add("Belonging", "<p>R&amp;D</p>", "https://updates.example.org/a/", "application/pdf", int64(1))
	f.Add(hostile, hostile, hostile, hostile, int64(-1))
	f.Add("]]>", "]]]]>]]>", "]]>", "a/b", int64(0))
	f.Add("<![CDATA[", "<![CDATA[ ]]", "?>", "", int64(1<<62))
	f.Add("\xed\xa0\x80", "\xff]]\x00>", "%", "/", int64(0))
	f.Fuzz(func(t *testing.T, plain, html, address, kind string, length int64) {
		c := &Channel{
			Title: plain, Description: plain, Home: address, RSS: address, Atom: address, JSON: address, Language: kind,
			Publisher: plain, Email: address, Hub: address, Icon: address, Stylesheet: address,
			Items: []*Item{{
				ID: plain, URL: address, Title: plain, Summary: "summary", Content: html, Published: time.Unix(0, 0).UTC(),
				Authors: []string{plain}, Categories: []string{plain},
				Enclosures: []Enclosure{{address, kind, plain, length}, {address, kind, plain, length}},
				Image:      address, ImageAlt: plain, Language: plain,
			}},
		}
		item := fuzzXML(t, render(t, RSS, c)).all("channel")[0].all("item")[0]
		entry := fuzzXML(t, render(t, Atom, c)).all("atom:entry")[0]
		fuzzXML(t, renderOPML(t, plain, []Outline{{Title: plain, Feed: address, Home: address, Outlines: []Outline{{Title: plain}}}}))
		var fromJSON specFeed
		if err := json.Unmarshal(render(t, JSON, c), &fromJSON); err != nil {
			t.Fatal(err)
		}
		fuzzSame(t, "title", line(plain), item.value("title"), entry.value("atom:title"), (*fromJSON.Items)[0].Title)
		fuzzSame(t, "content", scrub(html), item.value("content:encoded"), entry.value("atom:content"), (*fromJSON.Items)[0].ContentHTML)
	})
}

// fuzzXML parses a document as the standard library does, strictly, and as a
// feed reader does.
func fuzzXML(t *testing.T, doc []byte) *node {
	t.Helper()
	root, err := parseXML(doc)
	if err != nil {
		t.Fatalf("%v\n%.2000q", err, doc)
	}
	switch root.name {
	case "rss":
		_, err = (&rss.Parser{}).Parse(bytes.NewReader(doc))
	case "atom:feed":
		_, err = (&atom.Parser{}).Parse(bytes.NewReader(doc))
	}
	if err != nil {
		t.Fatalf("gofeed: %v\n%.2000q", err, doc)
	}
	return root
}

func fuzzSame(t *testing.T, what, want string, got ...string) {
	t.Helper()
	for i, s := range got {
		if s != want {
			t.Errorf("%s in format %d is %q, want %q", what, i, s, want)
		}
	}
}
