package page

import "html/template"

// The samples fill every field that a layout may show.

func sampleCommon(layout, title, summary, url string) Common {
	return Common{
		Layout: layout, Title: title, Summary: summary, URL: url, address: url,
		Site:        sampleSite,
		HeadTitle:   title + " – West Midlands Update",
		Description: summary,
		Canonical:   "https://update.example" + url,
		Language:    "en-GB",
		Share:       Share{Type: "article", Image: "https://update.example/a.png", Alt: "A hall", Width: 1200, Height: 800, Published: "2025-10-14T09:00:00+01:00", Modified: "2025-11-03T09:00:00Z"},
		Feeds: []FeedLink{
			{Title: "RSS: everything", Type: "application/rss+xml", URL: "/feed.xml"},
			{Title: "Atom: everything", Type: "application/atom+xml", URL: "/atom.xml"},
		},
		Calendar:    &Calendar{URL: "/calendar.ics", Webcal: "update.example/calendar.ics"},
		Breadcrumbs: []Link{{"Home", "/"}, {"Articles", "/articles/"}},
		Navigation: []NavLink{
			{Link{"Articles", "/articles/"}, "true"}, {Link{"Events", "/events/"}, ""},
			{Link{"Newsletters", "/newsletters/"}, ""}, {Link{"Places", "/places/"}, ""}, {Link{"About", "/about/"}, ""},
		},
		JSONLD: []template.JS{`{"@context":"https://schema.org","@type":"NewsArticle","headline":"A \u003c/script\u003e B"}`},
	}
}

var sampleSite = Site{
	Title: "West Midlands Update", URL: "https://update.example", Region: "News for children’s services and schools in the region",
	Description: "What children’s services and schools across the region are doing together.", Language: "en-GB",
	Publisher: Publisher{
		Name: "West Midlands Education Partnership", Email: "hello@update.example", Phone: "01632 960 555", Dial: "+441632960555",
		Address: []string{"Civic Centre", "St Peter’s Square", "Wolverhampton", "WV1 1SH"},
		Logo:    &Image{URL: "/a.png", Alt: "West Midlands Education Partnership", Width: 120, Height: 80},
	},
	Links: SiteLinks{
		Home: "/", Articles: "/articles/", Events: "/events/", PastEvents: "/events/past/", Newsletters: "/newsletters/",
		Places: "/places/", Topics: "/topics/", Organisations: "/organisations/", People: "/people/", Series: "/series/",
		Subscribe: "/subscribe/", Accessibility: "/accessibility/", Privacy: "/privacy/", Stylesheet: "/assets/bulletin.css", Script: "/assets/clock.js", Icon: "/icon-192.png", TouchIcon: "/apple-touch-icon.png", Manifest: "/site.webmanifest",
	},
}

var (
	sampleDate  = &Date{ISO: "2025-10-14", Text: "14 October 2025", Short: "14 Oct 2025"}
	sampleImage = &Image{URL: "/a.png", SrcSet: "/a-400w.png 400w, /a-800w.png 800w, /a.png 1200w", Sizes: "(min-width: 48rem) 45rem, 100vw", Large: "/a.png", Alt: "Delegates at round tables in a bright hall", Caption: "The marketplace drew the longest queues.", Credit: "Sam Hill", Width: 1200, Height: 800}
	sampleWhen  = When{
		Start: Date{ISO: "2025-09-23T10:00:00+01:00", Text: "Tuesday 23 September 2025, 10am"},
		End:   &Date{ISO: "2025-09-23T12:00:00+01:00", Text: "12 noon"},
		Text:  "Tuesday 23 September 2025, 10am to 12 noon", Zone: "Brussels time", Here: "9am to 11am London time", Note: "Includes a ten-minute break",
	}
	sampleDeadline = &Deadline{What: "Book", Date: Date{ISO: "2025-09-22", Text: "22 September 2025"}, Soon: true, Ends: "2025-09-22T23:00:00Z"}
)

