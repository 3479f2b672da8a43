package site

import (
	"strings"

	"bulletin/internal/diag"
	"bulletin/internal/header"
)

const (
	// maxSegment is how long a part of an address may be, in bytes: as long as
	// the name of a file on nearly all file systems.
	maxSegment = 255
	// maxAddress is how long an address may be, in bytes. macOS opens no path
	// above 1,024, and S3 stores none.
	maxAddress = 900
)

// checkLength reports whether a file of the output, which claimant asks for,
// can be stored by every computer and host.
func checkLength(file string, claimant header.Text, hint string, problems *diag.List) bool {
	for segment := range strings.SplitSeq(file, "/") {
		if len(segment) > maxSegment {
			problems.Add(diag.Errorf(claimant.Pos, "address-too-long", hint,
				"the address would have a part of %d bytes; %d are the most that the name of a file can have", len(segment), maxSegment))
			return false
		}
	}
	if len(file) > maxAddress {
		problems.Add(diag.Errorf(claimant.Pos, "address-too-long", hint,
			"the address would have %d bytes; many computers and hosts cannot store one with more than %d", len(file), maxAddress))
		return false
	}
	return true
}
