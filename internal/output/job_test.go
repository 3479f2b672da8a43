package output

import (
	"bytes"
	"context"
	"crypto/sha256"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCopyJob(t *testing.T) {
	dir := t.TempDir()
	data := bytes.Repeat([]byte("0123456789"), spoolSize)
	opened := 0
	job := func(sum [32]byte) Job {
		return Copy("files/report.pdf", sum, func() (io.ReadCloser, error) {
			opened++
			return io.NopCloser(bytes.NewReader(data)), nil
		})
	}
	sum := sha256.Sum256(data)
	build(t, open(t, dir), []Job{job(sum)})
	build(t, open(t, dir), []Job{job(sum)})
	if got := content(t, dir)["files/report.pdf"]; got != string(data) || opened != 1 {
		t.Errorf("%d bytes, opened %d times", len(got), opened)
	}
	before := content(t, dir)
	gone := Copy("files/report.pdf", [32]byte{}, func() (io.ReadCloser, error) { return os.Open(filepath.Join(dir, "gone")) })
	for _, moved := range []Job{job([32]byte{1}), gone} {
		problems, err := attempt(t, open(t, dir), []Job{moved})
		if err != nil || len(problems) != 1 || problems[0].Rule != ruleChanged {
			t.Errorf("file that changed meanwhile: %v %v", problems, err)
		}
	}
	if diff := cmp.Diff(before, content(t, dir)); diff != "" {
		t.Error(diff)
	}
}

func TestProgressIsTold(t *testing.T) {
	plan, _, err := open(t, t.TempDir()).Plan(texts(map[string]string{"a": "", "b": "", "c": ""}))
	must(t, err)
	var told []int
	_, _, err = plan.Commit(context.Background(), func(done, total int) { told = append(told, done, total) })
	must(t, err)
	if diff := cmp.Diff([]int{1, 3, 2, 3, 3, 3}, told); diff != "" {
		t.Error(diff)
	}
}
