package markdown

import "slices"

// Answers is what a resolver says to everything that a document asks, as plain
// data. With [Doc.Sum] it tells whether the document would be written as
// before, and the document can be written later without the resolver.
type Answers struct {
	Links    []LinkAnswer
	Pictures []PictureAnswer
	// Fragments are the addresses of the ids that the document itself links to.
	Fragments []string
}

// LinkAnswer is the answer to a link.
type LinkAnswer struct {
	Dest, Text string
	Target     Target
	// Instead tells that Card stands in the place of the link's paragraph.
	Instead bool
	Card    string
}

// PictureAnswer is the answer to an image.
type PictureAnswer struct {
	Dest    string
	Picture Picture
}

// Ask puts everything to a resolver that the document would. Where a card can
// stand, it is asked for first, and where the link leads only if there is none.
func (d *Doc) Ask(r Resolver) Answers {
	var a Answers
	for _, l := range d.Links {
		answer := LinkAnswer{Dest: l.Dest, Text: l.Text}
		if l.Card {
			answer.Card, answer.Instead = r.Card(l)
		}
		if !answer.Instead {
			answer.Target = r.Link(l)
		}
		a.Links = append(a.Links, answer)
	}
	for _, i := range d.Images {
		a.Pictures = append(a.Pictures, PictureAnswer{i.Dest, r.Image(i)})
	}
	for _, id := range d.own {
		a.Fragments = append(a.Fragments, r.Fragment(id))
	}
	return a
}

// Answered gives a resolver that has the answers of [Doc.Ask] for this
// document. card writes a card from what was answered for it; nil leaves that
// as it is.
func (d *Doc) Answered(a *Answers, card func(string) string) Resolver {
	r := &answered{a: a, card: card, own: d.own}
	if len(a.Links)+len(a.Pictures)+len(d.own) > few {
		r.index()
	}
	return r
}

// few answers are found sooner without an index.
const few = 16

// index makes the maps that lead to the answers.
func (r *answered) index() {
	a := r.a
	r.links, r.pictures, r.fragments = make(map[asked]int, 2*len(a.Links)), make(map[string]int, len(a.Pictures)), make(map[string]string, len(r.own))
	for i, l := range a.Links {
		// As plain text, a document may have other words for a link.
		for _, key := range []asked{{l.Dest, l.Text, l.Instead}, {l.Dest, "", l.Instead}} {
			if _, known := r.links[key]; !known {
				r.links[key] = i
			}
		}
	}
	for i, p := range a.Pictures {
		r.pictures[p.Dest] = i
	}
	for i, id := range r.own {
		r.fragments[id] = a.Fragments[i]
	}
}

// asked tells links apart whose answers may differ.
type asked struct {
	dest, text string
	instead    bool
}

// answered is a resolver whose answers are known.
type answered struct {
	a    *Answers
	card func(string) string
	own  []string // the ids that the document links to
	// The index, if there is one.
	links     map[asked]int
	pictures  map[string]int
	fragments map[string]string
}

func (r *answered) find(l Link, instead bool) (LinkAnswer, bool) {
	if r.links == nil {
		return r.search(l, instead)
	}
	i, ok := r.links[asked{l.Dest, l.Text, instead}]
	if !ok {
		i, ok = r.links[asked{l.Dest, "", instead}]
	}
	if !ok {
		return LinkAnswer{}, false
	}
	return r.a.Links[i], true
}

// search is find without an index.
func (r *answered) search(l Link, instead bool) (LinkAnswer, bool) {
	first := -1 // of the answers for links with other words
	for i, known := range r.a.Links {
		if known.Dest != l.Dest || known.Instead != instead {
			continue
		}
		if known.Text == l.Text && l.Text != "" {
			return known, true
		}
		if first < 0 {
			first = i
		}
	}
	if first < 0 {
		return LinkAnswer{}, false
	}
	return r.a.Links[first], true
}

func (r *answered) Link(l Link) Target {
	answer, ok := r.find(l, false)
	if !ok {
		return Target{Drop: true}
	}
	return answer.Target
}

func (r *answered) Card(l Link) (string, bool) {
	answer, ok := r.find(l, true)
	if ok && r.card != nil {
		return r.card(answer.Card), true
	}
	return answer.Card, ok
}

func (r *answered) Image(i Image) Picture {
	if r.pictures == nil {
		for _, known := range slices.Backward(r.a.Pictures) {
			if known.Dest == i.Dest {
				return known.Picture
			}
		}
	}
	if n, ok := r.pictures[i.Dest]; ok {
		return r.a.Pictures[n].Picture
	}
	return Picture{}
}

func (r *answered) Fragment(id string) string {
	if r.fragments == nil {
		if i := slices.Index(r.own, id); i >= 0 {
			return r.a.Fragments[i]
		}
	}
	return r.fragments[id]
}
