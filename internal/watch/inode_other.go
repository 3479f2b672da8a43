//go:build !unix

package watch

import "io/fs"

// inode is 0: this system does not tell without opening the file.
func inode(fs.FileInfo) uint64 { return 0 }
