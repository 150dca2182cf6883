package review

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"crosscheck/desk"
	"crosscheck/extract"
	"crosscheck/pipeline"
)

// attack is a document whose every line tries to be more than text.
var attack = `# Ferry <script>alert(1)</script> {{.Title}} </title><script>alert(2)</script>

In the ferry disaster off Port Merrow on Monday, 57 people <img src=x onerror=alert(3)> were killed, said "onmouseover="alert(4) ` + "\u202egnp.exe\u202c" + `.
<svg onload=alert(5)><style>*{display:none}</style> javascript:alert(6) {{template "layout"}} ${7*7}

` + strings.Repeat("x", 1<<20) + "\n"

// office is a desk with the sample, and the attack, read.
type office struct {
	*entry
	cookie *http.Cookie
}

func newOffice(t *testing.T) *office {
	t.Helper()
	e := newEntry(t)
	e.Read, e.Judge, e.Rules = e.store, e.store, extract.Rules()
	e.Check = pipeline.Checker{Store: e.store}
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("../seeds")); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "attack.md"), []byte(attack), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := (&pipeline.Runner{Store: e.store}).Run(t.Context(), []string{dir}); err != nil {
		t.Fatal(err)
	}
	e.add("ruth", desk.Reviewer)
	c, _ := e.session("ruth", goodPassword)
	return &office{e, c}
}

// get is a page that must be there.
func (o *office) get(path string) string {
	o.t.Helper()
	a := ask(o.Handler(), "GET", path, nil, cookie(o.cookie))
	if a.StatusCode != http.StatusOK {
		o.t.Fatalf("GET %s: %d %s", path, a.StatusCode, wordsOf(a.Page))
	}
	return a.Page
}

// send sends a form.
func (o *office) send(path string, form url.Values) reply {
	o.t.Helper()
	return ask(o.Handler(), "POST", path, form, cookie(o.cookie), header("Sec-Fetch-Site", "same-origin"))
}

// ferry is the address of the conflict that the attack takes part in.
func (o *office) ferry() string {
	o.t.Helper()
	for _, m := range regexp.MustCompile(`href="(/conflicts/[^"]+)" class="open"><bdi>([^<]*)`).FindAllStringSubmatch(o.get("/?severity=any&box=all"), -1) {
		if strings.Contains(m[2], "2 June 2025") {
			path, _, _ := strings.Cut(m[1], "?")
			return path
		}
	}
	o.t.Fatal("no conflict about the ferry in the queue")
	return ""
}

var (
	tags   = regexp.MustCompile(`(?s)<(script|style|svg).*?</(script|style|svg)>|<[^>]*>`)
	spaces = regexp.MustCompile(`\s+`)
)

// wordsOf is a page without its markup.
func wordsOf(page string) string {
	return spaces.ReplaceAllString(tags.ReplaceAllString(page, " "), " ")
}

func mustHave(t *testing.T, what, page string, words ...string) {
	t.Helper()
	text := wordsOf(page)
	for _, w := range words {
		if !strings.Contains(text, w) {
			t.Errorf("%s does not say %q", what, w)
		}
	}
}

