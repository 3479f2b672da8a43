package output

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"bulletin/internal/diag"
)

// Tree is the output folder. It holds nothing open between calls and may be
// used for build after build.
type Tree struct {
	dir          string
	name         string // the folder in messages
	patience     time.Duration
	beforeChange func(doing, path string) error // see disk.change
}

// Open names the output folder, which need not exist. Problems will name files
// in it by dir as it is given here.
func Open(dir string) (*Tree, error) {
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		// Another build may have made a folder of it since.
		if link, err := os.Lstat(dir); err == nil && link.Mode()&fs.ModeSymlink != 0 {
			return nil, fmt.Errorf("opening the output folder: %s is a link that leads nowhere", dir)
		}
	case err != nil:
		return nil, fmt.Errorf("opening the output folder: %w", err)
	case !info.IsDir():
		return nil, fmt.Errorf("opening the output folder: %s is not a folder", dir)
	}
	return &Tree{dir: dir, name: filepath.ToSlash(filepath.Clean(dir)), patience: patience}, nil
}

// open gives access to the folder; its root is nil if the folder is missing.
func (t *Tree) open() (*disk, error) {
	root, err := os.OpenRoot(t.dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("opening the output folder: %w", err)
	}
	return &disk{root: root, tree: t}, nil
}

// record is what earlier builds left about themselves.
type record struct {
	known    map[string]entry // the files that are ours
	written  time.Time        // of the manifest; zero if file times prove nothing
	seen     [sha256.Size]byte
	complete bool // there is a whole manifest and nothing that a killed build left
	merged   bool // known is not what the manifest says, so that it must be saved
}

// readRecord reads the manifest, and the journal of a build that was killed.
func (d *disk) readRecord() (record, error) {
	manifest, info, err := d.record(manifestPath)
	if err != nil {
		return record{}, err
	}
	journal, _, err := d.record(journalPath)
	if err != nil {
		return record{}, err
	}
	entries, intact := parseManifest(manifest)
	r := record{
		known:    make(map[string]entry, len(entries)),
		seen:     seen(manifest, journal),
		complete: intact && journal == nil,
		merged:   len(manifest) > 0 && !intact || journal != nil,
	}
	if r.complete {
		r.written = info.ModTime()
	}
	if err := r.add(d, entries, intact); err != nil {
		return record{}, err
	}
	planned, _ := parseManifest(journal)
	if err := r.add(d, planned, false); err != nil {
		return record{}, err
	}
	for _, leftover := range []string{lockPath, stagingFolder} {
		if info, err := d.lstat(leftover); err != nil {
			return record{}, err
		} else if info != nil {
			r.complete = false
		}
	}
	return r, nil
}

// seen stands for the two files of a record.
func seen(manifest, journal []byte) [sha256.Size]byte {
	h := sha256.New()
	fmt.Fprintf(h, "%d ", len(manifest))
	h.Write(manifest)
	h.Write(journal)
	return [sha256.Size]byte(h.Sum(nil))
}

// add takes entries into the record. Those that are not certain (from a
// journal, which tells what a build was about to write, or from a damaged
// manifest) count only if the file has the bytes that we gave it, or is
// missing.
func (r *record) add(d *disk, entries []entry, certain bool) error {
	s := newSurvey(d)
	for _, e := range entries {
		if _, known := r.known[e.path]; certain || known {
			r.known[e.path] = e
			continue
		}
		info, err := s.lstat(e.path)
		if err != nil {
			return err
		}
		if info != nil {
			if same, err := s.worker.holds(d, info, e); err != nil {
				return err
			} else if !same {
				continue
			}
		}
		r.known[e.path] = e
	}
	return nil
}

// Recorded reports whether there is a record of outputs, and a file at the path
// of one of them.
func (t *Tree) Recorded(p string) bool {
	d, err := t.open()
	if err != nil || d.root == nil {
		return false
	}
	defer d.close()
	for _, p := range []string{manifestPath, p} {
		if info, err := d.lstat(p); err != nil || info == nil || !info.Mode().IsRegular() {
			return false
		}
	}
	return true
}

// Written gives the paths of the outputs that earlier builds are on record as
// having written, sorted. Nothing is changed or locked.
func (t *Tree) Written() ([]string, error) {
	d, err := t.open()
	if err != nil {
		return nil, err
	}
	defer d.close()
	manifest, _, err := d.record(manifestPath)
	if err != nil {
		return nil, err
	}
	entries, _ := parseManifest(manifest)
	paths := make([]string, len(entries))
	for i, e := range entries {
		paths[i] = e.path
	}
	return paths, nil
}

// entries gives the record in the order of a manifest.
func (r *record) entries() []entry {
	entries := make([]entry, 0, len(r.known))
	for _, e := range r.known {
		entries = append(entries, e)
	}
	slices.SortFunc(entries, byPath)
	return entries
}

func byPath(a, b entry) int { return strings.Compare(a.path, b.path) }

// Plan compares jobs with the folder and the manifest. It reads only, so that
// a plan that is not committed is a dry run. The plan is nil if there are
// problems or an error.
func (t *Tree) Plan(jobs []Job) (*Plan, diag.List, error) {
	jobs = slices.Clone(jobs)
	slices.SortStableFunc(jobs, func(a, b Job) int { return strings.Compare(a.path, b.path) })
	if problems := t.checkPaths(jobs); len(problems) > 0 {
		problems.Sort()
		return nil, problems, nil
	}
	d, err := t.open()
	if err != nil {
		return nil, nil, err
	}
	defer d.close()
	return d.plan(jobs)
}
