package browser

import (
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"crosscheck/desk"
)

// click clicks on what leads to another page.
func (w *window) click(selector string) {
	w.t.Helper()
	w.onward("clicking "+selector, chromedp.Click(chromedp.CSS(selector)))
}

// unfold clicks on what opens on the page itself.
func (w *window) unfold(selector string) {
	w.t.Helper()
	w.must("unfolding "+selector, chromedp.Click(chromedp.CSS(selector)))
}

// fill types into a field.
func (w *window) fill(selector, text string) {
	w.t.Helper()
	w.must("filling "+selector, chromedp.Click(chromedp.CSS(selector)))
	w.press(text)
}

// TestMorningWithoutScripts is the same morning where no script runs.
func TestMorningWithoutScripts(t *testing.T) {
	o := newOffice(t)
	w := o.open(t)
	if _, err := chromedp.Call(w.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		t.Fatal(err)
	}
	w.visit("/")
	w.fill("#name", "ruth")
	w.fill("#password", word)
	w.click("button.main")
	w.says("Queue", "Waiting", "With those selected")
	if ask[bool](w, `document.documentElement.classList.contains("scripted")`) {
		t.Fatal("scripts run")
	}

	w.click("[data-walk] li:first-child .open")
	id := conflictOf(w)
	w.fill("#note", "Their own table says so.")
	w.click("button[value^='real {']")
	w.told("what stands is")
	s := o.state(t, id)
	if s.Verdict != desk.Real || s.Stands == "" || s.Note != "Their own table says so." {
		t.Errorf("the verdict is %+v", s)
	}
	w.click("#said button")
	w.told("Taken back")
	if s := o.state(t, id); s.Verdict != "" {
		t.Errorf("undone, the verdict is %+v", s)
	}

	w.unfold("details[data-key=m] summary")
	w.click("details[data-key=m] button")
	if s := o.state(t, id); s.Verdict != desk.Misread || s.Detail == "" {
		t.Errorf("the verdict is %+v", s)
	}
	w.unfold("details[data-key=a] summary")
	w.fill("#assignee", "ben")
	w.click("details[data-key=a] form button")
	w.told("Given to ben")
	mine := conflictOf(w)
	w.unfold("details[data-key=g] summary")
	w.fill("#into", id)
	w.click("details[data-key=g] form button")
	if s := o.state(t, mine); s.MergedInto != id {
		t.Errorf("merged, the conflict is %+v", s)
	}

	w.click(".crumbs a")
	w.fill("#text", "tunnel")
	w.click(".search button")
	w.says("with “tunnel”")
	w.click(".brand")
	w.unfold("details.filters summary")
	w.fill("#f-source", "Coast Courier")
	w.click(".filters button.main")
	w.says("with these filters")
	w.unfold("details.views summary")
	w.fill("#v-name", "The courier")
	w.click(".views form:last-child button")
	w.unfold("details.views summary")
	w.click(".view a")
	if at := w.where(); at != "/?source=Coast+Courier" {
		t.Errorf("the saved view leads to %s", at)
	}

	w.click(".brand")
	rows := ask[int](w, rowCount)
	w.unfold("[data-walk] li:nth-child(1) .pick input")
	w.unfold("[data-walk] li:nth-child(2) .pick input")
	w.fill("#b-note", "Not for us.")
	w.click("button[value=mute]")
	w.told("Muted, for 2 conflicts")
	if n := ask[int](w, rowCount); n != rows-2 {
		t.Errorf("of %d rows %d are left", rows, n)
	}
	w.click("a[href='/history']")
	w.says("Their own table says so.", "Not for us.", "taken back")
	w.click("form[action='/look'] button:first-of-type")
	w.click(".foot a")
	w.says("What the verdicts mean", "back to the queue")
	w.click("form[action='/logout'] button")
	w.says("Sign in")
}
