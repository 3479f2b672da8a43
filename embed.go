// Package bulletin holds what is built into the program: the layouts of the
// default theme.
package bulletin

import "embed"

// Layouts is the folder layouts/ with the default theme. A file of the same
// name in a site's own layouts folder replaces one of these.
//
//go:embed all:layouts
var Layouts embed.FS
