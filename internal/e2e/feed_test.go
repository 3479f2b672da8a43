package e2e

import (
	"bytes"
	"cmp"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/mmcdole/gofeed"
	"golang.org/x/net/html"
)

// feedNames are the names of the three kinds of feeds.
var feedNames = []string{"feed.xml", "atom.xml", "feed.json"}

// files lists everything that was built.
func files(t *testing.T, s *site) []string {
	t.Helper()
	var list []string
	err := fs.WalkDir(os.DirFS(s.dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			list = append(list, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// fetch gets a file over HTTP.
func fetch(t *testing.T, s *site, address string) (*http.Response, []byte) {
	t.Helper()
	answer, err := s.server.Client().Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer, text
}

// everyFeed reads each feed of both sites as a feed reader does.
func everyFeed(t *testing.T, check func(t *testing.T, s *site, name string, feed *gofeed.Feed)) {
	t.Helper()
	each(t, func(t *testing.T, s *site) {
		count := 0
		for _, name := range files(t, s) {
			if !slices.Contains(feedNames, path.Base(name)) {
				continue
			}
			count++
			_, text := fetch(t, s, s.base+name)
			if err := wellFormed(name, text); err != nil {
				t.Errorf("/%s: %v", name, err)
				continue
			}
			feed, err := gofeed.NewParser().Parse(bytes.NewReader(text))
			if err != nil {
				t.Errorf("/%s: %v", name, err)
				continue
			}
			check(t, s, name, feed)
		}
		if count < 3*20 {
			t.Errorf("there are only %d feeds", count)
		}
	})
}

// wellFormed holds a feed to the letter, which feed readers do not.
func wellFormed(name string, text []byte) error {
	if path.Ext(name) == ".json" {
		var any map[string]any
		return json.Unmarshal(text, &any)
	}
	decoder := xml.NewDecoder(bytes.NewReader(text))
	for {
		_, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

func TestAFeedReaderUnderstandsEveryFeed(t *testing.T) {
	everyFeed(t, func(t *testing.T, s *site, name string, feed *gofeed.Feed) {
		kind := map[string]string{"feed.xml": "rss 2.0", "atom.xml": "atom 1.0", "feed.json": "json https://jsonfeed.org/version/1.1"}[path.Base(name)]
		if got := feed.FeedType + " " + feed.FeedVersion; got != kind {
			t.Errorf("/%s: is taken for %s", name, got)
		}
		page := strings.TrimPrefix(strings.TrimSuffix(name, path.Base(name)), "/")
		if feed.Title == "" || feed.Link != s.base+page || feed.FeedLink != s.base+name {
			t.Errorf("/%s: has the title %q, the page %s and the address %s", name, feed.Title, feed.Link, feed.FeedLink)
		}
		seen := map[string]bool{}
		for _, item := range feed.Items {
			if item.Title == "" || item.Link == "" || item.Content == "" {
				t.Errorf("/%s: %q lacks a title, a link or content", name, item.GUID)
			}
			if published(item) == "" && !strings.HasPrefix(item.Link, s.base+"events/") {
				t.Errorf("/%s: %q has no date", name, item.GUID)
			}
			if item.GUID == "" || seen[item.GUID] {
				t.Errorf("/%s: %q has the same identity as another, %q", name, item.Title, item.GUID)
			}
			seen[item.GUID] = true
		}
	})
}

// published gives the date of an item, if it says one: events need not, and
// Atom, which insists, then has the beginning of 1970.
func published(item *gofeed.Item) string {
	if item.PublishedParsed == nil || item.PublishedParsed.Unix() == 0 {
		return ""
	}
	return item.PublishedParsed.UTC().String()
}

func TestTheThreeKindsOfFeedsSayTheSame(t *testing.T) {
	type key struct{ site, dir string }
	said := map[key]map[string]string{}
	everyFeed(t, func(t *testing.T, s *site, name string, feed *gofeed.Feed) {
		var text strings.Builder
		for _, item := range feed.Items {
			fmt.Fprintln(&text, item.Title, item.Link, published(item), item.Content)
		}
		at := key{s.name, path.Dir(name)}
		if said[at] == nil {
			said[at] = map[string]string{}
		}
		said[at][path.Base(name)] = text.String()
	})
	for at, texts := range said {
		if len(texts) != len(feedNames) {
			t.Errorf("%s: /%s has %d of the three kinds of feeds", at.site, at.dir, len(texts))
		}
		for _, name := range feedNames {
			if texts[name] != texts[feedNames[0]] {
				t.Errorf("%s: /%s: %s differs from %s", at.site, at.dir, name, feedNames[0])
			}
		}
	}
}

func TestNoFeedHasRelativeAddressesOrLinksThatLeadNowhere(t *testing.T) {
	statuses := map[string]int{}
	everyFeed(t, func(t *testing.T, s *site, name string, feed *gofeed.Feed) {
		for _, item := range feed.Items {
			addresses, err := contentAddresses(item.Content)
			if err != nil {
				t.Errorf("/%s: %s: %v", name, item.Title, err)
			}
			for _, address := range append(addresses, item.Link) {
				if !absolute(address) {
					t.Errorf("/%s: %s: %q is a relative address", name, item.Title, address)
					continue
				}
				if !strings.HasPrefix(address, s.server.URL) {
					continue
				}
				plain, _, _ := strings.Cut(address, "#")
				if _, known := statuses[plain]; !known {
					answer, _ := fetch(t, s, plain)
					statuses[plain] = answer.StatusCode
				}
				if statuses[plain] != http.StatusOK {
					t.Errorf("/%s: %s: %s answers %d", name, item.Title, plain, statuses[plain])
				}
			}
		}
	})
	if len(statuses) < 50 {
		t.Errorf("only %d addresses were followed", len(statuses))
	}
}

// contentAddresses gives the addresses in the HTML of an item.
func contentAddresses(content string) ([]string, error) {
	root, err := html.Parse(strings.NewReader(content))
	if err != nil {
		return nil, err
	}
	var list []string
	for node := range root.Descendants() {
		for _, a := range node.Attr {
			if slices.Contains(addressAttributes, a.Key) {
				list = append(list, a.Val)
			}
		}
	}
	return list, nil
}

func absolute(address string) bool {
	for _, scheme := range []string{"https://", "http://", "mailto:", "tel:"} {
		if strings.HasPrefix(address, scheme) {
			return true
		}
	}
	return false
}

// unsaid is the length of an enclosure whose length is not known.
const unsaid = "0"

func TestEveryEnclosureIsThereWithTheSizeAndTypeThatTheFeedSays(t *testing.T) {
	count := 0
	everyFeed(t, func(t *testing.T, s *site, name string, feed *gofeed.Feed) {
		for _, item := range feed.Items {
			for _, enclosure := range item.Enclosures {
				count++
				answer, text := fetch(t, s, enclosure.URL)
				kind, _, _ := strings.Cut(answer.Header.Get("Content-Type"), ";")
				length := strconv.Itoa(len(text))
				if strings.HasPrefix(kind, "image/") {
					length = unsaid // copies of pictures are made later
				}
				if answer.StatusCode != http.StatusOK || enclosure.Type != kind || cmp.Or(enclosure.Length, unsaid) != length {
					t.Errorf("/%s: %s: %s is said to be %s bytes of %s, and is %d bytes of %s with status %d",
						name, item.Title, enclosure.URL, enclosure.Length, enclosure.Type, len(text), kind, answer.StatusCode)
				}
			}
		}
	})
	if count == 0 {
		t.Error("no feed has an enclosure")
	}
}

func TestTheListOfFeedsNamesEveryFeedThatThereIs(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		_, text := fetch(t, s, s.base+"subscribe/feeds.opml")
		listed := map[string]bool{}
		decoder := xml.NewDecoder(bytes.NewReader(text))
		for {
			token, err := decoder.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			if element, ok := token.(xml.StartElement); ok {
				for _, a := range element.Attr {
					if a.Name.Local == "xmlUrl" {
						listed[a.Value] = true
					}
				}
			}
		}
		for _, name := range files(t, s) {
			address := s.base + name
			if path.Base(name) == "feed.xml" && !listed[address] {
				t.Errorf("feeds.opml does not list /%s", name)
			}
			delete(listed, address)
		}
		for address := range listed {
			t.Errorf("feeds.opml lists %s, which does not exist", address)
		}
	})
}

func TestTheSitemapListsEveryPageAndNothingElse(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		_, text := fetch(t, s, s.base+"sitemap.xml")
		var sitemap struct {
			URLs []struct {
				Loc string `xml:"loc"`
			} `xml:"url"`
		}
		if err := xml.Unmarshal(text, &sitemap); err != nil {
			t.Fatal(err)
		}
		listed := map[string]bool{}
		for _, u := range sitemap.URLs {
			address := strings.TrimPrefix(u.Loc, s.base)
			listed[address] = true
			if !s.has(address) {
				t.Errorf("the sitemap lists %s, which is no page", u.Loc)
			}
		}
		for _, address := range s.pages {
			page, err := os.ReadFile(s.file(address))
			if err != nil {
				t.Fatal(err)
			}
			if hidden := bytes.Contains(page, []byte(`content="noindex"`)); hidden == listed[address] {
				t.Errorf("/%s: in the sitemap: %t; kept from search engines: %t", address, listed[address], hidden)
			}
		}
	})
}
