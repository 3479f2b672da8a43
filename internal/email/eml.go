package email

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

// draftView is what email.eml is made from.
type draftView struct {
	Page *sheet
	// Head is the header of the message, apart from those fields that say how
	// it is encoded.
	Head []field
	// ID is the part of the message's identity that its parts share.
	ID string
	// Pictures are those that are sent along.
	Pictures []picture
}

// field is a line of a message's header, with its value already encoded.
type field struct {
	Name, Value string
}

// draft gives the view of email.eml.
func (m *maker) draft(page *sheet) draftView {
	c := m.s.Config.Newsletter
	v := draftView{Page: page, ID: messageID(m.issue.ID.Value, m.s.Config.URL)}
	add := func(name, value string) {
		if value != "" {
			v.Head = append(v.Head, field{name, value})
		}
	}
	publisher := m.s.Config.Publisher
	from := mailbox(c.From.Value, m.s.Config.Title.Value)
	if from == "" {
		from = mailbox(publisher.Email.Value, m.s.Config.Title.Value)
	}
	add("From", from)
	add("Reply-To", mailbox(c.ReplyTo.Value, ""))
	if strings.Contains(c.List.Value, "@") {
		add("To", mailbox(c.List.Value, ""))
	}
	add("Subject", encodeText(page.View.Subject))
	add("Date", m.at.Format(time.RFC1123Z))
	add("Message-ID", "<"+v.ID+">")
	add("MIME-Version", "1.0")
	add("Content-Language", page.View.Language)
	if id := line(c.List.Value); id != "" && !strings.ContainsAny(id, "@<> ") {
		add("List-Id", displayName(line(m.s.Config.Title.Value))+"<"+id+">")
	}
	if way := unsubscribeAddress(c.Unsubscribe.Value); way != "" {
		add("List-Unsubscribe", "<"+way+">")
	}
	add("X-Unsent", "1")
	if c.InlinePictures {
		v.Pictures = m.pictures
	}
	return v
}

