package check

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"bulletin/internal/config"
)

var severalBodyNames = &Rule{
	Name:     "several-body-names",
	Protects: "One body under two names is taken for two bodies.",
	Level:    config.LevelWarning,
	Fires: "-- content/registers/organisations.yaml --\n- name: Walsall Strategic Alliance\n  aka: [Children and Young People Board]\n" +
		"-- content/articles/a.md --\n---\ntitle: A report\nsummary: On the year.\ndate: 4 March 2024\n---\nThe Walsall Strategic Alliance met. Then the Children and Young People Board wrote its plan.\n",
	Passes: "-- content/registers/organisations.yaml --\n- name: Walsall Strategic Alliance\n  aka: [Strategic Alliance]\n" +
		"-- content/articles/a.md --\n---\ntitle: A report\nsummary: On the year.\ndate: 4 March 2024\n---\nThe Walsall Strategic Alliance met. Then the Strategic Alliance wrote its plan.\n",
	Cure: "Keep to one name, or say once that the two are the same.",
	Entry: func(p *Page) {
		if p.Site.Config.Organisations == nil {
			return
		}
		for _, record := range p.Site.Config.Organisations.Records {
			if len(record.Aka) > 0 {
				p.checkNames(record)
			}
		}
	},
}

// checkNames reports the first place where a body goes by another name than
// before. A short form of the name and an abbreviation are the same name.
func (p *Page) checkNames(record *config.Record) {
	names := []string{record.Name.Value}
	if names[0] == "" {
		return
	}
	for _, aka := range record.Aka {
		if isBodyName(aka.Value) {
			names = append(names, aka.Value)
		}
	}
	first := ""
	for _, text := range p.Prose() {
		if !text.IsBody() || text.Quoted {
			continue
		}
		for _, use := range usesOf(text.Text, names) {
			name := names[use.name]
			switch {
			case first == "":
				first = name
			case !strings.Contains(first, name) && !strings.Contains(name, first):
				p.Report(text.Pos(use.at), "", "“%s” is “%s” above; readers may take them for two", name, first)
				return
			}
		}
	}
}

// isBodyName reports whether another name is a name of its own: no
// abbreviation, and no word such as "the partnership".
func isBodyName(name string) bool {
	r, _ := utf8.DecodeRuneInString(name)
	return unicode.IsUpper(r) && strings.Contains(name, " ") && !shouted(name)
}

type use struct{ at, name int }

// usesOf finds names in a text, in its order; where one contains another, the
// longer counts.
func usesOf(text string, names []string) []use {
	if !slices.ContainsFunc(names, func(name string) bool { return strings.Contains(text, name) }) {
		return nil
	}
	byLength := make([]int, len(names))
	for i := range names {
		byLength[i] = i
	}
	slices.SortStableFunc(byLength, func(a, b int) int { return len(names[b]) - len(names[a]) })
	taken := make([]bool, len(text))
	var uses []use
	for _, i := range byLength {
		for from := 0; ; {
			at := strings.Index(text[from:], names[i])
			if at < 0 {
				break
			}
			at += from
			from = at + len(names[i])
			if !taken[at] {
				uses = append(uses, use{at, i})
			}
			for j := at; j < from; j++ {
				taken[j] = true
			}
		}
	}
	slices.SortFunc(uses, func(a, b use) int { return a.at - b.at })
	return uses
}
