package site

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"bulletin/internal/content"
	"bulletin/internal/diag"
	"bulletin/internal/header"
	"bulletin/internal/slug"
)

// PageSize is how many entries one page of a list shows.
const PageSize = 20

// PageCount gives the number of pages of a list of n entries; an empty list
// has one.
func PageCount(n int) int { return max(1, (n+PageSize-1)/PageSize) }

// PageAddress gives the address of page number n, from 1, of the list at an
// address.
func PageAddress(list string, n int) string {
	if n == 1 {
		return list
	}
	return fmt.Sprintf("%spage/%d/", list, n)
}

// Redirect leads from an old address to an entry.
type Redirect struct {
	// From is the old path; To the entry that stands for it now.
	From string
	To   *Entry
}

func (s *Site) makeRedirects() {
	for _, e := range s.Entries {
		for _, alias := range e.Aliases {
			s.Redirects = append(s.Redirects, Redirect{From: alias.Value, To: e})
		}
	}
}

// listAddresses gives the addresses of all lists and other pages that bulletin
// makes, with a description of each.
func (s *Site) listAddresses() map[string]string {
	m := map[string]string{
		"/": "the home page", "/subscribe/": "the page about subscribing", Accessibility: "the accessibility statement", Privacy: "the privacy page",
		"/events/past/": "the list of past events",
	}
	list := func(address, what string, n int) {
		for i := range PageCount(n) {
			m[PageAddress(address, i+1)] = what
		}
	}
	list("/articles/", "the list of articles", len(s.Articles))
	list("/events/", "the list of events", len(s.Upcoming))
	list("/events/past/", "the list of past events", len(s.Past))
	list("/newsletters/", "the list of newsletters", len(s.Newsletters))
	for _, month := range s.Months() {
		m[month.Address] = "the list of events in " + month.First.Format("January 2006")
	}
	for _, y := range s.Years() {
		m[y.Address] = "the list of articles of " + fmt.Sprint(y.Year)
	}
	for _, t := range Taxonomies {
		if s.HasIndex(t) {
			m[t.Address()] = "the list of " + string(t)
		}
		for _, term := range s.Terms[t] {
			list(term.Address, fmt.Sprintf("the page of %q", term.Name), len(term.Entries))
		}
	}
	return m
}

// generate notes the addresses of the pages that bulletin makes.
func (s *Site) generate() {
	s.generated = s.listAddresses()
	for _, address := range []string{Accessibility, Privacy} {
		if s.Replaces(address) {
			delete(s.generated, address)
		}
	}
}

// HasIndex reports whether a taxonomy has a page that lists its terms: when
// there are any, or a register says that there will be.
func (s *Site) HasIndex(t Taxonomy) bool {
	return len(s.Terms[t]) > 0 || t != Series && s.register(t).Given
}

// Year is the articles of one year.
type Year struct {
	Year     int
	Address  string
	Articles []*Entry
}

// Years gives the articles by year, the latest first.
func (s *Site) Years() []Year {
	var years []Year
	for _, e := range s.Articles {
		y := e.Date.Time.In(s.Config.Location).Year()
		if len(years) == 0 || years[len(years)-1].Year != y {
			years = append(years, Year{Year: y, Address: fmt.Sprintf("/articles/archive/%d/", y)})
		}
		last := &years[len(years)-1]
		last.Articles = append(last.Articles, e)
	}
	return years
}

// yields are the made pages and files that a file of the site replaces.
var yields = append([]string{"accessibility/index.html", "privacy/index.html", "robots.txt", "404.html"}, icons...)

// claim checks that no two things have one address: entries, attachments,
// lists, terms and redirects. Letter case and the Unicode form count for
// nothing, because on many machines two such files would be one.
func (s *Site) claim(all []*Entry, problems *diag.List) {
	owners := s.reserve()
	ids := map[string]*Entry{}
	for _, e := range all {
		claimant := header.Text{Value: e.File, Pos: e.Pos}
		report(owners, output(e.Address), e.Address, claimant, problems)
		if other, taken := ids[e.ID.Value]; taken && (e.ID.Set() || other.ID.Set() || slug.Fold(e.Address) != slug.Fold(other.Address)) {
			at, taker, owner := e.Pos, e, other
			switch {
			case e.ID.Set():
				at = e.ID.Pos
			case other.ID.Set():
				at, taker, owner = other.ID.Pos, other, e
			}
			problems.Add(diag.Errorf(at, "id-clash", "give each entry an `id` of its own; keep the one that was published first",
				"%s and %s have the same id, `%s`", taker.File, owner.File, e.ID.Value))
		}
		ids[e.ID.Value] = e
	}
	for _, name := range sortedKeys(s.files) {
		f := s.files[name]
		report(owners, f.Path, "/"+f.Path, header.Text{Value: f.File, Pos: diag.Pos{File: f.File}}, problems)
	}
	s.claimSizes(owners, problems)
	for _, e := range all {
		for _, alias := range e.Aliases {
			reportAlias(owners, alias, e, problems)
		}
	}
}

