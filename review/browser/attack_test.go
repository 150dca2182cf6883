package browser

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/rogpeppe/go-internal/txtar"

	"crosscheck/desk"
)

// attack is a document that tries to be more than text wherever it can: in its title,
// in the name of who published it, in quotes, in names and in its address.
var attack = txtar.File{Name: `sly <img src=x onerror=alert(1)> {{.}}.md`, Data: []byte(`---
title: "</title><script>alert(2)</script> {{.Title}} ${7*7}"
source: "<img src=x onerror='alert(3)'> Sly & Sons"
published: 2025-06-03
---

# </h1><svg onload=alert(4)><style>*{display:none}</style>

Fifty-seven people died when the Halcyon sank off Port Merrow on Monday, June 2, 2025 <script src="http://elsewhere.test/x.js"></script>, "onmouseover="alert(5), said <b>Ivo</b> javascript:alert(6) ` + "\u202egnp.exe\u202c" + `.

57 people died <iframe src="http://elsewhere.test/"></iframe>{{template "layout"}} <link rel=stylesheet href=http://elsewhere.test/x.css>.

` + strings.Repeat("x", 1<<20) + "\n")}

// ran reports what of an attack has become more than text.
const ran = `[...document.querySelectorAll("main script, main iframe, main link, main style, main img, main svg [onload], [onerror], [onload], [onmouseover], a[href^=javascript]")]
	.map((e) => e.outerHTML.slice(0, 200)).join("; ") + (getComputedStyle(document.body).display === "none" ? " the page is gone" : "")`

// TestAttack reads a document that attacks, has somebody decide about it with a note
// that does, too, and opens every page on which a word of either stands.
func TestAttack(t *testing.T) {
	o := newOffice(t, attack)
	row := o.ferry(t)
	const slyNote = `</textarea><script>alert(7)</script><img src=http://elsewhere.test/n.png>`
	if _, err := o.store.Note(t.Context(), "ruth", o.now, []desk.Target{{Conflict: row.ID, Revision: row.State.Revision}}, slyNote); err != nil {
		t.Fatal(err)
	}
	if err := o.store.SaveView(t.Context(), "ada", desk.View{Name: "<svg onload=alert(8)>", Query: "text=%3Cscript%3E"}); err != nil {
		t.Fatal(err)
	}
	w := o.open(t)
	w.signIn("ada")

	c, err := o.store.Case(t.Context(), row.ID)
	if err != nil {
		t.Fatal(err)
	}
	shown := map[string][]string{
		"/?box=all&severity=any&text=%3Cscript%3Ealert(9)%3C%2Fscript%3E": {"<script>alert(9)</script>", "<svg onload=alert(8)>"},
		"/":                    {"57 people", "Sly & Sons"},
		"/conflicts/" + row.ID: {"<img src=x onerror='alert(3)'> Sly & Sons", `<script src="http://elsewhere.test/x.js">`, "⟨U+202E⟩gnp.exe", slyNote},
		"/sources":             {"<img src=x onerror='alert(3)'> Sly & Sons"},
		"/history":             {slyNote},
		"/runs/1":              nil,
		"/check":               nil,
	}
	for _, side := range c.Sides {
		for _, p := range side.Places {
			if !strings.Contains(p.Source, "Sly") {
				continue
			}
			shown[fmt.Sprintf("/documents/%d", p.DocumentID)] = []string{"</title><script>alert(2)</script>", "<img src=x onerror=alert(1)>", "<style>*{display:none}</style>", `{{template "layout"}}`, "xxxxxxxxxx"}
			shown[fmt.Sprintf("/sources/%d", p.SourceID)] = []string{"Sly & Sons", "</title><script>alert(2)</script>"}
			shown["/claims/"+p.ClaimID] = []string{"elsewhere.test/x.js"}
		}
	}
	if len(shown) < 10 {
		t.Errorf("the document takes no part in the conflict; shown are %d pages", len(shown))
	}
	for path, words := range shown {
		w.visit(path)
		w.unfoldAll()
		w.says(words...)
		if more := ask[string](w, ran); more != "" {
			t.Errorf("on %s what came from a document is more than text: %s", path, more)
		}
		if sideways := ask[string](w, wide); sideways != "" {
			t.Errorf("%s moves sideways: %s", path, sideways)
		}
	}

	// A draft attacks, and an address.
	w.visit("/check")
	w.must("a draft", chromedp.Evaluate[chromedp.Void](fmt.Sprintf(`document.getElementById("draft").value = %q`, string(attack.Data[:2000]))))
	w.click("form.draft button")
	w.says("The draft", "elsewhere.test")
	if more := ask[string](w, ran); more != "" {
		t.Errorf("what came from a draft is more than text: %s", more)
	}
	w.visit("/nowhere%22%3E%3Cscript%3Ealert(10)%3C%2Fscript%3E")
	w.says("Not here")
	if heard := w.news(); len(heard) > 0 {
		t.Errorf("heard: %s", strings.Join(heard, "\n"))
	}

	// Were something to slip through, the policy stops it, and this would hear it.
	w.must("an image from elsewhere", chromedp.Evaluate[chromedp.Void](`document.body.insertAdjacentHTML("beforeend", "<img src=http://elsewhere.test/p.png onerror=alert(11)>")`))
	var heard string
	for end := time.Now().Add(patience); !strings.Contains(heard, "elsewhere.test") && time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		heard += strings.Join(w.news(), "\n")
	}
	if !strings.Contains(heard, "Content Security Policy") || strings.Contains(heard, "a dialog") {
		t.Errorf("of what the policy refuses this is heard: %q", heard)
	}
	w.must("its end", chromedp.Sleep(200*time.Millisecond))
	for _, what := range w.news() {
		if strings.HasPrefix(what, "a dialog") {
			t.Error(what)
		}
	}
}
