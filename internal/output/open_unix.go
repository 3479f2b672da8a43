//go:build unix

package output

import "syscall"

// createFlags spare a new file five system calls, by which Go finds out that
// such a file never lets anybody wait.
const createFlags = syscall.O_NONBLOCK
