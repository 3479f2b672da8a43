package markdown

import (
	"strings"
	"unicode"

	"github.com/yuin/goldmark/util"
)

// addressUse says what an address is for.
type addressUse int

const (
	forLink addressUse = iota
	forImage
)

// address gives the address as meant, with escapes and entities resolved, and
// reports whether it may be published; if not, a problem is noted.
func (r *reading) address(raw []byte, use addressUse, offset int) (string, bool) {
	dest := meantAddress(raw)
	rule, text, hint := judgeAddress(dest, use)
	if rule == "" {
		return dest, true
	}
	r.problem(offset, rule, hint, "%s", text)
	return dest, false
}

func meantAddress(raw []byte) string {
	raw = util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(raw)))
	return strings.TrimSpace(string(raw))
}

// IsSafeLink reports whether an address may be published as a link: one that a
// text could lead to without a problem.
func IsSafeLink(dest string) bool {
	rule, _, _ := judgeAddress(dest, forLink)
	return rule == ""
}

// judgeAddress gives the problem with an address; rule is "" if it has none.
func judgeAddress(dest string, use addressUse) (rule, text, hint string) {
	what := "link"
	if use == forImage {
		what = "image"
	}
	scheme, rest := splitScheme(dest)
	switch {
	case dest == "":
		return "bad-address", "this " + what + " has no address", "write the address between the round brackets"
	case len(scheme) == 1 || strings.HasPrefix(dest, `\`):
		return "bad-address", "“" + shortened(dest) + "” is a place on one computer or office network, which readers cannot open",
			"copy the file beside this page and write only its name, with / between folders"
	case scheme != "":
		return judgeScheme(scheme, rest, dest, use, what)
	case strings.Contains(dest, `\`):
		return "bad-address", "the address “" + shortened(dest) + "” has a backslash in it", "write / between folders"
	case strings.IndexFunc(dest, unicode.IsControl) >= 0:
		return "bad-address", "the address of this " + what + " has an invisible character in it", "delete the address and type it again"
	case strings.HasPrefix(dest, "//"):
		return "bad-address", "the address “" + shortened(dest) + "” lacks its beginning", "write https: in front of it"
	case strings.HasPrefix(strings.ToLower(dest), "www."):
		return "bad-address", "the address “" + shortened(dest) + "” lacks its beginning", "write https:// in front of it"
	case use == forLink && isEmail(dest):
		return "bad-address", "“" + shortened(dest) + "” is an e-mail address, not a web address", "write mailto: in front of it"
	}
	return "", "", ""
}

func judgeScheme(scheme, rest, dest string, use addressUse, what string) (rule, text, hint string) {
	switch scheme {
	case "http", "https":
		host := strings.TrimPrefix(rest, "//")
		site, _, _ := strings.Cut(host, "/")
		switch {
		case len(host) == len(rest) || host == "" || strings.ContainsRune("/?#\\", rune(host[0])):
			return "bad-address", "the address “" + shortened(dest) + "” lacks the name of a site", "write it like https://www.example.org/page"
		case strings.Contains(dest, `\`):
			return "bad-address", "the address “" + shortened(dest) + "” has a backslash in it", "write / instead"
		case strings.Contains(site, "@"):
			return "bad-address", "the address “" + shortened(dest) + "” has a user name in it", "delete what stands between // and @, and the @"
		case strings.IndexFunc(dest, unicode.IsControl) >= 0:
			return "bad-address", "the address of this " + what + " has an invisible character in it", "delete the address and type it again"
		}
		return "", "", ""
	case "mailto", "tel", "sms", "webcal":
		if use == forLink && strings.IndexFunc(dest, unicode.IsControl) < 0 {
			return "", "", ""
		}
	case "file":
		return "unsafe-address", "“" + shortened(dest) + "” is a file on one computer, which readers cannot open",
			"copy the file beside this page and write only its name"
	case "data":
		return "unsafe-address", "this " + what + " has a whole file pasted into its address", "save it as a file beside this page and write its name"
	}
	if use == forImage {
		return "unsafe-address", "an image cannot come from an address that starts with “" + shortened(scheme) + ":”",
			"save the picture beside this page and write its name"
	}
	return "unsafe-address", "a link cannot start with “" + shortened(scheme) + ":”",
		"link to a page of this site, or to an address that starts with https:, mailto: or tel:"
}

// splitScheme gives the scheme of an address in small letters, as a browser
// would understand it: white space and control characters are passed over.
func splitScheme(dest string) (scheme, rest string) {
	var b strings.Builder
	for i, c := range dest {
		switch {
		case c == ':':
			return strings.ToLower(b.String()), dest[i+1:]
		case c <= ' ' || unicode.IsControl(c) || unicode.Is(unicode.Cf, c) || unicode.IsSpace(c):
		case c > unicode.MaxASCII || !isLetter(byte(c)) && (b.Len() == 0 || !isDigit(byte(c)) && !strings.ContainsRune("+.-", c)):
			return "", dest
		default:
			b.WriteRune(c)
		}
	}
	return "", dest
}

// internal reports whether an address leads to another place of the site.
func internal(dest string) bool {
	scheme, _ := splitScheme(dest)
	return scheme == "" && dest != "" && dest[0] != '#'
}

func isEmail(dest string) bool {
	return !strings.ContainsAny(dest, "/?#") && util.FindEmailIndex([]byte(dest)) == len(dest)
}

func shortened(s string) string {
	const limit = 60
	runes := []rune(s)
	if len(runes) <= limit {
		return s
	}
	return string(runes[:limit]) + "…"
}

// appendAddress writes an address for an attribute: what is not allowed in an
// address is percent-encoded, the rest escaped for HTML.
func appendAddress(b []byte, s string) []byte {
	const hex = "0123456789ABCDEF"
	fragment := strings.IndexByte(s, '#')
	for i := range len(s) {
		switch c := s[i]; {
		case c == '&':
			b = append(b, "&amp;"...)
		case c == '\'':
			b = append(b, "&#39;"...)
		case c <= ' ' || c == 0x7f || strings.IndexByte("\"<>\\^`{|}", c) >= 0,
			c == '%' && (i+2 >= len(s) || !isHex(s[i+1]) || !isHex(s[i+2])),
			c == '#' && i > fragment,
			(c == '[' || c == ']') && !strings.Contains(s, "://["): // an IPv6 address
			b = append(b, '%', hex[c>>4], hex[c&15])
		default:
			b = append(b, c)
		}
	}
	return b
}

func isHex(c byte) bool { return isDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'f' }
