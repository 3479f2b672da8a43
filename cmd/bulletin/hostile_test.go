package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// publishHostile builds a site with the command. It gives the files that were
// published, or those that the command found fault with.
func publishHostile(t *testing.T, dir string) (published map[string]string, refused []string) {
	t.Helper()
	command := exec.Command("bulletin", "build", "--source", dir, "--output", filepath.Join(dir, "public"), "--now", "2025-10-01T10:00:00+01:00", "--json")
	var stdout, stderr bytes.Buffer
	command.Stdout, command.Stderr = &stdout, &stderr
	err := command.Run()
	var report struct {
		Problems []struct{ File, Severity, Text, Rule string }
	}
	if jsonErr := json.Unmarshal(stdout.Bytes(), &report); jsonErr != nil {
		t.Fatalf("%v, %v: %s%s", err, jsonErr, stdout.Bytes(), stderr.Bytes())
	}
	if err != nil {
		for _, p := range report.Problems {
			if p.Severity == "error" && !slices.Contains(refused, p.File) {
				t.Logf("%s: %s [%s]", p.File, p.Text, p.Rule)
				refused = append(refused, p.File)
			}
		}
		return nil, refused
	}
	return readFiles(t, filepath.Join(dir, "public")), nil
}

// readFiles reads all files below a folder.
func readFiles(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	root := os.DirFS(dir)
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(root, name)
		files[name] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// TestNoTextRunsOrInjects writes each hostile text into every field that takes
// a text. All are published, and nothing in any output runs or is more than a
// text.
func TestNoTextRunsOrInjects(t *testing.T) {
	t.Parallel()
	texts := hostileTexts(t)
	dir := t.TempDir()
	putFiles(t, dir, hostileSite(t, texts, 0))
	published, refused := publishHostile(t, dir)
	if len(refused) > 0 {
		t.Fatalf("a text is refused in %q", refused)
	}
	if len(published) < 10*len(texts) {
		t.Fatalf("only %d files", len(published))
	}
	checkPublished(t, published)

	harmless := make([]string, len(texts))
	for i := range harmless {
		harmless[i] = fmt.Sprintf("harmless %d", i)
	}
	calm := t.TempDir()
	putFiles(t, calm, hostileSite(t, harmless, 0))
	plain, refused := publishHostile(t, calm)
	if len(refused) > 0 {
		t.Fatalf("a harmless text is refused in %q", refused)
	}
	sameOutline(t, published, plain)
}

// TestNoSettingRunsOrInjects writes each hostile text into the settings.
func TestNoSettingRunsOrInjects(t *testing.T) {
	t.Parallel()
	texts := hostileTexts(t)
	step := 1
	if testing.Short() {
		step = 10
	}
	for first := 0; first < len(texts); first += step {
		t.Run(fmt.Sprint(first), func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			files := hostileSite(t, texts, first)
			maps.DeleteFunc(files, func(name, _ string) bool {
				base := strings.TrimSuffix(filepath.Base(name), ".md")
				return strings.HasSuffix(name, ".md") && base != "0" && base != "about"
			})
			putFiles(t, dir, files)
			published, refused := publishHostile(t, dir)
			if len(refused) > 0 {
				t.Fatalf("the settings are refused: %q", refused)
			}
			checkPublished(t, published)
		})
	}
}

// hostileContexts are where a text stands as it is: what cannot be published
// there is refused.
var hostileContexts = map[string]string{
	"body": "%s", "link": "[a](%s)", "angled": "[a](<%s>)", "image": "![a](%s)", "title": "[a](/about.md \"%s\")", "heading": "## %s", "id": "## A {#%s}",
	"list": "- %s", "quote": "> %s\n> — %s", "callout": "> [!NOTE] %s\n> %s", "table": "| %s | b |\n|---|---|\n| c | %s |", "caption": "| a | b |\n|---|---|\n| c | d |\n\nTable: %s",
	"footnote": "a [^1]\n\n[^1]: %s", "reference": "[a][%s] [b][r]\n\n[r]: %s", "definition": "%s\n: %s", "autolink": "<%s>", "code": "`%s`", "fence": "``` %s\n%s\n```", "task": "- [ ] %s",
	"card": "[%s](/about.md)", "figure": "![%s](/logo.png \"%s\")", "mixed": "a**%s**_b_ [c](d%s)",
	"footnote name": "a [^%s]\n\n[^%s]: b", "underlined": "%s\n---", "nested": "> - %s\n>   1. %s", "lettered": "a) %s\nb) %s", "numbered": "1.1 %s", "comment": "<!-- %s -->\n\n%s",
}