func sampleCard() Card {
	return Card{
		Kind: "article", Label: "Press release", Title: "Belonging in Action: 170 people, one day, one question",
		URL:     "/articles/2025/belonging/",
		Summary: "Leaders from across Walsall met at Bescot Stadium to ask what makes a child feel that a school is theirs.",
		Date:    sampleDate, Image: sampleImage, Places: []Link{{"Walsall", "/places/walsall/"}, {"Dudley", "/places/dudley/"}},
	}
}

func sampleEventCard() Card {
	return Card{
		Kind: "event", Label: "Event", Title: "Children and hoarding: hidden harm, lasting impact", URL: "/events/hoarding/",
		Summary: "A live webinar on the children who live among too many things.", When: &sampleWhen,
		Leaf: &Leaf{"Tue", "23", "Sep"}, Where: "Online", Cost: "Free", Deadline: sampleDeadline, Over: "2025-09-23T11:00:00Z",
	}
}

func sampleCards() []Card {
	changed := sampleEventCard()
	changed.Title, changed.Status, changed.Deadline = "Regional Safeguarding Conference", &Status{Name: "postponed", Label: "Postponed"}, nil
	changed.Leaf, changed.Where, changed.Cost = &Leaf{"Thu", "27", "Nov"}, "Worcestershire County Cricket Club", ""
	short := sampleCard()
	short.Label, short.Title, short.Summary, short.Places = "Report", "Two alliances, one aim: a report to members", "What the alliances are for, who sits on them and what they will do first.", nil
	short.Date = &Date{ISO: "2023-01-12", Text: "12 January 2023", Short: "12 Jan 2023"}
	welsh := sampleCard()
	welsh.Label, welsh.Language, welsh.Title, welsh.Summary = "News", "cy", "Dŵr, tŷ a dysgu", "Crynodeb yn Gymraeg."
	vague := sampleEventCard()
	vague.Title, vague.Leaf, vague.Deadline = "Participation Conference", &Leaf{"", "TBC", ""}, nil
	vague.When = &When{Start: Date{Text: "Date to be confirmed"}, Text: "Date to be confirmed", Zone: "time in Dublin"}
	return []Card{sampleCard(), sampleEventCard(), changed, short, vague, welsh}
}

func sampleEntry(layout, label, title, summary string) Entry {
	c := sampleCard()
	e := Entry{
		Common: sampleCommon(layout, title, summary, "/articles/2025/belonging/"),
		Label:  label, Date: sampleDate, Updated: &Date{ISO: "2025-11-03", Text: "3 November 2025", Short: "3 Nov 2025"},
		Changes: []Change{{Date{"2025-11-03", "3 November 2025", "3 Nov 2025"}, "The number of delegates was corrected."}},
		Image:   sampleImage,
		Details: []Detail{{"Ward(s)", "All"}, {"Portfolios", "Education and Skills"}},
		Contents: []Heading{
			{"aim", "Aim", nil},
			{"detail", "Report detail", []Heading{{"membership", "Membership", nil}, {"governance", "Governance", nil}}},
		},
		Places: []Link{{"Walsall", "/places/walsall/"}, {"Black Country", "/places/black-country/"}}, Topics: []Link{{"Belonging", "/topics/belonging/"}, {"SEND", "/topics/send/"}},
		Organisations: []Link{{"Walsall Learning Alliance", "/organisations/wla/"}},
		People: []Person{
			{"James Ludlow", "Chair", "Walsall Learning Alliance", "/people/james-ludlow/"}, {"Mark Finnis", "", "", ""},
		},
		Contact: &Contact{"Press office", "Communications team", "press@walsall.example", "01632 960 556", "+441632960556"},
		Downloads: []DownloadGroup{
			{"", []Download{{"Forging Local Coherence: evaluation report", "/r.pdf", "PDF", "PDF, 1.2 MB", false}}},
			{"Pilot 1: support for vulnerable pupils", []Download{
				{"Rochdale and Wakefield", "/p.pptx", "PowerPoint", "PowerPoint, 840 KB", false},
				{"Learn Sheffield", "https://sheffield.example/x", "Web", "sheffield.example", true},
			}},
		},
		Gallery:  []Image{*sampleImage, {URL: "/a.png", Alt: "A choir", Caption: "The choir opened the day.", Width: 1200, Height: 800}, *sampleImage},
		Series:   &Series{Link{"LocalED", "/series/localed/"}, "Part 2 of 3", &Link{"The pilots begin", "/a/"}, &Link{"What it takes", "/b/"}},
		Previous: &Link{"Education Exchange comes to the region", "/c/"}, Next: &Link{"A letter to school leaders", "/d/"},
		Related: []Card{c, sampleEventCard()},
	}
	e.Content = sampleContent
	e.Translations = []Translation{
		{"cy", "", "Cymraeg", "Perthyn ar waith", "/cy/", "https://update.example/cy/"},
		{"ur", "rtl", "اردو", "تعلق", "/ur/", "https://update.example/ur/"},
	}
	return e
}

