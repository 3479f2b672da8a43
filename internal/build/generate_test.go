package build

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// epoch is the instant around which generated sites have their dates.
var epoch = time.Date(2025, 9, 1, 12, 0, 0, 0, time.UTC)

var (
	generateInto = flag.String("generate", "", "write a site of -entries entries into this `folder`")
	entriesFlag  = flag.String("entries", "2000", "the sizes of the sites that are measured or written, `like` 1000,10000,100000")
)

// TestGenerate writes a site to try things on:
//
//	go test ./internal/build -run TestGenerate -generate /tmp/site -entries 10000
func TestGenerate(t *testing.T) {
	if *generateInto == "" {
		t.Skip("no folder is named by -generate")
	}
	generate(t, *generateInto, sizes(t)[0])
}

// sizes are the numbers of entries that are asked for.
func sizes(t testing.TB) []int {
	t.Helper()
	var all []int
	for field := range strings.SplitSeq(*entriesFlag, ",") {
		n, err := strconv.Atoi(field)
		if err != nil || n < 1 {
			t.Fatalf("-entries takes numbers such as 1000,10000; not %q", field)
		}
		all = append(all, n)
	}
	return all
}

// generate writes a site of n entries into dir: seven in ten are articles, the
// others events but for three in a hundred newsletters. The same n gives the
// same bytes.
func generate(t testing.TB, dir string, n int) {
	t.Helper()
	g := &generator{rand: rand.New(rand.NewPCG(1, uint64(n))), n: n}
	write(t, dir, "content/site.yaml", "title: Example update\nurl: https://updates.example.org\npublisher: {name: Example partnership, email: hello@example.org}\n")
	write(t, dir, "content/registers/places.yaml", "- name: Region\n"+g.list("- {name: Place %d, part_of: Region}\n", 30))
	write(t, dir, "content/registers/glossary.yaml", "SEND: special educational needs and disabilities\nDfE: Department for Education\n")
	write(t, dir, "content/about.md", "---\ntitle: About\n---\nWho we are.\n")
	for i := range n {
		file, text := g.entry(i)
		write(t, dir, file, text)
	}
}

// write writes a file of a site.
func write(t testing.TB, dir, file, text string) {
	t.Helper()
	name := filepath.Join(dir, filepath.FromSlash(file))
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

type generator struct {
	rand *rand.Rand
	n    int
}

func (g *generator) list(format string, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

// kind tells what entry number i is, and its file below content/.
func (g *generator) kind(i int) (kind, file string) {
	switch {
	case i%100 >= 97:
		return "newsletter", fmt.Sprintf("newsletters/issue-%05d.md", i)
	case i%10 >= 7:
		return "event", fmt.Sprintf("events/event-%05d.md", i)
	}
	return "article", fmt.Sprintf("articles/%d/article-%05d.md", 2015+i%11, i)
}

// eventDays is for how many days ahead issues list events: 60, but fewer where
// events are so dense that the issues themselves would grow with the site.
func (g *generator) eventDays() int { return max(1, min(60, 60*10_000/g.n)) }

// entry gives file and text of entry number i.
func (g *generator) entry(i int) (file, text string) {
	kind, file := g.kind(i)
	var b strings.Builder
	day := epoch.AddDate(0, 0, -g.rand.IntN(3650))
	fmt.Fprintf(&b, "---\ntitle: \"%s %d: %s\"\nsummary: %s.\ndate: %s\n", kind, i, g.words(4), g.words(14), day.Format("2006-01-02"))
	fmt.Fprintf(&b, "places: [Place %d]\ntopics: [Topic %d, Topic %d]\norganisations: [Organisation %d]\n", g.rand.IntN(30), g.rand.IntN(20), g.rand.IntN(20), g.rand.IntN(60))
	switch kind {
	case "event":
		start := epoch.AddDate(0, 0, g.rand.IntN(1200)-1000)
		fmt.Fprintf(&b, "start: %s 10:00\nend: 11:30\nvenue: Hall %d\ncost: free\nregister: {url: \"https://example.org/book/%d\", by: %s}\n",
			start.Format("2006-01-02"), g.rand.IntN(40), i, start.AddDate(0, 0, -7).Format("2006-01-02"))
	case "newsletter":
		fmt.Fprintf(&b, "issue: \"%d\"\nfrom: {name: A Director, role: Director}\nauto: {articles: since-last, events: %d days, deadlines: before-next}\n", i, g.eventDays())
	}
	b.WriteString("---\n\n")
	for s := range 4 {
		fmt.Fprintf(&b, "## Section %d %s\n\n%s SEND %s, *%s* and **%s**.\n\n", s, g.words(2), g.words(40), g.words(30), g.words(3), g.words(2))
	}
	_, other := g.kind(g.rand.IntN(g.n))
	fmt.Fprintf(&b, "- %s\n- %s\n\nSee [another entry](/%s) for more.\n\n| Name | Number |\n|---|--:|\n| %s | 1 |\n| %s | 2 |\n\n", g.words(6), g.words(7), other, g.words(2), g.words(2))
	if kind == "newsletter" {
		fmt.Fprintf(&b, "[Read on](/%s)\n", other)
	}
	return "content/" + file, b.String()
}

var vocabulary = strings.Fields("children school region council partnership learning attendance families support leaders update conference report progress inclusion transport early years health wellbeing pupils teachers governors community services belonging improvement outcomes strategy funding programme training workshop evidence practice")

func (g *generator) words(n int) string {
	words := make([]string, n)
	for i := range words {
		words[i] = vocabulary[g.rand.IntN(len(vocabulary))]
	}
	return strings.Join(words, " ")
}
