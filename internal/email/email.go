// Package email makes what is sent of each issue of the newsletter, beside its
// page: email.html, which a mailing tool takes as it is, the same as plain text
// in email.txt, and email.eml, a draft with both that a mail program opens.
//
// An e-mail shows everything as it stood on the date of the issue, whenever it
// is built, so that what lies on the site is what was sent.
//
// # The layout
//
// A site's own layouts/email.html replaces the built-in one; its view is
// [Email]. The page that it makes is finished for mail programs. The rules of
// its style elements are written into the elements that they select, all but
// those in @media and those such as a:hover, which stay and need !important.
// Pictures become at most 536 pixels wide. And what Outlook on Windows does not
// know, as it shows pages with the engine of Word, becomes what it does: it
// drops the elements of HTML5, and gives padding and background only to the
// cells of tables. A layout's styles are for what stands on the right:
//
//	aside.callout          table.callout with one td.callout-cell
//	figure.quote           table.quote with one td.quote-cell
//	figcaption             p.caption
//	figure, section ...    div
//	table without a role   table.data
//	abbr, and links to and from footnotes
//	                       their text
//
// What no mail program can use is a problem: scripts, external styles and
// fonts, pictures without an alternative, addresses that are not whole, and
// more than 100 KB of it.
package email

import (
	"html/template"
	"io"

	"bulletin/internal/diag"
	"bulletin/internal/output"
	"bulletin/internal/site"
	"bulletin/internal/theme"
)

// The names of the files, beside the page of the issue.
const (
	FileHTML  = "email.html"
	FileText  = "email.txt"
	FileDraft = "email.eml"
)

// version is the salt of the jobs' keys. It changes with the makers in this
// package, so that e-mails made by an older program are made anew.
var version = output.KeyOf("email 2")

// The largest sizes at which the built-in layout shows pictures.
var (
	leadSize     = size{contentWidth, 1000}
	portraitSize = size{80, 80}
	logoSize     = size{200, 56}
)

// Jobs gives the e-mails of all published issues but those that were
// withdrawn, and the problems of [Problems]. open opens a published picture in
// one of its sizes.
func Jobs(s *site.Site, t *theme.Theme, open func(*site.File, site.Size) (io.ReadCloser, error)) ([]output.Job, diag.List) {
	shared := maker{s: s, theme: t, press: &press{theme: t}, issues: s.Issues(), colours: colours(s), open: open}
	problems := Problems(s)
	var jobs []output.Job
	for _, e := range s.Entries {
		if e.Newsletter == nil || e.Withdrawn.Set() {
			continue
		}
		m := shared
		m.issue, m.at = e, e.Date.Time
		jobs = append(jobs, m.jobs()...)
		problems.Add(m.problems...)
	}
	return jobs, problems
}

// jobs gives the three files of one issue.
func (m *maker) jobs() []output.Job {
	dir := m.issue.Address[1:]
	letter := m.letter() // whose pictures are the first of the message
	view := m.view()
	shown := m.press.sheet(pageView{View: view, Letter: letter, File: m.issue.File, Unsubscribe: string(view.Unsubscribe)})
	draft := m.draft(shown)
	layout := m.theme.Salt("email.html")
	salt := output.KeyOf([2]output.Key{version, layout})
	if newest := m.s.Newsletters; len(newest) > 0 && newest[0] == m.issue {
		// Only the newest issue can still be made smaller before it is sent.
		if html, err := shown.html(nil); err == nil {
			m.problems.Add(checkSize(html, m.issue.File)...)
		}
	}
	return []output.Job{
		output.New(dir+FileHTML, salt, shown, func(w io.Writer, v *sheet) error {
			html, err := v.html(nil)
			return writeAll(w, html, err)
		}),
		output.New(dir+FileText, version, shown, func(w io.Writer, v *sheet) error {
			text, err := v.text()
			return writeAll(w, text, err)
		}),
		output.New(dir+FileDraft, salt, draft, func(w io.Writer, v draftView) error {
			eml, err := v.eml()
			return writeAll(w, eml, err)
		}),
	}
}

