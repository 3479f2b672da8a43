package e2e

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// document is what a crawler sees of a page.
type document struct {
	links []link
	ids   map[string]bool
	// unlisted pages are withdrawn or archived ones: no list leads to them.
	unlisted bool
	// faults are things that no page may have.
	faults []string
}

type link struct {
	element, address string
}

// attributes that hold addresses.
var addressAttributes = []string{"href", "src", "poster", "action", "data"}

// read parses a page.
func read(s *site, address string) (document, error) {
	file, err := os.Open(s.file(address))
	if err != nil {
		return document{}, err
	}
	defer file.Close()
	root, err := html.Parse(file)
	if err != nil {
		return document{}, err
	}
	d := document{ids: map[string]bool{}}
	for node := range root.Descendants() {
		if node.Type == html.ElementNode {
			d.element(node)
		}
	}
	return d, nil
}

func (d *document) element(node *html.Node) {
	attribute := map[string]string{}
	for _, a := range node.Attr {
		attribute[a.Key] = a.Val
		switch {
		case a.Key == "id" && d.ids[a.Val]:
			d.faults = append(d.faults, "the id "+a.Val+" twice")
		case a.Key == "id":
			d.ids[a.Val] = true
		case a.Key == "style" || strings.HasPrefix(a.Key, "on"):
			d.faults = append(d.faults, fmt.Sprintf("%s=%q in <%s>", a.Key, a.Val, node.Data))
		case a.Key == "class" && (strings.Contains(a.Val, "notice-withdrawn") || strings.Contains(a.Val, "notice-archived")):
			d.unlisted = true
		case slices.Contains(addressAttributes, a.Key):
			d.links = append(d.links, link{node.Data, a.Val})
		case a.Key == "srcset":
			for candidate := range strings.SplitSeq(a.Val, ",") {
				if fields := strings.Fields(candidate); len(fields) > 0 {
					d.links = append(d.links, link{node.Data, fields[0]})
				}
			}
		}
	}
	switch {
	case node.Data == "style" || node.Data == "script" && attribute["src"] == "" && attribute["type"] != "application/ld+json":
		d.faults = append(d.faults, "an inline "+node.Data)
	case node.Data == "meta" && (attribute["property"] == "og:url" || attribute["property"] == "og:image"):
		d.links = append(d.links, link{"meta", attribute["content"]})
	}
}

// crawler follows the links of a site and asks the server for each address
// once.
type crawler struct {
	site     *site
	answers  map[string]int // by address without fragment
	read     map[string]document
	reached  map[string]bool // the pages that links of other pages lead to
	problems []string
}

// crawl reads every page, also those that no link leads to.
func crawl(t *testing.T, s *site) *crawler {
	t.Helper()
	c := &crawler{site: s, answers: map[string]int{}, read: map[string]document{}, reached: map[string]bool{}}
	for _, address := range append(slices.Clone(s.pages), s.redirects...) {
		d, err := read(s, address)
		if err != nil {
			t.Fatal(err)
		}
		c.read[address] = d
	}
	for _, address := range s.pages {
		c.follow(t, address)
	}
	return c
}

// follow asks for everything that a page links to on its own site.
func (c *crawler) follow(t *testing.T, from string) {
	for _, l := range c.read[from].links {
		target, err := c.resolve(from, l.address)
		if err != nil {
			c.report(from, l, err.Error())
			continue
		}
		if target == nil {
			continue
		}
		fragment := target.Fragment
		target.Fragment = ""
		if status := c.get(t, target.String()); status != http.StatusOK {
			c.report(from, l, fmt.Sprintf("status %d", status))
			continue
		}
		to := strings.TrimPrefix(target.String(), c.site.base)
		d, page := c.read[to]
		switch {
		case fragment != "" && !page:
			c.report(from, l, "a fragment of a file that is no page")
		case fragment != "" && !d.ids[fragment]:
			c.report(from, l, "no such place in the page")
		case l.element == "a" && slices.Contains(c.site.redirects, to):
			c.report(from, l, "leads to a page that has moved")
		}
		if l.element == "a" && to != from {
			c.reached[to] = true
		}
	}
}

