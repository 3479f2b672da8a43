package email

import (
	"bytes"
	"sync"

	"bulletin/internal/output"
	"bulletin/internal/theme"
)

// press makes pages of views, for all e-mails of a site.
type press struct {
	theme  *theme.Theme
	styles inliner
}

// pageView is what email.html is made from.
type pageView struct {
	// View is without the letter, which is written when the page is made.
	View        Email
	Letter      *letter
	File        string
	Unsubscribe string
}

// html makes the e-mail's page. inline gives the addresses within the message
// of pictures that are sent along.
func (p *press) html(v pageView, inline map[string]string) ([]byte, error) {
	var b bytes.Buffer
	var err error
	if v.View.Content, err = v.Letter.html(); err != nil {
		return nil, err
	}
	if err := p.theme.Render(&b, "email.html", v.View); err != nil {
		return nil, err
	}
	return finish(b.Bytes(), finishing{file: v.File, unsubscribe: v.Unsubscribe, inline: inline, styles: &p.styles})
}

// sheet is the page of an issue, which both email.html and email.eml show, and
// its text: it is keyed once, and each is made once for all files.
type sheet struct {
	pageView
	key   output.Key
	press *press

	page, plain once
}

// once makes what two files show, and keeps it until it was asked for a second
// time.
type once struct {
	mu   sync.Mutex
	made []byte
}

func (o *once) get(work func() ([]byte, error)) ([]byte, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if made := o.made; made != nil {
		o.made = nil
		return made, nil
	}
	made, err := work()
	o.made = made
	return made, err
}

func (p *press) sheet(v pageView) *sheet { return &sheet{pageView: v, key: output.KeyOf(v), press: p} }

// Key stands for the page's view. The layout is in the salt of the jobs.
func (s *sheet) Key() output.Key { return s.key }

// html makes the page. What is made without pictures is kept for the other
// file.
func (s *sheet) html(inline map[string]string) ([]byte, error) {
	if len(inline) > 0 {
		return s.press.html(s.pageView, inline)
	}
	return s.page.get(func() ([]byte, error) { return s.press.html(s.pageView, nil) })
}

// text makes the text part, for the file of its own and for the draft.
func (s *sheet) text() ([]byte, error) {
	return s.plain.get(func() ([]byte, error) { return s.write(), nil })
}
