// Package config reads content/site.yaml and the registers, the lists of known
// places, topics, organisations, people, venues and abbreviations.
//
// A new site needs only a title and an address:
//
//	title: Walsall Learning Alliance
//	url: https://updates.example.org
package config

import (
	"fmt"
	"net/url"
	"path"
	"regexp"
	"strconv"
	"strings"
	"time"

	"bulletin/internal/diag"
	"bulletin/internal/header"
)

// File is the settings file, relative to the site's folder.
const File = "content/site.yaml"

// RuleNoSettings is the rule of the problem that the settings file is missing.
const RuleNoSettings = "no-settings"

// misnamedFile is the settings file under the other ending that YAML has.
const misnamedFile = "content/site.yml"

// IsSetting reports whether a file of the site belongs to the settings and
// registers.
func IsSetting(file string) bool {
	return file == File || file == misnamedFile || strings.HasPrefix(file, Registers)
}

// Config is what a site's settings and registers say. It is read once and
// never changed.
type Config struct {
	Title       header.Text
	Description header.Text
	// URL is the address that the site is published at, with a final slash,
	// such as "https://example.org/updates/".
	URL string
	// Base is the path of that address: "/", or "/updates/".
	Base string
	// Language is a BCP 47 tag.
	Language string
	// Location is the zone in which dates without one are read and shown.
	Location *time.Location
	Region   header.Text
	// Publisher is who is responsible for the site.
	Publisher Publisher
	// Navigation lists the pages of the site's main menu.
	Navigation []NavItem
	// Colour is the brand colour as written; empty for the theme's own.
	Colour header.Text
	// SocialPictures asks for a picture of each entry that other sites show
	// with a link.
	SocialPictures bool
	Feeds          Feeds
	Newsletter     Newsletter
	Accessibility  Accessibility
	Privacy        Privacy
	Events         Events
	Hosting        Hosting
	// Checks are the settings of the rules of `bulletin check`.
	Checks []Check

	Places        *Register
	Topics        *Register
	Organisations *Register
	People        *Register
	Venues        *Register
	// Glossary maps abbreviations to their meaning.
	Glossary map[string]string
}

// Publisher is the body that publishes the site.
type Publisher struct {
	Name, Email, Phone header.Text
	// Address has one element a line.
	Address []header.Text
	// Logo is the path of a picture, like any path in a settings file: from
	// content/.
	Logo header.Text
}

// NavItem is an entry of the main menu.
type NavItem struct {
	// Title is empty when the page's own title serves.
	Title header.Text
	// Page is a file such as "about.md" or an address such as "/events/".
	Page header.Text
}

// Feeds are the settings of RSS, Atom and JSON Feed.
type Feeds struct {
	// Limit is the largest number of entries in a feed.
	Limit int
	// Hub is the address of a WebSub hub, or empty.
	Hub header.Text
}

// Newsletter holds what every issue's e-mail has in common.
type Newsletter struct {
	From, ReplyTo, Unsubscribe, List header.Text
	// InlinePictures puts the pictures into the draft instead of links to them.
	InlinePictures bool
}

// Events are the settings of events and deadlines, in days.
type Events struct {
	// ClosesSoon is how long before a deadline it is shown as close.
	ClosesSoon int
	// CancelGrace is how long a cancelled event stays in calendars under the
	// title "CANCELLED: ...", since some programs hide an event at once when it
	// has the status of a cancelled one.
	CancelGrace int
}

// Defaults of settings that may be left out.
const (
	DefaultLanguage  = "en-GB"
	DefaultTimezone  = "Europe/London"
	DefaultFeedLimit = 20
	// DefaultClosesSoon and DefaultCancelGrace are in days.
	DefaultClosesSoon  = 7
	DefaultCancelGrace = 14
)

// languageTag is the shape of the BCP 47 tags that web pages use.
var languageTag = regexp.MustCompile(`^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$`)

// settings reads content/site.yaml. data is nil when there is no such file.
func settings(data []byte) (*Config, diag.List) {
	c := &Config{Base: "/", Language: DefaultLanguage, Feeds: Feeds{Limit: DefaultFeedLimit}}
	c.Events = Events{ClosesSoon: DefaultClosesSoon, CancelGrace: DefaultCancelGrace}
	c.Hosting = Hosting{HTTPSOnly: DefaultHTTPSOnly}
	c.Location, _ = time.LoadLocation(DefaultTimezone)
	if data == nil {
		return c, diag.List{diag.Errorf(diag.Pos{File: File}, RuleNoSettings,
			"write a file content/site.yaml with two lines:\ntitle: The name of your site\nurl: https://www.example.org\nor start a new site with: bulletin init FOLDER",
			"there is no settings file")}
	}
	text, problems := header.Clean(File, data)
	if problems.HasErrors() {
		return c, problems
	}
	f := header.YAML(File, text).Fields()
	f.Meant(map[string]string{
		"name": "the name of the site is its `title`", "baseurl": "write `url`", "base_url": "write `url`",
		"lang": "write `language`", "color": "write `colour`", "menu": "write `navigation`", "locale": "write `language`",
	})
	c.Title = f.Required("title", "it is the name of the site", "West Midlands Regional Update")
	c.Description = f.Text("description")
	c.Region = f.Text("region")
	c.Colour = f.Text("colour")
	c.SocialPictures = f.Bool("social_pictures")
	c.readURL(f)
	c.readLanguage(f)
	c.readZone(f)
	c.readPublisher(f.Map("publisher"))
	c.readNavigation(f)
	c.readFeeds(f.Map("feeds"))
	n := f.Map("newsletter")
	c.Newsletter = Newsletter{From: n.Text("from"), ReplyTo: n.Text("reply_to"), Unsubscribe: n.Text("unsubscribe"), List: n.Text("list"),
		InlinePictures: n.Choice("pictures", "link", "inline") == "inline"}
	c.readStatements(f)
	e := f.Map("events")
	c.Events.ClosesSoon = days(e, "events", "closes_soon", DefaultClosesSoon)
	c.Events.CancelGrace = days(e, "events", "cancel_grace", DefaultCancelGrace)
	c.readChecks(f)
	c.readHosting(f.Map("hosting"))
	problems.Add(f.Finish()...)
	return c, problems
}

