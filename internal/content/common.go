package content

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"bulletin/internal/config"
	"bulletin/internal/diag"
	"bulletin/internal/header"
	"bulletin/internal/slug"
)

// readCommon reads the keys that every kind has.
func (r *reader) readCommon(e *Entry) {
	e.Title = r.Required("title", "every entry needs one", `"What it is about"`)
	e.Summary = r.Text("summary")
	if e.Summary.Value == "" && (e.Kind == KindArticle || e.Kind == KindEvent) {
		e.Summary = r.Required("summary", "lists, feeds and e-mails show it under the title", `"One or two sentences that say what matters"`)
	}
	e.ID = r.Text("id")
	if e.ID.Value == "" {
		e.ID.Value = defaultID(r.file)
	}
	e.Date = r.date("date")
	if !e.Date.Set() && (e.Kind == KindArticle || e.Kind == KindNewsletter) {
		r.Required("date", "it is when the entry is published", "23 September 2025")
	}
	e.Updated = r.readChanges()
	e.Expires, e.ReviewBy = r.date("expires"), r.date("review_by")
	e.Draft = r.Bool("draft")
	e.Withdrawn = r.Text("withdrawn")
	e.Places = r.names("places", r.config.Places)
	e.Topics = r.names("topics", r.config.Topics)
	e.Organisations = r.names("organisations", r.config.Organisations)
	e.People = r.people(r.Value("people"))
	contact := r.Map("contact")
	e.Contact = Contact{Name: contact.Text("name"), Role: contact.Text("role"), Email: config.Email(contact, "email"), Phone: contact.Text("phone")}
	if r.Value("image").Kind() != header.Absent {
		e.Image = r.image(r.Value("image"))
	}
	for _, item := range r.Value("gallery").List() {
		e.Gallery = append(e.Gallery, r.image(item))
	}
	e.Downloads = r.downloads()
	e.Series = r.Text("series")
	for _, d := range r.Value("details").Entries() {
		e.Details = append(e.Details, Detail{Label: d.Key, Text: d.Value.Text()})
	}
	e.Aliases = r.aliases()
	e.Language = r.language()
	e.TranslationOf = r.Text("translation_of")
	promise := r.Map("to_follow")
	e.ToFollow = Promise{What: promise.Text("what"), By: r.moment(promise.Date("by"))}
	if e.ToFollow.By.Set() && !e.ToFollow.What.Set() {
		promise.Required("what", "it says what will follow", "a report with the findings")
	}
	e.slug = r.slug()
}

// Slug is the last segment of the address, if the entry names one.
func (e *Entry) Slug() string { return e.slug }

func (r *reader) slug() string {
	t := r.Text("slug")
	if t.Value == "" {
		return ""
	}
	if s := slug.Segment(t.Value); s != t.Value || strings.HasPrefix(s, ".") {
		r.Problem(diag.Errorf(t.Pos, "slug", "write `slug: "+slug.Make(t.Value)+"`", "`%s` cannot stand in an address: it takes small letters, digits and hyphens", t.Value))
		return s
	}
	return t.Value
}

func (r *reader) readChanges() []Change {
	var changes []Change
	for _, item := range r.Value("updated").List() {
		f := item.Fields()
		c := Change{Date: r.moment(f.Date("date")), Note: f.Required("note", "it tells readers what changed", `"Corrected the booking deadline"`)}
		if !f.Has("date") {
			f.Required("date", "it is when the change was made", "23 September 2025")
		}
		if c.Date.Set() {
			changes = append(changes, c)
		}
	}
	return changes
}

// names reads a list of names of places, topics or organisations. With a
// register, names that are not in it are reported, and other names of a record
// are read as its own.
func (r *reader) names(key string, register *config.Register) []header.Text {
	var names []header.Text
	seen := map[string]bool{}
	for _, t := range r.Texts(key) {
		if record, ok := register.Find(t.Value); ok {
			t.Value = record.Name.Value
		} else if register.Given {
			hint := "add it to " + config.Registers + key + ".yaml"
			if several := r.severalNames(key, t); several != "" {
				hint = several
			} else if near := diag.Nearest(t.Value, register.Names()); near != "" {
				hint = "did you mean `" + near + "`? If it is new, " + hint
			}
			r.Problem(diag.Errorf(t.Pos, "unknown-name", hint, "%q is not in the register of %s", t.Value, key))
			continue
		}
		if slug.Make(t.Value) == "" {
			r.Problem(diag.Errorf(t.Pos, "name", "write a name with letters in it", "`%s` is not a name", t.Value))
			continue
		}
		if hint := r.severalNames(key, t); hint != "" && !register.Given {
			r.Problem(diag.Warnf(t.Pos, "several-names", hint, "this is read as one name, %q", t.Value))
		}
		if folded := slug.Fold(t.Value); !seen[folded] {
			seen[folded] = true
			names = append(names, t)
		}
	}
	return names
}