func sampleArticle() Article {
	about := sampleEventCard()
	a := Article{
		Entry: sampleEntry("article", "Press release", "Inspiring conference drives change to Walsall’s education landscape",
			"Leaders from public, private and education sectors met to put children’s sense of belonging first."),
		Kind: "opportunity", Closes: &Deadline{What: "Apply", Date: *sampleDate, Ends: "2025-10-14T23:00:00Z"}, AboutEvent: &about, Numbered: true,
		NotesToEditors: "<p>The alliance was founded in 2022.</p>",
	}
	a.Notices = []Notice{
		{"withdrawn", "This article was withdrawn", "The figures in it were wrong.", &Link{"Read the corrected report", "/e/"}},
		{"archived", "This article is out of date", "It was archived on 1 November 2025.", nil},
		{"to-follow", "A further report will follow by March 2026", "", nil},
	}
	return a
}

func sampleEvent() Event {
	report := sampleCard()
	e := Event{
		Entry: sampleEntry("event", "Event", "Children and hoarding: hidden harm, lasting impact", "A live webinar on the children who live among too many things."),
		When:  sampleWhen, Leaf: Leaf{"Tue", "23", "Sep 2025"}, Status: &Status{"moved-online", "Moved online", "The hall is flooded. Your booking stays valid."},
		Venue:  &Venue{"Transport House", "128 Hagley Road, Birmingham", "B16 8LD", "Step-free; hearing loop in the main hall", "https://maps.example/"},
		Online: &Online{"Zoom", "https://zoom.example/"}, Cost: "Free",
		Register:   &Register{Needed: true, URL: "https://book.example/", Contact: "events@update.example", Email: "events@update.example", By: sampleDeadline, Note: "One place for each school.", Ends: "2025-09-22T23:00:00Z"},
		Previously: &Date{"2025-03-04", "Tuesday 4 March 2025", "4 Mar 2025"},
		Host:       "CareKnowledge", Audience: "Practitioners", Capacity: "100", Availability: "A few places are left",
		Speakers: []Person{{"Toby Greany", "Professor", "University of Nottingham", "/people/toby-greany/"}, {"Vic Goddard", "Headteacher", "", ""}},
		Programme: []ProgrammeDay{
			{"Day one: Tuesday 23 September", []Session{
				{"10am", "Welcome", "", nil},
				{"10.15am", "What the evidence says", "With time for questions.", []Person{{"Susan Cousin", "Dr", "", ""}}},
			}},
			{"Day two: Wednesday 24 September", []Session{{"", "Workshops", "Choose one of four.", nil}}},
		},
		AddTo:   &AddTo{File: "/events/hoarding/event.ics", Google: "https://calendar.google.com/calendar/render?action=TEMPLATE", Outlook: "https://outlook.office.com/calendar/deeplink/compose?path=x"},
		Repeats: "Every year in September", Occurrences: []When{sampleWhen}, Outcome: &Outcome{"170 delegates", &report},
	}
	e.Breadcrumbs = []Link{{"Home", "/"}, {"Events", "/events/"}}
	return e
}

