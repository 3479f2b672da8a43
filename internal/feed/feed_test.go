package feed

import (
	"bytes"
	"flag"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// writers are the three formats of a channel, by the name of their golden.
var writers = []struct {
	name  string
	write func(io.Writer, *Channel) error
}{
	{"feed.xml", RSS},
	{"atom.xml", Atom},
	{"feed.json", JSON},
}

var london = time.FixedZone("", 3600)

// sample is a channel that uses every field, with text that is easily broken.
func sample() *Channel {
	return &Channel{
		Title:       "SEND & inclusion: updates",
		Description: "News from the region's councils & partners",
		Home:        "https://updates.example.org/topics/send/",
		RSS:         "https://updates.example.org/topics/send/feed.xml",
		Atom:        "https://updates.example.org/topics/send/atom.xml",
		JSON:        "https://updates.example.org/topics/send/feed.json",
		Language:    "en-GB",
		Publisher:   "Example Partnership (Midlands)",
		Email:       "comms@example.org",
		Updated:     time.Date(2025, 9, 30, 9, 15, 0, 0, london),
		Hub:         "https://hub.example.net/",
		Icon:        "https://updates.example.org/icon.png",
		Stylesheet:  "https://updates.example.org/feed.css?v=1&w=2",
		Items:       sampleItems(),
	}
}

func sampleItems() []*Item {
	return []*Item{
		{
			ID:         "articles/2025/belonging.md",
			URL:        "https://updates.example.org/articles/2025/belonging/?a=1&copy=2",
			Title:      "Belonging: R&D for <schools> & families",
			Summary:    "How R&D helps where attendance is < 90%.",
			Content:    `<p>R&amp;D, <a href="https://updates.example.org/a/?b=1&amp;c=2">in full</a>.</p>` + "\n<pre>a ]]&gt; b ]]> c</pre>",
			Published:  time.Date(2025, 9, 23, 0, 0, 0, 0, london),
			Updated:    time.Date(2025, 9, 30, 9, 15, 0, 0, london),
			Authors:    []string{"Siân Ŵyn", "A. N. Other"},
			Categories: []string{"SEND", "Children & young people", "Walsall"},
			Enclosures: []Enclosure{
				{URL: "https://updates.example.org/articles/2025/belonging/report.pdf", Type: "application/pdf", Title: "Report & annex", Length: 1234567},
				{URL: "https://updates.example.org/articles/2025/belonging/figures.xlsx", Type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Title: "Figures", Length: 89},
				{URL: "https://updates.example.org/articles/2025/belonging/hall.jpg", Type: "image/jpeg", Length: 4096},
			},
			Image:    "https://updates.example.org/articles/2025/belonging/hall.jpg",
			ImageAlt: `A full hall, seen from the "stage"`,
			Language: "en-GB",
		},
		{
			ID:        "https://updates.example.org/newyddion/ŵyl/",
			URL:       "https://updates.example.org/newyddion/ŵyl/",
			Title:     "Gŵyl y Gwanwyn",
			Content:   "<p>Croeso i bawb.</p>",
			Published: time.Date(2025, 3, 1, 10, 0, 0, 0, time.UTC),
			Image:     "https://updates.example.org/newyddion/ŵyl/baner.png",
			Language:  "cy",
		},
		{
			ID:         "urn:uuid:3f1c2d54-93a1-4c41-9d6c-2c1f8f6d2a10",
			URL:        "https://updates.example.org/events/webinar/",
			Title:      "Webinar",
			Summary:    "One hour, online, free.",
			Published:  time.Date(2025, 1, 8, 12, 30, 0, 0, time.UTC),
			Enclosures: []Enclosure{{URL: "https://elsewhere.example.com/slides"}},
		},
	}
}

func sampleOutlines() []Outline {
	return []Outline{
		{Title: "Everything", Feed: "https://updates.example.org/feed.xml", Home: "https://updates.example.org/", Description: "News & events", Language: "en-GB"},
		{Title: "Places", Outlines: []Outline{
			{Title: `Walsall & "district"`, Feed: "https://updates.example.org/places/walsall/feed.xml?a=1&b=2", Home: "https://updates.example.org/places/walsall/"},
		}},
	}
}

// render gives what a writer wrote.
func render(t testing.TB, write func(io.Writer, *Channel) error, c *Channel) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b, c); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func renderOPML(t testing.TB, title string, outlines []Outline) []byte {
	t.Helper()
	return render(t, func(w io.Writer, _ *Channel) error { return OPML(w, title, outlines) }, nil)
}

func compareGolden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s differs (-want +got):\n%s", name, diff)
	}
}

func TestFormatsMatchTheirGoldens(t *testing.T) {
	empty := &Channel{
		Title: "Cannock", Home: "https://updates.example.org/places/cannock/",
		RSS:  "https://updates.example.org/places/cannock/feed.xml",
		Atom: "https://updates.example.org/places/cannock/atom.xml",
		JSON: "https://updates.example.org/places/cannock/feed.json",
	}
	for _, format := range writers {
		compareGolden(t, format.name, render(t, format.write, sample()))
		compareGolden(t, "empty-"+format.name, render(t, format.write, empty))
	}
	compareGolden(t, "feeds.opml", renderOPML(t, "Feeds of R&D <all>", sampleOutlines()))
}
