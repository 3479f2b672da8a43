package theme

import (
	"fmt"
	"io/fs"
	"regexp"
	"strings"
)

// File is a file of a layouts folder.
type File struct {
	// Name is its path in the folder, such as "partials/card.html".
	Name string
	// About says in one sentence what it is, by the comment at its beginning;
	// empty if there is none.
	About string
}

// Files lists a layouts folder: the layouts, then partials and assets, each
// sorted by name.
func Files(layouts fs.FS) ([]File, error) {
	var files, below []File
	err := fs.WalkDir(layouts, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(layouts, name)
		f := File{Name: name, About: about(string(data))}
		if strings.Contains(name, "/") {
			below = append(below, f)
		} else {
			files = append(files, f)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading layouts: %w", err)
	}
	return append(files, below...), nil
}

// comment matches a comment at the beginning of a layout, a style sheet, a
// script or a drawing.
var comment = regexp.MustCompile(`(?s)^\s*(?:\{\{-? ?/\*(.*?)\*/|/\*(.*?)\*/|<!--(.*?)-->|((?://[^\n]*\n)+))`)

// about gives the first sentence of the comment at the beginning of a text.
func about(text string) string {
	m := comment.FindStringSubmatch(text)
	if m == nil {
		return ""
	}
	words := strings.Fields(strings.ReplaceAll(strings.Join(m[1:], ""), "// ", " "))
	for i, word := range words {
		if strings.HasSuffix(word, ".") {
			return strings.Join(words[:i+1], " ")
		}
	}
	return strings.Join(words, " ")
}
