package build

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"html"
	"image"
	"image/png"
	"io"
	"maps"
	"math/rand/v2"
	"mime"
	"mime/quotedprintable"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"bulletin"
)

// secret is an entry with a word of its own, its canary, wherever one can
// stand: in its words, names, files and addresses.
type secret struct {
	canary string
	// file is its file, and files are all that belong to it, by path.
	file  string
	files map[string]string
}

// secrecy keeps an entry from readers: lines of front matter.
type secrecy func(now time.Time, r *rand.Rand) string

// hidings leave no trace of an entry.
var hidings = map[string]secrecy{
	"a draft": func(now time.Time, _ *rand.Rand) string {
		return "date: " + now.AddDate(0, -1, 0).Format(time.DateOnly) + "\ndraft: true\n"
	},
	"a draft of tomorrow": func(now time.Time, _ *rand.Rand) string {
		return "date: " + now.AddDate(0, 0, 1).Format(time.DateOnly) + "\ndraft: true\n"
	},
	"a second too early": func(now time.Time, _ *rand.Rand) string {
		return "date: " + now.Add(time.Second).Format(time.RFC3339) + "\n"
	},
	"in another zone": func(now time.Time, _ *rand.Rand) string {
		return "date: " + now.Add(time.Minute).In(time.FixedZone("", -11*3600)).Format(time.RFC3339) + "\n"
	},
	"of next year": func(now time.Time, _ *rand.Rand) string {
		return "date: " + now.AddDate(1, 0, 0).Format("2 January 2006") + "\n"
	},
	"withdrawn before": func(now time.Time, _ *rand.Rand) string {
		return "date: " + now.AddDate(0, 0, 2).Format(time.DateOnly) + "\nwithdrawn: gone\n"
	},
	"expired before": func(now time.Time, _ *rand.Rand) string {
		return "date: " + now.AddDate(0, 0, 2).Format(time.DateOnly) + "\nexpires: " + now.AddDate(0, 0, -2).Format(time.DateOnly) + "\n"
	},
	"at a random instant": func(now time.Time, r *rand.Rand) string {
		return "date: " + now.Add(time.Duration(1+r.IntN(1e7))*time.Second).Format(time.RFC3339) + "\n"
	},
}

// newSecret makes an entry of a kind with the lines that keep it secret.
func newSecret(kind, canary, lines string) secret {
	s := secret{canary: canary, files: map[string]string{}}
	dir := kind + "/" + canary
	s.file = "content/" + dir + "/index.md"
	for _, name := range []string{"picture.png", "paper.pdf", "loose.csv", "data/sheet.xlsx"} {
		text := "bytes of " + canary
		if strings.HasSuffix(name, ".png") {
			text = pictureOf(canary)
		}
		s.files["content/"+dir+"/"+canary+"-"+strings.ReplaceAll(name, "/", "/"+canary+"-")] = text
	}
	c := canary
	text := "---\n" + lines + fmt.Sprintf("title: \"Title %[1]s\"\nsummary: Summary %[1]s.\nid: id-%[1]s\nslug: slug-%[1]s\naliases: [/old-%[1]s/, /moved/%[1]s.html]\n"+
		"places: [Place %[1]s, Place 1]\ntopics: [Topic %[1]s, Topic 1]\norganisations: [Organisation %[1]s]\npeople: [{name: Person %[1]s, role: Role %[1]s, organisation: Body %[1]s}]\n"+
		"series: Series %[1]s\ncontact: {name: Contact %[1]s, email: %[1]s@example.org}\nimage: {file: %[1]s-picture.png, alt: Alt %[1]s, caption: Caption %[1]s, credit: Credit %[1]s}\n"+
		"gallery: [{file: %[1]s-picture.png, alt: Alt %[1]s}]\ndownloads: [{file: %[1]s-paper.pdf, title: Download %[1]s, group: Group %[1]s}]\n"+
		"details: {Label %[1]s: Detail %[1]s}\nto_follow: {what: Promise %[1]s, by: May 2030}\nreview_by: 1 May 2030\n", c)
	switch kind {
	case "articles":
		text += fmt.Sprintf("kind: opportunity\ncloses: 1 March 2030\nnotes_to_editors: Notes %s\nabout_event: /events/visible.md\n", c)
	case "events":
		text += fmt.Sprintf("start: 3 September 2025 10am\nvenue: {name: Venue %[1]s, address: Street %[1]s, map: \"https://example.org/%[1]s\"}\nonline: {platform: Platform %[1]s, url: \"https://example.org/join-%[1]s\"}\n"+
			"register: {url: \"https://example.org/book-%[1]s\", contact: %[1]s, note: Note %[1]s}\nstatus: cancelled\nstatus_note: Status %[1]s\nhost: Host %[1]s\nspeakers: [Speaker %[1]s]\n"+
			"programme: [{time: 10am, title: Session %[1]s, speakers: [Chair %[1]s]}]\noutcome: {attendance: \"%[1]s\", report: /articles/visible.md}\n", c)
	case "newsletters":
		text += fmt.Sprintf("issue: \"%[1]s\"\nsubject: Subject %[1]s\npreheader: Preheader %[1]s\nfrom: {name: Signatory %[1]s}\nauto: {articles: since-last, events: 60 days, pin: [/articles/visible.md]}\n", c)
	}
	s.files[s.file] = text + fmt.Sprintf("---\n## Heading %[1]s {#anchor-%[1]s}\n\nBody %[1]s about SEND. [Link %[1]s](/articles/visible.md) ![Alt %[1]s](%[1]s-picture.png)\n\n[Card](/events/visible.md)\n", c)
	return s
}

