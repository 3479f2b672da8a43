package build

import (
	"maps"
	"os"
	"path/filepath"
	"testing"
	"time"

	"bulletin"
)

// TestTheSiteChangesByItselfAtDueInstantsOnly builds at each due instant, just
// before it, and somewhere between: with none between, two builds are equal,
// and across one they differ.
func TestTheSiteChangesByItselfAtDueInstantsOnly(t *testing.T) {
	dir := t.TempDir()
	generate(t, dir, 40)
	write(t, dir, "content/events/drop-in.md", "---\ntitle: Drop-in\nsummary: Weekly.\nstart: 2025-08-05 10:00\nend: 11:00\nonline: Zoom\nrepeats: {every: week, until: 30 September 2025}\n---\nText\n")
	write(t, dir, "content/events/cancelled.md", "---\ntitle: Cancelled\nsummary: Not any more.\ndate: 2025-08-01\nstart: 2025-10-30 10:00\nvenue: Hall\nstatus: cancelled\nupdated: [{date: 2025-08-28, note: Cancelled}]\n---\nText\n")
	write(t, dir, "content/articles/2025/chance.md", "---\ntitle: Chance\nsummary: Apply.\ndate: 2025-09-03 09:00\nkind: opportunity\ncloses: 20 September 2025\nexpires: 1 October 2025\nupdated: [{date: 2025-09-10, note: Corrected}]\n---\nText\n")
	builder := New(bulletin.Layouts)
	built := func(now time.Time) map[string]string {
		t.Helper()
		if err := os.RemoveAll(filepath.Join(dir, "public")); err != nil {
			t.Fatal(err)
		}
		mustBuild(t, builder, at(dir, "public", now))
		return contents(t, filepath.Join(dir, "public"))
	}
	now := epoch
	files := built(now)
	crossed := 0
	for crossed < 14 {
		_, due, err := builder.Due(t.Context(), at(dir, "public", now))
		if err != nil {
			t.Fatal(err)
		}
		if len(due.Changes) == 0 {
			break
		}
		crossed++
		next := due.Changes[0].At
		before := built(next.Add(-time.Second))
		same(t, before, files)
		if t.Failed() {
			t.Fatalf("between %v and %v nothing was due, but the site changed", now, next)
		}
		now = next
		if files = built(now); maps.Equal(files, before) {
			t.Errorf("at %v %q (%s) nothing changed", next, due.Changes[0].Title, due.Changes[0].What)
		}
	}
	if crossed < 8 {
		t.Errorf("only %d instants were due", crossed)
	}
}
