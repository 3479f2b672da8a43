package output

import (
	"context"
	"crypto/sha256"
	"hash"
	"io"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
)

const (
	// spoolSize is how much of an output is held in memory before it goes to
	// the staging folder, in bytes: nearly all pages fit.
	spoolSize = 256 << 10
	// readSize is how much of a file is read at once, in bytes.
	readSize = 64 << 10
)

// worker is what one goroutine needs to make and to compare files. Its memory
// is used for one file after the other.
type worker struct {
	hash    hash.Hash
	spooled []byte
	read    []byte
}

func newWorker() *worker { return &worker{hash: sha256.New()} }

// each calls do for all numbers below n, on all processors, until a call
// returns an error or ctx is done. It returns the error of the lowest number,
// or else of ctx.
func each(ctx context.Context, n int, do func(w *worker, i int) error) error {
	var (
		group   sync.WaitGroup
		mu      sync.Mutex
		next    atomic.Int64
		stopped atomic.Bool
		first   = n
		fault   error
	)
	for range min(n, runtime.GOMAXPROCS(0)) {
		group.Go(func() {
			w := newWorker()
			for !stopped.Load() && ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				if err := do(w, i); err != nil {
					stopped.Store(true)
					mu.Lock()
					if i < first {
						first, fault = i, err
					}
					mu.Unlock()
				}
			}
		})
	}
	group.Wait()
	if fault != nil {
		return fault
	}
	return ctx.Err()
}

// sum hashes the regular file at p.
func (w *worker) sum(d *disk, p string) (sum [sha256.Size]byte, err error) {
	f, err := d.root.Open(p)
	if err != nil {
		return sum, d.fault("reading", p, err)
	}
	defer f.Close()
	w.hash.Reset()
	if w.read == nil {
		w.read = make([]byte, readSize)
	}
	// Hidden behind io.Reader, lest the file choose a buffer of its own.
	if _, err := io.CopyBuffer(w.hash, struct{ io.Reader }{f}, w.read); err != nil {
		return sum, d.fault("reading", p, err)
	}
	w.hash.Sum(sum[:0])
	return sum, nil
}

// spool takes the bytes of one output: into the worker's memory, and from
// there into a staged file if they do not fit.
type spool struct {
	*worker
	disk   *disk
	staged string // the staged file's path
	fresh  bool   // and whether that is in a folder that the site will have
	file   *os.File
	size   int64
	err    error // of the disk, not of the maker
}

// newSpool takes bytes for the output at p. name is that of its file in the
// staging folder, unless it is staged in a folder that the site will have.
func (w *worker) newSpool(d *disk, p, name string) *spool {
	w.hash.Reset()
	if w.spooled == nil {
		w.spooled = make([]byte, 0, spoolSize)
	}
	w.spooled = w.spooled[:0]
	staged, ok := d.fresh.place(p)
	if !ok {
		staged = stagingFolder + "/" + name
	}
	return &spool{worker: w, disk: d, staged: staged, fresh: ok}
}

// Write implements io.Writer.
func (s *spool) Write(p []byte) (int, error) {
	if s.err != nil {
		return 0, s.err
	}
	s.size += int64(len(p))
	if len(s.spooled)+len(p) <= cap(s.spooled) {
		s.spooled = append(s.spooled, p...)
		return len(p), nil
	}
	s.flush(s.spooled)
	s.spooled = s.spooled[:0]
	if len(p) < cap(s.spooled) {
		s.spooled = append(s.spooled, p...)
	} else {
		s.flush(p)
	}
	if s.err != nil {
		return 0, s.err
	}
	return len(p), nil
}

// WriteString implements io.StringWriter.
func (s *spool) WriteString(p string) (int, error) {
	if s.err == nil && len(s.spooled)+len(p) <= cap(s.spooled) {
		s.size += int64(len(p))
		s.spooled = append(s.spooled, p...)
		return len(p), nil
	}
	return s.Write([]byte(p))
}

// flush hashes b and writes it to the staged file, which it makes if needed.
func (s *spool) flush(b []byte) {
	s.hash.Write(b)
	s.store(b)
}

func (s *spool) store(b []byte) {
	if s.file == nil && s.err == nil {
		create := s.disk.create
		if s.fresh {
			create = s.disk.fresh.create
		}
		s.file, s.err = create(s.staged)
	}
	if s.err != nil {
		return
	}
	if _, err := s.file.Write(b); err != nil {
		s.err = s.disk.fault("writing", s.staged, err)
	}
}

// sum is the hash of all bytes. Nothing may be written after it.
func (s *spool) sum() (sum [sha256.Size]byte) {
	s.hash.Write(s.spooled)
	s.hash.Sum(sum[:0])
	return sum
}

// keep leaves all bytes in the staged file.
func (s *spool) keep() error {
	s.store(s.spooled)
	return s.close()
}

// close lets go of the staged file, if there is one; it goes with its folder.
func (s *spool) close() error {
	if s.file != nil {
		if err := s.file.Close(); err != nil && s.err == nil {
			s.err = s.disk.fault("writing", s.staged, err)
		}
		s.file = nil
	}
	return s.err
}
