package main

import (
	"encoding/json"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"

	"golang.org/x/tools/txtar"
)

// hostileTexts reads the texts of testdata/hostile/payloads.txt; in short runs
// every fourth.
func hostileTexts(t *testing.T) []string {
	t.Helper()
	data, err := os.ReadFile("testdata/hostile/payloads.txt")
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for line := range strings.Lines(string(data)) {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		text, err := strconv.Unquote(line)
		if err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		texts = append(texts, text)
	}
	if testing.Short() {
		texts = slices.Collect(everyFourth(texts))
	}
	return texts
}

func everyFourth(texts []string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for i := 0; i < len(texts) && yield(texts[i]); i += 4 {
		}
	}
}

// hostileSite gives the files of a site in whose every field each of the texts
// stands once; settings begin with text number first.
func hostileSite(t *testing.T, texts []string, first int) map[string]string {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/hostile/site.txtar")
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{"content/logo.png": pixel, "content/paper.pdf": "%PDF-1.4\n"}
	for _, f := range archive.Files {
		if !strings.Contains(f.Name, "#") {
			files[f.Name] = fillOnce(string(f.Data), texts, first)
			continue
		}
		for i := range texts {
			files[strings.ReplaceAll(f.Name, "#", strconv.Itoa(i))] = fillPlaces(string(f.Data), texts, i)
		}
	}
	return files
}

// fillOnce fills a file that is there once: its repeated lines for each text.
func fillOnce(template string, texts []string, first int) string {
	var b strings.Builder
	for line := range strings.Lines(template) {
		each, repeated := strings.CutPrefix(line, "«each»")
		if !repeated {
			b.WriteString(fillPlaces(line, texts, first))
			first += 7 // so that the lines differ
			continue
		}
		for i := range texts {
			b.WriteString(fillPlaces(each, texts, i))
		}
	}
	return b.String()
}

var place = regexp.MustCompile(`«(\w)»`)

// fillPlaces fills copy number i of a file: its first place with text number i,
// the others with those that follow.
func fillPlaces(template string, texts []string, i int) string {
	next := i
	return place.ReplaceAllStringFunc(template, func(found string) string {
		switch found {
		case "«i»":
			return strconv.Itoa(i)
		case "«d»":
			return time.Date(2025, 9, 1, 8, i, 0, 0, time.UTC).Format("2006-01-02 15:04")
		}
		text := texts[next%len(texts)]
		switch next++; found {
		case "«n»":
			return inYAML(fmt.Sprintf("%s p%d", text, (next-1)%len(texts)))
		case "«f»":
			return inYAML(`"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text) + `" <update@example.org>`)
		case "«q»":
			return inYAML(inMarkdown(text))
		case "«e»":
			return inMarkdown(text)
		case "«c»":
			return onOneLine(text)
		}
		return inYAML(text)
	})
}

// inYAML writes a text as a quoted one of YAML, which takes all that JSON does.
func inYAML(text string) string {
	data, err := json.Marshal(text)
	if err != nil {
		panic(err) // every text can be written
	}
	return string(data)
}

// inMarkdown writes a text so that Markdown shows it as it is.
func inMarkdown(text string) string {
	var b strings.Builder
	for _, r := range onOneLine(text) {
		if r < unicode.MaxASCII && (unicode.IsPunct(r) || unicode.IsSymbol(r)) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// onOneLine gives a text without control characters and line ends.
func onOneLine(text string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, text))
}

// pixel is a picture of one pixel.
const pixel = "GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x00\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"

// putFiles writes files below a folder.
func putFiles(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
