// Package page makes the pages of a site: from the site model to views, and
// from views and layouts to jobs.
//
// A view is a plain struct that holds all that one layout may show, already
// in words: dates are written out, sizes read "1.2 MB", addresses lead to the
// right place wherever the site is published. A layout therefore needs hardly
// any logic, and a page whose view did not change need not be made again.
//
// Three rules hold for every view:
//
//   - What may be absent is a pointer, an empty list or an empty text, so that
//     {{with .Contact}} ... {{end}} shows it only where it exists.
//   - Texts are plain and are escaped where they are shown. Only fields of the
//     type template.HTML hold markup, made by bulletin from Markdown.
//   - A field named URL is an address for href: on this site it begins with a
//     slash (and the folder that the site is published in, if any). A field
//     named Absolute is the same address with https:// and the host.
package page

import "html/template"

// Common is what every view has: {{.Title}} works in every layout.
type Common struct {
	// Layout is the name of the page's layout without ".html": "article",
	// "event", "list" ...
	Layout string
	// Title is the page's one main heading, in plain text.
	Title string
	// Summary is the sentence or two under the title; may be empty.
	Summary string
	// URL is the page's address on this site, such as
	// "/articles/2025/belonging/".
	URL string
	// Content is the page's text, made from Markdown; may be empty.
	Content template.HTML
	// Site is the same on all pages.
	Site Site

	// HeadTitle is the text for the browser's tab and for search results: the
	// title, then the site's name.
	HeadTitle string
	// Description is the text for search results: the summary or, where there
	// is none, the first words of the content.
	Description string
	// Canonical is the page's absolute address; empty where a page has none of
	// its own, as 404.html.
	Canonical string
	// NoIndex asks search engines to leave the page out.
	NoIndex bool
	// Language is the language of the page as a BCP 47 tag ("en-GB", "cy").
	Language string
	// Direction is "rtl" for languages written from right to left, else empty.
	Direction string
	// Share is what other sites show of a link to this page.
	Share Share
	// Feeds are the feeds that belong to this page.
	Feeds []FeedLink
	// Calendar is the calendar of the events on this page; absent where there
	// is none.
	Calendar *Calendar
	// Translations lead to the same page in other languages.
	Translations []Translation
	// Breadcrumbs lead from the home page to the page's parent; the page
	// itself is not among them. Empty on the home page.
	Breadcrumbs []Link
	// Navigation is the site's menu.
	Navigation []NavLink
	// JSONLD holds structured data (schema.org), one value for each script
	// element of the type application/ld+json, made by encoding/json with its
	// HTML escaping on.
	JSONLD []template.JS

	// address is the page's, below the site's.
	address string
}

// Site is what a page may say of the site as a whole.
type Site struct {
	// Title and Description come from content/site.yaml.
	Title, Description string
	// URL is the address that the site is published at, without a final slash.
	URL string
	// Region is the area that the site serves ("West Midlands"); may be empty.
	Region string
	// Language is the site's language as a BCP 47 tag.
	Language string
	// Publisher stands behind the site.
	Publisher Publisher
	// Links are the addresses of the site's main pages.
	Links SiteLinks
}

// SiteLinks are the addresses of the site's main pages. One that does not
// exist, because there is nothing on it, is empty.
type SiteLinks struct {
	Home, Articles, Events, PastEvents, Newsletters string
	Places, Topics, Organisations, People, Series   string
	Subscribe, Accessibility, Privacy               string
	// Stylesheet is the address of the theme's one style sheet, and Script that
	// of the script that follows the reader's clock.
	Stylesheet, Script string
	// Icon is the picture that browsers show beside the title: the site's own
	// layouts/assets/icon.svg, or else one made from the publisher's logo or
	// initials.
	Icon string
	// TouchIcon is the picture that telephones show for the site.
	TouchIcon string
	// Manifest is the web app manifest, which names more icons.
	Manifest string
}

// Publisher is the body that publishes the site.
type Publisher struct {
	Name, Email, Phone string
	// Dial is the phone number as a tel: link takes it, "+441632960555".
	Dial string
	// Address is the postal address, line by line.
	Address []string
	// Logo is the publisher's mark.
	Logo *Image
}

// Link is a text that leads somewhere.
type Link struct {
	Title, URL string
}

// NavLink is an entry of a menu.
type NavLink struct {
	Link
	// Current is the value for aria-current: "page" if the link leads to this
	// very page, "true" if it leads to the section that holds it, else empty.
	Current string
}

// FeedLink is a feed as the head of a page names it.
type FeedLink struct {
	// Title says what the feed holds ("Walsall: West Midlands Update").
	Title string
	// Type is the media type, such as "application/rss+xml".
	Type string
	URL  string
}

// Calendar is a calendar that readers can subscribe to.
type Calendar struct {
	// URL is the address of the file.
	URL string
	// Webcal is the same address, with the host and without a scheme, for a
	// link that begins with "webcal://".
	Webcal string
}

// Translation is the same page in another language.
type Translation struct {
	// Language is a BCP 47 tag, Direction is "rtl" or empty.
	Language, Direction string
	// Name is the language's own name for itself ("Cymraeg").
	Name string
	// Title is the translation's title.
	Title    string
	URL      string
	Absolute string
}

// Share is what other sites show of a link (https://ogp.me).
type Share struct {
	// Type is "article" or "website".
	Type string
	// Image is the absolute address of a picture, Alt its description. Width
	// and Height are in pixels.
	Image, Alt    string
	Width, Height int
	// Published and Modified are RFC 3339 times; empty if unknown.
	Published, Modified string
}

// Date is a day or an instant, ready to be shown. The partial "time" prints it
// as a time element.
type Date struct {
	// ISO is for machines: "2025-09-23", "2025-09", or with a time of day
	// "2025-09-23T10:00:00+01:00". Empty for a date still to be confirmed.
	ISO string
	// Text is for people: "23 September 2025".
	Text string
	// Short fits a narrow column: "23 Sep 2025".
	Short string
}

// String gives the text, so that {{.Date}} alone shows the date.
func (d Date) String() string { return d.Text }

// Image is a picture, with the size that the browser reserves for it. The
// partial "picture" prints its img element.
type Image struct {
	// URL is the address of the picture in a size that fits most pages.
	URL string
	// SrcSet lists the picture's sizes, for the attribute srcset; empty if there
	// is only one.
	SrcSet string
	// Sizes says how wide the built-in layouts show the picture, for the
	// attribute sizes; empty if SrcSet is.
	Sizes string
	// Large is the address of the largest size; empty if SrcSet is.
	Large string
	// Alt describes the picture; empty for a decorative one.
	Alt string
	// Caption and Credit are shown beneath; either may be empty.
	Caption, Credit string
	// Width and Height are those of the largest size, in pixels; zero if
	// unknown.
	Width, Height int
}
