package source

import (
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"bulletin/internal/diag"
)

// Markdown and YAML files have these endings.
var textEndings = []string{".md", ".yaml", ".yml"}

// IsText reports whether a file is Markdown or YAML by its name.
func IsText(name string) bool {
	name = strings.ToLower(name)
	for _, ending := range textEndings {
		if strings.HasSuffix(name, ending) {
			return true
		}
	}
	return false
}

// Everything keeps every file's data: see [Options.Keep].
func Everything(string) bool { return true }

// Endings of what editors, browsers and office programs write beside a file
// while it is worked on.
var temporaryEndings = []string{"~", ".swp", ".swo", ".swx", ".tmp", ".temp", ".bak", ".part", ".partial", ".crdownload", ".download"}

// Names that operating systems and editors leave in folders, in lower case.
var litter = map[string]bool{
	"thumbs.db": true, "ehthumbs.db": true, "desktop.ini": true, "icon\r": true, "__macosx": true,
	"4913": true, // Vim tries with it whether a folder can be written to
}

// hostFile is the one hidden file that sites are made of: what they tell a
// server of the kind that most hosts have.
const hostFile = ".htaccess"

// Ignored reports whether the file or folder of that name (the last part of a
// path) is no part of a site: hidden ones, whose names begin with a dot, what
// programs write while a file is edited, and what operating systems leave
// behind.
func Ignored(name string) bool {
	name = strings.ToLower(name)
	switch {
	case name == hostFile:
		return false
	case strings.HasPrefix(name, "."), litter[name]:
		return true
	case strings.HasPrefix(name, "~$"): // Word, Excel and PowerPoint
		return true
	case len(name) > 1 && strings.HasPrefix(name, "#") && strings.HasSuffix(name, "#"): // Emacs
		return true
	case strings.Contains(name, "___jb_tmp___"), strings.Contains(name, "___jb_old___"): // JetBrains
		return true
	case strings.Contains(name, ".sb-"): // TextEdit and other programs of macOS
		return true
	}
	for _, ending := range temporaryEndings {
		if strings.HasSuffix(name, ending) {
			return true
		}
	}
	return false
}

// checkName finds what keeps a name from being a file on every computer and a
// part of a web address. It reports false if the file cannot be used.
func checkName(name, at string) (diag.List, bool) {
	pos := diag.Pos{File: strings.ToValidUTF8(at, "\uFFFD")}
	rename := func(proposal string) string {
		return `rename it, for example to "` + proposal + `"`
	}
	switch {
	case !utf8.ValidString(name):
		return diag.List{diag.Errorf(pos, "file-name", rename(cleanName(name)),
			"this name holds bytes that stand for no letter (it is not UTF-8)")}, false
	case strings.ContainsFunc(name, unicode.IsControl):
		return diag.List{diag.Errorf(pos, "file-name", rename(cleanName(name)), "this name holds a control character, such as a line break")}, false
	case strings.ContainsAny(name, forbidden):
		i := strings.IndexAny(name, forbidden)
		return diag.List{diag.Errorf(pos, "file-name", rename(cleanName(name)),
			"this name holds %q, which Windows and web addresses do not allow", name[i:i+1])}, false
	case strings.HasSuffix(name, ".") || strings.HasSuffix(name, " "):
		return diag.List{diag.Errorf(pos, "file-name", rename(cleanName(name)), "this name ends with a dot or a space, which Windows does not allow")}, false
	case strings.ContainsAny(name, "\u202d\u202e"):
		return diag.List{diag.Errorf(pos, "file-name", rename(cleanName(name)), "this name holds an invisible character that shows its letters in another order, so that it looks like another name")}, false
	case reserved(name):
		return diag.List{diag.Warnf(pos, "file-name", rename("my-"+name), "Windows keeps the name %q for itself: the site cannot be copied to such a computer", name)}, true
	case strings.ContainsFunc(name, func(r rune) bool { return unicode.Is(unicode.Cf, r) }):
		return diag.List{diag.Warnf(pos, "file-name", rename(cleanName(name)), "this name holds an invisible character")}, true
	}
	return nil, true
}

// forbidden characters cannot be in a file's name on Windows.
const forbidden = `\:*?"<>|`

// cleanName gives a name without what checkName objects to.
func cleanName(name string) string {
	clean := strings.Map(func(r rune) rune {
		switch {
		case r == utf8.RuneError, unicode.Is(unicode.Cf, r):
			return -1
		case unicode.IsControl(r), strings.ContainsRune(forbidden, r):
			return '-'
		}
		return r
	}, name)
	if clean = strings.Trim(clean, ". -"); clean == "" || strings.HasPrefix(clean, ".") {
		return "file" + clean
	}
	return clean
}

// reserved reports the names of devices, which Windows sees whatever the
// ending.
func reserved(name string) bool {
	stem, _, _ := strings.Cut(strings.ToLower(path.Base(name)), ".")
	switch stem {
	case "con", "prn", "aux", "nul":
		return true
	}
	return len(stem) == 4 && (stem[:3] == "com" || stem[:3] == "lpt") && '1' <= stem[3] && stem[3] <= '9'
}
