package watch

import (
	"context"
	"path/filepath"
	"testing"
	"time"
)

func TestAHintNamesTheOneFileThatChangedBeforeTheBellRings(t *testing.T) {
	root := t.TempDir()
	file := filepath.Join(root, "a.md")
	write(t, file, "one")
	w := begin(t, Options{Roots: []string{root}, Recheck: never, Quiet: 200 * time.Millisecond})
	write(t, file, "two")
	select {
	case got := <-w.Hints():
		if got != file {
			t.Errorf("the hint is %q", got)
		}
	case <-time.After(patience):
		t.Fatal("there is no hint")
	}
	rings(t, w, "an edit that a hint told of", has(file, "two"))
}

func TestHintsThatNobodyTookNameAFileOnlyIfAllNameIt(t *testing.T) {
	w := &Watcher{hints: make(chan string, 1)}
	for _, step := range []struct {
		tell []string
		want string
	}{
		{[]string{"a"}, "a"},
		{[]string{"a", "a"}, "a"},
		{[]string{"a", "b"}, ""},
		{[]string{"a", "b", "b"}, ""},
		{[]string{"", "a"}, ""},
		{[]string{"a", ""}, ""},
	} {
		for _, path := range step.tell {
			var h hint
			h.add(path)
			w.tell(h)
		}
		var together hint
		for _, path := range step.tell {
			together.add(path)
		}
		if got := <-w.Hints(); got != step.want || together.path != step.want {
			t.Errorf("of %q, the hint is %q, or %q at once; want %q", step.tell, got, together.path, step.want)
		}
	}
}

func TestPollingGivesNoHints(t *testing.T) {
	root := t.TempDir()
	file := filepath.Join(root, "a.md")
	write(t, file, "one")
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	w, err := Start(ctx, Options{Roots: []string{root}, Poll: 10 * time.Millisecond, Quiet: 10 * time.Millisecond})
	must(t, err)
	write(t, file, "three")
	rings(t, w, "an edit", has(file, "three"))
	select {
	case got := <-w.Hints():
		t.Errorf("there is a hint: %q", got)
	default:
	}
}
