package site

import (
	"net/url"
	"path"
	"slices"
	"strings"

	"bulletin/internal/content"
	"bulletin/internal/diag"
	"bulletin/internal/header"
	"bulletin/internal/markdown"
	"bulletin/internal/slug"
	"bulletin/internal/ukdate"
)

// TargetKind says what a link leads to.
type TargetKind int

// The kinds of targets.
const (
	// Nowhere: there is no such file or address.
	Nowhere TargetKind = iota
	// External: something outside this site.
	External
	// OnPage: a fragment of the page that the link stands on.
	OnPage
	// ToEntry: the page of an entry.
	ToEntry
	// ToFile: an attachment.
	ToFile
	// ToAddress: a page that bulletin makes, such as a list.
	ToAddress
	// Unpublished: an entry, or a file of one, of which there is no trace yet.
	Unpublished
	// Unknown: a file with problems of its own, which are reported there.
	Unknown
)

// Target is where a link leads.
type Target struct {
	Kind TargetKind
	// Address is below the site's address and begins with a slash; for
	// External and OnPage it is what was written.
	Address string
	// Entry and File are set for ToEntry and ToFile; Entry also for an
	// Unpublished entry.
	Entry    *Entry
	File     *File
	fragment string
}

// Resolve finds where a link or path in an entry leads. from is the file that
// it is written in; a leading slash means content/, or the site's address.
func (s *Site) Resolve(from, dest string) Target {
	u, err := url.Parse(dest)
	if err != nil {
		return s.find(from, dest, "", "")
	}
	if u.Scheme != "" || u.Host != "" {
		return Target{Kind: External, Address: dest}
	}
	if u.Path == "" {
		return s.onPage(from, u)
	}
	t := s.find(from, u.Path, suffix(u), u.Fragment)
	if t.Kind == Nowhere && strings.ContainsAny(dest, "#?%") {
		if raw := s.find(from, dest, "", ""); raw.Kind != Nowhere {
			return raw
		}
	}
	if t.Kind == ToEntry && t.fragment != "" {
		t.Address = t.Entry.Address + query(u) + t.Entry.anchor(t.fragment)
	}
	return t
}

// onPage resolves a link to a part of its own page.
func (s *Site) onPage(from string, u *url.URL) Target {
	t := Target{Kind: OnPage, Address: "#" + u.EscapedFragment(), fragment: u.Fragment}
	if e, ok := s.byFile[from]; ok {
		t.Address = e.anchor(u.Fragment)
	}
	return t
}

func query(u *url.URL) string {
	if u.RawQuery == "" {
		return ""
	}
	return "?" + u.RawQuery
}

func suffix(u *url.URL) string {
	if u.Fragment == "" {
		return query(u)
	}
	return query(u) + "#" + u.EscapedFragment()
}

// find looks a path up among the entries, attachments and made pages.
func (s *Site) find(from, p, suffix, fragment string) Target {
	file := s.stored(resolvePath(from, p))
	for _, name := range []string{file, path.Join(file, "index.md")} {
		if e, ok := s.byFile[name]; ok {
			if !e.Published {
				return Target{Kind: Unpublished, Entry: e}
			}
			return Target{Kind: ToEntry, Address: e.Address + suffix, Entry: e, fragment: fragment}
		}
		if s.broken[name] {
			return Target{Kind: Unknown}
		}
	}
	if f, ok := s.files[file]; ok {
		if !f.public() {
			return Target{Kind: Unpublished, Entry: f.owner}
		}
		return Target{Kind: ToFile, Address: f.Address + suffix, File: f}
	}
	if !strings.HasPrefix(p, "/") {
		return Target{}
	}
	for _, address := range []string{p, p + "/"} {
		if e, ok := s.byAddress[address]; ok {
			return Target{Kind: ToEntry, Address: e.Address + suffix, Entry: e, fragment: fragment}
		}
		if _, ok := s.generated[address]; ok {
			return Target{Kind: ToAddress, Address: address + suffix}
		}
	}
	return Target{}
}

// stored gives the path of a file as it is stored, for one that is written in
// another Unicode form: a Mac stores an accent on its own, and other systems
// store and type the letter with it.
func (s *Site) stored(file string) string {
	if s.has(file) {
		return file
	}
	composed := slug.NFC(file)
	if name, ok := s.decomposed[composed]; ok {
		return name
	}
	if s.has(composed) {
		return composed
	}
	return file
}

// has reports whether there is a file at a path.
func (s *Site) has(file string) bool {
	return s.byFile[file] != nil || s.files[file] != nil || s.broken[file]
}

