package build

import (
	"io/fs"
	"os"
	"path/filepath"

	"bulletin/internal/diag"
)

// RuleOutputFolder is the rule of the problem of an output folder that cannot
// be one. It stands alone in a report.
const RuleOutputFolder = "output-folder"

// overlap reports an output folder that would lie among what it is made from,
// or the other way round, by its name or by what links lead to.
func overlap(o Options, sourceDir, outputDir string) (diag.Problem, bool) {
	for _, dir := range []string{sourceDir, filepath.Join(sourceDir, "content"), filepath.Join(sourceDir, "layouts")} {
		inside := dir != sourceDir && lies(outputDir, dir)
		if inside || lies(dir, outputDir) {
			return diag.Errorf(diag.Pos{File: o.Output}, RuleOutputFolder, "choose a folder of its own, such as `--output public`",
				"the site cannot be built into this folder, because it is, holds or lies in the folder of the site's own files"), true
		}
	}
	return diag.Problem{}, false
}

// lies reports whether path is dir or lies in it, as it is written or as it is
// on the disk, where links and the case of letters can make one folder of two.
func lies(path, dir string) bool {
	return within(path, dir) || onDiskWithin(path, dir)
}

func within(path, dir string) bool {
	rel, err := filepath.Rel(dir, path)
	return err == nil && filepath.IsLocal(rel)
}

// onDiskWithin goes up from path and compares each folder with dir. What does
// not exist yet will be made in the nearest folder that does.
func onDiskWithin(path, dir string) bool {
	want, err := os.Stat(dir)
	if err != nil {
		return false
	}
	real := existing(path)
	for {
		if info, err := os.Stat(real); err == nil && os.SameFile(info, want) {
			return true
		}
		above := filepath.Dir(real)
		if above == real {
			return false
		}
		real = above
	}
}

// existing gives the nearest folder above path that exists, or path itself,
// free of links.
func existing(path string) string {
	for {
		if real, err := filepath.EvalSymlinks(path); err == nil {
			return real
		}
		above := filepath.Dir(path)
		if above == path {
			return path
		}
		path = above
	}
}

// ruleNotAFolder is the rule of the problem of something that stands where a
// folder of the site belongs.
const ruleNotAFolder = "not-a-folder"

// standsInTheWay reports something at dir, the folder of the site by that
// name, that is no folder: a file, or a link that leads nowhere.
func standsInTheWay(dir, name string) (diag.Problem, bool) {
	info, err := os.Stat(dir)
	if err == nil && info.IsDir() {
		return diag.Problem{}, false
	}
	link, linkErr := os.Lstat(dir)
	if linkErr != nil || link.IsDir() {
		return diag.Problem{}, false
	}
	text := "this is a file; the site needs a folder of this name, or none"
	if link.Mode()&fs.ModeSymlink != 0 {
		text = "this is a link that does not lead to a folder"
	}
	return diag.Errorf(diag.Pos{File: name}, ruleNotAFolder, "remove or rename it", "%s", text), true
}
