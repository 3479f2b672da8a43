package output

import (
	"bytes"
	"crypto/sha256"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func sampleEntries() []entry {
	e := func(path, content string) entry {
		return entry{path: path, key: KeyOf(content), size: int64(len(content)), sum: sha256.Sum256([]byte(content))}
	}
	return []entry{e("404.html", ""), e("a b/c  d.txt", "x"), e("articles/ŵ/index.html", "page")}
}

func TestManifestIsReadAsItWasWritten(t *testing.T) {
	for _, entries := range [][]entry{{}, sampleEntries()} {
		got, intact := parseManifest(formatManifest(entries))
		if !intact {
			t.Errorf("%d entries: not intact", len(entries))
		}
		if diff := cmp.Diff(entries, got, cmp.AllowUnexported(entry{})); diff != "" {
			t.Error(diff)
		}
	}
}

func TestEveryCutOrChangedManifestIsKnown(t *testing.T) {
	whole := formatManifest(sampleEntries())
	for n := range whole {
		if _, intact := parseManifest(whole[:n]); intact {
			t.Errorf("cut to %d bytes: taken for intact", n)
		}
		changed := bytes.Clone(whole)
		changed[n] ^= 1
		if _, intact := parseManifest(changed); intact {
			t.Errorf("byte %d changed: taken for intact", n)
		}
	}
	if _, intact := parseManifest(append(whole, whole...)); intact {
		t.Error("twice over: taken for intact")
	}
}

func TestDamagedManifestStillGivesItsGoodLines(t *testing.T) {
	lines := strings.SplitAfter(string(formatManifest(sampleEntries())), "\n")
	damaged := "<<<<<<< HEAD\n" + lines[1] + "=======\n" + lines[3] + lines[2] + "../" + lines[2]
	got, intact := parseManifest([]byte("bulletin manifest 0\n" + damaged))
	if intact || len(got) != 3 {
		t.Errorf("intact %v, entries %v", intact, got)
	}
}

func FuzzParseManifest(f *testing.F) {
	f.Add(formatManifest(nil))
	f.Add(formatManifest(sampleEntries()))
	f.Add([]byte("bulletin manifest 1\n0 0 0 \nend 0 0\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		entries, intact := parseManifest(data)
		for _, e := range entries {
			if fault := pathFault(e.path); fault != "" {
				t.Errorf("%q %s", e.path, fault)
			}
		}
		if intact && !bytes.Equal(formatManifest(entries), data) {
			t.Errorf("intact, but written anew it differs")
		}
	})
}
