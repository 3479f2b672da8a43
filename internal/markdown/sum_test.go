package markdown

import "testing"

// TestSumTellsDocumentsApart has texts that differ in one thing each.
func TestSumTellsDocumentsApart(t *testing.T) {
	of := func(text string, o Options) [32]byte {
		doc, _ := Parse([]byte(text), o)
		return doc.Sum()
	}
	options := Options{File: "content/a.md", Line: 1}
	glossary := options
	glossary.Glossary = NewGlossary(map[string]string{"a": "meaning"})
	numbered := options
	numbered.Numbered = true
	seen := map[[32]byte]string{}
	for name, sum := range map[string][32]byte{
		"a text": of("1.1 a\n", options), "another": of("1.1 b\n", options), "a link": of("1.1 [a](b)\n", options), "to elsewhere": of("1.1 [a](c)\n", options),
		"an image": of("1.1 ![a](b)\n", options), "of something else": of("1.1 ![c](b)\n", options), "the same, written otherwise": of("1.1  a\n", options),
		"with a glossary": of("1.1 a\n", glossary), "numbered": of("1.1 a\n", numbered),
	} {
		if other, ok := seen[sum]; ok {
			t.Errorf("%s has the sum of %s", name, other)
		}
		seen[sum] = name
	}
	elsewhere := options
	elsewhere.File, elsewhere.Line = "content/b.md", 9
	if of("1.1 a\n", options) != of("1.1 a\n", elsewhere) {
		t.Error("the same text in another file has another sum")
	}
}
