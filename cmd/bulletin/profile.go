package main

import (
	"errors"
	"os"
	"runtime/pprof"
)

// profiled does the work and writes where the processor's time went to a
// file, for `go tool pprof`.
func profiled(file string, work func() error) error {
	if file == "" {
		return work()
	}
	f, err := os.Create(file)
	if err != nil {
		return machine{err}
	}
	if err := pprof.StartCPUProfile(f); err != nil {
		return machine{errors.Join(err, f.Close())}
	}
	err = work()
	pprof.StopCPUProfile()
	if closing := f.Close(); closing != nil && err == nil {
		err = machine{closing}
	}
	return err
}
