package site

import (
	"strings"

	"bulletin/internal/header"
	"bulletin/internal/slug"
)

// The icons and the manifest that bulletin makes, unless a file of the site has
// that name.
const (
	FileFavicon   = "favicon.ico"
	FileIcon      = "icon-192.png"
	FileLargeIcon = "icon-512.png"
	FileTouchIcon = "apple-touch-icon.png"
	FileManifest  = "site.webmanifest"
)

// icons are those files.
var icons = []string{FileFavicon, FileIcon, FileLargeIcon, FileTouchIcon, FileManifest}

// FileSocial is the name of an entry's social picture, beside its page.
const FileSocial = "social.png"

// SocialWidth and SocialHeight are the size, in pixels, of social pictures.
const SocialWidth, SocialHeight = 1200, 630

// SocialPicture gives the address of the picture that is drawn for an entry, so
// that other sites can show it with a link; false if the settings do not ask
// for any.
func (s *Site) SocialPicture(e *Entry) (address string, ok bool) {
	return e.Address + FileSocial, s.Config.SocialPictures
}

// reserveSocial adds the social pictures to the files that bulletin makes.
func (s *Site) reserveSocial(owners map[string]header.Text) {
	for _, e := range s.Entries {
		if address, ok := s.SocialPicture(e); ok {
			owners[slug.Fold(strings.TrimPrefix(address, "/"))] = header.Text{Value: "the social picture of the entry"}
		}
	}
}

// Mark gives the publisher's mark, if it can serve as an icon: icons are
// square, in which little of a long mark would be seen.
func (s *Site) Mark() (*File, bool) {
	logo := s.Config.Publisher.Logo
	if !logo.Set() {
		return nil, false
	}
	t := s.Resolve(logo.Pos.File, logo.Value)
	if t.Kind != ToFile || t.File.Picture == nil {
		return nil, false
	}
	p := t.File.Picture
	return t.File, p.Width <= 2*p.Height && p.Height <= 2*p.Width
}
