package output

import (
	"context"
	"strconv"
	"sync"
	"sync/atomic"

	"bulletin/internal/diag"
)

// Ahead makes outputs while it is not known yet what else there will be, so
// that what they are made from need not be kept until then:
//
//	ahead := tree.Ahead(ctx, nil)
//	defer ahead.Close()
//	ahead.Make(some)                               // again and again
//	plan, problems, err := ahead.Plan(all)
//	result, problems, err := plan.Commit(ctx, nil) // before Close
//
// Nothing is changed for the site's readers before Commit: what is made lies
// in the staging folder, and goes with it.
type Ahead struct {
	tree *Tree
	ctx  context.Context

	start   sync.Once
	known   map[string]entry // the record, by which outputs are new or not
	workers sync.Pool

	claim   sync.Once
	disk    *disk // once an output is new; nil if the folder cannot be claimed
	release func()
	count   atomic.Int64

	progress func(done, total int)
	telling  sync.Mutex
	done     int
}

// Ahead begins to make outputs for a commit. ctx ends it. progress may be nil;
// it is called after each output that was made, never by two goroutines at
// once, with a total of 0, since nobody knows it yet.
func (t *Tree) Ahead(ctx context.Context, progress func(done, total int)) *Ahead {
	return &Ahead{tree: t, ctx: ctx, progress: progress, workers: sync.Pool{New: func() any { return newWorker() }}}
}

// Make makes those of the jobs whose keys are not on record, after which they
// hold on to nothing but their results. Errors and problems come out of the
// plan's Commit, as they do if nothing is made ahead. Make may be called by
// several goroutines at once.
func (a *Ahead) Make(jobs []Job) {
	a.start.Do(a.readKnown)
	for i, j := range jobs {
		if e, ok := a.known[j.path]; ok && e.key == j.key {
			continue
		}
		if a.claim.Do(a.claimFolder); a.disk == nil || a.ctx.Err() != nil {
			return
		}
		jobs[i] = Job{path: j.path, key: j.key, want: j.want, made: a.produce(j)}
		a.tell()
	}
}

func (a *Ahead) tell() {
	if a.progress == nil {
		return
	}
	a.telling.Lock()
	defer a.telling.Unlock()
	a.done++
	a.progress(a.done, 0)
}

// produce makes one output into a staged file.
func (a *Ahead) produce(j Job) *made {
	w := a.workers.Get().(*worker)
	defer a.workers.Put(w)
	s := w.newSpool(a.disk, j.path, "a"+strconv.FormatInt(a.count.Add(1), 10))
	defer s.close()
	m := a.disk.produce(s, j)
	if m.staged != "" {
		m.fault = s.keep()
	}
	return &m
}

// readKnown reads what is on record. If it cannot be read, nothing is known,
// and Plan says why.
func (a *Ahead) readKnown() {
	d, err := a.tree.open()
	if err != nil {
		return
	}
	defer d.close()
	if record, err := d.readRecord(); err == nil {
		a.known = record.known
	}
}

// claimFolder keeps other builds out until Close. If that cannot be done,
// nothing is made ahead, and Commit says why.
func (a *Ahead) claimFolder() {
	d, release, err := a.tree.claim(a.ctx)
	if err != nil {
		return
	}
	if err := d.clearStaging(); err != nil {
		release()
		return
	}
	a.disk, a.release = d, release
}

// Plan is Tree.Plan for jobs of which some were made ahead.
func (a *Ahead) Plan(jobs []Job) (*Plan, diag.List, error) {
	plan, problems, err := a.tree.Plan(jobs)
	if plan != nil && a.disk != nil {
		plan.claimed = a.disk
	}
	return plan, problems, err
}

// Close lets other builds in, and throws away what was not committed.
func (a *Ahead) Close() {
	if a.release != nil {
		a.release()
	}
}
