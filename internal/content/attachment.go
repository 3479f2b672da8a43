package content

import (
	"io"

	"bulletin/internal/diag"
)

// Attachment is a file of content/ that is no entry and no setting. It is
// published as it is, unless it is a picture: of a picture, only copies are.
type Attachment struct {
	// File is the path relative to the site's folder.
	File string
	// Size is in bytes; Sum is the SHA-256 of the content.
	Size int64
	Sum  [32]byte
	// Picture is what is known of a picture; nil for any other file, for what
	// only bears the name of a picture, and for a picture that cannot be
	// published.
	Picture *Picture
	// Problems say why a picture cannot be published, or not as it is. Those
	// without a line belong wherever the picture is used.
	Problems diag.List
}

// Attach reads what has to be known of an attachment. Of a picture, that is
// the beginning; nothing is decoded.
func Attach(file string, size int64, sum [32]byte, open func() (io.ReadCloser, error)) *Attachment {
	a := &Attachment{File: file, Size: size, Sum: sum}
	if !IsPicture(file) {
		return a
	}
	if p, ok := refusedFile(file, size); ok {
		a.Problems.Add(p)
		return a
	}
	r, err := open()
	if err != nil {
		a.Problems.Add(broken(file, "it cannot be opened"))
		return a
	}
	defer r.Close()
	a.Picture, a.Problems = readPicture(file, size, r)
	return a
}
