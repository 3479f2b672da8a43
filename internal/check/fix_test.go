package check_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bulletin/internal/check"
	"bulletin/internal/config"
)

func fix(t *testing.T, settings, text string) string {
	t.Helper()
	c, _ := config.Read(map[string][]byte{config.File: []byte(settings)})
	return string(check.Fix(c, "content/articles/a.md", []byte(text)))
}

func TestWhatIsCertainIsCorrected(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"double spaces", "One.  Two.   Three. a  b  c", "One. Two. Three. a b c"},
		{"spaces that are meant", "One  \ntwo `a  b`\n\n| a   | b |\n|-----|---|\n| c   | d |\n\n```\na  b\n```\n", "One  \ntwo `a  b`\n\n| a   | b |\n|-----|---|\n| c   | d |\n\n```\na  b\n```\n"},
		{"no-break spaces between words", "The board\u00a0met. They\u00a0agreed on 10\u00a0km with Mr\u00a0Example.", "The board met. They agreed on 10\u00a0km with Mr\u00a0Example."},
		{"what has no width", "A\u200b word and an emo\u200bji, \u0e01\u200b\u0e02.", "A word and an emoji, \u0e01\u200b\u0e02."},
		{"lines of a web page", "top of page\n\nThe text.\n\nree\n\nMore.\n\nbottom of page", "The text.\n\nMore.\n\n"},
		{"words of a web page in a text", "Go to the\ntop of page\nthree.\n\n- ree\n\n`top of page`\n", "Go to the\ntop of page\nthree.\n\n- ree\n\n`top of page`\n"},
		{"a picture that was lost", "Image placeholder\n\nText.", "Image placeholder\n\nText."},
		{"bullets", "Text:\n\n• One\n• Two\n\n• Three\nand more\n\nEnd.", "Text:\n\n- One\n- Two\n- Three\n  and more\n\nEnd."},
		{"bullets within bullets", "• One\n   ◦ Inner\n   ◦ Other\n• Two\no\tWord’s own\n", "- One\n  - Inner\n  - Other\n- Two\n  - Word’s own\n"},
		{"bullets in code", "```\n• One\n```\n", "```\n• One\n```\n"},
		{"a bullet that would become something else", "• # One\n", "• # One\n"},
		{"accents for apostrophes", "We can´t say ''never'' to ´this.", "We can’t say \"never\" to ´this."},
		{"marks that are right", "It's \"so\", and ‘so’, 6′ long. Qu'est-ce ''", "It's \"so\", and ‘so’, 6′ long. Qu'est-ce ''"},
		{"a silence", "One.  Two. <!-- check: double-spaces because it is a poem -->\n\nThree.  Four.", "One.  Two. <!-- check: double-spaces because it is a poem -->\n\nThree. Four."},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(article+c.want, fix(t, settings, article+c.text)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTheRestOfAFileStaysAsItIs(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"a title with a colon", "---\ntitle: Seminar: \"Child\"  contact\nsummary: A  b.\ndate: 4 March 2024\n---\nText.", "---\ntitle: \"Seminar: \\\"Child\\\"  contact\"\nsummary: A  b.\ndate: 4 March 2024\n---\nText."},
		{"a title with a note behind it", "---\ntitle: A: B # a note\n---\nText.", "---\ntitle: A: B # a note\n---\nText."},
		{"the line ends of Windows", "---\r\ntitle: A: B\r\n---\r\nree\r\n\r\n• One  two.\r\n\r\n• Two.\r\n", "---\r\ntitle: \"A: B\"\r\n---\r\n- One two.\r\n- Two.\r\n"},
		{"the line ends of several computers", "---\r\ntitle: A\n---\nOne  two.\r\n", "---\r\ntitle: A\n---\nOne  two.\r\n"},
		{"a byte order mark", "\ufeff---\ntitle: A\n---\nText.", "---\ntitle: A\n---\nText."},
		{"what is no text", "---\ntitle: A\n---\nA  b \xff", "---\ntitle: A\n---\nA  b \xff"},
		{"a front matter without an end", "---\ntitle: A\n\nA  b", "---\ntitle: A\n\nA  b"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, fix(t, settings, c.text)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestARuleThatIsOffCorrectsNothing(t *testing.T) {
	text := article + "One.  Two can´t."
	if got, want := fix(t, settings+"checks:\n  double-spaces: off\n", text), strings.Replace(text, "´", "’", 1); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestARuleThatCorrectsFindsNothingAfterwards(t *testing.T) {
	for _, rule := range check.Rules() {
		if rule.Fix == nil {
			continue
		}
		site := files(rule.Fires)
		site["content/articles/a.md"] = fix(t, settings, site["content/articles/a.md"])
		for _, p := range of(look(t, site, nil), rule.Name) {
			t.Errorf("%s is still reported: %v", rule.Name, p)
		}
	}
}