// pictureOf gives a picture that holds a word, as a comment (PNG section
// 11.3.4.3).
func pictureOf(word string) string {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 4, 4))); err != nil {
		panic(err) // the picture and the buffer are sound
	}
	const head = 8 + 25 // the signature, and the chunk IHDR
	chunk := "tEXtComment\x00" + word
	length := binary.BigEndian.AppendUint32(nil, uint32(len(chunk)-4))
	sum := binary.BigEndian.AppendUint32(nil, crc32.ChecksumIEEE([]byte(chunk)))
	return b.String()[:head] + string(length) + chunk + string(sum) + b.String()[head:]
}

var secretKinds = []string{"articles", "events", "newsletters", "pages"}

// hide gives an entry of each kind for each way to keep one secret.
func hide(now time.Time, r *rand.Rand, ways map[string]secrecy) []secret {
	var secrets []secret
	for _, way := range slices.Sorted(maps.Keys(ways)) {
		for _, kind := range secretKinds {
			canary := fmt.Sprintf("canary%06dx", r.IntN(1e6))
			secrets = append(secrets, newSecret(kind, canary, ways[way](now, r)))
		}
	}
	return secrets
}

// visibleSite writes a random site of published entries.
func visibleSite(t *testing.T, dir string, n int) {
	t.Helper()
	generate(t, dir, n)
	if err := os.Remove(filepath.Join(dir, "content/registers/places.yaml")); err != nil {
		t.Fatal(err)
	}
	write(t, dir, "content/articles/visible.md", "---\ntitle: Visible\nsummary: S\ndate: 1 August 2025\nplaces: [Place 1]\ntopics: [Topic 1]\n---\nText.\n")
	write(t, dir, "content/events/visible.md", "---\ntitle: Visible event\nsummary: S\ndate: 1 August 2025\nstart: 9 September 2025\nvenue: Hall\nregister: none\ntopics: [Topic 1]\n---\nText.\n")
	write(t, dir, "content/newsletters/visible.md", "---\ntitle: Visible issue\ndate: 31 August 2025\nauto: {articles: since-last, events: 60 days, deadlines: before-next}\n---\nText.\n")
}

// put writes the files of secrets.
func put(t *testing.T, dir string, secrets []secret) {
	t.Helper()
	for _, s := range secrets {
		for name, text := range s.files {
			write(t, dir, name, text)
		}
	}
}

