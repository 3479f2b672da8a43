package check

import (
	"path"
	"regexp"
	"strings"
	"unicode"

	"bulletin/internal/config"
	"bulletin/internal/diag"
)

var documentAuthor = &Rule{
	Name:     "document-author",
	Protects: "A document tells who typed it to everyone who opens its properties, long after that person has left.",
	Law:      "UK GDPR, Article 5(1)(c)",
	Level:    config.LevelWarning,
	Fires:    "-- content/plan.pdf --\n%PDF-1.7\n1 0 obj\n<< /Author (Meera Chaudhry) >>\nendobj\n-- content/about.md --\n---\ntitle: About\n---\n[The plan](plan.pdf)\n",
	Passes:   "-- content/plan.pdf --\n%PDF-1.7\n1 0 obj\n<< /Author (Walsall Learning Alliance) >>\nendobj\n-- content/about.md --\n---\ntitle: About\n---\n[The plan](plan.pdf)\n",
	Cure:     "Write the name of the body instead, in “File”, “Properties” or “Info”. In Word, “Inspect Document” removes it.",
	Site: func(w *Whole) {
		const most = 32 << 20 // bytes
		for _, f := range w.Files {
			read := authorReaders[strings.ToLower(path.Ext(f.File))]
			if read == nil || f.Size > most {
				continue
			}
			for _, name := range read(w.read(f.File, most)) {
				name = strings.TrimSpace(name)
				if isPersonName(name) && !w.knows(name) {
					w.Report(diag.Pos{File: f.File}, "", "this document names a person as its author: %s", name)
					break
				}
			}
		}
	},
}

// authorReaders read the names of authors out of a document, by its ending.
var authorReaders = map[string]func([]byte) []string{
	".pdf": pdfAuthors, ".docx": officeAuthors, ".xlsx": officeAuthors, ".pptx": officeAuthors, ".docm": officeAuthors, ".xlsm": officeAuthors, ".pptm": officeAuthors,
	".odt": officeAuthors, ".ods": officeAuthors, ".odp": officeAuthors,
}

// bodies are words of the names of bodies and programs.
var bodies = regexp.MustCompile(`(?i)\b(?:council|team|trust|alliance|partnership|board|university|college|school|academy|ltd|limited|plc|llp|cic|department|office|service|services|group|association|` +
	`foundation|centre|committee|agency|authority|government|ministry|institute|society|network|union|church|hub|ofsted|nhs|microsoft|adobe|apple|google|canva|acrobat|word|excel|powerpoint|pdf|` +
	`scanner|copier|printer|ricoh|canon|xerox|konica|user|admin|administrator|owner|author|unknown|windows|default|public|press|media|communications|marketing|design|studio|research|education|` +
	`learning|children|family|families|safeguarding|library|libraries|museum|exchange|region|regional|west|east|north|south|midlands|and|of|the|for)\b|&`)

// isPersonName reports whether a text is a name as people have: two to four
// words with capitals, "Meera Chaudhry" or "Chaudhry, Meera".
func isPersonName(text string) bool {
	const longest = 60 // bytes
	if len(text) > longest || bodies.MatchString(text) {
		return false
	}
	names := strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == ',' || r == '.' || r == '\u00a0' })
	if len(names) < 2 || len(names) > 4 {
		return false
	}
	long := 0
	for _, name := range names {
		letters := []rune(name)
		if !unicode.IsUpper(letters[0]) || strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' && r != '’' && r != '\'' }) {
			return false
		}
		if len(letters) > 1 && strings.ContainsFunc(name[1:], unicode.IsLower) {
			long++
		}
	}
	return long > 0 && long >= len(names)-1
}

// knows reports whether a person is named by the site in a role: in its
// register, or as somebody with a part in an entry.
func (w *Whole) knows(name string) bool {
	if _, ok := w.Config.People.Find(name); ok || strings.EqualFold(name, w.Config.Publisher.Name.Value) {
		return true
	}
	for _, p := range w.Pages {
		for _, person := range p.People {
			if strings.EqualFold(person.Name.Value, name) {
				return true
			}
		}
	}
	return false
}
