package browser

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// finding is a rule of axe-core that a page breaks.
type finding struct {
	ID, Impact, Help string
	Tags             []string
	Nodes            []struct {
		HTML           string
		FailureSummary string
	}
}

// Rules of axe-core: all for WCAG 2.2 up to AA with its best practices; those about
// colours; and those about where things are.
const (
	allRules = `["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]`
	colours  = `{ type: "rule", values: ["color-contrast", "link-in-text-block"] }`
	places   = `{ type: "rule", values: ["target-size", "scrollable-region-focusable", "meta-viewport"] }`
)

// axe is the program that is tried on each page.
func axe(t *testing.T) string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(project(), "bin", "axe-core-*", "axe.min.js"))
	if err != nil || len(found) == 0 {
		t.Fatal("axe-core, which finds what keeps people from using a page, is not in bin: scripts/install-browser brings it")
	}
	slices.Sort(found)
	text, err := os.ReadFile(found[len(found)-1])
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// axe tries rules on the page that is shown.
func (w *window) axe(program, rules string) {
	w.t.Helper()
	w.must("axe-core", chromedp.Evaluate[chromedp.Void](program))
	found := ask[string](w, "axe.run(document, { runOnly: "+rules+", resultTypes: ['violations'] }).then((r) => JSON.stringify(r.violations))")
	var findings []finding
	if err := json.Unmarshal([]byte(found), &findings); err != nil {
		w.t.Fatal(err)
	}
	for _, f := range findings {
		tell := w.t.Errorf
		if f.Impact != "serious" && f.Impact != "critical" {
			tell = w.t.Logf
		}
		var where []string
		for _, n := range f.Nodes[:min(3, len(f.Nodes))] {
			where = append(where, n.HTML[:min(300, len(n.HTML))]+"\n\t\t"+strings.ReplaceAll(n.FailureSummary, "\n", "\n\t\t"))
		}
		tell("%s at %d pixels: %s (%s, %s), %d times\n\t%s", w.where(), ask[int](w, "innerWidth"), f.Help, f.ID, f.Impact, len(f.Nodes), strings.Join(where, "\n\t"))
	}
}

// unfoldAll opens what is folded away, which somebody reads, too.
func (w *window) unfoldAll() {
	w.t.Helper()
	w.must("unfolding", chromedp.Evaluate[chromedp.Void](`document.querySelectorAll("main details").forEach((d) => d.open = true)`))
}

// TestAxe holds every page, light and dark, wide and narrow, to axe-core.
func TestAxe(t *testing.T) {
	o := newOffice(t)
	w := o.open(t)
	program := axe(t)
	try := func(path string) {
		t.Helper()
		w.visit(path)
		w.unfoldAll()
		w.look("light")
		w.axe(program, allRules)
		w.look("dark")
		w.axe(program, colours)
	}
	try("/login")
	w.signIn("ada")
	paths := o.paths(t)
	for _, path := range paths {
		try(path)
	}
	w.size(375, 812)
	for _, path := range paths {
		w.visit(path)
		w.unfoldAll()
		w.axe(program, places)
	}
}
