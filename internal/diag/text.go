package diag

import (
	"fmt"
	"strings"
	"unicode"
)

// Nearest returns the candidate that a writer most likely meant by name, or
// "" if none is close: at most a third of its letters differ, counting a
// swap of neighbours as one difference, and letter case not at all.
func Nearest(name string, candidates []string) string {
	best, bestDistance := "", len(name)
	folded := []rune(strings.ToLower(name))
	for _, candidate := range candidates {
		target := []rune(strings.ToLower(candidate))
		d := distance(folded, target)
		limit := max(1, (max(len(folded), len(target))+1)/3)
		if d <= limit && d < bestDistance && d < len(target) {
			best, bestDistance = candidate, d
		}
	}
	return best
}

// distance is the optimal string alignment distance between a and b.
func distance(a, b []rune) int {
	before, above, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range above {
		above[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(above[j]+1, row[j-1]+1, above[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, above, row = above, row, before
	}
	return above[len(b)]
}

// Printable shows characters that could steer a terminal, or reorder its text,
// as escapes.
func Printable(s string) string {
	if strings.IndexFunc(s, unsafeRune) < 0 {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if unsafeRune(r) {
			fmt.Fprintf(&b, "\\u%04x", r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func unsafeRune(r rune) bool {
	return unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r) && r != '\u00ad' && r != '\u200d'
}