// linkTo writes published entries that name secrets in every way there is, but
// with words of their own.
func linkTo(t *testing.T, dir string, secrets []secret) {
	t.Helper()
	navigation := ""
	for i, s := range secrets {
		at := strings.TrimPrefix(s.file, "content")
		folder := strings.TrimSuffix(at, "index.md") + s.canary
		navigation += at + ", "
		kind := strings.Split(at, "/")[1]
		links := fmt.Sprintf("See [there](%[1]s#anchor-%[3]s), [the file](%[2]s-paper.pdf), ![a picture](%[2]s-picture.png) and [a note][n].\n\n[Card](%[1]s)\n\n[n]: %[1]s \"%[3]s\"\n", at, folder, s.canary)
		head := fmt.Sprintf("---\ntitle: Visible %d\nsummary: S\ndate: 1 August 2025\nimage: {file: %[2]s-picture.png, alt: A}\ndownloads: [{file: %[2]s-paper.pdf, title: D}]\ntranslation_of: %[3]s\n", i, folder, at)
		article, event := "", "outcome: {report: "+at+"}\n"
		if kind == "events" {
			article, event = "about_event: "+at+"\n", ""
		}
		write(t, dir, fmt.Sprintf("content/articles/links-%d.md", i), head+article+"---\n"+links)
		write(t, dir, fmt.Sprintf("content/events/links-%d.md", i), head+event+"start: 5 September 2025\nvenue: Hall\nregister: none\n---\n"+links)
		write(t, dir, fmt.Sprintf("content/newsletters/links-%d.md", i), fmt.Sprintf("---\ntitle: Issue %d\ndate: 30 August 2025 %d:%02d\nimage: {file: %s-picture.png, alt: A}\nfrom: {name: N, image: %s-picture.png}\nauto: {articles: since-last, pin: [%s], skip: [%s]}\n---\n%s",
			i, i/60, i%60, folder, folder, at, at, links))
	}
	write(t, dir, "content/site.yaml", "title: Example update\nurl: https://updates.example.org\nnewsletter: {pictures: inline}\nnavigation: ["+navigation+"about.md]\n")
}

// onRandomSites runs a test on n sites of some entries that anybody may see, at
// random instants. Each test has a stream of random numbers of its own.
func onRandomSites(t *testing.T, n int, stream uint64, entries int, test func(t *testing.T, r *rand.Rand, now time.Time, dir string)) {
	if testing.Short() {
		n = 1
	}
	for seed := range uint64(n) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(stream, seed))
			now := epoch.Add(time.Duration(r.IntN(30*24*60*60)) * time.Second)
			dir := t.TempDir()
			visibleSite(t, dir, entries)
			test(t, r, now, dir)
		})
	}
}

// TestNothingTellsOfWhatIsHidden builds random sites with drafts and entries
// under embargo that published ones name in every way, and looks for their
// canaries in all bytes of all outputs, however they are written there. When
// its time has come an entry is found, and before it again is not.
func TestNothingTellsOfWhatIsHidden(t *testing.T) {
	onRandomSites(t, 6, 4, 12, func(t *testing.T, r *rand.Rand, now time.Time, dir string) {
		secrets := hide(now, r, hidings)
		put(t, dir, secrets)
		linkTo(t, dir, secrets)
		b := New(bulletin.Layouts)
		mustBuild(t, b, at(dir, "public", now))
		noTrace(t, filepath.Join(dir, "public"), secrets)

		later := at(dir, "public", now.AddDate(2, 0, 0))
		later.Drafts = true
		mustBuild(t, b, later)
		everyTrace(t, filepath.Join(dir, "public"), secrets)

		mustBuild(t, b, at(dir, "public", now))
		noTrace(t, filepath.Join(dir, "public"), secrets)
	})
}

