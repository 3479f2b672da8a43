package main

import (
	"runtime"
	"runtime/debug"
	"testing"
)

func TestRoomGrowsWithWhatIsInUse(t *testing.T) {
	limit := debug.SetMemoryLimit(-1)
	defer func() { debug.SetMemoryLimit(limit) }()
	debug.SetMemoryLimit(room(0))
	makeRoom()
	held := make([]byte, roomSize)
	for debug.SetMemoryLimit(-1) < room(roomSize) { // or the test does not end
		runtime.GC()
	}
	runtime.KeepAlive(held)
	for debug.SetMemoryLimit(-1) != room(0) {
		runtime.GC()
	}
}
