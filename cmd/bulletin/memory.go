package main

import (
	"os"
	"runtime/debug"
)

// Memory is cleared when it has grown by a half of what is in use, at which the
// ballast counts, though nothing is ever written to it and it takes up none. So
// there is room to begin with, for which a small site is cleared hardly ever,
// and a very large one needs half as much again as it holds and no more.
const (
	ballastSize  = 128 << 20 // bytes
	clearPercent = 50
)

// tuneMemory sets when memory is cleared, unless the environment does. The
// ballast works as long as it is kept.
func tuneMemory() (ballast []byte) {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return nil
	}
	debug.SetGCPercent(clearPercent)
	return make([]byte, ballastSize)
}
