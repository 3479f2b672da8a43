package site

import (
	"slices"

	"bulletin/internal/content"
	"bulletin/internal/diag"
	"bulletin/internal/header"
)

// connect links entries that name each other in their front matter:
// translations, events and the reports on them.
func (s *Site) connect(all []*Entry, problems *diag.List) {
	for _, e := range all {
		if t := e.TranslationOf; t.Set() {
			if original := s.named(e, t, "", problems); original != nil && original != e {
				s.translate(original, e)
			}
		}
		if e.Article != nil && e.Article.AboutEvent.Set() {
			if event := s.named(e, e.Article.AboutEvent, content.KindEvent, problems); event != nil {
				addReport(event, e)
			}
		}
		if e.Event != nil && e.Event.Outcome.Report.Set() {
			if report := s.named(e, e.Event.Outcome.Report, "", problems); report != nil {
				addReport(e, report)
			}
		}
	}
}

// addReport notes that an entry reports on an event, once. What was withdrawn is
// shown by neither.
func addReport(event, report *Entry) {
	if !report.Withdrawn.Set() && !slices.Contains(event.Reports, report) {
		event.Reports = append(event.Reports, report)
	}
	if !event.Withdrawn.Set() && report.Article != nil && report.AboutEvent == nil {
		report.AboutEvent = event
	}
}

// named finds the published entry that a key of the front matter names. It
// reports paths that lead to nothing of the wanted kind; both entries have to
// be published for a link between them.
func (s *Site) named(e *Entry, t header.Text, kind content.Kind, problems *diag.List) *Entry {
	target := s.Resolve(e.File, t.Value)
	switch {
	case target.Kind == Unpublished || target.Kind == Unknown:
		return nil
	case target.Kind == Nowhere:
		problems.Add(s.nowhere(t))
		return nil
	case target.Kind != ToEntry || kind != "" && target.Entry.Kind != kind:
		what := "an entry"
		if kind != "" {
			what = "an event"
		}
		problems.Add(diag.Errorf(t.Pos, "wrong-kind", "write the path of a file in "+content.Root+kind.Folder(), "`%s` is not %s", t.Value, what))
		return nil
	case !e.Published:
		return nil
	}
	return target.Entry
}

// translate links all translations of one entry with each other.
func (s *Site) translate(original, translation *Entry) {
	group := append([]*Entry{original}, original.Translations...)
	for _, other := range group {
		if other == translation || slices.Contains(other.Translations, translation) {
			continue // they name each other
		}
		other.Translations = append(other.Translations, translation)
		translation.Translations = append(translation.Translations, other)
	}
}