func TestPagesShowTheSample(t *testing.T) {
	o := newOffice(t)
	mustHave(t, "the queue", o.get("/"), "Port Merrow, 2 June 2025", "34 people", "10 to 12 people", "Coast Courier", "Harbour Office", "high", "new")

	path := o.ferry()
	page := o.get(path)
	mustHave(t, "the conflict", page, "Who says what", "57 people", "34 people", "10 to 12 people", "according to Harbour Office", "What was tried", "Rounding", "found by crosscheck", "Out of scope", "were killed.")
	if !strings.Contains(page, "<svg viewBox") || !strings.Contains(page, "Harbour Office on 3 June 2025: 10 to 12 people") {
		t.Error("there is no picture, or nothing is said of it")
	}

	paper := regexp.MustCompile(`href="(/documents/[0-9]+)(\?[^"#]*)?(#a[0-9]+)?"`).FindStringSubmatch(page)
	source := regexp.MustCompile(`href="(/sources/[0-9]+)"`).FindStringSubmatch(page)
	if paper == nil || source == nil {
		t.Fatal("no way to a document or a source")
	}
	text := o.get(paper[1] + paper[2])
	if anchor := `id="` + strings.TrimPrefix(paper[3], "#") + `"`; !strings.Contains(text, anchor) {
		t.Errorf("%s is not in the document", anchor)
	}
	mustHave(t, "the source", o.get(source[1]), "Takes part in conflicts", "Documents")
	statement := regexp.MustCompile(`href="(/claims/[0-9a-f]+)"`).FindStringSubmatch(o.get("/documents/1") + o.get("/documents/2"))
	if statement == nil {
		t.Fatal("no way to a claim")
	}
	mustHave(t, "the claim", o.get(statement[1]), "Where it was made")
	mustHave(t, "the sources", o.get("/sources"), "Coast Courier", "Trade Monitor")
	mustHave(t, "the rules", o.get("/rules"), "date/day", "A day of the calendar")
	mustHave(t, "the runs", o.get("/runs"), "finished")
	mustHave(t, "the run", o.get("/runs/1"), "Source by source", "Expected", "finished")
	mustHave(t, "the history", o.get("/history"), "Nobody has decided anything yet")
	mustHave(t, "help", o.get("/help"), "What the verdicts mean")
	mustHave(t, "the form of a check", o.get("/check"), "Nothing of it is kept")
	checked := o.send("/check", url.Values{"draft": {"In the ferry disaster off Port Merrow on Monday 2 June 2025, 71 people were killed <b>.\n"}})
	mustHave(t, "the check", checked.Page, "Differs from the archive", "71", "34", "Coast Courier")
	if a := ask(o.Handler(), "GET", "/conflicts/999999", nil, cookie(o.cookie)); a.StatusCode != http.StatusNotFound {
		t.Errorf("a conflict that is not there: %d", a.StatusCode)
	}
}

// pasted is the field in which somebody's own draft stays as it is.
var pasted = regexp.MustCompile(`(?s)<textarea.*?</textarea>`)

// TestAttacksAreText looks for what a page must never hold, on all that show
// the attack.
func TestAttacksAreText(t *testing.T) {
	o := newOffice(t)
	conflict := o.ferry()
	page := o.get(conflict)
	all := map[string]string{"the queue": o.get("/"), "the conflict": page, "the sources": o.get("/sources"),
		"the check": pasted.ReplaceAllString(o.send("/check", url.Values{"draft": {attack[:2000]}}).Page, "")}
	for _, m := range regexp.MustCompile(`href="(/(?:documents|sources)/[0-9]+)`).FindAllStringSubmatch(page, -1) {
		all[m[1]] = o.get(m[1])
	}
	shown := 0
	for name, page := range all {
		if strings.Contains(page, "&lt;script&gt;alert") || strings.Contains(page, "&lt;img src") {
			shown++
		}
		for _, never := range []string{"<script>alert", "<img src=x", "<svg onload", "<style>*", `"onmouseover="`, "\u202e", `href="javascript:`} {
			if strings.Contains(page, never) {
				t.Errorf("%s holds %q", name, never)
			}
		}
		if n := strings.Count(page, "<script"); n != 1 {
			t.Errorf("%s has %d scripts", name, n)
		}
	}
	if shown < 3 {
		t.Errorf("the attack is shown on %d pages: they test nothing", shown)
	}
}

// judge sends a verdict as the page's form does.
func (o *office) judge(path, verdict, note string) reply {
	o.t.Helper()
	m := regexp.MustCompile(`name="revision" value="([0-9]+)"`).FindStringSubmatch(o.get(path))
	if m == nil {
		o.t.Fatal("the page has no form")
	}
	return o.send(path+"/verdict", url.Values{"revision": {m[1]}, "verdict": {verdict}, "note": {note}, "in": {""}})
}