// eml makes the draft: the text first, because programs show the last part
// that they understand (RFC 2046 section 5.1.4). X-Unsent makes Outlook open
// it for writing.
func (v draftView) eml() ([]byte, error) {
	inline := map[string]string{}
	for i, p := range v.Pictures {
		inline[p.Address] = "cid:" + v.contentID(i)
	}
	page, err := v.Page.html(inline)
	if err != nil {
		return nil, err
	}
	text, err := v.Page.text()
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	b.Grow((len(text) + len(page)) * 5 / 4) // as encoded
	for _, f := range v.Head {
		b.WriteString(fold(f.Name + ": " + f.Value))
	}
	alternative := multipart.NewWriter(&b)
	if err := alternative.SetBoundary(v.boundary("alternative")); err != nil {
		return nil, err
	}
	b.WriteString(fold("Content-Type: multipart/alternative; boundary=\"" + alternative.Boundary() + "\""))
	b.WriteString("\r\n")
	if err := addText(alternative, "text/plain", text); err != nil {
		return nil, err
	}
	if err := v.addPage(alternative, page); err != nil {
		return nil, err
	}
	if err := alternative.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// addPage adds the page, together with the pictures that are sent along.
func (v draftView) addPage(alternative *multipart.Writer, page []byte) error {
	if len(v.Pictures) == 0 {
		return addText(alternative, "text/html", page)
	}
	boundary := v.boundary("related")
	part, err := alternative.CreatePart(textproto.MIMEHeader{
		"Content-Type": {"multipart/related; type=\"text/html\"; boundary=\"" + boundary + "\""},
	})
	if err != nil {
		return err
	}
	related := multipart.NewWriter(part)
	if err := related.SetBoundary(boundary); err != nil {
		return err
	}
	if err := addText(related, "text/html", page); err != nil {
		return err
	}
	for i, p := range v.Pictures {
		if err := v.addPicture(related, i, p); err != nil {
			return fmt.Errorf("adding %s to the e-mail: %w", p.Name, err)
		}
	}
	return related.Close()
}

func (v draftView) addPicture(related *multipart.Writer, i int, p picture) error {
	part, err := related.CreatePart(textproto.MIMEHeader{
		"Content-Type":              {p.Media},
		"Content-Transfer-Encoding": {"base64"},
		"Content-Id":                {"<" + v.contentID(i) + ">"},
		"Content-Disposition":       {mime.FormatMediaType("inline", map[string]string{"filename": p.Name})},
	})
	if err != nil {
		return err
	}
	r, err := p.open()
	if err != nil {
		return err
	}
	defer r.Close()
	lines := base64.NewEncoder(base64.StdEncoding, &lineBreaker{w: part})
	if _, err := io.Copy(lines, r); err != nil {
		return err
	}
	return lines.Close()
}

// contentID names picture i within the message (RFC 2392).
func (v draftView) contentID(i int) string { return fmt.Sprintf("picture%d.%s", i+1, v.ID) }

// boundary gives the line that parts the message. It follows from the
// message's identity; "=_" cannot be in what stands between, as that is
// encoded (RFC 2045 section 6.7).
func (v draftView) boundary(name string) string {
	sum := sha256.Sum256([]byte(name + " " + v.ID))
	return "=_" + hex.EncodeToString(sum[:12])
}

func addText(w *multipart.Writer, media string, text []byte) error {
	part, err := w.CreatePart(textproto.MIMEHeader{
		"Content-Type":              {media + "; charset=utf-8"},
		"Content-Transfer-Encoding": {"quoted-printable"},
	})
	if err != nil {
		return err
	}
	encoder := quotedprintable.NewWriter(part)
	if _, err := encoder.Write(text); err != nil {
		return err
	}
	return encoder.Close()
}

// lineBreaker ends a line after each 76 characters (RFC 2045 section 6.8).
type lineBreaker struct {
	w    io.Writer
	used int
}

func (l *lineBreaker) Write(data []byte) (int, error) {
	const most = 76
	written := 0
	for len(data) > 0 {
		n := min(most-l.used, len(data))
		if _, err := l.w.Write(data[:n]); err != nil {
			return written, err
		}
		written += n
		data = data[n:]
		if l.used += n; l.used == most {
			if _, err := io.WriteString(l.w, "\r\n"); err != nil {
				return written, err
			}
			l.used = 0
		}
	}
	return written, nil
}

// messageID makes the identity of a message from that of the issue, which
// never changes, and the host of the site (RFC 5322 section 3.6.4).
func messageID(id, site string) string {
	host := "localhost"
	if u, err := url.Parse(site); err == nil {
		if ascii, err := idna.Lookup.ToASCII(u.Hostname()); err == nil && ascii != "" {
			host = ascii
		}
	}
	return dotAtom(id) + "@" + host
}

// dotAtom writes an identity with the characters that one may have before the
// @. What had to be changed is told apart by a number.
func dotAtom(id string) string {
	const most = 40
	name := strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', '0' <= r && r <= '9', r == '-', r == '_':
			return r
		case r == '/':
			return '.'
		}
		return '-'
	}, id)
	name = strings.Trim(name, ".")
	if len(name) > most || name == "" || strings.Contains(name, "..") || strings.ReplaceAll(name, ".", "/") != id {
		sum := sha256.Sum256([]byte(id))
		name = strings.Trim(strings.ReplaceAll(name[:min(len(name), most)], "..", "."), ".") + "-" + hex.EncodeToString(sum[:4])
	}
	return name
}

// unsubscribeAddress gives the address of the header List-Unsubscribe (RFC
// 2369); none for a placeholder, as the mailing tool that knows what it stands
// for writes the header too.
func unsubscribeAddress(setting string) string {
	u, err := url.Parse(setting)
	if err != nil || strings.ContainsAny(setting, "<>{}\"\\^`| ") {
		return ""
	}
	if (u.Scheme != "mailto" || u.Opaque == "") && (u.Scheme != "https" && u.Scheme != "http" || u.Host == "") {
		return ""
	}
	var b strings.Builder
	for i := range len(setting) {
		if c := setting[i]; c < utf8.RuneSelf {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

// mailbox writes an address for a header, with a name unless it has one of its
// own; "" if it is none.
func mailbox(text, name string) string {
	a, err := mail.ParseAddress(line(text))
	if err != nil || !isASCII(a.Address) {
		return ""
	}
	if a.Name == "" {
		a.Name = name
	}
	return displayName(line(a.Name)) + (&mail.Address{Address: a.Address}).String()
}
