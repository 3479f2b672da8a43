package serve

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"regexp"
)

// inject adds the script to a page, before the end of its body, and before the
// script a link, if there is one. The script learns from its own element which
// build the page is of, and by what to know whether a later one differs.
func inject(page []byte, build, link string) []byte {
	tag := link + `<script src="` + prefix + `reload.js" data-build="` + build + `" data-page="` + likeness(page) + `" defer></script>` + "\n"
	at := endOfBody(page)
	out := make([]byte, 0, len(page)+len(tag))
	out = append(out, page[:at]...)
	out = append(out, tag...)
	return append(out, page[at:]...)
}

// endOfBody is where the last </body> begins, in any letter case, or where
// the page ends if it has none.
func endOfBody(page []byte) int {
	const tag = "</body"
	for end := len(page); ; {
		at := bytes.LastIndex(page[:end], []byte("</"))
		if at < 0 {
			return len(page)
		}
		if len(page) > at+len(tag) && bytes.EqualFold(page[at:at+len(tag)], []byte(tag)) &&
			bytes.IndexByte([]byte("> \t\r\n"), page[at+len(tag)]) >= 0 {
			return at
		}
		end = at
	}
}

// styleHash matches the hash in the name of a style sheet.
var styleHash = regexp.MustCompile(`\.[0-9a-f]{10}\.css\b`)

// likeness is the same for two pages that differ only in the names of their
// style sheets.
func likeness(page []byte) string {
	sum := sha256.Sum256(styleHash.ReplaceAllLiteral(page, []byte(".css")))
	return hex.EncodeToString(sum[:8])
}
