package build

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// cacheVersion is the first line of a cache file. Raise the number whenever
// the meaning of what is kept changes.
const cacheVersion = "bulletin cache 1\n"

// How the names of cache files end.
const (
	buildEnding   = ".build"   // a recollection
	entriesEnding = ".entries" // see keptFiles
)

// unusedAfter is how long a cache file is kept that nobody writes anew.
const unusedAfter = 30 * 24 * time.Hour

// cacheFile names the file in which builds of a folder into another are
// remembered.
func cacheFile(o Options, sourceDir, outputDir, ending string) string {
	sum := sha256.Sum256([]byte(sourceDir + "\x00" + outputDir))
	return filepath.Join(o.Cache, fmt.Sprintf("%x%s", sum[:12], ending))
}

// longestCache is how many bytes a cache file may have, ten times what a large
// site needs.
const longestCache = 512 << 20

// load reads what save has kept. It reports false if there is nothing, or
// something that save has not written.
func load(file string) ([]byte, bool) {
	info, err := os.Stat(file)
	if err != nil || !info.Mode().IsRegular() || info.Size() > longestCache {
		return nil, false
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, false
	}
	rest, ok := bytes.CutPrefix(data, []byte(cacheVersion))
	if !ok || len(rest) < sha256.Size {
		return nil, false
	}
	kept := rest[sha256.Size:]
	return kept, sha256.Sum256(kept) == [sha256.Size]byte(rest)
}

// save keeps bytes, which are in parts, in a file, in one step.
func save(file string, kept ...[]byte) error {
	h := sha256.New()
	for _, part := range kept {
		h.Write(part)
	}
	dir := filepath.Dir(file)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, "*"+filepath.Ext(file))
	if err != nil {
		return err
	}
	_, err = f.Write(h.Sum([]byte(cacheVersion)))
	for _, part := range kept {
		if err == nil {
			_, err = f.Write(part)
		}
	}
	if closing := f.Close(); err == nil {
		err = closing
	}
	if err == nil {
		err = os.Rename(f.Name(), file)
	}
	if err != nil {
		_ = os.Remove(f.Name())
		return err
	}
	clearOut(dir)
	return nil
}

// clearOut removes cache files that have not been written for long, such as
// those of sites that are gone.
func clearOut(dir string) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return
	}
	for _, e := range entries {
		info, err := e.Info()
		if err == nil && info.Mode().IsRegular() && slices.Contains([]string{buildEnding, entriesEnding}, filepath.Ext(e.Name())) && time.Since(info.ModTime()) > unusedAfter {
			_ = os.Remove(filepath.Join(dir, e.Name()))
		}
	}
}
