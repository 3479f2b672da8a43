package site

import (
	"cmp"
	"net/url"
	"path"
	"slices"
	"strings"

	"bulletin/internal/content"
	"bulletin/internal/header"
	"bulletin/internal/slug"
)

// File is an attachment with its address.
type File struct {
	*content.Attachment
	// Path is where the file stands below the output folder.
	Path string
	// Address is the path of its address, percent-encoded.
	Address string
	// Sizes are those in which a picture is published, the smallest first; the
	// last stands at Address. There are none for other files and for drawings.
	Sizes []Size
	// uses are the places where the file is shown as a picture.
	uses []use
	// owner is the entry in whose folder the file lies, or that has its name.
	owner *Entry
	// wanted and shunned count the published and other entries that use it.
	wanted, shunned bool
}

// attach gives each attachment its address, beside the page that it belongs
// to, and decides which are published: no file that only unpublished entries
// use, or that belongs to one, may be in the output.
func (s *Site) attach(all []*Entry, attachments []*content.Attachment) {
	owners := map[string]*Entry{}
	for _, e := range all {
		owners[strings.TrimSuffix(e.File, path.Ext(e.File))] = e
	}
	silent := silentFolders(all)
	for _, a := range attachments {
		f := &File{Attachment: a}
		f.place(owners)
		f.shunned = f.owner == nil && (silent[f.nearest(silent)] || f.withHidden(owners))
		s.files[a.File] = f
	}
	s.decompose()
	for _, e := range all {
		for _, ref := range references(e.Entry) {
			f, ok := s.attachment(e.File, ref)
			switch {
			case !ok:
			case e.Published:
				f.wanted = true
			default:
				f.shunned = true
			}
		}
	}
	for _, use := range s.settingsFiles() {
		if f, ok := s.files[use]; ok {
			f.wanted = true
		}
	}
	s.show(all)
	for _, f := range s.files {
		if f.public() {
			s.Files = append(s.Files, f)
		}
	}
	slices.SortFunc(s.Files, func(a, b *File) int { return cmp.Compare(a.Path, b.Path) })
}

// silentFolders tells of each folder with entries whether none of them is
// published: then a file that nobody links to yet is not published either.
func silentFolders(all []*Entry) map[string]bool {
	silent := map[string]bool{}
	for _, e := range all {
		dir := path.Dir(e.File)
		others, known := silent[dir]
		silent[dir] = !e.Published && (others || !known)
	}
	delete(silent, path.Dir(content.Root+"x"))
	return silent
}

// nearest gives the innermost folder around the file that is among the given.
func (f *File) nearest(folders map[string]bool) string {
	dir := path.Dir(f.File)
	for dir != "." {
		if _, ok := folders[dir]; ok {
			break
		}
		dir = path.Dir(dir)
	}
	return dir
}

// withHidden reports whether the file lies in a folder that has the name of an
// entry beside it, as in report.md and report/figures.csv, which is not
// published.
func (f *File) withHidden(owners map[string]*Entry) bool {
	for dir := path.Dir(f.File); dir != "."; dir = path.Dir(dir) {
		if e, ok := owners[dir]; ok {
			return !e.Published
		}
	}
	return false
}

// attachment finds the attachment that a link or path in an entry means.
func (s *Site) attachment(from, dest string) (*File, bool) {
	if u, err := url.Parse(dest); err == nil && u.Path != "" {
		if f, ok := s.files[s.stored(resolvePath(from, u.Path))]; ok && u.Scheme == "" && u.Host == "" {
			return f, true
		}
	}
	f, ok := s.files[s.stored(resolvePath(from, dest))]
	return f, ok
}

// settingsFiles are the attachments that the settings name.
func (s *Site) settingsFiles() []string {
	if logo := s.Config.Publisher.Logo.Value; logo != "" {
		return []string{content.Root + strings.TrimPrefix(path.Clean("/"+logo), "/")}
	}
	return nil
}

// public reports whether the file is published.
func (f *File) public() bool {
	if f.owner != nil && !f.owner.Published {
		return false
	}
	return f.wanted || !f.shunned
}

// place finds the owner and with it the address. owners has the entries by
// file without ending.
func (f *File) place(owners map[string]*Entry) {
	f.owner = owners[strings.TrimSuffix(f.File, path.Ext(f.File))]
	dir, name := path.Dir(f.File), renamed(path.Base(f.File), f.Picture)
	below := slug.NFC(name)
	for d := dir; d != "." && d != "/"; d = path.Dir(d) {
		if bundle, ok := owners[d+"/index"]; ok {
			if f.owner == nil {
				f.owner = bundle
			}
			f.Path = strings.TrimPrefix(bundle.Address, "/") + below
			break
		}
		if d == strings.TrimSuffix(content.Root, "/") {
			f.Path = below
			break
		}
		below = slug.Segment(path.Base(d)) + "/" + below
	}
	f.Address = (&url.URL{Path: "/" + f.Path}).EscapedPath()
}

// references gives all paths that an entry names, as written, whether or not
// they lead to an attachment.
func references(e *content.Entry) []string {
	var refs []string
	add := func(texts ...header.Text) {
		for _, t := range texts {
			if t.Value != "" {
				refs = append(refs, t.Value)
			}
		}
	}
	add(e.Image.File)
	for _, i := range e.Gallery {
		add(i.File)
	}
	for _, d := range e.Downloads {
		add(d.File)
	}
	if e.Newsletter != nil {
		add(e.Newsletter.From.Image)
	}
	for _, doc := range docs(e) {
		for _, l := range doc.Links {
			refs = append(refs, l.Dest)
		}
		for _, i := range doc.Images {
			refs = append(refs, i.Dest)
		}
	}
	return refs
}