func sampleNewsletter() Newsletter {
	n := Newsletter{Entry: sampleEntry("newsletter", "Newsletter", "Regional update: August 2025", "A new year begins, and so do the SEND reforms."), Issue: "2025-08"}
	n.From = &Signature{"Alison Hinds", "Director of Children’s Services", "City of Wolverhampton Council", &Image{URL: "/a.png", Alt: "Alison Hinds", Width: 400, Height: 400}}
	n.Content = `<p>Dear colleagues,</p><p>As we begin this new academic year, there is a sense of <strong>renewed purpose</strong> across our services.</p>
<h2 id="next">What comes next</h2><p>Four events stand out.</p>` + template.HTML(sampleEmbeds)
	n.Image, n.Contents, n.Details = nil, nil, nil
	cards := sampleCards()
	open := sampleCard()
	open.Title, open.Deadline = "Apply for Inspiring Future Leaders, cohort 3", &Deadline{What: "Apply", Date: *sampleDate}
	n.New, n.Events, n.Deadlines = []Card{cards[0], cards[3], cards[5]}, []Card{cards[1], cards[2]}, []Card{open, sampleEventCard()}
	n.Promises = []Promise{
		{"A further report", sampleDate, Link{"What nine pilots learnt", "/a/"}}, {"A second edition", nil, Link{"Words we use", "/b/"}},
	}
	return n
}

// sampleEmbeds is what the partial "embed" makes of two cards; see TestMain.
var sampleEmbeds string

func samplePage() Page {
	p := Page{Entry: Entry{Common: sampleCommon("page", "ہمارے بارے میں", "ہم کون ہیں اور آپ کو یہاں کیا ملے گا۔", "/about/")}}
	p.Content = "<p>ہم چودہ کونسلوں کی شراکت ہیں۔</p><ul><li>تعلق</li></ul><blockquote><p>ہر بچہ اہم ہے۔</p></blockquote>"
	p.Language, p.Direction = "ur", "rtl"
	return p
}

func sampleHome() Home {
	lead, letter := sampleCard(), Card{Title: "Regional update: August 2025", URL: "/newsletters/2025-08/", Summary: "A new year begins, and so do the SEND reforms."}
	cards := sampleCards()
	open := sampleCard()
	open.Title, open.Deadline = "Apply for Inspiring Future Leaders, cohort 3", &Deadline{What: "Apply", Date: *sampleDate, Ends: "2025-10-14T23:00:00Z"}
	h := Home{
		Common: sampleCommon("home", sampleSite.Title, sampleSite.Description, "/"),
		Lead:   &lead, Stories: []Card{cards[3], cards[0]}, Latest: []Card{cards[5]}, Events: []Card{cards[1], cards[2], cards[4]},
		Deadlines: []Card{open, sampleEventCard()}, Newsletter: &letter, Places: sampleTerms(),
	}
	h.Breadcrumbs, h.HeadTitle = nil, sampleSite.Title
	return h
}

func sampleTerms() []TermLink {
	term := func(title string, count string, children ...TermLink) TermLink {
		return TermLink{Link: Link{title, "/places/x/"}, Count: 3, CountText: count, Children: children}
	}
	return []TermLink{
		term("Birmingham", "8 updates"),
		term("Black Country", "14 updates", term("Dudley", "2 updates"), term("Sandwell", "3 updates"), term("Walsall", "7 updates", term("Bloxwich", "1 update")), term("Wolverhampton", "3 updates")),
		term("Coventry", "2 updates"), term("Shropshire", "4 updates"), term("Worcestershire", "5 updates"),
	}
}