// hostileKeys are keys of an event that take an address.
var hostileKeys = []string{
	"venue: {name: A, map: %s}", "online: %s", "online: {url: %s}", "register: %s", "register: {url: %s}", "register: {contact: %s}",
	"contact: {email: %s}", "downloads: [{url: %s, title: A}]", "downloads: [{file: %s}]", "image: {file: %s, alt: A}", "aliases: [%s]", "slug: %s", "id: %s",
	"translation_of: %s", "outcome: {report: %s}", "language: %s", "timezone: %s", "cost: %s", "repeats: %s", "status: %s",
}

// TestWhatIsNotRefusedIsHarmless writes each hostile text as it is into
// Markdown, and where addresses and words of a kind are wanted. Files that are
// refused are taken away; what is left is published, and is harmless.
func TestWhatIsNotRefusedIsHarmless(t *testing.T) {
	t.Parallel()
	files := map[string]string{
		"content/site.yaml": "title: T\nurl: https://example.org\n", "content/logo.png": pixel, "content/about.md": "---\ntitle: About\n---\nText.\n",
	}
	for i, text := range hostileTexts(t) {
		for name, context := range hostileContexts {
			body := strings.ReplaceAll(context, "%s", text)
			files[fmt.Sprintf("content/articles/%s-%d.md", name, i)] = "---\ntitle: T\nsummary: S\ndate: 2025-09-01\n---\n" + body + "\n"
		}
		for k, key := range hostileKeys {
			head := "---\ntitle: T\nsummary: S\nstart: 14 October 2025\n"
			if !strings.HasPrefix(key, "venue") {
				head += "venue: Town Hall\n"
			}
			files[fmt.Sprintf("content/events/%d-%d.md", k, i)] = head + strings.ReplaceAll(key, "%s", inYAML(text)) + "\n---\nText.\n"
		}
	}
	dir := t.TempDir()
	putFiles(t, dir, files)
	published, refused := publishHostile(t, dir)
	count := 0
	for round := 0; len(refused) > 0 && round < 5; round++ {
		count += len(refused)
		for _, file := range refused {
			if err := os.Remove(filepath.Join(dir, filepath.FromSlash(file))); err != nil {
				t.Fatal(err)
			}
		}
		published, refused = publishHostile(t, dir)
	}
	if published == nil || count < len(files)/10 || count > len(files)*9/10 {
		t.Fatalf("%d of %d files were refused, in the end %q", count, len(files), refused)
	}
	t.Logf("%d of %d files were refused", count, len(files))
	checkPublished(t, published)
}

// TestNamesOfFilesAreOnlyNames publishes attachments whose names mean something
// in addresses, shells, spreadsheets and HTML.
func TestNamesOfFilesAreOnlyNames(t *testing.T) {
	names := []string{
		"a'b&c;d.pdf", "%41%2e%2e%2f.pdf", "#e.pdf", "$(touch x)`y`{z}.pdf", "=1+1.csv", "-rf.csv", "@import.csv", "a, b; c.pdf", "javascript&colon;x.pdf", "__proto__.pdf",
		"a\u2067fdp.pdf", "a\u2028b.pdf", "&lt;script&gt;.pdf", "]]&gt;.pdf", "%0d%0aX-Pwned%3A 1.pdf", "%00.pdf", "x..%2f..%2fy.pdf", "{{.Title}}.pdf", "ŵ ŷ.pdf", "!.pdf", "a=b&c=d.pdf", "[a](b).pdf", "+.pdf", "a%zz.pdf",
	}
	files := map[string]string{"content/site.yaml": "title: T\nurl: https://example.org\n"}
	head := "---\ntitle: T\nsummary: S\ndate: 2025-09-01\ndownloads:\n"
	for _, name := range names {
		files["content/articles/a/"+name] = "x"
		head += "- {file: " + inYAML("./"+strings.NewReplacer("%", "%25", "#", "%23", "?", "%3F").Replace(name)) + "}\n"
	}
	files["content/articles/a/index.md"] = head + "---\nText.\n"
	dir := t.TempDir()
	putFiles(t, dir, files)
	published, refused := publishHostile(t, dir)
	if len(refused) > 0 {
		t.Fatalf("refused: %q", refused)
	}
	for _, name := range names {
		if published["articles/a/"+name] != "x" {
			t.Errorf("%q is not published", name)
		}
	}
	checkPublished(t, published)
}
