package build

import (
	"bytes"
	"crypto/sha256"
	"encoding/gob"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// cacheVersion is the first line of a cache file. Raise the number whenever
// the meaning of what is kept changes.
const cacheVersion = "bulletin cache 1\n"

// cacheEnding is how the names of cache files end.
const cacheEnding = ".build"

// unusedAfter is how long a cache file is kept that nobody writes anew.
const unusedAfter = 30 * 24 * time.Hour

// cacheFile names the file in which builds of a folder into another are
// remembered.
func cacheFile(o Options, sourceDir, outputDir string) string {
	sum := sha256.Sum256([]byte(sourceDir + "\x00" + outputDir))
	return filepath.Join(o.Cache, fmt.Sprintf("%x%s", sum[:12], cacheEnding))
}

// load reads what save has kept. It reports false if there is nothing, or
// something that save has not written.
func load(file string, into any) bool {
	data, err := os.ReadFile(file)
	if err != nil {
		return false
	}
	rest, ok := bytes.CutPrefix(data, []byte(cacheVersion))
	if !ok || len(rest) < sha256.Size {
		return false
	}
	if sha256.Sum256(rest[sha256.Size:]) != [sha256.Size]byte(rest) {
		return false
	}
	return gob.NewDecoder(bytes.NewReader(rest[sha256.Size:])).Decode(into) == nil
}

// save keeps a value in a file, in one step.
func save(file string, value any) error {
	var encoded bytes.Buffer
	if err := gob.NewEncoder(&encoded).Encode(value); err != nil {
		return err
	}
	sum := sha256.Sum256(encoded.Bytes())
	dir := filepath.Dir(file)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, "*"+cacheEnding)
	if err != nil {
		return err
	}
	_, err = f.Write(append(append([]byte(cacheVersion), sum[:]...), encoded.Bytes()...))
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
		if err == nil && info.Mode().IsRegular() && strings.HasSuffix(e.Name(), cacheEnding) && time.Since(info.ModTime()) > unusedAfter {
			_ = os.Remove(filepath.Join(dir, e.Name()))
		}
	}
}
