package source

import (
	"strings"
	"testing"
	"testing/fstest"
	"unicode"
	"unicode/utf8"
)

// FuzzNames judges any name of a file: one that is taken is fit to be published
// on any computer, and the name proposed for another is itself taken.
func FuzzNames(f *testing.F) {
	for _, s := range []string{"a.md", "Report 1 (final).pdf", "con.txt", "nul", "a:b", "a\\b", "a\nb", "\xff.md", "x.", "x ", "~$a.docx", "#a#", ".a", "\u202Efdp.exe", "dw\u0302r.md", "a*", "-", "..", "LPT9.md", "\u200b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, name string) {
		if name == "" || strings.ContainsAny(name, "/\x00") || name == "." || name == ".." {
			t.Skip("no disk has this name")
		}
		problems, taken := checkName(name, "content/"+name)
		for _, p := range problems {
			if p.Text == "" || p.Hint == "" || p.Rule == "" || !utf8.ValidString(p.File) {
				t.Errorf("incomplete problem: %#v", p)
			}
		}
		if taken == problems.HasErrors() {
			t.Errorf("taken: %v, with %v", taken, problems)
		}
		if taken && (!utf8.ValidString(name) || strings.ContainsFunc(name, unicode.IsControl) || strings.ContainsAny(name, `\:*?"<>|`)) {
			t.Errorf("%q is taken", name)
		}
		if len(problems) == 0 {
			return
		}
		clean := cleanName(name)
		if again, taken := checkName(clean, "content/"+clean); !taken || again.HasErrors() || clean == "" || strings.Contains(clean, "/") {
			t.Errorf("for %q, %q is proposed, which is no better: %v", name, clean, again)
		}
		if strings.HasPrefix(clean, ".") {
			t.Errorf("for %q, the hidden name %q is proposed", name, clean)
		}
		if _, err := (fstest.MapFS{clean: {}}).Open(clean); err != nil {
			t.Errorf("%q: %v", clean, err)
		}
	})
}