func writeAll(w io.Writer, data []byte, err error) error {
	if err == nil {
		_, err = w.Write(data)
	}
	return err
}

// colours gives the shades of the site's brand colour.
func colours(s *site.Site) Colours {
	var brand *theme.Colour
	if c, ok := theme.ParseColour(s.Config.Colour.Value); ok && s.Config.Colour.Set() {
		brand = &c
	}
	shades := theme.ShadesOf(brand)
	return Colours{shades.Brand.String(), shades.Tint.String(), shades.DarkBrand.String(), shades.DarkTint.String()}
}

// view gives the view of email.html, without the letter.
func (m *maker) view() Email {
	e, n := m.issue, m.issue.Newsletter
	lists := m.issues[e]
	v := Email{
		Title: e.Title.Value, Summary: e.Summary.Value, URL: m.s.Absolute(e.Address), Site: m.siteView(),
		Subject: subject(e), Preheader: n.Preheader.Value, Language: m.language(e), Issue: n.Issue.Value, Date: *m.day(e.Date),
		Image: m.image(e.Image, leadSize), FirstIssue: lists.First,
		Unsubscribe: template.URL(m.s.Config.Newsletter.Unsubscribe.Value), Colours: m.colours, Outlook: outlook,
	}
	v.Direction = direction(v.Language)
	if v.Preheader == "" {
		v.Preheader = v.Summary
	}
	if name := n.From.Name.Value; name != "" {
		v.From = &Signature{Name: name, Role: n.From.Role.Value, Organisation: n.From.Organisation.Value}
		if f, ok := m.s.FileAt(e.Entry, n.From.Image.Value); ok && n.From.Image.Set() {
			v.From.Image = m.picture(f, Image{Alt: "Portrait of " + name}, portraitSize)
		}
	}
	for _, other := range lists.New {
		v.New = append(v.New, m.card(other))
	}
	for _, other := range lists.Events {
		v.Events = append(v.Events, m.card(other))
	}
	for _, d := range lists.Deadlines {
		v.Deadlines = append(v.Deadlines, *m.deadline(d.Entry, d.By))
	}
	if e.ToFollow.What.Set() {
		v.Promises = append(v.Promises, promise(e))
	}
	for _, other := range lists.Promises {
		p := promise(other)
		p.Title, p.URL = other.Title.Value, m.s.Absolute(other.Address)
		v.Promises = append(v.Promises, p)
	}
	return v
}

func promise(e *site.Entry) Promise {
	p := Promise{What: e.ToFollow.What.Value}
	if e.ToFollow.By.Set() {
		p.By = by(e.ToFollow.By)
	}
	return p
}

// subject gives the subject of an issue's e-mail.
func subject(e *site.Entry) string {
	if e.Newsletter.Subject.Value != "" {
		return e.Newsletter.Subject.Value
	}
	return e.Title.Value
}

// siteView gives what the e-mail says of the site.
func (m *maker) siteView() Site {
	c := m.s.Config
	v := Site{
		Title: c.Title.Value, Region: c.Region.Value, URL: m.s.Absolute("/"), Subscribe: m.s.Absolute("/subscribe/"),
		Publisher: Publisher{Name: c.Publisher.Name.Value, Email: c.Publisher.Email.Value, Phone: c.Publisher.Phone.Value},
	}
	for _, line := range c.Publisher.Address {
		v.Publisher.Address = append(v.Publisher.Address, line.Value)
	}
	if logo := c.Publisher.Logo; logo.Set() {
		if t := m.s.Resolve(logo.Pos.File, logo.Value); t.Kind == site.ToFile {
			v.Publisher.Logo = m.picture(t.File, Image{Alt: v.Publisher.Name}, logoSize)
		}
	}
	return v
}
