package check

import (
	"path"
	"strings"

	"bulletin/internal/config"
	"bulletin/internal/diag"
)

var lostFile = &Rule{
	Name:     "lost-file",
	Protects: "Minutes, agendas and other sites link to the very file of a report. When it moves or goes, they lead nowhere, and no alias can stand in for a file.",
	Level:    config.LevelWarning,
	Fires: "-- public --\narticles/2024/review/review.pdf\narticles/2024/review/index.html\n" +
		"-- content/articles/2024/review/index.md --\n---\ntitle: The review\nsummary: On schools.\ndate: 4 March 2024\n---\nText.\n",
	Passes: "-- public --\narticles/2024/review/event.ics\narticles/2024/review/index.html\n" +
		"-- content/articles/2024/review/index.md --\n---\ntitle: The review\nsummary: On schools.\ndate: 4 March 2024\n---\nText.\n",
	Cure: "Put the file back where it was, under its old name.",
	Site: func(w *Whole) {
		published := map[string]bool{}
		for _, f := range w.Site.Files {
			published[f.Path] = true
		}
		for _, file := range w.Written {
			if documentTypes[strings.ToLower(path.Ext(file))] == nil || published[file] {
				continue
			}
			at := diag.Pos{File: path.Join(w.Output, file)}
			if p := w.pageAt("/" + path.Dir(file) + "/"); p != nil {
				at = p.Start()
			}
			w.Report(at, "put the file back where it was, under its old name; links to /"+file+" lead nowhere otherwise", "the last build published %s, and the next one will take it back", path.Base(file))
		}
	},
}

// pageAt gives the entry at an address, or nil.
func (w *Whole) pageAt(address string) *Page {
	for _, p := range w.Pages {
		if p.Address == address {
			return p
		}
	}
	return nil
}
