package source

import (
	"cmp"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"bulletin/internal/diag"
)

// MaxKept is the size, in bytes, above which a file that is to be kept whole
// is refused.
const MaxKept = 4 << 20

// Options say what [Read] reads and how.
type Options struct {
	// Dir is the folder in the file system to read, and "" all of it.
	Dir string
	// Prefix comes before a file's name in its path; "" means Dir.
	Prefix string
	// Keep chooses the files whose data is kept in the tree, by their names;
	// nil means [IsText]. The others are only summed, however large they are.
	Keep func(name string) bool
	// Prev is what the same folder was when it was last read, or nil to read
	// every file. Only a program that keeps running has one.
	Prev *Tree
	// Look is what a Glance at the same folder found a moment ago, after the
	// instant Now, so that it need not be looked for again; or nil.
	Look *Look
	// Now is the instant at which the reading begins. It decides which files
	// the next reading can trust; if it is zero, none.
	Now time.Time
}

// Read reads the files in a folder and in those below it. On disk, fsys should
// be a [Folder].
//
// The problems name files and folders that were left out (or, as warnings,
// should have another name). The error is that of the folder as a whole; it is
// fs.ErrNotExist, as errors.Is sees it, if there is none.
//
// A file of Options.Prev is taken over unread if size, time, inode and change
// time say that nobody has touched it, and if it was at rest before it was
// read then. What is in the tree does not depend on Prev.
func Read(fsys fs.FS, o Options) (*Tree, diag.List, error) {
	dir := path.Clean(cmp.Or(o.Dir, "."))
	prefix := cmp.Or(o.Prefix, dir)
	w, err := o.walk(fsys, dir, prefix)
	if err != nil {
		return nil, nil, err
	}
	files, problems := newReader(fsys, o).all(w.entries)
	if _, err := resolveFolder(fsys, dir); err != nil {
		// Moved away meanwhile: not a folder from which files were removed.
		return nil, nil, fmt.Errorf("reading %s: %w", prefix, err)
	}
	problems.Add(w.problems...)
	problems.Sort()
	return newTree(files, o.Now), problems, nil
}

// walk finds the files, or gives those that were found.
func (o Options) walk(fsys fs.FS, dir, prefix string) (*walker, error) {
	if o.Look != nil {
		return o.Look.walker, nil
	}
	return walk(fsys, dir, prefix)
}

// A reader reads files that a walker found.
type reader struct {
	Options
	fsys   fs.FS
	prefix string
	opener fs.FS // fsys, to open files from
}

func newReader(fsys fs.FS, o Options) *reader {
	r := &reader{Options: o, fsys: fsys, opener: fsys, prefix: cmp.Or(o.Prefix, path.Clean(cmp.Or(o.Dir, ".")))}
	if r.Keep == nil {
		r.Keep = IsText
	}
	return r
}

// inParallel calls do for the numbers below n, several at a time, each with a
// buffer for the bytes of a file.
func inParallel(n int, do func(i int, buffer []byte)) {
	var next atomic.Int64
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), 16, n) {
		workers.Go(func() {
			buffer := make([]byte, 64<<10)
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				do(i, buffer)
			}
		})
	}
	workers.Wait()
}

// all reads the entries, several at a time.
func (r *reader) all(entries []entry) ([]*File, diag.List) {
	files := make([]*File, len(entries))
	found := make([]diag.List, len(entries))
	held := &near{fsys: r.fsys}
	defer held.close()
	r.opener = held
	inParallel(len(entries), func(i int, buffer []byte) {
		files[i], found[i] = r.file(entries[i], buffer)
	})
	var problems diag.List
	whole := files[:0]
	for i, f := range files {
		problems.Add(found[i]...)
		if f != nil {
			whole = append(whole, f)
		}
	}
	return whole, problems
}

// tries is how often a file is read that changes meanwhile.
const tries = 3

// file reads one file. It gives neither file nor problem if the file is gone.
func (r *reader) file(e entry, buffer []byte) (*File, diag.List) {
	if f := r.unchanged(e); f != nil {
		return f, nil
	}
	at := path.Join(r.prefix, e.name)
	var refusal diag.Problem
	for range tries {
		f, err := r.read(e, buffer)
		switch {
		case err == nil:
			return f, nil
		case errors.As(err, &refusal):
			return nil, diag.List{refusal}
		case errors.Is(err, fs.ErrNotExist):
			return nil, nil // removed in this moment
		case !errors.Is(err, ErrChanged):
			return nil, diag.List{unreadable(at, err)}
		}
	}
	return nil, diag.List{diag.Errorf(diag.Pos{File: at}, "still-changing",
		"wait until the program that writes it has finished, then try again", "this file changed while it was being read, %d times in a row", tries)}
}

// unchanged gives the file of the last reading if it can be trusted.
func (r *reader) unchanged(e entry) *File {
	old, ok := r.Prev.Get(e.name)
	if !ok || old.real != e.real || old.kept != r.Keep(e.name) || !old.stamp.settled(r.Prev.read) {
		return nil
	}
	if now, ok := e.stamp(r.fsys); !ok || !now.equal(old.stamp) {
		return nil
	}
	same := *old
	same.Path, same.fsys = path.Join(r.prefix, e.name), r.fsys
	return &same
}

// read reads one file once. The error is ErrChanged if it was written to in
// the meantime, and a diag.Problem if it is not one to read.
func (r *reader) read(e entry, buffer []byte) (*File, error) {
	at := path.Join(r.prefix, e.name)
	file, before, err := openRegular(r.opener, e.real)
	if err != nil {
		if before != nil && !before.Mode().IsRegular() {
			return nil, notAFile(at, before.Mode())
		}
		return nil, err
	}
	defer file.Close()

	f := &File{Name: e.name, Path: at, Size: before.Size(), fsys: r.fsys, real: e.real, stamp: stampOf(before), kept: r.Keep(e.name)}
	if f.kept {
		if f.Size > MaxKept {
			return nil, tooLarge(at, f.Size, MaxKept)
		}
		err = f.keep(file)
	} else {
		err = f.sum(file, buffer)
	}
	if err != nil {
		return nil, err
	}
	after, err := file.Stat()
	if err != nil {
		return nil, err
	}
	if !stampOf(after).equal(f.stamp) {
		return nil, ErrChanged
	}
	return f, nil
}

// keep takes in the whole of a file, and ErrChanged if that is not Size bytes.
func (f *File) keep(file io.Reader) error {
	data := make([]byte, f.Size+1) // one more byte than there should be
	n, err := io.ReadFull(file, data)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return err
	}
	if int64(n) != f.Size {
		return ErrChanged
	}
	f.Data = data[:n:n]
	f.Sum = sha256.Sum256(f.Data)
	return nil
}

// sum hashes a file without keeping it.
func (f *File) sum(file io.Reader, buffer []byte) error {
	h := sha256.New()
	n, err := io.CopyBuffer(h, io.LimitReader(file, f.Size+1), buffer)
	if err != nil {
		return err
	}
	if n != f.Size {
		return ErrChanged
	}
	f.Sum = [sha256.Size]byte(h.Sum(nil))
	return nil
}

var errNotRegular = errors.New("this is not an ordinary file")

// openRegular opens a file. If it gives an error after the file could be
// described, it gives the description too.
func openRegular(fsys fs.FS, name string) (fs.File, fs.FileInfo, error) {
	file, err := fsys.Open(name)
	if err != nil {
		return nil, nil, err
	}
	info, err := file.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = errNotRegular
	}
	if err != nil {
		return nil, info, errors.Join(err, file.Close())
	}
	return file, info, nil
}
