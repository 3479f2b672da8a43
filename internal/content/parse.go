package content

import (
	"bytes"
	"crypto/sha256"
	"maps"
	"path"
	"strings"
	"time"

	"bulletin/internal/config"
	"bulletin/internal/diag"
	"bulletin/internal/header"
	"bulletin/internal/markdown"
	"bulletin/internal/slug"
	"bulletin/internal/ukdate"
)

// Root is the folder of all content, relative to the site's folder.
const Root = "content/"

// KindOf tells what the file at a path is: its kind follows from the first
// folder below content/.
func KindOf(file string) Kind {
	folder, _, nested := strings.Cut(strings.TrimPrefix(file, Root), "/")
	for _, k := range []Kind{KindArticle, KindEvent, KindNewsletter} {
		if nested && folder == k.Folder() {
			return k
		}
	}
	return KindPage
}

// IsEntry reports whether the file at a path is read as an entry.
func IsEntry(file string) bool { return strings.EqualFold(path.Ext(file), ".md") }

// Parse reads one file. file is its path relative to the site's folder. The
// entry is nil when nothing in the file could be read; otherwise it can be
// looked at further, whatever the problems are.
func Parse(c *config.Config, glossary *markdown.Glossary, file string, data []byte) (*Entry, diag.List) {
	return parse(c, glossary, file, data, false)
}

// ParseProse reads one file like Parse, and keeps the prose of its texts (see
// [markdown.Options]) for those who read it as a sub-editor does.
func ParseProse(c *config.Config, glossary *markdown.Glossary, file string, data []byte) (*Entry, diag.List) {
	return parse(c, glossary, file, data, true)
}

func parse(c *config.Config, glossary *markdown.Glossary, file string, data []byte, prose bool) (*Entry, diag.List) {
	text, problems := header.Clean(file, data)
	if problems.HasErrors() {
		return nil, problems
	}
	doc, more := header.Split(file, text)
	problems.Add(more...)
	if doc == nil {
		return nil, problems
	}
	r := &reader{Fields: doc.Fields, config: c, zone: c.Location, glossary: glossary, file: file, prose: prose}
	e := &Entry{File: file, Kind: KindOf(file), Pos: diag.Pos{File: file, Line: 1, Col: 1}}
	if head, ok := bytes.CutSuffix(text, doc.Body); ok && !more.HasErrors() {
		e.head = sha256.Sum256(head)
	}
	r.Meant(meant[e.Kind])
	r.readCommon(e)
	switch e.Kind {
	case KindArticle:
		r.readArticle(e)
	case KindEvent:
		r.readEvent(e)
	case KindNewsletter:
		r.readNewsletter(e)
	}
	problems.Add(r.Finish()...)
	numbered := e.Article != nil && e.Article.Numbered
	body, more := markdown.Parse(doc.Body, markdown.Options{File: file, Line: doc.BodyLine, Numbered: numbered, Glossary: glossary, Prose: prose, PageOnly: e.Newsletter == nil})
	problems.Add(more...)
	e.Body = body
	if e.Article != nil {
		r.checkEvents(e, doc.Body, doc.BodyLine)
	}
	problems.Add(r.notes...)
	e.Address = address(file, e.Slug())
	if strings.Contains(e.Address, "//") {
		problems.Add(diag.Errorf(e.Pos, "file-name", "rename the file or folder, or write a `slug`", "the address follows from the name of the file, and this one has a part without any letter or digit"))
	}
	if e.Summary.Value == "" {
		e.Summary.Value = body.Lead
	}
	body.Lead = "" // which has served
	problems.Sort()
	return e, problems
}

// reader reads the keys of one front matter.
type reader struct {
	*header.Fields
	config   *config.Config
	glossary *markdown.Glossary
	file     string
	// prose keeps the prose of texts.
	prose bool
	// zone is the zone in which dates without one are meant.
	zone *time.Location
	// notes are the problems of Markdown inside the front matter, and of what
	// the text says.
	notes diag.List
}

