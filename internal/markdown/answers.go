package markdown

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
	r := &answered{a: a, card: card, links: make(map[asked]int, 2*len(a.Links)), pictures: make(map[string]int, len(a.Pictures)), fragments: make(map[string]string, len(d.own))}
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
	for i, id := range d.own {
		r.fragments[id] = a.Fragments[i]
	}
	return r
}

// asked tells links apart whose answers may differ.
type asked struct {
	dest, text string
	instead    bool
}

// answered is a resolver whose answers are known.
type answered struct {
	a         *Answers
	card      func(string) string
	links     map[asked]int
	pictures  map[string]int
	fragments map[string]string
}

func (r *answered) find(l Link, instead bool) (LinkAnswer, bool) {
	i, ok := r.links[asked{l.Dest, l.Text, instead}]
	if !ok {
		i, ok = r.links[asked{l.Dest, "", instead}]
	}
	if !ok {
		return LinkAnswer{}, false
	}
	return r.a.Links[i], true
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
	if n, ok := r.pictures[i.Dest]; ok {
		return r.a.Pictures[n].Picture
	}
	return Picture{}
}

func (r *answered) Fragment(id string) string { return r.fragments[id] }
