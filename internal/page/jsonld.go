package page

import (
	"cmp"
	"html/template"
	"strings"
	"time"

	"bulletin/internal/content"
	"bulletin/internal/site"
	"bulletin/internal/ukdate"
)

// thing is an item of structured data (https://schema.org). encoding/json
// writes its keys in alphabetical order, so that the bytes stay the same.
type thing map[string]any

// schema gives a top-level item.
func schema(kind string, more thing) template.JS {
	more["@context"], more["@type"] = "https://schema.org", kind
	for key, value := range more {
		if value == "" || value == nil {
			delete(more, key)
		}
	}
	return jsonLD(more)
}

// listItem is a thing in a list, of which each page has some.
type listItem struct {
	Type     string `json:"@type"`
	Item     string `json:"item"`
	Name     string `json:"name"`
	Position int    `json:"position"`
}

// breadcrumbs gives the BreadcrumbList of a page.
func (ch *chrome) breadcrumbs(c Common) template.JS {
	items := make([]listItem, 0, len(c.Breadcrumbs)+1)
	for i, link := range append(c.Breadcrumbs[:len(c.Breadcrumbs):len(c.Breadcrumbs)], Link{c.Title, c.URL}) {
		items = append(items, listItem{Type: "ListItem", Item: ch.Origin + link.URL, Name: link.Title, Position: i + 1})
	}
	return schema("BreadcrumbList", thing{"itemListElement": items})
}

// origin gives the part of the site's address before its path.
func (m *maker) origin() string {
	return strings.TrimSuffix(m.s.Config.URL, m.s.Config.Base)
}

// webSite gives the WebSite of the home page.
func (c *chrome) webSite() template.JS {
	return schema("WebSite", thing{"name": c.Site.Title, "url": c.Home, "description": c.Site.Description, "inLanguage": c.Site.Language, "publisher": c.publisher()})
}

func (c *chrome) publisher() any {
	p := c.Site.Publisher
	if p.Name == "" {
		return nil
	}
	org := thing{"@type": "Organization", "name": p.Name, "url": c.Home}
	if p.Logo != nil {
		org["logo"] = thing{"@type": "ImageObject", "url": c.Origin + p.Logo.URL}
	}
	return org
}

// articleTypes are the schema.org types of articles.
var articleTypes = map[string]string{content.Report: "Report", content.Opinion: "OpinionNewsArticle"}

// newsArticle gives the structured data of an article, or of a newsletter,
// which has no type.
func (c *chrome) newsArticle(v *Entry, articleType string) template.JS {
	kind := "NewsArticle"
	if t := articleTypes[articleType]; t != "" {
		kind = t
	}
	data := thing{
		"headline": v.Title, "description": v.Summary, "url": v.Canonical, "mainEntityOfPage": v.Canonical, "inLanguage": v.Language,
		"datePublished": v.Share.Published, "dateModified": v.Share.Modified, "image": v.Share.Image,
		"publisher": c.publisher(), "isAccessibleForFree": true,
	}
	if authors := persons(v.People); len(authors) > 0 && articleType != "" {
		data["author"] = authors
	} else {
		data["author"] = c.publisher()
	}
	var about []thing
	for _, place := range v.Places {
		about = append(about, thing{"@type": "Place", "name": place.Title})
	}
	if len(about) > 0 {
		data["contentLocation"] = about
	}
	return schema(kind, data)
}

func persons(people []Person) []thing {
	var list []thing
	for _, p := range people {
		one := thing{"@type": "Person", "name": p.Name}
		if p.Role != "" {
			one["jobTitle"] = p.Role
		}
		if p.Organisation != "" {
			one["affiliation"] = thing{"@type": "Organization", "name": p.Organisation}
		}
		list = append(list, one)
	}
	return list
}

// eventStatus are the schema.org values of event statuses; others count as
// scheduled.
var eventStatus = map[string]string{
	content.Cancelled:   "https://schema.org/EventCancelled",
	content.Postponed:   "https://schema.org/EventPostponed",
	content.Rescheduled: "https://schema.org/EventRescheduled",
	content.MovedOnline: "https://schema.org/EventMovedOnline",
}

