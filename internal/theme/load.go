package theme

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"maps"
	"path"
	"reflect"
	"slices"
	"strings"
	"text/template/parse"
	"unicode/utf8"

	"bulletin/internal/diag"
	"bulletin/internal/output"
)

// base is the layout that wraps those that only define blocks.
const base = "base.html"

// maxSource is the most that a layout file may hold, in bytes.
const maxSource = 256 << 10

// file is one parsed template file.
type file struct {
	path string
	// name is how other templates call the file's own text.
	name string
	// trees are the templates in it: its own text under name, and its blocks.
	trees map[string]*parse.Tree
	// blocks are the names that it defines, sorted.
	blocks []string
	// whole is true if there is anything outside of the blocks.
	whole bool
}

// loader collects what Load needs to know at once.
type loader struct {
	views map[string]any
	theme *Theme
	files []*file
	// unreadable are the template files that could not be parsed.
	unreadable map[string]bool
	problems   diag.List
}

// read takes every file of the folder: templates are parsed, assets kept.
func (l *loader) read(layouts fs.FS) {
	err := fs.WalkDir(layouts, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if name != "." && hidden(entry.Name()) {
			if entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if entry.IsDir() {
			return nil
		}
		data, err := fs.ReadFile(layouts, name)
		if err != nil {
			return err
		}
		l.take(name, data)
		return nil
	})
	if err != nil {
		l.unreadable["."] = true
		l.problems.Add(diag.Errorf(diag.Pos{File: "layouts"}, "layout-read", "", "reading layouts: %v", err))
	}
}

// hidden tells the files that operating systems and editors leave behind.
func hidden(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasSuffix(name, "~") || name == "Thumbs.db" || name == "desktop.ini"
}

func (l *loader) take(name string, data []byte) {
	pos := diag.Pos{File: "layouts/" + name}
	switch {
	case strings.HasPrefix(name, "assets/"):
		l.theme.assets = append(l.theme.assets, Asset{Name: name, Path: name, Data: data})
	case path.Ext(name) != ".html":
		l.problems.Add(diag.Warnf(pos, "layout-unused",
			"Layouts end in .html. Move anything that is to be published as it is (styles, pictures, fonts) into layouts/assets/.",
			"this file is not used"))
	case len(data) > maxSource:
		l.reject(name, diag.Errorf(pos, "layout-syntax", "Move parts of it into files of their own in layouts/partials/.",
			"this layout is larger than %d KB", maxSource>>10))
	case !utf8.Valid(data):
		l.reject(name, diag.Errorf(pos, "layout-syntax", `Save the file again with the encoding "UTF-8".`,
			"this layout is not UTF-8 text"))
	case bytes.IndexByte(data, 0) >= 0:
		l.reject(name, diag.Errorf(pos, "layout-syntax", "Put back a copy from before, or write it anew.",
			"this layout holds bytes that are no text: it is damaged, or saved as UTF-16"))
	default:
		l.parse(name, string(data))
	}
}

func (l *loader) reject(name string, p diag.Problem) {
	l.unreadable[name] = true
	l.problems.Add(p)
}

// parse adds the templates of one file.
func (l *loader) parse(name, text string) {
	text = strings.ReplaceAll(strings.TrimPrefix(text, "\ufeff"), "\r\n", "\n")
	l.theme.sources[name] = text
	trees, err := parse.Parse(name, text, "", "", functions, builtins)
	if err != nil {
		l.reject(name, l.theme.sources.syntaxProblem(name, err))
		return
	}
	f := &file{path: name, name: name, trees: trees}
	if partial, ok := strings.CutPrefix(name, "partials/"); ok {
		f.name = strings.TrimSuffix(partial, ".html")
	}
	own := trees[name]
	delete(trees, name)
	f.blocks = slices.Sorted(maps.Keys(trees))
	f.whole = own != nil && !blank(own.Root)
	if own != nil {
		trees[f.name] = own
	}
	l.files = append(l.files, f)
}

// assemble makes the layouts from the files that were read. A file that could
// not be parsed stops only its own layout, unless others may show it.
func (l *loader) assemble() {
	for name := range l.unreadable {
		if !l.isLayout(name) {
			return
		}
	}
	shared, ok := l.shared()
	if !ok {
		return
	}
	called := map[string]bool{}
	for _, name := range slices.Sorted(maps.Keys(l.views)) {
		if f := l.file(name); f != nil {
			l.layout(f, shared, called)
		} else if !l.unreadable[name] {
			l.problems.Add(missingLayout(name))
		}
	}
	l.unusedFiles(called)
	l.once()
}

// shared gives the templates that every layout may call: those of base.html
// and of all files that are no layouts.
func (l *loader) shared() (map[string]*parse.Tree, bool) {
	all, from, ok := map[string]*parse.Tree{}, map[string]string{}, true
	for _, f := range l.files {
		if f.path == base || l.isLayout(f.path) {
			continue
		}
		for _, name := range slices.Sorted(maps.Keys(f.trees)) {
			if from[name] != "" {
				ok = false
				l.problems.Add(diag.Errorf(diag.Pos{File: "layouts/" + f.path}, "layout-template",
					"Give one of them another name.", "%q is defined here and in layouts/%s", name, from[name]))
				continue
			}
			all[name], from[name] = f.trees[name], f.path
		}
	}
	if f := l.file(base); f == nil {
		ok = false
		l.problems.Add(missingLayout(base))
	} else {
		maps.Copy(all, f.trees)
	}
	return all, ok
}

