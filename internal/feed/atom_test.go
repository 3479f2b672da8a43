package feed

import (
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// atomProblems checks a document against RFC 4287, by section.
func atomProblems(doc []byte, self string) (c complaints) {
	root, err := parseXML(doc)
	if err != nil {
		return complaints{"not well-formed: " + err.Error()}
	}
	if root.name != "atom:feed" {
		return complaints{"not an Atom feed"}
	}
	c.languageTag(root.attrs["xml:lang"])
	c.atomCommon(root)
	c.atomLinks(root)
	if links := linksOf(root, "self"); len(links) != 1 || links[0].attrs["href"] != self {
		c.addf("the feed does not link to itself once (4.1.1)")
	}
	ids := map[string]bool{root.value("atom:id"): true}
	for i, child := range root.children {
		if child.name != "atom:entry" {
			if i > 0 && root.children[i-1].name == "atom:entry" {
				c.addf("%s stands after an entry", child.name)
			}
			continue
		}
		if id := child.value("atom:id"); ids[id] {
			c.addf("id %s twice (4.1.1)", id)
		} else {
			ids[id] = true
		}
		c.atomEntry(root, child)
	}
	return c
}

func linksOf(parent *node, rel string) []*node {
	return slices.DeleteFunc(parent.all("atom:link"), func(l *node) bool { return l.attrs["rel"] != rel })
}

var rfc3339Date = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$`)

// atomCommon checks what a feed and an entry have alike: sections 4.1.1 and
// 4.1.2 on how many of each there are, 3.2 on persons, 3.3 on dates and 4.2.6
// on ids.
func (c *complaints) atomCommon(n *node) {
	for _, name := range []string{"atom:id", "atom:title", "atom:updated"} {
		if len(n.all(name)) != 1 || strings.TrimSpace(n.value(name)) == "" {
			c.addf("%s has no one %s", n.name, name)
		}
	}
	for _, name := range []string{"atom:subtitle", "atom:icon", "atom:generator", "atom:published", "atom:summary", "atom:content"} {
		if len(n.all(name)) > 1 {
			c.addf("%s has %s twice", n.name, name)
		}
	}
	for _, date := range append(n.all("atom:updated"), n.all("atom:published")...) {
		if _, err := time.Parse(time.RFC3339, date.text); err != nil || !rfc3339Date.MatchString(date.text) {
			c.addf("%s is %q (3.3)", date.name, date.text)
		}
	}
	id := n.value("atom:id")
	if parsed, err := url.Parse(id); err != nil || !parsed.IsAbs() || strings.ContainsAny(id, " \t\n<>\"{}|\\^`") {
		c.addf("id %q is no IRI (4.2.6)", id)
	}
	for _, author := range n.all("atom:author") {
		if len(author.all("atom:name")) != 1 || author.value("atom:name") == "" {
			c.addf("author without a name (3.2.1)")
		}
		if email := author.value("atom:email"); email != "" && !regexp.MustCompile(`^\S+@\S+$`).MatchString(email) {
			c.addf("email %q (3.2.3)", email)
		}
	}
	for _, category := range n.all("atom:category") {
		if category.attrs["term"] == "" {
			c.addf("category without a term (4.2.2.1)")
		}
	}
}

// atomLinks checks section 4.2.7, and that one page of a type and language is
// the alternate (4.1.1, 4.1.2).
func (c *complaints) atomLinks(n *node) {
	alternates := map[string]bool{}
	for _, link := range n.all("atom:link") {
		c.webAddress("link "+link.attrs["rel"], link.attrs["href"])
		if kind := link.attrs["type"]; kind != "" {
			c.mediaType(kind)
		}
		if length, given := link.attrs["length"]; given {
			if _, err := strconv.ParseUint(length, 10, 63); err != nil {
				c.addf("link length %q", length)
			}
		}
		if link.attrs["rel"] != "alternate" {
			continue
		}
		key := link.attrs["type"] + " " + link.attrs["hreflang"]
		if alternates[key] {
			c.addf("two alternates of %s", key)
		}
		alternates[key] = true
	}
}

func (c *complaints) atomEntry(feed, entry *node) {
	c.atomCommon(entry)
	c.atomLinks(entry)
	c.languageTag(entry.attrs["xml:lang"])
	if len(entry.all("atom:author"))+len(feed.all("atom:author")) == 0 {
		c.addf("entry without an author (4.1.2)")
	}
	if len(entry.all("atom:content")) == 0 && len(linksOf(entry, "alternate")) == 0 {
		c.addf("entry without content or page (4.1.2)")
	}
	if entry.value("atom:published") != "" {
		published, _ := time.Parse(time.RFC3339, entry.value("atom:published"))
		if updated, _ := time.Parse(time.RFC3339, entry.value("atom:updated")); updated.Before(published) {
			c.addf("updated before published")
		}
	}
	for _, content := range entry.all("atom:content") {
		if content.attrs["type"] != "html" || len(content.children) > 0 {
			c.addf("content of type %q (4.1.3)", content.attrs["type"])
		}
		for _, address := range relativeAddresses(content.text) {
			c.addf("relative address %q", address)
		}
	}
}

