package browser

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"crosscheck/desk"
)

// said is what is told at the top of the page about what was just done.
const said = `document.getElementById("said").innerText`

func (w *window) told(words string) {
	w.t.Helper()
	if text := ask[string](w, said); !strings.Contains(text, words) {
		w.t.Errorf("on %s it is told %q, not %q", w.where(), text, words)
	}
}

// TestMorningByKeyboard is the morning of a fact-checker who never touches the mouse.
func TestMorningByKeyboard(t *testing.T) {
	o := newOffice(t)
	w := o.open(t)

	w.visit("/")
	w.focused("#name")
	w.press("ruth" + kb.Tab)
	w.focused("#password")
	w.press(word)
	w.leap(kb.Enter)
	w.says("Queue", "Waiting")

	// Down, up and into the first conflict.
	first := ask[string](w, `document.querySelector("[data-walk] .open").innerText`)
	w.focused("[data-walk] li:nth-child(1) .open")
	w.press("j")
	w.focused("[data-walk] li:nth-child(2) .open")
	w.press("j")
	w.focused("[data-walk] li:nth-child(3) .open")
	w.press("kk")
	w.focused("[data-walk] li:nth-child(1) .open")
	w.leap(kb.Enter)
	w.says(first, "Who says what", "What was tried to explain it away", "Your verdict")
	id := conflictOf(w)

	// A note, and the letter of a verdict: the next conflict is there at once.
	w.press("n")
	w.focused("#note")
	w.press("The ministry confirms it by phone." + kb.Escape)
	w.leap("r")
	w.told("Judged a real conflict")
	if s := o.state(t, id); s.Verdict != desk.Real || s.Note != "The ministry confirms it by phone." || s.Judge != "ruth" {
		t.Errorf("the verdict is %+v", s)
	}
	if conflictOf(w) == id {
		t.Error("it does not go on to the next conflict")
	}

	// Back to where it was; forward and back; another verdict of several kinds.
	w.leap("u")
	w.told("Taken back")
	if s := o.state(t, id); s.Verdict != "" || conflictOf(w) != id {
		t.Errorf("undone, the verdict is %+v, and the page %s", s, w.where())
	}
	w.leap("j")
	second := conflictOf(w)
	w.leap("k")
	if conflictOf(w) != id || second == id {
		t.Error("j and k do not lead to the next conflict and back")
	}
	w.press("d")
	w.focused("details[data-key=d] button")
	w.press("j")
	w.focused("details[data-key=d] button")
	w.press(kb.Escape)
	w.focused("details[data-key=d] summary")
	w.press("d")
	w.leap("1")
	if s := o.state(t, id); s.Verdict != desk.Different || s.Detail != desk.Ways[0] {
		t.Errorf("the verdict is %+v", s)
	}

	// Whose it is, and which question it belongs to.
	mine := conflictOf(w)
	w.press("a")
	w.focused("#assignee")
	w.press("ruth")
	w.leap(kb.Enter)
	w.told("Given to ruth")
	w.press("g")
	w.focused("#into")
	w.press(w.base + "/conflicts/" + id)
	w.leap(kb.Enter)
	if s := o.state(t, mine); s.Assignee != "ruth" || s.MergedInto != id || conflictOf(w) != id {
		t.Errorf("the conflict is %+v, the page %s", s, w.where())
	}
	w.says("Declared to be the same question")
	w.leap("u")

	// The queue again: a search, a filter, which gets a name.
	w.leap("q")
	w.press("/")
	w.focused("#text")
	w.press("ferry")
	w.leap(kb.Enter)
	w.says("with “ferry”")
	w.leap("q")
	w.press("f")
	w.focused("#f-kind")
	w.tabTo("#f-severity")
	w.press("high")
	w.tabTo(".filters button.main")
	w.leap(kb.Enter)
	w.says("with these filters")
	w.press("v")
	w.focused("#v-name")
	w.press("The worst")
	w.leap(kb.Enter)
	w.leap("q")
	w.press("v")
	w.tabTo(".view a")
	w.leap(kb.Enter)
	w.says("with these filters")
	if at := w.where(); at != "/?severity=high" {
		t.Errorf("the saved view leads to %s", at)
	}

	// Two at once, and both back.
	w.leap("q")
	rows := ask[int](w, rowCount)
	w.press("xjx")
	w.press("b")
	w.focused("#b-verdict")
	w.press("out")
	w.tabTo("button[value=verdict]")
	w.leap(kb.Enter)
	w.told("Judged out of scope, for 2 conflicts")
	if n := ask[int](w, rowCount); n != rows-2 {
		t.Errorf("of %d rows %d are left", rows, n)
	}
	w.leap("u")
	w.told("Taken back, for 2 conflicts")
	if n := ask[int](w, rowCount); n != rows {
		t.Errorf("of %d rows %d are back", rows, n)
	}

	// All keys on one sheet, and out.
	w.press("?")
	if !ask[bool](w, `document.getElementById("keys").open`) {
		t.Error("? shows no keys")
	}
	w.focused("dialog *")
	w.press(kb.Escape)
	if ask[bool](w, `document.getElementById("keys").open`) {
		t.Error("Escape does not close the keys")
	}
	w.tabTo("form[action='/logout'] button")
	w.leap(kb.Enter)
	w.visit("/history")
	if at := w.where(); !strings.HasPrefix(at, "/login") {
		t.Errorf("signed out, one comes to %s", at)
	}
}

// conflictOf is the conflict that the page shows.
func conflictOf(w *window) string {
	w.t.Helper()
	var id string
	path, _, _ := strings.Cut(w.where(), "?")
	if _, err := fmt.Sscanf(path, "/conflicts/%s", &id); err != nil {
		w.t.Fatalf("no conflict, but %s\n%s", w.where(), w.words())
	}
	return id
}
