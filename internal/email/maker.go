package email

import (
	"io"
	"time"

	"bulletin/internal/diag"
	"bulletin/internal/output"
	"bulletin/internal/site"
	"bulletin/internal/theme"
)

// maker makes the e-mails of one issue.
type maker struct {
	s       *site.Site
	theme   *theme.Theme
	press   *press
	issues  map[*site.Entry]site.Issue
	colours Colours
	open    func(*site.File, site.Size) (io.ReadCloser, error)

	issue *site.Entry
	// at is the date of the issue.
	at time.Time
	// pictures are those that the e-mail shows.
	pictures []picture
	problems diag.List
}

// picture is a picture that an e-mail shows.
type picture struct {
	// Address is its whole address on the web, Name its file's name and Media
	// its media type.
	Address, Name, Media string
	// Sum is the SHA-256 of the file that it is a copy of, and Width that of the
	// copy.
	Sum   [32]byte
	Width int
	open  func() (io.ReadCloser, error)
}

// Key stands for the picture's content.
func (p picture) Key() output.Key {
	return output.KeyOf(struct {
		Address, Name, Media string
		Sum                  [32]byte
		Width                int
	}{p.Address, p.Name, p.Media, p.Sum, p.Width})
}