// decompose notes the files whose names are stored with accents of their own.
func (s *Site) decompose() {
	s.decomposed = map[string]string{}
	note := func(file string) {
		if composed := slug.NFC(file); composed != file {
			s.decomposed[composed] = file
		}
	}
	for _, file := range sortedKeys(s.byFile) {
		note(file)
	}
	for _, file := range sortedKeys(s.files) {
		note(file)
	}
	for _, file := range sortedKeys(s.broken) {
		note(file)
	}
}

// resolvePath gives the file that a path in another file means.
func resolvePath(from, p string) string {
	if strings.HasPrefix(p, "/") {
		return strings.TrimSuffix(content.Root, "/") + path.Clean(p)
	}
	if strings.HasPrefix(from, "content/site.yaml") || strings.HasPrefix(from, "content/registers/") {
		return path.Join(content.Root, p)
	}
	if decoded, err := url.PathUnescape(p); err == nil {
		p = decoded
	}
	return path.Join(path.Dir(from), p)
}

// docs gives all texts of an entry that are Markdown.
func docs(e *content.Entry) []*markdown.Doc {
	list := []*markdown.Doc{e.Body}
	if e.Article != nil && e.Article.NotesToEditors != nil {
		list = append(list, e.Article.NotesToEditors)
	}
	return list
}

// checkLinks reports links and paths that lead nowhere, or to something that
// is not published yet.
func (s *Site) checkLinks(all []*Entry, problems *diag.List) {
	for _, e := range all {
		for _, doc := range docs(e.Entry) {
			for _, l := range doc.Links {
				s.checkLink(e, l, problems)
			}
			for _, i := range doc.Images {
				s.checkFile(e, header.Text{Value: i.Dest, Pos: i.Pos}, problems)
			}
		}
		s.checkFile(e, e.Image.File, problems)
		for _, i := range e.Gallery {
			s.checkFile(e, i.File, problems)
		}
		for _, d := range e.Downloads {
			s.checkFile(e, d.File, problems)
		}
		if e.Newsletter != nil {
			s.checkFile(e, e.Newsletter.From.Image, problems)
		}
	}
	if logo := s.Config.Publisher.Logo; logo.Set() {
		if t := s.Resolve(logo.Pos.File, logo.Value); t.Kind != ToFile {
			problems.Add(s.nowhere(logo))
		}
	}
}

func (s *Site) checkLink(e *Entry, l markdown.Link, problems *diag.List) {
	at := header.Text{Value: l.Dest, Pos: l.Pos}
	t := s.Resolve(e.File, l.Dest)
	switch t.Kind {
	case Nowhere:
		problems.Add(s.nowhere(at))
	case Unpublished:
		if e.Published {
			hint := "until then the words stand here without a link"
			if l.Card {
				hint = "until then nothing is shown here"
			}
			problems.Add(s.unpublished(at, t, hint))
		}
	case OnPage:
		if t.fragment != "" && !e.HasID(t.fragment) {
			problems.Add(noFragment(at, e, t.fragment))
		}
	case ToEntry:
		if t.fragment != "" && !t.Entry.HasID(t.fragment) {
			problems.Add(noFragment(at, t.Entry, t.fragment))
		}
	}
}

// checkFile reports a path that must be that of an attachment, and is not.
func (s *Site) checkFile(e *Entry, at header.Text, problems *diag.List) {
	if !at.Set() || at.Value == "" {
		return
	}
	switch t := s.Resolve(e.File, at.Value); t.Kind {
	case ToFile, Unknown:
	case Unpublished:
		if e.Published {
			problems.Add(s.unpublished(at, t, "until then nothing is shown here"))
		}
	case External:
		problems.Add(diag.Errorf(at.Pos, "external-file", "save it in the folder of this file and write its name here; pages must not fetch anything from other sites",
			"`%s` is on another site", at.Value))
	default:
		problems.Add(s.nowhere(at))
	}
}

// nowhere reports a path that leads nowhere, with the nearest file.
func (s *Site) nowhere(at header.Text) diag.Problem {
	p, _, _ := strings.Cut(at.Value, "#")
	wanted := resolvePath(at.Pos.File, p)
	hint := "paths are relative to the folder of this file; a leading / means the content folder"
	if near := s.nearestFile(wanted); near != "" {
		hint = "did you mean `" + relative(path.Dir(at.Pos.File), near) + "`?"
	}
	return diag.Errorf(at.Pos, "broken-link", hint, "`%s` leads nowhere: there is no file %s", at.Value, wanted)
}