// eventFacts is what the structured data of an event says beside its view.
type eventFacts struct {
	// Free tells that a place costs nothing. URL is where to book, if there is a
	// page, and ValidThrough until when.
	Free              bool
	URL, ValidThrough string
	// Availability is a value of schema.org; may be empty.
	Availability string
	Capacity     int
}

// eventFacts gives what the structured data of an event says beside its view.
func (m *maker) eventFacts(e *site.Entry) eventFacts {
	ev := e.Event
	f := eventFacts{Free: strings.EqualFold(ev.Cost.Value, "free"), URL: ev.Register.URL.Value, Capacity: ev.Capacity}
	switch {
	case e.FullyBooked() || ev.Availability == content.WaitingList:
		f.Availability = "https://schema.org/SoldOut"
	case ev.Availability == content.Limited:
		f.Availability = "https://schema.org/LimitedAvailability"
	case ev.Availability == content.Open:
		f.Availability = "https://schema.org/InStock"
	}
	if by := ev.Register.By; by.Set() {
		f.ValidThrough = by.End().Format(time.RFC3339)
		if by.Precision == ukdate.Day {
			f.ValidThrough = by.Time.Format(time.DateOnly)
		}
	}
	return f
}

// eventData gives the structured data of an event; none for one without a
// date, which schema.org cannot express.
func (c *chrome) eventData(v *Event, f eventFacts) template.JS {
	if v.When.Start.ISO == "" {
		return ""
	}
	data := thing{
		"name": v.Title, "description": v.Summary, "url": v.Canonical, "image": v.Share.Image, "inLanguage": v.Language,
		"startDate": v.When.Start.ISO, "eventStatus": "https://schema.org/EventScheduled",
	}
	if v.When.End != nil {
		data["endDate"] = v.When.End.ISO
	}
	if v.Status != nil && eventStatus[v.Status.Name] != "" {
		data["eventStatus"] = eventStatus[v.Status.Name]
	}
	data["eventAttendanceMode"], data["location"] = attendance(v)
	if v.Host != "" {
		data["organizer"] = thing{"@type": "Organization", "name": v.Host}
	} else {
		data["organizer"] = c.publisher()
	}
	if speakers := persons(v.Speakers); len(speakers) > 0 {
		data["performer"] = speakers
	}
	if offer := f.offer(v.Canonical); offer != nil {
		data["offers"] = offer
	}
	if f.Free {
		data["isAccessibleForFree"] = true
	}
	if f.Capacity > 0 {
		data["maximumAttendeeCapacity"] = f.Capacity
	}
	return schema("Event", data)
}

// attendance says whether people meet in a place, online, or both ways.
func attendance(v *Event) (mode string, location any) {
	var place, virtual thing
	moved := v.Status != nil && v.Status.Name == content.MovedOnline
	if v.Venue != nil && !moved {
		place = thing{"@type": "Place", "name": v.Venue.Name}
		if v.Venue.Address != "" || v.Venue.Postcode != "" {
			address := thing{"@type": "PostalAddress"}
			if v.Venue.Address != "" {
				address["streetAddress"] = v.Venue.Address
			}
			if v.Venue.Postcode != "" {
				address["postalCode"] = v.Venue.Postcode
			}
			place["address"] = address
		}
	}
	if v.Online != nil || moved {
		virtual = thing{"@type": "VirtualLocation", "url": v.Canonical}
		if v.Online != nil && v.Online.URL != "" {
			virtual["url"] = v.Online.URL
		}
	}
	switch {
	case place != nil && virtual != nil:
		return "https://schema.org/MixedEventAttendanceMode", []thing{place, virtual}
	case virtual != nil:
		return "https://schema.org/OnlineEventAttendanceMode", virtual
	}
	return "https://schema.org/OfflineEventAttendanceMode", place
}

// offer says what a place costs and where to book; nil if neither is known.
func (f eventFacts) offer(page string) any {
	if !f.Free && f.URL == "" {
		return nil
	}
	o := thing{"@type": "Offer", "url": cmp.Or(f.URL, page)}
	if f.Free {
		o["price"], o["priceCurrency"] = "0", "GBP"
	}
	if f.Availability != "" {
		o["availability"] = f.Availability
	}
	if f.ValidThrough != "" {
		o["validThrough"] = f.ValidThrough
	}
	return o
}
