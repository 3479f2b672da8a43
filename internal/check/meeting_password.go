package check

import (
	"net/url"
	"regexp"
	"strings"

	"bulletin/internal/config"
)

// passcode is a password that stands in a text.
var passcode = regexp.MustCompile(`(?i)\b(?:pass ?code|password|meeting pin|access code)(?:[ \x{00A0}]is)?[ \x{00A0}]?[:=][ \x{00A0}]?[^\s,.;)]{3,}|\b(?:pass ?code|password) is [“"‘']?[^\s,.;)]*\d[^\s,.;)]*`)

var meetingPassword = &Rule{
	Name:     "meeting-password",
	Protects: "Whoever has the link and the password of a meeting can walk in, and people with bad intentions search the web for them.",
	Law:      "UK GDPR, Article 5(1)(f)",
	Level:    config.LevelWarning,
	Fires:    "Join us on [Zoom](https://example.zoom.us/j/91234567890?pwd=abc123).",
	Passes:   "[Book a place](https://www.example.net/book), and we send you the link to the meeting.",
	Cure:     "Take it out, and send it to those who book: `register: {url: https://www.example.org/book}`. Then change the password.",
	Entry: func(p *Page) {
		meets := false
		for _, l := range p.Links() {
			door := meetingLink(l.Dest)
			meets = meets || door != noMeeting
			if door == openDoor {
				p.Report(l.Pos, "", "this link lets anybody into the meeting")
			}
		}
		if e := p.Event; e != nil && !e.Register.None {
			meets = meets || e.Online.URL.Set() || e.Online.Platform.Set()
			if meetingLink(e.Online.URL.Value) == openDoor {
				p.Report(e.Online.URL.Pos, "", "this link lets anybody into the meeting")
			}
		}
		for _, text := range p.Prose() {
			if !text.Mentions("passcode", "pass code", "password", "meeting pin", "access code") || !meets && !text.Mentions("zoom", "teams", "webex", "meeting") {
				continue
			}
			for m := range text.Matches(passcode) {
				p.Report(text.Pos(m[0]), "", "this is the password of a meeting")
			}
		}
	},
}

// doorway says how a link leads into a meeting.
type doorway uint8

const (
	noMeeting doorway = iota
	closedDoor
	openDoor // nothing else is asked of who follows the link
)

// meetingLink tells whether a link leads into a meeting. Zoom has the password
// in the link or asks for it; links of Teams and Webex carry it always.
func meetingLink(address string) doorway {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return noMeeting
	}
	host, query := strings.ToLower(u.Hostname()), u.Query()
	of := func(domain string) bool { return host == domain || strings.HasSuffix(host, "."+domain) }
	switch {
	case of("zoom.us") && (strings.HasPrefix(u.Path, "/j/") || strings.HasPrefix(u.Path, "/s/") || strings.HasPrefix(u.Path, "/w/")):
		if query.Has("pwd") || query.Has("tk") {
			return openDoor
		}
		return closedDoor
	case of("teams.microsoft.com") && (strings.HasPrefix(u.Path, "/l/meetup-join/") || strings.HasPrefix(u.Path, "/meet/") && query.Has("p")),
		of("teams.live.com") && strings.HasPrefix(u.Path, "/meet/") && query.Has("p"),
		of("webex.com") && (query.Has("MTID") || query.Has("mtid")):
		return openDoor
	}
	return noMeeting
}
