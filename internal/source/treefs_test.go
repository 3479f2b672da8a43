package source

import (
	"testing"
	"testing/fstest"
)

func TestATreeIsAFileSystem(t *testing.T) {
	below := fstest.MapFS{"l/base.html": {Data: []byte("base")}, "l/partials/card.html": {Data: []byte("card")}}
	above := fstest.MapFS{"l/base.html": {Data: []byte("mine")}, "l/assets/a/b.css": {Data: []byte("")}}
	read := func(m fstest.MapFS) *Tree {
		tree, problems, err := Read(m, Options{Dir: "l", Keep: Everything})
		if err != nil || len(problems) > 0 {
			t.Fatal(problems, err)
		}
		return tree
	}
	got := Overlay(read(below), read(above)).FS()
	if err := fstest.TestFS(got, "base.html", "partials/card.html", "assets/a/b.css"); err != nil {
		t.Error(err)
	}
	data, err := got.Open("base.html")
	if err != nil {
		t.Fatal(err)
	}
	defer data.Close()
	var text [4]byte
	if _, err := data.Read(text[:]); err != nil || string(text[:]) != "mine" {
		t.Errorf("base.html is %q, %v", text, err)
	}
}