// address gives the address of the page of a file.
func address(file, last string) string {
	rest := strings.TrimPrefix(file, Root)
	rest = strings.TrimSuffix(rest, path.Ext(rest))
	if base := path.Base(rest); base == "index" {
		rest = path.Dir(rest)
	}
	if rest == "." {
		return "/"
	}
	segments := strings.Split(rest, "/")
	for i, s := range segments {
		segments[i] = slug.Segment(s)
	}
	if last != "" {
		segments[len(segments)-1] = last
	}
	return "/" + strings.Join(segments, "/") + "/"
}

// defaultID is the identity of a file that does not say its own.
func defaultID(file string) string {
	id := strings.TrimPrefix(file, Root)
	id = strings.TrimSuffix(id, path.Ext(id))
	return slug.NFC(strings.TrimSuffix(id, "/index"))
}

// moment turns a date as written into an instant of the entry's zone.
func (r *reader) moment(d header.Date) Moment {
	if !d.Set() {
		return Moment{}
	}
	t, err := d.In(r.zone)
	if err != nil {
		r.Problem(header.DateProblem(d.Text.Pos, err))
		return Moment{}
	}
	precision := d.Precision
	if precision == ukdate.Second {
		precision = ukdate.Minute
	}
	return Moment{Time: t, Precision: precision, Pos: d.Text.Pos}
}

// date reads a key that takes a date or a time.
func (r *reader) date(key string) Moment { return r.moment(r.Date(key)) }

// meant tells, for the entries of a kind, what to write instead of keys that
// belong elsewhere.
var meant = map[Kind]map[string]string{
	KindArticle: meantIn(KindArticle), KindEvent: meantIn(KindEvent), KindNewsletter: meantIn(KindNewsletter), KindPage: meantIn(KindPage),
}

func meantIn(kind Kind) map[string]string {
	m := maps.Clone(synonyms)
	for owner, keys := range map[Kind][]string{KindArticle: articleKeys, KindEvent: eventKeys, KindNewsletter: newsletterKeys} {
		if owner == kind {
			continue
		}
		for _, key := range keys {
			m[key] = "`" + key + "` is for files in " + Root + owner.Folder() + "/"
		}
	}
	return m
}

// synonyms are keys of other programs.
var synonyms = map[string]string{
	"author": "write `people`", "authors": "write `people`", "by": "write `people`",
	"tags": "write `topics`", "categories": "write `topics`", "category": "write `topics`", "keywords": "write `topics`",
	"description": "write `summary`", "excerpt": "write `summary`", "standfirst": "write `summary`",
	"permalink": "write `slug`, or move the file", "url": "write `slug`, or move the file",
	"publishdate": "write `date`", "published": "write `date`", "expirydate": "write `expires`", "lastmod": "write `updated`",
	"location": "write `venue` or `online`", "when": "write `start`", "where": "write `venue` or `online`",
	"attachments": "write `downloads`", "files": "write `downloads`", "photo": "write `image`", "picture": "write `image`", "cover": "write `image`",
	"wards": "write it under `details`", "ward": "write it under `details`", "portfolio": "write it under `details`",
	"lang": "write `language`", "weight": "entries are in order of their dates; remove it", "layout": "the layout follows from the folder; remove it", "type": "the kind follows from the folder; remove it",
}

// The keys that only one kind has, besides those with a name that several
// have.
var (
	articleKeys    = []string{"kind", "closes", "numbered", "about_event", "notes_to_editors"}
	eventKeys      = []string{"start", "end", "previous_start", "time_note", "timezone", "venue", "online", "cost", "register", "status", "status_note", "host", "audience", "capacity", "availability", "speakers", "programme", "repeats", "outcome"}
	newsletterKeys = []string{"issue", "from", "subject", "preheader", "auto"}
)
