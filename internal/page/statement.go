package page

import (
	"bulletin/internal/header"
	"bulletin/internal/site"
)

// accessibility adds the accessibility statement, unless the site has a page
// of its own there.
func (m *maker) accessibility() {
	if m.s.Replaces(site.Accessibility) {
		return
	}
	a := m.s.Config.Accessibility
	v := Accessibility{Common: m.common("accessibility", "Accessibility statement", "", site.Accessibility)}
	v.Description = "How accessible " + m.site.Title + " is, and how to tell us about a barrier"
	v.Contact, v.Email = a.Contact.Value, mailbox(a.Contact.Value)
	v.Phone, v.Dial, v.Reply = a.Phone.Value, dial(a.Phone.Value), a.Reply.Value
	v.Prepared, v.Reviewed, v.Tested, v.TestedBy = m.past(a.Prepared), m.past(a.Reviewed), m.past(a.Tested), a.TestedBy.Value
	v.NonCompliant, v.Burden, v.Exemptions = values(a.NonCompliant), values(a.Burden), values(a.Exemptions)
	addWhole(m, "accessibility.html", site.Accessibility, v)
}

// privacy adds the privacy page, unless the site has one of its own.
func (m *maker) privacy() {
	if m.s.Replaces(site.Privacy) {
		return
	}
	c := m.s.Config
	v := Privacy{Common: m.common("privacy", "Privacy", "", site.Privacy)}
	v.Description = "What " + m.site.Title + " knows of its readers"
	v.Contact, v.Host, v.Logs = c.Privacy.Contact.Value, c.Privacy.Host.Value, c.Privacy.Logs.Value
	if v.Contact == "" {
		v.Contact = c.Publisher.Email.Value
	}
	v.Email = mailbox(v.Contact)
	for _, allowed := range c.Hosting.Allow {
		if allowed.Directive != "frame-ancestors" { // there others load from us
			v.Elsewhere = append(v.Elsewhere, values(allowed.Sources)...)
		}
	}
	addWhole(m, "privacy.html", site.Privacy, v)
}

// past gives the view of a day in the settings; nil if none was written, or it
// is still ahead.
func (m *maker) past(d header.Date) *Date {
	if !d.Set() {
		return nil
	}
	t, err := d.In(m.s.Config.Location)
	if err != nil || t.After(m.s.Now) {
		return nil
	}
	day := m.day(t)
	return &day
}

func values(texts []header.Text) []string {
	var list []string
	for _, t := range texts {
		list = append(list, t.Value)
	}
	return list
}
