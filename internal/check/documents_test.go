package check_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// documents are real updates of public bodies, kept beside the checkout and not
// in it. Each rule and line must be reported when the document is pasted as it
// is, as the body of an article of 4 September 2024.
var documents = filepath.Join("..", "..", "..", "shared", "seeds")

// faults are what is known to be wrong in the documents: a part of the line, and
// the rule that finds it.
var faults = []struct{ document, line, rule string }{
	{"3.18 The Alliance is accountable", "3.18 The Alliance is accountable", "paragraph-number-repeated"},
	{"3.18 The Alliance is accountable", "- 3.12 As a partnership we agreed", "lost-figure"},
	{"3.18 The Alliance is accountable", "the right issues/topics in the right place:", "dangling-colon"},
	{"3.18 The Alliance is accountable", "Role within the Education eco-system", "lost-figure"},
	{"3.18 The Alliance is accountable", "on 7th October where they relaunched", "yearless-date"},
	{"Svg patterns", "Svg patterns", "pasted-residue"},
	{"top of page", "top of page", "pasted-residue"},
	{"top of page", "ree", "pasted-residue"},
	{"top of page", "bottom of page", "pasted-residue"},
	{"top of page", "focus on MACPTs", "unexplained-acronym"},
	{"top of page", "27th November", "yearless-date"},
	{"A further report will follow", "A further report will follow", "unrecorded-promise"},
	{"A further report will follow", "To access copies of the Pilot", "vague-link"},
	{"top of page", "留言", "unmarked-language"},
	{"pathways for the next generation. “", "pathways for the next generation. “", "unbalanced-quotes"},
}

func TestKnownFaultsOfRealDocumentsAreFound(t *testing.T) {
	texts := readDocuments(t)
	for _, fault := range faults {
		found, pasted := false, false
		for _, text := range texts {
			if !strings.Contains(text, fault.document) {
				continue
			}
			pasted = true
			lines := strings.Split(pasteInto(text), "\n")
			r := look(t, map[string]string{"content/site.yaml": settings, "content/articles/a.md": pasteInto(text)}, nil)
			for _, p := range of(r, fault.rule) {
				found = found || strings.Contains(lines[p.Line-1], fault.line)
			}
		}
		if !pasted || !found {
			t.Errorf("%s does not find %q (the document is there: %t)", fault.rule, fault.line, pasted)
		}
	}
}

// TestAnEventWithoutBookingIsFound writes the event of a real listing, which
// says neither how to book nor that nobody need, as a file of its own.
func TestAnEventWithoutBookingIsFound(t *testing.T) {
	const listing = "Regional Safeguarding Conference"
	for _, text := range readDocuments(t) {
		if _, after, ok := strings.Cut(text, listing); ok {
			_, body, _ := strings.Cut(after, "\n")
			event := "---\ntitle: " + listing + "\nsummary: What it is about.\nstart: 27 November 2025\nvenue: Worcestershire County Cricket Club\n---\n" + body
			if r := look(t, map[string]string{"content/site.yaml": settings, "content/events/a.md": event}, nil); len(of(r, "no-booking")) == 0 {
				t.Errorf("the problems are %v", r.Problems)
			}
			return
		}
	}
	t.Error("the listing is not among the documents")
}

func pasteInto(text string) string {
	return "---\ntitle: A title\nsummary: What it says.\ndate: 4 September 2024\n---\n" + text
}

func readDocuments(t *testing.T) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(documents, "*.txt"))
	if err != nil {
		t.Fatal(err)
	}
	if len(names) == 0 {
		t.Skipf("there are no documents in %s", documents)
	}
	var texts []string
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, string(data))
	}
	return texts
}
