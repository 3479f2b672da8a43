package build

import (
	"encoding/binary"
	"errors"
	"sync"
	"time"

	"bulletin/internal/config"
	"bulletin/internal/content"
	"bulletin/internal/diag"
	"bulletin/internal/markdown"
	"bulletin/internal/output"
	"bulletin/internal/pack"
	"bulletin/internal/source"
)

// keptFiles are the files of content as one run of the program leaves them to
// the next: which files there were, and the entries without their HTML. What
// was not touched since need not be read again, and nothing of it is parsed
// unless the HTML is asked for.
type keptFiles struct {
	keptHead
	notes   []source.Note
	entries map[string]keptEntry // by Note.Name
}

// keptHead stands for what entries are made with besides their files.
type keptHead struct {
	Program string
	Config  configKey
	// Read is when the reading of the files began, and Made when they were kept,
	// by the machine's clock.
	Read, Made time.Time
	Files      int
}

// keptEntry is what was read from one file.
type keptEntry struct {
	note   source.Note
	packed string
	whatIsKept
}

type whatIsKept struct {
	Kept     *content.Kept // nil if the file is none or could not be read as an entry
	Problems diag.List
	// Attachment is nil for entries, and for what may be read otherwise the next
	// time.
	Attachment *content.Attachment
}

// errMoved calls a build off of which a file was changed while its text was
// still needed.
var errMoved = errors.New("a file of content was changed during the build")

// loadKept reads what the last run kept; nil if there is nothing of use.
func (b *Builder) loadKept(o Options, sourceDir, outputDir string) *keptFiles {
	if o.Cache == "" || o.Reread || !o.Once || !stands(outputDir) {
		return nil
	}
	program, err := programIdentity()
	if err != nil {
		return nil
	}
	data, ok := load(cacheFile(o, sourceDir, outputDir, entriesEnding))
	if !ok {
		return nil
	}
	k := &keptFiles{}
	rest, err := pack.Read(string(data), &k.keptHead)
	if err != nil || k.Program != program {
		return nil
	}
	if age := time.Since(k.Made); age < 0 || age > forgetAfter {
		return nil
	}
	found := make([]keptEntry, 0, min(k.Files, len(rest)))
	for rest != "" {
		var e keptEntry
		if rest, err = pack.Read(rest, &e.note); err != nil {
			return nil
		}
		size, n := binary.Uvarint([]byte(rest[:min(len(rest), binary.MaxVarintLen64)]))
		if n <= 0 || size > uint64(len(rest)-n) {
			return nil
		}
		e.packed, rest = rest[n:n+int(size)], rest[n+int(size):]
		found = append(found, e)
	}
	faults := make([]error, len(found))
	inParallel(len(found), func(i int) {
		if e := &found[i]; e.packed != "" {
			_, faults[i] = pack.Read(e.packed, &e.whatIsKept)
		}
	})
	if errors.Join(faults...) != nil {
		return nil
	}
	k.entries = make(map[string]keptEntry, len(found))
	for _, e := range found {
		k.notes = append(k.notes, e.note)
		k.entries[e.note.Name] = e
	}
	return k
}

// stands reports whether there is a site in the output folder. Where all pages
// have to be made, all texts are needed, and what was kept of them is of no use.
func stands(outputDir string) bool {
	tree, err := output.Open(outputDir)
	return err == nil && tree.Recorded("index.html")
}

// tree gives the files as they were read.
func (k *keptFiles) tree() *source.Tree {
	if k == nil {
		return nil
	}
	return source.Recall(k.notes, k.Read)
}

// restore gives what was read from a file, if that was the same file under the
// same settings. The text of the entry is read again when it is asked for.
func (k *keptFiles) restore(key configKey, c *config.Config, glossary *markdown.Glossary, f *source.File, callOff func(error)) (*parsed, bool) {
	if k == nil || k.Config != key {
		return nil, false
	}
	kept, ok := k.entries[f.Name]
	if !ok || kept.note.Sum != f.Sum || kept.packed == "" {
		return nil, false
	}
	p := &parsed{sum: f.Sum, config: c, problems: kept.Problems, packed: kept.packed}
	if kept.Kept == nil {
		return p, true
	}
	p.entry = kept.Kept.Restore(sync.OnceValue(func() *content.Entry {
		data, err := f.Bytes()
		if err == nil {
			if whole, _ := content.Parse(c, glossary, f.Path, data); whole != nil {
				return whole
			}
			err = errMoved
		}
		callOff(errors.Join(errMoved, err))
		return &content.Entry{Body: &markdown.Doc{}, Article: &content.Article{NotesToEditors: &markdown.Doc{}}}
	}))
	return p, true
}

// attachment gives what was read of an attachment, if that was the same file.
func (k *keptFiles) attachment(f *source.File) (*content.Attachment, bool) {
	if k == nil {
		return nil, false
	}
	kept, ok := k.entries[f.Name]
	return kept.Attachment, ok && kept.note.Sum == f.Sum && kept.Attachment != nil
}

// keep packs what was read from a file for the next run, and writes it behind p.
func (b *Builder) keep(p []byte, f *source.File) []byte {
	if entry, ok := b.entries[f.Path]; ok {
		return entry.keep(p)
	}
	if a, ok := b.attached[f.Path]; ok && len(a.Problems) == 0 {
		return pack.Append(p, &whatIsKept{Attachment: a})
	}
	return p
}

// keep packs what was read from a file for the next run, unless that was kept by
// the last one, and writes it behind b.
func (p *parsed) keep(b []byte) []byte {
	if p.packed != "" {
		return append(b, p.packed...)
	}
	what := whatIsKept{Problems: p.problems}
	if p.entry != nil {
		kept := p.entry.Keep()
		what.Kept = &kept
	}
	return pack.Append(b, &what)
}

// keepMeanwhile keeps what was read for the next run, while the build goes on.
// That it cannot be kept takes nothing away but time.
func (b *Builder) keepMeanwhile(o Options) {
	sourceDir, outputDir, err := folders(o)
	if err != nil || o.Cache == "" || !o.Once {
		return
	}
	b.keeping.Go(func() { _ = b.saveKept(o, sourceDir, outputDir) })
}

// usuallyKept is more than what is kept of most entries, in bytes.
const usuallyKept = 1500

// saveKept keeps the files for the next run.
func (b *Builder) saveKept(o Options, sourceDir, outputDir string) error {
	program, err := programIdentity()
	if err != nil {
		return err
	}
	var files []*source.File
	for f := range b.content.tree.Files() {
		if !config.IsSetting(f.Path) { // which are always read anew
			files = append(files, f)
		}
	}
	head := keptHead{Program: program, Config: b.config.key, Read: b.content.tree.Read(), Made: time.Now(), Files: b.content.tree.Len()}
	const perPart = 500
	parts := make([][]byte, 1+(len(files)+perPart-1)/perPart)
	parts[0] = pack.Append(nil, &head)
	inParallel(len(parts)-1, func(i int) {
		part, packed := make([]byte, 0, perPart*usuallyKept), []byte(nil)
		for _, f := range files[i*perPart : min((i+1)*perPart, len(files))] {
			packed = b.keep(packed[:0], f)
			note := f.Note()
			part = binary.AppendUvarint(pack.Append(part, &note), uint64(len(packed)))
			part = append(part, packed...)
		}
		parts[i+1] = part
	})
	return save(cacheFile(o, sourceDir, outputDir, entriesEnding), parts...)
}
