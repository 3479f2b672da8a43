package output

import (
	"io/fs"
	"path"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"

	"bulletin/internal/diag"
	"bulletin/internal/slug"
)

// Rules of this package's problems.
const (
	ruleClash   = "output-clash"
	rulePath    = "output-path"
	ruleForeign = "foreign-file"
	ruleChanged = "attachment-changed"
)

// folders calls f with each folder above p, from the innermost, without ".".
func folders(p string, f func(folder string)) {
	for i := len(p) - 1; i > 0; i-- {
		if p[i] == '/' {
			f(p[:i])
		}
	}
}

// foldersByDepth gives the folders that files lie in, the outermost first: those
// of one depth may be handled at once, when those above them have been.
func foldersByDepth[F any](files []F, pathOf func(F) string) [][]string {
	var levels [][]string
	listed := map[string]bool{}
	for _, f := range files {
		folders(pathOf(f), func(p string) {
			if listed[p] {
				return
			}
			listed[p] = true
			depth := strings.Count(p, "/")
			for len(levels) <= depth {
				levels = append(levels, nil)
			}
			levels[depth] = append(levels[depth], p)
		})
	}
	return levels
}

// fold is slug.Fold, quick for the addresses that are usual.
func fold(p string) string {
	for i := range len(p) {
		if p[i] >= utf8.RuneSelf || 'A' <= p[i] && p[i] <= 'Z' {
			return slug.Fold(p)
		}
	}
	return p
}

// maxName is how long the name of a file can be on nearly all file systems, in
// bytes.
const maxName = 255

// pathFault says why p cannot be the path of an output, or "".
func pathFault(p string) string {
	first, _, _ := strings.Cut(p, "/")
	switch {
	case !fs.ValidPath(p) || p == ".":
		return "is not the path of a file in the output folder"
	case strings.ContainsFunc(p, unicode.IsControl):
		return "has a control character, such as a line break, in its name"
	case fold(first) == ownFolder:
		return "is in " + ownFolder + ", where bulletin keeps its own records"
	}
	for segment := range strings.SplitSeq(p, "/") {
		if len(segment) > maxName {
			return "is longer than the name of a file can be"
		}
	}
	if _, err := filepath.Localize(p); err != nil {
		return "is not a name that this computer allows for a file"
	}
	return ""
}

// checkPaths finds what is wrong with the paths of jobs, which are sorted:
// names that cannot be, and outputs that would be one file here or on a disk
// that takes upper and lower case for the same.
func (t *Tree) checkPaths(jobs []Job) diag.List {
	var problems diag.List
	byFold := make(map[string]string, len(jobs))
	for _, j := range jobs {
		if fault := pathFault(j.path); fault != "" {
			problems.Add(diag.Errorf(t.pos(j.path), rulePath, "rename the file in the content folder that it comes from",
				"%q %s", j.path, fault))
			continue
		}
		other, taken := byFold[fold(j.path)]
		switch {
		case !taken:
			byFold[fold(j.path)] = j.path
		case other == j.path:
			problems.Add(t.clash(j.path, "two outputs would be written to %q", j.path))
		default:
			problems.Add(t.clash(j.path, "%q and %q differ only in upper and lower case or in how accents are stored; on many computers they are one file", other, j.path))
		}
	}
	for _, j := range jobs {
		folders(fold(j.path), func(folder string) {
			if other, taken := byFold[folder]; taken {
				problems.Add(t.clash(j.path, "%q cannot be a file and also the folder of %q", other, j.path))
			}
		})
	}
	return problems
}

func (t *Tree) clash(p, format string, args ...any) diag.Problem {
	return diag.Errorf(t.pos(p), ruleClash, `rename one of the two in the content folder, or give it another "slug:"`, format, args...)
}

// pos is the position of an output in messages.
func (t *Tree) pos(p string) diag.Pos { return diag.Pos{File: t.called(p)} }

func (t *Tree) called(p string) string { return path.Join(t.name, p) }

// moved is the problem that a file to be copied to p is not what it was.
func (t *Tree) moved(p string) diag.Problem {
	return diag.Errorf(t.pos(p), ruleChanged, "build again",
		"the file that is published here was changed or removed while the site was being built")
}

// kind says in words what kind of thing was found.
func kind(info fs.FileInfo) string {
	switch {
	case info.Mode().IsRegular():
		return "a file"
	case info.IsDir():
		return "a folder"
	}
	return "a link or special file"
}

// foreign is the problem that something that is not ours stands at p.
func (t *Tree) foreign(p, what, needs string) diag.Problem {
	return diag.Errorf(t.pos(p), ruleForeign,
		"move it out of the output folder, or delete it if nobody needs it, and build again; what should be published belongs in the content folder",
		"%s stands where the site needs %s, and bulletin did not put it there", what, needs)
}

// foreignShown is how many foreign files are listed one by one: if the
// manifest was lost there may be as many as there are pages.
const foreignShown = 20

// What the site may need where something foreign stands.
const (
	needsFile   = "to write"
	needsFolder = "a folder"
)

// abridged sorts problems and puts one for all foreign files beyond the first.
func (t *Tree) abridged(problems diag.List) diag.List {
	problems.Sort()
	var kept diag.List
	shown, more := 0, 0
	for _, p := range problems {
		if p.Rule == ruleForeign {
			if shown == foreignShown {
				more++
				continue
			}
			shown++
		}
		kept.Add(p)
	}
	if more > 0 {
		kept.Add(diag.Errorf(diag.Pos{File: t.name}, ruleForeign,
			"if the whole folder comes from an earlier build, delete it and build again; or choose another output folder",
			"%d more files stand where the site needs to write, and bulletin has no record of putting them there", more))
	}
	return kept
}