// severalNames gives a hint if the only name of a key looks like a list that
// lacks its brackets.
func (r *reader) severalNames(key string, t header.Text) string {
	if r.Value(key).Kind() != header.Scalar || !strings.Contains(t.Value, ", ") {
		return ""
	}
	return "if there are several, write `" + key + ": [" + t.Value + "]`; if it is one, write `" + key + ": [\"" + t.Value + "\"]`"
}

// people reads a list of names, or of groups of name, role and organisation.
func (r *reader) people(v header.Value) []Person {
	var people []Person
	for _, item := range v.List() {
		p := Person{}
		if item.Kind() == header.Scalar {
			p.Name = item.Text()
		} else {
			f := item.Fields()
			p = Person{Name: f.Required("name", "it says who it is", "A name"), Role: f.Text("role"), Organisation: f.Text("organisation")}
		}
		if p.Name.Value == "" {
			continue
		}
		if slug.Make(p.Name.Value) == "" {
			r.Problem(diag.Errorf(p.Name.Pos, "name", "write a name with letters in it", "`%s` is not a name", p.Name.Value))
			continue
		}
		if record, ok := r.config.People.Find(p.Name.Value); ok {
			p.Name.Value = record.Name.Value
			if !p.Role.Set() && !p.Organisation.Set() {
				p.Role, p.Organisation = record.Role, record.Organisation
			}
		}
		people = append(people, p)
	}
	return people
}

// image reads a picture: a group with file and alt.
func (r *reader) image(v header.Value) Image {
	f := v.Fields()
	i := Image{
		File: f.Required("file", "it is the path of the picture", "picture.jpg"),
		Alt:  f.Text("alt"), Caption: f.Text("caption"), Credit: f.Text("credit"), Decorative: f.Bool("decorative"),
	}
	if i.Alt.Value == "" && !i.Decorative && i.File.Set() {
		r.Problem(diag.Errorf(i.File.Pos, "image-alt",
			`write `+"`alt: what the picture shows`"+`, for people who cannot see it; a picture that adds nothing takes `+"`alt: \"\"` and `decorative: true`",
			"the picture `%s` has no text alternative", i.File.Value))
	}
	if i.Alt.Value != "" && i.Decorative {
		r.Problem(diag.Errorf(i.Alt.Pos, "image-alt", "remove `alt` or `decorative`", "a decorative picture has no text alternative"))
	}
	return i
}

func (r *reader) downloads() []Download {
	var downloads []Download
	for _, item := range r.Value("downloads").List() {
		if item.Kind() == header.Scalar {
			downloads = append(downloads, Download{File: item.Text()})
			continue
		}
		f := item.Fields()
		d := Download{File: f.Text("file"), URL: config.WebAddress(f, "url"), Title: f.Text("title"), Group: f.Text("group")}
		if d.File.Set() == d.URL.Set() && !f.Has("url") {
			f.Required("file", "it is the path of the document; for one on another site write `url`", "report.pdf")
			continue
		}
		if d.File.Set() && d.URL.Set() {
			r.Problem(diag.Errorf(d.URL.Pos, "download", "keep one of the two", "a download has a `file` or a `url`, not both"))
		}
		downloads = append(downloads, d)
	}
	return downloads
}

// aliases reads old addresses: paths below the site's address.
func (r *reader) aliases() []header.Text {
	var aliases []header.Text
	for _, t := range r.Texts("aliases") {
		written := t.Value
		if plain, err := url.PathUnescape(written); err == nil {
			t.Value = plain
		}
		if !strings.HasPrefix(t.Value, "/") || strings.HasPrefix(t.Value, "//") || strings.ContainsAny(written, "?#<> \"") ||
			strings.ContainsAny(t.Value, "\\*") || !utf8.ValidString(t.Value) || hasDots(t.Value) || strings.ContainsFunc(t.Value, unicode.IsControl) {
			r.Problem(diag.Errorf(t.Pos, "alias", "write the part of the old address after the name of the site, such as `/news/2024/old-page/`",
				"`%s` is not the path of an old address", written))
			continue
		}
		aliases = append(aliases, t)
	}
	return aliases
}

// hasDots reports a path that leads elsewhere than it seems, or to bulletin's
// own records.
func hasDots(path string) bool {
	for segment := range strings.SplitSeq(path, "/") {
		if segment == "." || segment == ".." || strings.EqualFold(segment, ".bulletin") {
			return true
		}
	}
	return false
}

func (r *reader) language() header.Text {
	t := r.Text("language")
	if t.Value != "" && !config.IsLanguage(t.Value) {
		r.Problem(diag.Errorf(t.Pos, "language", "write `language: cy` for Welsh or `language: en-GB` for English", "`%s` is not a language code", t.Value))
		return header.Text{}
	}
	return t
}
