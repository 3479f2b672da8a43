package check

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"bulletin/internal/markdown"
)

var (
	pastedBullet = regexp.MustCompile(`^([\s\x{A0}]*)([` + markdown.Bullets + `])[\s\x{A0}]+(\S.*)$`)
	// innerBullet is what stands for a bullet within a pasted list only.
	innerBullet = regexp.MustCompile(`^([\s\x{A0}]*)(?:([o§])[ \x{A0}]*[\t\x{A0}]|([-*+–])[ \t\x{A0}])[\s\x{A0}]*(\S.*)$`)
)

// typeBullets writes lists that were pasted with their bullets as lists are
// typed. A page shows both alike; other programs show only the second as one.
func typeBullets(d *Draft) {
	fenced := false
	for n := d.first; n <= len(d.starts); n++ {
		text, start := d.line(n)
		if trimmed := strings.TrimSpace(text); strings.HasPrefix(trimmed, "```") || strings.HasPrefix(trimmed, "~~~") {
			fenced = !fenced
		}
		if fenced || !pastedBullet.MatchString(text) {
			continue
		}
		list, last := d.pastedList(n)
		end, endStart := d.line(last)
		d.replace(start, endStart+len(end), strings.Join(list, "\n"))
		n = last
	}
}

// bulletLevel is a list within others.
type bulletLevel struct {
	indent int
	bullet string
}

// pastedList gives the lines of the list that starts in a line as they are
// typed, and the number of its last line.
func (d *Draft) pastedList(n int) (list []string, last int) {
	first, _ := d.line(n)
	base := first[:len(first)-len(strings.TrimLeft(first, " "))]
	var levels []bulletLevel
	blank := false
	for ; n <= len(d.starts); n++ {
		text, _ := d.line(n)
		if strings.TrimFunc(text, unicode.IsSpace) == "" {
			blank = true
			continue
		}
		indent, bullet, words, ok := cutPasted(text)
		if ok && len(levels) > 0 && strings.Contains("-*+–", bullet) {
			ok = indent > levels[0].indent
		} else if ok && len(levels) == 0 {
			ok = pastedBullet.MatchString(text)
		}
		switch {
		case ok:
			levels = enter(levels, bulletLevel{indent, bullet})
			list = append(list, base+strings.Repeat("  ", len(levels)-1)+"- "+words)
		case blank:
			return list, last
		default:
			list = append(list, base+strings.Repeat("  ", len(levels))+strings.TrimFunc(text, unicode.IsSpace))
		}
		blank, last = false, n
	}
	return list, last
}

func cutPasted(text string) (indent int, bullet, words string, ok bool) {
	space := ""
	if m := pastedBullet.FindStringSubmatch(text); m != nil {
		space, bullet, words = m[1], m[2], m[3]
	} else if m := innerBullet.FindStringSubmatch(text); m != nil {
		space, bullet, words = m[1], m[2]+m[3], m[4]
	} else {
		return 0, "", "", false
	}
	tabs := strings.Count(space, "\t")
	return utf8.RuneCountInString(space) + 3*tabs, bullet, words, true
}

// enter gives the lists in which an item lies: those before it, or a new one
// within the last.
func enter(levels []bulletLevel, item bulletLevel) []bulletLevel {
	for len(levels) > 1 && item.indent < levels[len(levels)-1].indent && item.indent <= levels[len(levels)-2].indent {
		levels = levels[:len(levels)-1]
	}
	if len(levels) == 0 || item.indent > levels[len(levels)-1].indent {
		return append(levels, item)
	}
	if top := levels[len(levels)-1]; item.indent == top.indent && item.bullet != top.bullet {
		for i, l := range levels {
			if l == item {
				return levels[:i+1]
			}
		}
		return append(levels, item)
	}
	return levels
}
