package e2e

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestTheProbesNoticeFaults(t *testing.T) {
	tab := newTab(t)
	source := axe(t)
	server := httptest.NewServer(http.FileServer(http.Dir("testdata")))
	defer server.Close()
	seen, err := tab.see(server.URL+"/", "faulty.html")
	if err != nil {
		t.Fatal(err)
	}
	for what, err := range map[string]error{
		"a page that is too wide":      sideways(seen.narrow, narrow),
		"a target that is too small":   problems(seen.wide.Small),
		"a request to another host":    elsewhere(seen, server.URL+"/"),
		"a picture that does not come": problems(seen.console),
	} {
		if err == nil {
			t.Errorf("%s is not noticed", what)
		}
	}
	if seen.with.Text == seen.without.Text {
		t.Error("text that only a script adds is not noticed")
	}
	if len(seen.with.Headings) != 2 {
		t.Errorf("of two main headings, %d are noticed", len(seen.with.Headings))
	}
	if seen.first.Skip || seen.first.Fault == "" {
		t.Errorf("a first stop that is no skip link and shows no focus is not noticed: %+v", seen.first)
	}
	if heavy(weight{}) == nil || heavy(weight{Bytes: pageBudget + 1, Styles: 1, Scripts: 1, Sheets: 1}) == nil {
		t.Error("a page that was not weighed, or is too heavy, is not noticed")
	}
	if err := tab.visit(server.URL + "/jumping.html"); err != nil {
		t.Fatal(err)
	}
	if err := tab.eventually(probe("weight") + ".then((weight) => weight.shift > 0)"); err != nil {
		t.Errorf("text that jumps is not noticed: %v", err)
	}
	if err := tab.visit(server.URL + "/faulty.html"); err != nil {
		t.Fatal(err)
	}
	err = tab.audit(source, func(a audit) error {
		if len(a.Violations) == 0 {
			return errors.New("axe-core finds nothing wrong")
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

func TestTheCrawlerNoticesFaults(t *testing.T) {
	s := &site{name: "faulty", under: "/under/", dir: t.TempDir()}
	for name, text := range map[string]string{
		"index.html":  `<a href="a.html#here">a</a> <a href="a.html#nowhere">b</a> <a href="gone.html">c</a> <a href="moved.html">d</a> <a href="/a.html">e</a>`,
		"a.html":      `<p id="here" style="color: red">Here</p><p id="here">And here</p><a href="javascript:alert()">f</a>`,
		"orphan.html": `<a href="orphan.html">g</a>`,
		"moved.html":  `<meta http-equiv="refresh" content="0; url=a.html">`,
	} {
		if err := os.WriteFile(filepath.Join(s.dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	s.serve()
	if err := s.list(); err != nil {
		t.Fatal(err)
	}
	c := crawl(t, s)
	slices.Sort(c.problems)
	want := []string{
		"/: <a> /a.html: leads out of /under/",
		"/: <a> a.html#nowhere: no such place in the page",
		"/: <a> gone.html: status 404",
		"/: <a> moved.html: leads to a page that has moved",
		"/a.html: <a> javascript:alert(): no address that a reader can follow",
	}
	if !slices.Equal(c.problems, want) {
		t.Errorf("got %q\nwant %q", c.problems, want)
	}
	if c.reached["orphan.html"] || !c.reached["a.html"] {
		t.Error("an orphan is not told from a page that is linked to")
	}
	if faults := c.read["a.html"].faults; len(faults) != 2 {
		t.Errorf("the faults of a page are %q", faults)
	}
}
