package email

import (
	"bytes"
	"crypto/sha256"
	"flag"
	"image"
	"image/color"
	"image/png"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"bulletin/internal/config"
	"bulletin/internal/content"
	"bulletin/internal/diag"
	"bulletin/internal/markdown"
	"bulletin/internal/output"
	"bulletin/internal/page"
	"bulletin/internal/site"
	"bulletin/internal/theme"
)

var update = flag.Bool("update", false, "write the golden files anew")

// issueDir is the folder of the sample's issue in the output.
const issueDir = "newsletters/2025-09/"

// sampleFiles gives the files of the sample site, pictures included.
func sampleFiles(t testing.TB) map[string][]byte {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/sample.txtar")
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, f := range archive.Files {
		files[f.Name] = f.Data
	}
	for name, size := range map[string]image.Point{"logo": {120, 120}, "portrait": {400, 400}, "wide": {1200, 700}} {
		files["content/images/"+name+".png"] = picturePNG(t, size)
	}
	return files
}

func picturePNG(t testing.TB, size image.Point) []byte {
	t.Helper()
	img := image.NewPaletted(image.Rectangle{Max: size}, color.Palette{color.RGBA{0x2a, 0x6f, 0x77, 0xff}, color.White})
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// assemble makes the site of some files at an instant.
func assemble(t testing.TB, files map[string][]byte, now time.Time) (*site.Site, diag.List) {
	t.Helper()
	c, problems := config.Read(map[string][]byte{
		config.File: files[config.File], "content/registers/glossary.yaml": files["content/registers/glossary.yaml"]})
	in := site.Input{Config: c, Now: now}
	for name, data := range files {
		switch {
		case strings.HasSuffix(name, ".yaml"):
		case content.IsEntry(name):
			e, more := content.Parse(c, markdown.NewGlossary(c.Glossary), name, data)
			problems.Add(more...)
			in.Entries = append(in.Entries, e)
		default:
			in.Attachments = append(in.Attachments, content.Attach(name, int64(len(data)), sha256.Sum256(data), func() (io.ReadCloser, error) {
				return io.NopCloser(bytes.NewReader(data)), nil
			}))
		}
	}
	if problems.HasErrors() {
		t.Fatal(problems)
	}
	s, problems := site.Assemble(in)
	if problems.HasErrors() {
		t.Fatal(problems)
	}
	return s, problems
}

// builtin is the built-in theme with some layouts replaced.
func builtin(t testing.TB, own map[string]string) *theme.Theme {
	t.Helper()
	layouts := fstest.MapFS{}
	files := os.DirFS("../../layouts")
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(files, name)
		layouts[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range own {
		layouts[name] = &fstest.MapFile{Data: []byte(text)}
	}
	views := page.Views()
	maps.Copy(views, Views())
	th, problems := theme.Load(layouts, views)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return th
}

// sampleNow is long after the issue of the sample.
var sampleNow = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// emails makes the files of all issues.
func emails(t testing.TB, files map[string][]byte, now time.Time, own map[string]string) (map[string]string, diag.List) {
	t.Helper()
	s, _ := assemble(t, files, now)
	jobs, problems := Jobs(s, builtin(t, own), func(f *site.File, _ site.Size) (io.ReadCloser, error) {
		return io.NopCloser(bytes.NewReader(files[f.File])), nil
	})
	made, more := write(t, jobs)
	problems.Add(more...)
	return made, problems
}

// write makes jobs.
func write(t testing.TB, jobs []output.Job) (map[string]string, diag.List) {
	t.Helper()
	dir := t.TempDir()
	tree, err := output.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	plan, problems, err := tree.Plan(jobs)
	if err != nil {
		t.Fatal(err)
	}
	_, more, err := plan.Commit(t.Context(), nil)
	problems.Add(more...)
	if err != nil {
		t.Fatal(err)
	}
	made := map[string]string{}
	for _, job := range jobs {
		if data, err := os.ReadFile(path.Join(dir, job.Path())); err == nil {
			made[job.Path()] = string(data)
		}
	}
	return made, problems
}

// sample makes the sample's issue.
func sample(t testing.TB) map[string]string {
	t.Helper()
	made, problems := emails(t, sampleFiles(t), sampleNow, nil)
	if problems.HasErrors() {
		t.Fatal(problems)
	}
	return made
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := "testdata/" + name
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s (want, got):\n%s", name, diff)
	}
}
