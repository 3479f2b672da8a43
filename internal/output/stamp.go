package output

import (
	"io/fs"
	"slices"
	"strings"
	"time"
)

// readInsteadOfLook is how many files can be looked at in the time that it
// takes to read one.
const readInsteadOfLook = 16

// putManifest puts the manifest in place, with a time such that no output that
// is older can be other than the manifest says: somebody may have changed one
// after this build looked at it.
//
// That holds of the time when the build began to look. It also makes all that
// the build wrote newer than the manifest, to be read by the next build; so if
// that is much, all outputs are looked at once more, and the manifest keeps the
// time before that. Where nothing was found that is still there, as in a new
// folder, the time of the journal does, before which nearly all was written.
func (d *disk) putManifest(data []byte, entries []entry, moved []made) error {
	staged, err := d.stage(manifestPath, data)
	if err != nil {
		return err
	}
	at := d.since
	few := min(restampAfter, len(entries)/readInsteadOfLook)
	journal, err := d.lstat(journalPath)
	switch {
	case err != nil || journal == nil || len(moved) <= few:
	case len(moved) == len(entries) && d.single <= few:
		at = journal.ModTime()
	case d.settled(entries, moved, journal.ModTime()):
		return d.rename(staged, manifestPath)
	}
	// Where times cannot be set, this is as good as it gets.
	_ = d.root.Chtimes(staged, at, at)
	return d.rename(staged, manifestPath)
}

// settled reports whether each output is as this build found or made it. What
// it put in place was written before the journal was, and what somebody made of
// it since has a later time, unless that was set back.
func (d *disk) settled(entries []entry, moved []made, journal time.Time) bool {
	return d.intact(entries, func(e entry, info fs.FileInfo) bool {
		if changed(info).Before(d.since) {
			return true
		}
		_, ours := slices.BinarySearchFunc(moved, e.path, func(m made, p string) int { return strings.Compare(m.entry.path, p) })
		return ours && info.ModTime().Before(journal)
	})
}
