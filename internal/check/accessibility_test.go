package check_test

import (
	"strings"
	"testing"
)

// accessibilityCases are texts on both sides of the border that the rules of
// accessibility draw.
var accessibilityCases = []proseCase{
	{"alternatives that say what is seen", "unhelpful-alt", "![A map of Walsall with the new schools](map.png)\n\n![decorative](line.png)\n\n![Walsall Council](logo.png)\n\n![Delegates at work](a.jpg \"The first day\")", ""},
	{"alternatives that do not", "unhelpful-alt", "![photo](a.jpg)\n\n![Svg patterns](b.svg)\n\n![DSC_0042](c.jpg)\n\n![Children in the garden of the](d.jpg)\n\n![round-table](round-table.jpg)", "1:1 unhelpful-alt\n3:1 unhelpful-alt\n5:1 unhelpful-alt\n7:1 unhelpful-alt\n9:1 unhelpful-alt"},
	{"an alternative that is the caption", "unhelpful-alt", "![The board at work](a.jpg \"The board at work.\")", "1:1 unhelpful-alt"},
	{"a poster with its facts beside it is no lone picture of text", "image-of-text", "![A postern gate](postern.jpg)\n\nNothing more.", ""},
	{"bold that is no heading", "fake-heading", "**Booking closes on 5 March 2024.**\n\nText.\n\n- **One**\n\n> **Two**\n\nA **bold** word.\n\n**Finally:**\n\n- three\n\n**[A link](https://www.example.net/a)**\n\nText.\n\n**The end**", ""},
	{"bold under a heading", "fake-heading", "## One\n\n**How to book:**\n\n- Write.\n\n**Contact details**\n\nText.", "3:3 fake-heading\n7:3 fake-heading"},
	{"here as a word", "vague-link", "We are here to help. “Click here,” it said. Here you can book a place. The `click here` of old. Click the button “Book”. [What we do here](https://www.example.net/a), [more](#more).\n\n## More\n\nText.", ""},
	{"here as a link", "vague-link", "Go [HERE](https://www.example.net/a), or [**Read more…**](https://www.example.net/b).\n\nTo book, click\nhere.\n\nDownload the report here:", "1:4 vague-link\n1:42 vague-link\n4:1 vague-link\n6:21 vague-link"},
	{"the same words to the same place", "ambiguous-link", "[Slides](https://www.example.net/a), [slides](http://example.net/a/) and [more slides](https://www.example.net/b).", ""},
	{"addresses that can be read out", "bare-address", "Go to www.example.net/book, https://www.example.net or write to a@example.net. [Our page](https://www.example.net/), `https://www.example.net/a`, https://www.example.net/a/`name`, https://www.example.net/a-[year].zip.", ""},
	{"addresses that cannot", "bare-address", "See <https://www.example.net/a/b>, and [https://www.example.net/c](https://www.example.net/c).", "1:6 bare-address\n1:41 bare-address"},
	{"documents that are announced, and pages about files", "file-type", "The [slides (PowerPoint)](https://www.example.net/a.pptx), the [report](https://www.example.net/a.pdf) (PDF, 2 MB) and [its code](https://code.example.net/blob/main/a.csv). <https://www.example.net/b.pdf>", ""},
	{"an empty corner above the names of rows", "table-header", "|  | 2023 | 2024 |\n|---|---|---|\n| Schools | 3 | 4 |", ""},
	{"a column without a header", "table-header", "| Name | |\n|---|---|\n| Walsall | 12 |", "1:3 table-header"},
	{"a table without rows", "layout-table table-header", "| Name | Schools |\n|---|---|", "1:3 layout-table"},
	{"capitals that are names of bodies", "all-capitals", "BBC, ITV and NHS. The DfE RIIA SEND MACPT team. `SELECT ALL FROM IT`. FREE entry.\n\n# NHS England and UK law", ""},
	{"capitals that shout", "all-capitals", "## HOW TO BOOK\n\nDO NOT FORGET TO REGISTER by Friday.", "1:4 all-capitals\n3:1 all-capitals"},
	{"one emoji, and emoji in a list", "emoji-bullet emoji-row", "🎉 We won.\n\nText.\n\n- ✅ Done\n- ❌ Not done\n\n> 😢 One.\n\n> 😢 Two.\n\nA flag 🏴󠁧󠁢󠁷󠁬󠁳󠁿 and a family 👨‍👩‍👧.", ""},
	{"emoji at the start of lines", "emoji-bullet emoji-row", "📅 Monday\n📍 Walsall\n💷 Free", "1:1 emoji-bullet"},
	{"emoji in a row", "emoji-row", "Well done ⭐ ⭐ ⭐ all.", "1:11 emoji-row"},
	{"colours that are not the only sign", "colour-only", "Dates in red (marked “full”) are full. Use the green “Book” button. The council is in the red. Children in red jumpers sang. Press the red button marked with a bell.", ""},
	{"colours that are", "colour-only", "Changes are shown in **blue**.\n\nClick on the orange box.", "1:13 colour-only\n3:1 colour-only"},
	{"names and words of other languages", "unmarked-language", "The Eisteddfod Genedlaethol is in Wrecsam. Croeso! She said “bore da” to us all. Le Mans.", ""},
	{"a passage in another language", "unmarked-language", "We have a new plan for the schools of the region, and it is for all of you to read.\n\nMae plant wedi bod yn gweithio gyda ni, ac rydym yn falch.\n\nMae hyn hefyd yn waith gyda phob ysgol ac mae ei angen.\n\nہم سب مل کر کام کرتے ہیں", "3:1 unmarked-language"},
}

func TestAccessibility(t *testing.T) { testProse(t, accessibilityCases) }

// TestALinkIsSuggestedTheTitleOfWhatItLeadsTo holds that the hint of a vague
// link can be pasted.
func TestALinkIsSuggestedTheTitleOfWhatItLeadsTo(t *testing.T) {
	site := map[string]string{
		"content/site.yaml":     settings,
		"content/articles/a.md": article + "Please [click here](b.md).\n",
		"content/articles/b.md": strings.Replace(article, "A title", "Minding our words", 1) + "Text.\n",
	}
	found := of(look(t, site, nil), "vague-link")
	if want := "write `[Minding our words](b.md)`"; len(found) != 1 || found[0].Hint != want {
		t.Errorf("the findings are %v, and the hint should be %q", found, want)
	}
}

// TestEveryVagueLinkOfRealDocumentsIsFound counts the places that said “here”
// for a link before they were pasted.
func TestEveryVagueLinkOfRealDocumentsIsFound(t *testing.T) {
	found := 0
	for _, text := range readDocuments(t) {
		lines := strings.Split(pasteInto(text), "\n")
		for _, p := range of(look(t, map[string]string{"content/site.yaml": settings, "content/articles/a.md": pasteInto(text)}, nil), "vague-link") {
			if strings.Contains(lines[p.Line-1], "here") {
				found++
			}
		}
	}
	if found != 7 {
		t.Errorf("%d vague links are found, not seven", found)
	}
}
