package email

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"strings"
	"testing"
	"time"
)

// message parses a draft.
func message(t *testing.T, eml string) *mail.Message {
	t.Helper()
	if strings.Contains(strings.ReplaceAll(eml, "\r\n", ""), "\n") || strings.Contains(strings.ReplaceAll(eml, "\r\n", ""), "\r") {
		t.Error("the draft has line ends that are not CRLF")
	}
	for i, line := range strings.Split(eml, "\r\n") {
		if len(line) > 100 {
			t.Errorf("line %d has %d characters", i+1, len(line))
		}
	}
	m, err := mail.ReadMessage(strings.NewReader(eml))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// part is a part of a message with its content decoded.
type part struct {
	media, id, name string
	data            []byte
}

// parts gives the parts of a message that are no containers, and the outline
// of all.
func parts(t *testing.T, contentType string, body io.Reader) ([]part, string) {
	t.Helper()
	media, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		t.Fatal(err)
	}
	var list []part
	var outline []string
	r := multipart.NewReader(body, params["boundary"])
	for {
		p, err := r.NextRawPart()
		if err == io.EOF {
			return list, media + "(" + strings.Join(outline, " ") + ")"
		}
		if err != nil {
			t.Fatal(err)
		}
		kind := p.Header.Get("Content-Type")
		if strings.HasPrefix(kind, "multipart/") {
			inner, text := parts(t, kind, p)
			list, outline = append(list, inner...), append(outline, text)
			continue
		}
		var decoder io.Reader = quotedprintable.NewReader(p)
		if p.Header.Get("Content-Transfer-Encoding") == "base64" {
			decoder = base64.NewDecoder(base64.StdEncoding, p)
		}
		data, err := io.ReadAll(decoder)
		if err != nil {
			t.Fatal(err)
		}
		kind, _, err = mime.ParseMediaType(kind)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, part{kind, strings.Trim(p.Header.Get("Content-Id"), "<>"), p.FileName(), data})
		outline = append(outline, kind)
	}
}

