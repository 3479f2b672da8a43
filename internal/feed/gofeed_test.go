package feed

import (
	"bytes"
	"html"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/mmcdole/gofeed"
)

// readBack gives a channel as an independent reader understands a document.
// What the reader has no place for stays empty.
func readBack(t *testing.T, doc []byte) *Channel {
	t.Helper()
	parsed, err := gofeed.NewParser().Parse(bytes.NewReader(doc))
	if err != nil {
		t.Fatal(err)
	}
	c := &Channel{Title: parsed.Title, Description: parsed.Description, Home: parsed.Link, Language: parsed.Language}
	switch parsed.FeedType {
	case "rss":
		c.RSS = parsed.FeedLink
	case "atom":
		c.Atom = parsed.FeedLink
	case "json":
		c.JSON = parsed.FeedLink
	}
	if parsed.UpdatedParsed != nil {
		c.Updated = *parsed.UpdatedParsed
	}
	for _, it := range parsed.Items {
		item := &Item{
			ID: it.GUID, URL: it.Link, Title: it.Title, Summary: it.Description, Content: it.Content,
			Categories: it.Categories,
		}
		if it.PublishedParsed != nil {
			item.Published = *it.PublishedParsed
		}
		if it.UpdatedParsed != nil {
			item.Updated = *it.UpdatedParsed
		}
		if it.DublinCoreExt != nil {
			item.Authors = it.DublinCoreExt.Creator
		} else {
			for _, author := range it.Authors {
				item.Authors = append(item.Authors, author.Name)
			}
		}
		for _, e := range it.Enclosures {
			length, _ := strconv.ParseInt(e.Length, 10, 64)
			item.Enclosures = append(item.Enclosures, Enclosure{URL: e.URL, Type: e.Type, Length: length})
		}
		c.Items = append(c.Items, item)
	}
	return c
}

// TestAnotherReaderUnderstandsEveryFormat states, format by format, the whole
// difference between what goes in and what gofeed finds.
func TestAnotherReaderUnderstandsEveryFormat(t *testing.T) {
	for _, test := range []struct {
		name   string
		doc    []byte
		differ func(c *Channel)
	}{
		{"RSS", render(t, RSS, sample()), func(c *Channel) {
			c.Atom, c.JSON = "", ""
			for _, it := range c.Items {
				it.Updated = time.Time{} // RSS has no such date.
				it.Summary = html.EscapeString(it.Summary)
				if it.Summary == "" {
					it.Summary, it.Content = it.Content, ""
				}
				if len(it.Enclosures) > 1 {
					it.Enclosures = it.Enclosures[:1]
				}
			}
		}},
		{"Atom", render(t, Atom, sample()), func(c *Channel) {
			c.RSS, c.JSON = "", ""
			c.Items[0].ID = "tag:updates.example.org,2025:articles/2025/belonging.md"
			for _, it := range c.Items {
				it.Updated = it.changed()
			}
		}},
		{"JSON", render(t, JSON, sample()), func(c *Channel) {
			c.RSS, c.Atom = "", ""
			c.Items[2].Content = c.Items[2].Summary
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			want := sample()
			want.Publisher, want.Email, want.Hub, want.Icon, want.Stylesheet = "", "", "", "", ""
			want.Items[1].ID, want.Items[1].URL = "https://updates.example.org/newyddion/%C5%B5yl/", "https://updates.example.org/newyddion/%C5%B5yl/"
			want.Items[2].Enclosures[0].Type = "application/octet-stream"
			for _, it := range want.Items {
				it.Image, it.ImageAlt, it.Language = "", "", ""
				for i := range it.Enclosures {
					it.Enclosures[i].Title = ""
				}
			}
			test.differ(want)
			equalTimes := cmp.Comparer(time.Time.Equal)
			if diff := cmp.Diff(want, readBack(t, test.doc), equalTimes, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestAnotherReaderFindsTheFilesAfterTheFirstInRSS(t *testing.T) {
	parsed, err := gofeed.NewParser().Parse(bytes.NewReader(render(t, RSS, sample())))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, m := range parsed.Items[0].Extensions["media"]["content"] {
		got = append(got, m.Attrs["url"]+" "+m.Attrs["fileSize"])
	}
	want := []string{
		"https://updates.example.org/articles/2025/belonging/hall.jpg 4096",
		"https://updates.example.org/articles/2025/belonging/figures.xlsx 89",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
