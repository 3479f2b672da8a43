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

// breadcrumbs gives the BreadcrumbList of a page.
func (c *chrome) breadcrumbs(v *Common) template.JS {
	w := newItem("BreadcrumbList")
	w.key("itemListElement")
	w.begin()
	for i, link := range v.Breadcrumbs {
		c.crumb(w, i, link)
	}
	c.crumb(w, len(v.Breadcrumbs), Link{v.Title, v.URL})
	w.end()
	return w.done()
}

func (c *chrome) crumb(w *item, i int, link Link) {
	w.typed("ListItem")
	w.put("item", c.Origin, link.URL)
	w.put("name", link.Title)
	w.number("position", i+1)
	w.close()
}

// origin gives the part of the site's address before its path.
func (m *maker) origin() string {
	return strings.TrimSuffix(m.s.Config.URL, m.s.Config.Base)
}

// webSite gives the WebSite of the home page.
func (c *chrome) webSite() template.JS {
	w := newItem("WebSite")
	w.text("description", c.Site.Description)
	w.text("inLanguage", c.Site.Language)
	w.text("name", c.Site.Title)
	c.publisher(w, "publisher")
	w.text("url", c.Home)
	return w.done()
}

// publisher writes the publisher as the value of a key, if there is one.
func (c *chrome) publisher(w *item, key string) {
	p := c.Site.Publisher
	if p.Name == "" {
		return
	}
	w.object(key, "Organization")
	if p.Logo != nil {
		w.object("logo", "ImageObject")
		w.put("url", c.Origin, p.Logo.URL)
		w.close()
	}
	w.put("name", p.Name)
	w.put("url", c.Home)
	w.close()
}

// articleTypes are the schema.org types of articles.
var articleTypes = map[string]string{content.Report: "Report", content.Opinion: "OpinionNewsArticle"}

// newsArticle gives the structured data of an article, or of a newsletter,
// which has no type.
func (c *chrome) newsArticle(v *Entry, articleType string) template.JS {
	w := newItem(cmp.Or(articleTypes[articleType], "NewsArticle"))
	if len(v.People) > 0 && articleType != "" {
		persons(w, "author", v.People)
	} else {
		c.publisher(w, "author")
	}
	if len(v.Places) > 0 {
		w.key("contentLocation")
		w.begin()
		for _, place := range v.Places {
			w.typed("Place")
			w.put("name", place.Title)
			w.close()
		}
		w.end()
	}
	w.text("dateModified", v.Share.Modified)
	w.text("datePublished", v.Share.Published)
	w.text("description", v.Summary)
	w.text("headline", v.Title)
	w.text("image", v.Share.Image)
	w.text("inLanguage", v.Language)
	w.raw("isAccessibleForFree", "true")
	w.text("mainEntityOfPage", v.Canonical)
	c.publisher(w, "publisher")
	w.text("url", v.Canonical)
	return w.done()
}

// persons writes a list of people, if there are any.
func persons(w *item, key string, people []Person) {
	if len(people) == 0 {
		return
	}
	w.key(key)
	w.begin()
	for _, p := range people {
		w.typed("Person")
		if p.Organisation != "" {
			w.object("affiliation", "Organization")
			w.put("name", p.Organisation)
			w.close()
		}
		w.text("jobTitle", p.Role)
		w.put("name", p.Name)
		w.close()
	}
	w.end()
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
	w := newItem("Event")
	w.text("description", v.Summary)
	if v.When.End != nil {
		w.text("endDate", v.When.End.ISO)
	}
	inPlace, online := attendance(v)
	w.put("eventAttendanceMode", "https://schema.org/", attendanceMode(inPlace, online))
	status := ""
	if v.Status != nil {
		status = eventStatus[v.Status.Name]
	}
	w.put("eventStatus", cmp.Or(status, "https://schema.org/EventScheduled"))
	w.text("image", v.Share.Image)
	w.text("inLanguage", v.Language)
	if f.Free {
		w.raw("isAccessibleForFree", "true")
	}
	location(w, v, inPlace, online)
	if f.Capacity > 0 {
		w.number("maximumAttendeeCapacity", f.Capacity)
	}
	w.text("name", v.Title)
	f.offer(w, v.Canonical)
	if v.Host != "" {
		w.object("organizer", "Organization")
		w.put("name", v.Host)
		w.close()
	} else {
		c.publisher(w, "organizer")
	}
	persons(w, "performer", v.Speakers)
	w.text("startDate", v.When.Start.ISO)
	w.text("url", v.Canonical)
	return w.done()
}

// attendance says whether people meet in a place, online, or both ways.
func attendance(v *Event) (inPlace, online bool) {
	moved := v.Status != nil && v.Status.Name == content.MovedOnline
	return v.Venue != nil && !moved, v.Online != nil || moved
}

func attendanceMode(inPlace, online bool) string {
	switch {
	case inPlace && online:
		return "MixedEventAttendanceMode"
	case online:
		return "OnlineEventAttendanceMode"
	}
	return "OfflineEventAttendanceMode"
}

// location writes where an event takes place.
func location(w *item, v *Event, inPlace, online bool) {
	w.key("location")
	if inPlace && online {
		w.begin()
		defer w.end()
	}
	if inPlace {
		w.typed("Place")
		if v.Venue.Address != "" || v.Venue.Postcode != "" {
			w.object("address", "PostalAddress")
			w.text("postalCode", v.Venue.Postcode)
			w.text("streetAddress", v.Venue.Address)
			w.close()
		}
		w.put("name", v.Venue.Name)
		w.close()
	}
	if online {
		w.typed("VirtualLocation")
		address := v.Canonical
		if v.Online != nil {
			address = cmp.Or(v.Online.URL, address)
		}
		w.put("url", address)
		w.close()
	}
	if !inPlace && !online {
		w.next()
		w.json = append(w.json, "null"...)
	}
}

// offer writes what a place costs and where to book, if either is known.
func (f eventFacts) offer(w *item, page string) {
	if !f.Free && f.URL == "" {
		return
	}
	w.object("offers", "Offer")
	w.text("availability", f.Availability)
	if f.Free {
		w.put("price", "0")
		w.put("priceCurrency", "GBP")
	}
	w.put("url", cmp.Or(f.URL, page))
	w.text("validThrough", f.ValidThrough)
	w.close()
}
