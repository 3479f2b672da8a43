package page

import (
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write what the manual says of views")

// manual is the chapter on views. From this heading on it is written from the
// comments of the types in this package, which are the one place where views
// are described.
const (
	manual     = "../../content/guide/views.md"
	firstGroup = "\n## What every view has\n"
)

func TestTheManualDescribesEveryFieldOfEveryView(t *testing.T) {
	page, err := os.ReadFile(manual)
	if err != nil {
		t.Fatal(err)
	}
	head, _, found := strings.Cut(string(page), firstGroup)
	if !found {
		t.Fatalf("the manual has no section%s", firstGroup)
	}
	want := head + reference(t)
	if *update {
		if err := os.WriteFile(manual, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(want, string(page)); diff != "" {
		t.Errorf("run go test ./internal/page -run Manual -update (-want +got)\n%s", diff)
	}
}

// reference writes the sections on views and on the parts of views.
func reference(t *testing.T) string {
	docs := readDocs(t)
	var b strings.Builder
	done := map[reflect.Type]bool{}
	var later []reflect.Type
	write := func(title string, v reflect.Type) {
		done[v] = true
		fmt.Fprintf(&b, "\n%s\n\n%s\n\n", title, sentence(docs[v.Name()].about))
		for i := range v.NumField() {
			f := v.Field(i)
			if f.Anonymous {
				fmt.Fprintf(&b, "It has all that %s has.\n\n", map[string]string{"Common": "every view", "Entry": "an entry", "Link": "a link"}[f.Name])
				later = append(later, f.Type)
				continue
			}
			text := docs[v.Name()].fields[f.Name]
			if rest, ok := strings.CutPrefix(text, f.Name+" "); ok {
				text = "`." + f.Name + "` " + rest
			}
			if text == "" {
				text = "The " + strings.ToLower(f.Name) + "."
			}
			fmt.Fprintf(&b, "`.%s`\n: %s%s Example: `%s`\n\n", f.Name, kindOf(f.Type), sentence(text), example(f))
			if e := element(f.Type); e.Kind() == reflect.Struct {
				later = append(later, e)
			}
		}
	}
	write(strings.TrimSpace(firstGroup), reflect.TypeFor[Common]())
	write("## What every entry has", reflect.TypeFor[Entry]())
	views := Views()
	for _, name := range []string{"home.html", "article.html", "event.html", "newsletter.html", "page.html", "list.html", "term.html", "terms.html", "subscribe.html", "accessibility.html", "privacy.html", "404.html", "redirect.html"} {
		write("## "+name, reflect.TypeOf(views[name]))
		delete(views, name)
	}
	delete(views, "partials/embed.html")
	for name := range views {
		t.Errorf("the manual says nothing of %s", name)
	}
	b.WriteString("\n## Parts of views\n")
	for len(later) > 0 {
		v := later[0]
		if later = later[1:]; !done[v] {
			write("### "+v.Name(), v)
		}
	}
	return "\n" + strings.TrimSpace(b.String()) + "\n"
}

// element gives the type of what a field holds.
func element(t reflect.Type) reflect.Type {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	return t
}

// kindOf says in words what a field holds, where the comment may not.
func kindOf(t reflect.Type) string {
	e := element(t)
	switch {
	case t.Kind() == reflect.Slice && e.Kind() == reflect.Struct:
		return "A list of [" + e.Name() + "](#" + strings.ToLower(e.Name()) + "). "
	case t.Kind() == reflect.Slice:
		return "A list of texts. "
	case t.Kind() == reflect.Pointer:
		return "A [" + e.Name() + "](#" + strings.ToLower(e.Name()) + "), or nothing. "
	case e.Kind() == reflect.Struct:
		return "A [" + e.Name() + "](#" + strings.ToLower(e.Name()) + "). "
	case e.Kind() == reflect.Bool:
		return "True or false. "
	}
	return ""
}

// example shows how a layout uses a field.
func example(f reflect.StructField) string {
	inner := "{{.}}"
	if e := element(f.Type); e.Kind() == reflect.Struct {
		for _, sub := range reflect.VisibleFields(e) {
			if sub.Type.Kind() == reflect.String {
				inner = "{{." + sub.Name + "}}"
				break
			}
		}
	}
	switch f.Type.Kind() {
	case reflect.Slice:
		return "{{range ." + f.Name + "}}" + inner + "{{end}}"
	case reflect.Pointer, reflect.Struct:
		return "{{with ." + f.Name + "}}" + inner + "{{end}}"
	case reflect.Bool:
		return "{{if ." + f.Name + "}}yes{{end}}"
	}
	return "{{." + f.Name + "}}"
}

// documented are the comments of a type and of its fields.
type documented struct {
	about  string
	fields map[string]string
}

// readDocs reads the comments of the types in the files of views.
func readDocs(t *testing.T) map[string]documented {
	t.Helper()
	files, err := filepath.Glob("view*.go")
	if err != nil {
		t.Fatal(err)
	}
	docs := map[string]documented{}
	for _, file := range files {
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range parsed.Decls {
			d, ok := decl.(*ast.GenDecl)
			if !ok || d.Tok != token.TYPE {
				continue
			}
			spec := d.Specs[0].(*ast.TypeSpec)
			if fields, ok := spec.Type.(*ast.StructType); ok {
				docs[spec.Name.Name] = documented{d.Doc.Text(), fieldDocs(fields)}
			}
		}
	}
	return docs
}

// fieldDocs gives the comments of fields. One that names several fields goes
// on to hold for those below it.
func fieldDocs(s *ast.StructType) map[string]string {
	docs := map[string]string{}
	above := ""
	for _, f := range s.Fields.List {
		text := f.Doc.Text()
		for _, name := range f.Names {
			if text == "" && slices.Contains(strings.FieldsFunc(above, func(r rune) bool { return r == ' ' || r == ',' || r == '\n' }), name.Name) {
				text = above
			}
			docs[name.Name] = text
		}
		if f.Doc.Text() != "" {
			above = text
		}
	}
	return docs
}

// sentence puts a comment on one line, so that Markdown shows it as it is.
func sentence(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	return strings.NewReplacer("{{", "`{{", "}}", "}}`", "<", "&lt;", "*", `\*`, "--", "–").Replace(text)
}
