package theme

import (
	"strings"
	"testing"
)

func TestProblemsOfLayoutsHavePositionsAndHints(t *testing.T) {
	tests := []struct {
		claim string
		site  map[string]string
		want  string // the first problem, printed
	}{
		{"a missing end", map[string]string{"story.html": "a\n{{if .Title}}\nb"},
			"layouts/story.html:3:1: an {{end}} is missing [layout-syntax]\n    hint: Every {{if}}"},
		{"an end too many", map[string]string{"story.html": "a\n{{end}}"},
			"layouts/story.html:2:1: there is an {{end}} too many [layout-syntax]"},
		{"an else alone", map[string]string{"story.html": "{{else}}"}, "there is an {{else}} without an {{if}}"},
		{"an action never closed", map[string]string{"story.html": "a {{.Title"}, "layouts/story.html:1:1: a {{ is never closed"},
		{"a quotation mark never closed", map[string]string{"story.html": `{{join "a}}`}, "a quotation mark is never closed"},
		{"curly quotation marks", map[string]string{"story.html": `{{join “a”}}`}, "there is a curly quotation mark within {{ }}"},
		{"a forgotten full stop", map[string]string{"story.html": "{{Title}}"},
			"there is no function called Title [layout-syntax]\n    hint: Write a full stop before the name of a field: .Title"},
		{"a misspelt function", map[string]string{"story.html": "{{limt 2 .Tags}}"}, "hint: Did you mean limit?"},
		{"an unknown variable", map[string]string{"story.html": "{{$x}}"}, "there is no variable $x here"},
		{"a name used twice in a file", map[string]string{"story.html": `{{define "a"}}1{{end}}{{define "a"}}2{{end}}`}, `"a" is defined twice in this file`},
		{"a name used by two files", map[string]string{"partials/zed.html": `{{define "card"}}1{{end}}`},
			`layouts/partials/zed.html:1:1: "card" is defined here and in layouts/partials/card.html`},
		{"a misspelt field", map[string]string{"story.html": "<p>\n<b>é{{.Titel}}</b>"},
			"layouts/story.html:2:7: there is no .Titel here (in story) [layout-field]\n    hint: Did you mean .Title?"},
		{"an unknown field", map[string]string{"story.html": "{{.Zebra}}"}, "hint: story has: Author, Content, Tags, Title, URL."},
		{"a field of a list's items", map[string]string{"story.html": "{{range .Tags}}{{.Name}}{{end}}"}, "there is no .Name here (in tag)"},
		{"a field of a list", map[string]string{"story.html": "{{.Tags.Label}}"}, "hint: This is a list: use {{range}}"},
		{"a field of a text", map[string]string{"story.html": "{{.Title.Text}}"}, "hint: This is a plain value"},
		{"a field behind with", map[string]string{"story.html": "{{with .Author}}{{.Nam}}{{end}}"}, "Did you mean .Name?"},
		{"a field of the whole within a part", map[string]string{"story.html": "{{with .Author}}{{$.Titel}}{{end}}"}, "Did you mean .Title?"},
		{"a field of a variable", map[string]string{"story.html": "{{range $i, $t := .Tags}}{{$t.Labl}}{{end}}"}, "Did you mean .Label?"},
		{"a field in a branch that no page takes", map[string]string{"story.html": "{{if false}}{{.Titel}}{{end}}"}, "Did you mean .Title?"},
		{"a field behind limit", map[string]string{"story.html": "{{range limit 1 .Tags}}{{.Labl}}{{end}}"}, "Did you mean .Label?"},
		{"a field behind index", map[string]string{"story.html": "{{(index .Tags 0).Labl}}"}, "Did you mean .Label?"},
		{"a field in a partial", map[string]string{"partials/card.html": "<i>{{.Labl}}</i>"}, "layouts/partials/card.html:1:6: there is no .Labl here"},
		{"a partial without the full stop", map[string]string{"story.html": `{{template "card"}}`}, "hint: The partial was shown without a value"},
		{"a misspelt partial", map[string]string{"story.html": "<p>\n{{template \"crad\" .}}"},
			"layouts/story.html:2:12: there is no partial or block \"crad\" [layout-template]\n    hint: Did you mean {{template \"card\" .}}?"},
		{"a partial by its path", map[string]string{"story.html": `{{template "partials/card.html" .}}`}, `hint: Write {{template "card" .}}.`},
		{"markup that ends in a tag", map[string]string{"story.html": `<a href="{{.URL}}>x</a>`}, "layouts/story.html:1:1: the markup ends in the middle of a tag"},
		{"branches that differ", map[string]string{"story.html": `<a {{if .Title}}title="{{.Title}}{{end}}>`},
			"layouts/story.html:1:9: the branches of this {{if}}, {{with}} or {{range}} leave the markup in different states"},
		{"an empty layout", map[string]string{"story.html": "  <!-- nothing --> "}, "layouts/story.html:1:1: this layout is empty"},
		{"not UTF-8", map[string]string{"story.html": "caf\xe9"}, "this layout is not UTF-8 text"},
		{"too large", map[string]string{"story.html": strings.Repeat("x", maxSource+1)}, "this layout is larger than 256 KB"},
		{"a block that base.html does not have", map[string]string{"story.html": "{{define \"main\"}}m{{end}}\n{{define \"strap\"}}x{{end}}"},
			"layouts/story.html:2:19: warning: base.html has no block \"strap\", so this is not shown [layout-unused]\n    hint: Did you mean {{define \"strip\"}}?"},
		{"base.html without the block of the layouts", map[string]string{"base.html": "<p>{{.Title}}"},
			`layouts/base.html:1:1: warning: base.html never shows the block "main"`},
		{"an asset that is not there", map[string]string{"story.html": "<p>\n{{asset \"mpa.svg\"}}", "assets/map.svg": ""},
			"layouts/story.html:2:3: there is no file layouts/assets/mpa.svg [layout-asset]\n    hint: Did you mean {{asset \"map.svg\"}}?"},
		{"an asset without a name", map[string]string{"story.html": "{{asset .Title}}", "assets/map.svg": ""}, "asset takes the name of one file in layouts/assets/"},
		{"an asset whose address is in the view", map[string]string{"story.html": `{{asset "bulletin.css"}}`}, "hint: Write {{.Site.Links.Stylesheet}}"},
		{"a misspelt layout", map[string]string{"stroy.html": "x"}, "layouts/stroy.html:1:1: warning: no page uses this file [layout-unused]\n    hint: Did you mean layouts/story.html?"},
		{"a file that is no layout", map[string]string{"style.css": "x"}, "layouts/style.css:1:1: warning: this file is not used"},
	}
	for _, test := range tests {
		t.Run(test.claim, func(t *testing.T) {
			_, problems := Load(builtin(test.site), views)
			if len(problems) == 0 {
				t.Fatal("no problem")
			}
			if got := problems[0].String(); !strings.Contains(got, test.want) {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

func TestEveryProblemIsReportedOnce(t *testing.T) {
	// Both layouts reach base.html.
	_, problems := Load(builtin(map[string]string{"base.html": `{{.Nope}} {{.Never}}{{template "main" .}}`}), views)
	if len(problems) != 2 {
		t.Errorf("got %d problems: %v", len(problems), problems)
	}
}

func TestProblemsOfSeveralLayoutsAreReportedTogether(t *testing.T) {
	_, problems := Load(builtin(map[string]string{"story.html": "{{if}}", "list.html": "{{.Titel}}"}), views)
	if len(problems) != 2 || problems[0].File != "layouts/list.html" || problems[1].File != "layouts/story.html" {
		t.Errorf("got %v", problems)
	}
}

func TestAnUnreadablePartialIsTheOnlyProblem(t *testing.T) {
	_, problems := Load(builtin(map[string]string{"partials/card.html": "{{if}}"}), views)
	if len(problems) != 1 {
		t.Errorf("got %v", problems)
	}
}

func TestMissingLayoutsAreProblems(t *testing.T) {
	for _, name := range []string{"base.html", "story.html"} {
		tree := builtin(nil)
		delete(tree, name)
		_, problems := Load(tree, views)
		if !problems.HasErrors() || problems[0].File != "layouts/"+name {
			t.Errorf("%s: %v", name, problems)
		}
	}
}
