package watch

import (
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/fsnotify/fsnotify"
)

// notifier is the part of fsnotify that places watches on folders.
type notifier interface {
	Add(path string) error
	Remove(path string) error
	Close() error
}

// events is what the operating system reports about a set of folders.
type events struct {
	notifier
	changes  <-chan fsnotify.Event
	failures <-chan error
	// watched gives the inode of each folder when its watch was placed: a
	// watch stays with the inode, whatever becomes of the name.
	watched map[string]uint64
}

func systemEvents() (*events, error) {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	return &events{notifier: w, changes: w.Events, failures: w.Errors}, nil
}

// close ends the events; closing none, or twice, does nothing.
func (e *events) close() {
	if e != nil {
		e.Close()
	}
}

// follow watches exactly the given folders and reports whether one of them
// was not watched before. The error is one that leaves folders unwatched: the
// limit of the operating system.
func (e *events) follow(folders map[string]uint64) (added bool, err error) {
	// Watches that went elsewhere with their folder go first. A folder that
	// was renamed would otherwise keep its watch under the old name, and lose
	// it when that name is given up.
	for path, inode := range e.watched {
		if now, ok := folders[path]; !ok || now != inode {
			e.Remove(path) // an error means that the system has already dropped it
			delete(e.watched, path)
		}
	}
	if e.watched == nil {
		e.watched = make(map[string]uint64, len(folders))
	}
	for path, inode := range folders {
		// Placing a watch twice costs next to nothing, and heals one that the
		// system dropped, as when a folder was deleted and made again.
		if err := e.Add(path); err != nil {
			if limited(err) {
				return added, err
			}
			continue // vanished or unreadable: the next walk decides
		}
		if _, ok := e.watched[path]; !ok {
			e.watched[path], added = inode, true
		}
	}
	return added, nil
}

// limited reports whether err means that no more folders can be watched:
// ENOSPC is inotify's own limit, the others are those of open files.
func limited(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EMFILE) ||
		errors.Is(err, syscall.ENFILE) || errors.Is(err, syscall.ENOMEM)
}

// limitAdvice says what an administrator could do about err.
func limitAdvice(err error) string {
	if errors.Is(err, syscall.ENOSPC) {
		return " To be told at once again, raise the system's limit fs.inotify.max_user_watches."
	}
	return ""
}

// listen turns events into one signal each time they have ceased for a
// moment, or have gone on for too long, and into hints before that. It does
// nothing slow, so that the system's queue does not overflow.
func (w *Watcher) listen(e *events) {
	quiet := time.NewTimer(w.options.Quiet)
	quiet.Stop()
	soon := time.NewTimer(hintAfter)
	soon.Stop()
	var told hint
	var deadline time.Time // when to signal at the latest; zero in quiet times
	for {
		select {
		case event, open := <-e.changes:
			if !open {
				return
			}
			if !w.relevant(event) {
				continue
			}
			told.add(filepath.Clean(event.Name))
		case _, open := <-e.failures:
			// Above all [fsnotify.ErrEventOverflow]: something was lost, so
			// anything may have changed.
			if !open {
				return
			}
			told.add("")
		case <-soon.C:
			w.tell(told)
			told = hint{}
			continue
		case <-quiet.C:
			deadline = time.Time{}
			poke(w.settled)
			continue
		}
		now := time.Now()
		if deadline.IsZero() {
			deadline = now.Add(w.options.Burst)
		}
		soon.Reset(hintAfter)
		quiet.Reset(min(w.options.Quiet, deadline.Sub(now)))
	}
}

// hintAfter is how long events must have ceased before a hint is given: a
// program that saves a file does so in several steps.
const hintAfter = 5 * time.Millisecond

// hint is what events have told since the last hint was given.
type hint struct {
	any  bool
	path string // "" for several
}

func (h *hint) add(path string) {
	if h.any && h.path != path {
		path = ""
	}
	*h = hint{true, path}
}

// tell gives a hint. With one that nobody has taken yet, it becomes one.
func (w *Watcher) tell(h hint) {
	select {
	case before := <-w.hints:
		h.add(before)
	default:
	}
	w.hints <- h.path // there is room: nobody else sends
}

// relevant reports whether an event may mean that a root has changed. A
// change of nothing but attributes does not: indexers and virus scanners make
// them all the time. (Where it does matter, as for a file made readable, the
// slow walk sees it.)
func (w *Watcher) relevant(event fsnotify.Event) bool {
	if event.Op&^fsnotify.Chmod == 0 {
		return false
	}
	path := filepath.Clean(event.Name)
	return slices.ContainsFunc(w.options.Roots, func(root string) bool {
		return within(root, path) || within(path, root) && !w.ignored(path)
	})
}

// within reports whether path is folder itself or lies below it.
func within(path, folder string) bool {
	rest, ok := strings.CutPrefix(path, folder)
	return ok && (rest == "" || rest[0] == filepath.Separator || strings.HasSuffix(folder, string(filepath.Separator)))
}

// Temporary reports whether name, the last element of a path, is that of a
// file or folder that editors, office programs, file managers and version
// control keep for themselves. Nobody publishes these.
func Temporary(name string) bool {
	switch name {
	case ".git", ".hg", ".svn", ".DS_Store", "Thumbs.db", "desktop.ini", "4913": // Vim tries a folder with 4913
		return true
	}
	switch ext := filepath.Ext(name); {
	case strings.HasPrefix(name, ".") && len(ext) == 4 && strings.HasPrefix(ext, ".sw"): // Vim
		return true
	case strings.HasSuffix(name, "~"), // Emacs, Vim, Kate, gedit
		strings.HasPrefix(name, ".#"),                                // Emacs locks
		strings.HasPrefix(name, "#") && strings.HasSuffix(name, "#"), // Emacs
		strings.HasPrefix(name, "~$"),                                // Word
		strings.HasPrefix(name, ".~lock."),                           // LibreOffice
		strings.HasPrefix(name, ".goutputstream-"),                   // GNOME
		strings.HasSuffix(name, "___jb_tmp___"),                      // JetBrains
		strings.HasSuffix(name, "___jb_old___"),
		strings.HasPrefix(name, ".nfs"): // deleted while open on a share
		return true
	}
	return false
}
