// Package feed writes what readers subscribe to: RSS 2.0, Atom and JSON Feed
// of the same entries, and the OPML list of all of a site's feeds.
//
// The three formats are three spellings of one view, Channel. They are written
// to what their readers are known to cope with, which is narrower than what
// their specifications allow:
//
//   - RSS 2.0 follows the RSS Advisory Board's Best Practices Profile
//     (https://www.rssboard.org/rss-profile);
//   - Atom follows RFC 4287;
//   - JSON Feed follows version 1.1 (https://www.jsonfeed.org/version/1.1/);
//   - OPML follows version 2.0 (http://opml.org/spec2.opml).
//
// The same Channel always gives the same bytes: nothing is read but the view,
// and least of all the clock.
package feed

import (
	"slices"
	"time"
)

// generator names the program that wrote a feed. It carries no version, so
// that a new release leaves every feed as it was.
const generator = "bulletin"

// Channel is one feed, as all three formats see it. It is data only. Every
// address in it is absolute.
type Channel struct {
	// Title is required. Description is plain text.
	Title, Description string
	// Home is the page that the feed belongs to; required.
	Home string
	// RSS, Atom and JSON are where the feed itself is published. Each format
	// names its own, so that a saved copy can be refreshed.
	RSS, Atom, JSON string
	// Language is a BCP 47 tag, such as "en-GB".
	Language string
	// Publisher and Email say who answers for the feed. An Email that is no
	// address is left out.
	Publisher, Email string
	// Updated is when the newest entry was last changed; never the time of the
	// build, which would make every reader fetch what has not changed. A feed
	// that never had an entry leaves it zero: RSS then says nothing, and Atom,
	// which must say something, says 1970-01-01T00:00:00Z.
	Updated time.Time
	// Hub is the WebSub hub that tells subscribers of changes, or "".
	Hub string
	// Icon is a square picture for the whole feed, or "".
	Icon string
	// Stylesheet is a CSS file that browsers show RSS and Atom with, or "". Its
	// address may begin with the path, so that a preview shows its own.
	Stylesheet string
	// Items come newest first. They may be shared between channels: nothing
	// in this package changes them.
	Items []*Item
}

// Item is one entry of a feed. Every address in it is absolute.
type Item struct {
	// ID stays the same for as long as the entry exists, wherever it moves:
	// readers take an entry with a new one for unread. It need not be an
	// address. "" means URL.
	ID string
	// URL is the entry's page; Title is plain text. Both are required.
	URL, Title string
	// Summary is plain text; Content is HTML. Either may be empty.
	Summary, Content string
	// Published and Updated are written with the offset they carry, so that a
	// reader that does not convert times still shows the right day. A zero
	// Updated means never changed.
	Published, Updated time.Time
	// Authors are names; Categories are plain text.
	Authors, Categories []string
	// Enclosures are the files that belong to the entry, the most important
	// first: it is the only one that every RSS reader offers.
	Enclosures []Enclosure
	// Image is the entry's main picture, or "", and ImageAlt its text
	// alternative.
	Image, ImageAlt string
	// Language is a BCP 47 tag, or "" for the channel's.
	Language string
}

// Enclosure is a file that belongs to an entry.
type Enclosure struct {
	// URL is required; Type is its media type, "" if unknown.
	URL, Type, Title string
	// Length counts bytes; 0 if unknown.
	Length int64
}

// clean copies the channel into a form that every format can write as it is:
// no character that XML forbids, names on one line, addresses that are URIs,
// nothing empty in a list.
func (c *Channel) clean() *Channel {
	out := &Channel{
		Title:       line(c.Title),
		Description: line(c.Description),
		Home:        address(c.Home),
		RSS:         address(c.RSS),
		Atom:        address(c.Atom),
		JSON:        address(c.JSON),
		Language:    line(c.Language),
		Publisher:   line(c.Publisher),
		Email:       mailbox(c.Email),
		Updated:     c.Updated,
		Hub:         address(c.Hub),
		Icon:        address(c.Icon),
		Stylesheet:  address(c.Stylesheet),
		Items:       make([]*Item, 0, len(c.Items)),
	}
	for _, item := range c.Items {
		if item != nil {
			out.Items = append(out.Items, item.clean(out.Language))
		}
	}
	return out
}

// clean is the item's part of Channel.clean. The language is kept only where
// it differs from the channel's.
func (it *Item) clean(channelLanguage string) *Item {
	out := &Item{
		ID:         line(it.ID),
		URL:        address(it.URL),
		Title:      line(it.Title),
		Summary:    line(it.Summary),
		Content:    scrub(it.Content),
		Published:  it.Published,
		Updated:    it.Updated,
		Authors:    lines(it.Authors),
		Categories: lines(it.Categories),
		Image:      address(it.Image),
		ImageAlt:   line(it.ImageAlt),
		Language:   line(it.Language),
	}
	if it.ID == "" || it.ID == it.URL {
		out.ID = out.URL
	}
	if out.Language == channelLanguage {
		out.Language = ""
	}
	for _, e := range it.Enclosures {
		file := Enclosure{URL: address(e.URL), Type: mediaType(e.Type), Title: line(e.Title), Length: max(e.Length, 0)}
		if file.URL != "" {
			out.Enclosures = append(out.Enclosures, file)
		}
	}
	return out
}

// lines cleans a list of names: one line each, no empty ones, none twice.
func lines(names []string) []string {
	var out []string
	for _, name := range names {
		if name = line(name); name != "" && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}
