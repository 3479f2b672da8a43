// Package image makes the copies in which pictures are published, the pictures
// that are shown with a link on other sites, and the site's icons.
//
// # Copies
//
// The file that a writer puts into content/ is never published. What stands at
// its address is a copy of at most 2,000 pixels in width; beside it stand
// smaller ones, for pages to choose from: photo-400w.jpg, photo-800w.jpg and so
// on (see [site.PictureWidths]). A copy is drawn anew from the pixels alone, so
// that nothing which cameras and programs note in a file (place, time, serial
// number, earlier versions) is in it. It is upright, and its colours are those
// of sRGB, which is what browsers take colours for that say nothing.
//
// Copies are never larger than the picture. They are JPEG for photographs, also
// for those that were saved as PNG, and PNG for all else; what stands at the
// file's own address is of the kind that the name says. There is no WebP or
// AVIF among them, since no encoder of good quality is written in Go.
//
// SVG drawings are published as they are; package content refuses those that
// could act or fetch anything.
//
// # Cost
//
// Only headers are read to plan the copies. A picture is decoded when one of
// its copies is not on record, once for all of them; pictures that are decoded
// at the same time have no more pixels together than the largest that is
// accepted.
package image

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"sync"

	"bulletin/internal/content"
	"bulletin/internal/diag"
	"bulletin/internal/output"
	"bulletin/internal/site"
	"bulletin/internal/source"
)

// version is the salt of the copies' keys: it changes with how they are made.
var version = output.KeyOf("picture 1")

// Maker makes copies of pictures.
type Maker struct {
	open   func(*site.File) (io.ReadCloser, error)
	memory memory

	mu sync.Mutex
	// recent are the pictures whose copies were made last, the latest last.
	recent []*copies
}

// keptCopies is how many pictures' copies are kept until they are asked for.
// The jobs of one picture come one after another, so that a few are enough.
const keptCopies = 8

// New gives a Maker. open opens a published file.
func New(open func(*site.File) (io.ReadCloser, error)) *Maker {
	return &Maker{open: open, memory: memory{free: content.MaxPixels}}
}

// copies are those of one picture that were made and not asked for yet.
type copies struct {
	file string
	mu   sync.Mutex
	made map[string][]byte // by path
}

// view is what a copy is made from.
type view struct {
	Sum         [sha256.Size]byte
	Format      content.Format
	Orientation content.Orientation
	Kind        string // the ending of its name
	Width       int
	Height      int
}

// Jobs gives the copies of all published pictures.
func (m *Maker) Jobs(s *site.Site) []output.Job {
	var jobs []output.Job
	for _, f := range s.Files {
		for _, size := range f.Sizes {
			v := view{Sum: f.Sum, Format: f.Picture.Format, Orientation: f.Picture.Orientation, Kind: path.Ext(size.Path), Width: size.Width, Height: size.Height}
			jobs = append(jobs, output.New(size.Path, version, v, func(w io.Writer, _ view) error {
				data, err := m.copyOf(f, size)
				if err == nil {
					_, err = w.Write(data)
				}
				return err
			}))
		}
	}
	return jobs
}

// Open gives a published picture in one of its sizes.
func (m *Maker) Open(f *site.File, size site.Size) (io.ReadCloser, error) {
	if len(f.Sizes) == 0 {
		return m.open(f)
	}
	made, err := m.render(f, []site.Size{size})
	if err != nil {
		return nil, err
	}
	return io.NopCloser(bytes.NewReader(made[size.Path])), nil
}

// copyOf gives one copy, and makes all those of its picture if need be.
func (m *Maker) copyOf(f *site.File, size site.Size) ([]byte, error) {
	c := m.copies(f.File)
	c.mu.Lock()
	defer c.mu.Unlock()
	if data, ok := c.made[size.Path]; ok {
		delete(c.made, size.Path)
		return data, nil
	}
	made, err := m.render(f, f.Sizes)
	if err != nil {
		return nil, err
	}
	data := made[size.Path]
	delete(made, size.Path)
	c.made = made
	return data, nil
}

// copies gives the copies of a picture, none of which may be made yet.
func (m *Maker) copies(file string) *copies {
	m.mu.Lock()
	defer m.mu.Unlock()
	for i, c := range m.recent {
		if c.file == file {
			m.recent = append(slices.Delete(m.recent, i, i+1), c)
			return c
		}
	}
	if len(m.recent) == keptCopies {
		m.recent = slices.Delete(m.recent, 0, 1)
	}
	c := &copies{file: file}
	m.recent = append(m.recent, c)
	return c
}

// render makes copies of a picture, by path. An error is a diag.Problem if the
// picture is at fault.
func (m *Maker) render(f *site.File, sizes []site.Size) (map[string][]byte, error) {
	p, done, err := m.decoded(f)
	if err != nil {
		return nil, err
	}
	defer done()
	made := make(map[string][]byte, len(sizes))
	largest := f.Largest()
	base := p.scaled(largest.Width, largest.Height)
	for _, size := range sizes {
		if made[size.Path], err = base.encode(path.Ext(size.Path), size.Width, size.Height); err != nil {
			return nil, fmt.Errorf("encoding %s: %w", size.Path, err)
		}
	}
	return made, nil
}

// decoded gives the pixels of a picture. done is to be called when they are
// not needed any more.
func (m *Maker) decoded(f *site.File) (p *picture, done func(), err error) {
	data, err := m.read(f)
	if err != nil {
		return nil, nil, err
	}
	pixels := f.Picture.Width * f.Picture.Height
	m.memory.take(pixels)
	if p, err = decode(data, f.Picture); err != nil {
		m.memory.give(pixels)
		return nil, nil, diag.Errorf(f.Pos(), "picture-broken", "open it in a program for pictures and save it again as JPEG or PNG",
			"the picture `%s` is damaged: %v", path.Base(f.File), err)
	}
	return p, func() { m.memory.give(pixels) }, nil
}

// read gives the bytes of a picture, to the end: only then is it certain that
// they are those that were read before.
func (m *Maker) read(f *site.File) ([]byte, error) {
	r, err := m.open(f)
	if err == nil {
		defer r.Close()
		var data []byte
		if data, err = io.ReadAll(r); err == nil {
			return data, nil
		}
	}
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, source.ErrChanged) {
		return nil, diag.Errorf(diag.Pos{File: f.File}, "attachment-changed", "run the command again", "this file was changed during the build")
	}
	return nil, err
}

// memory bounds how many pixels are in memory at once.
type memory struct {
	mu   sync.Mutex
	free int
	wait []chan struct{} // one for each that waits
}

// take waits until there is room for as many pixels.
func (m *memory) take(pixels int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for m.free < pixels {
		ready := make(chan struct{})
		m.wait = append(m.wait, ready)
		m.mu.Unlock()
		<-ready
		m.mu.Lock()
	}
	m.free -= pixels
}

// give gives room back.
func (m *memory) give(pixels int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.free += pixels
	for _, ready := range m.wait {
		close(ready)
	}
	m.wait = nil
}
