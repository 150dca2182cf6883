package arithmetic_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"golang.org/x/tools/txtar"

	"crosscheck/claim"
	"crosscheck/conflict"
	"crosscheck/conflict/arithmetic"
	"crosscheck/document"
	"crosscheck/extract"
	"crosscheck/extract/golden"
)

// read makes a document and its claims of a text, as the program does.
func read(t testing.TB, path, text string) (conflict.Document, []claim.Appearance) {
	t.Helper()
	d, err := document.Read(t.Context(), path, []byte(text), document.Options{})
	if err != nil {
		t.Skip(err) // no text: nothing to find; fuzzing brings such
	}
	r, err := extract.Read(t.Context(), d, extract.Context{})
	if err != nil {
		t.Fatal(err)
	}
	for i := range r.Claims {
		r.Claims[i].Document = path
	}
	return conflict.Document{Path: path, Title: d.Title(), Text: d.Text}, r.Claims
}

func check(t testing.TB, docs []conflict.Document, claims []claim.Appearance) []conflict.Conflict {
	t.Helper()
	found, err := arithmetic.Check(t.Context(), docs, claims)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// want is how the name of what is found in a case ends.
const want = ".want"

func TestCases(t *testing.T) {
	golden.Check(t, func(t *testing.T, files []txtar.File) []txtar.File {
		var out []txtar.File
		for _, f := range files {
			if strings.HasSuffix(f.Name, want) {
				continue
			}
			doc, claims := read(t, f.Name, string(f.Data))
			found := check(t, []conflict.Document{doc}, claims)
			slices.SortFunc(found, func(x, y conflict.Conflict) int {
				return cmp.Compare(x.Positions[0].Appearances[0].Span.Start, y.Positions[0].Appearances[0].Span.Start)
			})
			var b strings.Builder
			for _, c := range found {
				what, _, _ := strings.Cut(c.Question, ":") // the rest is extraction's, and changes with it
				fmt.Fprintf(&b, "%.2f %s\n     %s\n", c.Severity, what, c.Reason)
			}
			if strings.Contains(f.Name, "fit") && len(found) > 0 {
				t.Errorf("%s: found what is not amiss:\n%s", f.Name, b.String())
			}
			out = append(out, f, txtar.File{Name: f.Name + want, Data: []byte(b.String())})
		}
		return out
	})
}

// cases are the documents of the test data, without what is wanted.
func cases(t testing.TB) []txtar.File {
	t.Helper()
	a, err := txtar.ParseFile("testdata/cases.txt")
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(a.Files, func(f txtar.File) bool { return strings.HasSuffix(f.Name, want) })
}

// all reads every case into one corpus.
func all(t testing.TB) (docs []conflict.Document, claims []claim.Appearance) {
	t.Helper()
	for _, f := range cases(t) {
		d, c := read(t, f.Name, string(f.Data))
		docs, claims = append(docs, d), append(claims, c...)
	}
	return docs, claims
}

func TestOrderDoesNotMatter(t *testing.T) {
	docs, claims := all(t)
	first := check(t, docs, claims)
	if len(first) < 10 {
		t.Fatalf("only %d findings", len(first))
	}
	for range 5 {
		rand.Shuffle(len(docs), func(i, j int) { docs[i], docs[j] = docs[j], docs[i] })
		rand.Shuffle(len(claims), func(i, j int) { claims[i], claims[j] = claims[j], claims[i] })
		if got := check(t, docs, claims); !reflect.DeepEqual(got, first) {
			t.Fatalf("in another order: %+v", got)
		}
	}
}

func TestACopyMakesNoFurtherConflict(t *testing.T) {
	docs, claims := all(t)
	alone := check(t, docs, claims)
	for _, d := range slices.Clone(docs) {
		d.Path = "copy of " + d.Path
		docs = append(docs, d)
	}
	for _, a := range slices.Clone(claims) {
		a.Document = "copy of " + a.Document
		claims = append(claims, a)
	}
	got := check(t, docs, claims)
	if len(got) != len(alone) {
		t.Fatalf("%d conflicts, without copies %d", len(got), len(alone))
	}
	for _, c := range got {
		if c.Origins != 1 || c.Positions[0].Origins != 1 || len(c.Positions[0].Appearances) != 2 {
			t.Errorf("%s: %d origins, said in %d places", c.Question, c.Origins, len(c.Positions[0].Appearances))
		}
	}
}

func TestAWiderIntervalMakesNoConflict(t *testing.T) {
	docs, claims := all(t)
	most := len(check(t, docs, claims))
	source := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		wider := slices.Clone(claims)
		for range 3 {
			a := &wider[source.IntN(len(wider))]
			if q := a.Claim.Value.Quantity; q != nil && q.Number.Valid && q.Low.Valid && q.High.Valid { // a range is two levels here
				w := *q
				by := w.High.Decimal.Abs().Mul(decimal.New(source.Int64N(30), -2))
				w.Low, w.High = claim.Number(w.Low.Decimal.Sub(by)), claim.Number(w.High.Decimal.Add(by))
				a.Claim.Value.Quantity = &w
			}
		}
		if n := len(check(t, docs, wider)); n > most {
			t.Fatalf("%d findings with wider values, %d before", n, most)
		}
	}
}

func FuzzCheck(f *testing.F) {
	for _, c := range cases(f) {
		f.Add(string(c.Data))
	}
	f.Fuzz(func(t *testing.T, text string) {
		doc, claims := read(t, "a.md", text)
		for _, c := range check(t, []conflict.Document{doc}, claims) {
			if len(c.Positions) != 2 || len(c.Positions[0].Appearances) == 0 || len(c.Positions[1].Appearances) == 0 || c.Reason == "" {
				t.Errorf("%+v", c)
			}
		}
	})
}
