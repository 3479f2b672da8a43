package main

import (
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// icsLine is a line of a calendar (RFC 5545 section 3.1): nothing but these
// names and parameters, and no control character.
var icsLine = regexp.MustCompile(`^(BEGIN|END|VERSION|PRODID|CALSCALE|METHOD|NAME|X-WR-CALNAME|URL|SOURCE|REFRESH-INTERVAL|X-PUBLISHED-TTL|TZID|DTSTART|DTEND|TZOFFSETFROM|TZOFFSETTO|TZNAME|RRULE|RDATE|UID|DTSTAMP|CREATED|LAST-MODIFIED|SEQUENCE|EXDATE|SUMMARY|STATUS|TRANSP|LOCATION|DESCRIPTION|CATEGORIES|ORGANIZER|CONTACT)(;(VALUE|TZID|CN)=("[^"[:cntrl:]]*"|[^";:,[:cntrl:]]*))*:[^\x00-\x08\x0a-\x1f\x7f]*$`)

// checkICS holds for a calendar.
func checkICS(t *testing.T, name, text string) {
	if strings.ContainsAny(strings.ReplaceAll(text, "\r\n", ""), "\r\n") || !strings.HasSuffix(text, "\r\n") || !utf8.ValidString(text) {
		t.Errorf("%s has line ends that are not CR LF, or is no UTF-8", name)
	}
	for line := range strings.SplitSeq(text, "\r\n") {
		if len(line) > 75 {
			t.Errorf("%s has a line of %d bytes", name, len(line))
		}
	}
	var open []string
	counts := map[string]int{}
	for line := range strings.SplitSeq(strings.TrimSuffix(strings.ReplaceAll(text, "\r\n ", ""), "\r\n"), "\r\n") {
		if !icsLine.MatchString(line) || strings.ContainsAny(line, "\u0085\u2028\u2029") {
			t.Errorf("%s has the line %q", name, line)
		}
		key, value, _ := strings.Cut(line, ":")
		counts[strings.SplitN(key, ";", 2)[0]]++
		switch key {
		case "BEGIN":
			open = append(open, value)
			counts[value]++
		case "END":
			if len(open) == 0 || open[len(open)-1] != value {
				t.Errorf("%s ends %s within %q", name, value, open)
				return
			}
			open = open[:len(open)-1]
		}
	}
	if len(open) > 0 || counts["VCALENDAR"] != 1 || counts["VEVENT"] != counts["UID"] || counts["UID"] != counts["DTSTAMP"] || counts["UID"] != counts["SUMMARY"] {
		t.Errorf("%s is out of balance: %v, open %q", name, counts, open)
	}
}

// messageHeaders are those of a draft.
var messageHeaders = []string{"From", "Reply-To", "Subject", "Date", "Message-Id", "Mime-Version", "Content-Language", "List-Id", "List-Unsubscribe", "X-Unsent", "Content-Type"}

// checkMessage holds for the draft of an e-mail.
func checkMessage(t *testing.T, name, text string) {
	if strings.ContainsAny(strings.ReplaceAll(text, "\r\n", ""), "\r\n\x00") {
		t.Errorf("%s has line ends that are not CR LF", name)
	}
	m, err := mail.ReadMessage(strings.NewReader(text))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	for key, values := range m.Header {
		if !slices.Contains(messageHeaders, key) || len(values) != 1 {
			t.Errorf("%s has the header %s: %q", name, key, values)
		}
		if decoded, err := new(mime.WordDecoder).DecodeHeader(values[0]); err != nil || strings.ContainsFunc(decoded, unicode.IsControl) {
			t.Errorf("%s: %s is %q (%v)", name, key, decoded, err)
		}
	}
	for _, key := range []string{"From", "Reply-To"} {
		if list, err := m.Header.AddressList(key); err != nil || len(list) != 1 || list[0].Address != "update@example.org" && list[0].Address != "hello@example.org" {
			if m.Header.Get(key) != "" || key == "From" {
				t.Errorf("%s: %s is %v, %v", name, key, list, err)
			}
		}
	}
	_, parameters, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	var kinds []string
	for r := multipart.NewReader(m.Body, parameters["boundary"]); ; {
		part, err := r.NextRawPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		data, err := io.ReadAll(quotedprintable.NewReader(part))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		kinds = append(kinds, part.Header.Get("Content-Type"))
		body := strings.ReplaceAll(string(data), "\r\n", "\n")
		if len(kinds) == 1 {
			checkText(t, name, body)
		} else {
			checkMail(t, name, body)
		}
	}
	if strings.Join(kinds, " ") != "text/plain; charset=utf-8 text/html; charset=utf-8" {
		t.Errorf("%s has the parts %q", name, kinds)
	}
}

// checkText holds for plain text.
func checkText(t *testing.T, name, text string) {
	for _, r := range text {
		if unicode.IsControl(r) && r != '\n' || r == '\u2028' || r == '\u2029' {
			t.Errorf("%s has %q", name, r)
			return
		}
	}
}

var robots = regexp.MustCompile(`^User-agent: \*\nAllow: /\n\nSitemap: https://example\.org/\S+\n$`)

func checkRobots(t *testing.T, name, text string) {
	if !robots.MatchString(text) {
		t.Errorf("%s is %q", name, text)
	}
}

var redirectLine = regexp.MustCompile(`^/[^\s*"<>\\]* /[^\s/*:"<>\\][^\s*:"<>\\]* 301$`)

func checkRedirects(t *testing.T, name, text string) {
	for line := range strings.SplitSeq(strings.TrimSuffix(text, "\n"), "\n") {
		if !redirectLine.MatchString(line) || strings.Contains(line, "/:") {
			t.Errorf("%s has the line %q", name, line)
		}
	}
}

// checkOther holds for what has no place for a text.
func checkOther(t *testing.T, name, text string) {
	if name == ".bulletin/manifest" {
		checkManifest(t, text)
		return
	}
	if strings.Contains(strings.ToLower(text), "pwned") {
		t.Errorf("%s has something of a hostile text in it", name)
	}
}

var manifestLine = regexp.MustCompile(`^[0-9a-f]+ \d+ [0-9a-f]{64} [^/[:cntrl:]][^[:cntrl:]]*$`)

func checkManifest(t *testing.T, text string) {
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	for i, line := range lines[1 : len(lines)-1] {
		if !manifestLine.MatchString(line) {
			t.Errorf("line %d of the manifest is %q", i+2, line)
		}
	}
}
