package site

import (
	"cmp"
	"slices"
	"strings"

	"bulletin/internal/config"
	"bulletin/internal/content"
	"bulletin/internal/diag"
	"bulletin/internal/header"
	"bulletin/internal/slug"
)

// Taxonomy is one way in which entries are grouped by names.
type Taxonomy string

// The taxonomies; each is also the first segment of its addresses.
const (
	Places        Taxonomy = "places"
	Topics        Taxonomy = "topics"
	Organisations Taxonomy = "organisations"
	People        Taxonomy = "people"
	Series        Taxonomy = "series"
)

// Taxonomies are all taxonomies in the order in which they are shown.
var Taxonomies = []Taxonomy{Places, Topics, Organisations, People, Series}

// Address gives the address of the taxonomy's list of terms.
func (t Taxonomy) Address() string { return "/" + string(t) + "/" }

// Term is a name that groups entries. It has a page, feeds and a calendar.
type Term struct {
	Taxonomy Taxonomy
	Name     string
	Address  string
	// Record is what the register knows of the name, or nil.
	Record *config.Record
	// Parent and Children are the places around this one, by the register.
	Parent   *Term
	Children []*Term
	// Entries are the listed entries of the term and of the places in it,
	// newest first.
	Entries []*Entry
	// Upcoming are its events that are not over, the next first.
	Upcoming []*Entry

	direct int
}

// Place gives the index of a listed entry of the term among its Entries.
func (t *Term) Place(e *Entry) int {
	place, _ := slices.BinarySearchFunc(t.Entries, e, newestFirst)
	return place
}

// EntryTerms are the terms of an entry, taxonomy by taxonomy.
type EntryTerms []*Term

// Of gives the terms of one taxonomy, in the order of the front matter.
func (terms EntryTerms) Of(t Taxonomy) EntryTerms {
	from := 0
	for from < len(terms) && terms[from].Taxonomy != t {
		from++
	}
	to := from
	for to < len(terms) && terms[to].Taxonomy == t {
		to++
	}
	return terms[from:to:to]
}

type termKey struct {
	taxonomy Taxonomy
	name     string
}

// namesOf gives the names that an entry is grouped by.
func namesOf(e *content.Entry, t Taxonomy) []header.Text {
	switch t {
	case Places:
		return e.Places
	case Topics:
		return e.Topics
	case Organisations:
		return e.Organisations
	case People:
		var names []header.Text
		people := e.People
		if e.Event != nil {
			people = slices.Concat(people, e.Event.Speakers)
			for _, s := range e.Event.Programme {
				people = append(people, s.Speakers...)
			}
		}
		for _, p := range people {
			names = append(names, p.Name)
		}
		return names
	case Series:
		if e.Series.Value != "" {
			return []header.Text{e.Series}
		}
	}
	return nil
}

func (s *Site) register(t Taxonomy) *config.Register {
	return map[Taxonomy]*config.Register{
		Places: s.Config.Places, Topics: s.Config.Topics, Organisations: s.Config.Organisations, People: s.Config.People,
	}[t]
}

// Term finds the term of a name; ok is false when no listed entry uses it.
func (s *Site) Term(t Taxonomy, name string) (*Term, bool) {
	term, ok := s.terms[termKey{t, slug.Fold(name)}]
	return term, ok
}

// makeTerms groups the listed entries by their names.
func (s *Site) makeTerms(problems *diag.List) {
	s.Terms, s.terms = map[Taxonomy][]*Term{}, map[termKey]*Term{}
	bySlug := map[string]header.Text{}
	for _, e := range s.Entries {
		if !e.Listed {
			continue
		}
		for _, t := range Taxonomies {
			for _, name := range namesOf(e.Entry, t) {
				s.addTerm(t, name, bySlug, problems)
			}
		}
	}
	s.nestPlaces()
	spelled := map[termKey]*Term{}
	for _, e := range s.Entries {
		e.Terms = s.termsOf(e.Entry, spelled)
	}
	for _, e := range s.newest {
		e.joinTerms(func(t *Term) { t.Entries = append(t.Entries, e) })
		for _, term := range e.Terms {
			term.direct++
		}
	}
	for _, e := range s.Upcoming {
		e.joinTerms(func(t *Term) { t.Upcoming = append(t.Upcoming, e) })
	}
	for _, t := range Taxonomies {
		slices.SortFunc(s.Terms[t], byName)
	}
}

func byName(a, b *Term) int {
	return cmp.Or(cmp.Compare(slug.Make(a.Name), slug.Make(b.Name)), cmp.Compare(a.Name, b.Name))
}

// termsOf gives the terms of an entry. spelled are those found so far, by their
// names as they are written.
func (s *Site) termsOf(e *content.Entry, spelled map[termKey]*Term) EntryTerms {
	terms := make(EntryTerms, 0, 32)
	for _, t := range Taxonomies {
		from := len(terms)
		for _, name := range namesOf(e, t) {
			key := termKey{t, name.Value}
			term, known := spelled[key]
			if !known {
				term, _ = s.Term(t, name.Value)
				spelled[key] = term
			}
			if term != nil && !slices.Contains(terms[from:], term) {
				terms = append(terms, term)
			}
		}
	}
	return slices.Clone(terms) // in no more memory than they need
}

// joinTerms calls join for each of the entry's terms and of the places around
// them.
func (e *Entry) joinTerms(join func(*Term)) {
	joined := make([]*Term, 0, 32)
	for _, term := range e.Terms {
		for around := term; around != nil && !slices.Contains(joined, around); around = around.Parent {
			joined = append(joined, around)
			join(around)
		}
	}
}

func (s *Site) addTerm(t Taxonomy, name header.Text, bySlug map[string]header.Text, problems *diag.List) *Term {
	key := termKey{t, slug.Fold(name.Value)}
	if term, ok := s.terms[key]; ok {
		return term
	}
	term := &Term{Taxonomy: t, Name: name.Value, Address: t.Address() + slug.Make(name.Value) + "/"}
	if record, ok := s.register(t).Find(name.Value); ok {
		term.Record = record
	}
	checkLength(output(term.Address), name, "write a shorter name", problems)
	if other, taken := bySlug[term.Address]; taken {
		problems.Add(diag.Errorf(name.Pos, "address-clash", "write both names in the same way",
			"%q and %q (%s) would have the same address, %s", name.Value, other.Value, other.Pos, term.Address))
	} else {
		bySlug[term.Address] = name
	}
	s.terms[key] = term
	s.Terms[t] = append(s.Terms[t], term)
	return term
}

// nestPlaces links each place to the place that the register says it lies in,
// which gets a page too.
func (s *Site) nestPlaces() {
	for i := 0; i < len(s.Terms[Places]); i++ {
		term := s.Terms[Places][i]
		if term.Record == nil || term.Record.PartOf.Value == "" {
			continue
		}
		record, ok := s.Config.Places.Find(term.Record.PartOf.Value)
		if !ok {
			continue
		}
		parent := s.addTerm(Places, record.Name, map[string]header.Text{}, &diag.List{})
		if !parent.within(term) {
			term.Parent = parent
			parent.Children = append(parent.Children, term)
		}
	}
	for _, term := range s.Terms[Places] {
		slices.SortFunc(term.Children, byName)
	}
}

// within reports whether the place lies in other, or is other.
func (t *Term) within(other *Term) bool {
	for around := t; around != nil; around = around.Parent {
		if around == other {
			return true
		}
	}
	return false
}

// Plural gives the taxonomy's name as a heading.
func (t Taxonomy) Plural() string { return strings.ToUpper(string(t[:1])) + string(t[1:]) }
