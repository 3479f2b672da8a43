package main

import (
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"bulletin/internal/ukdate"
)

// TestAClockThatJumpsIsFollowed moves the clock of a preview on by a day at
// once, as it is for a computer that slept: what has become due is built.
func TestAClockThatJumpsIsFollowed(t *testing.T) {
	s := newSoak(t, 0)
	put(t, s.dir, "content/articles/first.md", article("First"))
	put(t, s.dir, "content/articles/embargo.md", strings.Replace(article("Embargo"), "2025-09-02", "2025-09-03 10:00", 1))
	var now atomic.Pointer[time.Time]
	set := func(hour time.Duration) {
		at := time.Date(2025, 9, 2, 12, 0, 0, 0, time.UTC).Add(hour * time.Hour)
		now.Store(&at)
	}
	set(0)
	s.options.At, s.options.Clock = ukdate.Value{}, func() time.Time { return *now.Load() }
	s.nap = 10 * time.Millisecond
	s.start()
	page := filepath.Join(s.dir, "public", "articles", "embargo", "index.html")
	if _, err := os.Stat(page); err == nil {
		t.Fatal("the entry is published before its time")
	}
	set(24)
	s.expectClean([]string{"the clock jumps on"})
	if _, err := os.Stat(page); err != nil {
		t.Errorf("the entry is not published when its time has come: %v", err)
	}
	// Set back, the clock takes nothing away by itself; a change of a file does.
	set(0)
	put(t, s.dir, "content/articles/first.md", article("First again"))
	s.expectClean([]string{"the clock jumps back, and a file changes"})
	if _, err := os.Stat(page); err == nil {
		t.Error("the entry is published before its time")
	}
}
