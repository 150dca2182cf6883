// Package browser holds the desk to what people see and do: its pages, over a real
// database with documents read into it, in a real browser.
//
// One browser serves all tests; each person in one has a window of his own, with
// cookies of his own. scripts/install-browser brings what is needed.
package browser

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"crosscheck/store/storetest"
)

const missing = "the pages are tested in a real browser, and there is none: scripts/install-browser brings it"

// patience is how long a page may take on a machine that has much else to do.
const patience = 30 * time.Second

func TestMain(m *testing.M) {
	code := storetest.Main(m)
	if quit != nil {
		quit()
	}
	os.Exit(code)
}

// quit ends the browser; nil while there is none.
var quit func()

// chromium is the browser of all tests, started by the first that asks.
var chromium = sync.OnceValues(func() (context.Context, error) {
	path, err := program()
	if err != nil {
		return nil, err
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path),
		chromedp.Flag("disable-gpu", true), chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("hide-scrollbars", true))
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox) // which it refuses to set up for root
	}
	allocated, free := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, end := chromedp.NewContext(allocated)
	quit = func() { end(); free() }
	if err := chromedp.Do(ctx); err != nil {
		return nil, fmt.Errorf("%s does not start: %w", path, err)
	}
	return ctx, nil
})

// program is where the browser is, under the names that scripts/install-browser knows.
func program() (string, error) {
	if path := os.Getenv("CROSSCHECK_BROWSER"); path != "" {
		return path, nil
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", fmt.Errorf("%s", missing)
}

// window is what somebody has before him.
type window struct {
	t    *testing.T
	ctx  context.Context
	base string // address of the desk

	mutex sync.Mutex
	heard []string // what no page of the desk may do
}

// open opens a window on a desk.
func (o *office) open(t *testing.T) *window {
	t.Helper()
	browser, err := chromium()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := chromedp.NewContext(browser, chromedp.WithNewBrowserContext())
	t.Cleanup(cancel)
	w := &window{t: t, ctx: ctx, base: o.address}
	if err := chromedp.Listen(ctx, w.hear); err != nil {
		t.Fatal(err)
	}
	w.size(1280, 900)
	t.Cleanup(func() {
		for _, what := range w.news() {
			t.Error(what)
		}
	})
	return w
}

// hear notes what no page of the desk may do: ask others for anything, open dialogs,
// run scripts that fail or that the policy refuses.
func (w *window) hear(event any) {
	var what string
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		if u := e.Request.URL; !strings.HasPrefix(u, w.base+"/") && !strings.HasPrefix(u, "data:") {
			what = "a request left for " + u
		}
	case *page.EventJavascriptDialogOpening:
		what = "a dialog opened: " + e.Message
	case *runtime.EventExceptionThrown:
		what = "a script failed: " + e.ExceptionDetails.Text
	case *log.EventEntryAdded:
		if e.Entry.Level == log.EntryLevelError && !strings.Contains(e.Entry.Text, "responded with a status of") {
			what = "the browser complains: " + e.Entry.Text
		}
	}
	if what != "" {
		w.mutex.Lock()
		w.heard = append(w.heard, what)
		w.mutex.Unlock()
	}
}

// news is what was heard since it was last asked for.
func (w *window) news() []string {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	heard := w.heard
	w.heard = nil
	return heard
}

// must makes steps that must work.
func (w *window) must(what string, steps ...chromedp.Action[chromedp.Void]) {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		w.t.Fatalf("%s: %v\non %s\n%s", what, err, w.where(), w.words())
	}
}

// born is when the page that is shown began, and 0 while it is not there as a whole:
// what asks for the focus gets it a frame later than all else.
const born = `document.readyState === "complete" && !(document.querySelector("[autofocus]") && document.activeElement === document.body) ? performance.timeOrigin : 0`

// onward makes a step that leads to another page, and waits for that.
func (w *window) onward(what string, step chromedp.Action[chromedp.Void]) {
	w.t.Helper()
	before := ask[float64](w, "performance.timeOrigin")
	w.must(what, step)
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		// Between two pages there is none to ask.
		now, err := chromedp.Run(w.ctx, chromedp.Evaluate[float64](born))
		if err == nil && now != 0 && now != before {
			return
		}
	}
	w.t.Fatalf("%s leads nowhere\non %s\n%s", what, w.where(), w.words())
}

// visit opens a page of the desk.
func (w *window) visit(path string) {
	w.t.Helper()
	w.onward("opening "+path, chromedp.Navigate(w.base+path))
}

