package theme

import (
	"crypto/sha256"
	"encoding/hex"
	"path"
	"regexp"
	"slices"
	"strings"
)

// The assets that bulletin itself refers to, below layouts/. Where they are
// published, their names also hold a hash: see [Theme.Assets].
const (
	// Stylesheet is the one style sheet of the pages.
	Stylesheet = "assets/bulletin.css"
	// Script is the theme's one script. Pages work without it: it only follows
	// the reader's clock between two builds.
	Script = "assets/clock.js"
	// FeedStylesheet is what browsers show feeds with.
	FeedStylesheet = "assets/feed.css"
	// Icon is the picture that browsers show beside the title. A site may have
	// it; otherwise one is made.
	Icon = "assets/icon.svg"
)

// instead says for each of those assets what to write in a layout rather than
// to ask for it by name.
var instead = map[string]string{
	Stylesheet:     "Write {{.Site.Links.Stylesheet}}, which is the whole address.",
	Script:         "Write {{.Site.Links.Script}}, which is the whole address.",
	Icon:           "Write {{.Site.Links.Icon}}, which is the whole address.",
	FeedStylesheet: "Leave it out: it is for feeds, which name it by themselves.",
}

// hashLength is the number of hexadecimal digits of a hash in a name.
const hashLength = 10

// HashedName is a regular expression, in the syntax that Go, PCRE and RE2
// share, for the end of the path of an asset with a hash in its name. What is
// there never changes and can be kept for ever.
const HashedName = `\.[0-9a-f]{10}\.[a-z0-9]+$`

// Asset is a file of the theme that is published as it is.
type Asset struct {
	// Name is that of the file below layouts/, such as "assets/bulletin.css".
	Name string
	// Path is where it is published, "assets/bulletin.0123456789.css".
	Path string
	Data []byte
}

// usesPalette tells a style sheet that has something in a colour of the palette.
var usesPalette = regexp.MustCompile(`var\(--(brand|tint|fill|on)\b`)

// Assets gives the files to publish, sorted by path. The style sheet, the
// script and the icon have a hash of their bytes in their names, so that a
// browser can keep them for ever and yet never shows an old one. Any other
// asset keeps its name, by which style sheets refer to it; one that a layout
// asks for with the function asset is there under both names.
//
// A style sheet that uses the palette, of pages or of feeds, gets it at its
// end, made from the brand colour, or from the theme's own if it is nil, and
// loses its comments and spaces. All other files are published as they are.
func (t *Theme) Assets(brand *Colour) []Asset {
	if brand == nil {
		brand = &defaultBrand
	}
	var assets []Asset
	for _, a := range t.assets {
		if (a.Name == Stylesheet || a.Name == FeedStylesheet) && usesPalette.Match(a.Data) {
			a.Data = []byte(compact(string(a.Data) + css(*brand)))
		}
		hashed := a.hashed()
		switch {
		case instead[a.Name] != "":
			assets = append(assets, hashed)
		case t.asked[a.Name] != "":
			assets = append(assets, a, hashed)
		default:
			assets = append(assets, a)
		}
	}
	slices.SortFunc(assets, func(a, b Asset) int { return strings.Compare(a.Path, b.Path) })
	return assets
}

// AssetPath gives the path at which an asset is published that has a hash in
// its name, or "" if there is no such asset.
func AssetPath(assets []Asset, name string) string {
	for _, a := range assets {
		if a.Name == name {
			return a.Path
		}
	}
	return ""
}

// hashed gives the asset under a path with a hash of its bytes before the
// ending.
func (a Asset) hashed() Asset {
	sum := sha256.Sum256(a.Data)
	ending := path.Ext(a.Name)
	a.Path = strings.TrimSuffix(a.Name, ending) + "." + hex.EncodeToString(sum[:])[:hashLength] + strings.ToLower(ending)
	return a
}

// asset is the layouts' function of that name: the path of a file in
// layouts/assets/, with the hash in its name, seen from the home page. That
// there is such a file was seen to when the layouts were loaded.
func (t *Theme) asset(name string) string { return t.asked["assets/"+name] }
