package config

import (
	"net/mail"
	"net/url"
	"strings"
	"unicode"

	"bulletin/internal/diag"
	"bulletin/internal/header"
)

// IsWebAddress reports whether a text is a whole address on the web that can
// stand in a page, a calendar and a plain text as it is: with https:// or
// http://, with a host and without a user name, white space or quotes.
func IsWebAddress(s string) bool {
	if !strings.HasPrefix(s, "https://") && !strings.HasPrefix(s, "http://") || strings.ContainsAny(s, "\"<>\\") ||
		strings.ContainsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }) {
		return false
	}
	u, err := url.Parse(s)
	return err == nil && u.User == nil && isHost(u.Host)
}

// isHost reports whether a text can be the host of an address, with its port.
// url.Parse lets quotes and angle brackets pass.
func isHost(s string) bool {
	return s != "" && !strings.HasPrefix(s, ":") && !strings.ContainsFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.M, r) && !strings.ContainsRune("-._:[]", r)
	})
}

// WebAddress reads a key that takes the address of something on the web, and
// reports what is none.
func WebAddress(f *header.Fields, key string) header.Text {
	t := f.Text(key)
	if t.Value == "" {
		return header.Text{}
	}
	if !IsWebAddress(t.Value) {
		f.Problem(NoWebAddress(key, t))
		return header.Text{}
	}
	return t
}

// NoWebAddress is the problem that the value of a key is not the address of
// something on the web.
func NoWebAddress(key string, t header.Text) diag.Problem {
	return diag.Errorf(t.Pos, "url", "write the whole address, such as `"+key+": https://www.example.org/page`", "`%s` is not a web address", t.Value)
}

// IsEmail reports whether a text is an e-mail address and nothing else. Those
// with marks that mean something after mailto: are refused, though RFC 5322
// has them: "a?bcc=b@example.org" would write to somebody else too.
func IsEmail(s string) bool {
	a, err := mail.ParseAddress(s)
	return err == nil && a.Name == "" && a.Address == s && !strings.ContainsAny(s, "?#%&/\\\"<>()[]{}|^`,;: ")
}

// Email reads a key that takes an e-mail address, and reports what is none.
func Email(f *header.Fields, key string) header.Text {
	t := f.Text(key)
	if t.Value == "" {
		return t
	}
	if !IsEmail(t.Value) {
		f.Problem(diag.Errorf(t.Pos, "email", "write only the address, such as `"+key+": hello@example.org`", "`%s` is not an e-mail address", t.Value))
		return header.Text{}
	}
	return t
}
