package markdown

import "crypto/sha256"

// Brief is what is known of a document without what [Doc.HTML] and [Doc.Plain]
// write: plain data that can be kept where the document itself is not.
type Brief struct {
	Headings []Heading
	Links    []Link
	Images   []Image
	IDs      []string
	Text     string
	Lead     string
	Words    int
	own      []string
	sum      [sha256.Size]byte
}

// Brief gives what is to be kept of the document. Its prose is not.
func (d *Doc) Brief() Brief {
	return Brief{d.Headings, d.Links, d.Images, d.IDs, d.Text, d.Lead, d.Words, d.own, d.Sum()}
}

// Doc gives the document back. Whenever it is written, it asks for the document
// as it was read, which must have the same brief; several goroutines may do so
// at once.
func (b Brief) Doc(whole func() *Doc) *Doc {
	d := &Doc{Headings: b.Headings, Links: b.Links, Images: b.Images, IDs: b.IDs, Text: b.Text, Lead: b.Lead, Words: b.Words, own: b.own, sum: b.sum, whole: whole}
	d.sumOnce.Do(func() {})
	return d
}