// nearestFile finds the file that a path most likely means: the same name in
// another folder, or nearly the same path.
func (s *Site) nearestFile(wanted string) string {
	var all []string
	for name := range s.byFile {
		all = append(all, name)
	}
	for name := range s.files {
		all = append(all, name)
	}
	slices.Sort(all)
	page := strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(wanted, "/index.html"), ".html"), "/") + ".md"
	if slices.Contains(all, page) {
		return page
	}
	for _, name := range all {
		if strings.EqualFold(path.Base(name), path.Base(wanted)) && path.Base(name) != "index.md" {
			return name
		}
	}
	var beside []string
	for _, name := range all {
		if path.Dir(name) == path.Dir(wanted) {
			beside = append(beside, path.Base(name))
		}
	}
	if near := diag.Nearest(path.Base(wanted), beside); near != "" {
		return path.Join(path.Dir(wanted), near)
	}
	return ""
}

// relative writes a file's path as seen from a folder.
func relative(dir, file string) string {
	from, to := strings.Split(dir, "/"), strings.Split(file, "/")
	for len(from) > 0 && len(to) > 1 && from[0] == to[0] {
		from, to = from[1:], to[1:]
	}
	return strings.Repeat("../", len(from)) + strings.Join(to, "/")
}

func (s *Site) unpublished(at header.Text, t Target, hint string) diag.Problem {
	why := "is not published"
	if e := t.Entry; e != nil && e.Draft {
		why = "is a draft"
	} else if e != nil && e.Date.Set() {
		from := e.Date.Time.In(s.Config.Location)
		why = "is published only on " + ukdate.Date(from)
		if e.Date.Precision == ukdate.Minute {
			why = "is published only on " + ukdate.DateTime(from)
		}
	}
	return diag.Warnf(at.Pos, "unpublished-link", hint, "`%s` %s", at.Value, why)
}

func noFragment(at header.Text, e *Entry, fragment string) diag.Problem {
	var ids []string
	for _, h := range e.Body.Headings {
		ids = append(ids, h.ID)
	}
	hint := "the address of a heading is shown when you point at it on the page"
	if near := diag.Nearest(fragment, ids); near != "" {
		hint = "did you mean `#" + near + "`?"
	}
	return diag.Warnf(at.Pos, "broken-fragment", hint, "there is no `#%s` in %s", fragment, e.File)
}

// sectionPrefix begins the ids that layouts give to parts of a page, so that
// none is that of a heading.
const sectionPrefix = "page-"

// sections are the parts that the built-in layouts give an id to, and by which
// writers can link to them: "#booking" means the heading of that id or else
// the part of the page about booking, which has the id "page-booking".
var sections = map[string]func(*content.Entry) bool{
	"booking":   func(e *content.Entry) bool { return e.Event != nil && e.Event.Register.Set() },
	"programme": func(e *content.Entry) bool { return e.Event != nil && len(e.Event.Programme) > 0 },
	"speakers":  func(e *content.Entry) bool { return e.Event != nil && len(e.Event.Speakers) > 0 },
	"dates":     func(e *content.Entry) bool { return e.Event != nil && e.Event.Repeats != nil },
	"outcome":   func(e *content.Entry) bool { return e.Event != nil && e.Event.Outcome != content.Outcome{} },
	"downloads": func(e *content.Entry) bool { return len(e.Downloads) > 0 },
	"gallery":   func(e *content.Entry) bool { return len(e.Gallery) > 0 },
	"contact":   func(e *content.Entry) bool { return e.Contact != content.Contact{} },
	"changes":   func(e *content.Entry) bool { return len(e.Updated) > 0 },
	"editors":   func(e *content.Entry) bool { return e.Article != nil && e.Article.NotesToEditors != nil },
}

// pageIDs are the ids that every page has.
var pageIDs = []string{"main", "top"}

// HasID reports whether a link to a part of the entry's page leads somewhere.
func (e *Entry) HasID(id string) bool {
	if e.Body.HasID(id) || slices.Contains(pageIDs, id) {
		return true
	}
	has, ok := sections[strings.TrimPrefix(id, sectionPrefix)]
	return ok && has(e.Entry)
}

// anchor gives the fragment, with its "#", by which the browser finds a part
// of the entry's page.
func (e *Entry) anchor(id string) string {
	if has, ok := sections[id]; ok && !e.Body.HasID(id) && has(e.Entry) {
		id = sectionPrefix + id
	}
	return "#" + (&url.URL{Fragment: id}).EscapedFragment()
}
