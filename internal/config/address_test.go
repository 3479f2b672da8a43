package config

import "testing"

func TestWebAddressesAreWholeAndMeanTheSameEverywhere(t *testing.T) {
	for address, want := range map[string]bool{
		"https://www.example.org/page?a=b&c=d#e": true, "http://example.org": true, "https://tŷ.example/é": true,
		"https://[2001:db8::1]:8080/": true, "https://example.org/a'b": true, "https://example.org/%22": true,
		"": false, "example.org": false, "//example.org": false, "https://": false, "https:///a": false, "https://:80/": false,
		"javascript://example.org/%0aalert(1)": false, "JavaScript:alert(1)": false, "data:text/html,x": false, "ftp://example.org/": false,
		"https://example.org/a b": false, "https://example.org/\u00a0": false, "https://example.org/\r\nX: y": false, "https://example.org/\u2028": false,
		"https://example.org\x00/": false, `https://example.org/"onclick=x`: false, "https://example.org/<script>": false, `https:\\example.org`: false,
		`https://a"b.example/`: false, "https://a<b>.example/": false, "https://example.org;x/": false, "https://user@example.org/": false,
		"https://example.org:x/": false, "https://example.org/%zz": false, " https://example.org": false,
	} {
		if got := IsWebAddress(address); got != want {
			t.Errorf("IsWebAddress(%q) is %v", address, got)
		}
	}
}

func TestAnEmailAddressNamesOneMailbox(t *testing.T) {
	for address, want := range map[string]bool{
		"hello@example.org": true, "o'neill+update@sub.example.org": true, "first.last_x-y@example.org": true,
		"": false, "hello": false, "a@b@c": false, "A <a@example.org>": false, "a@example.org, b@example.org": false,
		"a?bcc=b@example.org": false, "a&b@example.org": false, "a%0d%0aBcc:b@example.org": false, `"a b"@example.org`: false,
		`"a?bcc=x"@example.org`: false, "a@example.org?subject=x": false, "a#b@example.org": false, "a/b@example.org": false,
		"a@example.org\r\nBcc: b@example.org": false, " a@example.org": false, "a{b}@example.org": false,
	} {
		if got := IsEmail(address); got != want {
			t.Errorf("IsEmail(%q) is %v", address, got)
		}
	}
}

func TestTheSiteStandsWhereItsAddressSays(t *testing.T) {
	for address, want := range map[string]string{
		"https://example.org":          "https://example.org/ /",
		"https://example.org/a/b/":     "https://example.org/a/b/ /a/b/",
		"https://example.org/a b":      "https://example.org/a%20b/ /a%20b/",
		"https://example.org//evil/":   "https://example.org/evil/ /evil/",
		"https://example.org/a/../b":   "https://example.org/b/ /b/",
		`https://example.org/"><x>`:    "https://example.org/%22%3E%3Cx%3E/ /%22%3E%3Cx%3E/",
		`https://a"><b>.example/`:      "",
		"https://example.org/?q":       "",
		"https://example.org\nX: y":    "",
		"javascript://example.org/":    "",
		"https://u:p@example.org/":     "",
		"https://:443/":                "",
		"https://example.org/%0d%0aX/": "https://example.org/%0D%0AX/ /%0D%0AX/",
	} {
		c := &Config{}
		err := c.SetURL(address)
		got := c.URL + " " + c.Base
		if want == "" != (err != nil) || err == nil && got != want {
			t.Errorf("SetURL(%q) gives %q, %v, want %q", address, got, err, want)
		}
	}
}
