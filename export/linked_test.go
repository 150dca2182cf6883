package export

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/shopspring/decimal"

	"crosscheck/claim"
	"crosscheck/conflict"
	"crosscheck/desk"
	"crosscheck/document"
)

var update = flag.Bool("update", false, "rewrite what is expected in testdata")

var testDesk = desk.Publication{Name: "Night desk", URL: "https://desk.example.org"}

// testText has characters of several bytes before the quote.
const testText = "Bürgermeister Ö. Müller sagte “€” – 14 people were killed </script> on the bridge."

// testPlace is where testText says 14, read as a claim of n.
func testPlace(n int64) desk.Place {
	const quote = "14"
	at := strings.Index(testText, quote)
	value := claim.Value{Quantity: &claim.Quantity{Number: claim.Number(decimal.NewFromInt(n)), Low: claim.Number(decimal.NewFromInt(n)), High: claim.Number(decimal.NewFromInt(n)), Unit: "person"}}
	return desk.Place{
		Appearance: claim.Appearance{
			Claim:    claim.Claim{Kind: claim.KindNumber, Subject: "Marlow bridge", Attribute: "people killed", Value: value},
			Document: "https://gazette.example/marlow", Version: "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
			Span: document.Span{Start: at, End: at + len(quote)}, Quote: quote, Sentence: testText,
		},
		ClaimID: "a1b2", Source: "Marlow Gazette", Title: "Bridge falls", Published: claim.DayOf(2026, 3, 5),
		Seen: time.Date(2026, 3, 6, 2, 30, 0, 0, time.UTC), Current: true,
	}
}

// testCase is a conflict on which two answers stand.
func testCase(state desk.State) *desk.Case {
	c := &desk.Case{Conflict: conflict.Conflict{ID: "17", Kind: conflict.Number, Question: "people killed, Marlow bridge"}, State: state}
	for _, n := range []int64{14, 17} {
		p := testPlace(n)
		if n == 17 {
			p.Document, p.Source, p.Title, p.Current = "archive/herald.txt", "Marlow Herald", "", false
		}
		c.Sides = append(c.Sides, desk.Side{Value: p.Claim.Value, Key: desk.ValueKey(p.Claim.Value), Places: []desk.Place{p}})
	}
	return c
}

func TestClaimReview(t *testing.T) {
	judged := time.Date(2026, 3, 7, 9, 0, 0, 0, time.UTC)
	first := desk.ValueKey(testPlace(14).Claim.Value)
	for name, one := range map[string]struct {
		state desk.State
		who   desk.Publication
	}{
		"stands":   {desk.State{Verdict: desk.Real, Stands: first, Judged: judged, Note: "call the mayor", Links: []string{"https://court.example/finding"}}, testDesk},
		"unsigned": {desk.State{Verdict: desk.Different, Detail: desk.ByPlace, Judged: judged}, desk.Publication{}},
	} {
		got, err := ClaimReview(testCase(one.state), one.who)
		if err != nil {
			t.Fatal(err)
		}
		expect(t, "claimreview.txtar", name, got)
	}
}

// The words of a rating, for each verdict, of the first answer and the second.
func TestClaimReviewRatings(t *testing.T) {
	first := desk.ValueKey(testPlace(14).Claim.Value)
	for _, one := range []struct {
		state desk.State
		want  [2]string
	}{
		{desk.State{Verdict: desk.Real}, [2]string{"Sources disagree", "Sources disagree"}},
		{desk.State{Verdict: desk.Real, Stands: first}, [2]string{"Sources disagree; the review found this answer to stand", "Sources disagree; the review found another answer to stand"}},
		{desk.State{Verdict: desk.Real, Stands: "gone"}, [2]string{"Sources disagree", "Sources disagree"}},
		{desk.State{Verdict: desk.Real, Stands: desk.NoneStands}, [2]string{"Sources disagree; the review found none of the answers to stand", "Sources disagree; the review found none of the answers to stand"}},
		{desk.State{Verdict: desk.Same}, [2]string{"Sources agree: one thing, said differently", "Sources agree: one thing, said differently"}},
		{desk.State{Verdict: desk.Different, Detail: desk.ByPeriod}, [2]string{"No contradiction: another period", "No contradiction: another period"}},
		{desk.State{Verdict: desk.Superseded}, [2]string{"A later figure replaces an earlier one", "A later figure replaces an earlier one"}},
	} {
		c := testCase(one.state)
		if got := [2]string{finding(c, c.Sides[0]), finding(c, c.Sides[1])}; got != one.want {
			t.Errorf("%+v: %q, want %q", one.state, got, one.want)
		}
	}
	for _, v := range []desk.Verdict{"", desk.Misread, desk.OutOfScope} {
		var refused *desk.Refused
		if _, err := ClaimReview(testCase(desk.State{Verdict: v}), testDesk); !errors.As(err, &refused) {
			t.Errorf("verdict %q: %v, want it refused", v, err)
		}
	}
}

func TestAnnotation(t *testing.T) {
	p := testPlace(14)
	copied := p
	copied.Document, copied.Current = "/srv/archive/a #1.txt", false
	got, err := Annotation([]desk.Place{p, copied}, testText, testDesk)
	if err != nil {
		t.Fatal(err)
	}
	expect(t, "annotation.txtar", "copies", got)

	// The position is in characters.
	runes := []rune(testText)
	at := utf8.RuneCountInString(testText[:p.Span.Start])
	if at == p.Span.Start || string(runes[at:at+2]) != "14" {
		t.Errorf("character %d for byte %d", at, p.Span.Start)
	}

	p.Span.Start--
	if _, err := Annotation([]desk.Place{p}, testText, testDesk); err == nil {
		t.Error("a quote that does not stand there was annotated")
	}
}

// expect holds what was written to a part of a file in testdata.
func expect(t *testing.T, file, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", file)
	archive, err := txtar.ParseFile(path)
	if err != nil && !(*update && os.IsNotExist(err)) {
		t.Fatal(err)
	}
	if archive == nil {
		archive = &txtar.Archive{}
	}
	var want *txtar.File
	for i := range archive.Files {
		if archive.Files[i].Name == name {
			want = &archive.Files[i]
		}
	}
	if want == nil {
		archive.Files = append(archive.Files, txtar.File{Name: name})
		want = &archive.Files[len(archive.Files)-1]
	}
	if *update {
		want.Data = got
		if err := os.WriteFile(path, txtar.Format(archive), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	if string(got) != string(want.Data) {
		t.Errorf("%s, %s: got\n%s\nwant\n%s", file, name, got, want.Data)
	}
}
