package config_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bulletin/internal/config"
)

// read reads settings that are right, and one register.
func read(register, text string) (*config.Config, []string) {
	c, problems := config.Read(map[string][]byte{
		config.File:                           []byte("title: T\nurl: https://example.org\n"),
		config.Registers + register + ".yaml": []byte(text),
	})
	var found []string
	for _, p := range problems {
		found = append(found, fmt.Sprintf("%d:%d %s", p.Line, p.Col, p.Rule))
	}
	return c, found
}

func TestARegisterHasOneOfThreeShapes(t *testing.T) {
	for name, text := range map[string]string{
		"list of names":  "- Walsall\n- Dudley\n",
		"list of groups": "- name: Walsall\n  summary: x\n- {name: Dudley}\n",
		"mixed list":     "- Walsall\n- {name: Dudley, part_of: Walsall}\n",
		"map":            "Walsall:\n  summary: x\nDudley: {part_of: Walsall}\n",
		"map of texts":   "Walsall: x\nDudley: y\n",
	} {
		t.Run(name, func(t *testing.T) {
			c, problems := read("places", text)
			if diff := cmp.Diff([]string{"Walsall", "Dudley"}, c.Places.Names()); diff != "" || problems != nil {
				t.Errorf("%s%v", diff, problems)
			}
		})
	}
}

func TestTheOneTextOfARecordIsWhatItsRegisterIsFor(t *testing.T) {
	venues, _ := read("venues", "Town Hall: Darwall Street\n")
	if r, ok := venues.Venues.Find("town hall"); !ok || r.Address.Value != "Darwall Street" {
		t.Errorf("venue: %+v", r)
	}
	topics, _ := read("topics", "Reading: Books\n")
	if r, ok := topics.Topics.Find("READING"); !ok || r.Summary.Value != "Books" {
		t.Errorf("topic: %+v", r)
	}
}

func TestTheGlossaryIsAMapOrAList(t *testing.T) {
	want := map[string]string{"SEND": "special needs", "LA": "local authority"}
	for _, text := range []string{
		"SEND: special needs\nLA: local authority\n",
		"- SEND: special needs\n- LA: local authority\n",
		"- {name: SEND, meaning: special needs}\n- {name: LA, meaning: local authority}\n",
	} {
		c, problems := read("glossary", text)
		if diff := cmp.Diff(want, c.Glossary); diff != "" || problems != nil {
			t.Errorf("%q: %s%v", text, diff, problems)
		}
	}
}

func TestFaultsOfRegistersAreReported(t *testing.T) {
	for _, tt := range []struct{ register, text, want string }{
		{"places", "- A\n- {name: B, part_of: C}\n", "2:22 unknown-name"},
		{"places", "- A\n- a\n", "2:3 name-twice"},
		{"places", "- {name: A, aka: [B]}\n- B\n", "2:3 name-twice"},
		{"places", "- {name: A, part_of: A}\n", "1:22 circle"},
		{"places", "- {name: A, parent: B}\n", "1:13 unknown-key"},
		{"places", "- {part_of: A}\n", "1:3 missing-key"},
		{"topics", "- {name: A, part_of: B}\n", "1:13 unknown-key"},
		{"people", "A: {rol: x}\n", "1:5 unknown-key"},
		{"glossary", "LA:\n", "1:1 missing-meaning"},
		{"glossary", "LA: \"\"\n", "1:1 missing-meaning"},
		{"glossary", "- LA\n", "1:3 wrong-type"},
		{"towns", "- A\n", "0:0 unknown-register"},
	} {
		if _, problems := read(tt.register, tt.text); strings.Join(problems, ", ") != tt.want {
			t.Errorf("%s %q: %v, want %s", tt.register, tt.text, problems, tt.want)
		}
	}
}