// resolve gives the address of a link of this site, and nil for others.
func (c *crawler) resolve(from, address string) (*url.URL, error) {
	parsed, err := url.Parse(address)
	if err != nil {
		return nil, err
	}
	base, err := url.Parse(c.site.base + from)
	if err != nil {
		return nil, err
	}
	target := base.ResolveReference(parsed)
	if target.Scheme == "webcal" { // opens in a calendar program, which then asks by HTTP
		target.Scheme = base.Scheme
	}
	switch {
	case target.Host == base.Host && !strings.HasPrefix(target.String(), c.site.base):
		return nil, fmt.Errorf("leads out of %s", c.site.under)
	case target.Host == base.Host:
		return target, nil
	case slices.Contains([]string{"https", "http", "mailto", "tel"}, target.Scheme):
		return nil, nil
	}
	return nil, fmt.Errorf("no address that a reader can follow")
}

// get asks the server for an address and gives the status.
func (c *crawler) get(t *testing.T, address string) int {
	t.Helper()
	if status, known := c.answers[address]; known {
		return status
	}
	answer, err := c.site.server.Client().Get(address)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	c.answers[address] = answer.StatusCode
	return answer.StatusCode
}

func (c *crawler) report(from string, l link, what string) {
	c.problems = append(c.problems, fmt.Sprintf("/%s: <%s> %s: %s", from, l.element, l.address, what))
}

func TestEveryLinkWithinTheSiteLeadsSomewhere(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		c := crawl(t, s)
		for _, problem := range c.problems {
			t.Error(problem)
		}
		if len(c.answers) < len(s.pages) {
			t.Errorf("only %d addresses were asked for", len(c.answers))
		}
	})
}

func TestEveryPageCanBeReachedByLinks(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		c := crawl(t, s)
		for _, address := range s.pages {
			if !c.reached[address] && !c.read[address].unlisted && address != "404.html" {
				t.Errorf("no page links to /%s", address)
			}
		}
	})
}

func TestEveryRedirectLeadsToAPage(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		if len(s.redirects) == 0 {
			t.Error("the sample site has no redirects")
		}
		for _, address := range s.redirects {
			c := &crawler{site: s}
			d, err := read(s, address)
			if err != nil {
				t.Fatal(err)
			}
			i := slices.IndexFunc(d.links, func(l link) bool { return l.element == "a" })
			if i < 0 {
				t.Errorf("/%s has no link to where it leads", address)
				continue
			}
			target, err := c.resolve(address, d.links[i].address)
			if err != nil || target == nil || !s.has(strings.TrimPrefix(target.String(), s.base)) {
				t.Errorf("/%s leads to %s, which is no page (%v)", address, d.links[i].address, err)
			}
		}
	})
}

func TestNoPageHasInlineScriptsOrStylesOrAnIDTwice(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		for _, address := range append(slices.Clone(s.pages), s.redirects...) {
			d, err := read(s, address)
			if err != nil {
				t.Fatal(err)
			}
			for _, fault := range d.faults {
				t.Errorf("/%s: %s", address, fault)
			}
		}
	})
}

func TestEveryLinkOfAMailIsWholeAndLeadsSomewhere(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		c := crawl(t, s)
		for _, address := range s.mails {
			d, err := read(s, address)
			if err != nil {
				t.Fatal(err)
			}
			c.read[address], c.problems = d, nil
			c.follow(t, address)
			for _, problem := range c.problems {
				t.Error(problem)
			}
			for _, l := range d.links {
				if !absolute(l.address) {
					t.Errorf("/%s: %q is a relative address", address, l.address)
				}
			}
		}
	})
}

func TestEveryFileIsAPageOrIsLinkedTo(t *testing.T) {
	// Files that others than readers look for, and the newsletters as sent.
	known := []string{"robots.txt", "sitemap.xml", "favicon.ico", "_headers", "_redirects", ".htaccess", "email.html", "email.txt", "email.eml"}
	each(t, func(t *testing.T, s *site) {
		c := crawl(t, s)
		_, naming := fetch(t, s, s.base+"feed.xml") // names its style sheet
		_, manifest := fetch(t, s, s.base+"site.webmanifest")
		naming = append(naming, manifest...)
		for _, name := range files(t, s) {
			_, page := c.read[strings.TrimSuffix(name, "index.html")]
			_, linked := c.answers[s.base+name]
			if !page && !linked && !bytes.Contains(naming, []byte(name)) && !slices.Contains(known, path.Base(name)) && path.Dir(name) != ".bulletin" && path.Dir(name) != ".hosting" {
				t.Errorf("nothing links to /%s", name)
			}
		}
	})
}
