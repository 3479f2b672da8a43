package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// remark is something that the HTML checker says of a file: an error, a
// warning or a piece of information.
type remark struct {
	File string `json:"url"` // as a file: address
	Line int    `json:"lastLine"`
	Type string `json:"type"`
	Text string `json:"message"`
	Near string `json:"extract"`
}

// remarks runs the Nu HTML checker over all pages and style sheets of both
// sites, and over two files with faults in them: once, since it is slow to
// start. Mails are written in the HTML of long ago, for the programs that show
// them, and are left out.
func remarks(t *testing.T) []remark {
	t.Helper()
	jar := nodeFile(t, "vnu-jar", "build", "dist", "vnu.jar")
	if _, err := exec.LookPath("java"); err != nil {
		lacking(t, "no Java is installed, which the HTML checker needs")
	}
	all := slices.Clone(faulty)
	for _, s := range sites {
		for _, name := range files(t, s.open(t)) {
			ext := filepath.Ext(name)
			if ext == ".css" || ext == ".html" && !slices.Contains(s.mails, name) {
				all = append(all, s.file(name))
			}
		}
	}
	list, err := checkHTML(jar, all)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

var faulty = []string{filepath.Join("testdata", "faulty.html"), filepath.Join("testdata", "faulty.css")}

var (
	checked     sync.Once
	checkedList []remark
	checkedErr  error
)

func checkHTML(jar string, files []string) ([]remark, error) {
	checked.Do(func() {
		options := []string{"-jar", jar, "--also-check-css", "--format", "json", "--stdout", "--exit-zero-always"}
		check := exec.Command("java", append(options, files...)...)
		var complaint bytes.Buffer
		check.Stderr = &complaint
		out, err := check.Output()
		if err != nil {
			checkedErr = fmt.Errorf("running the HTML checker: %w\n%s", err, complaint.Bytes())
			return
		}
		var report struct {
			Messages []remark `json:"messages"`
		}
		if err := json.Unmarshal(out, &report); err != nil {
			checkedErr = fmt.Errorf("reading the report of the HTML checker: %w\n%s", err, out)
		}
		checkedList = report.Messages
	})
	return checkedList, checkedErr
}

func TestTheHTMLCheckerHasNothingToSayOfAnyPageOrStyleSheet(t *testing.T) {
	for _, r := range remarks(t) {
		if !strings.Contains(filepath.ToSlash(r.File), "testdata/faulty") {
			t.Errorf("%s:%d: %s: %s: %s", r.File, r.Line, r.Type, r.Text, r.Near)
		}
	}
}

func TestTheHTMLCheckerNoticesFaults(t *testing.T) {
	list := remarks(t)
	for _, file := range faulty {
		found := false
		for _, r := range list {
			found = found || strings.HasSuffix(r.File, filepath.ToSlash(file))
		}
		if !found {
			t.Errorf("nothing is found in %s", file)
		}
	}
}
