package browser

import (
	"testing"

	"github.com/chromedp/chromedp"

	"crosscheck/desk"
)

// wide is an expression for what reaches beyond the width of the page.
const wide = `document.documentElement.scrollWidth <= document.documentElement.clientWidth ? "" :
	document.documentElement.scrollWidth + " wide: " + [...document.querySelectorAll("body *")]
		.filter((e) => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1 && !e.closest(".scroll, nav, .skip")).map((e) => e.outerHTML.slice(0, 120)).slice(0, 3).join("; ")`

// small is an expression for what is too small for a finger: less than 24 pixels high
// or wide, unless it stands in the flow of a sentence or is folded away.
const small = `[...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")].filter((e) => {
	if (!e.checkVisibility() || e.closest(".skip, .text, .unseen, svg")) return false;
	const box = (e.closest("label") || e).getBoundingClientRect();
	if (box.width >= 24 && box.height >= 24) return false;
	const block = e.closest("p, li, dd, figcaption, td, th, h2, h3");
	return !(e.tagName === "A" && block && block.innerText.trim() !== e.innerText.trim());
}).map((e) => { const b = e.getBoundingClientRect(); return Math.round(b.width) + " by " + Math.round(b.height) + ": " + e.outerHTML.slice(0, 120) }).join("\n")`

// TestPhone holds every page to a phone's width, and decides with a finger.
func TestPhone(t *testing.T) {
	o := newOffice(t)
	w := o.open(t)
	w.size(375, 812)
	w.signIn("ada")
	for _, path := range o.paths(t) {
		w.visit(path)
		if words := ask[string](w, wide); words != "" {
			t.Errorf("%s moves sideways: %s", path, words)
		}
		if words := ask[string](w, small); words != "" {
			t.Errorf("%s has what is too small for a finger:\n%s", path, words)
		}
	}

	w.visit("/")
	w.onward("opening a conflict", chromedp.Tap(chromedp.CSS("[data-walk] .open")))
	id := conflictOf(w)
	w.onward("a verdict", chromedp.Tap(chromedp.CSS("button[value=same]")))
	w.told("the same, said differently")
	if s := o.state(t, id); s.Verdict != desk.Same {
		t.Errorf("the verdict is %+v", s)
	}
}
