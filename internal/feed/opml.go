package feed

import (
	"encoding/xml"
	"fmt"
	"io"
)

// Outline is one line of a list of feeds: a feed, or a group of them under a
// title.
type Outline struct {
	// Title is required. Description is plain text.
	Title, Description string
	// Feed is the absolute address of the feed, "" for a group. Home is that
	// of the page that the feed belongs to.
	Feed, Home string
	// Language is a BCP 47 tag, or "".
	Language string
	// Outlines is what stands under the title.
	Outlines []Outline
}

type opmlDocument struct {
	XMLName xml.Name `xml:"opml"`
	Version string   `xml:"version,attr"`
	Title   string   `xml:"head>title"`
	Body    opmlBody `xml:"body"`
}

type opmlBody struct {
	Outlines []opmlOutline `xml:"outline"`
}

// opmlOutline repeats a feed's text as its title, which some readers show
// instead.
type opmlOutline struct {
	Type        string        `xml:"type,attr,omitempty"`
	Text        string        `xml:"text,attr"`
	Title       string        `xml:"title,attr,omitempty"`
	Description string        `xml:"description,attr,omitempty"`
	Feed        string        `xml:"xmlUrl,attr,omitempty"`
	Home        string        `xml:"htmlUrl,attr,omitempty"`
	Language    string        `xml:"language,attr,omitempty"`
	Outlines    []opmlOutline `xml:"outline"`
}

// OPML writes a list of feeds that a reader can subscribe to in one go (OPML
// 2.0, "Subscription lists"). The only errors are those of w.
func OPML(w io.Writer, title string, outlines []Outline) error {
	root := &opmlDocument{
		Version: "2.0",
		Title:   line(title),
		Body:    opmlBody{newOutlines(outlines)},
	}
	if err := writeXML(w, document{root: root}); err != nil {
		return fmt.Errorf("writing the list of feeds: %w", err)
	}
	return nil
}

func newOutlines(outlines []Outline) []opmlOutline {
	out := make([]opmlOutline, len(outlines))
	for i, o := range outlines {
		out[i] = opmlOutline{
			Text:        line(o.Title),
			Description: line(o.Description),
			Feed:        address(o.Feed),
			Home:        address(o.Home),
			Language:    line(o.Language),
			Outlines:    newOutlines(o.Outlines),
		}
		if out[i].Feed != "" {
			// The type is "rss" for feeds of every format.
			out[i].Type, out[i].Title = "rss", out[i].Text
		}
	}
	return out
}
