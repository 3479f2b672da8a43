package check

import (
	"bulletin/internal/config"
	"bulletin/internal/diag"
)

// levels are the levels of rules by name.
type levels struct {
	rules map[string]config.Level
	set   map[string]config.Level // those that the site sets
}

// readLevels gives the levels that a site sets its rules to.
func readLevels(c *config.Config) (levels, diag.List) {
	l := levels{rules: map[string]config.Level{}, set: map[string]config.Level{}}
	for _, r := range Rules() {
		l.rules[r.Name] = r.Level
	}
	for _, p := range BuildProblems {
		l.rules[p.Name] = ""
	}
	var problems diag.List
	for _, check := range c.Checks {
		name := check.Rule.Value
		if _, known := l.rules[name]; !known {
			problems.Add(unknownRuleAt(check.Rule.Pos, name))
			continue
		}
		l.rules[name], l.set[name] = check.Level, check.Level
	}
	return l, problems
}

func (l levels) of(rule string) config.Level { return l.rules[rule] }

// apply gives findings the level of their rule. What stops a build does so
// whatever a site thinks of it.
func (l levels) apply(problems diag.List) diag.List {
	kept := problems[:0]
	for _, p := range problems {
		if p.Severity != diag.Error {
			switch l.of(p.Rule) {
			case config.LevelOff:
				continue
			case config.LevelError:
				p.Severity = diag.Error
			default:
				p.Severity = diag.Warning
			}
		}
		kept = append(kept, p)
	}
	return kept
}

// unknownRuleAt reports a name that no rule has.
func unknownRuleAt(pos diag.Pos, name string) diag.Problem {
	hint := unknownRule.hint()
	if near := diag.Nearest(name, names()); near != "" {
		hint = "did you mean `" + near + "`?"
	}
	return diag.Problem{Pos: pos, Rule: unknownRule.Name, Text: "there is no rule named `" + name + "`", Hint: hint}
}