// days reads a key that takes a number of days, "14" or "14 days".
func days(f *header.Fields, group, key string, otherwise int) int {
	t := f.Text(key)
	if t.Value == "" {
		return otherwise
	}
	number, unit, _ := strings.Cut(strings.ToLower(t.Value), " ")
	n, err := strconv.Atoi(number)
	if err != nil || n < 0 || n > 366 || unit != "" && unit != "day" && unit != "days" {
		f.Problem(diag.Errorf(t.Pos, "wrong-type", fmt.Sprintf("write `%s: %d days`", key, otherwise), "`%s.%s` takes a number of days, not `%s`", group, key, t.Value))
		return otherwise
	}
	return n
}

func (c *Config) readURL(f *header.Fields) {
	t := f.Required("url", "it is the address that the site is published at, and feeds need it", "https://www.example.org")
	if t.Value == "" {
		return
	}
	if err := c.SetURL(t.Value); err != nil {
		f.Problem(diag.Errorf(t.Pos, "url", "write `url: https://www.example.org`, with a path if the site stands in a folder of that server", "%v", err))
	}
}

// SetURL sets the address that the site is published at. The error is in plain
// English.
func (c *Config) SetURL(address string) error {
	u, err := url.Parse(address)
	switch {
	case err != nil || u.Scheme != "https" && u.Scheme != "http" || !isHost(u.Host):
		return fmt.Errorf("%q is not a web address that begins with https://", address)
	case u.RawQuery != "" || u.Fragment != "" || u.User != nil:
		return fmt.Errorf("the site's address %q cannot have a query, a fragment or a password", address)
	}
	u.Path = path.Join("/", u.Path, "/") // two slashes at its beginning would name another host
	if u.Path != "/" {
		u.Path += "/"
	}
	u.RawPath = ""
	c.URL, c.Base = u.String(), u.EscapedPath()
	return nil
}

func (c *Config) readLanguage(f *header.Fields) {
	t := f.Text("language")
	if t.Value == "" {
		return
	}
	if !IsLanguage(t.Value) {
		f.Problem(diag.Errorf(t.Pos, "language", "write `language: en-GB` for English or `language: cy` for Welsh", "`%s` is not a language code", t.Value))
		return
	}
	c.Language = t.Value
}

// IsLanguage reports whether a text has the shape of a language tag.
func IsLanguage(tag string) bool { return languageTag.MatchString(tag) }

func (c *Config) readZone(f *header.Fields) {
	t := f.Text("timezone")
	if t.Value == "" {
		return
	}
	if loc, ok := Zone(t.Value); ok {
		c.Location = loc
		return
	}
	f.Problem(diag.Errorf(t.Pos, "timezone", "write a name of the time zone database, such as `timezone: Europe/London`", "`%s` is not a time zone", t.Value))
}

// Zone gives the time zone of a name of the IANA time zone database. "Local"
// is refused: output must not depend on the machine.
func Zone(name string) (*time.Location, bool) {
	if name == "" || name == "Local" {
		return nil, false
	}
	loc, err := time.LoadLocation(name)
	return loc, err == nil
}

func (c *Config) readPublisher(f *header.Fields) {
	c.Publisher = Publisher{Name: f.Text("name"), Email: Email(f, "email"), Phone: f.Text("phone"), Logo: f.Text("logo")}
	address := f.Value("address")
	if address.Kind() == header.Scalar {
		t := address.Text()
		for line := range strings.Lines(t.Value) {
			if line = strings.TrimSpace(line); line != "" {
				c.Publisher.Address = append(c.Publisher.Address, header.Text{Value: line, Pos: t.Pos})
			}
		}
		return
	}
	c.Publisher.Address = address.Texts()
}

func (c *Config) readNavigation(f *header.Fields) {
	for _, item := range f.Value("navigation").List() {
		if item.Kind() == header.Scalar {
			c.Navigation = append(c.Navigation, NavItem{Page: item.Text()})
			continue
		}
		m := item.Fields()
		n := NavItem{Title: m.Text("title"), Page: m.Required("page", "it says where this entry of the menu leads", "about.md")}
		if n.Page.Value != "" {
			c.Navigation = append(c.Navigation, n)
		}
	}
}

func (c *Config) readFeeds(f *header.Fields) {
	if f.Has("limit") {
		if n := f.Int("limit"); n >= 1 && n <= 500 {
			c.Feeds.Limit = n
		} else if n != 0 || f.Text("limit").Value == "0" {
			f.Problem(diag.Errorf(f.Value("limit").Pos(), "wrong-type", "write `limit: 20`", "a feed can have from 1 to 500 entries, not %d", n))
		}
	}
	c.Feeds.Hub = WebAddress(f, "hub")
}
