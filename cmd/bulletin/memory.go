package main

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// The program may take up roomSize, within which memory is cleared only when
// several times as much was thrown away as is in use. A very large site may take
// up two thirds more than is in use: a part of that cannot be used again at once,
// since what is left over from pages lies between what is kept.
const (
	roomSize    = 195 << 20 // bytes
	roomPercent = 170
	roomLess    = 24 << 20 // bytes
	growth      = 400      // percent
)

// tuneMemory sets when memory is cleared, unless the environment does.
func tuneMemory() {
	if os.Getenv("GOGC") == "" && os.Getenv("GOMEMLIMIT") == "" {
		debug.SetGCPercent(growth)
		debug.SetMemoryLimit(room(0))
		makeRoom()
	}
}

// makeRoom follows what is in use: whenever memory was cleared, nothing refers
// to the sentinel any more.
func makeRoom() {
	type sentinel struct{ _ *byte }
	runtime.AddCleanup(&sentinel{}, func(struct{}) {
		live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
		metrics.Read(live)
		// What was taken up once is not given back.
		debug.SetMemoryLimit(max(debug.SetMemoryLimit(-1), room(int64(live[0].Value.Uint64()))))
		makeRoom()
	}, struct{}{})
}

// room gives how much may be taken up when so many bytes are in use.
func room(live int64) int64 { return max(roomSize, live/100*roomPercent-roomLess) }
