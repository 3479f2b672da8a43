package image

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"bulletin/internal/config"
	"bulletin/internal/content"
	"bulletin/internal/diag"
	"bulletin/internal/output"
	"bulletin/internal/site"
)

// pictured gives a site whose only article shows the given pictures.
func pictured(t testing.TB, settings string, pictures map[string][]byte) *site.Site {
	t.Helper()
	if settings == "" {
		settings = "title: Site\nurl: https://example.org\n"
	}
	c, problems := config.Read(map[string][]byte{config.File: []byte(settings)})
	text := "---\ntitle: A\nsummary: S\ndate: 2025-01-01\n---\n"
	in := site.Input{Config: c, Now: time.Date(2025, 9, 1, 0, 0, 0, 0, time.UTC)}
	for name, data := range pictures {
		text += "![Picture](" + name + ")\n"
		in.Attachments = append(in.Attachments, content.Attach("content/articles/"+name, int64(len(data)), sha256.Sum256(data), opener(data)))
	}
	e, more := content.Parse(c, nil, "content/articles/a.md", []byte(text))
	in.Entries = append(in.Entries, e)
	s, last := site.Assemble(in)
	for _, p := range append(append(problems, more...), last...) {
		t.Error(p)
	}
	return s
}

func opener(data []byte) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil }
}

// makerOf gives a Maker that finds the pictures of a site, and counts how
// often it opens one.
func makerOf(pictures map[string][]byte, opened *atomic.Int64) *Maker {
	return New(func(f *site.File) (io.ReadCloser, error) {
		opened.Add(1)
		return opener(pictures[filepath.Base(f.File)])()
	})
}

// commit makes jobs into a folder, and gives the problems.
func commit(t testing.TB, dir string, jobs []output.Job) diag.List {
	t.Helper()
	tree, err := output.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	plan, problems, err := tree.Plan(jobs)
	if err != nil || len(problems) > 0 {
		t.Fatal(problems, err)
	}
	_, problems, err = plan.Commit(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return problems
}

// waves draws what a photograph might show.
func waves(width, height int) *image.RGBA {
	i := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			i.SetRGBA(x, y, color.RGBA{uint8(x * y), uint8(x*x/7 + y), uint8(y*y/5 - x), 255})
		}
	}
	return i
}

func asJPEG(t testing.TB, i image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, i, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asPNG(t testing.TB, i image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, i); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestAPictureIsDecodedOnceForAllItsCopiesAndNotAtAllForTheNextBuild(t *testing.T) {
	pictures := map[string][]byte{"a.jpg": asJPEG(t, waves(2100, 300)), "b.png": asPNG(t, waves(900, 300))}
	s, dir := pictured(t, "", pictures), t.TempDir()
	var opened atomic.Int64
	if problems := commit(t, dir, makerOf(pictures, &opened).Jobs(s)); len(problems) > 0 {
		t.Fatal(problems)
	}
	if int(opened.Load()) != len(pictures) {
		t.Errorf("%d files were opened for %d pictures", opened.Load(), len(pictures))
	}
	for _, f := range s.Files {
		for _, size := range f.Sizes {
			data, err := os.ReadFile(filepath.Join(dir, size.Path))
			if err != nil {
				t.Fatal(err)
			}
			c, _, err := image.DecodeConfig(bytes.NewReader(data))
			if err != nil || c.Width != size.Width || c.Height != size.Height {
				t.Errorf("%s has %d × %d pixels, planned were %d × %d (%v)", size.Path, c.Width, c.Height, size.Width, size.Height, err)
			}
		}
	}
	opened.Store(0)
	commit(t, dir, makerOf(pictures, &opened).Jobs(s))
	if opened.Load() != 0 {
		t.Errorf("with nothing changed, %d files were opened", opened.Load())
	}
}

func TestCopiesHaveTheSameBytesEverywhere(t *testing.T) {
	pictures := map[string][]byte{"a.jpg": asJPEG(t, waves(1000, 700))}
	s := pictured(t, "", pictures)
	var opened atomic.Int64
	maker := makerOf(pictures, &opened)
	h := sha256.New()
	for _, size := range s.Files[0].Sizes {
		r, err := maker.Open(s.Files[0], size)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(h, r); err != nil {
			t.Fatal(err)
		}
	}
	// The sum changes with the encoder of Go's library, or with version.
	const want = "2068b1c638d5cef6"
	if got := hex.EncodeToString(h.Sum(nil)[:8]); got != want {
		t.Errorf("the copies have the sum %s, want %s", got, want)
	}
}

func TestADamagedPictureIsAProblemWhereItIsShown(t *testing.T) {
	whole := asJPEG(t, waves(600, 400))
	pictures := map[string][]byte{"cut.jpg": whole[:len(whole)/2]}
	s := pictured(t, "", pictures)
	var opened atomic.Int64
	problems := commit(t, t.TempDir(), makerOf(pictures, &opened).Jobs(s))
	if len(problems) == 0 {
		t.Fatal("half a picture was published")
	}
	if p := problems[0]; p.Rule != "picture-broken" || p.Pos.String() != "content/articles/a.md:6:1" {
		t.Errorf("got %v", p)
	}
}

func TestAPictureThatChangedDuringTheBuildIsAProblem(t *testing.T) {
	pictures := map[string][]byte{"a.png": asPNG(t, waves(10, 10))}
	s := pictured(t, "", pictures)
	maker := New(func(*site.File) (io.ReadCloser, error) { return nil, os.ErrNotExist })
	_, err := maker.Open(s.Files[0], s.Files[0].Sizes[0])
	var p diag.Problem
	if !errors.As(err, &p) || p.Rule != "attachment-changed" {
		t.Errorf("got %v", err)
	}
}

func TestNoMorePixelsAreInMemoryThanThereIsRoomFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := memory{free: 100}
		m.take(60)
		m.take(40)
		var order []int
		for _, pixels := range []int{100, 50} {
			go func() {
				m.take(pixels)
				order = append(order, pixels)
				time.Sleep(time.Second)
				m.give(pixels)
			}()
			synctest.Wait()
		}
		if len(order) > 0 {
			t.Fatal("there was no room")
		}
		m.give(40)
		synctest.Wait()
		if len(order) > 0 {
			t.Fatal("there was room for 40 pixels only")
		}
		m.give(60)
		time.Sleep(10 * time.Second)
		synctest.Wait()
		if len(order) != 2 {
			t.Errorf("not all got room: %v", order)
		}
	})
}

func BenchmarkCopiesOfTwelveMegapixels(b *testing.B) {
	pictures := map[string][]byte{"a.jpg": asJPEG(b, waves(4000, 3000))}
	s := pictured(b, "", pictures)
	b.ReportAllocs()
	for b.Loop() {
		var opened atomic.Int64
		if _, err := makerOf(pictures, &opened).render(s.Files[0], s.Files[0].Sizes); err != nil {
			b.Fatal(err)
		}
	}
}
