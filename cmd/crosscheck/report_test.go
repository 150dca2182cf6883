package main

import (
	"bufio"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"crosscheck/claim"
	"crosscheck/conflict"
	"crosscheck/document"
	"crosscheck/pipeline"
)

// printed is what f prints on a console of a width.
func printed(width int, colour bool, f func(*console)) string {
	var b strings.Builder
	c := &console{out: bufio.NewWriter(&b), width: width, colour: colour}
	f(c)
	_ = c.out.Flush()
	return b.String()
}

func count(low, high int64) claim.Value {
	q := &claim.Quantity{Low: claim.Number(decimal.NewFromInt(low)), High: claim.Number(decimal.NewFromInt(high)), Unit: "person"}
	if low == high {
		q.Number = q.Low
	}
	return claim.Value{Quantity: q}
}

// says is an appearance of a quote in a sentence that starts a document at byte at.
func says(path string, at int, sentence, quote string) claim.Appearance {
	start := at + strings.Index(sentence, quote)
	return claim.Appearance{
		Document: path, Quote: quote, Span: document.Span{Start: start, End: start + len(quote)},
		Sentence: sentence, SentenceSpan: document.Span{Start: at, End: at + len(sentence)},
	}
}

func ferry() (conflict.Conflict, shelf) {
	first := says("echo.txt", 14, "At least 34 people\nwere killed when the ferry sank.", "34")
	first.Attribution, first.Said = "the coast guard", claim.DayOf(2019, 5, 4)
	second := says("post.html", 200, "Between 10 and 12 people died.", "Between 10 and 12")
	return conflict.Conflict{
			Kind: conflict.Number, Status: conflict.Open, Severity: 0.82, Origins: 2,
			Question: "people killed, Lowharbour ferry, May 2019", Reason: "34 lies outside 10 to 12",
			Positions: []conflict.Position{
				{Value: count(34, 34), Origins: 1, Appearances: []claim.Appearance{first}},
				{Value: count(10, 12), Origins: 1, Appearances: []claim.Appearance{second}},
			},
		}, shelf{
			"echo.txt":  {"Harbour Echo", newPlaces("echo.txt", "Ferry sinks\n\n\nAt least 34")},
			"post.html": {"post.html", newPlaces("post.html", "")},
		}
}

func TestReportConflicts(t *testing.T) {
	one, docs := ferry()
	got := printed(80, false, func(c *console) { c.reportConflicts([]conflict.Conflict{one}, docs) })
	want := `1. people killed, Lowharbour ferry, May 2019
   34 lies outside 10 to 12
   number, severity 0.82 (high), 2 independent origins
   - 34 people
     “At least 34 people were killed when the ferry sank.”
       echo.txt:4, Harbour Echo, from the coast guard, 4 May 2019
   - 10 to 12 people
     “Between 10 and 12 people died.”
       post.html, bytes 200-217

`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}

	coloured := printed(80, true, func(c *console) { c.reportConflicts([]conflict.Conflict{one}, docs) })
	if !strings.Contains(coloured, "At least \x1b[1;33m34\x1b[0m people were killed") {
		t.Errorf("the quote does not stand out:\n%q", coloured)
	}
	if plain := stripped(coloured); plain != want {
		t.Errorf("colour changes more than colours:\n%s", plain)
	}
}

// stripped is a text without our own escape sequences.
func stripped(s string) string {
	for {
		before, rest, found := strings.Cut(s, "\x1b[")
		if !found {
			return s
		}
		_, after, _ := strings.Cut(rest, "m")
		s = before + after
	}
}

func TestReportShortensWhatIsLong(t *testing.T) {
	one, docs := ferry()
	long := strings.Repeat("word ", 20000)
	a := says("echo.txt", 0, long+"34 "+long, "34")
	one.Positions[0].Appearances = nil
	for range 50 {
		one.Positions[0].Appearances = append(one.Positions[0].Appearances, a)
	}
	got := printed(60, false, func(c *console) { c.reportConflicts([]conflict.Conflict{one}, docs) })
	if lines := strings.Count(got, "\n"); lines > 60 {
		t.Errorf("%d lines for one conflict", lines)
	}
	for _, want := range []string{"…", " 34 word", "and 46 more places"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing in\n%s", want, got)
		}
	}
}

// A stored record may be broken; what it says is shown all the same.
func TestReportOfABrokenAppearance(t *testing.T) {
	for _, a := range []claim.Appearance{
		{},
		{Quote: "34", Span: document.Span{Start: 5, End: 7}},
		{Quote: "34", Sentence: "None here.", Span: document.Span{Start: 90, End: 92}},
		{Quote: "34", Sentence: "None here.", SentenceSpan: document.Span{Start: 50}},
	} {
		c := &console{}
		if got := c.quoted(a); !strings.Contains(got, a.Quote) || !strings.Contains(got, a.Sentence) {
			t.Errorf("%+v is shown as %s", a, got)
		}
	}
}

func TestReportRun(t *testing.T) {
	s := &pipeline.Summary{
		Found: 9, Added: 5, Changed: 1, Unchanged: 2, Copies: 1, Failed: []pipeline.Failure{{Path: "x.pdf", Reason: "PDF"}},
		Sentences: 12345, Claims: 4210, NewClaims: 4000, NewConflicts: 1, OpenConflicts: 3,
		Bytes: 3 << 20, Elapsed: 1500 * time.Millisecond,
	}
	got := printed(80, false, func(c *console) { c.reportRun(s) })
	want := `documents  9 found: 5 new, 1 changed, 2 unchanged, 1 failed; 1 a copy
claims     4,210 (4,000 new) in 12,345 sentences
conflicts  3 (1 new)
time       1.5s, 6.0 documents and 2MiB a second

`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}

	s = &pipeline.Summary{Found: 7, Unchanged: 7, Elapsed: time.Second}
	got = printed(80, false, func(c *console) { c.reportRun(s) })
	if !strings.HasPrefix(got, "nothing new: 7 documents unchanged\n") {
		t.Errorf("a second run says\n%s", got)
	}
}

func TestPlaces(t *testing.T) {
	p := newPlaces("a.md", "one\ntwo\n\nfour")
	for start, want := range map[int]string{0: "line 1", 3: "line 1", 4: "line 2", 8: "line 3", 9: "line 4"} {
		if got := p.text(document.Span{Start: start, End: start + 1}); got != want {
			t.Errorf("byte %d is on %s, want %s", start, got, want)
		}
	}
	page := newPlaces("a.HTML", "one\ntwo")
	if got := page.in("a.HTML", document.Span{Start: 4, End: 7}); got != "a.HTML, bytes 4-7" {
		t.Errorf("in a page: %s", got)
	}
}
