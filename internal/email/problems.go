package email

import (
	"net/netip"
	"net/url"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"bulletin/internal/diag"
	"bulletin/internal/header"
	"bulletin/internal/markdown"
	"bulletin/internal/site"
)

// How many characters of the subject and of the preheader inboxes show, of the
// latter those that show most.
const (
	subjectLength   = 60
	preheaderLength = 110
)

// Problems reports what will go wrong with the e-mails of a site, of issues
// that are not published yet too. What can be known only of a finished e-mail,
// such as its size, is reported when it is made.
func Problems(s *site.Site) diag.List {
	problems := s.CheckIssues()
	issues := s.AllIssues()
	if len(issues) > 0 {
		checkSettings(s, &problems)
	}
	for _, e := range issues {
		n := e.Newsletter
		tooLong(n.Subject, "email-subject", "the subject", subjectLength, &problems)
		if !n.Subject.Set() {
			tooLong(e.Title, "email-subject", "the title, which is the e-mail's subject,", subjectLength, &problems)
		}
		tooLong(n.Preheader, "email-preheader", "the preheader", preheaderLength, &problems)
		for _, l := range e.Body.Links {
			if unreachable(l.Dest) {
				problems.Add(diag.Warnf(l.Pos, "email-address", "link to a page that is open to everybody, or attach the file", "readers cannot open `%s`: it is an address within one office or computer", l.Dest))
			}
		}
		checkPicture(s, e, e.Image.File, &problems)
		checkPicture(s, e, n.From.Image, &problems)
		for _, i := range e.Body.Images {
			checkPicture(s, e, header.Text{Value: i.Dest, Pos: i.Pos}, &problems)
		}
	}
	problems.Sort()
	return problems
}

func tooLong(t header.Text, rule, what string, most int, problems *diag.List) {
	if n := utf8.RuneCountInString(t.Value); n > most {
		hint := "put what matters first, and shorten it"
		if rule == "email-subject" {
			hint = "write a shorter one as `subject`, with what matters first"
		}
		problems.Add(diag.Warnf(t.Pos, rule, hint, "%s has %d characters; inboxes cut it off after about %d", what, n, most))
	}
}

// checkSettings reports settings that cannot stand in an e-mail.
func checkSettings(s *site.Site, problems *diag.List) {
	c := s.Config.Newsletter
	for _, address := range []struct {
		header.Text
		key string
	}{{c.From, "from"}, {c.ReplyTo, "reply_to"}} {
		if address.Value != "" && mailbox(address.Value, "") == "" {
			problems.Add(diag.Errorf(address.Pos, "email", "write `"+address.key+": Regional Update <update@example.org>`, or only the address", "`%s` is not an e-mail address", address.Value))
		}
	}
	if way := c.Unsubscribe.Value; way != "" && unsubscribeAddress(way) == "" && !isPlaceholder(way) {
		problems.Add(diag.Errorf(c.Unsubscribe.Pos, "url", "write the address of a page, `mailto:` and a mailbox, or the placeholder of your mailing tool, such as `\"{{unsubscribe}}\"`",
			"`%s` cannot stand in a link", way))
	}
}

// isPlaceholder reports whether a mailing tool can find a text and put an
// address in its place: it stands out, and is the same in HTML. What stands
// around it can be no more than the address of a page or a mailbox.
func isPlaceholder(s string) bool {
	return strings.ContainsAny(s, "{}[]%|*$#") && !strings.ContainsAny(s, "\"'<>&") &&
		!strings.ContainsFunc(s, unicode.IsControl) && markdown.IsSafeLink(s)
}

// checkPicture reports pictures of kinds that hardly any mail program shows.
func checkPicture(s *site.Site, e *site.Entry, at header.Text, problems *diag.List) {
	f, ok := s.FileAt(e.Entry, at.Value)
	if !ok || !at.Set() {
		return
	}
	switch strings.ToLower(path.Ext(f.Path)) {
	case ".png", ".jpg", ".jpeg", ".gif":
	default:
		problems.Add(diag.Warnf(at.Pos, "email-picture", "save it as PNG or JPEG", "many mail programs do not show pictures such as `%s`", at.Value))
	}
}

// unreachable reports whether an address leads into a network that readers are
// not in: a host without a dot, a name reserved for private use (RFC 6761, RFC
// 8375), or a private address (RFC 1918, RFC 4193).
func unreachable(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" {
		return false
	}
	host := strings.ToLower(strings.TrimSuffix(u.Hostname(), "."))
	if ip, err := netip.ParseAddr(host); err == nil {
		return ip.IsPrivate() || ip.IsLoopback() || ip.IsLinkLocalUnicast() || ip.IsUnspecified()
	}
	if !strings.Contains(host, ".") {
		return true
	}
	for _, private := range []string{".localhost", ".local", ".internal", ".intranet", ".lan", ".home.arpa", ".corp"} {
		if strings.HasSuffix(host, private) {
			return true
		}
	}
	return false
}
