package feed

import (
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"net/url"
	"path"
	"strconv"
	"strings"
	"time"

	"github.com/gorilla/feeds"
)

const (
	rssType = "application/rss+xml"
	rssDocs = "https://www.rssboard.org/rss-specification"
	// rssTTL is how many minutes a reader may keep the feed before it asks
	// again.
	rssTTL = 60
)

type rssDocument struct {
	XMLName   xml.Name    `xml:"rss"`
	Version   string      `xml:"version,attr"`
	AtomNS    string      `xml:"xmlns:atom,attr"`
	ContentNS string      `xml:"xmlns:content,attr"`
	DCNS      string      `xml:"xmlns:dc,attr"`
	MediaNS   string      `xml:"xmlns:media,attr"`
	Channel   *rssChannel `xml:"channel"`
}

// rssChannel adds to the library's channel what the profile asks for. Fields
// of the same element name hide the library's. Items come last, as the profile
// wants them.
type rssChannel struct {
	Title       *element `xml:"title"`
	Link        *element `xml:"link"`
	Description *element `xml:"description"`
	feeds.RssFeed
	ManagingEditor *element   `xml:"managingEditor"`
	Image          *rssImage  `xml:"image"`
	Links          []rssLink  `xml:"atom:link"`
	Items          []*rssItem `xml:"item"`
}

type rssImage struct {
	feeds.RssImage
	URL   *element `xml:"url"`
	Title *element `xml:"title"`
	Link  *element `xml:"link"`
}

type rssLink struct {
	Href string `xml:"href,attr"`
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr,omitempty"`
}

// rssItem adds to the library's item what the profile asks for. The
// description comes before the full content: some readers show whichever comes
// last.
type rssItem struct {
	Title       *element `xml:"title"`
	Link        *element `xml:"link"`
	Description *element `xml:"description"`
	Content     *element `xml:"content:encoded"`
	feeds.RssItem
	GUID       *rssGUID   `xml:"guid"`
	Creators   []*element `xml:"dc:creator"`
	Language   *element   `xml:"dc:language"`
	Categories []*element `xml:"category"`
	Media      []*media   `xml:"media:content"`
}

type rssGUID struct {
	IsPermaLink bool `xml:"isPermaLink,attr"`
	element
}

// RSS writes the channel as RSS 2.0, to the RSS Advisory Board's Best
// Practices Profile. The only errors are those of w.
func RSS(w io.Writer, c *Channel) error { return writeRSS(w, c.clean()) }

// writeRSS needs a clean channel.
func writeRSS(w io.Writer, c *Channel) error {
	channel := &rssChannel{
		Title:       text(c.Title),
		Link:        text(c.Home),
		Description: text(cmp.Or(c.Description, c.Title)),
		RssFeed: feeds.RssFeed{
			Language:      c.Language,
			LastBuildDate: rfc822(c.Updated),
			Generator:     generator,
			Docs:          rssDocs,
			Ttl:           rssTTL,
		},
		ManagingEditor: managingEditor(c),
		Image:          rssIcon(c),
	}
	if c.RSS != "" {
		channel.Links = append(channel.Links, rssLink{c.RSS, "self", rssType})
	}
	if c.Hub != "" {
		channel.Links = append(channel.Links, rssLink{c.Hub, "hub", ""})
	}
	for _, item := range c.Items {
		channel.Items = append(channel.Items, newRSSItem(item))
	}
	root := &rssDocument{
		Version: "2.0",
		AtomNS:  atomNamespace, ContentNS: contentNamespace, DCNS: dcNamespace, MediaNS: mediaNamespace,
		Channel: channel,
	}
	if err := writeXML(w, document{root, c.Stylesheet}); err != nil {
		return fmt.Errorf("writing the RSS feed: %w", err)
	}
	return nil
}

// newRSSItem needs a clean item. Authors are names, so they are dc:creator:
// RSS's own author is an e-mail address.
func newRSSItem(it *Item) *rssItem {
	item := &rssItem{
		Title:      text(it.Title),
		Link:       text(it.URL),
		RssItem:    feeds.RssItem{PubDate: rfc822(it.Published)},
		Creators:   texts(it.Authors),
		Language:   text(it.Language),
		Categories: texts(it.Categories),
		Media:      picture(it),
	}
	if it.ID != "" {
		item.GUID = &rssGUID{it.ID == it.URL, *text(it.ID)}
	}
	// The description is HTML by the profile. Without a summary it is the
	// whole text.
	switch {
	case it.Summary != "":
		item.Description = text(htmlEscaper.Replace(it.Summary))
		if it.Content != "" {
			item.Content = &element{cdata(it.Content)}
		}
	case it.Content != "":
		item.Description = &element{cdata(it.Content)}
	}
	for i, e := range it.Enclosures {
		if i == 0 {
			item.Enclosure = &feeds.RssEnclosure{Url: e.URL, Type: e.Type, Length: strconv.FormatInt(e.Length, 10)}
		} else if e.URL != it.Image {
			item.Media = append(item.Media, file(e))
		}
	}
	return item
}

var htmlEscaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// managingEditor is the publisher in the profile's form, "address (name)", or
// nil. Parentheses would end the name.
func managingEditor(c *Channel) *element {
	if c.Email == "" {
		return nil
	}
	name := strings.NewReplacer("(", "[", ")", "]", `\`, "/").Replace(cmp.Or(c.Publisher, c.Title))
	return text(c.Email + " (" + name + ")")
}

// rssIcon is the channel's picture, or nil: RSS knows GIF, JPEG and PNG only.
// Its title and link repeat the channel's, as the profile asks.
func rssIcon(c *Channel) *rssImage {
	parsed, err := url.Parse(c.Icon)
	if err != nil {
		return nil
	}
	switch strings.ToLower(path.Ext(parsed.Path)) {
	case ".gif", ".jpg", ".jpeg", ".png":
		return &rssImage{URL: text(c.Icon), Title: text(c.Title), Link: text(c.Home)}
	}
	return nil
}

// rfc822 writes a time with a year of four digits and a numeric zone; "" for
// the zero time.
func rfc822(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC1123Z)
}
