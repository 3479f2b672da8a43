package serve

import (
	"path"
	"strings"
)

const html = "text/html; charset=utf-8"

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
	".htm":  html, ".html": html,
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

// contentType is the media type of an output. The feeds have names of their
// own; a name without an ending is that of a text such as _headers.
func contentType(name string) string {
	switch path.Base(name) {
	case "feed.xml":
		return contentTypes[".rss"]
	case "atom.xml":
		return contentTypes[".atom"]
	case "feed.json":
		return "application/feed+json; charset=utf-8"
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
