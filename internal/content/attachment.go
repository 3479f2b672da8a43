package content

import (
	"image"
	_ "image/gif"  // so that the size of pictures is known
	_ "image/jpeg" // likewise
	_ "image/png"  // likewise
	"io"
	"path"
	"strings"
)

// Attachment is a file of content/ that is no entry and no setting: it is
// published as it is.
type Attachment struct {
	// File is the path relative to the site's folder.
	File string
	// Size is in bytes; Sum is the SHA-256 of the content.
	Size int64
	Sum  [32]byte
	// Width and Height are in pixels, or zero if the file is no PNG, JPEG or
	// GIF picture.
	Width, Height int
}

// Attach reads what has to be known of an attachment.
func Attach(file string, size int64, sum [32]byte, open func() (io.ReadCloser, error)) *Attachment {
	a := &Attachment{File: file, Size: size, Sum: sum}
	switch strings.ToLower(path.Ext(file)) {
	case ".png", ".jpg", ".jpeg", ".gif":
	default:
		return a
	}
	r, err := open()
	if err != nil {
		return a
	}
	defer r.Close()
	if c, _, err := image.DecodeConfig(r); err == nil {
		a.Width, a.Height = c.Width, c.Height
	}
	return a
}
