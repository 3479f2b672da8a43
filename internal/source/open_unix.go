//go:build unix

package source

import "syscall"

// openFlags keep open(2) from waiting for the other end of a pipe.
const openFlags = syscall.O_NONBLOCK
