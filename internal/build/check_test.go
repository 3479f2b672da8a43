package build

import (
	"context"
	"testing"
	"time"

	"bulletin"
)

// sample is the site that comes with the program.
const sample = "../.."

func TestCheckHasNothingToSayOfTheSample(t *testing.T) {
	at := at(sample, t.TempDir(), time.Date(2026, 6, 1, 9, 0, 0, 0, time.UTC))
	_, checked, err := New(bulletin.Layouts).Check(context.Background(), at, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range checked.Problems {
		t.Error(p)
	}
	if checked.Entries < 50 {
		t.Errorf("only %d entries were checked", checked.Entries)
	}
}

// TestCheckReadsWhatABuildRead holds that a build does not keep prose, and that
// a check by the same builder reads it all the same.
func TestCheckReadsWhatABuildRead(t *testing.T) {
	dir := t.TempDir()
	generate(t, dir, 20)
	write(t, dir, "content/articles/told.md", "---\ntitle: T\nsummary: S.\ndate: 4 March 2024\n---\nWe meet  soon.\n")
	b := New(bulletin.Layouts)
	mustBuild(t, b, at(dir, "public", epoch))
	for _, p := range b.entries {
		if p.entry.Body.Prose != nil {
			t.Fatal("a build keeps prose")
		}
	}
	_, checked, err := b.Check(context.Background(), at(dir, "public", epoch), nil)
	if err != nil {
		t.Fatal(err)
	}
	found := false
	for _, p := range checked.Problems {
		found = found || p.Rule == "double-spaces" && p.File == "content/articles/told.md"
	}
	if !found {
		t.Errorf("the problems are %v", checked.Problems)
	}
}

func BenchmarkCheck(b *testing.B) {
	dir := b.TempDir()
	generate(b, dir, 2000)
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := New(bulletin.Layouts).Check(context.Background(), at(dir, "public", epoch), nil); err != nil {
			b.Fatal(err)
		}
	}
}