var samplePagination = &Pagination{
	Number: 2, Total: 9, Previous: &Link{"Newer", "/articles/"}, Next: &Link{"Older", "/articles/page/3/"},
	Pages: []PageLink{{1, "/articles/", false, false}, {2, "/articles/page/2/", true, false}, {3, "/articles/page/3/", false, false}, {9, "/articles/page/9/", false, true}},
}

func sampleGroups() []Group {
	cards := sampleCards()
	return []Group{
		{"m-2025-10", "October 2025", []Card{cards[0], cards[5]}},
		{"m-2025-09", "September 2025", []Card{cards[1], cards[2], cards[4]}},
		{"m-2023-01", "January 2023", []Card{cards[3]}},
	}
}

// samples gives a full view for each layout.
func samples() map[string]any {
	website := Link{"walsall.example", "https://walsall.example/"}
	return map[string]any{
		"home.html": sampleHome(), "article.html": sampleArticle(), "event.html": sampleEvent(),
		"newsletter.html": sampleNewsletter(), "page.html": samplePage(),
		"list.html": List{
			Common:  sampleCommon("list", "Articles", "News, press releases and reports from across the region.", "/articles/page/2/"),
			Section: "articles", Groups: sampleGroups(), Pagination: samplePagination,
			Months: []NavLink{{Link{"October 2025", "/events/month/2025-10/"}, ""}},
			Years:  []NavLink{{Link{"2025", "/articles/2025/"}, "page"}, {Link{"2024", "/articles/2024/"}, ""}},
			Also:   []Link{{"Past events", "/events/past/"}},
		},
		"term.html": Term{
			Common:     sampleCommon("term", "Walsall", "A borough of a quarter of a million people.", "/places/walsall/"),
			Vocabulary: Link{"Places", "/places/"}, Website: &website, Parent: &Link{"Black Country", "/places/black-country/"},
			Children: sampleTerms()[:1], Events: []Card{sampleEventCard()}, Groups: sampleGroups()[:1], Pagination: samplePagination,
		},
		"terms.html": Terms{Common: sampleCommon("terms", "Places", "Find what happens near you.", "/places/"), Vocabulary: "places", Terms: sampleTerms()},
		"subscribe.html": Subscribe{
			Common: sampleCommon("subscribe", "Subscribe", "Let the news come to you.", "/subscribe/"), OPML: "/subscribe/feeds.opml", Email: "update@bulletin.example",
			Groups: []FeedGroup{
				{"everything", "Everything", []FeedSet{{"All updates", "/", "/feed.xml", "/atom.xml", "/feed.json", &Calendar{URL: "/calendar.ics", Webcal: "update.example/calendar.ics"}}}},
				{"places", "Places", []FeedSet{{"Black Country", "/places/b/", "/places/b/feed.xml", "/places/b/atom.xml", "/places/b/feed.json", nil}, {"Walsall", "/places/w/", "/places/w/feed.xml", "", "", nil}}},
			},
		},
		"accessibility.html": Accessibility{
			Common:  sampleCommon("accessibility", "Accessibility statement", "", "/accessibility/"),
			Contact: "hello@update.example", Email: "hello@update.example", Phone: "01632 960 557", Dial: "+441632960557", Reply: "10 working days",
			Prepared: sampleDate, Reviewed: sampleDate, Tested: sampleDate, TestedBy: "our own staff, by keyboard and screen reader",
			NonCompliant: []string{"The map of the region has no text alternative (1.1.1)"}, Burden: []string{"Recordings of 2019 have no captions (1.2.2)"},
			Exemptions: []string{"Reports published as PDF before 23 September 2018"},
		},
		"privacy.html": Privacy{
			Common:  sampleCommon("privacy", "Privacy", "", "/privacy/"),
			Contact: "hello@update.example", Email: "hello@update.example", Host: "Example Hosting", Logs: "It keeps addresses for 30 days.",
			Elsewhere: []string{"https://video.example.org"},
		},
		"404.html":            NotFound{Common: sampleCommon("404", "Page not found", "There is nothing at this address.", ""), Latest: sampleCards()[:2], Places: []TermLink{{Link: Link{"Walsall", "/places/walsall/"}, Count: 3, CountText: "3 updates"}}},
		"redirect.html":       Redirect{Common: sampleCommon("redirect", "Belonging", "", "/old/"), Target: Link{"Belonging", "/articles/2025/belonging/"}},
		"partials/embed.html": sampleCard(),
	}
}