func TestDraftIsAMessage(t *testing.T) {
	made := sample(t)
	m := message(t, made[issueDir+FileDraft])
	decoder := new(mime.WordDecoder)
	subject, err := decoder.DecodeHeader(m.Header.Get("Subject"))
	if err != nil || subject != "New school year: £1.6 million, and places to book – today" {
		t.Errorf("subject %q, %v", subject, err)
	}
	if from, err := m.Header.AddressList("From"); err != nil || from[0].Name != "Regional Update" || from[0].Address != "update@example.org" {
		t.Errorf("from %v, %v", from, err)
	}
	if to, err := m.Header.AddressList("Reply-To"); err != nil || to[0].Address != "hello@example.org" {
		t.Errorf("reply to %v, %v", to, err)
	}
	if date, err := m.Header.Date(); err != nil || !date.Equal(time.Date(2025, 9, 1, 7, 0, 0, 0, time.UTC)) {
		t.Errorf("date %v, %v", date, err)
	}
	for name, want := range map[string]string{
		"X-Unsent": "1", "Mime-Version": "1.0", "Content-Language": "en-GB", "List-Unsubscribe": "", "To": "",
		"List-Id":    "West Midlands Regional Update <regional-update.lists.example.org>",
		"Message-Id": "<newsletters.2025.09---more-400c5b83@update.example.org>",
	} {
		if got := m.Header.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
}

func TestDraftHasTheTextFirstAndItsPictures(t *testing.T) {
	made := sample(t)
	m := message(t, made[issueDir+FileDraft])
	list, outline := parts(t, m.Header.Get("Content-Type"), m.Body)
	if want := "multipart/alternative(text/plain multipart/related(text/html image/png image/png image/png))"; outline != want {
		t.Fatalf("the message is %s, want %s", outline, want)
	}
	if got := strings.ReplaceAll(string(list[0].data), "\r\n", "\n"); got != made[issueDir+FileText] {
		t.Error("the text part is not email.txt")
	}
	page := strings.ReplaceAll(string(list[1].data), "\r\n", "\n")
	for _, title := range titles {
		if !strings.Contains(page, title) {
			t.Errorf("the page lacks %q", title)
		}
	}
	files := sampleFiles(t)
	for _, p := range list[2:] {
		if !bytes.Equal(p.data, files["content/images/"+p.name]) {
			t.Errorf("%s is not the picture", p.name)
		}
		if !strings.Contains(page, `src="cid:`+p.id+`"`) {
			t.Errorf("the page does not show %s", p.name)
		}
	}
	if strings.Contains(page, `src="http`) {
		t.Error("a picture is not sent along")
	}
}

func TestDraftCanLinkToItsPictures(t *testing.T) {
	files := sampleFiles(t)
	files["content/site.yaml"] = []byte(strings.Replace(string(files["content/site.yaml"]), "pictures: inline", "pictures: link", 1))
	made, _ := emails(t, files, sampleNow, nil)
	m := message(t, made[issueDir+FileDraft])
	list, outline := parts(t, m.Header.Get("Content-Type"), m.Body)
	if outline != "multipart/alternative(text/plain text/html)" {
		t.Errorf("the message is %s", outline)
	}
	if got := strings.ReplaceAll(string(list[1].data), "\r\n", "\n"); got != made[issueDir+FileHTML] {
		t.Error("the page is not email.html")
	}
}

func TestDraftOfANewSiteLeavesTheSenderToTheMailProgram(t *testing.T) {
	files := sampleFiles(t)
	files["content/site.yaml"] = []byte("title: T\nurl: https://example.org\n")
	made, _ := emails(t, files, sampleNow, nil)
	if got, sent := message(t, made[issueDir+FileDraft]).Header["From"]; sent {
		t.Errorf("the sender is made up: %s", got)
	}
}

func TestNoTextEndsAHeader(t *testing.T) {
	const evil = `\r\nBcc: all@example.org\r\n\r\nBody\u0085\u2028Bcc: x@example.org`
	files := sampleFiles(t)
	issue := string(files["content/newsletters/2025-09.md"])
	issue = strings.Replace(issue, `subject: "New school year`, `subject: "`+evil+`New school year`, 1)
	issue = strings.Replace(issue, "id: newsletters/2025/09 & more", `id: "`+evil+`"`, 1)
	files["content/newsletters/2025-09.md"] = []byte(issue)
	site := string(files["content/site.yaml"])
	site = strings.Replace(site, "title: West Midlands Regional Update", `title: "West`+evil+`"`, 1)
	site = strings.Replace(site, "from: Regional Update", `from: "'Regional`+evil+`'`, 1)
	site = strings.Replace(site, "<update@example.org>", `<update@example.org>"`, 1)
	site = strings.Replace(site, "list: regional-update.lists.example.org", `list: "`+evil+`"`, 1)
	files["content/site.yaml"] = []byte(site)
	made, _ := emails(t, files, sampleNow, nil)
	for name := range message(t, made[issueDir+FileDraft]).Header {
		if name == "Bcc" {
			t.Errorf("a text has added a header:\n%.600s", made[issueDir+FileDraft])
		}
	}
	if made[issueDir+FileDraft] == "" {
		t.Error("there is no draft")
	}
}

func TestMessageIDsAreUniqueAndValid(t *testing.T) {
	seen := map[string]string{}
	for _, id := range []string{"newsletters/2025-08", "newsletters.2025-08", "a b", "a-b", "a+b", "..", "", "ŵ", strings.Repeat("long/", 50), strings.Repeat("long/", 51), "a//b", "/a/"} {
		got := messageID(id, "https://example.org/x/")
		if other, taken := seen[got]; taken {
			t.Errorf("%q and %q have the id %s", id, other, got)
		}
		seen[got] = id
		local, _, _ := strings.Cut(got, "@")
		if a, err := mail.ParseAddress(got); err != nil || a.Address != got || len(local) > 80 {
			t.Errorf("%q: %s is no identity: %v", id, got, err)
		}
	}
	if got := messageID("newsletters/2025-08", "https://example.org/"); got != "newsletters.2025-08@example.org" {
		t.Error(got)
	}
	for site, want := range map[string]string{"https://tŷ.example/": "a@xn--t-foa.example", "": "a@localhost", "http://127.0.0.1:8080/": "a@127.0.0.1"} {
		if got := messageID("a", site); got != want {
			t.Errorf("%s: %s, want %s", site, got, want)
		}
	}
}

func TestMailboxes(t *testing.T) {
	for text, want := range map[string]string{
		"a@example.org":                    "Site: news <a@example.org>",
		"A B <a@example.org>":              "A B <a@example.org>",
		`"B, A" <a@example.org>`:           `"B, A" <a@example.org>`,
		`"A \"B\" C" <a@example.org>`:      `"A \"B\" C" <a@example.org>`,
		"Tŷ <a@example.org>":               "=?utf-8?B?VMW3?= <a@example.org>",
		`"a b"@example.org`:                `Site: news <"a b"@example.org>`,
		"a@example.org, b@example.org":     "",
		"nobody":                           "",
		"ŵ@example.org":                    "",
		"":                                 "",
		"A <a@example.org>\r\nBcc: b@c.de": "",
		`"=?utf-8?q?x?=" <a@example.org>`:  "=?utf-8?B?PT91dGYtOD9xP3g/PQ==?= <a@example.org>",
	} {
		want = strings.Replace(want, "Site: news", `"Site: news"`, 1)
		got := mailbox(text, "Site: news")
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
		if a, err := mail.ParseAddress(got); got != "" && (err != nil || a.Address == "") {
			t.Errorf("%q: %v", got, err)
		}
	}
}

func FuzzHeader(f *testing.F) {
	for _, s := range []string{"", "a", "£1.6 million", "=?utf-8?q?x?=", "a\r\nBcc: b", strings.Repeat("ŵ", 200), strings.Repeat("a", 300), strings.Repeat("a ", 90), "\xff", `"a" <b>`, "\u2028"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for name, value := range map[string]string{"Subject": encodeText(s), "X-Name": displayName(line(s)) + "<a@example.org>"} {
			folded := fold(name + ": " + value)
			for i, l := range strings.Split(strings.TrimSuffix(folded, "\r\n"), "\r\n") {
				if len(l) > 78 || strings.ContainsAny(l, "\r\n\x00") || i > 0 && (l[0] != ' ' || strings.TrimSpace(l) == "") {
					t.Fatalf("%q: line %q", s, l)
				}
			}
			m, err := mail.ReadMessage(strings.NewReader(folded + "\r\n"))
			if err != nil || len(m.Header) != 1 {
				t.Fatalf("%q: %v, %v", s, m, err)
			}
			if name == "X-Name" {
				a, err := mail.ParseAddress(m.Header.Get(name))
				if err != nil || a.Name != line(s) {
					t.Errorf("%q: the name is read as %v: %v", s, a, err)
				}
				continue
			}
			got, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get(name))
			if err != nil || got != line(s) {
				t.Errorf("%q is read as %q: %v", s, got, err)
			}
		}
	})
}
