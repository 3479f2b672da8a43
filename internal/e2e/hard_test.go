package e2e

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// hard is a site of few pages, in which everything is as a layout would not
// like to have it: a word that is wider than a phone, a long name, a yellow
// brand colour, and next to nothing on the home page.
var hard = map[string]string{
	"content/site.yaml": "title: The Partnership for Children and Young People of Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch\n" +
		"url: https://example.org\ncolour: \"#ffdd00\"\n",
	"content/articles/long.md": "---\ntitle: Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft\n" +
		"summary: Methionylthreonylthreonylglutaminylarginyltyrosylglutamylserine is a long word.\ndate: 1 September 2025\n" +
		"places: [Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch]\n---\n\nIts address is https://example.org/" +
		"a-very-long-address-without-any-space-in-it-that-goes-on-and-on-and-on-beyond-the-end-of-every-line.\n",
	"content/events/long.md": "---\ntitle: Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch\nsummary: A day.\nstart: 1 November 2025 10am\n" +
		"venue: Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch\nregister: {url: https://example.org/book, by: 20 October 2025}\n" +
		"programme: [{time: 10am, title: Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch}]\n---\n\nText.\n",
}

// hardPages are those that are looked at.
var hardPages = []string{"", "articles/long/", "articles/", "events/long/", "events/", "subscribe/", "404.html"}

func TestLongWordsAPaleColourAndAnEmptySiteBreakNothing(t *testing.T) {
	needBrowser(t)
	source := axe(t)
	root := t.TempDir()
	for name, text := range hard {
		file := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	s := &site{name: "hard", under: "/", dir: filepath.Join(root, "public")}
	s.serve()
	build := exec.Command(program, "build", "--source", root, "--output", s.dir, "--now", autumn.now, "--base-url", s.base)
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("building the site: %v\n%s", err, out)
	}
	if err := s.readHeaders(); err != nil {
		t.Fatal(err)
	}
	tab := newTab(t)
	for _, address := range hardPages {
		if err := tab.do(tab.clock(autumn.now)); err != nil {
			t.Fatal(err)
		}
		if err := tab.visit(s.base + address); err != nil {
			t.Fatal(err)
		}
		var faults []error
		for _, width := range []int64{wide, narrow} {
			if err := tab.do(view(width, "light")); err != nil {
				t.Fatal(err)
			}
			l, err := evaluate[layout](tab, probe("layout"))
			faults = append(faults, err, sideways(l, int(width)))
		}
		faults = append(faults, tab.audit(source, func(a audit) error { return list(a.Violations...) }))
		if err := errors.Join(faults...); err != nil {
			t.Errorf("/%s: %v", address, err)
		}
	}
}