// TestWhatIsHiddenChangesNothing builds random sites with and without drafts
// and entries under embargo: the outputs are equal byte for byte, so that not
// even a count, an order or a missing page tells of them.
func TestWhatIsHiddenChangesNothing(t *testing.T) {
	onRandomSites(t, 6, 5, 30, func(t *testing.T, r *rand.Rand, now time.Time, dir string) {
		mustBuild(t, New(bulletin.Layouts), at(dir, "without", now))
		put(t, dir, hide(now, r, hidings))
		draft := "---\ntitle: Draft\ndraft: true\naliases: [/subscribed/]\n---\nText.\n"
		for _, name := range []string{"accessibility.md", "subscribe/more.md", "404/index.md", "about/team.md", "robots.md"} {
			write(t, dir, "content/"+name, draft)
			draft = strings.Replace(draft, "subscribed", "subscribed-too", 1)
		}
		write(t, dir, "content/newsletters/original.md", "---\ntitle: Original\ndate: 1 August 2030\n---\nText.\n")
		mustBuild(t, New(bulletin.Layouts), at(dir, "with", now))
		same(t, contents(t, filepath.Join(dir, "with")), contents(t, filepath.Join(dir, "without")))
	})
}

// TestWhatIsOverIsOnItsOwnPageAlone builds random sites with withdrawn and
// expired entries: each has its page, its files and its redirects, and nothing
// else tells of it. But an event still leads to a report that has expired, and
// an issue to what it listed when it was sent.
func TestWhatIsOverIsOnItsOwnPageAlone(t *testing.T) {
	ways := map[string]secrecy{
		"withdrawn": func(now time.Time, r *rand.Rand) string {
			return "date: " + now.AddDate(0, 0, -1-r.IntN(50)).Format(time.DateOnly) + "\nwithdrawn: It was wrong.\n"
		},
		"expired": func(now time.Time, r *rand.Rand) string {
			return "date: " + now.AddDate(0, 0, -10-r.IntN(50)).Format(time.DateOnly) + "\nexpires: " + now.AddDate(0, 0, -9).Format(time.DateOnly) + "\n"
		},
	}
	onRandomSites(t, 3, 6, 12, func(t *testing.T, r *rand.Rand, now time.Time, dir string) {
		secrets := hide(now, r, ways)
		put(t, dir, secrets)
		mustBuild(t, New(bulletin.Layouts), at(dir, "public", now))
		public := contents(t, filepath.Join(dir, "public"))
		for _, s := range secrets {
			kind := strings.Split(s.file, "/")[1]
			page := kind + "/slug-" + s.canary + "/"
			own := []string{ // what a redirect takes, and the page
				"_redirects", ".htaccess", ".hosting/Caddyfile", ".hosting/nginx.conf", ".bulletin/manifest", "old-" + s.canary + "/index.html", "moved/" + s.canary + ".html",
				page + "index.html", page + "email.html", page + "email.txt", page + "email.eml",
			}
			found := false
			for name, text := range public {
				switch {
				case strings.HasPrefix(name, page+s.canary+"-"), strings.HasPrefix(name, page+"data/"):
				case name == page+"index.html":
					found = strings.Contains(text, `role="note"`)
				case strings.Contains(s.files[s.file], "expires: ") && (strings.HasPrefix(name, "newsletters/") && strings.Count(name, "/") == 2 || strings.HasSuffix(name, "s/visible/index.html")):
				case strings.HasSuffix(name, page+"event.ics"):
					t.Errorf("%s is still there", name)
				case !slices.Contains(own, name) && tells(name, text, s.canary):
					t.Errorf("%s tells of %s", name, s.file)
				}
			}
			if !found {
				t.Errorf("%s has no page with a notice", s.file)
			}
		}
	})
}

// noTrace fails the test for each output that tells of a secret.
func noTrace(t *testing.T, dir string, secrets []secret) {
	t.Helper()
	for name, text := range contents(t, dir) {
		all := inAllForms(name, text)
		for _, s := range secrets {
			if strings.Contains(all, s.canary) {
				t.Errorf("%s tells of %s:\n%s", name, s.file, s.files[s.file][:60])
			}
		}
	}
}

