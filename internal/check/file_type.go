package check

import (
	"net/url"
	"path"
	"strings"

	"bulletin/internal/config"
	"bulletin/internal/markdown"
	"bulletin/internal/site"
)

// documentTypes are the endings of documents that a browser opens elsewhere or
// saves, and the words that announce them.
var documentTypes = map[string][]string{
	".pdf": {"PDF"}, ".doc": {"Word", "DOC"}, ".docx": {"Word", "DOCX", "DOC"}, ".xls": {"Excel", "XLS", "spreadsheet"}, ".xlsx": {"Excel", "XLSX", "XLS", "spreadsheet"},
	".ppt": {"PowerPoint", "PPT", "slides"}, ".pptx": {"PowerPoint", "PPTX", "PPT", "slides"}, ".odt": {"OpenDocument", "ODT"}, ".ods": {"OpenDocument", "ODS", "spreadsheet"},
	".odp": {"OpenDocument", "ODP", "slides"}, ".csv": {"CSV", "spreadsheet"}, ".zip": {"ZIP"}, ".epub": {"EPUB", "e-book"}, ".rtf": {"RTF"},
}

var fileType = &Rule{
	Name:     "file-type",
	Protects: "Who follows a link expects a page. A document opens another program, and may be large for a phone. Type and size of your own files are added by themselves; those of others you have to write.",
	Law:      "GOV.UK content design guidance on links to documents",
	Level:    config.LevelWarning,
	Fires:    "Read the [annual report](https://www.example.net/report.pdf).",
	Passes:   "Read the [annual report (PDF, 2 MB)](https://www.example.net/report.pdf).",
	Cure:     "Write the type, and the size if you know it, into the link: `[annual report (PDF, 2 MB)](https://www.example.net/report.pdf)`.",
	Entry: func(p *Page) {
		for _, text := range p.Prose() {
			for _, m := range text.Marks {
				if m.Kind != markdown.Linked && m.Kind != markdown.Bare || p.Site.Resolve(p.File, m.Dest).Kind != site.External {
					continue
				}
				u, err := url.Parse(m.Dest)
				if err != nil || u.Scheme != "http" && u.Scheme != "https" {
					continue
				}
				names := documentTypes[strings.ToLower(path.Ext(u.Path))]
				if names == nil || m.Kind == markdown.Bare || aboutFile(u.Path) || announced(text.Text[m.From:], m.To-m.From, names) {
					continue
				}
				p.Report(text.Pos(m.From), "write `["+strings.TrimSpace(text.Text[m.From:m.To])+" ("+names[0]+")]("+m.Dest+")`, with the size if you know it", "this link leads to a document, and does not say so")
			}
		}
	},
}

// aboutFile reports whether an address with the name of a file is that of a
// page about it, as code hosts, wikis and SharePoint have them.
func aboutFile(path string) bool {
	return strings.Contains(path, "/blob/") || strings.Contains(path, "/File:") || strings.Contains(path, "/:")
}

// announced reports whether a link's text, or the few words after it, name the
// type of a document.
func announced(text string, link int, names []string) bool {
	const nearby = 30 // bytes
	near := strings.ToLower(text[:min(len(text), link+nearby)])
	for _, name := range names {
		if strings.Contains(near, strings.ToLower(name)) {
			return true
		}
	}
	return false
}
