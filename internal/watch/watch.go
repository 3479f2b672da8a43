// Package watch says that a tree of files moved, and is then quiet for a
// moment.
//
// It is a bell outside the pipeline: it does not say what changed, only that
// it is worth looking again. What the operating system reports is taken as a
// hint. Events get lost, arrive under old names or not at all (network
// shares), so every hint is followed by a walk over the folders that renews
// the watches, and a slow walk finds late what no hint announced.
//
// The order that makes it miss nothing: start watching, then build, and build
// again at each ring. By the time the bell rings every folder is watched, so
// whatever a build reads too early rings again.
package watch

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"sync"
	"time"
)

const (
	defaultQuiet   = 30 * time.Millisecond
	defaultBurst   = 500 * time.Millisecond
	defaultRecheck = 3 * time.Second
	// fallbackPoll is how often the folders are walked when the operating
	// system cannot report changes.
	fallbackPoll = time.Second
	// maxPasses bounds how often one look walks the folders while new ones
	// keep appearing; the events of the last ones lead to another look.
	maxPasses = 10
)

// Options says what to watch and how patiently.
type Options struct {
	// Roots are absolute paths of folders or files. They need not exist: each
	// may vanish, come back, or be replaced.
	Roots []string
	// Poll is the time between two walks over the folders, for places where
	// no events arrive, such as network shares. Zero means: use events.
	Poll time.Duration
	// Quiet is how long the tree must be still before the bell rings; 30 ms
	// by default. Burst is how long the bell waits at most while changes keep
	// coming; 500 ms by default.
	Quiet, Burst time.Duration
	// Recheck is the time between two walks that look for changes of which
	// no event told; 3 s by default. It does not apply with Poll.
	Recheck time.Duration
	// Ignore reports whether a path, and what is in it, is of no interest.
	// What [Temporary] names is never of interest. It is called from several
	// goroutines at once, and may be nil.
	Ignore func(path string) bool
	// Notice receives notes for the person at the terminal, in plain English.
	// It may be nil.
	Notice func(text string)
}

// withDefaults fills in what was left out and refuses what cannot be watched.
func (o Options) withDefaults() (Options, error) {
	if len(o.Roots) == 0 {
		return o, errors.New("watching: no folders were given")
	}
	roots := make([]string, len(o.Roots))
	for i, root := range o.Roots {
		if !filepath.IsAbs(root) {
			return o, fmt.Errorf("watching %s: the path is not absolute", root)
		}
		roots[i] = filepath.Clean(root)
	}
	o.Roots = roots
	for value, fallback := range map[*time.Duration]time.Duration{
		&o.Quiet: defaultQuiet, &o.Burst: defaultBurst, &o.Recheck: defaultRecheck,
	} {
		if *value <= 0 {
			*value = fallback
		}
	}
	if o.Ignore == nil {
		o.Ignore = func(string) bool { return false }
	}
	if o.Notice == nil {
		o.Notice = func(string) {}
	}
	return o, nil
}

// Watcher rings a bell when something in its roots has changed.
type Watcher struct {
	options Options
	bell    chan struct{}
	hints   chan string
	// settled carries, from the goroutine that listens to events to the one
	// that looks, that there were events and that they have ceased.
	settled chan struct{}
	running sync.WaitGroup

	// The goroutine that looks owns these two.
	events *events // nil while polling
	seen   tree
}

// Start watches until ctx ends. Every change made after it returns will ring
// the bell. Where the operating system cannot report changes it falls back to
// polling and says so through [Options.Notice]; it returns an error only for
// options that make no sense.
func Start(ctx context.Context, options Options) (*Watcher, error) {
	return start(ctx, options, systemEvents)
}

func start(ctx context.Context, options Options, open func() (*events, error)) (*Watcher, error) {
	options, err := options.withDefaults()
	if err != nil {
		return nil, err
	}
	w := &Watcher{
		options: options,
		bell:    make(chan struct{}, 1),
		hints:   make(chan string, 1),
		settled: make(chan struct{}, 1),
	}
	if options.Poll == 0 {
		if events, err := open(); err != nil {
			w.fallBack(err)
		} else {
			w.events = events
			w.running.Go(func() { w.listen(events) })
		}
	}
	w.look()
	w.running.Go(func() { w.run(ctx) })
	return w, nil
}

// Bell is the channel that receives when the tree has changed. Rings that
// nobody has heard yet are one: a ring means "look again", however much has
// changed. The channel is never closed.
func (w *Watcher) Bell() <-chan struct{} { return w.bell }

// Hints is the channel that receives, some time before the bell rings, the path
// of the one file or folder of which events tell, or "" if there are several. It
// is no more than a hint: a program that can show an edit of one file at once
// may do so, and the bell rings for it all the same. Nothing is received of
// changes that no event told of. The channel is never closed.
func (w *Watcher) Hints() <-chan string { return w.hints }

// Wait returns once the context has ended and everything that the watcher
// held is released.
func (w *Watcher) Wait() { w.running.Wait() }

func (w *Watcher) run(ctx context.Context) {
	defer func() { w.events.close() }()
	tick := time.NewTimer(w.interval())
	defer tick.Stop()
	for {
		var took time.Duration
		select {
		case <-ctx.Done():
			return
		case <-w.settled:
			w.look()
			poke(w.bell)
		case <-tick.C:
			began := time.Now()
			changed := w.look()
			took = time.Since(began)
			if changed {
				w.settle(ctx)
				poke(w.bell)
			}
		}
		// A tree that takes long to walk, on a slow share say, is walked less
		// often.
		tick.Reset(max(w.interval(), 10*took))
	}
}

// interval is the time between two walks that nothing has asked for.
func (w *Watcher) interval() time.Duration {
	switch {
	case w.options.Poll > 0:
		return w.options.Poll
	case w.events == nil:
		return min(fallbackPoll, w.options.Recheck)
	default:
		return w.options.Recheck
	}
}

// settle waits until two walks in a row find the same, or the longest burst
// is over.
func (w *Watcher) settle(ctx context.Context) {
	deadline := time.Now().Add(w.options.Burst)
	for time.Now().Before(deadline) {
		select {
		case <-ctx.Done():
			return
		case <-time.After(w.options.Quiet):
		}
		if !w.look() {
			return
		}
	}
}

// look walks the roots, watches what folders there are now, and reports
// whether anything is different from the last time. Where it found new
// folders it walks again, for the files that were put there before they were
// watched.
func (w *Watcher) look() (changed bool) {
	for range maxPasses {
		now := walk(w.options.Roots, w.ignored)
		changed = changed || !maps.Equal(now.stamps, w.seen.stamps)
		w.seen = now
		if w.events == nil {
			return changed
		}
		added, err := w.events.follow(now.folders)
		if err != nil {
			w.fallBack(err)
			return changed
		}
		if !added {
			return changed
		}
	}
	return changed
}

func (w *Watcher) ignored(path string) bool {
	return Temporary(filepath.Base(path)) || w.options.Ignore(path)
}

// fallBack gives up events for polling.
func (w *Watcher) fallBack(err error) {
	w.events.close()
	w.events = nil
	w.options.Notice(fmt.Sprintf("This computer does not report changes to these folders (%v). "+
		"They are looked through every second instead, so a change may take a moment longer to show.%s",
		err, limitAdvice(err)))
}

// poke leaves a signal on a channel of capacity one, unless there is one.
func poke(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}
