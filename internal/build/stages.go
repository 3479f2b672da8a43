package build

import (
	"crypto/sha256"
	"errors"
	"io/fs"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"bulletin/internal/config"
	"bulletin/internal/content"
	"bulletin/internal/diag"
	"bulletin/internal/markdown"
	"bulletin/internal/page"
	"bulletin/internal/source"
	"bulletin/internal/theme"
)

// memo remembers the result of a pure function for one key.
type memo[K comparable, V any] struct {
	key      K
	value    V
	problems diag.List
	known    bool
}

// get gives the remembered result, or makes and remembers it.
func (m *memo[K, V]) get(key K, make func() (V, diag.List)) (V, diag.List) {
	if !m.known || m.key != key {
		m.value, m.problems = make()
		m.key, m.known = key, true
	}
	return m.value, m.problems
}

// folder is a folder of the site that is read again and again.
type folder struct {
	open *source.Folder
	tree *source.Tree
}

// read reads the folder, for which prev is what it was before, if that can be
// relied on. A folder that does not exist has no tree.
func (f *folder) read(dir, prefix string, keep func(string) bool, prev *source.Tree, look *source.Look, now time.Time) (diag.List, error) {
	before := f.open
	open, err := source.OpenFolder(dir)
	if err == nil {
		var problems diag.List
		f.open = open
		f.tree, problems, err = source.Read(open, source.Options{Prefix: prefix, Keep: keep, Prev: prev, Look: look, Now: now})
		if err == nil {
			return problems, closeFolder(before)
		}
	}
	f.open, f.tree = nil, nil
	return nil, errors.Join(err, closeFolder(before), closeFolder(open))
}

func closeFolder(f *source.Folder) error {
	if f == nil {
		return nil
	}
	return f.Close()
}