func (l *loader) isLayout(path string) bool {
	_, ok := l.views[path]
	return ok && !strings.HasPrefix(path, "partials/")
}

func (l *loader) file(path string) *file {
	for _, f := range l.files {
		if f.path == path {
			return f
		}
	}
	return nil
}

// layout makes one layout: the file's templates over the shared ones.
func (l *loader) layout(f *file, shared map[string]*parse.Tree, called map[string]bool) {
	trees := maps.Clone(shared)
	maps.Copy(trees, f.trees)
	entry := f.name
	wrapped := !f.whole && l.isLayout(f.path)
	if wrapped {
		entry = base
		if len(f.blocks) == 0 {
			l.problems.Add(diag.Errorf(diag.Pos{File: "layouts/" + f.path}, "layout-unused",
				"Delete the file to get the built-in layout back.", "this layout is empty"))
			return
		}
	}
	reach, problems := reachable(trees, entry, l.theme.sources)
	for name := range reach {
		called[trees[name].ParseName] = true
	}
	if wrapped {
		l.unusedBlocks(f, reach)
	}
	var set *template.Template
	var assets []string
	if len(problems) == 0 {
		var asked []Asset
		asked, problems = checkFields(reach, entry, reflect.TypeOf(l.views[f.path]), l.theme)
		for _, a := range asked {
			l.theme.asked[a.Name] = a.Path
			assets = append(assets, a.Path)
		}
		set = l.compile(reach, entry, &problems)
	}
	if len(problems) > 0 {
		l.problems.Add(problems...)
		return
	}
	l.theme.layouts[f.path] = &layout{
		path: f.path, entry: entry, set: set, salt: salt(reach, entry, assets), trees: escaped(set), functions: l.theme.functions(),
	}
}

// compile makes the executable set; the page's markup is analysed on the way.
func (l *loader) compile(trees map[string]*parse.Tree, entry string, problems *diag.List) *template.Template {
	set := template.New("").Funcs(l.theme.functions())
	for _, name := range slices.Sorted(maps.Keys(trees)) {
		// Escaping rewrites the trees, and the shared ones are used again.
		tree := trees[name].Copy()
		countSteps(tree)
		if _, err := set.AddParseTree(name, tree); err != nil {
			problems.Add(l.theme.sources.syntaxProblem(trees[name].ParseName, err))
			return nil
		}
	}
	var markup *template.Error
	if err := set.ExecuteTemplate(noRoom{}, entry, nil); errors.As(err, &markup) {
		problems.Add(l.theme.sources.markupProblem(trees, markup))
	}
	return set
}

// noRoom accepts nothing: executing a template into it analyses the template
// and stops at the first output.
type noRoom struct{}

func (noRoom) Write([]byte) (int, error) { return 0, io.ErrShortWrite }

// salt stands for the templates, by name and in order, and the paths of the
// assets that they ask for.
func salt(trees map[string]*parse.Tree, entry string, assets []string) output.Key {
	texts := append([]string{entry}, assets...)
	for _, name := range slices.Sorted(maps.Keys(trees)) {
		texts = append(texts, name, trees[name].Root.String())
	}
	return output.KeyOf(texts)
}

// unusedBlocks warns of blocks that base.html never shows.
func (l *loader) unusedBlocks(f *file, reach map[string]*parse.Tree) {
	for _, name := range f.blocks {
		if reach[name] != nil {
			continue
		}
		if name == "main" {
			l.problems.Add(diag.Warnf(diag.Pos{File: "layouts/" + base}, "layout-unused",
				`Write {{block "main" .}}{{end}} where the page's own part is to stand.`,
				`base.html never shows the block "main", which the layouts fill: all pages look the same`))
			continue
		}
		var known []string
		walk(reach[base].Root, func(n parse.Node) {
			if call, ok := n.(*parse.TemplateNode); ok {
				known = append(known, call.Name)
			}
		})
		slices.Sort(known)
		pos := diag.Pos{File: "layouts/" + f.path}
		if tree := f.trees[name]; len(tree.Root.Nodes) > 0 {
			pos = l.theme.sources.nodePos(tree.Root.Nodes[0])
		}
		hint := "The blocks of base.html are: " + strings.Join(known, ", ") + "."
		if near := diag.Nearest(name, known); near != "" {
			hint = fmt.Sprintf("Did you mean {{define %q}}?", near)
		}
		l.problems.Add(diag.Warnf(pos, "layout-unused", hint, "base.html has no block %q, so this is not shown", name))
	}
}

// unusedFiles warns of files that look like layouts and are none.
func (l *loader) unusedFiles(called map[string]bool) {
	names := slices.Sorted(maps.Keys(l.views))
	for _, f := range l.files {
		if called[f.path] || f.path == base || l.isLayout(f.path) || strings.HasPrefix(f.path, "partials/") {
			continue
		}
		hint := "The layouts are: base.html, " + strings.Join(names, ", ") + "."
		if near := diag.Nearest(f.path, names); near != "" {
			hint = fmt.Sprintf("Did you mean layouts/%s?", near)
		}
		l.problems.Add(diag.Warnf(diag.Pos{File: "layouts/" + f.path}, "layout-unused", hint, "no page uses this file"))
	}
}

// once keeps the first problem of a rule at a position: base.html and the
// partials are checked for every layout that reaches them.
func (l *loader) once() {
	type place struct {
		diag.Pos
		rule string
	}
	seen := map[place]bool{}
	l.problems = slices.DeleteFunc(l.problems, func(p diag.Problem) bool {
		at := place{p.Pos, p.Rule}
		again := seen[at]
		seen[at] = true
		return again
	})
}