// press types keys that keep the page.
func (w *window) press(keys string) {
	w.t.Helper()
	w.must("pressing "+keys, strokes(keys))
}

// strokes are keys going down and up. The character comes with its key going down,
// so that a page which takes the key takes the character too, as it does from people.
func strokes(keys string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		for _, r := range keys {
			events := kb.Encode(r)
			if len(events) == 3 { // down, character, up
				down := *events[0]
				down.Type, down.Text, down.UnmodifiedText = input.DispatchKeyEventTypeKeyDown, events[1].Text, events[1].UnmodifiedText
				events = []*input.DispatchKeyEventParams{&down, events[2]}
			}
			for _, e := range events {
				if _, err := cdp.Call(ctx, t, input.DispatchKeyEvent, *e); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// leap types keys that lead to another page.
func (w *window) leap(keys string) {
	w.t.Helper()
	w.onward("pressing "+keys, strokes(keys))
}

// ask evaluates an expression in the page.
func ask[T any](w *window, expression string) (answer T) {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.ctx, patience)
	defer cancel()
	answer, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		w.t.Fatalf("%s: %v", expression[:min(len(expression), 200)], err)
	}
	return answer
}

// words is what the page says.
func (w *window) words() string {
	text, _ := chromedp.Run(w.ctx, chromedp.Evaluate[string](`document.body ? document.body.innerText : ""`))
	return text
}

// where is the path of the page.
func (w *window) where() string {
	at, _ := chromedp.Run(w.ctx, chromedp.Location())
	return strings.TrimPrefix(at, w.base)
}

// says fails unless the page says all that.
func (w *window) says(words ...string) {
	w.t.Helper()
	text := w.words()
	for _, word := range words {
		if !strings.Contains(text, word) {
			w.t.Errorf("%s does not say %q:\n%s", w.where(), word, text)
		}
	}
}

// sight is an expression for what is wrong with how the focus is seen.
const sight = `(() => {
	const e = document.activeElement;
	if (!e || e === document.body) return "nothing has the focus";
	const style = getComputedStyle(e), box = e.getBoundingClientRect(), who = e.outerHTML.slice(0, 160);
	if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) return "no outline around " + who;
	if (box.width === 0 || box.bottom <= 0 || box.top >= innerHeight) return "out of sight: " + who;
	return "";
})()`

// focused fails unless what has the focus is seen to have it, and fits a selector.
func (w *window) focused(selector string) {
	w.t.Helper()
	if wrong := ask[string](w, sight); wrong != "" {
		w.t.Errorf("on %s: %s", w.where(), wrong)
	}
	if !ask[bool](w, fmt.Sprintf("document.activeElement.matches(%q)", selector)) {
		w.t.Errorf("on %s not %s has the focus, but %s", w.where(), selector, ask[string](w, "document.activeElement.outerHTML.slice(0, 200)"))
	}
}

// tabTo presses the tabulator until what fits a selector has the focus, and sees it
// at each stop.
func (w *window) tabTo(selector string) {
	w.t.Helper()
	for range 80 {
		w.press(kb.Tab)
		if wrong := ask[string](w, sight); wrong != "" && wrong != "nothing has the focus" {
			w.t.Errorf("on %s: %s", w.where(), wrong)
		}
		if ask[bool](w, fmt.Sprintf("document.activeElement.matches(%q)", selector)) {
			return
		}
	}
	w.t.Fatalf("on %s the tabulator does not come to %s", w.where(), selector)
}

// size sets how large the page is seen; a narrow one is that of a phone.
func (w *window) size(width, height int64) {
	w.t.Helper()
	var options []chromedp.EmulateViewportOption
	if width < 500 {
		options = append(options, chromedp.EmulateMobile, chromedp.EmulateTouch)
	}
	w.must("sizing", chromedp.EmulateViewport(width, height, options...))
}

// look has the page as a system shows it that is set to light or dark.
func (w *window) look(scheme string) {
	w.t.Helper()
	if _, err := chromedp.Call(w.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		// Without motion, so that no colour is met on its way to another.
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}},
	}); err != nil {
		w.t.Fatal(err)
	}
}

// signIn signs somebody in by keyboard.
func (w *window) signIn(name string) {
	w.t.Helper()
	w.visit("/login")
	w.press(name + kb.Tab + word)
	w.leap(kb.Enter)
	if at := w.where(); at != "/" {
		w.t.Fatalf("%s is not let in: %s\n%s", name, at, w.words())
	}
}
