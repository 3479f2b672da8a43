package check_test

import (
	"bytes"
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bulletin/internal/check"
)

var update = flag.Bool("update", false, "write what the manual says of the rules")

// manual is the chapter on checks. From the first family on it is written from
// the table of rules.
const manual = "../../content/guide/checks.md"

func TestTheManualDescribesTheRulesAsTheyAre(t *testing.T) {
	page, err := os.ReadFile(manual)
	if err != nil {
		t.Fatal(err)
	}
	var reference bytes.Buffer
	if err := check.WriteReference(&reference); err != nil {
		t.Fatal(err)
	}
	head, _, found := strings.Cut(string(page), "\n## "+check.Families()[0].Title+"\n")
	if !found {
		t.Fatal("the manual has no section on the first family")
	}
	want := head + "\n" + reference.String()
	if *update {
		if err := os.WriteFile(manual, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(want, string(page)); diff != "" {
		t.Errorf("run go test ./internal/check -update (-want +got)\n%s", diff)
	}
}

func TestEveryProblemOfABuildIsListed(t *testing.T) {
	listed := map[string]bool{}
	for _, p := range check.BuildProblems {
		listed[p.Name] = true
	}
	for _, name := range buildRules(t) {
		if !listed[name] {
			t.Errorf("a build can report %s, which is not listed", name)
		}

	}
}

// buildRules finds the names of rules in the source of the other rooms: those
// of constants named Rule..., and of calls that make a problem.
func buildRules(t *testing.T) []string {
	t.Helper()
	var names []string
	add := func(e ast.Expr) {
		if literal, ok := e.(*ast.BasicLit); ok && literal.Kind == token.STRING {
			if name, err := strconv.Unquote(literal.Value); err == nil && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	rooms := os.DirFS("..")
	err := fs.WalkDir(rooms, ".", func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || d.Name() == "testdata" || d.Name() == "check") {
			return fs.SkipDir
		}
		if !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
			return nil
		}
		data, err := fs.ReadFile(rooms, file)
		if err != nil {
			return err
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, data, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				if f, ok := n.Fun.(*ast.SelectorExpr); ok && len(n.Args) > 3 && slices.Contains([]string{"Errorf", "Warnf", "problem"}, f.Sel.Name) {
					if x, ok := f.X.(*ast.Ident); ok && (x.Name == "diag" || f.Sel.Name == "problem") {
						add(n.Args[1])
					}
				}
			case *ast.ValueSpec:
				for i, name := range n.Names {
					if strings.HasPrefix(name.Name, "Rule") && i < len(n.Values) {
						add(n.Values[i])
					}
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(names) < 50 {
		t.Fatalf("only %d names were found", len(names))
	}
	return names
}
