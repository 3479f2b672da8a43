package config

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRulesOfCheckCanBeSet(t *testing.T) {
	c, problems := Read(map[string][]byte{File: []byte("title: T\nurl: https://example.org\nchecks:\n  double-spaces: off\n  yearless-date: Error\n  orphan-page: never\n")})
	got := map[string]Level{}
	for _, check := range c.Checks {
		got[check.Rule.Value] = check.Level
	}
	if diff := cmp.Diff(map[string]Level{"double-spaces": LevelOff, "yearless-date": LevelError}, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if len(problems) != 1 || problems[0].Pos.String() != "content/site.yaml:6:16" || problems[0].Rule != "unknown-value" {
		t.Errorf("the problems are %v", problems)
	}
}
