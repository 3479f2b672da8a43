package source

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"hash"
	"io/fs"
	"path"
	"slices"
	"time"
)

// A Print is the fingerprint of a folder's files as the file system describes
// them: names, sizes, times and inodes. Two folders with the same one hold the
// same bytes, as far as that can be known without reading them.
type Print [sha256.Size]byte

// Print gives the fingerprint of the tree. Files that were not at rest when
// they were read are in it with the sum of their bytes, since what the file
// system says of them proves nothing.
func (t *Tree) Print() Print {
	p := newPrinter()
	for f := range t.Files() {
		p.file(f.Name, f.real, f.stamp)
		if !f.stamp.settled(t.read) {
			p.Write(f.Sum[:])
		}
	}
	return p.print()
}

// Read gives the instant at which the reading of the tree began.
func (t *Tree) Read() time.Time {
	if t == nil {
		return time.Time{}
	}
	return t.read
}

// Look is a folder as it was looked at.
type Look struct {
	// Print is that of the folder. It is the [Tree.Print] of an earlier reading
	// if nothing has been touched since.
	Print  Print
	walker *walker
}

// Glance looks at a folder, without reading files other than those that were
// not at rest at Options.Now, which is the instant of an earlier reading.
//
// The Look is nil if there is something in the folder that cannot be read, such
// as a broken link. The error is the same as that of [Read].
func Glance(fsys fs.FS, o Options) (*Look, error) {
	dir := path.Clean(cmp.Or(o.Dir, "."))
	w, err := walk(fsys, dir, cmp.Or(o.Prefix, dir))
	if err != nil || w.problems.HasErrors() {
		return nil, err
	}
	r := newReader(fsys, o)
	slices.SortFunc(w.entries, func(a, b entry) int { return cmp.Compare(a.name, b.name) })
	glances := make([]glance, len(w.entries))
	inParallel(len(w.entries), func(i int, buffer []byte) {
		glances[i] = r.glance(w.entries[i], buffer)
	})
	p := newPrinter()
	for i, g := range glances {
		if g.err != nil {
			return nil, nil
		}
		p.file(w.entries[i].name, w.entries[i].real, g.stamp)
		p.Write(g.sum)
		w.entries[i].seen = &glances[i].stamp
	}
	return &Look{p.print(), w}, nil
}

// glance is what was found out about a file.
type glance struct {
	stamp stamp
	sum   []byte // empty unless the file had to be read
	err   error
}

func (r *reader) glance(e entry, buffer []byte) glance {
	info, err := e.info(r.fsys)
	if err == nil && !info.Mode().IsRegular() {
		err = errNotRegular
	}
	if err != nil {
		return glance{err: err}
	}
	if s := stampOf(info); s.settled(r.Now) {
		return glance{stamp: s}
	}
	f, err := r.read(e, buffer)
	if err != nil {
		return glance{err: err}
	}
	return glance{stamp: f.stamp, sum: f.Sum[:]}
}

// printer makes a Print.
type printer struct {
	hash.Hash
	buffer []byte
}

func newPrinter() *printer { return &printer{Hash: sha256.New()} }

func (p *printer) file(name, real string, s stamp) {
	b := p.buffer[:0]
	for _, text := range []string{name, real} {
		b = binary.AppendUvarint(b, uint64(len(text)))
		b = append(b, text...)
	}
	for _, n := range []int64{s.size, s.modified.Unix(), int64(s.modified.Nanosecond()), s.changed.Unix(), int64(s.changed.Nanosecond()), int64(s.device), int64(s.ino)} {
		b = binary.AppendVarint(b, n)
	}
	p.buffer = b
	p.Write(b)
}

func (p *printer) print() Print { return Print(p.Sum(nil)) }
