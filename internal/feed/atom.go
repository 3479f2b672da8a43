package feed

import (
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/gorilla/feeds"
)

const atomType = "application/atom+xml"

// atomFeed adds to the library's feed what it lacks. Fields of the same
// element name hide the library's.
type atomFeed struct {
	XMLName  xml.Name `xml:"feed"`
	Language string   `xml:"xml:lang,attr,omitempty"`
	MediaNS  string   `xml:"xmlns:media,attr"`
	feeds.AtomFeed
	Generator string       `xml:"generator"`
	Links     []atomLink   `xml:"link"`
	Entries   []*atomEntry `xml:"entry"`
}

// atomEntry adds to the library's entry what it lacks.
type atomEntry struct {
	XMLName  xml.Name `xml:"entry"`
	Language string   `xml:"xml:lang,attr,omitempty"`
	feeds.AtomEntry
	Authors    []*feeds.AtomAuthor `xml:"author"`
	Categories []atomCategory      `xml:"category"`
	Links      []atomLink          `xml:"link"`
	Content    *atomContent        `xml:"content"`
	Media      []*media            `xml:"media:content"`
}

type atomLink struct {
	feeds.AtomLink
	Title string `xml:"title,attr,omitempty"`
}

type atomCategory struct {
	Term string `xml:"term,attr"`
}

type atomContent struct {
	Type string `xml:"type,attr"`
	element
}

// Atom writes the channel as an Atom feed (RFC 4287). The only errors are
// those of w.
func Atom(w io.Writer, c *Channel) error { return writeAtom(w, c.clean()) }

// writeAtom needs a clean channel.
func writeAtom(w io.Writer, c *Channel) error {
	feed := &atomFeed{
		Language: c.Language,
		MediaNS:  mediaNamespace,
		AtomFeed: feeds.AtomFeed{
			Xmlns:    atomNamespace,
			Title:    c.Title,
			Subtitle: c.Description,
			Id:       atomID(c.Home, cmp.Or(c.Atom, c.Home)),
			Updated:  rfc3339(c.Updated),
			Icon:     c.Icon,
			// The feed needs an author for entries that have none (section 4.1.1).
			Author: &feeds.AtomAuthor{AtomPerson: feeds.AtomPerson{Name: cmp.Or(c.Publisher, c.Title), Email: c.Email}},
		},
		Generator: generator,
		Links:     atomLinks(c),
	}
	for _, item := range c.Items {
		feed.Entries = append(feed.Entries, newAtomEntry(c, item))
	}
	if err := writeXML(w, document{feed, c.Stylesheet}); err != nil {
		return fmt.Errorf("writing the Atom feed: %w", err)
	}
	return nil
}

// atomLinks are the feed's own links.
func atomLinks(c *Channel) []atomLink {
	links := []atomLink{newAtomLink(c.Home, "alternate", "text/html")}
	if c.Atom != "" {
		links = append(links, newAtomLink(c.Atom, "self", atomType))
	}
	if c.Hub != "" {
		links = append(links, newAtomLink(c.Hub, "hub", ""))
	}
	return links
}

func newAtomLink(href, rel, mediaType string) atomLink {
	return atomLink{AtomLink: feeds.AtomLink{Href: href, Rel: rel, Type: mediaType}}
}

// newAtomEntry needs a clean channel and item.
func newAtomEntry(c *Channel, it *Item) *atomEntry {
	entry := &atomEntry{
		Language: it.Language,
		AtomEntry: feeds.AtomEntry{
			Title:   it.Title,
			Id:      atomID(c.Home, it.ID),
			Updated: rfc3339(it.changed()),
		},
		Media: picture(it),
	}
	if !it.Published.IsZero() {
		entry.Published = rfc3339(it.Published)
	}
	if it.URL != "" {
		entry.Links = append(entry.Links, newAtomLink(it.URL, "alternate", "text/html"))
	}
	for _, e := range it.Enclosures {
		link := newAtomLink(e.URL, "enclosure", e.Type)
		link.Title = e.Title
		if e.Length > 0 {
			link.Length = strconv.FormatInt(e.Length, 10)
		}
		entry.Links = append(entry.Links, link)
	}
	for _, name := range it.Authors {
		entry.Authors = append(entry.Authors, &feeds.AtomAuthor{AtomPerson: feeds.AtomPerson{Name: name}})
	}
	for _, category := range it.Categories {
		entry.Categories = append(entry.Categories, atomCategory{category})
	}
	if it.Summary != "" {
		entry.Summary = &feeds.AtomSummary{Type: "text", Content: it.Summary}
	}
	if it.Content != "" {
		entry.Content = &atomContent{"html", element{cdata(it.Content)}}
	}
	return entry
}

// changed is when the item last changed; at the earliest when it came out.
func (it *Item) changed() time.Time {
	if it.Updated.Before(it.Published) {
		return it.Published
	}
	return it.Updated
}

// rfc3339 writes a time; the zero time as the beginning of 1970.
func rfc3339(t time.Time) string {
	if t.IsZero() {
		t = time.Unix(0, 0).UTC()
	}
	return t.Format(time.RFC3339)
}

// iri matches what is used as an Atom id as it is: an absolute IRI (RFC 3987)
// of a scheme that is meant for it.
var iri = regexp.MustCompile(`^(https?://|tag:|urn:)[^\x00-\x20"<>\\^` + "`" + `{|}\x7f-\x{a0}]+$`)

// atomID turns an id into an IRI, as section 4.2.6 requires: one that is no
// IRI becomes a tag URI (RFC 4151) of the host of the channel's home page.
//
// The date in a tag says when its host had its owner, so that a later owner's
// tags differ. It must never change and never be the day of the build, hence a
// fixed one.
func atomID(home, id string) string {
	if iri.MatchString(id) {
		return id
	}
	const date = "2025"
	host := "localhost"
	if parsed, err := url.Parse(home); err == nil && parsed.Hostname() != "" {
		host = strings.Map(hostCharacter, strings.ToLower(parsed.Hostname()))
	}
	return "tag:" + host + "," + date + ":" + percentEncode(id, tagCharacters)
}

// hostCharacter replaces what a tag's host may not contain.
func hostCharacter(r rune) rune {
	if 'a' <= r && r <= 'z' || '0' <= r && r <= '9' || r == '.' || r == '-' {
		return r
	}
	return '-'
}
