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
	if least := room(0); least != roomSize {
		t.Errorf("with nothing in use there is room for %d bytes, want %d", least, roomSize)
	}
	held := make([]byte, roomSize)
	for debug.SetMemoryLimit(-1) < room(roomSize) { // or the test does not end
		runtime.GC()
	}
	runtime.KeepAlive(held)
}
