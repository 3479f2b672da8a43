package feed

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// outlinesOf reads a list of feeds back.
func outlinesOf(n *node) []Outline {
	var out []Outline
	for _, o := range n.all("outline") {
		out = append(out, Outline{
			Title: o.attrs["text"], Description: o.attrs["description"], Feed: o.attrs["xmlUrl"],
			Home: o.attrs["htmlUrl"], Language: o.attrs["language"], Outlines: outlinesOf(o),
		})
	}
	return out
}

func TestOPMLReadsBackAsItsOutlines(t *testing.T) {
	doc := renderOPML(t, "Feeds", sampleOutlines())
	root, err := parseXML(doc)
	if err != nil {
		t.Fatal(err)
	}
	if root.name != "opml" || root.attrs["version"] != "2.0" || root.all("head")[0].value("title") != "Feeds" {
		t.Errorf("not OPML 2.0 with a title:\n%s", doc)
	}
	if diff := cmp.Diff(sampleOutlines(), outlinesOf(root.all("body")[0])); diff != "" {
		t.Errorf("outlines differ (-want +got):\n%s", diff)
	}
}

func TestOPMLMarksFeedsAndOnlyFeedsForSubscribing(t *testing.T) {
	root, err := parseXML(renderOPML(t, "Feeds", sampleOutlines()))
	if err != nil {
		t.Fatal(err)
	}
	body := root.all("body")[0]
	if got := body.children[0].attrs["type"]; got != "rss" {
		t.Errorf("a feed has type %q, want rss", got)
	}
	if got, given := body.children[1].attrs["type"]; given {
		t.Errorf("a group has type %q, want none", got)
	}
}

func TestOPMLWithoutFeedsStillHasHeadAndBody(t *testing.T) {
	root, err := parseXML(renderOPML(t, "Feeds", nil))
	if err != nil {
		t.Fatal(err)
	}
	if len(root.all("head")) != 1 || len(root.all("body")) != 1 {
		t.Error("no head or no body")
	}
}
