package markdown

import (
	"os"
	"strings"
	"testing"
)

func benchmarkText(b *testing.B) []byte {
	b.Helper()
	src, err := os.ReadFile("testdata/article.md")
	if err != nil {
		b.Fatal(err)
	}
	return src
}

func BenchmarkParse(b *testing.B) {
	src := benchmarkText(b)
	glossary := NewGlossary(map[string]string{
		"SEND": "special educational needs and disabilities", "DfE": "Department for Education", "WLA": "Walsall Learning Alliance"})
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		Parse(src, Options{File: "x.md", Line: 1, Glossary: glossary})
	}
}

func BenchmarkHTML(b *testing.B) {
	doc, _ := Parse(benchmarkText(b), Options{})
	b.SetBytes(int64(len(doc.html)))
	b.ReportAllocs()
	for b.Loop() {
		doc.HTML(pageResolver{}, Page)
	}
}

// BenchmarkHostile shows how the time grows with the size of texts that are
// made to keep a parser busy: MB/s should stay of the same order.
func BenchmarkHostile(b *testing.B) {
	for name, text := range hostile {
		for _, size := range []int{1 << 16, 1 << 18, 1 << 20} {
			b.Run(name+"/"+sizes[size], func(b *testing.B) {
				src := []byte(text(size))
				b.SetBytes(int64(len(src)))
				for b.Loop() {
					Parse(src, Options{Numbered: true})
				}
			})
		}
	}
}

var sizes = map[int]string{1 << 16: "64K", 1 << 18: "256K", 1 << 20: "1M"}

// hostile are texts of about n bytes.
var hostile = map[string]func(n int) string{
	"link opened":         repeat("[a](<b"),
	"link unclosed":       repeat("[a]("),
	"image unclosed":      repeat("![a]("),
	"title unclosed":      repeat("[a](b \"\n"),
	"brackets":            repeat("["),
	"brackets closed":     repeat("]"),
	"brackets nested":     func(n int) string { return strings.Repeat("[", n/2) + "a" + strings.Repeat("]", n/2) },
	"brackets with stars": func(n int) string { return strings.Repeat("[a*b* ", n/7) + strings.Repeat("]", n/7) },
	"reference brackets":  repeat("[a][b"),
	"stars":               repeat("*a **b _c "),
	"stars mixed":         repeat("_*a"),
	"stars nested":        func(n int) string { return strings.Repeat("*a", n/4) + strings.Repeat("a*", n/4) },
	"stars unclosed":      func(n int) string { return strings.Repeat("*a ", n/6) + strings.Repeat("a_ ", n/6) },
	"tildes":              repeat("~~a ~b"),
	"underscores":         repeat("_a"),
	"backquotes":          backquotes,
	"tags":                repeat("<a x='"),
	"tags short":          repeat("<a "),
	"comments":            func(n int) string { return "x" + strings.Repeat("<!--", n/4) },
	"cdata":               func(n int) string { return "x" + strings.Repeat("<![CDATA[", n/9) },
	"addresses":           repeat("(http://a.b"),
	"www":                 repeat("*www.a"),
	"quotations":          repeat("> "),
	"lists":               repeat("- "),
	"lists and lines":     func(n int) string { return strings.Repeat("- ", 100) + "a\n" + strings.Repeat("\n", n) },
	"lists and text":      func(n int) string { return strings.Repeat("- ", 100) + "a\n" + strings.Repeat("a\n", n/2) },
	"quotations and text": func(n int) string { return strings.Repeat("> ", 100) + "a\n" + strings.Repeat("a\n", n/2) },
	"definitions":         repeat("[a]: b\n"),
	"definition used":     func(n int) string { return "[a]: " + strings.Repeat("b", 900) + "\n\n" + strings.Repeat("[a] ", n/4) },
	"footnotes": func(n int) string {
		return strings.Repeat("[^1] ", n/10) + "\n\n" + strings.Repeat("[^1]: a\n\n", n/20)
	},
	"footnotes nested":    repeat("[^a]: "),
	"footnotes and lines": func(n int) string { return strings.Repeat("[^a]: ", 100) + strings.Repeat("\n", n) },
	"table cells": func(n int) string {
		return strings.Repeat("|a", n/8) + "\n" + strings.Repeat("|-", n/8) + "\n" + strings.Repeat("|\n", n/4)
	},
	"table pipes":          func(n int) string { return "|a|\n|-|\n" + strings.Repeat("|`\\|`\n", n/6) },
	"table rows":           func(n int) string { return "a\n" + strings.Repeat("|-\n", n/3) },
	"term lists":           repeat("a\n: b\n"),
	"term lists nested":    func(n int) string { return "a\n" + strings.Repeat(": ", n/2) },
	"headings":             repeat("# a\n"),
	"headings alike":       repeat("# a\n\n"),
	"callouts":             repeat("> [!NOTE]\n\n"),
	"attributions":         repeat("> a\n> — b, c\n\n"),
	"numbered lines":       func(n int) string { return numberedLines(n) },
	"numbered alike":       repeat("1.1 a\n\n"),
	"letters":              repeat("a) a\nb) a\n"),
	"letters apart":        repeat("a) a\n\n"),
	"pasted bullets":       repeat("• a\n"),
	"pasted bullets mixed": repeat("• a\n ◦ a\n  ▪ a\n"),
	"pasted bullets alone": repeat("•\n"),
	"quotes":               repeat("'a\" "),
	"dashes":               repeat("a--b"),
	"entities":             repeat("&a"),
	"raw tags":             repeat("<b>"),
	"raw blocks":           repeat("<div>\n\n"),
	"raw block":            func(n int) string { return "<div>" + strings.Repeat("<b>", n/3) },
	"links on a line":      repeat("[a](b) "),
	"lines":                repeat("a\n"),
	"spaces":               func(n int) string { return "a" + strings.Repeat(" ", n) + "b" },
	"long word":            repeat("a"),
	"captions":             repeat("|a|\n|-|\nTable: a\n\n"),
}

func repeat(s string) func(int) string {
	return func(n int) string { return strings.Repeat(s, n/len(s)) }
}

func backquotes(n int) string {
	var b strings.Builder
	for i := 1; b.Len() < n; i++ {
		b.WriteString("a" + strings.Repeat("`", i))
	}
	return b.String()
}

func numberedLines(n int) string {
	var b strings.Builder
	for i := 1; b.Len() < n; i++ {
		b.WriteString("1." + strings.Repeat("1.", i%5) + "1 a\n")
	}
	return b.String()
}
