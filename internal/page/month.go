package page

import (
	"bulletin/internal/site"
	"bulletin/internal/ukdate"
)

// months adds a page for each month in which something takes place: a list
// grouped by day, which reads well aloud and on a phone, rather than a grid of
// mostly empty cells.
func (m *maker) months(months []site.Month) {
	events := Link{site.ListTitle("/events/"), m.s.Path("/events/")}
	for i, month := range months {
		name := ukdate.MonthYear(month.First)
		v := List{Common: m.common("list", "Events in "+name, "", month.Address, events), Section: "month"}
		v.Description = m.site.Title + ": events in " + name
		v.Feeds, v.Calendar = append(m.feeds("/events/", events.Title), v.Feeds...), m.calendars["/events/"]
		var groups []group
		seen := map[string]bool{}
		for _, day := range month.Days {
			title := ukdate.Long(day.Date)
			groups = append(groups, group{ID: groupID(title, len(groups), seen), Title: title, Cards: m.happenings(day.Happenings)})
		}
		if len(month.Undated) > 0 {
			title := "Day to be confirmed"
			groups = append(groups, group{ID: groupID(title, len(groups), seen), Title: title, Cards: m.happenings(month.Undated)})
		}
		if i > 0 {
			v.Also = append(v.Also, m.monthLink(months[i-1]))
		}
		if i+1 < len(months) {
			v.Also = append(v.Also, m.monthLink(months[i+1]))
		}
		v.Also = append(v.Also, Link{"All events ahead", events.URL})
		add(m, "list.html", month.Address, v, groups, completeList)
	}
}

func (m *maker) monthLink(month site.Month) Link {
	return Link{"Events in " + ukdate.MonthYear(month.First), m.s.Path(month.Address)}
}

func (m *maker) happenings(list []site.Happening) []shown {
	cards := make([]shown, 0, len(list))
	for _, h := range list {
		cards = append(cards, m.showOccurrence(h.Entry, h.Occurrence))
	}
	return cards
}

// monthsAhead gives links to the months in which an event is ahead.
func (m *maker) monthsAhead(months []site.Month) []NavLink {
	var links []NavLink
	for _, month := range months {
		if month.Ahead() {
			links = append(links, NavLink{Link: Link{ukdate.MonthYear(month.First), m.s.Path(month.Address)}})
		}
	}
	return links
}
