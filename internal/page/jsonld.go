package page

import (
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

// breadcrumbs gives the BreadcrumbList of a page.
func (m *maker) breadcrumbs(c Common) template.JS {
	var items []thing
	for i, link := range append(c.Breadcrumbs[:len(c.Breadcrumbs):len(c.Breadcrumbs)], Link{c.Title, c.URL}) {
		items = append(items, thing{"@type": "ListItem", "position": i + 1, "name": link.Title, "item": m.origin() + link.URL})
	}
	return schema("BreadcrumbList", thing{"itemListElement": items})
}

// origin gives the part of the site's address before its path.
func (m *maker) origin() string {
	return strings.TrimSuffix(m.s.Config.URL, m.s.Config.Base)
}

// webSite gives the WebSite of the home page.
func (m *maker) webSite() template.JS {
	return schema("WebSite", thing{"name": m.site.Title, "url": m.s.Absolute("/"), "description": m.site.Description, "inLanguage": m.site.Language, "publisher": m.publisher()})
}

func (m *maker) publisher() any {
	p := m.site.Publisher
	if p.Name == "" {
		return nil
	}
	org := thing{"@type": "Organization", "name": p.Name, "url": m.s.Absolute("/")}
	if p.Logo != nil {
		org["logo"] = thing{"@type": "ImageObject", "url": m.origin() + p.Logo.URL}
	}
	return org
}

// articleTypes are the schema.org types of articles.
var articleTypes = map[string]string{content.Report: "Report", content.Opinion: "OpinionNewsArticle"}

// newsArticle gives the structured data of an article or a newsletter.
func (m *maker) newsArticle(e *site.Entry, v *Entry) template.JS {
	kind := "NewsArticle"
	if e.Article != nil && articleTypes[e.Article.Type] != "" {
		kind = articleTypes[e.Article.Type]
	}
	data := thing{
		"headline": v.Title, "description": v.Summary, "url": v.Canonical, "mainEntityOfPage": v.Canonical, "inLanguage": v.Language,
		"datePublished": v.Share.Published, "dateModified": v.Share.Modified, "image": v.Share.Image,
		"publisher": m.publisher(), "isAccessibleForFree": true,
	}
	if authors := persons(v.People); len(authors) > 0 && e.Newsletter == nil {
		data["author"] = authors
	} else {
		data["author"] = m.publisher()
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

// eventData gives the structured data of an event; none for one without a
// date, which schema.org cannot express.
func (m *maker) eventData(e *site.Entry, v *Entry) template.JS {
	ev := e.Event
	if ev.Start.TBC || e.Occurrence.Start.IsZero() {
		return ""
	}
	when := m.when(e, e.Occurrence)
	data := thing{
		"name": v.Title, "description": v.Summary, "url": v.Canonical, "image": v.Share.Image, "inLanguage": v.Language,
		"startDate": when.Start.ISO, "eventStatus": "https://schema.org/EventScheduled",
	}
	if when.End != nil {
		data["endDate"] = when.End.ISO
	}
	if s := eventStatus[ev.Status]; s != "" {
		data["eventStatus"] = s
	}
	data["eventAttendanceMode"], data["location"] = attendance(ev, v.Canonical)
	if ev.Host.Value != "" {
		data["organizer"] = thing{"@type": "Organization", "name": ev.Host.Value}
	} else {
		data["organizer"] = m.publisher()
	}
	if speakers := persons(m.people(ev.Speakers)); len(speakers) > 0 {
		data["performer"] = speakers
	}
	if offer := m.offer(e); offer != nil {
		data["offers"] = offer
	}
	if strings.EqualFold(ev.Cost.Value, "free") {
		data["isAccessibleForFree"] = true
	}
	if ev.Capacity > 0 {
		data["maximumAttendeeCapacity"] = ev.Capacity
	}
	return schema("Event", data)
}

// attendance says whether people meet in a place, online, or both ways.
func attendance(ev *content.Event, page string) (mode string, location any) {
	var place, virtual thing
	if ev.Venue.Name.Set() && ev.Status != content.MovedOnline {
		place = thing{"@type": "Place", "name": ev.Venue.Name.Value}
		if ev.Venue.Address.Set() || ev.Venue.Postcode.Set() {
			address := thing{"@type": "PostalAddress"}
			if ev.Venue.Address.Set() {
				address["streetAddress"] = ev.Venue.Address.Value
			}
			if ev.Venue.Postcode.Set() {
				address["postalCode"] = ev.Venue.Postcode.Value
			}
			place["address"] = address
		}
	}
	if ev.Online != (content.Online{}) || ev.Status == content.MovedOnline {
		virtual = thing{"@type": "VirtualLocation", "url": page}
		if ev.Online.URL.Set() {
			virtual["url"] = ev.Online.URL.Value
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
func (m *maker) offer(e *site.Entry) any {
	ev := e.Event
	free := strings.EqualFold(ev.Cost.Value, "free")
	if !free && !ev.Register.URL.Set() {
		return nil
	}
	o := thing{"@type": "Offer", "url": m.s.Absolute(e.Address)}
	if ev.Register.URL.Set() {
		o["url"] = ev.Register.URL.Value
	}
	if free {
		o["price"], o["priceCurrency"] = "0", "GBP"
	}
	switch {
	case e.FullyBooked() || ev.Availability == content.WaitingList:
		o["availability"] = "https://schema.org/SoldOut"
	case ev.Availability == content.Limited:
		o["availability"] = "https://schema.org/LimitedAvailability"
	case ev.Availability == content.Open:
		o["availability"] = "https://schema.org/InStock"
	}
	if by := ev.Register.By; by.Set() {
		o["validThrough"] = by.End().Format(time.RFC3339)
		if by.Precision == ukdate.Day {
			o["validThrough"] = by.Time.Format(time.DateOnly)
		}
	}
	return o
}
