package config

import (
	"strings"

	"bulletin/internal/diag"
	"bulletin/internal/header"
)

// Check is a setting of one of the rules of `bulletin check`.
type Check struct {
	// Rule is the rule's name as written; which names there are is not known
	// here.
	Rule  header.Text
	Level Level
}

// Level is how much a rule matters to a site.
type Level string

// The levels of rules.
const (
	LevelError   Level = "error"
	LevelWarning Level = "warning"
	LevelOff     Level = "off"
)

// readChecks reads how the rules of `bulletin check` are set:
//
//	checks:
//	  vague-link: error
//	  double-spaces: off
func (c *Config) readChecks(f *header.Fields) {
	for _, e := range f.Value("checks").Entries() {
		written := e.Value.Text()
		level := Level(strings.ToLower(written.Value))
		switch level {
		case LevelError, LevelWarning, LevelOff:
			c.Checks = append(c.Checks, Check{Rule: e.Key, Level: level})
		default:
			f.Problem(diag.Errorf(written.Pos, "unknown-value", "possible are: error, warning, off", "the rule `%s` cannot be set to `%s`", e.Key.Value, written.Value))
		}
	}
}