// Replaces reports whether an entry, a file or a redirect that is
// published stands at an address.
func (s *Site) Replaces(address string) bool {
	if _, own := s.byAddress[address]; own {
		return true
	}
	for _, f := range s.Files {
		if f.Path == output(address) {
			return true
		}
	}
	return slices.ContainsFunc(s.Redirects, func(r Redirect) bool { return RedirectFile(r.From) == output(address) })
}

// reserve gives the files that bulletin makes, with a description of each.
func (s *Site) reserve() map[string]header.Text {
	owners := map[string]header.Text{}
	for _, address := range sortedKeys(s.generated) {
		owners[slug.Fold(output(address))] = header.Text{Value: s.generated[address]}
	}
	for _, l := range s.Lists() {
		for _, file := range []string{FileRSS, FileAtom, FileJSON} {
			owners[slug.Fold(strings.TrimPrefix(l.Address, "/")+file)] = header.Text{Value: "a feed that bulletin makes"}
		}
		if l.HasCalendar() {
			owners[slug.Fold(strings.TrimPrefix(l.Address, "/")+FileCalendar)] = header.Text{Value: "a calendar that bulletin makes"}
		}
	}
	for _, e := range s.Entries {
		if e.HasDay() && e.Listed {
			owners[slug.Fold(strings.TrimPrefix(e.Address, "/")+FileEvent)] = header.Text{Value: "the calendar file of the event"}
		}
	}
	s.reserveSocial(owners)
	for _, file := range []string{"404.html", "sitemap.xml", "robots.txt", "subscribe/feeds.opml"} {
		owners[file] = header.Text{Value: "a file that bulletin makes"}
	}
	for _, y := range yields {
		delete(owners, y)
	}
	return owners
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// output gives the file that an address is served from.
func output(address string) string {
	address = strings.TrimPrefix(address, "/")
	if address == "" || strings.HasSuffix(address, "/") {
		return address + "index.html"
	}
	return address
}

// PageFile gives the file of the entry's page.
func (e *Entry) PageFile() string { return output(e.Address) }

// RedirectFile gives the file that serves an old address: for one without a
// file ending, the index of a folder of that name.
func RedirectFile(from string) string {
	if !strings.HasSuffix(from, "/") && path.Ext(from) == "" {
		from += "/"
	}
	file := path.Clean(from)
	if strings.HasSuffix(from, "/") && file != "/" {
		file += "/"
	}
	return output(file)
}

// report claims a file of the output, or reports who has it already.
func report(owners map[string]header.Text, file, address string, claimant header.Text, problems *diag.List) {
	hint := "use a shorter name for the file and its folders"
	if content.IsEntry(claimant.Value) {
		hint += ", or give it a short `slug`"
	}
	if !checkLength(file, claimant, hint, problems) {
		return
	}
	key := slug.Fold(file)
	owner, taken := owners[key]
	if !taken {
		owners[key] = claimant
		return
	}
	what := "have the same address"
	switch {
	case slug.NFC(owner.Value) == slug.NFC(claimant.Value):
		what = "differ only in how accents are stored, and have the same address"
	case slug.Fold(owner.Value) == slug.Fold(claimant.Value):
		what = "differ only in capital letters, and have the same address"
	}
	hint = "rename one of the two, or give it another `slug`"
	switch {
	case !content.IsEntry(claimant.Value):
		hint = "give the file " + claimant.Value + " another name, or remove it"
	case owner.Pos.File == "":
		hint = "give the file another name or another `slug`"
	}
	problems.Add(diag.Errorf(claimant.Pos, "address-clash", hint, "%s and %s %s: %s", claimant.Value, owner.Value, what, address))
}

func reportAlias(owners map[string]header.Text, alias header.Text, e *Entry, problems *diag.List) {
	if !checkLength(RedirectFile(alias.Value), alias, "remove the alias: no host can have had a page there", problems) {
		return
	}
	key := slug.Fold(RedirectFile(alias.Value))
	if owner, taken := owners[key]; taken {
		problems.Add(diag.Errorf(alias.Pos, "alias-clash", "remove the alias, or move what stands there", "the old address `%s` is in use already: by %s", alias.Value, owner.Value))
		return
	}
	owners[key] = header.Text{Value: "another alias, in " + e.File, Pos: alias.Pos}
}
