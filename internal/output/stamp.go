package output

import (
	"io/fs"
	"slices"
	"strings"
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
// time before that.
func (d *disk) putManifest(data []byte, entries []entry, moved []made) error {
	staged, err := d.stage(manifestPath, data)
	if err != nil {
		return err
	}
	few := min(restampAfter, len(entries)/readInsteadOfLook)
	if len(moved) <= few || !d.settled(entries, moved) {
		// Where times cannot be set, this is as good as it gets.
		_ = d.root.Chtimes(staged, d.since, d.since)
	}
	return d.rename(staged, manifestPath)
}

// settled reports whether each output is as this build found or made it. What
// it put in place was written before the journal was, and what somebody made of
// it since has a later time, unless that was set back.
func (d *disk) settled(entries []entry, moved []made) bool {
	journal, err := d.lstat(journalPath)
	if err != nil || journal == nil {
		return false
	}
	return d.intact(entries, func(e entry, info fs.FileInfo) bool {
		if changed(info).Before(d.since) {
			return true
		}
		_, ours := slices.BinarySearchFunc(moved, e.path, func(m made, p string) int { return strings.Compare(m.entry.path, p) })
		return ours && info.ModTime().Before(journal.ModTime())
	})
}
