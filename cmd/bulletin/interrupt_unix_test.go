//go:build unix

package main

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// editions is one site in three versions, with the clean build of each.
type editions struct {
	t     *testing.T
	dir   string
	clean []map[string]string
	// versions are the texts that each file of the output may have.
	versions map[string][]string
	// took is how long a build takes here.
	took time.Duration
}

func newEditions(t *testing.T) *editions {
	t.Helper()
	e := &editions{t: t, dir: t.TempDir(), versions: map[string][]string{}}
	for version := range 3 {
		e.write(version)
		began := time.Now()
		if status, said := outcome(t, e.build("clean", version)); status != exitDone {
			t.Fatalf("%d\n%s", status, said)
		}
		e.took = time.Since(began)
		e.clean = append(e.clean, snapshot(t, filepath.Join(e.dir, "clean")))
		for name, text := range e.clean[version] {
			e.versions[name] = append(e.versions[name], text)
		}
		drop(t, e.dir, "clean")
	}
	return e
}

// write writes a version of the site: some of its entries stay, some change,
// some come and go, and one becomes a folder.
func (e *editions) write(version int) {
	e.t.Helper()
	dir := filepath.Join(e.dir, fmt.Sprint(version))
	put(e.t, dir, "content/site.yaml", "title: Example update\nurl: https://example.org\n")
	put(e.t, dir, "content/a"+strings.Repeat("/x", version)+".md", "---\ntitle: A\n---\n")
	for i := range 40 {
		if (i+version*3)%5 > 0 {
			put(e.t, dir, fmt.Sprintf("content/articles/entry-%d.md", i),
				article(fmt.Sprint("Entry ", i, " ", i%2*version), fmt.Sprintf("topics: [Topic %d]", (i+version)%7))+strings.Repeat("word ", 200))
		}
	}
}

// build is the command that builds a version into a folder.
func (e *editions) build(output string, version int) *exec.Cmd {
	return buildCommand(e.dir, "--source", fmt.Sprint(version), "--output", filepath.Join(e.dir, output))
}

// expectWhole fails if a file of the output has the text of no version.
func (e *editions) expectWhole() {
	e.t.Helper()
	for name, text := range snapshot(e.t, filepath.Join(e.dir, "public")) {
		if !strings.HasPrefix(name, ".bulletin") && !slices.Contains(e.versions[name], text) {
			e.t.Errorf("%s is in no version: %.60q", name, text)
		}
	}
}

// expectClean fails if the output is not the clean build of a version.
func (e *editions) expectClean(version int) {
	e.t.Helper()
	if diff := snapshotDiff(e.clean[version], snapshot(e.t, filepath.Join(e.dir, "public"))); diff != "" {
		e.t.Errorf("the output is not that of a clean build: %s", diff)
	}
}

// atARandomMoment waits some time, or until the build has begun to put files in
// place, which is soon over, and then a little.
func (e *editions) atARandomMoment(random *rand.Rand, done <-chan error) {
	begun := filepath.Join(e.dir, "public", ".bulletin", "journal")
	if random.IntN(2) == 0 {
		select {
		case <-done:
		case <-time.After(time.Duration(random.Int64N(int64(e.took)))):
		}
		return
	}
	for {
		select {
		case <-done:
			return
		default:
		}
		if _, err := os.Lstat(begun); err == nil {
			time.Sleep(time.Duration(random.IntN(4000)) * time.Microsecond)
			return
		}
	}
}

// TestABuildThatIsKilledIsRepaired kills builds at random moments, as often as
// BULLETIN_KILLS says. No file is ever half-written, and the next build makes
// the output what a clean build makes.
func TestABuildThatIsKilledIsRepaired(t *testing.T) {
	e := newEditions(t)
	random := rand.New(rand.NewPCG(9, 9))
	killed, inPlace := 0, 0
	for round := range number(t, "BULLETIN_KILLS", 30) {
		version := round % 3
		command := e.build("public", version)
		must(t, command.Start())
		ended := make(chan error, 1)
		go func() {
			ended <- command.Wait()
			close(ended)
		}()
		e.atARandomMoment(random, ended)
		_ = command.Process.Kill() // it may have ended
		for range ended {
		}
		if command.ProcessState.ExitCode() != exitDone {
			killed++
		}
		if _, err := os.Lstat(filepath.Join(e.dir, "public", ".bulletin", "journal")); err == nil {
			inPlace++
		}
		e.expectWhole()
		if round%2 == 1 {
			if status, said := outcome(t, e.build("public", version)); status != exitDone {
				t.Errorf("the next build ends with %d:\n%s", status, said)
			}
			e.expectClean(version)
		}
		if t.Failed() {
			t.Fatalf("in round %d", round)
		}
	}
	t.Logf("%d builds were killed, %d of them while files were put in place", killed, inPlace)
	if killed == 0 {
		t.Error("no build was killed in time")
	}
}