// everyTrace fails the test for each secret of which nothing tells.
func everyTrace(t *testing.T, dir string, secrets []secret) {
	t.Helper()
	in := map[string]int{}
	for name, text := range contents(t, dir) {
		all := inAllForms(name, text)
		for _, s := range secrets {
			if strings.Contains(all, s.canary) {
				in[s.canary]++
			}
		}
	}
	for _, s := range secrets {
		if in[s.canary] < 5 {
			t.Errorf("%d outputs tell of %s, when it is published", in[s.canary], s.file)
		}
	}
}

// tells reports whether an output holds a word, in its name or its bytes.
func tells(name, text, word string) bool { return strings.Contains(inAllForms(name, text), word) }

// inAllForms gives the name of an output and what is in it, in small letters,
// in all the ways in which outputs write texts.
func inAllForms(name, text string) string {
	return strings.ToLower(name + "\n" + strings.Join(readings(text), "\n"))
}

var (
	encodedWord  = regexp.MustCompile(`=\?utf-8\?[bBqQ]\?[^?]*\?=`)
	base64Lines  = regexp.MustCompile(`(?m)^[A-Za-z0-9+/]{4,}={0,2}(\r?\n[A-Za-z0-9+/]+={0,2})*\r?$`)
	jsonEscape   = regexp.MustCompile(`\\u[0-9a-fA-F]{4}`)
	foldedHeader = strings.NewReplacer("\r\n ", "", "\r\n\t", "", "=\r\n", "", "=\n", "")
)

// readings gives a text as it is and as its readers decode it: entities,
// percent-encoding, escapes of JSON, folded lines, quoted-printable, base64
// and encoded words.
func readings(text string) []string {
	forms := []string{text, html.UnescapeString(text), foldedHeader.Replace(text)}
	if plain, err := url.PathUnescape(strings.NewReplacer("%%", "", "% ", "").Replace(text)); err == nil {
		forms = append(forms, plain)
	}
	forms = append(forms, jsonEscape.ReplaceAllStringFunc(text, func(e string) string {
		var s string
		if json.Unmarshal([]byte(`"`+e+`"`), &s) != nil {
			return e
		}
		return s
	}))
	if strings.Contains(text, "quoted-printable") {
		data, _ := io.ReadAll(quotedprintable.NewReader(strings.NewReader(text))) // as far as it goes
		forms = append(forms, string(data))
	}
	if strings.Contains(text, "base64") {
		for _, lines := range base64Lines.FindAllString(text, -1) {
			if data, err := base64.StdEncoding.DecodeString(strings.NewReplacer("\r", "", "\n", "").Replace(lines)); err == nil {
				forms = append(forms, string(data))
			}
		}
	}
	var words bytes.Buffer
	for _, w := range encodedWord.FindAllString(text, -1) {
		if s, err := new(mime.WordDecoder).Decode(w); err == nil {
			words.WriteString(s)
		}
	}
	return append(forms, words.String())
}

// TestTheSearchForTracesFindsThem holds that no way of writing hides a word.
func TestTheSearchForTracesFindsThem(t *testing.T) {
	for how, text := range map[string]string{
		"plain": "a CANARY b", "entities": "c&#97;n&#x61;ry", "percent": "%63an%61ry", "JSON": `c\u0061nary`, "folded": "can\r\n ary",
		"quoted-printable": "Content-Transfer-Encoding: quoted-printable\r\n\r\nc=61n=\r\nary", "base64": "base64\r\n\r\n" + base64.StdEncoding.EncodeToString([]byte("the canary")) + "\r\n",
		"encoded words": "=?utf-8?B?" + base64.StdEncoding.EncodeToString([]byte("can")) + "?=\r\n =?utf-8?B?" + base64.StdEncoding.EncodeToString([]byte("ary")) + "?=",
	} {
		if !tells("a.html", text, "canary") {
			t.Errorf("%s: %q", how, text)
		}
	}
	if tells("a.html", "can ary", "canary") || !tells("Canary.html", "", "canary") {
		t.Error("a name, or nothing, is mistaken")
	}
}
