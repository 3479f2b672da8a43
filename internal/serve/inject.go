package serve

import "bytes"

// inject adds the script to a page, before the end of its body, and before the
// script a link, if there is one. The script learns from its own element which
// build the page is of.
func inject(page []byte, build, link string) []byte {
	tag := link + `<script src="` + prefix + `reload.js" data-build="` + build + `" defer></script>` + "\n"
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