const sampleContent template.HTML = `<div class="heading"><h2 id="aim">Aim</h2><a class="anchor" href="#aim" aria-label="Link to section “Aim”"><span aria-hidden="true">#</span></a></div>
<p>More than <abbr title="Walsall Learning Alliance">WLA</abbr> delegates came together for a day-long event named <em>Belonging in Action</em><sup class="footnote-ref" id="fnref-1"><a href="#fn-1" role="doc-noteref" aria-label="Footnote 1">1</a></sup>. See <a href="/x/">the agenda</a>.</p>
<figure class="quote"><blockquote><p>We want all children and young people to be hopeful and excited for the future, and the alliance’s work focuses on ensuring there are pathways for the next generation.</p></blockquote><figcaption><b class="quote-name">Councillor Mark Statham</b>, <span class="quote-role">Portfolio Holder, Education and Skills</span></figcaption></figure>
<p class="numbered" id="p3-18"><a class="para-number" href="#p3-18" aria-label="Paragraph 3.18">3.18</a> The Alliance risks being overwhelmed if we try to solve every pressing issue at the same time. To that end we feel that the key areas are these.</p>
<ol type="a" class="lettered"><li id="p3-18-a"><strong>SEND</strong>: working across partners to identify early needs.</li><li id="p3-18-b"><strong>Raising standards</strong>: sharing best practice.</li></ol>
<aside class="callout callout-note" role="note" aria-label="Note"><p class="callout-title">Note</p><p>Places are limited. Book early.</p></aside>
<aside class="callout callout-warning" role="note" aria-label="Warning: Parking"><p class="callout-title"><span class="callout-type">Warning:</span> Parking</p><p>The car park closes at 6pm.</p></aside>
<div class="heading"><h2 id="detail">Report detail</h2><a class="anchor" href="#detail" aria-label="Link to section “Report detail”"><span aria-hidden="true">#</span></a></div>
<ul><li>Meeting needs<ul><li>at the right time</li><li>in the right place</li></ul></li><li>Collective accountability</li></ul>
<ul class="tasks"><li class="task task-done"><span class="task-state">Done:</span> Find a venue</li><li class="task"><span class="task-state">To do:</span> Book it</li></ul>
<div class="heading"><h3 id="membership">Membership</h3><a class="anchor" href="#membership" aria-label="Link to section “Membership”"><span aria-hidden="true">#</span></a></div>
<div class="table-scroll" role="region" tabindex="0" aria-labelledby="table-1"><table><caption id="table-1">Membership as it stands</caption><thead><tr><th scope="col">Seat</th><th scope="col" class="align-right">Number</th></tr></thead><tbody><tr><td>Head teachers representing primary schools, as nominated</td><td class="align-right">2</td></tr><tr><td>Birmingham City University</td><td class="align-right">1</td></tr></tbody></table></div>
<div class="heading"><h3 id="governance">Governance</h3></div>
<dl><dt>Aim</dt><dd>To join the dots.</dd></dl>
<blockquote><p>A plain quotation.</p></blockquote>
<pre><code>bulletin build</code></pre>
<hr>
<figure class="picture"><img src="/a.png" alt="Speakers on a stage" width="1200" height="800"><figcaption>Three speakers closed the day.</figcaption></figure>
<section class="footnotes" role="doc-endnotes" aria-label="Footnotes"><ol><li id="fn-1"><p>Bescot Stadium, 8 October 2025. <a class="footnote-back" href="#fnref-1" role="doc-backlink">Back to reference 1</a></p></li></ol></section>`