func TestAtomKeepsRFC4287(t *testing.T) {
	c := sample()
	for _, problem := range atomProblems(render(t, Atom, c), c.Atom) {
		t.Error(problem)
	}
	bare := &Channel{Title: "Walsall", Home: "https://updates.example.org/", Atom: "https://updates.example.org/atom.xml"}
	for _, problem := range atomProblems(render(t, Atom, bare), bare.Atom) {
		t.Error("without items, publisher or time: ", problem)
	}
}

func TestAtomCheckNoticesWhatItIsFor(t *testing.T) {
	c := sample()
	good := string(render(t, Atom, c))
	const webinarID = "<id>urn:uuid:3f1c2d54-93a1-4c41-9d6c-2c1f8f6d2a10</id>"
	for _, test := range []struct{ old, new, want string }{
		{"</feed>", "", "not well-formed"},
		{`xmlns="http://www.w3.org/2005/Atom"`, `xmlns="https://example.org/"`, "not an Atom feed"},
		{`rel="self"`, `rel="related"`, "does not link to itself"},
		{webinarID, "", "no one atom:id"},
		{webinarID, "<id>events/webinar.md</id>", "is no IRI"},
		{webinarID, "<id>tag:updates.example.org,2025:articles/2025/belonging.md</id>", "twice"},
		{"<published>2025-01-08T12:30:00Z", "<published>2025-01-08 12:30", "is \"2025-01-08 12:30\""},
		{"<published>2025-01-08", "<published>2025-02-08", "updated before published"},
		{`term="SEND"`, `term=""`, "category without a term"},
		{"<name>A. N. Other</name>", "", "author without a name"},
		{"comms@example.org", "comms", "email"},
		{`rel="enclosure" type="application/pdf"`, `rel="alternate" type="text/html"`, "two alternates"},
		{`length="89"`, `length="89 bytes"`, "link length"},
		{`href="https://elsewhere.example.com/slides"`, `href="/slides"`, "link enclosure is no absolute"},
		{`type="html"`, `type="xhtml"`, "content of type"},
		{`<link href="https://updates.example.org/events/webinar/" rel="alternate" type="text/html"></link>`, "", "without content or page"},
		{`href="https://updates.example.org/a/?b=1&amp;c=2"`, `href="/a/"`, "relative address"},
		{`xml:lang="cy"`, `xml:lang="Cymraeg!"`, "language"},
		{"</entry>\n</feed>", "</entry><icon>https://e.example/</icon></feed>", "stands after an entry"},
	} {
		bad := strings.Replace(good, test.old, test.new, 1)
		if bad == good {
			t.Errorf("%q does not occur", test.old)
		}
		got := strings.Join(atomProblems([]byte(bad), c.Atom), "\n")
		if !strings.Contains(got, test.want) {
			t.Errorf("%q for %q: got %q, want %q", test.new, test.old, got, test.want)
		}
	}
}

func TestAtomIDsAreStableIRIs(t *testing.T) {
	const home = "https://Updates.Example.org:8443/topics/"
	for _, test := range []struct{ home, id, want string }{
		{home, "https://updates.example.org/a/", "https://updates.example.org/a/"},
		{home, "https://updates.example.org/ŵyl/", "https://updates.example.org/ŵyl/"},
		{home, "tag:example.org,2019:a", "tag:example.org,2019:a"},
		{home, "urn:uuid:3f1c2d54-93a1-4c41-9d6c-2c1f8f6d2a10", "urn:uuid:3f1c2d54-93a1-4c41-9d6c-2c1f8f6d2a10"},
		{home, "articles/2025/a.md", "tag:updates.example.org,2025:articles/2025/a.md"},
		{home, "/about/", "tag:updates.example.org,2025:/about/"},
		{home, "Gŵyl 2025", "tag:updates.example.org,2025:G%C5%B5yl%202025"},
		{home, "100%", "tag:updates.example.org,2025:100%25"},
		{home, "100%25", "tag:updates.example.org,2025:100%2525"},
		{home, "note: one", "tag:updates.example.org,2025:note:%20one"},
		{home, "https://has a space/", "tag:updates.example.org,2025:https://has%20a%20space/"},
		{"https://gŵyl.cymru/", "a", "tag:g-yl.cymru,2025:a"},
		{"", "a", "tag:localhost,2025:a"},
		{"::", "a", "tag:localhost,2025:a"},
	} {
		if got := atomID(test.home, test.id); got != test.want {
			t.Errorf("atomID(%q, %q) = %q, want %q", test.home, test.id, got, test.want)
		}
	}
}
