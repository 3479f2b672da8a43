package output

import (
	"context"
	"path"
	"slices"

	"bulletin/internal/diag"
)

// Plan is what has to be done so that the folder holds exactly the outputs of
// some jobs.
type Plan struct {
	tree    *Tree
	jobs    []Job // by path
	record  record
	claimed *disk // the folder, if it was claimed before the plan was made

	kept    []entry // neither made nor written
	targets []target
	stale   []string // ours, to be removed at the end
	// In the way of new files, and removed before these come: files and
	// folders of ours that stand where a folder or file is needed, or differ
	// from a new file in case only.
	cleared        []string
	clearedFolders []string
	pruned         []string // folders that may be left empty
	verified       int      // how many of kept had to be read
}

// target is an output that has to be made.
type target struct {
	job  Job
	ours bool // what stands there, if anything, may be replaced
	anew bool // what stands there is cleared first
}

// restampAfter is how many outputs may have to be read for being newer than
// the manifest before an otherwise idle Commit writes the manifest again, with
// the same bytes, to save this work the next time.
const restampAfter = 500

// Make lists the outputs that will be made, by path.
func (p *Plan) Make() []string {
	paths := make([]string, len(p.targets))
	for i, t := range p.targets {
		paths[i] = t.job.path
	}
	return paths
}

// Remove lists the files that will be removed, by path.
func (p *Plan) Remove() []string {
	paths := slices.Concat(p.cleared, p.stale)
	slices.Sort(paths)
	return paths
}

// idle reports whether a commit would change nothing.
func (p *Plan) idle() bool {
	return len(p.targets) == 0 && len(p.kept) == len(p.record.known) && p.record.complete && p.verified <= restampAfter
}

// plan compares jobs, whose paths are sorted and have no faults, with the
// folder.
func (d *disk) plan(jobs []Job) (*Plan, diag.List, error) {
	record, err := d.readRecord()
	if err != nil {
		return nil, nil, err
	}
	p := &Plan{tree: d.tree, jobs: jobs, record: record}
	s := newSurvey(d)
	if err := s.findStale(p); err != nil {
		return nil, nil, err
	}
	if err := s.checkFolders(jobs); err != nil {
		return nil, nil, err
	}
	findings := make([]finding, len(jobs))
	err = each(context.Background(), len(jobs), func(worker *worker, i int) (err error) {
		findings[i], err = s.look(worker, jobs[i], &record)
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	for i, f := range findings {
		if err := s.settle(p, jobs[i], f); err != nil {
			return nil, nil, err
		}
	}
	if len(s.problems) > 0 {
		return nil, d.tree.abridged(s.problems), nil
	}
	return p, nil, nil
}

// findStale sorts out what earlier builds wrote and this one does not.
func (s *survey) findStale(p *Plan) error {
	wanted := make(map[string]bool, len(p.jobs)) // false: a folder
	exact := make(map[string]bool, len(p.jobs))
	for _, j := range p.jobs {
		exact[j.path] = true
		wanted[fold(j.path)] = true
		folders(fold(j.path), func(folder string) { wanted[folder] = false })
	}
	for _, e := range p.record.entries() {
		if exact[e.path] {
			continue
		}
		at, err := s.folder(path.Dir(e.path))
		if err != nil {
			return err
		}
		if at.state == obstructed {
			continue // somebody put something else there, which is not ours
		}
		p.pruned = append(p.pruned, path.Dir(e.path))
		info, err := s.lstat(e.path)
		if err != nil {
			return err
		}
		if info == nil || !info.Mode().IsRegular() {
			continue
		}
		_, early := wanted[fold(e.path)]
		folders(fold(e.path), func(folder string) { early = early || wanted[folder] })
		if early {
			p.cleared = append(p.cleared, e.path)
		} else {
			p.stale = append(p.stale, e.path)
		}
		s.doomed[fold(e.path)] = append(s.doomed[fold(e.path)], info)
	}
	return nil
}

// settle puts what was found about one job into the plan.
func (s *survey) settle(p *Plan, j Job, f finding) error {
	switch f.state {
	case intact:
		p.kept = append(p.kept, f.entry)
		if f.verified {
			p.verified++
		}
	case replaceable:
		p.targets = append(p.targets, target{job: j, ours: f.ours, anew: f.doomed})
	case isFolder:
		what, dirs, err := s.emptied(j.path)
		if err != nil {
			return err
		}
		if what != "" {
			s.problems.Add(s.disk.tree.foreign(j.path, what, needsFile))
			return nil
		}
		p.clearedFolders = append(p.clearedFolders, dirs...)
		p.targets = append(p.targets, target{job: j, ours: true, anew: true})
	case isSpecial:
		s.problems.Add(s.disk.tree.foreign(j.path, f.kind, needsFile))
	case blocked:
		by := s.folders[path.Dir(j.path)]
		s.problems.Add(s.disk.tree.foreign(by.at, by.kind, needsFolder))
	}
	return nil
}
