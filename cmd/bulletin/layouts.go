package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"bulletin"
	"bulletin/internal/diag"
	"bulletin/internal/theme"
)

func layoutsVerb() *cobra.Command {
	c := &cobra.Command{
		Use:   "layouts",
		Short: "List the built-in layouts, or copy one to change it",
		Long: "A file in the folder layouts/ of a site replaces the built-in one of the same\nname. layouts list says which there are and what each is for; layouts copy puts\n" +
			"one into the site's folder, where it can be changed.",
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return exit{exitUsage, "say what to do: bulletin layouts list, or: bulletin layouts copy article.html"}
			}
			text := fmt.Sprintf("there is no %q here", args[0])
			if near := diag.Nearest(args[0], []string{"list", "copy"}); near != "" {
				text += "; did you mean " + near + "?"
			}
			return exit{exitUsage, text + "\nTry: bulletin layouts list"}
		},
	}
	c.AddCommand(layoutsListVerb(), layoutsCopyVerb())
	return c
}

func layoutsListVerb() *cobra.Command {
	var source string
	c := &cobra.Command{
		Use:   "list",
		Short: "List the built-in layouts and assets, and which of them the site replaces",
		Args:  wantOptionsOnly,
		RunE: func(*cobra.Command, []string) error {
			if err := wantSite(source); err != nil {
				return err
			}
			files, err := builtinLayouts()
			if err != nil {
				return machine{err}
			}
			return listLayouts(files, source)
		},
	}
	c.Flags().StringVar(&source, "source", ".", "the site's `folder`, which holds content/")
	return c
}

func layoutsCopyVerb() *cobra.Command {
	var source string
	var force bool
	c := &cobra.Command{
		Use:   "copy NAME",
		Short: "Copy a built-in layout or asset into the site's folder layouts/",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 1 {
				return nil
			}
			return exit{exitUsage, "name one layout, such as: bulletin layouts copy article.html"}
		},
		RunE: func(_ *cobra.Command, args []string) error {
			if err := wantSite(source); err != nil {
				return err
			}
			return copyLayout(args[0], source, force)
		},
	}
	c.Flags().StringVar(&source, "source", ".", "the site's `folder`, which holds content/")
	c.Flags().BoolVar(&force, "force", false, "write over a file that is there already")
	return c
}

// builtinLayouts lists the files of the built-in theme.
func builtinLayouts() ([]theme.File, error) {
	layouts, err := fs.Sub(bulletin.Layouts, "layouts")
	if err != nil {
		return nil, err
	}
	return theme.Files(layouts)
}

func listLayouts(files []theme.File, source string) error {
	width := 0
	for _, f := range files {
		width = max(width, len(f.Name))
	}
	for _, f := range files {
		line := fmt.Sprintf("%-*s  %s", width, f.Name, f.About)
		if _, err := os.Stat(filepath.Join(source, "layouts", filepath.FromSlash(f.Name))); err == nil {
			line += " Replaced by the site's own."
		}
		if _, err := fmt.Println(strings.TrimRight(line, " ")); err != nil {
			return machine{err}
		}
	}
	return nil
}

// copyLayout copies a built-in file into the site's layouts.
func copyLayout(name, source string, force bool) error {
	files, err := builtinLayouts()
	if err != nil {
		return machine{err}
	}
	file, err := findLayout(files, name)
	if err != nil {
		return err
	}
	data, err := bulletin.Layouts.ReadFile("layouts/" + file)
	if err != nil {
		return machine{err}
	}
	inSite := filepath.Join("layouts", filepath.FromSlash(file))
	to := filepath.Join(source, inSite)
	mode := os.O_EXCL
	if force {
		mode = os.O_TRUNC
	}
	err = writeInSite(source, inSite, data, mode)
	if errors.Is(err, fs.ErrExist) {
		return exit{exitUsage, filepath.ToSlash(to) + " is there already; to write over it, add --force"}
	}
	if err != nil {
		return err
	}
	if _, err := fmt.Println(filepath.ToSlash(to)); err != nil {
		return machine{err}
	}
	return nil
}

// findLayout finds a file by its name, which may lack the folder and the
// ending.
func findLayout(files []theme.File, name string) (string, error) {
	wanted := strings.TrimPrefix(filepath.ToSlash(name), "layouts/")
	var names, found []string
	for _, f := range files {
		base := path.Base(f.Name)
		switch wanted {
		case f.Name:
			return f.Name, nil
		case base, strings.TrimSuffix(f.Name, path.Ext(f.Name)), strings.TrimSuffix(base, path.Ext(base)):
			found = append(found, f.Name)
		}
		names = append(names, f.Name, base)
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		text := fmt.Sprintf("there is no layout %q", name)
		slices.Sort(names)
		if near := diag.Nearest(wanted, slices.Compact(names)); near != "" {
			text += "; did you mean " + near + "?"
		}
		return "", exit{exitUsage, text + "\nTry: bulletin layouts list"}
	}
	return "", exit{exitUsage, fmt.Sprintf("%q can be %s; write one of them", name, strings.Join(found, " or "))}
}
