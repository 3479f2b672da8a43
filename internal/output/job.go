// Package output writes the site's folder, and only what differs in it.
//
// Every output (a page, a feed, a picture, an attachment) is a [Job]: a path,
// a key and a way to make its bytes. The key is made from everything that the
// bytes depend on, so that an output whose key is on record is neither made
// nor written again:
//
//	tree, err := output.Open("public")
//	plan, problems, err := tree.Plan(jobs)              // reads, writes nothing
//	result, problems, err := plan.Commit(ctx, nil)      // all or nothing
//
// # The manifest
//
// What has been written is on record in public/.bulletin/manifest: path, key,
// size and SHA-256 of each output. The manifest travels with the folder and is
// a pure function of the jobs and their bytes: a build on top of an older one
// leaves the same folder, byte for byte, as a build from nothing.
//
// An output is intact if it is a regular file of the recorded size that was
// last changed before the manifest was written; one that is newer (edited by
// hand, or copied with the folder) is read and its hash compared. "Changed" is
// the later of modification and, on Linux, macOS and the BSDs, inode change,
// so that setting a file's time back hides nothing there. Elsewhere an edit
// that keeps the size and sets the time back is not noticed; nor is one made
// while a build is running, until that output's key changes.
//
// # Ownership
//
// A file is ours if the manifest lists it. Everything else in the folder is
// foreign: never changed, never removed, and a problem (rule "foreign-file")
// when it stands where an output belongs, unless its bytes are those of the
// output. Symbolic links are foreign and are never followed below the folder
// itself. A damaged manifest still speaks for those files whose bytes have the
// hash that it gives.
//
// # Making ahead
//
// A view is large, and all of them together are much larger than what a site
// is read from. [Ahead] makes outputs as soon as their views are there, so that
// these need not be kept until it is known what else there is.
//
// # Interruption
//
// New bytes are made in .bulletin/staging. When all of them are there, the
// manifest to be is written to .bulletin/journal; then files, and folders that
// were not there before, are renamed into place, stale ones removed, the manifest renamed over the old one and the
// journal removed. A build that is killed on the way leaves only whole files;
// the next one finds the journal, trusts no file's time and puts right what
// differs. The journal and the manifest are flushed to the disk, the outputs
// are not: after a power cut, those that have lost their end are found by size.
//
// A lock, which ends with the process that holds it, keeps a second build of
// the folder waiting. Neither it nor the other files in .bulletin, apart from
// the manifest, are there between builds.
package output

import (
	"crypto/sha256"
	"io"
	"reflect"
)

// Job is one file of the output: where it belongs, what it is made from, and
// how. The zero Job is not valid.
type Job struct {
	path string
	key  Key
	make func(io.Writer) error
	want *[sha256.Size]byte // the hash of the bytes, if known beforehand
	made *made              // instead of make, if it was made ahead
}

// New gives the job that writes view to path, which is slash-separated and
// relative to the output folder.
//
// The key is made from view (see [KeyOf]) and salt, which stands for whatever
// else the bytes depend on: the layout, or the version of the maker. The same
// view is handed to write when the bytes are needed, so that what was not
// keyed cannot be used: write must look at nothing else, be deterministic and
// safe for use from several goroutines, and nobody may change what view leads
// to once New was called.
//
// An error of write that is or wraps a [diag.Problem] is reported as a problem
// of the site; any other is taken for a fault of the program or machine.
func New[V any](path string, salt Key, view V, write func(w io.Writer, view V) error) Job {
	return Job{
		path: path,
		key:  viewKey(salt, reflect.ValueOf(&view).Elem()),
		make: func(w io.Writer) error { return write(w, view) },
	}
}

// attachment is the view of a job that copies a file.
type attachment struct{ sum [sha256.Size]byte }

// Copy gives the job that publishes a file as it is. sum is the SHA-256 of its
// bytes; if open later yields others, or none, the file was changed during the
// build, which is a problem (rule "attachment-changed").
func Copy(path string, sum [sha256.Size]byte, open func() (io.ReadCloser, error)) Job {
	job := New(path, Key{}, attachment{sum}, func(w io.Writer, _ attachment) error {
		r, err := open()
		if err != nil {
			return err
		}
		defer r.Close()
		_, err = io.Copy(w, r)
		return err
	})
	job.want = &sum
	return job
}

// Path is where the output belongs: slash-separated, relative to the output
// folder.
func (j Job) Path() string { return j.path }

// Key stands for everything that the output is made from.
func (j Job) Key() Key { return j.key }

// Made reports whether the output was made ahead, so that nothing is needed any
// more of what it is made from.
func (j Job) Made() bool { return j.made != nil }
