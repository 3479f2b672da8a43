package check_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bulletin/internal/check"
)

// TestReadings measures texts whose counts are known. Eight words of 4 letters:
// 4.71*4 + 0.5*8 - 21.43 = 1.41, so the second grade, and the age of 7.
func TestReadings(t *testing.T) {
	easy := strings.Repeat("They went home with some good kind folk. ", 13)
	hard := "Notwithstanding considerations. " + strings.Repeat("Administrative interdependencies were deliberately overcomplicated by Dr. Example, "+strings.Repeat("notwithstanding ", 20)+"considerations. ", 4)
	r := look(t, map[string]string{
		"content/site.yaml":          settings,
		"content/articles/easy.md":   article + "## A heading of words\n\n- No sentence\n\n" + easy,
		"content/articles/hard.md":   article + hard,
		"content/articles/short.md":  article + "Some words.",
		"content/articles/welsh.md":  strings.Replace(article, "title", "language: cy\ntitle", 1) + easy,
		"content/articles/quiet.md":  article + strings.Repeat("It was made so by hand. They are pleased with this work today. ", 9),
		"content/articles/broken.md": article,
	}, nil)
	want := []check.Reading{
		{File: "content/articles/hard.md", Words: 118, Sentences: 5, Age: 22, Average: 23.6, Long: 4, Longest: 29, Line: 6, Passive: 80},
		{File: "content/articles/easy.md", Words: 104, Sentences: 13, Age: 7, Average: 8, Longest: 8, Line: 10},
		{File: "content/articles/quiet.md", Words: 117, Sentences: 18, Age: 6, Average: 6.5, Longest: 7, Line: 6, Passive: 50},
	}
	if diff := cmp.Diff(want, r.Readings()); diff != "" {
		t.Error(diff)
	}
}
