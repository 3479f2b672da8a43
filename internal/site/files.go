package site

import (
	"fmt"
	"path"
	"strings"

	"bulletin/internal/content"
)

// fileType is what is known of the files with an ending.
type fileType struct{ name, media string }

// fileTypes has the endings that public bodies publish. It is a table of our
// own because the system's differs from machine to machine.
var fileTypes = map[string]fileType{
	".pdf":  {"PDF", "application/pdf"},
	".doc":  {"Word", "application/msword"},
	".docx": {"Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
	".odt":  {"OpenDocument text", "application/vnd.oasis.opendocument.text"},
	".rtf":  {"Rich text", "application/rtf"},
	".xls":  {"Excel", "application/vnd.ms-excel"},
	".xlsx": {"Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
	".ods":  {"OpenDocument spreadsheet", "application/vnd.oasis.opendocument.spreadsheet"},
	".csv":  {"CSV", "text/csv"},
	".ppt":  {"PowerPoint", "application/vnd.ms-powerpoint"},
	".pptx": {"PowerPoint", "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
	".odp":  {"OpenDocument presentation", "application/vnd.oasis.opendocument.presentation"},
	".txt":  {"Text", "text/plain"},
	".zip":  {"ZIP", "application/zip"},
	".ics":  {"Calendar file", "text/calendar"},
	".epub": {"EPUB", "application/epub+zip"},
	".json": {"JSON", "application/json"},
	".xml":  {"XML", "application/xml"},
	".html": {"Web page", "text/html"},
	".jpg":  {"JPEG", "image/jpeg"},
	".jpeg": {"JPEG", "image/jpeg"},
	".png":  {"PNG", "image/png"},
	".gif":  {"GIF", "image/gif"},
	".jfif": {"JPEG", "image/jpeg"},
	".webp": {"WebP", "image/webp"},
	".svg":  {"SVG", "image/svg+xml"},
	".mp3":  {"MP3 audio", "audio/mpeg"},
	".m4a":  {"Audio", "audio/mp4"},
	".wav":  {"WAV audio", "audio/wav"},
	".mp4":  {"MP4 video", "video/mp4"},
	".webm": {"WebM video", "video/webm"},
}

// TypeOf gives the short name of a file's type, such as "PDF", and its media
// type (RFC 6838), by the ending of its name.
func TypeOf(file string) (name, media string) {
	ext := strings.ToLower(path.Ext(file))
	if t, ok := fileTypes[ext]; ok {
		return t.name, t.media
	}
	if ext == "" {
		return "File", "application/octet-stream"
	}
	return strings.ToUpper(ext[1:]), "application/octet-stream"
}

// SizeText gives a size in words: "840 bytes", "12 KB", "1.2 MB". A KB has
// 1,000 bytes, as the systems that show it to readers count today.
func SizeText(bytes int64) string {
	switch {
	case bytes < 1000:
		return fmt.Sprintf("%d bytes", bytes)
	case bytes < 999_500:
		return fmt.Sprintf("%d KB", (bytes+500)/1000)
	case bytes < 999_950_000:
		return fmt.Sprintf("%.1f MB", float64(bytes)/1e6)
	}
	return fmt.Sprintf("%.1f GB", float64(bytes)/1e9)
}

// Details gives type and size, as readers are told them before they follow a
// link to the file: "PDF, 1.2 MB". Of pictures the size is in pixels: how many
// bytes they will have is not known before they are made.
func (f *File) Details() string {
	name, _ := TypeOf(f.Path)
	if n := len(f.Sizes); n > 0 {
		return fmt.Sprintf("%s, %d × %d pixels", name, f.Sizes[n-1].Width, f.Sizes[n-1].Height)
	}
	return name + ", " + SizeText(f.Size)
}

// FileAt finds the published file that a path in an entry means.
func (s *Site) FileAt(e *content.Entry, dest string) (*File, bool) {
	t := s.Resolve(e.File, dest)
	return t.File, t.Kind == ToFile
}
