package feed

import (
	"fmt"
	"mime"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// complaints collects what a rule book finds wrong with a document.
type complaints []string

func (c *complaints) addf(format string, args ...any) { *c = append(*c, fmt.Sprintf(format, args...)) }

// The elements that RSS 2.0 defines; any other must be in a namespace.
var (
	rssChannelElements = strings.Fields("title link description language copyright managingEditor webMaster pubDate " +
		"lastBuildDate category generator docs cloud ttl image rating textInput skipHours skipDays item")
	rssItemElements  = strings.Fields("title link description author category comments enclosure guid pubDate source")
	rssImageElements = strings.Fields("url title link width height description")
)

// rssProblems checks a document against RSS 2.0 and the RSS Advisory Board's
// Best Practices Profile. The quoted titles are the profile's.
func rssProblems(doc []byte, self string) (c complaints) {
	root, err := parseXML(doc)
	if err != nil {
		return complaints{"not well-formed: " + err.Error()}
	}
	channels := root.all("channel")
	if root.name != "rss" || root.attrs["version"] != "2.0" || len(channels) != 1 {
		return complaints{"not an RSS 2.0 document with one channel"}
	}
	c.characterData(doc)
	c.rssChannel(channels[0])
	c.rssSelf(channels[0], self)
	c.rssImage(channels[0])
	guids := map[string]bool{}
	for _, item := range channels[0].all("item") {
		c.rssItem(item)
		c.rssEnclosure(item)
		c.rssGUID(item, guids)
		if built, err := time.Parse(time.RFC1123Z, channels[0].value("lastBuildDate")); err == nil {
			if published, err := time.Parse(time.RFC1123Z, item.value("pubDate")); err == nil && published.After(built) {
				c.addf("pubDate %v is after lastBuildDate %v", published, built)
			}
		}
	}
	return c
}

var (
	cdataSection = regexp.MustCompile(`(?s)<!\[CDATA\[.*?\]\]>`)
	tag          = regexp.MustCompile(`(?s)<[^>]*>`)
	reference    = regexp.MustCompile(`&[^;]*;?`)
)

// characterData: "Character Data" recommends hexadecimal references for markup
// in plain text.
func (c *complaints) characterData(doc []byte) {
	plain := tag.ReplaceAll(cdataSection.ReplaceAll(doc, nil), nil)
	for _, ref := range reference.FindAllString(string(plain), -1) {
		if !slices.Contains([]string{"&#x26;", "&#x3C;", "&#x3E;"}, ref) {
			c.addf("character data uses %s", ref)
		}
	}
}

func (c *complaints) rssChannel(channel *node) {
	seen := map[string]int{}
	for _, child := range channel.children {
		if !strings.Contains(child.name, ":") && !slices.Contains(rssChannelElements, child.name) {
			c.addf("unknown channel element %s", child.name)
		}
		if child.name != "item" && seen["item"] > 0 {
			c.addf("%s stands after an item", child.name)
		}
		seen[child.name]++
		if seen[child.name] > 1 && !slices.Contains([]string{"item", "category", "atom:link"}, child.name) {
			c.addf("channel has %s twice", child.name)
		}
	}
	for _, required := range []string{"title", "link", "description"} {
		if strings.TrimSpace(channel.value(required)) == "" {
			c.addf("channel lacks %s", required)
		}
	}
	c.webAddress("channel link", channel.value("link"))
	if docs := channel.value("docs"); docs != "" {
		c.webAddress("docs", docs)
	}
	for _, name := range []string{"lastBuildDate", "pubDate"} {
		c.rssDate(channel, name)
	}
	for _, name := range []string{"managingEditor", "webMaster"} {
		c.rssEmail(channel, name)
	}
	if ttl := channel.value("ttl"); ttl != "" && !regexp.MustCompile(`^[1-9]\d*$`).MatchString(ttl) {
		c.addf("ttl is %q", ttl)
	}
	c.languageTag(channel.value("language"))
}

// rssSelf: "atom:link" wants the feed's own address in the feed.
func (c *complaints) rssSelf(channel *node, self string) {
	found := 0
	for _, link := range channel.all("atom:link") {
		c.webAddress("atom:link", link.attrs["href"])
		if link.attrs["rel"] == "self" {
			found++
			if link.attrs["href"] != self || link.attrs["type"] != "application/rss+xml" {
				c.addf("atom:link self is %v", link.attrs)
			}
		}
	}
	if found != 1 {
		c.addf("%d atom:links to the feed itself", found)
	}
}

// rssImage: "image" repeats the channel's title and link, and is a GIF, JPEG
// or PNG.
func (c *complaints) rssImage(channel *node) {
	for _, image := range channel.all("image") {
		for _, child := range image.children {
			if !slices.Contains(rssImageElements, child.name) {
				c.addf("unknown image element %s", child.name)
			}
		}
		if image.value("title") != channel.value("title") || image.value("link") != channel.value("link") {
			c.addf("image has another title or link than its channel")
		}
		c.webAddress("image url", image.value("url"))
		if !slices.Contains([]string{".gif", ".jpg", ".jpeg", ".png"}, path.Ext(image.value("url"))) {
			c.addf("image is of another type: %s", image.value("url"))
		}
	}
}

func (c *complaints) rssItem(item *node) {
	seen := map[string]bool{}
	for _, child := range item.children {
		if !strings.Contains(child.name, ":") && !slices.Contains(rssItemElements, child.name) {
			c.addf("unknown item element %s", child.name)
		}
		if seen[child.name] && !slices.Contains([]string{"category", "dc:creator", "media:content", "enclosure"}, child.name) {
			c.addf("item has %s twice", child.name)
		}
		if child.name == "content:encoded" && !seen["description"] {
			c.addf("content:encoded without a description before it")
		}
		if !strings.Contains(child.name, ":") && len(child.children) > 0 {
			c.addf("%s has child elements", child.name)
		}
		if child.name != "enclosure" && child.name != "media:content" && strings.TrimSpace(child.text) == "" {
			c.addf("%s is empty", child.name)
		}
		seen[child.name] = true
	}
	if item.value("title") == "" && item.value("description") == "" {
		c.addf("item with neither title nor description")
	}
	if seen["author"] && seen["dc:creator"] {
		c.addf("author and dc:creator on one item")
	}
	if link := item.value("link"); link != "" {
		c.webAddress("item link", link)
	}
	c.rssDate(item, "pubDate")
	c.rssEmail(item, "author")
	for _, html := range []string{item.value("description"), item.value("content:encoded")} {
		for _, address := range relativeAddresses(html) {
			c.addf("relative address %q", address)
		}
	}
	for _, m := range item.all("media:content") {
		c.webAddress("media:content", m.attrs["url"])
	}
}

// rssEnclosure: "enclosure" allows one, with a length of 0 where it is unknown.
func (c *complaints) rssEnclosure(item *node) {
	enclosures := item.all("enclosure")
	if len(enclosures) > 1 {
		c.addf("%d enclosures on one item", len(enclosures))
	}
	for _, e := range enclosures {
		c.webAddress("enclosure", e.attrs["url"])
		if _, err := strconv.ParseUint(e.attrs["length"], 10, 63); err != nil {
			c.addf("enclosure length %q", e.attrs["length"])
		}
		c.mediaType(e.attrs["type"])
	}
}

// rssGUID: "guid" wants one on every item, unique, and an address where it
// says that it is one (which it does unless it says otherwise).
func (c *complaints) rssGUID(item *node, seen map[string]bool) {
	guids := item.all("guid")
	if len(guids) != 1 {
		c.addf("%d guids on one item", len(guids))
		return
	}
	guid := guids[0]
	if seen[guid.text] {
		c.addf("guid %s twice", guid.text)
	}
	seen[guid.text] = true
	switch guid.attrs["isPermaLink"] {
	case "false":
		if guid.text == item.value("link") {
			c.addf("guid is the link but says that it is not")
		}
	case "", "true":
		c.webAddress("guid", guid.text)
	default:
		c.addf("isPermaLink is %q", guid.attrs["isPermaLink"])
	}
}

var rfc822Date = regexp.MustCompile(`^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d ([+-]\d{4}|GMT)$`)

// rssDate: "Dates and Times" wants RFC 822 with a year of four digits.
func (c *complaints) rssDate(parent *node, name string) {
	for _, date := range parent.all(name) {
		parsed, err := time.Parse(time.RFC1123Z, strings.Replace(date.text, "GMT", "+0000", 1))
		if err != nil || !rfc822Date.MatchString(date.text) || parsed.Format("Mon") != date.text[:3] {
			c.addf("%s is %q", name, date.text)
		}
	}
}

var rssAddress = regexp.MustCompile(`^[^\s@()<>]+@[^\s@()<>]+ \([^()]+\)$`)

// rssEmail: "Email Addresses" recommends "address (name)".
func (c *complaints) rssEmail(parent *node, name string) {
	for _, email := range parent.all(name) {
		if !rssAddress.MatchString(email.text) {
			c.addf("%s is %q", name, email.text)
		}
	}
}

// webAddress complains of anything but an absolute http address of nothing but
// what a URI may contain (RFC 3986).
func (c *complaints) webAddress(what, address string) {
	parsed, err := url.Parse(address)
	if err != nil || parsed.Scheme != "http" && parsed.Scheme != "https" || parsed.Host == "" ||
		!regexp.MustCompile(`^([A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+$`).MatchString(address) {
		c.addf("%s is no absolute web address: %q", what, address)
	}
}

func (c *complaints) mediaType(s string) {
	if _, _, err := mime.ParseMediaType(s); err != nil || !strings.Contains(s, "/") {
		c.addf("media type %q", s)
	}
}

func (c *complaints) languageTag(s string) {
	if s != "" && !regexp.MustCompile(`^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$`).MatchString(s) {
		c.addf("language %q", s)
	}
}

var (
	addressAttribute = regexp.MustCompile(`(?i)\s(?:src|href|poster|data|cite|action)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))`)
	srcset           = regexp.MustCompile(`(?i)\ssrcset\s*=\s*"([^"]*)"`)
	scheme           = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*:`)
)

// relativeAddresses lists the addresses in HTML that mean something else in a
// reader than on the page.
func relativeAddresses(html string) []string {
	var addresses, relative []string
	for _, found := range addressAttribute.FindAllStringSubmatch(html, -1) {
		addresses = append(addresses, found[1]+found[2]+found[3])
	}
	for _, found := range srcset.FindAllStringSubmatch(html, -1) {
		for candidate := range strings.SplitSeq(found[1], ",") {
			addresses = append(addresses, strings.TrimSpace(candidate))
		}
	}
	for _, address := range addresses {
		if !scheme.MatchString(address) {
			relative = append(relative, address)
		}
	}
	return relative
}

func TestRSSKeepsTheBestPracticesProfile(t *testing.T) {
	c := sample()
	for _, problem := range rssProblems(render(t, RSS, c), c.RSS) {
		t.Error(problem)
	}
	c.Items, c.Updated, c.Description, c.Language = nil, time.Time{}, "", ""
	doc := render(t, RSS, c)
	for _, problem := range rssProblems(doc, c.RSS) {
		t.Error("without items: ", problem)
	}
	if strings.Contains(string(doc), "lastBuildDate") {
		t.Error("a feed without items claims a lastBuildDate")
	}
}

func TestProfileCheckNoticesWhatItIsFor(t *testing.T) {
	c := sample()
	good := string(render(t, RSS, c))
	for _, test := range []struct{ old, new, want string }{
		{"</rss>", "", "not well-formed"},
		{`version="2.0"`, `version="0.91"`, "not an RSS 2.0"},
		{"&#x26; inclusion", "&amp; inclusion", "character data uses &amp;"},
		{"<ttl>60</ttl>", "<ttl>0</ttl>", "ttl is"},
		{"<ttl>60</ttl>", "<tll>60</tll>", "unknown channel element tll"},
		{"</item>\n  </channel>", "</item><ttl>60</ttl></channel>", "ttl stands after an item"},
		{"<description>News from the region's councils &#x26; partners</description>", "", "channel lacks description"},
		{"<generator>", "<title>Again</title><generator>", "channel has title twice"},
		{"<link>https://updates.example.org/topics/send/</link>", "<link>/topics/send/</link>", "channel link is no absolute"},
		{"Tue, 30 Sep 2025 09:15:00 +0100", "Tue, 30 Sep 25 09:15:00 +0100", "lastBuildDate is"},
		{"Tue, 30 Sep 2025 09:15:00 +0100", "Tue, 30 Sep 2025 09:15:00 BST", "lastBuildDate is"},
		{"Tue, 30 Sep 2025", "Mon, 30 Sep 2025", "lastBuildDate is"},
		{"Tue, 30 Sep 2025", "Sun, 01 Sep 2024", "is after lastBuildDate"},
		{"comms@example.org (Example Partnership [Midlands])", "comms@example.org", "managingEditor is"},
		{">en-GB<", ">English (UK)<", "language"},
		{`rel="self"`, `rel="alternate"`, "0 atom:links"},
		{`type="application/rss+xml"`, `type="text/xml"`, "atom:link self is"},
		{"<url>https://updates.example.org/icon.png</url>", "<url>https://updates.example.org/icon.svg</url>", "another type"},
		{"<title>SEND &#x26; inclusion: updates</title>\n      <link>", "<title>SEND</title><link>", "another title"},
		{"<dc:creator>A. N. Other</dc:creator>", "<author>a@example.org (A)</author>", "author and dc:creator"},
		{"<dc:creator>A. N. Other</dc:creator>", "<creator>A. N. Other</creator>", "unknown item element creator"},
		{"<category>SEND</category>", "<category></category>", "category is empty"},
		{"<category>SEND</category>", "<category>Places<b>Walsall</b></category>", "category has child elements"},
		{"<description>How R&#x26;amp;D helps where attendance is &#x26;lt; 90%.</description>", "", "content:encoded without a description"},
		{"<title>Webinar</title>\n      <link>https://updates.example.org/events/webinar/</link>\n      <description>One hour, online, free.</description>", "", "neither title nor"},
		{`length="1234567"`, `length="1.2 MB"`, "enclosure length"},
		{`length="0"`, `length="-1"`, "enclosure length"},
		{`type="application/octet-stream"`, `type="pdf"`, "media type"},
		{"<pubDate>Tue, 23", `<enclosure url="https://e.example/" length="0" type="a/b"/><pubDate>Tue, 23`, "2 enclosures"},
		{`isPermaLink="true"`, `isPermaLink="false"`, "says that it is not"},
		{`isPermaLink="false"`, `isPermaLink="true"`, "guid is no absolute"},
		{`isPermaLink="false"`, `isPermaLink="no"`, "isPermaLink is"},
		{"urn:uuid:3f1c2d54-93a1-4c41-9d6c-2c1f8f6d2a10", "articles/2025/belonging.md", "twice"},
		{`<guid isPermaLink="false">urn:uuid:3f1c2d54-93a1-4c41-9d6c-2c1f8f6d2a10</guid>`, "", "0 guids"},
		{`href="https://updates.example.org/a/?b=1&amp;c=2"`, `href='../a/'`, "relative address"},
		{`href="https://updates.example.org/a/?b=1&amp;c=2"`, `srcset="https://e.example/a.jpg 1x, b.jpg 2x"`, "relative address"},
		{"/belonging/hall.jpg", "/belonging/hall 1.jpg", "media:content is no absolute"},
	} {
		bad := strings.Replace(good, test.old, test.new, 1)
		if bad == good {
			t.Errorf("%q does not occur", test.old)
		}
		if got := strings.Join(rssProblems([]byte(bad), c.RSS), "\n"); !strings.Contains(got, test.want) {
			t.Errorf("%q for %q: got %q, want %q", test.new, test.old, got, test.want)
		}
	}
}
