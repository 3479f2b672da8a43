package host

import (
	"cmp"
	"maps"
	"path"
	"slices"
	"strings"
)

// HTML is the content type of pages.
const HTML = "text/html; charset=utf-8"

// contentTypes says what files are, whatever the computer at hand has been
// told about them.
var contentTypes = map[string]string{
	".atom": "application/atom+xml; charset=utf-8",
	".avif": "image/avif",
	".css":  "text/css; charset=utf-8",
	".csv":  "text/csv; charset=utf-8",
	".doc":  "application/msword",
	".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	".eml":  "message/rfc822",
	".epub": "application/epub+zip",
	".gif":  "image/gif",
	".htm":  HTML, ".html": HTML,
	".ico": "image/vnd.microsoft.icon",
	".ics": "text/calendar; charset=utf-8",
	".jpg": "image/jpeg", ".jpeg": "image/jpeg",
	".js":          "text/javascript; charset=utf-8",
	".json":        "application/json",
	".m4a":         "audio/mp4",
	".md":          "text/markdown; charset=utf-8",
	".mjs":         "text/javascript; charset=utf-8",
	".mp3":         "audio/mpeg",
	".mp4":         "video/mp4",
	".odp":         "application/vnd.oasis.opendocument.presentation",
	".ods":         "application/vnd.oasis.opendocument.spreadsheet",
	".odt":         "application/vnd.oasis.opendocument.text",
	".ogg":         "audio/ogg",
	".opml":        "text/x-opml; charset=utf-8",
	".pdf":         "application/pdf",
	".png":         "image/png",
	".ppt":         "application/vnd.ms-powerpoint",
	".pptx":        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
	".rss":         "application/rss+xml; charset=utf-8",
	".rtf":         "application/rtf",
	".svg":         "image/svg+xml",
	".txt":         "text/plain; charset=utf-8",
	".vcf":         "text/vcard; charset=utf-8",
	".vtt":         "text/vtt; charset=utf-8",
	".wasm":        "application/wasm",
	".webm":        "video/webm",
	".webmanifest": "application/manifest+json",
	".webp":        "image/webp",
	".woff":        "font/woff",
	".woff2":       "font/woff2",
	".xls":         "application/vnd.ms-excel",
	".xlsx":        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	".xml":         "application/xml; charset=utf-8",
	".zip":         "application/zip",
}

// names are the files whose type does not follow from their ending.
var names = map[string]string{"feed.json": "application/feed+json; charset=utf-8"}

// ContentType is the media type of an output, with its charset. Feeds in XML
// have the type of any XML: their own, application/rss+xml, makes browsers
// offer to save them instead of showing them, and no feed reader asks for it. A
// name without an ending is that of a text such as _headers.
func ContentType(name string) string {
	if kind, ok := names[path.Base(name)]; ok {
		return kind
	}
	ending := strings.ToLower(path.Ext(name))
	if ending == "" {
		return contentTypes[".txt"]
	}
	if kind, ok := contentTypes[ending]; ok {
		return kind
	}
	return "application/octet-stream"
}

// typed is a content type with the endings of its files.
type typed struct {
	kind    string
	endings []string
}

// byType gives all content types, sorted.
func byType() []typed {
	endings := map[string][]string{}
	for ending, kind := range contentTypes {
		endings[kind] = append(endings[kind], ending)
	}
	var list []typed
	for kind, of := range endings {
		slices.Sort(of)
		list = append(list, typed{kind, of})
	}
	slices.SortFunc(list, func(a, b typed) int { return cmp.Compare(a.kind, b.kind) })
	return list
}

// named gives the files in names, sorted.
func named() []string { return slices.Sorted(maps.Keys(names)) }