// TestABuildThatIsStoppedChangesNothing stops builds as Ctrl+C does, and a
// window that is closed. Each
// leaves the old site, or has finished the new one.
func TestABuildThatIsStoppedChangesNothing(t *testing.T) {
	e := newEditions(t)
	random := rand.New(rand.NewPCG(10, 10))
	stopped := 0
	for round := range 12 {
		version := round % 3
		before := snapshot(t, filepath.Join(e.dir, "public"))
		command := e.build("public", version)
		var said bytes.Buffer
		command.Stderr = &said
		must(t, command.Start())
		ended := make(chan error, 1)
		go func() {
			ended <- command.Wait()
			close(ended)
		}()
		e.atARandomMoment(random, ended)
		_ = command.Process.Signal([]os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP}[round/3%3]) // it may have ended
		for range ended {
		}
		switch state := command.ProcessState; {
		case state.ExitCode() == exitDone:
			e.expectClean(version)
		case state.ExitCode() == exitMachine && said.String() == "bulletin: stopped; nothing was changed\n":
			stopped++
			fallthrough
		case !state.Exited(): // before it could listen to signals
			if diff := snapshotDiff(before, snapshot(t, filepath.Join(e.dir, "public"))); diff != "" {
				t.Errorf("the output was changed: %s", diff)
			}
		default:
			t.Errorf("%v: %s", state, &said)
		}
	}
	t.Logf("%d builds were stopped", stopped)
}

// TestABuildThatHangsIsStoppedByAskingAgain lets a build hang, whose last words
// nobody reads.
func TestABuildThatHangsIsStoppedByAskingAgain(t *testing.T) {
	dir := builtSite(t)
	put(t, dir, "content/articles/w.md", article("W"))
	unread, full, err := os.Pipe()
	must(t, err)
	defer unread.Close()
	defer full.Close()
	must(t, full.SetWriteDeadline(time.Now().Add(100*time.Millisecond)))
	for err == nil {
		_, err = full.Write(make([]byte, 4096))
	}
	command := buildCommand(dir)
	command.Stdout = full
	must(t, command.Start())
	ended := make(chan error, 1)
	go func() { ended <- command.Wait() }()
	for patience, ask := time.After(time.Minute), time.Tick(100*time.Millisecond); ; {
		select {
		case <-ended:
			return
		case <-ask:
			if _, err := os.Stat(filepath.Join(dir, "public/articles/w/index.html")); err != nil {
				continue // it has more to do than to speak
			}
			_ = command.Process.Signal(syscall.SIGTERM) // it may have ended
		case <-patience:
			_ = command.Process.Kill()
			t.Fatal("it cannot be stopped")
		}
	}
}

// TestTwoBuildsAtOnceAreNeverMixed builds two versions into one folder at the
// same time: each waits for the other, or says that it does not.
func TestTwoBuildsAtOnceAreNeverMixed(t *testing.T) {
	e := newEditions(t)
	for round := range 5 {
		var commands [3]*exec.Cmd
		var said [3]bytes.Buffer
		for version := range commands {
			commands[version] = e.build("public", version)
			commands[version].Stderr = &said[version]
			must(t, commands[version].Start())
		}
		done := 0
		for version, command := range commands {
			switch status := statusAfter(t, command.Wait()); {
			case status == exitDone:
				done++
			case status != exitMachine || !strings.Contains(said[version].String(), "another build is writing there; wait until it is done and build again"):
				t.Errorf("%d\n%s", status, &said[version])
			}
		}
		if done == 0 {
			t.Error("none of the builds was done")
		}
		found := snapshot(t, filepath.Join(e.dir, "public"))
		if !slices.ContainsFunc(e.clean, func(clean map[string]string) bool { return maps.Equal(clean, found) }) {
			t.Fatalf("round %d: the output is of no version", round)
		}
	}
}
