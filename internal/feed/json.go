package feed

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"

	"github.com/gorilla/feeds"
)

const jsonVersion = "https://jsonfeed.org/version/1.1"

// jsonFeed corrects the library's feed: the list of items is required even
// when it is empty. Fields of the same key hide the library's.
type jsonFeed struct {
	feeds.JSONFeed
	Items []*jsonItem `json:"items"`
}

// jsonItem adds to the library's item what it lacks, and corrects the
// attachments.
type jsonItem struct {
	feeds.JSONItem
	Published   string           `json:"date_published,omitempty"`
	Modified    string           `json:"date_modified,omitempty"`
	Language    string           `json:"language,omitempty"`
	Attachments []jsonAttachment `json:"attachments,omitempty"`
}

type jsonAttachment struct {
	URL   string `json:"url"`
	Type  string `json:"mime_type"`
	Title string `json:"title,omitempty"`
	Size  int64  `json:"size_in_bytes,omitempty"`
}

// JSON writes the channel as JSON Feed 1.1, on one line: indenting would take
// four times as long as all the rest. The only errors are those of w.
func JSON(w io.Writer, c *Channel) error { return writeJSON(w, c.clean()) }

// writeJSON needs a clean channel.
func writeJSON(w io.Writer, c *Channel) error {
	feed := &jsonFeed{
		JSONFeed: feeds.JSONFeed{
			Version:     jsonVersion,
			Title:       c.Title,
			Language:    c.Language,
			HomePageUrl: c.Home,
			FeedUrl:     c.JSON,
			Description: c.Description,
			Icon:        c.Icon,
		},
		Items: make([]*jsonItem, 0, len(c.Items)),
	}
	if c.Publisher != "" {
		feed.Authors = []*feeds.JSONAuthor{{Name: c.Publisher}}
	}
	if c.Hub != "" {
		feed.Hubs = []*feeds.JSONHub{{Type: "WebSub", Url: c.Hub}}
	}
	for _, item := range c.Items {
		feed.Items = append(feed.Items, newJSONItem(item))
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(feed); err != nil {
		return fmt.Errorf("writing the JSON feed: %w", err)
	}
	return nil
}

// newJSONItem needs a clean item. An item must have content; one without HTML
// has its summary or its title as text.
func newJSONItem(it *Item) *jsonItem {
	item := &jsonItem{
		JSONItem: feeds.JSONItem{
			Id:          it.ID,
			Url:         it.URL,
			Title:       it.Title,
			ContentHTML: it.Content,
			Summary:     it.Summary,
			Image:       it.Image,
			Tags:        it.Categories,
		},
		Language: it.Language,
	}
	if it.Content == "" {
		item.ContentText = cmp.Or(it.Summary, it.Title)
	}
	if !it.Published.IsZero() {
		item.Published = rfc3339(it.Published)
	}
	if !it.Updated.IsZero() {
		item.Modified = rfc3339(it.Updated)
	}
	for _, name := range it.Authors {
		item.Authors = append(item.Authors, &feeds.JSONAuthor{Name: name})
	}
	for _, e := range it.Enclosures {
		item.Attachments = append(item.Attachments, jsonAttachment{URL: e.URL, Type: e.Type, Title: e.Title, Size: e.Length})
	}
	return item
}
