package output

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
)

// entry is what is on record about one output.
type entry struct {
	path string
	key  Key
	size int64
	sum  [sha256.Size]byte
}

// manifestVersion is the first line of a manifest. Raise the number whenever
// the meaning of the lines below changes.
const manifestVersion = "bulletin manifest 1"

// formatManifest writes entries, which are sorted by path:
//
//	bulletin manifest 1
//	KEY SIZE SHA-256 PATH
//	...
//	end COUNT CHECK
//
// CHECK is the beginning of the SHA-256 of all lines above, by which a
// manifest that was cut short or edited is known.
func formatManifest(entries []entry) []byte {
	b := make([]byte, 0, 64+len(entries)*160)
	b = append(b, manifestVersion...)
	b = append(b, '\n')
	for _, e := range entries {
		b = hex.AppendEncode(b, e.key[:])
		b = append(b, ' ')
		b = strconv.AppendInt(b, e.size, 10)
		b = append(b, ' ')
		b = hex.AppendEncode(b, e.sum[:])
		b = append(b, ' ')
		b = append(b, e.path...)
		b = append(b, '\n')
	}
	return append(b, lastLine(b, len(entries))...)
}

func lastLine(above []byte, count int) string {
	check := sha256.Sum256(above)
	return fmt.Sprintf("end %d %x\n", count, check[:8])
}

// parseManifest reads a manifest. If it is damaged, or of another version,
// intact is false and entries are those lines that can be understood.
func parseManifest(data []byte) (entries []entry, intact bool) {
	first, body, _ := bytes.Cut(data, []byte("\n"))
	intact = string(first) == manifestVersion
	entries = make([]entry, 0, bytes.Count(body, []byte("\n")))
	for len(body) > 0 {
		line, rest, _ := bytes.Cut(body, []byte("\n"))
		if len(rest) == 0 && string(body) == lastLine(data[:len(data)-len(body)], len(entries)) {
			return entries, intact
		}
		body = rest
		e, ok := parseEntry(string(line))
		if !ok || len(entries) > 0 && entries[len(entries)-1].path >= e.path {
			intact = false
		}
		if ok {
			entries = append(entries, e)
		}
	}
	return entries, false
}

func parseEntry(line string) (e entry, ok bool) {
	fields := strings.SplitN(line, " ", 4)
	if len(fields) != 4 || !decodeHex(e.key[:], fields[0]) || !decodeHex(e.sum[:], fields[2]) {
		return entry{}, false
	}
	size, err := strconv.ParseInt(fields[1], 10, 64)
	if err != nil || size < 0 || strconv.FormatInt(size, 10) != fields[1] {
		return entry{}, false
	}
	e.size, e.path = size, fields[3]
	return e, pathFault(e.path) == ""
}

// decodeHex accepts lower-case digits only, so that each entry has one form.
func decodeHex(dst []byte, s string) bool {
	if len(s) != hex.EncodedLen(len(dst)) || strings.ContainsAny(s, "ABCDEF") {
		return false
	}
	_, err := hex.Decode(dst, []byte(s))
	return err == nil
}
