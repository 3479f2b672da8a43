package check

import (
	"path"
	"regexp"
	"strings"

	"bulletin/internal/content"
	"bulletin/internal/diag"
)

// shownPicture is a picture that an entry shows, with what is said about it.
type shownPicture struct {
	diag.Pos
	file, alt, caption string
}

// pictures gives the pictures of the body and of the front matter, without
// those that say nothing.
func (p *Page) pictures() []shownPicture {
	var list []shownPicture
	for _, i := range p.Body.Images {
		list = append(list, shownPicture{i.Pos, i.Dest, i.Alt, i.Title})
	}
	for _, i := range append([]content.Image{p.Image}, p.Gallery...) {
		if i.Set() {
			list = append(list, shownPicture{i.Alt.Pos, i.File.Value, i.Alt.Value, i.Caption.Value})
		}
	}
	kept := list[:0]
	for _, i := range list {
		if i.alt != "" {
			kept = append(kept, i)
		}
	}
	return kept
}

// name gives the file's name without folder and ending.
func (i shownPicture) name() string {
	base := path.Base(i.file)
	return strings.TrimSuffix(base, path.Ext(base))
}

// words folds a text for comparison: small letters, and single spaces for
// everything that is no letter or figure.
func words(text string) string {
	return strings.TrimSpace(notWords.ReplaceAllString(strings.ToLower(text), " "))
}

var notWords = regexp.MustCompile(`[^\p{L}\p{N}\p{M}’']+`)
