package content_test

import (
	"fmt"
	"strings"
	"testing"

	"bulletin/internal/config"
	"bulletin/internal/content"
)

// parse reads an article with more keys, and gives it with its problems.
func parse(t *testing.T, keys string) (*content.Entry, []string) {
	t.Helper()
	c, _ := config.Read(map[string][]byte{config.File: []byte("title: T\nurl: https://example.org\n")})
	e, problems := content.Parse(c, nil, "content/articles/a.md", []byte("---\ntitle: T\nsummary: S\ndate: 2025-09-01\n"+keys+"\n---\n"))
	var found []string
	for _, p := range problems {
		found = append(found, fmt.Sprintf("%d:%d %s", p.Line, p.Col, p.Rule))
	}
	return e, found
}

func TestValuesThatCannotBeAreReported(t *testing.T) {
	for keys, want := range map[string]string{
		"slug: two words":               "5:7 slug",
		"slug: ..":                      "5:7 slug",
		"slug: .bulletin":               "5:7 slug",
		"slug: fine-2.0":                "",
		"aliases: [old]":                "5:11 alias",
		"aliases: [//example.org/]":     "5:11 alias",
		"aliases: [/a/../b]":            "5:11 alias",
		"aliases: [/a/%2e%2e/b]":        "5:11 alias",
		"aliases: [/a%0Ab]":             "5:11 alias",
		"aliases: [/.bulletin/x]":       "5:11 alias",
		"aliases: [\"/a?b\"]":           "5:11 alias",
		"places: Walsall, Dudley":       "5:9 several-names",
		"places: [\"Walsall, Dudley\"]": "",
		"places: Walsall":               "",
		"places: [\"!\"]":               "5:10 name",
		"image: picture.png":            "5:8 wrong-type",
		"image: {file: picture.png}":    "5:15 image-alt",
		"image: {file: a.png, alt: \"\", decorative: true}": "",
		"downloads: [{title: A}]":                           "5:13 missing-key",
		"downloads: [{file: a.pdf, url: \"https://b\"}]":    "5:32 download",
		"updated: yesterday":                                "5:10 wrong-type",
		"updated: [{date: 2025-09-02}]":                     "5:11 missing-key",
		"language: Welsh!":                                  "5:11 language",
		"closes: 2025-09-02":                                "5:9 wrong-kind",
		"kind: opportunity\ncloses: 2025-09-02":             "",
		// The places of a text in Markdown are lines of the file.
		"notes_to_editors: |\n  One.\n\n  [x](y z)\nseries: S":   "8:1 bad-address",
		"notes_to_editors: |\n\n\n  [x](y z)\nseries: S":         "8:1 bad-address",
		"notes_to_editors: \"[x](y z)\\n\\n[x](y z)\"":           "5:1 bad-address",
		"notes_to_editors:\n- One\n- \"Two\\n[x](y z)\"":         "7:4 bad-address",
		"notes_to_editors:\n- |\n  One\n\n  Two\n- \"[a](y z)\"": "10:4 bad-address",
	} {
		if _, problems := parse(t, keys); strings.Join(problems, ", ") != want {
			t.Errorf("%q: %v, want %q", keys, problems, want)
		}
	}
}

func TestAnOldAddressIsReadAsServersAskForIt(t *testing.T) {
	e, problems := parse(t, "aliases: [/old%20page/, /caf%C3%A9, /100%]")
	if problems != nil {
		t.Fatal(problems)
	}
	var got []string
	for _, a := range e.Aliases {
		got = append(got, a.Value)
	}
	if want := "/old page/ /café /100%"; strings.Join(got, " ") != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestANameInSeveralSpellingsCountsOnce(t *testing.T) {
	e, _ := parse(t, "topics: [Reading, reading, READING, Writing]")
	if len(e.Topics) != 2 || e.Topics[0].Value != "Reading" {
		t.Errorf("%v", e.Topics)
	}
}