// read reads the site's folders.
func (b *Builder) read(o Options, r *Report, dir string, now time.Time) error {
	content, layouts := b.content.tree, b.layouts.tree
	if content == nil {
		content = b.kept.tree()
	}
	if o.Reread {
		content, layouts = nil, nil
	}
	contentDir := filepath.Join(dir, "content")
	problems, err := b.content.read(contentDir, "content", nil, content, b.look, now)
	b.look = nil
	r.Problems.Add(problems...)
	noFolder := errors.Is(err, fs.ErrNotExist)
	if err != nil && !noFolder {
		_, noFolder = standsInTheWay(contentDir, "content")
	}
	if noFolder {
		r.Problems.Add(diag.Errorf(diag.Pos{File: "content"}, "no-content",
			"go to the folder of your site, or name it with --source; to start a new site: bulletin init FOLDER",
			"there is no folder named content in %s", o.Source))
		return nil
	}
	if err != nil {
		return err
	}
	if info, err := b.content.open.Lstat(name(config.File)); err == nil && info.IsDir() {
		r.Problems.Add(diag.Errorf(diag.Pos{File: config.File}, "not-a-file", "rename the folder, and write the settings into a file of this name", "this is a folder, not a file"))
	}
	if p, ok := standsInTheWay(filepath.Join(dir, "layouts"), "layouts"); ok {
		r.Problems.Add(p)
		return nil
	}
	problems, err = b.layouts.read(filepath.Join(dir, "layouts"), "layouts", source.Everything, layouts, nil, now)
	r.Problems.Add(problems...)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// configKey stands for all that the settings are read from.
type configKey struct {
	files   [sha256.Size]byte
	baseURL string
}

// unknown leaves out what was said of settings that are missing, if it was said
// before why they cannot be read.
func unknown(problems, said diag.List) diag.List {
	if !slices.ContainsFunc(said, func(p diag.Problem) bool { return p.File == config.File && p.Severity == diag.Error }) {
		return problems
	}
	return slices.DeleteFunc(slices.Clone(problems), func(p diag.Problem) bool { return p.Rule == config.RuleNoSettings })
}

// readConfig reads the settings and registers.
func (b *Builder) readConfig(o Options) (*config.Config, diag.List) {
	files := map[string][]byte{}
	h := sha256.New()
	for f := range b.content.tree.Files() {
		if config.IsSetting(f.Path) {
			files[f.Path] = f.Data
			h.Write([]byte(f.Path + "\x00"))
			h.Write(f.Sum[:])
		}
	}
	key := configKey{baseURL: o.BaseURL}
	h.Sum(key.files[:0])
	return b.config.get(key, func() (*config.Config, diag.List) {
		c, problems := config.Read(files)
		_, more := page.Brand(c)
		problems.Add(more...)
		if o.BaseURL != "" {
			if err := c.SetURL(o.BaseURL); err != nil {
				problems.Add(diag.Errorf(diag.Pos{File: "--base-url"}, "url", "write --base-url https://www.example.org", "%v", err))
			}
		}
		return c, problems
	})
}

// builtinLayouts reads the layouts that sites have unless they bring their
// own.
func (b *Builder) builtinLayouts() (*source.Tree, diag.List) {
	if b.base == nil {
		tree, problems, err := source.Read(b.builtin, source.Options{Dir: "layouts", Keep: source.Everything})
		if err != nil {
			return nil, diag.List{diag.Errorf(diag.Pos{File: "layouts"}, "layouts", "", "the built-in layouts cannot be read: %v", err)}
		}
		if problems.HasErrors() {
			return nil, problems
		}
		b.base = tree
	}
	return b.base, nil
}

// loadTheme lays the site's layouts over the built-in ones.
func (b *Builder) loadTheme() (*theme.Theme, diag.List) {
	base, problems := b.builtinLayouts()
	if problems.HasErrors() {
		return nil, problems
	}
	tree := source.Overlay(base, b.layouts.tree)
	return b.theme.get(tree.Sum(), func() (*theme.Theme, diag.List) { return theme.Load(tree.FS(), views()) })
}

// parsed is an entry as it was read from certain bytes under certain settings.
type parsed struct {
	sum      [sha256.Size]byte
	config   *config.Config
	prose    bool
	entry    *content.Entry
	problems diag.List
	packed   string // by the last run
}

// parse gives all entries, and the files that cannot be read as one.
func (b *Builder) parse(o Options, c *config.Config) ([]*content.Entry, map[string]bool, diag.List) {
	var files []*source.File
	for f := range b.content.tree.Files() {
		if content.IsEntry(f.Path) && !config.IsSetting(f.Path) {
			files = append(files, f)
		}
	}
	glossary := markdown.NewGlossary(c.Glossary)
	results := make([]*parsed, len(files))
	inParallel(len(files), func(i int) {
		f := files[i]
		if known, ok := b.entries[f.Path]; ok && known.sum == f.Sum && known.config == c && (known.prose || !b.prose) {
			results[i] = known
			return
		}
		if known, ok := b.kept.restore(b.config.key, c, glossary, f, func(err error) { b.callOff(err) }); ok {
			results[i] = known
			return
		}
		results[i] = b.parseFile(o, c, glossary, f)
	})
	entries := make([]*content.Entry, 0, len(files))
	broken := map[string]bool{}
	var problems diag.List
	remembered := make(map[string]*parsed, len(files))
	for i, f := range files {
		p := results[i]
		remembered[f.Path] = p
		problems.Add(p.problems...)
		if p.entry == nil {
			broken[f.Path] = true
			continue
		}
		entries = append(entries, p.entry)
	}
	b.entries = remembered
	return entries, broken, problems
}

// parseFile reads one entry.
func (b *Builder) parseFile(o Options, c *config.Config, glossary *markdown.Glossary, f *source.File) *parsed {
	data, err := f.Bytes()
	if err != nil {
		b.callOff(errors.Join(errMoved, err))
		return &parsed{}
	}
	read := content.Parse
	if b.prose {
		read = content.ParseProse
	}
	entry, problems := read(c, glossary, f.Path, data)
	p := &parsed{sum: f.Sum, config: c, prose: b.prose, entry: entry, problems: problems}
	if o.Once {
		f.Release()
	}
	return p
}

// attach gives all attachments.
func (b *Builder) attach() []*content.Attachment {
	var list []*content.Attachment
	remembered := map[string]*content.Attachment{}
	for f := range b.content.tree.Files() {
		if content.IsEntry(f.Path) || config.IsSetting(f.Path) {
			continue
		}
		a, ok := b.attached[f.Path]
		if !ok || a.Sum != f.Sum {
			a, ok = b.kept.attachment(f)
		}
		if !ok {
			a = content.Attach(f.Path, f.Size, f.Sum, f.Open)
		}
		remembered[f.Path] = a
		list = append(list, a)
	}
	b.attached = remembered
	return list
}

// inParallel calls do for 0 to n-1 on all processors.
func inParallel(n int, do func(i int)) {
	var wait sync.WaitGroup
	var next atomic.Int64
	for range min(runtime.GOMAXPROCS(0), n) {
		wait.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				do(i)
			}
		})
	}
	wait.Wait()
}

// name gives the path of an attachment below content/, as the tree names it.
func name(file string) string { return path.Clean(strings.TrimPrefix(file, content.Root)) }
