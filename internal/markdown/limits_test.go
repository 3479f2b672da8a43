package markdown

import (
	"slices"
	"strings"
	"testing"

	"bulletin/internal/diag"
)

func rules(problems diag.List) []string {
	var found []string
	for _, p := range problems {
		found = append(found, p.Rule)
	}
	slices.Sort(found)
	return slices.Compact(found)
}

func TestTextsBeyondAllUseAreNotRead(t *testing.T) {
	for _, test := range []struct {
		name, src string
		want      []string
	}{
		{"too large", strings.Repeat("word ", maxSize/5+1), []string{"too-long"}},
		{"large", strings.Repeat(strings.Repeat("word ", 100)+"\n\n", maxSize/502), nil},
		{"too many empty lines", "a\n" + strings.Repeat(" \n", maxVoid+1), []string{"too-long"}},
		{"many empty lines", "- a\n" + strings.Repeat(" \n", maxVoid-1), nil},
		{"quotations in quotations", strings.Repeat("> ", 10_000) + "a", []string{"too-deep"}},
		{"lists in lists", strings.Repeat("- ", 10_000) + "a", []string{"too-deep"}},
		{"deep enough", strings.Repeat("> ", 10) + "- - - - a", nil},
		{"many links", strings.Repeat("A [link](x.md) and *this*. ", 5_000), nil},
		{"many paragraphs with links", strings.Repeat("A [link](x.md), *this* & [brackets].\n\n", 20_000), nil},
		{"a long table", "|a|b|c|d|e|f|g|h|\n|-|-|-|-|-|-|-|-|\n" + strings.Repeat("|1|2|3|[4](x.md)|5|6|7|8|\n", 5_000), nil},
		{"many footnotes", strings.Repeat("a[^1] ", 500) + "\n\n" + strings.Repeat("[^1]: b\n\n", 1), nil},
		{"tangled links", strings.Repeat("[a](<b", 50_000), []string{"bad-address", "too-tangled"}},
		{"tangled emphasis", strings.Repeat("_*a", 50_000), []string{"too-tangled"}},
		{"tangled table", hostile["table cells"](1 << 20), []string{"too-tangled"}},
		{"tangled footnotes", strings.Repeat("[^1] ", 100_000) + "\n\n" + strings.Repeat("[^1]: a\n", 5_000), []string{"footnote-missing", "footnote-twice", "too-tangled"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			doc, problems := Parse([]byte(test.src), Options{})
			if got := rules(problems); !slices.Equal(got, test.want) {
				t.Errorf("problems %v, want %v", got, test.want)
			}
			if !slices.Contains(test.want, "too-long") && doc.Text == "" {
				t.Error("the text is gone")
			}
		})
	}
}

// A text that would keep the parser busy for minutes makes this test do so.
func TestHostileTextsAreReadInReasonableTime(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	for name, text := range hostile {
		t.Run(name, func(t *testing.T) {
			src := []byte(text(1 << 16))
			doc, problems := Parse(src, Options{Numbered: true, Glossary: glossary})
			if n := strings.Count(strings.Join(rulesOf(problems), " "), "too-"); n > 2 {
				t.Errorf("says %d times that the text is too much", n)
			}
			wellFormed(t, doc.HTML(pageResolver{}, Page))
		})
	}
}

func rulesOf(problems diag.List) []string {
	var found []string
	for _, p := range problems {
		found = append(found, p.Rule)
	}
	return found
}
