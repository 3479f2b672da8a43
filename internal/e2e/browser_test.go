package e2e

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

const (
	// wide and narrow are the two widths of window that pages are looked at
	// in, in CSS pixels. The narrow one is that of WCAG 2.2, criterion 1.4.10.
	wide, narrow = 1280, 320
	// patience is how long a browser may take for one thing.
	patience = 30 * time.Second
	// glance is the time between two looks at whether something has happened.
	glance = 25 * time.Millisecond
)

// browserNames are the commands under which a browser is found.
var browserNames = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"}

// browser is the one browser that all tests share. It can reach nothing but
// this computer, whatever a page asks for.
var browser = sync.OnceValues(func() (context.Context, error) {
	command, err := findBrowser()
	if err != nil {
		return nil, err
	}
	allocator, stopAllocator := chromedp.NewExecAllocator(context.Background(), append(
		chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(command),
		chromedp.NoSandbox,
		chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"),
	)...)
	ctx, stop := chromedp.NewContext(allocator)
	if err := chromedp.Do(ctx); err != nil {
		stop()
		stopAllocator()
		return nil, fmt.Errorf("starting %s: %w", command, err)
	}
	atEnd.add(func() {
		stop()
		stopAllocator()
	})
	return ctx, nil
})

func findBrowser() (string, error) {
	for _, name := range browserNames {
		if command, err := exec.LookPath(name); err == nil {
			return command, nil
		}
	}
	return "", errors.New("no Chromium or Chrome is installed")
}

// needBrowser ends a test for which there is no browser.
func needBrowser(t *testing.T) {
	t.Helper()
	if _, err := findBrowser(); err != nil {
		lacking(t, err.Error())
	}
}

//go:embed probe
var probes embed.FS

// probe gives a function in JavaScript that measures a page, as an expression
// that calls it.
func probe(name string) string {
	text, err := probes.ReadFile("probe/" + name + ".js")
	if err != nil {
		panic(err) // the files are part of the test
	}
	return "(" + strings.TrimSpace(string(text)) + ")()"
}

// tab is a tab of the browser. Its methods are for one goroutine at a time.
type tab struct {
	ctx   context.Context
	close func()

	clockID page.ScriptIdentifier // of the script that sets the clock

	mu       sync.Mutex
	requests []string
	console  []string
}

// openTab opens a tab in a window of its own, as tall as a screen.
func openTab() (*tab, error) {
	parent, err := browser()
	if err != nil {
		return nil, err
	}
	t := &tab{}
	t.ctx, t.close = chromedp.NewContext(parent, chromedp.WithListener(t.note))
	err = t.do(
		chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
			// Each tab believes that it has the focus.
			_, err := cdp.Call(ctx, target, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
			return err
		}),
		view(wide, "light"),
	)
	if err != nil {
		t.close()
		return nil, err
	}
	return t, nil
}

// newTab opens a tab for one test.
func newTab(t *testing.T) *tab {
	t.Helper()
	needBrowser(t)
	tab, err := openTab()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(tab.close)
	return tab
}

// note keeps what the page asks for and what its console says.
func (t *tab) note(event any) {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		t.requests = append(t.requests, e.Request.URL)
	case *runtime.EventConsoleAPICalled:
		t.console = append(t.console, fmt.Sprintf("console.%s", e.Type))
	case *page.EventJavascriptDialogOpening:
		t.console = append(t.console, "a dialog: "+e.Message)
	case *runtime.EventExceptionThrown:
		t.console = append(t.console, "exception: "+e.ExceptionDetails.Text)
	case *log.EventEntryAdded:
		// The browser asks each host for an icon, of its own accord.
		ownAccord := strings.HasSuffix(e.Entry.URL, "/favicon.ico")
		if !ownAccord && (e.Entry.Level == log.EntryLevelError || e.Entry.Level == log.EntryLevelWarning) {
			t.console = append(t.console, fmt.Sprintf("%s: %s %s", e.Entry.Level, e.Entry.Text, e.Entry.URL))
		}
	}
}

// noted gives what was kept since the last visit.
func (t *tab) noted() (requests, console []string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.Clone(t.requests), slices.Clone(t.console)
}

// do runs steps in the tab, for no longer than patience.
func (t *tab) do(steps ...chromedp.Action[chromedp.Void]) error {
	if err := chromedp.Do(t.ctx); err != nil { // opens the tab, which lives as long as its own context
		return err
	}
	ctx, cancel := context.WithTimeout(t.ctx, patience)
	defer cancel()
	return chromedp.Do(ctx, steps...)
}

// visit goes to a page and waits until it is loaded.
func (t *tab) visit(address string) error {
	t.mu.Lock()
	t.requests, t.console = nil, nil
	t.mu.Unlock()
	if err := t.do(chromedp.Navigate(address)); err != nil {
		return fmt.Errorf("visiting %s: %w", address, err)
	}
	return nil
}

// view sets the width of the window and the colour scheme.
func view(width int64, scheme string) chromedp.Action[chromedp.Void] {
	return chromedp.Steps(
		chromedp.EmulateViewport(width, 900),
		chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
			_, err := cdp.Call(ctx, target, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
				Features: []*emulation.MediaFeature{
					{Name: "prefers-color-scheme", Value: scheme},
					{Name: "prefers-reduced-motion", Value: "reduce"},
				},
			})
			return err
		}),
	)
}

// scripts switches JavaScript on or off for the pages that are visited next.
func scripts(on bool) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !on})
		return err
	})
}

// clock sets the clock that scripts of the pages visited next go by.
func (t *tab) clock(now string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		if t.clockID != "" {
			_, err := cdp.Call(ctx, target, page.RemoveScriptToEvaluateOnNewDocument, page.RemoveScriptToEvaluateOnNewDocumentParams{Identifier: t.clockID})
			if err != nil {
				return err
			}
		}
		set, err := cdp.Call(ctx, target, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{
			Source: fmt.Sprintf("{ const began = performance.now(); Date.now = () => Date.parse(%q) + performance.now() - began; }", now),
		})
		t.clockID = set.Identifier
		return err
	})
}

// evaluate gives the value of a JavaScript expression, once it is there if it
// is a promise.
func evaluate[T any](t *tab, expression string) (T, error) {
	ctx, cancel := context.WithTimeout(t.ctx, patience)
	defer cancel()
	return chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
}

// eventually waits until an expression is true in the tab, through reloads
// too.
func (t *tab) eventually(expression string) error {
	var last error
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(glance) {
		var yes bool
		if yes, last = evaluate[bool](t, expression); yes {
			return nil
		}
	}
	now, err := evaluate[string](t, "document.title + ' | ' + document.body.innerText.slice(0, 300)")
	return errors.Join(fmt.Errorf("it has not come to pass that %s; the page says: %s", expression, now), last, err)
}
