package build

import (
	"bytes"
	"crypto/sha256"
	"encoding/gob"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	"bulletin/internal/diag"
	"bulletin/internal/host"
	"bulletin/internal/output"
	"bulletin/internal/site"
	"bulletin/internal/source"
)

// recollection is a good build as the next program finds it: what the build
// depended on, what it left, and what it said. While all that it depended on
// is the same and what it left is still there, building again would change
// nothing and say the same.
type recollection struct {
	// Given stands for the program, its built-in layouts, the folders and the
	// options.
	Given [sha256.Size]byte
	// Content and Layouts are the folders as they were read.
	Content, Layouts reading
	// From and Until bound the instants as of which a build is the same; zero
	// is without end.
	From, Until time.Time
	// Made is when the build was made, by the machine's clock.
	Made time.Time
	// Seal is what was left in the output folder.
	Seal output.Seal

	Problems  diag.List
	Counts    Counts
	Next      *site.Due
	Zone      string
	URL, Base string
	Policy    host.Policy
}

// reading is a folder as it was read at an instant.
type reading struct {
	At    time.Time
	Print source.Print
}

func readingOf(t *source.Tree) reading { return reading{t.Read(), t.Print()} }

// forgetAfter is how long a build is remembered: it also depends on things
// that hardly ever change, such as the rules of time zones.
const forgetAfter = 24 * time.Hour

// given identifies what a build is made with and for.
func (b *Builder) given(o Options, sourceDir, outputDir string) ([sha256.Size]byte, error) {
	base, problems := b.builtinLayouts()
	if problems.HasErrors() {
		return [sha256.Size]byte{}, errors.New("the built-in layouts cannot be read")
	}
	program, err := programIdentity()
	return sha256.Sum256(fmt.Appendf(nil, "%s %x %q %q %q %q %+v %t", program, base.Sum(), sourceDir, outputDir, o.Output, o.BaseURL, o.At, o.Drafts)), err
}

// programIdentity tells one build of this program from another, without
// reading it.
func programIdentity() (string, error) {
	file, err := os.Executable()
	if err != nil {
		return "", err
	}
	stamp, err := source.StampOf(file)
	if err != nil {
		return "", err
	}
	info, _ := debug.ReadBuildInfo()
	return fmt.Sprintf("%s %v", stamp, info), nil
}

// recollect gives what is known of an earlier build if another would be the
// same, but for what may have happened to the content and the output; nil if
// nothing is.
func (b *Builder) recollect(o Options, sourceDir, outputDir string) *recollection {
	if o.Cache == "" || o.Reread {
		return nil
	}
	given, err := b.given(o, sourceDir, outputDir)
	if err != nil {
		return nil
	}
	var m recollection
	data, ok := load(cacheFile(o, sourceDir, outputDir, buildEnding))
	if !ok || gob.NewDecoder(bytes.NewReader(data)).Decode(&m) != nil || m.Given != given {
		return nil
	}
	if age := time.Since(m.Made); age < 0 || age > forgetAfter {
		return nil
	}
	if now := m.now(o); now.Before(m.From) || !m.Until.IsZero() && !now.Before(m.Until) {
		return nil
	}
	if _, same := m.Layouts.still(sourceDir, "layouts", source.Everything); !same {
		return nil
	}
	return &m
}

// now gives the instant as of which a build of the same settings would be.
func (m *recollection) now(o Options) time.Time {
	if o.At.IsZero() {
		return o.Clock()
	}
	return m.From
}

// recall gives the report of the earlier build if another would be the same.
func (b *Builder) recall(m *recollection, o Options, sourceDir, outputDir string) (*Report, bool) {
	if m == nil {
		return nil, false
	}
	zone, err := time.LoadLocation(m.Zone)
	if err != nil {
		return nil, false
	}
	look, same := m.Content.still(sourceDir, "content", nil)
	if b.look = look; !same {
		return nil, false
	}
	outputs, ok := m.sealed(outputDir)
	if !ok {
		return nil, false
	}
	return &Report{
		Problems: m.Problems, Result: output.Result{Kept: outputs, Seal: m.Seal}, Counts: m.Counts, Now: m.now(o), Next: m.Next, until: m.Until,
		Location: zone, URL: m.URL, Base: m.Base, Policy: m.Policy,
	}, true
}

// sealed reports whether the output is as the build left it, and how many
// outputs there are.
func (m *recollection) sealed(outputDir string) (outputs int, ok bool) {
	tree, err := output.Open(outputDir)
	if err != nil {
		return 0, false
	}
	seal, outputs, ok := tree.Seal()
	return outputs, ok && seal == m.Seal
}

// still looks at a folder, and reports whether it is as it was read.
func (r reading) still(dir, name string, keep func(string) bool) (look *source.Look, same bool) {
	dir = filepath.Join(dir, name)
	if _, ok := standsInTheWay(dir, name); ok {
		return nil, false
	}
	folder, err := source.OpenFolder(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, r.Print == (*source.Tree)(nil).Print()
	}
	if err != nil {
		return nil, false
	}
	look, err = source.Glance(folder, source.Options{Prefix: name, Keep: keep, Now: r.At})
	if errors.Join(err, folder.Close()) != nil || look == nil {
		return nil, false
	}
	return look, look.Print == r.Print
}

// remember keeps a good build for the next program. That it cannot be kept
// takes nothing away but time.
func (b *Builder) remember(o Options, r *Report, sourceDir, outputDir string) {
	if o.Cache == "" || r.Problems.HasErrors() {
		return
	}
	given, err := b.given(o, sourceDir, outputDir)
	if err != nil {
		return
	}
	var encoded bytes.Buffer
	err = gob.NewEncoder(&encoded).Encode(recollection{
		Given: given, Content: readingOf(b.content.tree), Layouts: readingOf(b.layouts.tree),
		From: r.Now, Until: r.until, Made: time.Now(), Seal: r.Result.Seal,
		Problems: r.Problems, Counts: r.Counts, Next: r.Next, Zone: r.Location.String(), URL: r.URL, Base: r.Base, Policy: r.Policy,
	})
	if err != nil {
		return
	}
	b.keeping.Wait()
	_ = save(cacheFile(o, sourceDir, outputDir, buildEnding), encoded.Bytes())
}
