package feed

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"
)

// The JSON Feed 1.1 specification's keys, as far as a feed here may use them:
// decoding refuses any other. Deprecated ones are left out.
type specFeed struct {
	Version     string       `json:"version"`
	Title       string       `json:"title"`
	HomePageURL string       `json:"home_page_url"`
	FeedURL     string       `json:"feed_url"`
	Description string       `json:"description"`
	Icon        string       `json:"icon"`
	Authors     []specAuthor `json:"authors"`
	Language    string       `json:"language"`
	Hubs        []struct {
		Type string `json:"type"`
		URL  string `json:"url"`
	} `json:"hubs"`
	Items *[]specItem `json:"items"`
}

type specAuthor struct {
	Name string `json:"name"`
}

type specItem struct {
	ID            string       `json:"id"`
	URL           string       `json:"url"`
	Title         string       `json:"title"`
	ContentHTML   string       `json:"content_html"`
	ContentText   string       `json:"content_text"`
	Summary       string       `json:"summary"`
	Image         string       `json:"image"`
	BannerImage   string       `json:"banner_image"`
	DatePublished string       `json:"date_published"`
	DateModified  string       `json:"date_modified"`
	Authors       []specAuthor `json:"authors"`
	Tags          []string     `json:"tags"`
	Language      string       `json:"language"`
	Attachments   []struct {
		URL         string `json:"url"`
		MIMEType    string `json:"mime_type"`
		Title       string `json:"title"`
		SizeInBytes int64  `json:"size_in_bytes"`
	} `json:"attachments"`
}

// jsonProblems checks a document against JSON Feed 1.1.
func jsonProblems(doc []byte, self string) (c complaints) {
	var feed specFeed
	decoder := json.NewDecoder(bytes.NewReader(doc))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&feed); err != nil {
		return complaints{"not a JSON feed: " + err.Error()}
	}
	if feed.Version != "https://jsonfeed.org/version/1.1" {
		c.addf("version is %q", feed.Version)
	}
	if feed.Title == "" || feed.Items == nil {
		c.addf("title or items missing")
		return c
	}
	if feed.FeedURL != self {
		c.addf("feed_url is %q", feed.FeedURL)
	}
	c.webAddress("home_page_url", feed.HomePageURL)
	c.languageTag(feed.Language)
	if feed.Icon != "" {
		c.webAddress("icon", feed.Icon)
	}
	for _, hub := range feed.Hubs {
		c.webAddress("hub", hub.URL)
		if hub.Type == "" {
			c.addf("hub without a type")
		}
	}
	c.jsonAuthors(feed.Authors)
	ids := map[string]bool{}
	for _, item := range *feed.Items {
		if item.ID == "" || ids[item.ID] {
			c.addf("id %q is empty or used twice", item.ID)
		}
		ids[item.ID] = true
		c.jsonItem(&item)
	}
	return c
}

func (c *complaints) jsonAuthors(authors []specAuthor) {
	for _, author := range authors {
		if author.Name == "" {
			c.addf("author without a name")
		}
	}
}

func (c *complaints) jsonItem(item *specItem) {
	if item.ContentHTML == "" && item.ContentText == "" {
		c.addf("item without content")
	}
	c.webAddress("url", item.URL)
	if item.Image != "" {
		c.webAddress("image", item.Image)
	}
	for _, date := range []string{item.DatePublished, item.DateModified} {
		if _, err := time.Parse(time.RFC3339, date); date != "" && err != nil {
			c.addf("date is %q", date)
		}
	}
	c.jsonAuthors(item.Authors)
	c.languageTag(item.Language)
	for _, attachment := range item.Attachments {
		c.webAddress("attachment", attachment.URL)
		c.mediaType(attachment.MIMEType)
	}
	for _, address := range relativeAddresses(item.ContentHTML) {
		c.addf("relative address %q", address)
	}
}

func TestJSONFeedKeepsItsSpecification(t *testing.T) {
	c := sample()
	for _, problem := range jsonProblems(render(t, JSON, c), c.JSON) {
		t.Error(problem)
	}
	c.Items = nil
	doc := render(t, JSON, c)
	for _, problem := range jsonProblems(doc, c.JSON) {
		t.Error("without items: ", problem)
	}
}

func TestJSONItemWithoutContentHasText(t *testing.T) {
	c := &Channel{Title: "Walsall", Home: "https://e.example/", JSON: "https://e.example/feed.json", Items: []*Item{
		{URL: "https://e.example/a/", Title: "Title only"},
	}}
	doc := render(t, JSON, c)
	for _, problem := range jsonProblems(doc, c.JSON) {
		t.Error(problem)
	}
	if !strings.Contains(string(doc), `"content_text":"Title only"`) {
		t.Errorf("no text in %s", doc)
	}
}

func TestJSONCheckNoticesWhatItIsFor(t *testing.T) {
	c := sample()
	var indented bytes.Buffer
	if err := json.Indent(&indented, render(t, JSON, c), "", "  "); err != nil {
		t.Fatal(err)
	}
	good := indented.String()
	for _, test := range []struct{ old, new, want string }{
		{"}\n", "", "not a JSON feed"},
		{`"size_in_bytes": 89`, `"size": 89`, "not a JSON feed"},
		{"version/1.1", "version/1", "version is"},
		{`"items": [`, `"items": null, "hubs": [`, "not a JSON feed"},
		{`"title": "SEND & inclusion: updates"`, `"title": ""`, "title or items missing"},
		{`"feed_url": "https`, `"feed_url": "http`, "feed_url is"},
		{`"type": "WebSub"`, `"type": ""`, "hub without a type"},
		{`"id": "articles/2025/belonging.md"`, `"id": ""`, "is empty or used twice"},
		{`"content_html": "<p>Croeso i bawb.</p>",`, "", "item without content"},
		{`"date_published": "2025-03-01T10:00:00Z"`, `"date_published": "1 March 2025"`, "date is"},
		{`"name": "A. N. Other"`, `"name": ""`, "author without a name"},
		{`"mime_type": "application/pdf"`, `"mime_type": ""`, "media type"},
		{`href=\"https://updates.example.org`, `href=\"`, "relative address"},
	} {
		bad := strings.Replace(good, test.old, test.new, 1)
		if test.old == "}\n" {
			bad = strings.TrimSuffix(good, test.old)
		}
		if bad == good {
			t.Errorf("%q does not occur", test.old)
		}
		if got := strings.Join(jsonProblems([]byte(bad), c.JSON), "\n"); !strings.Contains(got, test.want) {
			t.Errorf("%q for %q: got %q, want %q", test.new, test.old, got, test.want)
		}
	}
}
