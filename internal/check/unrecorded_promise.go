package check

import (
	"regexp"

	"bulletin/internal/config"
)

const (
	promised = `(?:reports?|details?|information|updates?|announcements?|dates?|results?|findings|programme|agenda|minutes|slides|recordings?)`
	soon     = `(?:shortly|soon|in due course|in the coming (?:days|weeks|months)|at a later date|later this (?:month|year))`
)

var promises = regexp.MustCompile(`(?i)\b(?:(?:further|more|full|fuller|additional|another|a|the|its|final)(?: [\w-]+){0,2} )?` + promised + ` (?:will follow|to follow)\b` +
	`|\b` + promised + `(?: [\w-]+){0,6} will be (?:published|announced|shared|available|made available|confirmed|released|circulated) ` + soon + `\b` +
	`|\bwatch this space\b`)

var unrecordedPromise = &Rule{
	Name:     "unrecorded-promise",
	Protects: "Readers remember what you promised. With `to_follow` bulletin remembers it too, lists it, and tells you when the day has passed.",
	Level:    config.LevelWarning,
	Fires:    "A further report will follow in due course.",
	Passes:   "-- content/articles/a.md --\n---\ntitle: A conference\nsummary: What was said.\ndate: 4 March 2024\nto_follow:\n  what: a further report\n---\nA further report will follow in due course.\n",
	Cure:     "Write in the front matter what will follow, and by when:\nto_follow:\n  what: the further report\n  by: 31 March 2026",
	Entry: func(p *Page) {
		if p.ToFollow.What.Set() || p.Withdrawn.Set() || p.Archived {
			return
		}
		for _, text := range p.Prose() {
			if text.Quoted || !text.Mentions("follow", "will be", "watch this space") {
				continue
			}
			for m := range text.Matches(promises) {
				if inQuotes(text.Text, m[0]) {
					continue
				}
				p.Report(text.Pos(m[0]), "", "this is a promise, and nothing will remind you of it: “%s”", text.Text[m[0]:m[1]])
				return
			}
		}
	},
}
