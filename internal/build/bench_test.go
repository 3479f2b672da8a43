package build

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"bulletin"
)

// BenchmarkCold builds a generated site into a new folder, by a program that
// has just started.
func BenchmarkCold(b *testing.B) {
	for _, n := range sizes(b) {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			dir := b.TempDir()
			generate(b, dir, n)
			b.ReportAllocs()
			for b.Loop() {
				b.StopTimer()
				if err := os.RemoveAll(filepath.Join(dir, "public")); err != nil {
					b.Fatal(err)
				}
				b.StartTimer()
				mustBuild(b, New(bulletin.Layouts), at(dir, "public", epoch))
			}
		})
	}
}

// BenchmarkUnchanged builds again with nothing changed, by a program that has
// just started.
func BenchmarkUnchanged(b *testing.B) {
	for _, n := range sizes(b) {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			dir := b.TempDir()
			generate(b, dir, n)
			o := recalling(dir, "public", epoch)
			mustBuild(b, New(bulletin.Layouts), o)
			time.Sleep(3 * time.Second) // files at rest are not read again
			mustBuild(b, New(bulletin.Layouts), o)
			b.ReportAllocs()
			for b.Loop() {
				mustBuild(b, New(bulletin.Layouts), o)
			}
		})
	}
}

// BenchmarkOneEdit changes the text of one article and builds again, by a
// program that keeps running, as watch does.
func BenchmarkOneEdit(b *testing.B) {
	for _, n := range sizes(b) {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			dir := b.TempDir()
			generate(b, dir, n)
			builder := New(bulletin.Layouts)
			mustBuild(b, builder, at(dir, "public", epoch))
			file := filepath.Join(dir, "content/articles/2015/article-00000.md")
			text, err := os.ReadFile(file)
			if err != nil {
				b.Fatal(err)
			}
			time.Sleep(3 * time.Second) // files at rest are not read again
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				i++
				if err := os.WriteFile(file, fmt.Appendf(text, "\nEdit %d.\n", i), 0o644); err != nil {
					b.Fatal(err)
				}
				if r := mustBuild(b, builder, at(dir, "public", epoch)); r.Result.Written == 0 {
					b.Fatal("the edit was not noticed")
				}
			}
		})
	}
}

// BenchmarkOneEditAnew changes the text of one article, or its title, and builds
// again, by a program that has just started.
func BenchmarkOneEditAnew(b *testing.B) {
	for _, n := range sizes(b) {
		dir := b.TempDir()
		generate(b, dir, n)
		o := recalling(dir, "public", epoch)
		mustBuild(b, New(bulletin.Layouts), o)
		time.Sleep(3 * time.Second) // files at rest are not read again
		mustBuild(b, New(bulletin.Layouts), o)
		file := filepath.Join(dir, "content/articles/2015/article-00000.md")
		text, err := os.ReadFile(file)
		if err != nil {
			b.Fatal(err)
		}
		for name, edit := range map[string]func(i int) []byte{
			"text": func(i int) []byte { return fmt.Appendf(text, "\nEdit %d.\n", i) },
			"title": func(i int) []byte {
				return bytes.Replace(text, []byte("title: \""), fmt.Appendf(nil, "title: \"%d ", i), 1)
			},
		} {
			b.Run(fmt.Sprint(n, "/", name), func(b *testing.B) {
				b.ReportAllocs()
				i := 0
				for b.Loop() {
					i++
					if err := os.WriteFile(file, edit(i), 0o644); err != nil {
						b.Fatal(err)
					}
					if r := mustBuild(b, New(bulletin.Layouts), o); r.Result.Written == 0 {
						b.Fatal("the edit was not noticed")
					}
				}
			})
		}
	}
}

// BenchmarkRetouch changes the text of one article and retouches the output, as
// watch does before it builds: the newest article, which many feeds have, and
// an old one.
func BenchmarkRetouch(b *testing.B) {
	for _, n := range sizes(b) {
		dir := b.TempDir()
		generate(b, dir, n)
		builder := New(bulletin.Layouts)
		mustBuild(b, builder, watched(dir, "public", epoch))
		articles := builder.last.site.Articles
		for name, e := range map[string]string{"newest": articles[0].File, "oldest": articles[len(articles)-1].File} {
			b.Run(fmt.Sprint(n, "/", name), func(b *testing.B) {
				file := filepath.Join(dir, filepath.FromSlash(e))
				text, err := os.ReadFile(file)
				if err != nil {
					b.Fatal(err)
				}
				b.ReportAllocs()
				i := 0
				for b.Loop() {
					i++
					if err := os.WriteFile(file, fmt.Appendf(text, "\nEdit %d.\n", i), 0o644); err != nil {
						b.Fatal(err)
					}
					if changed, ok := builder.Retouch(b.Context(), file); !ok || len(changed) == 0 {
						b.Fatal("the edit was not retouched")
					}
				}
			})
		}
	}
}
