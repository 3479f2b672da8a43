//go:build !unix

package output

const createFlags = 0
