package check

import (
	"encoding/json"
	"os"
	"path/filepath"
	"time"
)

// answerAge is how long a good answer is believed.
const answerAge = 7 * 24 * time.Hour

// longestCache is how many bytes of answers are read.
const longestCache = 64 << 20

// answer is a verdict with the time at which it was given.
type answer struct {
	Verdict
	Asked time.Time `json:"asked"`
}

// readCache gives the answers that are not too old. A file that is missing or
// damaged has none.
func (v *Visitor) readCache() map[string]answer {
	known := map[string]answer{}
	info, err := os.Stat(v.Cache)
	if err != nil || !info.Mode().IsRegular() || info.Size() > longestCache {
		return known
	}
	data, err := os.ReadFile(v.Cache)
	if err != nil || json.Unmarshal(data, &known) != nil {
		return map[string]answer{}
	}
	for address, a := range known {
		if age := v.Clock().Sub(a.Asked); age < 0 || age > answerAge {
			delete(known, address)
		}
	}
	return known
}

// writeCache replaces the file of answers.
func (v *Visitor) writeCache(known map[string]answer) error {
	if v.Cache == "" {
		return nil
	}
	data, err := json.MarshalIndent(known, "", "  ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(v.Cache), 0o755); err != nil {
		return err
	}
	file, err := os.CreateTemp(filepath.Dir(v.Cache), "links-*.json")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name())
	if _, err := file.Write(data); err != nil {
		file.Close()
		return err
	}
	if err := file.Close(); err != nil {
		return err
	}
	return os.Rename(file.Name(), v.Cache)
}
