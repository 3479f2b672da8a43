package site

import (
	"slices"

	"bulletin/internal/diag"
	"bulletin/internal/header"
	"bulletin/internal/ukdate"
)

// CheckIssues reports what readers of an issue would miss or be misled by on
// its date: entries that are not published by then, events that are over, and
// paths under `auto` that lead nowhere. Issues that are not published yet are
// checked too, as it is then that it helps most.
func (s *Site) CheckIssues() diag.List {
	var problems diag.List
	for _, e := range s.AllIssues() {
		auto := e.Newsletter.Auto
		for _, p := range auto.Pin {
			if t, ok := s.listed(p, &problems); ok {
				s.checkInTime(e, p, t, true, &problems)
			}
		}
		for _, p := range auto.Skip {
			t, ok := s.listed(p, &problems)
			again := func(pin header.Text) bool { return ok && s.Resolve(e.File, pin.Value).Entry == t.Entry }
			if slices.ContainsFunc(auto.Pin, again) {
				problems.Add(diag.Warnf(p.Pos, "pin-and-skip", "remove it from one of the two", "`%s` is both under `pin` and under `skip`, so it is left out", p.Value))
			}
		}
		for _, l := range e.Body.Links {
			s.checkInTime(e, header.Text{Value: l.Dest, Pos: l.Pos}, s.Resolve(e.File, l.Dest), l.Card, &problems)
		}
	}
	return problems
}

// listed finds the entry that a path under `auto` means, and reports one that
// means none.
func (s *Site) listed(p header.Text, problems *diag.List) (Target, bool) {
	t := s.Resolve(p.Pos.File, p.Value)
	switch t.Kind {
	case Nowhere:
		problems.Add(s.nowhere(p))
	case ToEntry, Unpublished:
		return t, t.Entry != nil
	case Unknown:
	default:
		problems.Add(diag.Errorf(p.Pos, "wrong-kind", "write the path of an article or of an event, such as `/articles/2025/launch.md`", "`%s` is not an entry", p.Value))
	}
	return t, false
}

// checkInTime reports a target that is not published on the issue's date or,
// if it is shown as a card, an event that is over by then.
func (s *Site) checkInTime(issue *Entry, at header.Text, t Target, card bool, problems *diag.List) {
	e, date := t.Entry, issue.Date.Time
	if e == nil {
		return
	}
	const hint = "publish it by then, or take it out of this issue"
	late := e.Date.Time.After(date)
	switch reported := issue.Published && t.Kind == Unpublished; {
	case reported:
	case late:
		problems.Add(diag.Warnf(at.Pos, "issue-embargo", hint, "`%s` is published only on %s, after this issue (%s), so that the e-mail is without it",
			at.Value, ukdate.Date(e.Date.Time), ukdate.Date(date)))
	case e.Draft && t.Kind == Unpublished:
		problems.Add(diag.Warnf(at.Pos, "issue-embargo", hint, "`%s` is a draft, so that the e-mail is without it", at.Value))
	case card && e.Event != nil && e.AsOf(date).Over:
		problems.Add(diag.Warnf(at.Pos, "issue-past-event", "take it out, or link to a report on it in a sentence",
			"`%s` is over (%s) when this issue comes out (%s)", at.Value, e.AsOf(date).WhenText(), ukdate.Date(date)))
	}
}
