package e2e

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
)

// pictures is what is seen of the pictures of a page.
type pictures struct {
	Count    int      `json:"count"`
	Offered  int      `json:"offered"`
	Unsized  []string `json:"unsized"`
	Wasteful []string `json:"wasteful"`
	Shift    float64  `json:"shift"`
}

// faults gives what no page may do with its pictures.
func (p pictures) faults() error {
	var moved error
	if p.Shift > 0 {
		moved = fmt.Errorf("things moved by %v while it loaded", p.Shift)
	}
	return errors.Join(problems(p.Unsized), problems(p.Wasteful), moved)
}

// pictured are pages with pictures at the top, in the text and in a gallery.
var pictured = []string{"", "articles/2025/locality-working-conference/", "newsletters/2025-09/", "about/", "guide/markdown/"}

func TestPicturesComeInASizeThatFitsAndMoveNothing(t *testing.T) {
	tab := newTab(t)
	spring.open(t)
	offered := 0
	for _, width := range []int64{narrow, wide} {
		if err := tab.do(view(width, "light")); err != nil {
			t.Fatal(err)
		}
		for _, address := range pictured {
			if err := tab.visit(spring.base + address); err != nil {
				t.Fatal(err)
			}
			seen, err := evaluate[pictures](tab, probe("pictures"))
			if err != nil {
				t.Fatal(err)
			}
			if seen.Count == 0 {
				t.Errorf("/%s has no pictures", address)
			}
			offered += seen.Offered
			if err := seen.faults(); err != nil {
				t.Errorf("/%s at %d pixels: %v", address, width, err)
			}
		}
	}
	if offered == 0 {
		t.Error("no picture is offered in several sizes")
	}
}

func TestTheProbeOfPicturesNoticesFaults(t *testing.T) {
	tab := newTab(t)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, `<!doctype html><title>Faults</title><img src="x-2000w.png" srcset="x-2000w.png 2000w" sizes="100vw" alt="" style="width: 100px; height: 10px">`)
	}))
	defer server.Close()
	if err := tab.visit(server.URL); err != nil {
		t.Fatal(err)
	}
	seen, err := evaluate[pictures](tab, probe("pictures"))
	if err != nil {
		t.Fatal(err)
	}
	if len(seen.Unsized) != 1 || len(seen.Wasteful) != 1 {
		t.Errorf("got %+v", seen)
	}
}
