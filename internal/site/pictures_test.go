package site

import (
	"slices"
	"strings"
	"testing"

	"bulletin/internal/config"
	"bulletin/internal/content"
)

// shownIn makes the site of an article with each of some texts, of which those
// named "later" are not published yet, and of some pictures.
func shownIn(t *testing.T, texts map[string]string, pictures map[string]content.Picture) *Site {
	t.Helper()
	c, _ := config.Read(map[string][]byte{config.File: []byte("title: Site\nurl: https://site.example\n")})
	in := Input{Config: c, Now: noon}
	for name, text := range texts {
		day := "09-01"
		if name == "later" {
			day = "12-01"
		}
		e, _ := content.Parse(c, nil, "content/articles/"+name+".md", []byte(articleOf("Title "+name, day, "", text)))
		in.Entries = append(in.Entries, e)
	}
	for name, p := range pictures {
		in.Attachments = append(in.Attachments, &content.Attachment{File: "content/" + name, Picture: &p})
	}
	s, problems := Assemble(in)
	if problems.HasErrors() {
		t.Fatal(problems)
	}
	return s
}

func paths(s *Site) []string {
	var list []string
	for _, f := range s.Files {
		for _, size := range f.Sizes {
			list = append(list, size.Path)
		}
	}
	slices.Sort(list)
	return list
}

func TestPicturesHaveTheSizesThatAreSmaller(t *testing.T) {
	for name, test := range map[string]struct {
		file    string
		picture content.Picture
		want    string
	}{
		"a large photograph":        {"Photo.JPG", content.Picture{Format: content.JPEG, Width: 4000, Height: 3000, Photo: true}, "Photo-1200w.jpg Photo-1600w.jpg Photo-400w.jpg Photo-800w.jpg Photo.JPG"},
		"one that is small already": {"a.jpg", content.Picture{Format: content.JPEG, Width: 400, Height: 3000, Photo: true}, "a.jpg"},
		"a drawing":                 {"a.png", content.Picture{Format: content.PNG, Width: 900, Height: 10}, "a-400w.png a-800w.png a.png"},
		"a photograph as PNG":       {"a.png", content.Picture{Format: content.PNG, Width: 900, Height: 10, Photo: true}, "a-400w.jpg a-800w.jpg a.png"},
		"a GIF":                     {"a.gif", content.Picture{Format: content.GIF, Width: 500, Height: 10}, "a-400w.png a.gif"},
		"WebP of a photograph":      {"a.webp", content.Picture{Format: content.WebP, Width: 500, Height: 10, Photo: true}, "a-400w.jpg a.jpg"},
		"WebP of a drawing":         {"a.webp", content.Picture{Format: content.WebP, Width: 500, Height: 10}, "a-400w.png a.png"},
		"SVG":                       {"a.svg", content.Picture{Format: content.SVG, Width: 5000, Height: 10}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			s := shownIn(t, map[string]string{"a": "![A](/" + test.file + ")"}, map[string]content.Picture{test.file: test.picture})
			if got := strings.Join(paths(s), " "); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
			for _, size := range s.Files[0].Sizes {
				if size.Width > test.picture.Width || size.Height > test.picture.Height || size.Height < 1 {
					t.Errorf("got %+v of %+v", size, test.picture)
				}
			}
		})
	}
}

func TestCopiesForPagesAreOfPicturesThatAPageShows(t *testing.T) {
	big := content.Picture{Format: content.JPEG, Width: 1000, Height: 500, Photo: true}
	pictures := map[string]content.Picture{"linked.jpg": big, "shown.jpg": big, "hidden.jpg": big, "both.jpg": big, "free.jpg": big}
	s := shownIn(t, map[string]string{
		"now":   "[L](/linked.jpg) ![S](/shown.jpg) ![B](/both.jpg)",
		"later": "![L](/linked.jpg) ![H](/hidden.jpg) ![B](/both.jpg)",
	}, pictures)
	want := []string{"both-400w.jpg", "both-800w.jpg", "both.jpg", "free.jpg", "linked.jpg", "shown-400w.jpg", "shown-800w.jpg", "shown.jpg"}
	if got := paths(s); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestASizeIsChosenByTheRoomForIt(t *testing.T) {
	s := shownIn(t, map[string]string{"a": "![A](/ŵ,.jpg)"}, map[string]content.Picture{"ŵ,.jpg": {Format: content.JPEG, Width: 3000, Height: 1500, Photo: true}})
	f := s.Files[0]
	for room, want := range map[int]int{1: 400, 400: 400, 401: 800, 1072: 1200, 1700: 2000, 5000: 2000} {
		if got := f.Fitting(room).Width; got != want {
			t.Errorf("for %d pixels: %d, want %d", room, got, want)
		}
	}
	if got, want := f.SrcSet(s.Path), "/%C5%B5%2C-400w.jpg 400w, /%C5%B5%2C-800w.jpg 800w, "; !strings.HasPrefix(got, want) {
		t.Errorf("got %s, want %s...", got, want)
	}
	if got := f.Details(); got != "JPEG, 2000 × 1000 pixels" {
		t.Errorf("readers are told %q", got)
	}
}