func TestVerdictsLeadOnAndAreTakenBack(t *testing.T) {
	o := newOffice(t)
	path := o.ferry()
	a := o.judge(path, "different period", "Two ferries.")
	to := a.Header.Get("Location")
	if a.StatusCode != http.StatusSeeOther || !strings.HasPrefix(to, "/conflicts/") || strings.HasPrefix(to, path+"?") {
		t.Fatalf("%d to %q: %s", a.StatusCode, to, wordsOf(a.Page))
	}
	next := o.get(to)
	mustHave(t, "what comes next", next, "Judged different things (period): “people killed, Port Merrow, 2 June 2025”", "Undo")
	mustHave(t, "the conflict", o.get(path), "Different things (period)", "Two ferries.", "Decide again")
	if strings.Contains(o.get("/"), `href="`+path) {
		t.Error("what was judged still waits")
	}
	mustHave(t, "those judged", o.get("/?box=judged"), "2 June 2025")
	mustHave(t, "the history", o.get("/history"), "ruth", "Two ferries.")
	undo := regexp.MustCompile(`action="(/acts/[0-9]+/undo)"`).FindStringSubmatch(next)
	if undo == nil {
		t.Fatal("no way back")
	}
	if a := o.send(undo[1], url.Values{"back": {path}}); a.StatusCode != http.StatusSeeOther {
		t.Fatalf("undo: %d %s", a.StatusCode, wordsOf(a.Page))
	}
	if strings.Contains(o.get(path), "Decide again") || !strings.Contains(o.get("/"), `href="`+path) {
		t.Error("what was taken back does not wait")
	}
}

func TestTheSecondSeesWhatTheFirstDid(t *testing.T) {
	o := newOffice(t)
	path := o.ferry()
	if a := o.judge(path, "same", "It is one."); a.StatusCode != http.StatusSeeOther {
		t.Fatal(a.StatusCode)
	}
	a := o.send(path+"/verdict", url.Values{"revision": {"0"}, "verdict": {"real none"}, "note": {"I asked both offices."}})
	if a.StatusCode != http.StatusConflict {
		t.Fatalf("the second is answered %d", a.StatusCode)
	}
	mustHave(t, "the page", a.Page, "Somebody was here before you", "It is one.", "I asked both offices.", "none of the answers stands")
	mustHave(t, "the conflict", o.get(path), "The same, said differently")
}

func TestSeveralAtOnceAreOneAct(t *testing.T) {
	o := newOffice(t)
	picks := regexp.MustCompile(`name="on" value="([^"]+)"`).FindAllStringSubmatch(o.get("/"), -1)
	if len(picks) < 2 {
		t.Fatalf("%d conflicts can be selected", len(picks))
	}
	form := url.Values{"do": {"verdict"}, "verdict": {"scope"}, "note": {"Not ours."}, "in": {""}}
	for _, p := range picks {
		form.Add("on", p[1])
	}
	a := o.send("/queue/acts", form)
	if a.StatusCode != http.StatusSeeOther {
		t.Fatalf("%d %s", a.StatusCode, wordsOf(a.Page))
	}
	mustHave(t, "the queue", o.get(a.Header.Get("Location")), "Nothing waits", "Judged out of scope, for")
	if a := o.send("/queue/acts", url.Values{"do": {"verdict"}, "verdict": {"same"}}); a.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("nothing selected: %d", a.StatusCode)
	}
}

func TestViewsAreKept(t *testing.T) {
	o := newOffice(t)
	a := o.send("/views", url.Values{"name": {"Numbers"}, "query": {"kind=number&severity=high"}})
	if a.StatusCode != http.StatusSeeOther {
		t.Fatalf("%d %s", a.StatusCode, wordsOf(a.Page))
	}
	page := o.get(a.Header.Get("Location"))
	mustHave(t, "the queue", page, "Numbers", "with these filters")
	if strings.Contains(page, "Embassy opened") {
		t.Error("a date among the numbers")
	}
	o.send("/views", url.Values{"name": {"Numbers"}, "do": {"drop"}})
	if strings.Contains(o.get("/"), ">Numbers<") {
		t.Error("the view is still there")
	}
}
